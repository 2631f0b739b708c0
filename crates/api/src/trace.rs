//! What really happened during a call or a file job, step by step, for whoever wants to watch.
//!
//! A trace never holds key material: a KMS key appears by name only, and a plaintext data key by length only. Whoever
//! is meant to see a data key has it from the reply.

mod read;

use serde::{Deserialize, Serialize};

use crate::{blob::Blob, types::EncryptionContext};

/// Steps in the order in which they happened.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Trace {
    /// The steps.
    pub steps: Vec<Step>,
}

impl Trace {
    /// Adds what happened next.
    pub fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Adds what happened next, elsewhere.
    pub fn append(&mut self, mut other: Self) {
        self.steps.append(&mut other.steps);
    }

    /// Bytes that crossed the boundary of the key service, in both directions.
    pub fn crossed(&self) -> u64 {
        self.steps.iter().map(Step::crossed).sum()
    }
}

/// What a thing is; it decides how it is drawn, everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Readable by whoever holds it.
    #[default]
    Plaintext,
    /// A KMS key: never leaves the service.
    KmsKey,
    /// A key derived from a data key for one message; never leaves the worker.
    ContentKey,
    /// A data key in the clear.
    DataKey,
    /// A data key under a KMS key.
    EncryptedDataKey,
    /// Unreadable without its key.
    Ciphertext,
    /// Readable, but cannot be changed unnoticed.
    Authenticated,
}

/// Where the bytes of a thing can be seen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Bytes {
    /// All of them, here.
    Here(Blob),
    /// In the file that went in, from this offset.
    Input(u64),
    /// In the file that came out, from this offset.
    Output(u64),
    /// In the reply to the call, in the member of this name.
    Reply(String),
    /// Nowhere: they never leave the place they are in.
    #[default]
    Withheld,
}

/// A thing that a step uses or makes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// What it is.
    pub role: Role,
    /// Its length in bytes.
    pub length: u64,
    /// Where its bytes are.
    pub bytes: Bytes,
}

impl Item {
    /// A thing whose bytes may be shown as they are.
    pub fn here(role: Role, bytes: &[u8]) -> Self {
        Self { role, length: bytes.len() as u64, bytes: Bytes::Here(bytes.into()) }
    }

    /// A thing of which only the length is told.
    pub fn withheld(role: Role, length: usize) -> Self {
        Self { role, length: length as u64, bytes: Bytes::Withheld }
    }
}

