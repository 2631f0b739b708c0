//! Who may do what to a key: the question that every call asks, put for everybody and every action at once.

use waxseal_api::types::KeyState;
use waxseal_policy::{Decision, Denial};

use super::{Action, Cx, Found};
use crate::{error::Error, state::KeyRecord};

/// Whether it is allowed, and what that rests on.
pub(crate) type Verdict = (bool, String);

impl<'a> Cx<'a> {
    /// The key that a name means here, whoever asks.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn named_key(&mut self, named: &str) -> Result<&'a KeyRecord, Error> {
        Ok(self.find(named)?.key)
    }

    /// Whether the caller may do something to a key, as far as policies and grants go; the key's state has no say.
    pub(crate) fn verdict(&self, action: Action, key: &KeyRecord) -> Verdict {
        let decision = self.judged(action, &Found::any(key));
        (decision.is_allowed(), because(&decision))
    }
}

impl<'k> Found<'k> {
    /// A key in whatever state.
    fn any(key: &'k KeyRecord) -> Self {
        Self { key, state: KeyState::Enabled, named_by_ciphertext: false }
    }
}

fn because(decision: &Decision) -> String {
    match decision {
        Decision::Allowed(_) => decision.to_string(),
        Decision::Denied(Denial::Explicit(statement)) => format!("{statement} denies it"),
        Decision::Denied(Denial::Identity { .. }) => {
            "the key policy leaves it to identity policies, and none of the caller’s allows it".to_owned()
        }
        Decision::Denied(Denial::Resource { .. }) => {
            "neither the key policy nor a grant lets the caller or its account in".to_owned()
        }
    }
}
