//! Messages of version 1, which nothing else here writes, as AWS's clients write them: for the tests of what reads them.

use waxseal_crypto::{ContentKey, DataKey, Hash, Prk, gcm};
use waxseal_envelope::{Derivation, EncryptedDataKey, Suite};

/// What a message of version 1 is made of. Without a frame length it is a single block.
pub(crate) struct Legacy {
    pub(crate) id: u16,
    pub(crate) data_key: Vec<u8>,
    pub(crate) message_id: [u8; 16],
    pub(crate) key: EncryptedDataKey,
    pub(crate) frame_length: Option<u32>,
}

impl Legacy {
    /// An unsigned message without an encryption context.
    pub(crate) fn write(&self, plaintext: &[u8]) -> Vec<u8> {
        let key = self.content_key();
        let mut message = self.header();
        let tag = gcm::seal(&key, &[0; 12], &message, b"").unwrap();
        message.extend([0; 12]);
        message.extend(tag);
        match self.frame_length {
            Some(length) => self.frames(&mut message, &key, plaintext, length as usize),
            None => {
                let length = (plaintext.len() as u64).to_be_bytes();
                let sealed = self.sealed(&key, 1, b"Single Block", plaintext);
                message.extend([&nonce(1)[..], &length, &sealed].concat());
            }
        }
        message
    }

    fn suite(&self) -> Suite {
        Suite::find(self.id).unwrap()
    }

    fn content_key(&self) -> ContentKey {
        let data_key = DataKey::new(self.data_key.clone());
        let info: [&[u8]; 2] = [&self.id.to_be_bytes(), &self.message_id];
        match self.suite().derivation {
            Derivation::Identity => data_key.try_into().unwrap(),
            _ => Prk::extract(Hash::Sha256, &[], &data_key)
                .content_key(&info, self.suite().key_length)
                .unwrap(),
        }
    }

    fn header(&self) -> Vec<u8> {
        let mut header = vec![1, 0x80];
        header.extend(self.id.to_be_bytes());
        header.extend(self.message_id);
        header.extend([0, 0, 0, 1]);
        for field in [self.key.provider_id.as_bytes(), &self.key.provider_info, &self.key.ciphertext] {
            header.extend((field.len() as u16).to_be_bytes());
            header.extend(field);
        }
        header.extend([if self.frame_length.is_some() { 2 } else { 1 }, 0, 0, 0, 0, 12]);
        header.extend(self.frame_length.unwrap_or(0).to_be_bytes());
        header
    }

    /// Regular frames, and a last one that may be empty.
    fn frames(&self, message: &mut Vec<u8>, key: &ContentKey, plaintext: &[u8], length: usize) {
        let mut sequence = 1_u32;
        let mut chunks = plaintext.chunks_exact(length);
        for chunk in &mut chunks {
            let sealed = self.sealed(key, sequence, b"Frame", chunk);
            message.extend([&sequence.to_be_bytes()[..], &nonce(sequence), &sealed].concat());
            sequence += 1;
        }
        let rest = chunks.remainder();
        let sealed = self.sealed(key, sequence, b"Final Frame", rest);
        let head = [u32::MAX.to_be_bytes(), sequence.to_be_bytes()].concat();
        message.extend([&head[..], &nonce(sequence), &(rest.len() as u32).to_be_bytes(), &sealed].concat());
    }

    fn sealed(&self, key: &ContentKey, sequence: u32, label: &[u8], plaintext: &[u8]) -> Vec<u8> {
        let label = [b"AWSKMSEncryptionClient ", label].concat();
        let length = (plaintext.len() as u64).to_be_bytes();
        let aad = [&self.message_id[..], &label, &sequence.to_be_bytes(), &length].concat();
        gcm::seal(key, &nonce(sequence), &aad, plaintext).unwrap()
    }
}

fn nonce(sequence: u32) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[8..].copy_from_slice(&sequence.to_be_bytes());
    nonce
}
