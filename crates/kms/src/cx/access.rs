//! Who may do what.

use strum::Display;
use waxseal_api::{Place, trace::Step};

use super::{Cx, Needs, Permit};
use crate::{error::Error, request::Caller};

/// What a policy can allow: `kms:` and the name here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display)]
#[cfg_attr(test, derive(strum::EnumString))]
pub(crate) enum Action {
    CancelKeyDeletion,
    ConnectCustomKeyStore,
    CreateAlias,
    CreateCustomKeyStore,
    CreateKey,
    Decrypt,
    DeleteAlias,
    DeleteCustomKeyStore,
    DescribeCustomKeyStores,
    DescribeKey,
    DisableKey,
    DisableKeyRotation,
    DisconnectCustomKeyStore,
    EnableKey,
    EnableKeyRotation,
    Encrypt,
    GenerateDataKey,
    GenerateDataKeyWithoutPlaintext,
    GenerateRandom,
    GetKeyLastUsage,
    GetKeyPolicy,
    GetKeyRotationStatus,
    ListAliases,
    ListKeyRotations,
    ListKeys,
    ReEncryptFrom,
    ReEncryptTo,
    ReplicateKey,
    RotateKeyOnDemand,
    ScheduleKeyDeletion,
    UpdateAlias,
    UpdateCustomKeyStore,
    UpdateKeyDescription,
    UpdatePrimaryRegion,
}

impl Action {
    /// What it asks of the state of the key that it is done to.
    pub(crate) fn needs(self) -> Needs {
        match self {
            Self::Decrypt
            | Self::Encrypt
            | Self::GenerateDataKey
            | Self::GenerateDataKeyWithoutPlaintext
            | Self::ReEncryptFrom
            | Self::ReEncryptTo => Needs::ToBeUsable,
            Self::CreateAlias | Self::UpdateKeyDescription => Needs::ToStay,
            Self::EnableKey | Self::DisableKey => Needs::ToBeSwitchable,
            Self::EnableKeyRotation | Self::DisableKeyRotation => Needs::ToRotateByItself,
            Self::RotateKeyOnDemand => Needs::ToRotate,
            Self::ReplicateKey => Needs::ToReplicate,
            Self::UpdatePrimaryRegion => Needs::ToMove,
            Self::ScheduleKeyDeletion => Needs::ToBeDeletable,
            Self::CancelKeyDeletion => Needs::ToBePendingDeletion,
            Self::ConnectCustomKeyStore
            | Self::CreateCustomKeyStore
            | Self::CreateKey
            | Self::DeleteAlias
            | Self::DeleteCustomKeyStore
            | Self::DescribeCustomKeyStores
            | Self::DescribeKey
            | Self::DisconnectCustomKeyStore
            | Self::GenerateRandom
            | Self::GetKeyLastUsage
            | Self::GetKeyPolicy
            | Self::GetKeyRotationStatus
            | Self::ListAliases
            | Self::ListKeyRotations
            | Self::ListKeys
            | Self::UpdateAlias
            | Self::UpdateCustomKeyStore => Needs::Anything,
        }
    }
}

impl Action {
    /// Whether it changes what it is done to, if that is a key.
    pub(crate) fn changes_key(self) -> bool {
        let by_state = !matches!(self.needs(), Needs::Anything | Needs::ToBeUsable);
        by_state || matches!(self, Self::DeleteAlias | Self::UpdateAlias)
    }
}

/// What actions are done to: a key, an alias, or an account as a whole.
pub(crate) trait Resource {
    /// Where it lives.
    fn place(&self) -> &Place;
    /// Its ARN, or `*`.
    fn name(&self) -> String;
    /// Whether its state allows the action.
    fn check_state(&self, _action: Action) -> Result<(), Error> {
        Ok(())
    }
    /// How the caller hears of a denial.
    fn refusal(&self, denial: Error) -> Error {
        denial
    }
}

/// What the rules say, and which of them said it.
enum Decision {
    Allowed { because: &'static str },
    Denied { because: String },
}

/// The rules. Without policies there is one: an account's keys are for the callers of that account.
fn decide(caller: &Caller, action: Action, resource: &impl Resource) -> Decision {
    if resource.place().account == *caller.account() {
        Decision::Allowed { because: "the caller belongs to the account that owns it" }
    } else {
        Decision::Denied { because: format!("no resource-based policy allows the kms:{action} action") }
    }
}

impl Cx<'_> {
    /// Asks whether the caller may do this, and whether the resource is in a state for it.
    ///
    /// # Errors
    /// A grant token is not one, access is denied, or the state does not allow it.
    pub(crate) fn authorize<R: Resource>(&mut self, action: Action, resource: R) -> Result<Permit<R>, Error> {
        self.check_grant_tokens()?;
        let (principal, action_name) = (self.caller.arn(), format!("kms:{action}"));
        let name = resource.name();
        match decide(self.caller, action, &resource) {
            Decision::Allowed { because } => self.trace.push(Step::Permitted {
                principal,
                action: action_name,
                resource: name,
                because: because.to_owned(),
            }),
            Decision::Denied { because } => {
                let denial = Error::Denied { principal, action: action_name, resource: name, because };
                return Err(resource.refusal(denial));
            }
        }
        resource.check_state(action)?;
        Ok(Permit::granted(action, resource))
    }

    /// A grant token stands for a new grant. There are no grants, so every token is a wrong one.
    fn check_grant_tokens(&self) -> Result<(), Error> {
        if self.grant_tokens.is_empty() { Ok(()) } else { Err(Error::GrantToken) }
    }
}
