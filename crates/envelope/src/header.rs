//! The header of a message: what it says before any of its content.
//!
//! ```text
//! version 2   02 suite(2) message-id(32) context keys content-type(1) frame-length(4) commitment(32)        | tag(16)
//! version 1   01 80 suite(2) message-id(16) context keys content-type(1) 0(4) 0c frame-length(4) | nonce(12) tag(16)
//! context     length(2) pairs
//! keys        count(2), and for each: provider-id, provider-info, ciphertext, each with length(2)
//! ```

use base64ct::{Base64, Encoding};
use waxseal_api::{
    job::{CommitmentPolicy, DecryptOptions},
    types::EncryptionContext,
};
use waxseal_crypto::gcm::{NONCE_LENGTH, Nonce, TAG_LENGTH};

use crate::{
    context,
    derive::Commitment,
    error::Error,
    keyring::KMS_PROVIDER,
    reader::{Form, Reader, Short},
    suite::Suite,
};

/// 1 MiB: the longest header that is read.
pub const MAX_HEADER_LENGTH: usize = 1 << 20;
/// The most encrypted data keys that are written into a header.
pub const MAX_ENCRYPTED_DATA_KEYS: usize = 50;

/// Seals the header in version 2, where it is not written down.
pub(crate) const HEADER_NONCE: Nonce = [0; NONCE_LENGTH];

const FRAMED: u8 = 2;
const NON_FRAMED: u8 = 1;
/// The message type of version 1: customer authenticated encrypted data.
const MESSAGE_TYPE: u8 = 0x80;

/// A parsed header. Until a [`Decryptor`](crate::Decryptor) has taken it, nothing in it is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub(crate) body: HeaderBody,
    /// The bytes that the tag authenticates.
    pub(crate) raw: Vec<u8>,
    /// What follows them: the tag, and in version 1 a nonce before it.
    pub(crate) authentication: Vec<u8>,
}

/// How far parsing has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parse {
    /// The header, and how many bytes it takes; the body begins after them.
    Done(Box<Header>, usize),
    /// Come again with at least so many bytes, counted from the start of the message. A message that ends before is
    /// [`Error::Truncated`].
    More(usize),
}

/// How the content is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Into frames.
    Framed {
        /// Bytes of plaintext in each but the last.
        frame_length: u32,
    },
    /// Not at all. Such messages are read, never written.
    NonFramed,
}

/// A data key that can be opened with one particular key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncryptedDataKey {
    /// Who can open it: `aws-kms`, or the namespace of a raw key.
    pub provider_id: String,
    /// With which key: a key ARN for `aws-kms`.
    pub provider_info: Vec<u8>,
    /// The data key, wrapped.
    pub ciphertext: Vec<u8>,
}

/// All that a header says, but for its tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeaderBody {
    pub(crate) suite: Suite,
    pub(crate) message_id: Vec<u8>,
    pub(crate) context: EncryptionContext,
    pub(crate) encrypted_data_keys: Vec<EncryptedDataKey>,
    pub(crate) content: Content,
    /// The commitment in version 2, nothing in version 1.
    pub(crate) suite_data: Vec<u8>,
}

impl Header {
    /// Reads the header from what is there of the message, from its first byte. Says the same however the bytes arrive.
    ///
    /// # Errors
    /// [`Error::NotAMessage`], also when there is no byte at all; [`Error::Base64`]; [`Error::UnknownSuite`];
    /// [`Error::NotCommitting`] when the options do not allow its suite; [`Error::Malformed`]; [`Error::TooManyKeys`] and
    /// [`Error::HeaderTooLarge`] for what is over the limits.
    pub fn parse(bytes: &[u8], options: &DecryptOptions) -> Result<Parse, Error> {
        if bytes.is_empty() {
            return Err(Error::NotAMessage);
        }
        let mut reader = Reader::new(bytes.get(..MAX_HEADER_LENGTH).unwrap_or(bytes));
        match read(&mut reader, options) {
            Ok(header) => Ok(Parse::Done(Box::new(header), reader.position())),
            Err(Stop::Short(Short(needed))) if needed > MAX_HEADER_LENGTH => Err(Error::HeaderTooLarge),
            Err(Stop::Short(Short(needed))) => Ok(Parse::More(needed)),
            Err(Stop::Refused(error)) => Err(error),
        }
    }

    /// The algorithm suite.
    pub fn suite(&self) -> Suite {
        self.body.suite
    }

    /// 32 random bytes; 16 in version 1.
    pub fn message_id(&self) -> &[u8] {
        &self.body.message_id
    }

