//! Everything that can go wrong, by name.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};
use strum::{Display, EnumString, IntoStaticStr, VariantArray, VariantNames};

use crate::types::by_table;

/// The exception names of the service, as they stand on the wire in `__type`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, SerializeDisplay, DeserializeFromStr, VariantArray, VariantNames,
)]
#[expect(missing_docs, reason = "each is documented by the service under this very name")]
pub enum ErrorCode {
    AccessDeniedException,
    AlreadyExistsException,
    CloudHsmClusterInUseException,
    CloudHsmClusterInvalidConfigurationException,
    CloudHsmClusterNotActiveException,
    CloudHsmClusterNotFoundException,
    CloudHsmClusterNotRelatedException,
    ConflictException,
    CustomKeyStoreHasCMKsException,
    CustomKeyStoreInvalidStateException,
    CustomKeyStoreNameInUseException,
    CustomKeyStoreNotFoundException,
    DependencyTimeoutException,
    DisabledException,
    DryRunOperationException,
    ExpiredImportTokenException,
    IncorrectKeyException,
    IncorrectKeyMaterialException,
    IncorrectTrustAnchorException,
    InvalidAliasNameException,
    InvalidArnException,
    InvalidCiphertextException,
    InvalidGrantIdException,
    InvalidGrantTokenException,
    InvalidImportTokenException,
    InvalidKeyUsageException,
    InvalidMarkerException,
    KMSInternalException,
    KMSInvalidMacException,
    KMSInvalidSignatureException,
    KMSInvalidStateException,
    KeyUnavailableException,
    LimitExceededException,
    MalformedPolicyDocumentException,
    NotFoundException,
    SerializationException,
    TagException,
    ThrottlingException,
    UnknownOperationException,
    UnsupportedOperationException,
    ValidationException,
    XksKeyAlreadyInUseException,
    XksKeyInvalidConfigurationException,
    XksKeyNotFoundException,
    XksProxyIncorrectAuthenticationCredentialException,
    XksProxyInvalidConfigurationException,
    XksProxyInvalidResponseException,
    XksProxyUriEndpointInUseException,
    XksProxyUriInUseException,
    XksProxyUriUnreachableException,
    XksProxyVpcEndpointServiceInUseException,
    XksProxyVpcEndpointServiceInvalidConfigurationException,
    XksProxyVpcEndpointServiceNotFoundException,
}

by_table!(ErrorCode);

impl ErrorCode {
    /// Every exception.
    pub const ALL: &[Self] = <Self as VariantArray>::VARIANTS;

    /// What IAM and STS call it.
    pub fn query_name(self) -> &'static str {
        match self {
            Self::AccessDeniedException => "AccessDenied",
            Self::AlreadyExistsException => "EntityAlreadyExists",
            Self::ConflictException => "DeleteConflict",
            Self::InvalidMarkerException | Self::SerializationException | Self::ValidationException => {
                "ValidationError"
            }
            Self::KMSInternalException => "ServiceFailure",
            Self::LimitExceededException => "LimitExceeded",
            Self::MalformedPolicyDocumentException => "MalformedPolicyDocument",
            Self::NotFoundException => "NoSuchEntity",
            Self::ThrottlingException => "Throttling",
            Self::UnknownOperationException => "InvalidAction",
            other => other.into(),
        }
    }

    /// The HTTP status that goes with it: 400, but for the service's own faults.
    pub fn status(self) -> u16 {
        match self {
            Self::KMSInternalException | Self::KeyUnavailableException => 500,
            Self::DependencyTimeoutException => 503,
            _ => 400,
        }
    }
}

/// A refusal by the service. Some carry no message at all, as AWS's do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code}{}{message}", if message.is_empty() { "" } else { ": " })]
pub struct ApiError {
    /// Which exception.
    #[serde(rename = "__type")]
    pub code: ErrorCode,
    /// Its text; empty for some exceptions.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// What a service other than KMS calls it, where that is not a name of the list above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl ApiError {
    /// An exception with its text.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), name: None }
    }
}

