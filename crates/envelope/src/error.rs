//! Everything that can go wrong with a message.

use waxseal_api::{Failure, LocalError, LocalErrorCode};
use waxseal_crypto::gcm;

use crate::{body::MAX_FRAME_LENGTH, header::MAX_HEADER_LENGTH, suite::Suite};

/// Why a message was not written or not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    // --- what it is ---
    /// The first bytes are not those of a message, or there are none.
    #[error("This is not an AWS Encryption SDK message.")]
    NotAMessage,
    /// The bytes are base64 text of a message.
    #[error("This is an AWS Encryption SDK message written as base64 text. Decode it to bytes first.")]
    Base64,
    /// The version and the suite are no pair that the format knows.
    #[error(
        "This is not an AWS Encryption SDK message: there is no algorithm suite 0x{id:04x} in version {version}."
    )]
    UnknownSuite {
        /// The suite's number.
        id: u16,
        /// The version of the header.
        version: u8,
    },
    /// A message of a suite that the commitment policy does not allow.
    #[error(
        "This message uses algorithm suite {suite}, which does not commit to its key: whoever wrote it could have made it \
         open differently under another key. If you trust where it comes from, allow it for this file with the commitment \
         policy REQUIRE_ENCRYPT_ALLOW_DECRYPT."
    )]
    NotCommitting {
        /// The suite.
        suite: Suite,
    },
    /// The header says what no header may say.
    #[error("The header of this message is damaged: {what}.")]
    Malformed {
        /// What is wrong, as part of a sentence.
        what: &'static str,
    },
    /// An encrypted data key for `aws-kms` that names no KMS key.
    #[error("This message names '{text}' as a KMS key, which is not a key ARN.")]
    NotAKeyArn {
        /// What stands in place of the key ARN.
        text: String,
    },

    // --- its keys ---
    /// No keyring at hand has a key that the message names.
    #[error("{}", key_not_here(key_arns))]
    KeyNotHere {
        /// The KMS keys that could have helped.
        key_arns: Vec<String>,
    },
    /// The message names this raw wrapping key, which does not open its data key.
    #[error(
        "Wrapping key '{name}' does not open this message: it is another key of that name, or the message was changed."
    )]
    WrappingKey {
        /// The name of the wrapping key.
        name: String,
    },
    /// The key service answered for another key than it was asked for.
    #[error("The key service answered for key '{answered}' when '{asked}' was meant.")]
    WrongKey {
        /// The key that was asked for.
        asked: String,
        /// The key in the answer.
        answered: String,
    },
    /// A data key that does not fit the suite.
    #[error("The data key of this message has {length} bytes in place of {needed}.")]
    DataKeyLength {
        /// Its bytes.
        length: usize,
        /// What the suite needs.
        needed: usize,
    },

    // --- what does not verify ---
    /// The data key is not the one that the message was written with.
    #[error("The key commitment does not verify: this data key is not the one the message was written with.")]
    Commitment,
    /// The header is not as it was written.
    #[error("The header does not verify: it was changed after it was written.")]
    HeaderTag,
    /// A frame is not as it was written.
    #[error("Frame {frame} does not verify: it was changed after it was written.")]
    FrameTag {
        /// Which, counted from 1.
        frame: u32,
    },
    /// A frame stands where another one belongs.
    #[error("Frame {frame} is not where it belongs: frame {found} is in its place.")]
    FrameOrder {
        /// Which belongs there.
        frame: u32,
        /// Which is there.
        found: u32,
    },
    /// A frame carries another nonce than its number gives.
    #[error("Frame {frame} was changed: its nonce is not the one of that frame.")]
    FrameNonce {
        /// Which.
        frame: u32,
    },
    /// The last frame claims to be longer than the others.
    #[error("Frame {frame} was changed: it claims {length} bytes, more than a frame of this message holds.")]
    LastFrameLength {
        /// Which.
        frame: u32,
        /// What it claims.
        length: u64,
    },
    /// The signature is not one of this message.
    #[error(
        "The signature does not verify: the message was changed after it was written, or someone else signed it."
    )]
    Signature,
    /// The signature claims to be longer than it can be.
    #[error(
        "The signature of this message was changed: it claims {length} bytes, more than a signature has."
    )]
    SignatureLength {
        /// What it claims.
        length: u16,
    },
    /// The bytes end before the signature does.
    #[error("This message is cut short: it ends in its signature.")]
    FooterTruncated,
    /// The bytes end before the message does.
    #[error("This message is cut short: it ends {}.", within(frame))]
    Truncated {
        /// In which frame; none for the header.
        frame: Option<u32>,
    },
    /// Bytes follow the message.
    #[error("{count} bytes follow the end of this message. They are not part of it.")]
    TrailingBytes {
        /// How many.
        count: u64,
    },

    // --- limits ---
    /// The header is longer than [`MAX_HEADER_LENGTH`].
    #[error("The header of this message is longer than {MAX_HEADER_LENGTH} bytes.")]
    HeaderTooLarge,
    /// There are more encrypted data keys than are allowed.
    #[error("This message has {count} encrypted data keys; at most {most} are allowed.")]
    TooManyKeys {
        /// How many; 65,535 for any more.
        count: u16,
        /// How many are allowed.
        most: u16,
    },
    /// A frame is longer than [`MAX_FRAME_LENGTH`].
    #[error("Frame {frame} holds {length} bytes; at most {MAX_FRAME_LENGTH} are read at once.")]
    FrameTooLarge {
        /// Which.
        frame: u32,
        /// Its bytes of plaintext.
        length: u64,
    },
    /// A message has at most 2^32 - 1 frames.
    #[error("This is too long for frames of that length: a message has at most 4,294,967,295 of them.")]
    TooManyFrames,
    /// The encryption context does not fit into 65,535 bytes.
    #[error("The encryption context is longer than 65,535 bytes.")]
    ContextTooLarge,
    /// A name or a wrapped key does not fit into 65,535 bytes.
    #[error("A field of {length} bytes does not fit into a header; at most 65,535 do.")]
    FieldTooLong {
        /// Its bytes.
        length: usize,
    },

    // --- what cannot be asked for ---
    /// Messages are written in committing suites only.
    #[error("Messages are not written in algorithm suite {suite}. Choose {} or {}.", Suite::COMMITTING.name, Suite::SIGNED.name)]
    SuiteNotWritten {
        /// Its name or number.
        suite: String,
    },
    /// The key belongs to the format itself.
    #[error(
        "The encryption context cannot have the key '{key}': names that begin with 'aws-crypto-' are reserved."
    )]
    ReservedContextKey {
        /// The key.
        key: String,
    },
    /// A context key without a character.
    #[error("The encryption context has a key without a name.")]
    EmptyContextKey,
    /// No frame can have this length.
    #[error("Frames of {length} bytes cannot be written: choose a length from 1 to {MAX_FRAME_LENGTH}.")]
    FrameLength {
        /// What was asked for.
        length: u32,
    },
    /// This frame has to have another length.
    #[error("Frame {frame} cannot hold {length} bytes: every frame but the last has to be full.")]
    FramePlaintext {
        /// Which.
        frame: u32,
        /// What was asked for.
        length: u32,
    },
    /// The last frame has been planned already.
    #[error("The message has ended: nothing follows its last frame.")]
    Ended,
    /// A frame was reported as verified before the frames in front of it.
    #[error("Frame {frame} was reported as verified when it was the turn of frame {expected}.")]
    OutOfTurn {
        /// Which was reported.
        frame: u32,
        /// Whose turn it was.
        expected: u32,
    },
    /// A message without a wrapped data key could not be opened by anyone.
    #[error("A message needs at least one key that can open it.")]
    NoKeys,
    /// A keyring that opens with any key, and so has none to encrypt with.
    #[error("Name a KMS key to encrypt with.")]
    NoKeyNamed,
    /// A raw keyring cannot have this namespace.
    #[error("'{namespace}' cannot be the namespace of a wrapping key: it belongs to AWS KMS.")]
    ReservedNamespace {
        /// The namespace.
        namespace: String,
    },
    /// The cipher refused.
    #[error("The cipher refused: {0}.")]
    Cipher(#[from] gcm::Error),
    /// A raw wrapping key wrapped nothing.
    #[error("The data key could not be wrapped: {0}.")]
    Wrapping(waxseal_crypto::Error),
    /// No signature came of it.
    #[error("The message could not be signed: {0}.")]
    Signing(waxseal_crypto::Error),
}

