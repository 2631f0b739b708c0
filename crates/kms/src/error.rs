//! Every refusal, with its exact text.
//!
//! Texts that are known from AWS stand here as AWS words them; the others are our own.

use waxseal_api::{
    ApiError, ErrorCode, KeyArn, Region,
    types::{
        ConnectionState, GrantOperation, KeySpec, KeyUsage, MessageType, Origin, SigningAlgorithm,
        WrappingAlgorithm, WrappingKeySpec,
    },
};

use crate::{cx::Action, state::AliasArn};

/// Why a call is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    // --- the request ---
    #[error("{0}")]
    Serialization(String),
    #[error("You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.")]
    Throttled,
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
    #[error("Grant ID {0} not found")]
    NoSuchGrant(String),
    #[error("ARN does not refer to a valid principal: {0}")]
    PrincipalArn(String),
    #[error("Operation {0} is not valid for a KMS key with key usage {1}.")]
    GrantOperation(GrantOperation, KeyUsage),
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
    #[error("User: {principal} is not authorized to perform: {action} on resource: {resource} {because}")]
    Denied { principal: String, action: String, resource: String, because: String },
    #[error(
        "User: {principal} is not authorized to perform: {action} on the resource associated with this ciphertext {because}"
    )]
    Ciphertext { principal: String, action: String, because: String },
    #[error("")]
    GrantToken,

    // --- the key's state ---
    #[error("{0} is disabled.")]
    Disabled(KeyArn),
    #[error("{0} is {1}.")]
    State(KeyArn, &'static str),

    #[error("{0} is an AWS managed key, which its account cannot change.")]
    AwsManaged(KeyArn),
    #[error("{0} origin is {1} which is not valid for this operation.")]
    Origin(KeyArn, Origin),
    #[error("")]
    NotSymmetric,
    #[error("{0} is not a multi-region primary key.")]
    NotPrimary(KeyArn),
    #[error("A key {0} already exists.")]
    KeyExists(KeyArn),
    #[error("{0} is already the primary key.")]
    AlreadyPrimary(KeyArn),
    #[error("{0} cannot be rotated now: its automatic rotation is due within 20 minutes.")]
    RotationIsDue(KeyArn),
    #[error(
        "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be \
         performed for this key: {0}"
    )]
    TooManyRotations(KeyArn),
    #[error("No available key material pending rotation for the key: {0}.")]
    NothingToRotate(KeyArn),

    // --- what the key is for ---
    #[error("{key} key usage is {usage} which is not valid for {action}.")]
    Usage { key: KeyArn, usage: KeyUsage, action: Action },
    #[error("Algorithm {0} is incompatible with key spec {1}.")]
    Algorithm(&'static str, KeySpec),
    #[error("{0} key spec is {1} which is not valid for this operation.")]
    NoPublicKey(KeyArn, KeySpec),
    #[error("KeyUsage {0} is not compatible with KeySpec {1}")]
    UsageAndSpec(KeyUsage, KeySpec),
    #[error("Algorithm {algorithm} and key spec {spec} cannot encrypt data larger than {longest} bytes.")]
    TooLong { algorithm: &'static str, spec: KeySpec, longest: usize },
    #[error("Digest is invalid length for algorithm {0}.")]
    DigestLength(SigningAlgorithm),
    #[error("Algorithm {0} does not take a message of type {1}.")]
    MessageType(SigningAlgorithm, MessageType),

    // --- imported material ---
    #[error("")]
    ImportToken,
    #[error("")]
    ExpiredImportToken,
    #[error("")]
    IncorrectKeyMaterial,
    #[error("Key material '{0}' does not exist in KMS key {1}.")]
    NoSuchMaterial(String, KeyArn),
    #[error(
        "New key material (id: {id}) cannot be imported into KMS key {arn}, because another key material (id: \
         {pending}) is pending rotation."
    )]
    AnotherIsPending { arn: KeyArn, id: String, pending: String },
    #[error(
        "The material of a key of spec {key} cannot be wrapped with {algorithm} under a key of spec {spec}."
    )]
    Wrapping { algorithm: WrappingAlgorithm, spec: WrappingKeySpec, key: KeySpec },

    // --- custom key stores ---
    #[error("There is no custom key store '{0}'.")]
    NoSuchKeyStore(String),
    #[error("The custom key store {0} is {1}, which does not allow this.")]
    KeyStoreState(String, ConnectionState),
    #[error("A custom key store named '{0}' already exists.")]
    KeyStoreNameInUse(String),
    #[error("The custom key store {0} still has keys.")]
    KeyStoreHasKeys(String),
    #[error("There are already {0} custom key stores, the most that a Region can have.")]
    TooManyKeyStores(usize),
    #[error("The cluster {0} already belongs to a custom key store.")]
    ClusterInUse(String),
    #[error("The trust anchor certificate is not a certificate in PEM form.")]
    TrustAnchor,
    #[error("Another external key store already uses this endpoint and path.")]
    UriInUse,
    #[error("Another external key store already uses this endpoint.")]
    UriEndpointInUse,
    #[error("Another external key store already uses this VPC endpoint service.")]
    VpcEndpointServiceInUse,
    #[error("Another key of this custom key store already uses this external key.")]
    XksKeyInUse,
    #[error("A key of this spec and origin cannot be made in this custom key store.")]
    WrongKeyStore,

    // --- the work ---
    #[error("The key ID in the request does not identify a CMK that can perform this operation.")]
    IncorrectKey,
    #[error("")]
    InvalidCiphertext,
    #[error("")]
    Signature,
    #[error("")]
    Mac,
    #[error("")]
    PeerKey,
    #[error("The request would have succeeded, but the DryRun option is set.")]
    DryRun,
    #[error("{0} already has {1} aliases, as many as its quota allows.")]
    TooManyAliases(KeyArn, usize),
    #[error("{0} already has {1} grants, as many as its quota allows.")]
    TooManyGrants(KeyArn, usize),
    #[error("The key policy is longer than {0} bytes.")]
    PolicyTooLong(usize),
    #[error("The new key policy will not allow you to update the key policy in the future.")]
    Lockout,
    #[error("Policy contains a statement with one or more invalid principals.")]
    UnknownPrincipal,
    #[error("{0}")]
    MalformedDocument(String),
    #[error("Invalid principal in policy: \"AWS\":\"{0}\"")]
    UnknownTrusted(String),
    #[error("The {0} with name {1} cannot be found.")]
    NoSuchEntity(&'static str, String),
    #[error("{0} with name {1} already exists.")]
    EntityExists(&'static str, String),
    #[error("Cannot delete entity, must {0} first.")]
    DeleteConflict(&'static str),
    #[error("Cannot exceed quota for AccessKeysPerUser: {0}")]
    TooManyAccessKeys(usize),
    #[error("Roles may not be assumed by root accounts.")]
    RootAssumes,
    #[error("The new key policy is malformed: {0}")]
    MalformedPolicy(String),
    #[error("{0}")]
    Tag(&'static str),
    #[error("{0}")]
    Internal(String),
}

/// What whoever names no key hears, whether there is no such key or its policy does not let them: so nobody learns which.
pub(crate) const NO_RESOURCE: &str = "because the resource does not exist in this Region, no resource-based policies \
                                      allow access, or a resource-based policy explicitly denies access";

impl Error {
    /// The same denial as it is told of a key that only the ciphertext names. What an identity-based policy lacks or denies is
    /// said; the key's policy is not told apart from a key that is not there.
    pub(crate) fn of_ciphertext(self) -> Self {
        match self {
            Self::Denied { principal, action, because, .. } => {
                let because =
                    if because.contains(" identity-based ") { because } else { NO_RESOURCE.to_owned() };
                Self::Ciphertext { principal, action, because }
            }
            other => other,
        }
    }

    /// The exception's name.
    pub(crate) fn code(&self) -> ErrorCode {
        match self {
            Self::Serialization(_) => ErrorCode::SerializationException,
            Self::Throttled => ErrorCode::ThrottlingException,
            Self::UnknownOperation(_) => ErrorCode::UnknownOperationException,
            Self::Constraints(_)
            | Self::Validation(_)
            | Self::GrantOperation(..)
            | Self::UsageAndSpec(..)
            | Self::TooLong { .. }
            | Self::DigestLength(_)
            | Self::MessageType(..)
            | Self::PeerKey => ErrorCode::ValidationException,
            Self::Usage { .. } | Self::Algorithm(..) => ErrorCode::InvalidKeyUsageException,
            Self::Unsupported(_)
            | Self::AwsManaged(_)
            | Self::Origin(..)
            | Self::NotSymmetric
            | Self::NoPublicKey(..)
            | Self::NotPrimary(_)
            | Self::AlreadyPrimary(_)
            | Self::WrongKeyStore => ErrorCode::UnsupportedOperationException,
            Self::RotationIsDue(_) => ErrorCode::ConflictException,
            Self::InvalidKeyId(_)
            | Self::NoSuchKey(_)
            | Self::OtherRegion(_)
            | Self::NoSuchAlias(_)
            | Self::NoSuchGrant(_)
            | Self::NoSuchMaterial(..)
            | Self::NoSuchPolicy => ErrorCode::NotFoundException,
            Self::AliasExists(_) | Self::KeyExists(_) => ErrorCode::AlreadyExistsException,
            Self::AliasName(_) | Self::ReservedAlias(_) => ErrorCode::InvalidAliasNameException,
            Self::PrincipalArn(_) => ErrorCode::InvalidArnException,
            Self::Marker => ErrorCode::InvalidMarkerException,
            Self::Denied { .. } | Self::Ciphertext { .. } => ErrorCode::AccessDeniedException,
            Self::GrantToken => ErrorCode::InvalidGrantTokenException,
            Self::Disabled(_) => ErrorCode::DisabledException,
            Self::State(..) | Self::NothingToRotate(_) | Self::AnotherIsPending { .. } => {
                ErrorCode::KMSInvalidStateException
            }
            Self::ImportToken => ErrorCode::InvalidImportTokenException,
            Self::ExpiredImportToken => ErrorCode::ExpiredImportTokenException,
            Self::IncorrectKeyMaterial => ErrorCode::IncorrectKeyMaterialException,
            Self::Wrapping { .. } => ErrorCode::ValidationException,
            Self::NoSuchKeyStore(_) => ErrorCode::CustomKeyStoreNotFoundException,
            Self::KeyStoreState(..) => ErrorCode::CustomKeyStoreInvalidStateException,
            Self::KeyStoreNameInUse(_) => ErrorCode::CustomKeyStoreNameInUseException,
            Self::KeyStoreHasKeys(_) => ErrorCode::CustomKeyStoreHasCMKsException,
            Self::ClusterInUse(_) => ErrorCode::CloudHsmClusterInUseException,
            Self::TrustAnchor => ErrorCode::IncorrectTrustAnchorException,
            Self::UriInUse => ErrorCode::XksProxyUriInUseException,
            Self::UriEndpointInUse => ErrorCode::XksProxyUriEndpointInUseException,
            Self::VpcEndpointServiceInUse => ErrorCode::XksProxyVpcEndpointServiceInUseException,
            Self::XksKeyInUse => ErrorCode::XksKeyAlreadyInUseException,
            Self::IncorrectKey => ErrorCode::IncorrectKeyException,
            Self::InvalidCiphertext => ErrorCode::InvalidCiphertextException,
            Self::Signature => ErrorCode::KMSInvalidSignatureException,
            Self::Mac => ErrorCode::KMSInvalidMacException,
            Self::DryRun => ErrorCode::DryRunOperationException,
            Self::TooManyAliases(..)
            | Self::TooManyGrants(..)
            | Self::TooManyRotations(_)
            | Self::PolicyTooLong(_)
            | Self::TooManyKeyStores(_) => ErrorCode::LimitExceededException,
            Self::MalformedPolicy(_)
            | Self::MalformedDocument(_)
            | Self::UnknownTrusted(_)
            | Self::UnknownPrincipal
            | Self::Lockout => ErrorCode::MalformedPolicyDocumentException,
            Self::Tag(_) => ErrorCode::TagException,
            Self::NoSuchEntity(..) => ErrorCode::NotFoundException,
            Self::EntityExists(..) => ErrorCode::AlreadyExistsException,
            Self::DeleteConflict(_) => ErrorCode::ConflictException,
            Self::TooManyAccessKeys(_) => ErrorCode::LimitExceededException,
            Self::RootAssumes => ErrorCode::AccessDeniedException,
            Self::Internal(_) => ErrorCode::KMSInternalException,
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self::new(error.code(), error.to_string())
    }
}
