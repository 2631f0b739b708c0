//! What makes an operation.

use serde::{Serialize, de::DeserializeOwned};

/// One operation of the service: its name and its shapes. Implemented by a marker type an operation.
pub trait Operation {
    /// The name on the wire, as in `X-Amz-Target: TrentService.<NAME>`.
    const NAME: &'static str;
    /// Whether it leaves the state as it was (CloudTrail's `readOnly`).
    const READ_ONLY: bool;
    /// What it takes.
    type Input: Serialize + DeserializeOwned;
    /// What it returns.
    type Output: Serialize + DeserializeOwned;
}

/// The output of an operation that returns nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
pub struct Nothing {}
