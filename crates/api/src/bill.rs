//! What the key service was used for, and what AWS would ask for it.
//!
//! Money is counted in billionths of a US dollar, since a request costs some millionths.

use serde::{Deserialize, Serialize};

use crate::arn::AccountId;

/// A US dollar.
pub const DOLLAR: u64 = 1_000_000_000;

/// The use that an account has made, and its bill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Meter {
    /// Whose.
    pub account: AccountId,
    /// When the prices were looked up, such as `2026-11`.
    pub checked: String,
    /// The newest month first; not all of them after many years.
    pub months: Vec<Month>,
    /// What all months so far cost.
    pub total: u64,
}

/// A month by the calendar of UTC, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Month {
    /// `2026-11`
    pub month: String,
    /// How many requests the service has answered.
    pub requests: u64,
    /// Bytes of their bodies that have gone into the service.
    pub sent: u64,
    /// Bytes of their bodies that have come out of it.
    pub received: u64,
    /// What is to be paid for.
    pub lines: Vec<Line>,
    /// The sum of the lines.
    pub total: u64,
}

/// A line of a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// What for.
    pub what: String,
    /// How much of it, in millionths: 744 hours of a month of 744 are 1,000,000.
    pub quantity: u64,
    /// What one of it costs, as the price list has it: `$1 a month`.
    pub price: String,
    /// What it costs.
    pub amount: u64,
}
