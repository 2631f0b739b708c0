//! How members look on the wire whose type JSON does not have.

/// The members of outputs that are bytes: base64 text on the wire. In order of name.
pub const BLOBS: &[&str] = &[
    "CiphertextBlob",
    "ImportToken",
    "Mac",
    "Plaintext",
    "PrivateKeyCiphertextBlob",
    "PrivateKeyPlaintext",
    "PublicKey",
    "SharedSecret",
    "SharedSecretCiphertextBlob",
    "Signature",
];

/// The members of outputs that are points in time: seconds since 1970 on the wire. In order of name.
pub const TIMESTAMPS: &[&str] = &[
    "CreationDate",
    "DeletionDate",
    "KeyCreationDate",
    "LastUpdatedDate",
    "NextRotationDate",
    "OnDemandRotationStartDate",
    "ParametersValidTo",
    "RotationDate",
    "Timestamp",
    "TrackingStartDate",
    "ValidTo",
];
