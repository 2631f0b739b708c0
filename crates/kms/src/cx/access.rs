//! Who may do what.

use strum::{Display, VariantArray};
use waxseal_api::Place;
use waxseal_policy::Decision;

use super::{Cx, Needs, Permit, decision::Wish};
use crate::{error::Error, state::KeyRecord};

/// What a policy can allow: `kms:` and the name here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, VariantArray)]
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
    DeleteImportedKeyMaterial,
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
    GetParametersForImport,
    GetPublicKey,
    ImportKeyMaterial,
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
    /// Everything that can be done to a key, or to a name of it.
    pub(crate) fn on_keys() -> impl Iterator<Item = Self> {
        Self::VARIANTS.iter().copied().filter(|action| {
            !matches!(
                action,
                Self::ConnectCustomKeyStore
                    | Self::CreateCustomKeyStore
                    | Self::CreateKey
                    | Self::DeleteCustomKeyStore
                    | Self::DescribeCustomKeyStores
                    | Self::DisconnectCustomKeyStore
                    | Self::GenerateRandom
                    | Self::ListAliases
                    | Self::ListKeys
                    | Self::ListRetirableGrants
                    | Self::UpdateCustomKeyStore
            )
        })
    }
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
            Self::GetParametersForImport => Needs::ToPrepareImport,
            Self::ImportKeyMaterial => Needs::ToTakeMaterial,
            Self::DeleteImportedKeyMaterial => Needs::ToDropMaterial,
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
        let by_state = !matches!(self.needs(), Needs::Anything | Needs::ToBeGranted | Needs::ToBeUsable);
        by_state || matches!(self, Self::DeleteAlias | Self::PutKeyPolicy | Self::UpdateAlias)
    }

    /// Whether a key's policy can let another account do it ("Cross-account use" in the AWS KMS API reference).
    fn crosses_accounts(self) -> bool {
        matches!(
            self,
            Self::CreateGrant
                | Self::Decapsulate
                | Self::Decrypt
                | Self::DeriveSharedSecret
                | Self::DescribeKey
                | Self::Encapsulate
                | Self::Encrypt
                | Self::GenerateDataKey
                | Self::GenerateDataKeyPair
                | Self::GenerateDataKeyPairWithoutPlaintext
                | Self::GenerateDataKeyWithoutPlaintext
                | Self::GenerateMac
                | Self::GetKeyRotationStatus
                | Self::GetPublicKey
                | Self::ListGrants
                | Self::ReEncryptFrom
                | Self::ReEncryptTo
                | Self::RetireGrant
                | Self::RevokeGrant
                | Self::Sign
                | Self::Verify
                | Self::VerifyMac
        )
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
    /// The key whose policy and grants have a say.
    fn record(&self) -> Option<&KeyRecord> {
        None
    }
    /// How the caller hears of a denial.
    fn refusal(&self, denial: Error) -> Error {
        denial
    }
}

impl Cx<'_> {
    /// Asks whether the caller may do this, and whether the resource is in a state for it.
    ///
    /// # Errors
    /// A grant token is not one, access is denied, or the state does not allow it.
    pub(crate) fn authorize<R: Resource>(&mut self, action: Action, resource: R) -> Result<Permit<R>, Error> {
        self.check_grant_tokens()?;
        let decision = self.judged(action, &resource);
        let (name, action_name) = (resource.name(), format!("kms:{action}"));
        self.conclude(wish(action, &action_name, &name, &resource), &decision)
            .map_err(|denial| resource.refusal(denial))?;
        resource.check_state(action)?;
        Ok(Permit::granted(action, resource))
    }

    /// What policies say to it, and grants where they do not allow it.
    pub(super) fn judged(&self, action: Action, resource: &impl Resource) -> Decision {
        let (name, action_name) = (resource.name(), format!("kms:{action}"));
        let wish = wish(action, &action_name, &name, resource);
        let decision = self.decision(wish);
        match self.grant_for(action, resource) {
            Some(grant) if !decision.is_allowed() => {
                self.decision(Wish { grant: Some(&grant.grant_id), ..wish })
            }
            _ => decision,
        }
    }
}

fn wish<'w>(action: Action, action_name: &'w str, name: &'w str, resource: &'w impl Resource) -> Wish<'w> {
    Wish {
        action: action_name,
        resource: name,
        owner: &resource.place().account,
        key: resource.record(),
        trust: None,
        crosses_accounts: action.crosses_accounts(),
        grant: None,
    }
}
