//! Every refusal, with its exact text.
//!
//! Texts that are known from AWS stand here as AWS words them; the others are our own.

use waxseal_api::{ApiError, ErrorCode, KeyArn, Region};

use crate::state::AliasArn;

/// Why a call is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    // --- the request ---
    #[error("{0}")]
    Serialization(String),
    #[error("{0} is not an operation of this service.")]
    UnknownOperation(String),
    #[error("{} validation error{} detected: {}", .0.len(), if .0.len() == 1 { "" } else { "s" }, .0.join("; "))]
    Constraints(Vec<String>),
    #[error("{0}")]
    Validation(&'static str),
    #[error("{0} is not supported here.")]
    Unsupported(&'static str),

    // --- what it names ---
    #[error("Invalid keyId '{0}'")]
    InvalidKeyId(String),
    #[error("Key '{0}' does not exist")]
    NoSuchKey(KeyArn),
    #[error("Invalid arn {0}")]
    OtherRegion(Region),
    #[error("Alias {0} is not found.")]
    NoSuchAlias(AliasArn),
    #[error("No such policy exists")]
    NoSuchPolicy,
    #[error("An alias with the name {0} already exists")]
    AliasExists(AliasArn),
    #[error("{0} contains invalid characters for an alias")]
    AliasName(String),
    #[error("{0} begins with alias/aws/, which is reserved for the keys of AWS services")]
    ReservedAlias(String),
    #[error("The marker is not one that this operation has returned.")]
    Marker,

    // --- access ---
    #[error(
        "User: {principal} is not authorized to perform: {action} on resource: {resource} because {because}"
    )]
    Denied { principal: String, action: String, resource: String, because: String },
    #[error(
        "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you \
         are not allowed to access."
    )]
    ForeignCiphertext,
    #[error("")]
    GrantToken,

    // --- the key's state ---
    #[error("{0} is disabled.")]
    Disabled(KeyArn),
    #[error("{0} is {1}.")]
    State(KeyArn, &'static str),

    // --- the work ---
    #[error("The key ID in the request does not identify a CMK that can perform this operation.")]
    IncorrectKey,
    #[error("")]
    InvalidCiphertext,
    #[error("The request would have succeeded, but the DryRun option is set.")]
    DryRun,
    #[error("{0} already has {1} aliases, the most that a key can have.")]
    TooManyAliases(KeyArn, usize),
    #[error("The key policy is longer than {0} bytes.")]
    PolicyTooLong(usize),
    #[error("The new key policy is malformed: {0}")]
    MalformedPolicy(String),
    #[error("{0}")]
    Tag(&'static str),
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// The exception's name.
    pub(crate) fn code(&self) -> ErrorCode {
        match self {
            Self::Serialization(_) => ErrorCode::SerializationException,
            Self::UnknownOperation(_) => ErrorCode::UnknownOperationException,
            Self::Constraints(_) | Self::Validation(_) => ErrorCode::ValidationException,
            Self::Unsupported(_) => ErrorCode::UnsupportedOperationException,
            Self::InvalidKeyId(_)
            | Self::NoSuchKey(_)
            | Self::OtherRegion(_)
            | Self::NoSuchAlias(_)
            | Self::NoSuchPolicy => ErrorCode::NotFoundException,
            Self::AliasExists(_) => ErrorCode::AlreadyExistsException,
            Self::AliasName(_) | Self::ReservedAlias(_) => ErrorCode::InvalidAliasNameException,
            Self::Marker => ErrorCode::InvalidMarkerException,
            Self::Denied { .. } | Self::ForeignCiphertext => ErrorCode::AccessDeniedException,
            Self::GrantToken => ErrorCode::InvalidGrantTokenException,
            Self::Disabled(_) => ErrorCode::DisabledException,
            Self::State(..) => ErrorCode::KMSInvalidStateException,
            Self::IncorrectKey => ErrorCode::IncorrectKeyException,
            Self::InvalidCiphertext => ErrorCode::InvalidCiphertextException,
            Self::DryRun => ErrorCode::DryRunOperationException,
            Self::TooManyAliases(..) | Self::PolicyTooLong(_) => ErrorCode::LimitExceededException,
            Self::MalformedPolicy(_) => ErrorCode::MalformedPolicyDocumentException,
            Self::Tag(_) => ErrorCode::TagException,
            Self::Internal(_) => ErrorCode::KMSInternalException,
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self::new(error.code(), error.to_string())
    }
}
