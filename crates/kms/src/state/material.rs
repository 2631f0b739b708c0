//! What is known of a key's materials without having them, and when they change.

use serde::{Deserialize, Serialize};
use waxseal_api::Timestamp;

use super::MaterialId;

/// One material in a key's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MaterialEntry {
    pub(crate) id: MaterialId,
    pub(crate) rank: Rank,
    /// Of material that the key's owner brings; none for material that the service made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) import: Option<Import>,
}

/// How a material came to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Rank {
    /// It was there from the beginning.
    First,
    /// It took over when it was due.
    Automatic(Timestamp),
    /// It took over when somebody asked for it.
    OnDemand(Timestamp),
    /// It has been imported and waits to take over.
    Pending,
}

/// What is known of an imported material in one Region.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Import {
    /// Whether it is here: imported, and neither deleted nor expired since.
    pub(crate) present: bool,
    /// When it is dropped, while it is here; never when absent.
    pub(crate) valid_to: Option<Timestamp>,
    pub(crate) description: Option<String>,
}

/// How a key's material is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rotation {
    /// None while automatic rotation is off.
    pub(crate) automatic: Option<Automatic>,
}

/// Rotation by the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Automatic {
    pub(crate) period_in_days: i64,
    pub(crate) next: Timestamp,
}

impl MaterialEntry {
    /// Material that the service makes.
    pub(crate) fn made(id: MaterialId, rank: Rank) -> Self {
        Self { id, rank, import: None }
    }

    /// Whether it is here.
    pub(crate) fn is_present(&self) -> bool {
        self.import.as_ref().is_none_or(|import| import.present)
    }

    /// Notes that imported material is not here any more.
    pub(crate) fn drop_import(&mut self) {
        if let Some(import) = &mut self.import {
            *import = Import { description: import.description.take(), ..Import::default() };
        }
    }

    /// When it is dropped.
    pub(crate) fn expiry(&self) -> Option<Timestamp> {
        self.import.as_ref().filter(|import| import.present)?.valid_to
    }
}

impl Rotation {
    /// Lets a rotation that was missed happen now.
    pub(crate) fn catch_up(&mut self, now: Timestamp) {
        if let Some(automatic) = &mut self.automatic {
            automatic.next = automatic.next.max(now);
        }
    }
}

impl Automatic {
    /// Once in so many days, from now on.
    pub(crate) fn every(period_in_days: i64, now: Timestamp) -> Self {
        Self { period_in_days, next: now.plus_days(period_in_days) }
    }

    /// After a rotation.
    pub(crate) fn after(self, rotation: Timestamp) -> Self {
        Self::every(self.period_in_days, rotation)
    }
}

impl Rank {
    /// When it took over, if it did from another.
    pub(crate) fn rotation_date(self) -> Option<Timestamp> {
        match self {
            Self::Automatic(date) | Self::OnDemand(date) => Some(date),
            Self::First | Self::Pending => None,
        }
    }
}
