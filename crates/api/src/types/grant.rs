//! Grants.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{EncryptionContext, wire_enum};
use crate::time::Timestamp;

/// One grant in a list.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GrantListEntry {
    /// The key ARN.
    pub key_id: String,
    /// The grant's ID.
    pub grant_id: String,
    /// As it was given.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub name: Option<String>,
    /// When it was made.
    #[cfg_attr(feature = "typescript", tsify(type = "Date"))]
    pub creation_date: Timestamp,
    /// Who may use the key.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grantee_principal: Option<String>,
    /// Who may end the grant.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub retiring_principal: Option<String>,
    /// In whose name it was made: the ARN of an account's root.
    pub issuing_account: String,
    /// What it allows.
    pub operations: Vec<GrantOperation>,
    /// When it allows it.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub constraints: Option<GrantConstraints>,
    /// Which AWS service may use the key.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub grantee_service_principal: Option<String>,
    /// Which AWS service may end the grant.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub retiring_service_principal: Option<String>,
}

/// What a request has to say for a grant to allow it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "PascalCase")]
pub struct GrantConstraints {
    /// The encryption context has at least these pairs.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub encryption_context_subset: Option<EncryptionContext>,
    /// The encryption context has these pairs and no others.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub encryption_context_equals: Option<EncryptionContext>,
    /// The resource on whose behalf an AWS service calls.
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub source_arn: Option<String>,
}

wire_enum! {
    /// What a grant can allow.
    GrantOperation {
        /// Decrypt.
        Decrypt = "Decrypt",
        /// Encrypt.
        Encrypt = "Encrypt",
        /// GenerateDataKey.
        GenerateDataKey = "GenerateDataKey",
        /// GenerateDataKeyWithoutPlaintext.
        GenerateDataKeyWithoutPlaintext = "GenerateDataKeyWithoutPlaintext",
        /// ReEncrypt, as the key that opens.
        ReEncryptFrom = "ReEncryptFrom",
        /// ReEncrypt, as the key that encrypts.
        ReEncryptTo = "ReEncryptTo",
        /// Sign.
        Sign = "Sign",
        /// Verify.
        Verify = "Verify",
        /// GetPublicKey.
        GetPublicKey = "GetPublicKey",
        /// CreateGrant, of grants that allow no more.
        CreateGrant = "CreateGrant",
        /// RetireGrant.
        RetireGrant = "RetireGrant",
        /// DescribeKey.
        DescribeKey = "DescribeKey",
        /// GenerateDataKeyPair.
        GenerateDataKeyPair = "GenerateDataKeyPair",
        /// GenerateDataKeyPairWithoutPlaintext.
        GenerateDataKeyPairWithoutPlaintext = "GenerateDataKeyPairWithoutPlaintext",
        /// GenerateMac.
        GenerateMac = "GenerateMac",
        /// VerifyMac.
        VerifyMac = "VerifyMac",
        /// DeriveSharedSecret.
        DeriveSharedSecret = "DeriveSharedSecret",
        /// Encapsulate.
        Encapsulate = "Encapsulate",
        /// Decapsulate.
        Decapsulate = "Decapsulate",
    }
}
