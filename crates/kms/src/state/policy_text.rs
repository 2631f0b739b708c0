//! A policy as it was given, and as it is understood.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use waxseal_policy::{Kind, Policy, Version};

/// The text of a policy, read the first time that it is asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct PolicyText {
    text: String,
    #[serde(skip)]
    policy: OnceLock<Arc<Policy>>,
}

impl PolicyText {
    /// As it was given.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// What it says, as a policy of the kind that stands here. One that is none, which nobody could have given, says nothing.
    pub(crate) fn read(&self, kind: Kind) -> &Policy {
        self.policy.get_or_init(|| Arc::new(Policy::parse_as(kind, &self.text).unwrap_or_else(|_| silent())))
    }
}

impl From<String> for PolicyText {
    fn from(text: String) -> Self {
        Self { text, policy: OnceLock::new() }
    }
}

impl PartialEq for PolicyText {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for PolicyText {}

/// A policy that says nothing.
pub(crate) fn silent() -> Policy {
    Policy { version: Version::Current, id: None, statements: Vec::new() }
}
