//! Who may do what.

use strum::Display;
use waxseal_api::{KeyArn, Place, trace::Step};

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
    CreateGrant,
    CreateKey,
    Decapsulate,
    Decrypt,
    DeleteAlias,
    DeleteCustomKeyStore,
    DeriveSharedSecret,
    DescribeCustomKeyStores,
    DescribeKey,
    DisableKey,
    DisableKeyRotation,
    DisconnectCustomKeyStore,
    EnableKey,
    EnableKeyRotation,
    Encapsulate,
    Encrypt,
    GenerateDataKey,
    GenerateDataKeyPair,
    GenerateDataKeyPairWithoutPlaintext,
    GenerateDataKeyWithoutPlaintext,
    GenerateMac,
    GenerateRandom,
    GetKeyLastUsage,
    GetKeyPolicy,
    GetKeyRotationStatus,
    GetPublicKey,
    ListAliases,
    ListGrants,
    ListKeyPolicies,
    ListKeyRotations,
    ListKeys,
    ListResourceTags,
    ListRetirableGrants,
    PutKeyPolicy,
    ReEncryptFrom,
    ReEncryptTo,
    ReplicateKey,
    RetireGrant,
    RevokeGrant,
    RotateKeyOnDemand,
    ScheduleKeyDeletion,
    Sign,
    TagResource,
    UntagResource,
    UpdateAlias,
    UpdateCustomKeyStore,
    UpdateKeyDescription,
    UpdatePrimaryRegion,
    Verify,
    VerifyMac,
}

impl Action {
    /// What it asks of the state of the key that it is done to.
    pub(crate) fn needs(self) -> Needs {
        match self {
            Self::Decapsulate
            | Self::Decrypt
            | Self::DeriveSharedSecret
            | Self::Encapsulate
            | Self::Encrypt
            | Self::GenerateDataKey
            | Self::GenerateDataKeyPair
            | Self::GenerateDataKeyPairWithoutPlaintext
            | Self::GenerateDataKeyWithoutPlaintext
            | Self::GenerateMac
            | Self::GetPublicKey
            | Self::ReEncryptFrom
            | Self::ReEncryptTo
            | Self::Sign
            | Self::Verify
            | Self::VerifyMac => Needs::ToBeUsable,
            Self::CreateAlias | Self::TagResource | Self::UntagResource | Self::UpdateKeyDescription => {
                Needs::ToStay
            }
            Self::CreateGrant => Needs::ToBeGranted,
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
            | Self::ListGrants
            | Self::ListKeyPolicies
            | Self::ListKeyRotations
            | Self::ListKeys
            | Self::ListResourceTags
            | Self::ListRetirableGrants
            | Self::PutKeyPolicy
            | Self::RetireGrant
            | Self::RevokeGrant
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
    /// The key that grants may be of.
    fn key(&self) -> Option<&KeyArn> {
        None
    }
    /// How the caller hears of a denial.
    fn refusal(&self, denial: Error) -> Error {
        denial
    }
}

/// What the rules say, and which of them said it.
enum Decision {
    Allowed { because: String },
    Denied { because: String },
}

/// The rules. Without policies there is one: an account's keys are for the callers of that account.
fn decide(caller: &Caller, action: Action, resource: &impl Resource) -> Decision {
    if resource.place().account == *caller.account() {
        Decision::Allowed { because: "the caller belongs to the account that owns it".to_owned() }
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
        match self.decide(action, &resource) {
            Decision::Allowed { because } => {
                self.trace.push(Step::Permitted { principal, action: action_name, resource: name, because })
            }
            Decision::Denied { because } => {
                let denial = Error::Denied { principal, action: action_name, resource: name, because };
                return Err(resource.refusal(denial));
            }
        }
        resource.check_state(action)?;
        Ok(Permit::granted(action, resource))
    }

    /// What the rules say, and where they say no, what the grants say.
    fn decide(&self, action: Action, resource: &impl Resource) -> Decision {
        match (decide(self.caller, action, resource), self.grant_for(action, resource)) {
            (Decision::Denied { .. }, Some(grant)) => {
                Decision::Allowed { because: format!("the grant {} allows it", grant.grant_id) }
            }
            (decision, _) => decision,
        }
    }
}
