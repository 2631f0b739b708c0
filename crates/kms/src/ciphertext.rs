//! The ciphertext blob of a symmetric key: opaque to callers, self-describing to the service.
//!
//! | bytes | what |
//! |---|---|
//! | 5 | `01 02 02 00 78`, by which such blobs are known (base64 `AQICAH…`) |
//! | 1 | version of this layout: 1 |
//! | 1 | what is inside: 0 bytes that the caller gave, 1 a data key that the service made |
//! | 2 | length of the key ARN, big-endian |
//! | … | key ARN, UTF-8 |
//! | 4 | check: the first bytes of the SHA-256 of all the above; tells damage from a key that is not here |
//! | 32 | key material ID |
//! | 12 | nonce, random |
//! | … | AES-256-GCM ciphertext, then its tag of 16 bytes |
//!
//! Associated data: everything before the AES-GCM ciphertext, then the encryption context as a count and, in order of
//! key, each key and value with its length (all 8 bytes, big-endian). The key's material ID is a digest of the
//! material, so a blob is also bound to one material in a way that AES-GCM alone would not.

use waxseal_api::{KeyArn, types::EncryptionContext};
use waxseal_crypto::{
    gcm::{NONCE_LENGTH, Nonce, TAG_LENGTH},
    sha256,
};

use crate::{
    layout::{Form, Layout},
    state::MaterialId,
};

pub(crate) const MAGIC: &[u8] = &[0x01, 0x02, 0x02, 0x00, 0x78];
const VERSION: u8 = 1;
const CHECK_LENGTH: usize = 4;

/// What a ciphertext holds, as the service remembers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Bytes that a caller gave.
    Bytes,
    /// A data key that the service made.
    DataKey,
}

/// All but the sealed bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) content: Content,
    pub(crate) key_arn: KeyArn,
    pub(crate) material_id: MaterialId,
    pub(crate) nonce: Nonce,
}

/// A blob that has the form of one of ours. Whether it is one is known when it has been opened.
#[derive(Debug)]
pub(crate) struct Ciphertext<'a> {
    pub(crate) header: Header,
    /// All of it.
    pub(crate) blob: &'a [u8],
    /// Its end: what AES-GCM made.
    pub(crate) sealed: &'a [u8],
}

impl Header {
    /// The header as bytes, or nothing when the ARN is too long for its length field.
    pub(crate) fn encode(&self) -> Option<Vec<u8>> {
        let arn = self.key_arn.to_string();
        let mut bytes = [MAGIC, &[VERSION, self.content.code()]].concat();
        bytes.extend_from_slice(&u16::try_from(arn.len()).ok()?.to_be_bytes());
        bytes.extend_from_slice(arn.as_bytes());
        bytes.extend_from_slice(&check(&bytes));
        bytes.extend_from_slice(self.material_id.as_bytes());
        bytes.extend_from_slice(&self.nonce);
        Some(bytes)
    }
}

impl<'a> Ciphertext<'a> {
    /// Reads a blob, or nothing when it is damaged or never was one.
    pub(crate) fn parse(blob: &'a [u8]) -> Option<Self> {
        Self::read(&mut Layout::new(blob)).ok()
    }