    /// The encryption context: readable by anyone.
    pub fn context(&self) -> &EncryptionContext {
        &self.body.context
    }

    /// The data key, wrapped once for each key that can open the message.
    pub fn encrypted_data_keys(&self) -> &[EncryptedDataKey] {
        &self.body.encrypted_data_keys
    }

    /// How the content is cut.
    pub fn content(&self) -> Content {
        self.body.content
    }

    /// Bytes of plaintext in every frame but the last; none for a message without frames.
    pub fn frame_length(&self) -> Option<u32> {
        match self.body.content {
            Content::Framed { frame_length } => Some(frame_length),
            Content::NonFramed => None,
        }
    }

    /// The KMS keys that can open the message, as it names them.
    pub fn key_arns(&self) -> Vec<String> {
        let kms_keys = self.body.encrypted_data_keys.iter().filter(|key| key.provider_id == KMS_PROVIDER);
        kms_keys.map(|key| String::from_utf8_lossy(&key.provider_info).into_owned()).collect()
    }

    /// What seals the header, besides the content key: its nonce and its tag.
    pub(crate) fn seal(&self) -> (Nonce, &[u8]) {
        match self.authentication.split_first_chunk() {
            Some((nonce, tag)) if !tag.is_empty() && self.body.suite.version() == 1 => (*nonce, tag),
            _ => (HEADER_NONCE, &self.authentication),
        }
    }
}

impl HeaderBody {
    /// A header of version 2, without its tag.
    ///
    /// # Errors
    /// [`Error::ContextTooLarge`], [`Error::NoKeys`], [`Error::TooManyKeys`], [`Error::FieldTooLong`],
    /// [`Error::HeaderTooLarge`].
    pub(crate) fn write(&self) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![self.suite.version()];
        bytes.extend(self.suite.id.to_be_bytes());
        bytes.extend(&self.message_id);
        put_field(&mut bytes, &context::write(&self.context)?)?;
        write_keys(&mut bytes, &self.encrypted_data_keys)?;
        let (content_type, frame_length) = match self.content {
            Content::Framed { frame_length } => (FRAMED, frame_length),
            Content::NonFramed => (NON_FRAMED, 0),
        };
        bytes.push(content_type);
        bytes.extend(frame_length.to_be_bytes());
        bytes.extend(&self.suite_data);
        if bytes.len() + TAG_LENGTH > MAX_HEADER_LENGTH { Err(Error::HeaderTooLarge) } else { Ok(bytes) }
    }
}

/// Appends a field with its length in two bytes before it.
pub(crate) fn put_field(bytes: &mut Vec<u8>, field: &[u8]) -> Result<(), Error> {
    let length = u16::try_from(field.len()).map_err(|_| Error::FieldTooLong { length: field.len() })?;
    bytes.extend(length.to_be_bytes());
    bytes.extend(field);
    Ok(())
}

fn write_keys(bytes: &mut Vec<u8>, keys: &[EncryptedDataKey]) -> Result<(), Error> {
    let count = u16::try_from(keys.len()).unwrap_or(u16::MAX);
    match usize::from(count) {
        0 => return Err(Error::NoKeys),
        1..=MAX_ENCRYPTED_DATA_KEYS => bytes.extend(count.to_be_bytes()),
        _ => return Err(Error::TooManyKeys { count, most: MAX_ENCRYPTED_DATA_KEYS as u16 }),
    }
    for key in keys {
        for field in [key.provider_id.as_bytes(), &key.provider_info, &key.ciphertext] {
            put_field(bytes, field)?;
        }
    }
    Ok(())
}

/// Why reading stopped: the bytes ended, or they are refused.
pub(crate) enum Stop {
    Short(Short),
    Refused(Error),
}

