//! Writing a message.

use rand_core::CryptoRng;
use waxseal_crypto::{ContentKey, gcm};

use crate::{
    body::{FINAL_OVERHEAD, FRAME_OVERHEAD, MAX_FRAME_LENGTH},
    context,
    derive::{Commitment, MessageId, derive},
    error::Error,
    frames::{FramePlan, FrameWriter, Framing},
    header::{Content, HEADER_NONCE, HeaderBody},
    keyring::Materials,
    suite::Suite,
};

/// Writes one message of suite 0x0478, framed. It makes the header and says, frame by frame, what stands before the
/// ciphertext and how to seal it; the bytes of the content never pass through it.
#[derive(Debug)]
pub struct Encryptor {
    header: Vec<u8>,
    content_key: ContentKey,
    commitment: Commitment,
    framing: Framing,
    frames: FrameWriter,
}

impl Encryptor {
    /// Begins a message with so many bytes of plaintext in each frame but the last. Derives what it needs from the data
    /// key, which is erased.
    ///
    /// # Errors
    /// [`Error::FrameLength`] for 0 or more than [`MAX_FRAME_LENGTH`]; a context or a list of encrypted data keys that
    /// a message cannot have; [`Error::DataKeyLength`].
    pub fn new(materials: Materials, frame_length: u32, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        if !(1..=MAX_FRAME_LENGTH).contains(&frame_length) {
            return Err(Error::FrameLength { length: frame_length });
        }
        let Materials { data_key, encrypted_data_keys, context } = materials;
        context::check(&context)?;
        let mut message_id = MessageId::default();
        rng.fill_bytes(&mut message_id);
        let (content_key, commitment) = derive(data_key, &message_id)?;
        let body = HeaderBody {
            suite: Suite::COMMITTING,
            message_id: message_id.to_vec(),
            context,
            encrypted_data_keys,
            content: Content::Framed { frame_length },
            suite_data: commitment.to_vec(),
        };
        let mut header = body.write()?;
        let tag = gcm::seal(&content_key, &HEADER_NONCE, &header, b"")?;
        header.extend(tag);
        let framing = Framing { message_id, frame_length: Some(frame_length) };
        let frames = framing.write_from(1);
        Ok(Self { header, content_key, commitment, framing, frames })
    }

    /// What the message begins with: header body and tag.
    pub fn header(&self) -> &[u8] {
        &self.header
    }

    /// The key for all frames of this message.
    pub fn content_key(&self) -> &ContentKey {
        &self.content_key
    }

    /// What its frames have in common, for whoever writes some of them elsewhere.
    pub fn framing(&self) -> &Framing {
        &self.framing
    }

    /// What the header says of the data key.
    pub fn commitment(&self) -> [u8; 32] {
        self.commitment
    }

    /// Plans the next frame.
    ///
    /// # Errors
    /// See [`FrameWriter::frame`].
    pub fn frame(&mut self, plaintext_length: u32, last: bool) -> Result<FramePlan, Error> {
        self.frames.frame(plaintext_length, last)
    }

    /// How many frames a plaintext takes: at least one, and none that is empty but for an empty plaintext. None when
    /// there would be more than 2^32 - 1, or for frames of no length.
    pub fn frame_count(plaintext_length: u64, frame_length: u32) -> Option<u32> {
        (frame_length > 0).then(|| plaintext_length.div_ceil(frame_length.into()).max(1))?.try_into().ok()
    }

    /// Bytes in a whole message: header, plaintext, 32 for each frame and 8 more for the last.
    pub fn message_length(header_length: usize, plaintext_length: u64, frame_length: u32) -> Option<u64> {
        let regular = u64::from(Self::frame_count(plaintext_length, frame_length)?) - 1;
        let overhead = regular * FRAME_OVERHEAD + FINAL_OVERHEAD;
        plaintext_length.checked_add(overhead)?.checked_add(header_length as u64)
    }
}

#[cfg(test)]
mod tests {
    use getrandom::SysRng;
    use rand_core::UnwrapErr;
    use waxseal_crypto::DataKey;

    use super::*;
    use crate::{EncryptionContext, header::EncryptedDataKey};

    fn encryptor(frame_length: u32) -> Result<Encryptor, Error> {
        Encryptor::new(materials(), frame_length, &mut UnwrapErr(SysRng))
    }

    fn materials() -> Materials {
        let key = EncryptedDataKey {
            provider_id: "p".into(),
            provider_info: b"i".to_vec(),
            ciphertext: b"c".to_vec(),
        };
        Materials {
            data_key: DataKey::new(vec![7; 32]),
            encrypted_data_keys: vec![key],
            context: EncryptionContext::new(),
        }
    }

    #[test]
    fn frame_lengths_that_cannot_be() {
        for length in [0, MAX_FRAME_LENGTH + 1, u32::MAX] {
            assert_eq!(encryptor(length).err(), Some(Error::FrameLength { length }));
        }
        assert!(encryptor(MAX_FRAME_LENGTH).is_ok());
    }

    #[test]
    fn materials_that_make_no_message() {
        let refused = |materials| Encryptor::new(materials, 16, &mut UnwrapErr(SysRng)).err();
        let key = "aws-crypto-public-key".to_owned();
        let context = EncryptionContext::from([(key.clone(), "x".into())]);
        assert_eq!(refused(Materials { context, ..materials() }), Some(Error::ReservedContextKey { key }));
        let nobody = Materials { encrypted_data_keys: vec![], ..materials() };
        assert_eq!(refused(nobody), Some(Error::NoKeys));
    }

    #[test]
    fn lengths_up_to_the_limits_of_the_format() {
        assert_eq!(Encryptor::message_length(100, 0, 16), Some(140));
        assert_eq!(Encryptor::message_length(100, 16, 16), Some(156));
        assert_eq!(Encryptor::message_length(100, 17, 16), Some(189));
        let most = u64::from(u32::MAX) * 16;
        assert_eq!(Encryptor::frame_count(most, 16), Some(u32::MAX));
        assert_eq!(Encryptor::frame_count(most + 1, 16), None);
        assert_eq!(Encryptor::message_length(100, most + 1, 16), None);
        assert_eq!(Encryptor::message_length(100, 1, 0), None);
        assert_eq!(Encryptor::message_length(100, u64::MAX, u32::MAX), None);
    }
}