    /// Reads a blob part by part. All parts are found before what they say is judged.
    ///
    /// # Errors
    /// Why it is damaged or none, in words.
    pub(crate) fn read(layout: &mut Layout<'a>) -> Result<Self, &'static str> {
        let blob = layout.rest();
        if layout.take("prefix", MAGIC.len(), Form::Bytes)? != MAGIC {
            return Err("It does not begin as ciphertexts of this service do.");
        }
        if layout.array("layoutVersion", Form::Number)? != [VERSION] {
            return Err("Its layout has a version that this service does not write.");
        }
        let [content] = layout.array("content", Form::Number)?;
        let length = u16::from_be_bytes(layout.array("keyArnLength", Form::Number)?);
        let arn = layout.take("keyArn", length.into(), Form::Text)?;
        let expected = check(layout.taken());
        let found: [u8; CHECK_LENGTH] = layout.array("check", Form::Bytes)?;
        let material_id = MaterialId::from_bytes(layout.array("keyMaterialId", Form::Bytes)?);
        let nonce = layout.array::<NONCE_LENGTH>("nonce", Form::Bytes)?;
        let sealed = layout.rest();
        layout.take("ciphertext", sealed.len().saturating_sub(TAG_LENGTH).max(1), Form::Bytes)?;
        layout.take("authenticationTag", TAG_LENGTH, Form::Bytes)?;
        if found != expected {
            return Err("The check is not that of the bytes before it: they have been changed, or it has.");
        }
        let content =
            Content::from_code(content).ok_or("It holds something that this service does not know.")?;
        let key_arn = std::str::from_utf8(arn).ok().and_then(|arn| arn.parse().ok());
        let key_arn = key_arn.ok_or("It names no key.")?;
        Ok(Self { header: Header { content, key_arn, material_id, nonce }, blob, sealed })
    }

    /// Its beginning, as it was encoded.
    pub(crate) fn header_bytes(&self) -> &'a [u8] {
        &self.blob[..self.blob.len() - self.sealed.len()]
    }
}

/// What a ciphertext is bound to.
pub(crate) fn associated_data(header: &[u8], context: &EncryptionContext) -> Vec<u8> {
    let mut bytes = header.to_vec();
    bytes.extend_from_slice(&length(context.len()));
    for text in context.iter().flat_map(|(key, value)| [key, value]) {
        bytes.extend_from_slice(&length(text.len()));
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes
}

fn length(n: usize) -> [u8; 8] {
    (n as u64).to_be_bytes()
}

fn check(bytes: &[u8]) -> [u8; CHECK_LENGTH] {
    let [a, b, c, d, ..] = sha256(&[bytes]);
    [a, b, c, d]
}

impl Content {
    fn code(self) -> u8 {
        match self {
            Self::Bytes => 0,
            Self::DataKey => 1,
        }
    }

    fn from_code(code: u8) -> Option<Self> {
        [Self::Bytes, Self::DataKey].into_iter().find(|content| content.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ARN: &str = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    fn header(content: Content) -> Header {
        let material_id = MaterialId::from_bytes([0xab; 32]);
        Header { content, key_arn: ARN.parse().unwrap(), material_id, nonce: [0xcd; 12] }
    }

    #[test]
    fn a_header_is_laid_out_like_this() {
        let bytes = header(Content::DataKey).encode().unwrap();
        let length = ARN.len();
        assert_eq!(bytes[..9], [1, 2, 2, 0, 0x78, 1, 1, 0, length as u8]);
        assert_eq!(&bytes[9..9 + length], ARN.as_bytes());
        assert_eq!(bytes[9 + length..13 + length], sha256(&[&bytes[..9 + length]])[..4]);
        assert_eq!(bytes[13 + length..45 + length], [0xab; 32]);
        assert_eq!(bytes[45 + length..], [0xcd; 12]);
    }

    #[test]
    fn a_header_is_read_as_it_was_written() {
        for content in [Content::Bytes, Content::DataKey] {
            let header = header(content);
            let blob = [header.encode().unwrap(), vec![0; TAG_LENGTH + 1]].concat();
            let read = Ciphertext::parse(&blob).unwrap();
            assert_eq!((&read.header, read.sealed.len()), (&header, TAG_LENGTH + 1));
            assert_eq!(read.header_bytes(), header.encode().unwrap());
            assert!(Ciphertext::parse(&blob[..blob.len() - 1]).is_none(), "a tag without a ciphertext");
        }
    }

    proptest! {
        #[test]
        fn no_two_contexts_look_the_same(
            a in prop::collection::btree_map("[ab]{0,3}", "[ab]{0,3}", 0..4),
            b in prop::collection::btree_map("[ab]{0,3}", "[ab]{0,3}", 0..4),
        ) {
            prop_assert_eq!(a == b, associated_data(&[], &a) == associated_data(&[], &b));
        }

        #[test]
        fn nothing_makes_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            Ciphertext::parse(&[MAGIC, &bytes].concat());
        }
    }
}