impl From<Short> for Stop {
    fn from(short: Short) -> Self {
        Self::Short(short)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

pub(crate) fn read(reader: &mut Reader<'_>, options: &DecryptOptions) -> Result<Header, Stop> {
    let suite = read_suite(reader)?;
    if !suite.commits() && options.commitment_policy == CommitmentPolicy::RequireEncryptRequireDecrypt {
        return Err(Error::NotCommitting { suite }.into());
    }
    let message_id = reader.take(suite.message_id_length())?.to_vec();
    reader.mark("messageId", Form::Bytes);
    let context = context::read(reader)?;
    if suite.signature.is_some() != context.contains_key(context::PUBLIC_KEY) {
        return Err(malformed("its suite and its encryption context disagree on whether it is signed"));
    }
    let encrypted_data_keys = read_keys(reader, options.max_encrypted_data_keys)?;
    let content_type = reader.u8()?;
    reader.mark("contentType", Form::Number);
    if suite.version() == 1 {
        expect(reader, &[0; 4], "its reserved bytes are not zero")?;
        reader.mark("reserved", Form::Bytes);
        expect(reader, &[NONCE_LENGTH as u8], "its nonces are not 12 bytes long")?;
        reader.mark("ivLength", Form::Number);
    }
    let frame_length = reader.u32()?;
    reader.mark("frameLength", Form::Number);
    let content = content(content_type, frame_length)?;
    let mut suite_data = Vec::new();
    if suite.commits() {
        suite_data = reader.take(size_of::<Commitment>())?.to_vec();
        reader.mark("algorithmSuiteData", Form::Bytes);
    }
    let raw = reader.consumed().to_vec();
    let mut authentication = Vec::new();
    if suite.version() == 1 {
        authentication.extend(reader.take(NONCE_LENGTH)?);
        reader.mark("iv", Form::Bytes);
    }
    authentication.extend(reader.take(TAG_LENGTH)?);
    reader.mark("authenticationTag", Form::Bytes);
    let body = HeaderBody { suite, message_id, context, encrypted_data_keys, content, suite_data };
    Ok(Header { body, raw, authentication })
}

/// Version and suite, which have to fit together; or what the bytes are instead.
fn read_suite(reader: &mut Reader<'_>) -> Result<Suite, Stop> {
    let version = match reader.clone().u8()? {
        version @ 1..=2 => version,
        b'A' if is_base64(reader.clone().take(4)?) => return Err(Error::Base64.into()),
        _ => return Err(Error::NotAMessage.into()),
    };
    reader.u8()?;
    reader.mark("version", Form::Number);
    if version == 1 {
        if reader.u8()? != MESSAGE_TYPE {
            return Err(Error::NotAMessage.into());
        }
        reader.mark("type", Form::Number);
    }
    let id = reader.u16()?;
    reader.mark("algorithmSuiteId", Form::Number);
    let suite = Suite::find(id).filter(|suite| suite.version() == version);
    suite.ok_or(Stop::Refused(Error::UnknownSuite { id, version }))
}

/// Whether these four characters are base64 text of how a message begins.
fn is_base64(text: &[u8]) -> bool {
    let mut decoded = [0; 3];
    match Base64::decode(text, &mut decoded) {
        Ok([1, MESSAGE_TYPE, _]) => true,
        Ok(&[2, high, low]) => Suite::find(u16::from_be_bytes([high, low])).is_some_and(Suite::commits),
        _ => false,
    }
}

fn read_keys(reader: &mut Reader<'_>, most: u16) -> Result<Vec<EncryptedDataKey>, Stop> {
    let count = reader.u16()?;
    reader.mark("encryptedDataKeyCount", Form::Number);
    if count == 0 {
        return Err(malformed("it holds no encrypted data key"));
    }
    if count > most {
        return Err(Error::TooManyKeys { count, most }.into());
    }
    (0..count).map(|_| read_key(reader)).collect()
}

fn read_key(reader: &mut Reader<'_>) -> Result<EncryptedDataKey, Stop> {
    let provider_id = reader.field(["keyProviderIdLength", "keyProviderId"], Form::Text)?;
    let provider_id = String::from_utf8(provider_id.to_vec())
        .map_err(|_| malformed("the provider of an encrypted data key is not text"))?;
    let info = ["keyProviderInformationLength", "keyProviderInformation"];
    let provider_info = reader.field(info, Form::Text)?.to_vec();
    let ciphertext = reader.field(["encryptedDataKeyLength", "encryptedDataKey"], Form::Bytes)?.to_vec();
    Ok(EncryptedDataKey { provider_id, provider_info, ciphertext })
}

fn content(content_type: u8, frame_length: u32) -> Result<Content, Stop> {
    match (content_type, frame_length) {
        (FRAMED, 1..) => Ok(Content::Framed { frame_length }),
        (NON_FRAMED, 0) => Ok(Content::NonFramed),
        (FRAMED | NON_FRAMED, _) => Err(malformed("its frame length does not go with its content type")),
        _ => Err(malformed("it has neither frames nor a single block")),
    }
}

fn expect(reader: &mut Reader<'_>, bytes: &[u8], otherwise: &'static str) -> Result<(), Stop> {
    if reader.take(bytes.len())? == bytes { Ok(()) } else { Err(malformed(otherwise)) }
}

fn malformed(what: &'static str) -> Stop {
    Stop::Refused(Error::Malformed { what })
}

#[cfg(test)]
mod tests;
