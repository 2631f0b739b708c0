//! What can be done to a key on its page, what it says afterwards, and how it is taken back.

use waxseal_api::{
    Client, Failure, Operation, Service, Transport,
    operations::{
        CancelKeyDeletion, CreateAlias, CreateAliasInput, DeleteAlias, DeleteAliasInput,
        DeleteImportedKeyMaterial, DisableKey, EnableKey, EnableKeyInput, ScheduleKeyDeletion,
        ScheduleKeyDeletionInput, UpdateAlias, UpdateAliasInput, UpdateKeyDescription,
        UpdateKeyDescriptionInput,
    },
};

use crate::keys::short;

/// One thing that is done to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Act {
    Enable,
    Disable,
    /// In so many days.
    ScheduleDeletion(i64),
    CancelDeletion,
    DeleteMaterial,
    /// The old text and the new one.
    Describe {
        from: String,
        to: String,
    },
    /// Aliases with their prefix.
    AddAlias(String),
    RemoveAlias(String),
    /// The alias comes from another key to this one, or goes from this one to another.
    MoveAlias {
        alias: String,
        from: String,
        to: String,
    },
}

/// A part of the page, where acts are asked for and outcomes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    State,
    Material,
    Names,
    Description,
    Deletion,
}

/// What an act has led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Where it is told.
    pub(crate) part: Part,
    /// What is so now.
    pub(crate) told: String,
    /// What leads on: words and act.
    pub(crate) offer: Option<(&'static str, Act)>,
}

impl Act {
    /// Where it is asked for.
    pub(crate) fn part(&self) -> Part {
        match self {
            Self::Enable | Self::Disable | Self::CancelDeletion => Part::State,
            Self::DeleteMaterial => Part::Material,
            Self::ScheduleDeletion(_) => Part::Deletion,
            Self::Describe { .. } => Part::Description,
            Self::AddAlias(_) | Self::RemoveAlias(_) | Self::MoveAlias { .. } => Part::Names,
        }
    }

    /// Does it.
    ///
    /// # Errors
    /// The service's refusal. Nothing has changed then.
    pub(crate) async fn perform<T: Transport>(
        self,
        kms: &Client<T>,
        key_id: &str,
    ) -> Result<Outcome, Failure> {
        let (operation, body) = self.request(key_id);
        kms.0.send(Service::Kms, operation, body).await?.result?;
        Ok(self.outcome())
    }

    /// The call that does it. Of eight typed calls each would have to read an output that nobody looks at; this way the
    /// page is two kilobytes smaller.
    fn request(&self, key_id: &str) -> (&'static str, String) {
        let key_id = key_id.to_owned();
        match self {
            Self::Enable => of_key(EnableKey::NAME, key_id),
            Self::Disable => of_key(DisableKey::NAME, key_id),
            Self::CancelDeletion => of_key(CancelKeyDeletion::NAME, key_id),
            Self::DeleteMaterial => of_key(DeleteImportedKeyMaterial::NAME, key_id),
            Self::ScheduleDeletion(days) => {
                let input = ScheduleKeyDeletionInput { key_id, pending_window_in_days: Some(*days) };
                call::<ScheduleKeyDeletion>(&input)
            }
            Self::Describe { to, .. } => {
                let input = UpdateKeyDescriptionInput { key_id, description: to.clone() };
                call::<UpdateKeyDescription>(&input)
            }
            Self::AddAlias(alias) => {
                let input = CreateAliasInput { alias_name: alias.clone(), target_key_id: key_id };
                call::<CreateAlias>(&input)
            }
            Self::RemoveAlias(alias) => call::<DeleteAlias>(&DeleteAliasInput { alias_name: alias.clone() }),
            Self::MoveAlias { alias, to, .. } => {
                let input = UpdateAliasInput { alias_name: alias.clone(), target_key_id: to.clone() };
                call::<UpdateAlias>(&input)
            }
        }
    }

