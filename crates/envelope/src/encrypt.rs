//! Writing a message.

use rand_core::CryptoRng;
use waxseal_crypto::{ContentKey, gcm};

use crate::{
    body::{FINAL_OVERHEAD, FRAME_OVERHEAD, MAX_FRAME_LENGTH},
    derive::derive,
    error::Error,
    footer::Signer,
    frames::{FramePlan, FrameWriter, Framing},
    header::{Content, HEADER_NONCE, HeaderBody},
    keyring::{Draft, Materials},
};

/// Writes one message, framed. It makes the header and says, frame by frame, what stands before the ciphertext and how to
/// seal it; the bytes of the content never pass through it, but for the digest of a signed message.
#[derive(Debug)]
pub struct Encryptor {
    header: Vec<u8>,
    content_key: ContentKey,
    commitment: [u8; 32],
    framing: Framing,
    frames: FrameWriter,
    /// What makes the signature, until it has.
    signer: Option<Signer>,
}

impl Encryptor {
    /// Begins a message with so many bytes of plaintext in each frame but the last. Derives what it needs from the data
    /// key, which is erased.
    ///
    /// # Errors
    /// [`Error::FrameLength`] for 0 or more than [`MAX_FRAME_LENGTH`]; a list of encrypted data keys that a message cannot
    /// have; [`Error::DataKeyLength`].
    pub fn new(materials: Materials, frame_length: u32, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        if !(1..=MAX_FRAME_LENGTH).contains(&frame_length) {
            return Err(Error::FrameLength { length: frame_length });
        }
        let Materials { draft: Draft { suite, context, mut signer }, data_key, encrypted_data_keys } =
            materials;
        let mut message_id = vec![0; suite.message_id_length()];
        rng.fill_bytes(&mut message_id);
        let (content_key, commitment) = derive(suite, data_key, &message_id)?;
        let commitment = commitment.unwrap_or_default();
        let framing = Framing { message_id: message_id.clone(), frame_length: Some(frame_length) };
        let content = Content::Framed { frame_length };
        let suite_data = commitment.to_vec();
        let body = HeaderBody { suite, message_id, context, encrypted_data_keys, content, suite_data };
        let mut header = body.write()?;
        let tag = gcm::seal(&content_key, &HEADER_NONCE, &header, b"")?;
        header.extend(tag);
        if let Some(signer) = &mut signer {
            signer.update(&header);
        }
        let frames = framing.write_from(1);
        Ok(Self { header, content_key, commitment, framing, frames, signer })
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

    /// Whether the message is signed: then every byte of its frames is to pass through [`Encryptor::digest`].
    pub fn is_signed(&self) -> bool {
        self.signer.is_some()
    }

    /// Takes bytes of the body into the digest that is signed: all bytes of all frames, in their order. Does nothing when
    /// the message is not signed.
    pub fn digest(&mut self, bytes: &[u8]) {
        if let Some(signer) = &mut self.signer {
            signer.update(bytes);
        }
    }

    /// What follows the last frame: the signature, or nothing when the message is not signed. The private key is erased.
    ///
    /// # Errors
    /// [`Error::Signing`].
    pub fn footer(&mut self, rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Error> {
        self.signer.take().map_or_else(|| Ok(Vec::new()), |signer| signer.finish(rng))
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

    /// Bytes in a message up to its footer: header, plaintext, 32 for each frame and 8 more for the last.
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
    use crate::{EncryptionContext, Suite, header::EncryptedDataKey};

    fn encryptor(frame_length: u32) -> Result<Encryptor, Error> {
        Encryptor::new(materials(Suite::COMMITTING), frame_length, &mut UnwrapErr(SysRng))
    }

    fn materials(suite: Suite) -> Materials {
        let key = EncryptedDataKey {
            provider_id: "p".into(),
            provider_info: b"i".to_vec(),
            ciphertext: b"c".to_vec(),
        };
        Materials {
            draft: Draft::new(suite, EncryptionContext::new(), &mut UnwrapErr(SysRng)).unwrap(),
            data_key: DataKey::new(vec![7; 32]),
            encrypted_data_keys: vec![key],
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
        for suite in [Suite::COMMITTING, Suite::SIGNED] {
            let refused = |materials| Encryptor::new(materials, 16, &mut UnwrapErr(SysRng)).err();
            let nobody = Materials { encrypted_data_keys: vec![], ..materials(suite) };
            assert_eq!(refused(nobody), Some(Error::NoKeys));
            let short = Materials { data_key: DataKey::new(vec![7; 31]), ..materials(suite) };
            assert_eq!(refused(short), Some(Error::DataKeyLength { length: 31, needed: 32 }));
        }
    }

    #[test]
    fn a_footer_is_written_once() {
        let mut rng = UnwrapErr(SysRng);
        let mut signed = Encryptor::new(materials(Suite::SIGNED), 16, &mut rng).unwrap();
        assert!(signed.is_signed());
        assert!(signed.footer(&mut rng).unwrap().len() > 2);
        assert_eq!(signed.footer(&mut rng), Ok(Vec::new()));
        let mut unsigned = encryptor(16).unwrap();
        assert!(!unsigned.is_signed());
        assert_eq!(unsigned.footer(&mut rng), Ok(Vec::new()));
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