/// One thing that happened. Each belongs to a lane: your app, the key service, or storage.
#[derive(Debug, Clone, PartialEq, Serialize, strum::EnumDiscriminants)]
#[strum_discriminants(
    name(Kind),
    vis(pub(self)),
    doc = "Which step.",
    derive(Deserialize, strum::VariantArray),
    serde(rename_all = "camelCase")
)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Step {
    // --- in the key service ---
    /// A request crossed into the service.
    Request {
        /// Which operation.
        operation: String,
        /// The length of its JSON body.
        length: u64,
        /// The context it gave.
        context: EncryptionContext,
    },
    /// The service found the key that was meant.
    KeyFound {
        /// How the request, or the ciphertext, named it.
        named: String,
        /// Its full name.
        key_arn: String,
    },
    /// The caller may do this.
    Permitted {
        /// Who.
        principal: String,
        /// What, as `kms:Encrypt`.
        action: String,
        /// To what.
        resource: String,
        /// Which rule said so.
        because: String,
    },
    /// The caller may not do this.
    Denied {
        /// Who.
        principal: String,
        /// What, as `kms:Encrypt`.
        action: String,
        /// To what.
        resource: String,
        /// What each statement of each policy says to it.
        because: String,
    },
    /// The service drew random bytes.
    RandomMade {
        /// What they are to be.
        item: Item,
    },
    /// The service encrypted something under a KMS key.
    Encrypted {
        /// Which key.
        key_arn: String,
        /// Which of its materials.
        key_material_id: String,
        /// What went in.
        input: Item,
        /// What came out.
        output: Item,
        /// What was bound to it.
        context: EncryptionContext,
    },
    /// The service opened something with a KMS key.
    Decrypted {
        /// Which key.
        key_arn: String,
        /// Which of its materials.
        key_material_id: String,
        /// What went in.
        input: Item,
        /// What came out.
        output: Item,
        /// What it was bound to.
        context: EncryptionContext,
    },
    /// The service worked with a KMS key in another way: it signed, verified, agreed on a secret.
    KeyUsed {
        /// Which key.
        key_arn: String,
        /// What it did, in a few words: `signs the message`.
        action: String,
        /// How.
        algorithm: String,
        /// What went in.
        input: Item,
        /// What came out, if anything did.
        output: Option<Item>,
    },
    /// The service changed what it keeps.
    Changed {
        /// What, in a few words: `key`, `alias`, `state Disabled`.
        what: String,
        /// Of which key or alias.
        resource: String,
    },
    /// A reply crossed out of the service.
    Reply {
        /// To which operation.
        operation: String,
        /// The length of its JSON body.
        length: u64,
        /// What it carried.
        items: Vec<Item>,
    },
    /// The service said no.
    Refused {
        /// To which operation.
        operation: String,
        /// The length of its JSON body.
        length: u64,
        /// The exception.
        code: String,
        /// Its text.
        message: String,
    },
    // --- in your app ---
    /// The app opened the file that goes in.
    FileOpened {
        /// Its name.
        name: String,
        /// How many files the app packed to make it; 0 for a file that goes in as it is.
        packed: u32,
        /// Its bytes.
        item: Item,
    },
    /// The app read a message header and found who could open it.
    HeaderRead {
        /// The header.
        item: Item,
        /// The keys it names.
        key_arns: Vec<String>,
    },
    /// The app made the message's own keys of the data key, by the HKDF of its suite if it has one.
    KeysDerived {
        /// From.
        data_key: Item,
        /// The key that encrypts this one message.
        content_key: Item,
        /// The commitment: proof of which data key this is. Empty for a suite that has none.
        commitment: Item,
    },
    /// The app wrote the header.
    HeaderWritten {
        /// The header with its tag.
        item: Item,
        /// The encrypted data key inside it.
        encrypted_data_key: Item,
    },
    /// The header is what its writer wrote, and the key is the one it was written with.
    HeaderVerified {
        /// The header with its tag.
        item: Item,
    },
    /// The app encrypted the file, frame by frame.
    FramesEncrypted {
        /// How many frames.
        frames: u32,
        /// Bytes of plaintext in each but the last.
        frame_length: u32,
        /// All of the plaintext.
        input: Item,
        /// All of the frames.
        output: Item,
    },
    /// The app verified and opened the message, frame by frame.
    FramesDecrypted {
        /// How many frames.
        frames: u32,
        /// Bytes of plaintext in each but the last.
        frame_length: u32,
        /// All of the frames.
        input: Item,
        /// All of the plaintext.
        output: Item,
    },
    /// A plaintext key was overwritten with zeros.
    Wiped {
        /// What it was.
        item: Item,
    },
    // --- in storage ---
    /// The result lies where you want it.
    Stored {
        /// Its name.
        name: String,
        /// Its bytes.
        item: Item,
    },
}

/// The places of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// The program that uses keys.
    App,
    /// The service that keeps them.
    Service,
    /// Wherever the result is kept.
    Storage,
}

impl Step {
    /// Where it happened.
    pub fn lane(&self) -> Lane {
        match self {
            Self::Request { .. }
            | Self::KeyFound { .. }
            | Self::Permitted { .. }
            | Self::Denied { .. }
            | Self::RandomMade { .. }
            | Self::Encrypted { .. }
            | Self::Decrypted { .. }
            | Self::KeyUsed { .. }
            | Self::Changed { .. }
            | Self::Reply { .. }
            | Self::Refused { .. } => Lane::Service,
            Self::FileOpened { .. }
            | Self::HeaderRead { .. }
            | Self::KeysDerived { .. }
            | Self::HeaderWritten { .. }
            | Self::HeaderVerified { .. }
            | Self::FramesEncrypted { .. }
            | Self::FramesDecrypted { .. }
            | Self::Wiped { .. } => Lane::App,
            Self::Stored { .. } => Lane::Storage,
        }
    }

    /// Bytes that crossed the boundary of the service in this step.
    pub fn crossed(&self) -> u64 {
        match self {
            Self::Request { length, .. } | Self::Reply { length, .. } | Self::Refused { length, .. } => {
                *length
            }
            _ => 0,
        }
    }
}