impl Error {
    /// The kind of failure, as callers see it.
    pub fn code(&self) -> LocalErrorCode {
        match self {
            Self::NotAMessage | Self::UnknownSuite { .. } => LocalErrorCode::NotAMessage,
            Self::Base64 => LocalErrorCode::Base64Message,
            Self::NotAKeyArn { .. } | Self::DataKeyLength { .. } => LocalErrorCode::UnsupportedMessage,
            Self::NotCommitting { .. } => LocalErrorCode::NotCommitting,
            Self::KeyNotHere { .. } => LocalErrorCode::KeyNotHere,
            Self::Malformed { .. }
            | Self::WrappingKey { .. }
            | Self::WrongKey { .. }
            | Self::Commitment
            | Self::HeaderTag
            | Self::FrameTag { .. }
            | Self::FrameOrder { .. }
            | Self::FrameNonce { .. }
            | Self::LastFrameLength { .. }
            | Self::Signature
            | Self::SignatureLength { .. }
            | Self::Cipher(gcm::Error::NotAuthentic) => LocalErrorCode::Tampered,
            Self::Truncated { .. } | Self::FooterTruncated => LocalErrorCode::Truncated,
            Self::TrailingBytes { .. } => LocalErrorCode::TrailingBytes,
            Self::HeaderTooLarge
            | Self::TooManyKeys { .. }
            | Self::FrameTooLarge { .. }
            | Self::TooManyFrames
            | Self::ContextTooLarge
            | Self::FieldTooLong { .. }
            | Self::Cipher(gcm::Error::TooLong) => LocalErrorCode::TooLarge,
            Self::ReservedContextKey { .. }
            | Self::EmptyContextKey
            | Self::FrameLength { .. }
            | Self::FramePlaintext { .. }
            | Self::Ended
            | Self::OutOfTurn { .. }
            | Self::SuiteNotWritten { .. }
            | Self::Signing(_)
            | Self::Wrapping(_)
            | Self::NoKeys
            | Self::NoKeyNamed
            | Self::ReservedNamespace { .. }
            | Self::Cipher(gcm::Error::KeyLength(_)) => LocalErrorCode::BadRequest,
        }
    }

    /// The frame that failed, where it was one.
    pub fn frame(&self) -> Option<u32> {
        match self {
            Self::FrameTag { frame }
            | Self::FrameOrder { frame, .. }
            | Self::FrameNonce { frame }
            | Self::LastFrameLength { frame, .. }
            | Self::Truncated { frame: Some(frame) }
            | Self::FrameTooLarge { frame, .. } => Some(*frame),
            _ => None,
        }
    }
}

impl From<Error> for LocalError {
    fn from(error: Error) -> Self {
        let (code, frame, message) = (error.code(), error.frame(), error.to_string());
        let key_arns = match error {
            Error::KeyNotHere { key_arns } => key_arns,
            _ => Vec::new(),
        };
        Self { code, message, frame, key_arns }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Local(error.into())
    }
}

fn key_not_here(key_arns: &[String]) -> String {
    match key_arns {
        [] => "None of the keys that can open this message is here. It names no KMS key.".into(),
        [key_arn] => format!("The key that can open this message is not here: {key_arn}."),
        _ => format!("None of the keys that can open this message is here: {}.", key_arns.join(", ")),
    }
}

fn within(frame: &Option<u32>) -> String {
    frame.map_or_else(|| "in its header".into(), |frame| format!("in frame {frame}"))
}