    /// What is told once it is done.
    fn outcome(self) -> Outcome {
        let part = if matches!(self, Self::ScheduleDeletion(_)) { Part::State } else { self.part() };
        let (told, offer) = match self {
            Self::Enable => ("The key is enabled.".to_owned(), Some(("Undo", Self::Disable))),
            Self::Disable => (
                "The key is disabled. Files encrypted under it cannot be opened until it is enabled again."
                    .to_owned(),
                Some(("Undo", Self::Enable)),
            ),
            Self::CancelDeletion => (
                "The deletion is cancelled and nothing is lost. The key comes back disabled.".to_owned(),
                Some(("Enable it", Self::Enable)),
            ),
            // When, and what that means, is told by the key's state.
            Self::ScheduleDeletion(_) => ("The deletion is scheduled.".to_owned(), None),
            Self::DeleteMaterial => {
                ("The material is deleted. Only the same bytes bring it back.".to_owned(), None)
            }
            Self::Describe { from, to } => (
                "The description is saved.".to_owned(),
                Some(("Undo", Self::Describe { from: to, to: from })),
            ),
            Self::AddAlias(alias) => (
                format!("The key is called {} now.", short(&alias)),
                Some(("Undo", Self::RemoveAlias(alias))),
            ),
            Self::RemoveAlias(alias) => (
                format!("{} is no name of this key any more. The key is as it was.", short(&alias)),
                Some(("Undo", Self::AddAlias(alias))),
            ),
            Self::MoveAlias { alias, from, to } => (
                format!("{} leads to the key {to} now.", short(&alias)),
                Some(("Undo", Self::MoveAlias { alias, from: to, to: from })),
            ),
        };
        Outcome { part, told, offer }
    }
}

/// A call that says which key, and nothing else: whatever the operation is, that is the shape of EnableKey's input.
fn of_key(operation: &'static str, key_id: String) -> (&'static str, String) {
    (operation, call::<EnableKey>(&EnableKeyInput { key_id }).1)
}

fn call<O: Operation>(input: &O::Input) -> (&'static str, String) {
    // These inputs are text and numbers, which always can be written; if not, the service refuses the empty body.
    (O::NAME, serde_json::to_string(input).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use waxseal_api::{
        operations::{CreateKey, CreateKeyInput},
        types::KeyState,
    };

    use super::*;
    use crate::{
        engine::{Engine, now},
        keys::{self, KeyDetails},
    };

    fn make(kms: &Client<Engine>) -> String {
        now(kms.call::<CreateKey>(&CreateKeyInput::default())).unwrap().key_metadata.key_id
    }

    fn details(kms: &Client<Engine>, key_id: &str) -> KeyDetails {
        now(keys::details(kms, key_id.to_owned())).unwrap()
    }

    /// An act and what is offered after it lead back to where the key was.
    #[track_caller]
    fn check_undo(kms: &Client<Engine>, key_id: &str, act: Act) {
        let before = details(kms, key_id);
        let outcome = now(act.clone().perform(kms, key_id)).unwrap();
        assert_ne!(details(kms, key_id), before, "{act:?}");
        let (_, undo) = outcome.offer.unwrap();
        let again = now(undo.perform(kms, key_id)).unwrap();
        assert_eq!(details(kms, key_id), before, "{act:?}");
        assert_eq!(again.part, outcome.part);
    }

    #[test]
    fn whatever_can_be_undone_is() {
        let kms = Engine::client();
        let (key_id, other) = (make(&kms), make(&kms));
        check_undo(&kms, &key_id, Act::Disable);
        check_undo(&kms, &key_id, Act::Describe { from: String::new(), to: "For letters.".into() });
        check_undo(&kms, &key_id, Act::AddAlias("alias/docs".into()));
        now(Act::AddAlias("alias/docs".into()).perform(&kms, &key_id)).unwrap();
        check_undo(&kms, &key_id, Act::RemoveAlias("alias/docs".into()));
        let moved = Act::MoveAlias { alias: "alias/docs".into(), from: key_id.clone(), to: other };
        check_undo(&kms, &key_id, moved);
    }

    #[test]
    fn a_rescued_key_is_disabled_and_can_be_enabled_at_once() {
        let kms = Engine::client();
        let key_id = make(&kms);
        now(Act::ScheduleDeletion(7).perform(&kms, &key_id)).unwrap();
        let (_, enable) = now(Act::CancelDeletion.perform(&kms, &key_id)).unwrap().offer.unwrap();
        assert_eq!(details(&kms, &key_id).entry.metadata.key_state, KeyState::Disabled);
        now(enable.perform(&kms, &key_id)).unwrap();
        assert_eq!(details(&kms, &key_id).entry.metadata.key_state, KeyState::Enabled);
    }

    #[test]
    fn a_refusal_changes_nothing() {
        let kms = Engine::client();
        let key_id = make(&kms);
        let before = details(&kms, &key_id);
        for days in [6, 31] {
            now(Act::ScheduleDeletion(days).perform(&kms, &key_id)).unwrap_err();
        }
        now(Act::RemoveAlias("alias/none".into()).perform(&kms, &key_id)).unwrap_err();
        assert_eq!(details(&kms, &key_id), before);
    }
}