/// What can go wrong outside the service: with a file, with this browser, with the worker.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString, IntoStaticStr,
)]
pub enum LocalErrorCode {
    /// The file does not begin like an AWS Encryption SDK message.
    NotAMessage,
    /// The file is base64 text of a message.
    Base64Message,
    /// The message is well-formed but uses something that is not supported or not allowed.
    UnsupportedMessage,
    /// The message is of an algorithm suite without key commitment, which has to be allowed.
    NotCommitting,
    /// None of the keys that can open the message is here.
    KeyNotHere,
    /// A frame, the header or the key commitment does not verify.
    Tampered,
    /// The file ends before its message does.
    Truncated,
    /// Bytes follow the end of the message.
    TrailingBytes,
    /// The input is over a limit of the format or of this implementation.
    TooLarge,
    /// The caller asked for something that cannot be: an empty context key, a frame length of zero.
    BadRequest,
    /// The job was cancelled.
    Cancelled,
    /// The browser could not read the file any more (moved, changed, permission gone).
    FileUnreadable,
    /// No IndexedDB, or the browser refuses it (some private windows).
    StorageMissing,
    /// The browser refused to write.
    StorageRefused,
    /// The disk or the quota is full.
    StorageFull,
    /// The database was written by a newer version of this software.
    DatabaseNewer,
    /// Another tab holds the database open in an old version.
    DatabaseBlocked,
    /// A stored record cannot be read back.
    DatabaseDamaged,
    /// The vault is locked, and its passphrase has to be entered.
    VaultLocked,
    /// The passphrase does not open what it should.
    WrongPassphrase,
    /// The file is not a backup of a vault.
    NotABackup,
    /// The backup was written by a newer version of this software.
    BackupNewer,
    /// The backup was changed or cut short.
    BackupDamaged,
    /// The file or the link is not a sandbox that was saved.
    NotASandbox,
    /// The sandbox was saved by a newer version of this software.
    SandboxNewer,
    /// The sandbox was changed or cut short on its way.
    SandboxDamaged,
    /// No WebCrypto: the page was not loaded from https or localhost.
    CryptoMissing,
    /// The worker stopped or could not be started.
    WorkerCrashed,
    /// A worker that did a part of a job has stopped. The one with the keys still works.
    LaneCrashed,
    /// A frame between page and worker could not be understood.
    BadFrame,
}

/// A failure outside the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct LocalError {
    /// What kind of failure.
    pub code: LocalErrorCode,
    /// What happened, in a sentence for a person.
    pub message: String,
    /// The frame that failed, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<u32>,
    /// The key ARNs that would have been able to help.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_arns: Vec<String>,
}

impl LocalError {
    /// A failure without frame or key.
    pub fn new(code: LocalErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), frame: None, key_arns: Vec::new() }
    }
}

/// Any failure that a caller can meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Failure {
    /// The service said no.
    Service(ApiError),
    /// Something around the service did not work.
    Local(LocalError),
}

impl Failure {
    /// The name of the exception or failure.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Service(error) => error.code.into(),
            Self::Local(error) => error.code.into(),
        }
    }

    /// What did not work around the service, if that is it.
    pub fn local(&self) -> Option<&LocalError> {
        match self {
            Self::Service(_) => None,
            Self::Local(error) => Some(error),
        }
    }

    /// Its text.
    pub fn message(&self) -> &str {
        match self {
            Self::Service(error) => &error.message,
            Self::Local(error) => &error.message,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(error) => error.fmt(f),
            Self::Local(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Service(error)
    }
}

impl From<LocalError> for Failure {
    fn from(error: LocalError) -> Self {
        Self::Local(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_message_is_absent_on_the_wire() {
        let error = ApiError::new(ErrorCode::InvalidCiphertextException, "");
        assert_eq!(serde_json::to_string(&error).unwrap(), r#"{"__type":"InvalidCiphertextException"}"#);
        assert_eq!(error.to_string(), "InvalidCiphertextException");
    }
}
