//! What a frame is made of: its prefix, its nonce, its associated data.
//!
//! ```text
//! regular frame   sequence(4) nonce(12)                               ciphertext(F)   tag(16)
//! final frame     ffffffff(4) sequence(4) nonce(12) length(4)         ciphertext(len) tag(16)
//! single block    nonce(12) length(8)                                 ciphertext(len) tag(16)
//! ```

use waxseal_crypto::gcm::{NONCE_LENGTH, Nonce, TAG_LENGTH};

/// 256 MiB: the most plaintext that is written, or read, in one frame; all of it has to be held in memory.
pub const MAX_FRAME_LENGTH: u32 = 1 << 28;

/// Stands where a sequence number would, before the final frame.
pub(crate) const END_MARKER: u32 = u32::MAX;
/// What a regular frame adds to its plaintext.
pub const FRAME_OVERHEAD: u64 = (4 + NONCE_LENGTH + TAG_LENGTH) as u64;
/// What the final frame adds to its plaintext.
pub const FINAL_OVERHEAD: u64 = FRAME_OVERHEAD + 8;

/// The three things that can be sealed under a content key, besides the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Regular,
    Final,
    SingleBlock,
}

impl Kind {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Regular => b"AWSKMSEncryptionClient Frame",
            Self::Final => b"AWSKMSEncryptionClient Final Frame",
            Self::SingleBlock => b"AWSKMSEncryptionClient Single Block",
        }
    }
}

/// The sequence number, with zeros before it. The header's nonce is 0, and sequence numbers begin with 1.
pub(crate) fn nonce(sequence: u32) -> Nonce {
    let mut nonce = Nonce::default();
    nonce[NONCE_LENGTH - 4..].copy_from_slice(&sequence.to_be_bytes());
    nonce
}

/// `message ID || label || sequence(4) || plaintext length(8)`
pub(crate) fn aad(message_id: &[u8], kind: Kind, sequence: u32, plaintext_length: u64) -> Vec<u8> {
    [message_id, kind.label(), &sequence.to_be_bytes(), &plaintext_length.to_be_bytes()].concat()
}

/// What stands before the ciphertext of a frame.
pub(crate) fn prefix(sequence: u32, plaintext_length: u32, last: bool) -> Vec<u8> {
    let (sequence_bytes, nonce) = (sequence.to_be_bytes(), nonce(sequence));
    if last {
        [&END_MARKER.to_be_bytes()[..], &sequence_bytes, &nonce, &plaintext_length.to_be_bytes()].concat()
    } else {
        [&sequence_bytes[..], &nonce].concat()
    }
}
