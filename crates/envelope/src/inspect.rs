//! What a message says, field by field, to whoever has no key for it.

use std::{borrow::Cow, fmt::Write};

use waxseal_api::{
    inspection::{Field, FieldValue, FrameTable, Inspection, KeyFacts, Problem, SuiteFacts},
    job::{CommitmentPolicy, DecryptOptions},
};
use waxseal_crypto::{
    Hash,
    gcm::{NONCE_LENGTH, TAG_LENGTH},
};

use crate::{
    body::FRAME_OVERHEAD,
    error::Error,
    footer,
    frames::{FrameHead, FrameReader, Framing, Next},
    header::{self, EncryptedDataKey, Header, MAX_HEADER_LENGTH, Stop},
    keyring::KMS_PROVIDER,
    reader::{Form, Mark, Reader, Short},
    suite::{Derivation, Signature, Suite},
};

/// Everything is looked at, whatever it is.
const OPTIONS: DecryptOptions = DecryptOptions {
    commitment_policy: CommitmentPolicy::RequireEncryptAllowDecrypt,
    max_encrypted_data_keys: u16::MAX,
    raw_keys: Vec::new(),
};

/// Reads a message from front to back and keeps what it says; of the content nothing is kept, nor looked at. Nothing is
/// verified. Takes the bytes in pieces of any size; holds at most a header, which has up to [`MAX_HEADER_LENGTH`] bytes.
#[derive(Debug)]
pub struct Inspector {
    found: Inspection,
    /// What has not been understood yet.
    buffer: Vec<u8>,
    /// Where that begins.
    offset: u64,
    /// How many bytes are still to be passed over before that.
    skip: u64,
    /// How many bytes it takes to go on.
    wanted: usize,
    stage: Stage,
    /// The fields of all frames, where they are wanted.
    frames: Option<Vec<Field>>,
}

#[derive(Debug)]
enum Stage {
    Header,
    Frames(Frames),
    Footer(Signature),
    /// After the end of the message, or after what could not be read.
    End,
}

#[derive(Debug)]
struct Frames {
    framing: Framing,
    reader: FrameReader,
    signature: Option<Signature>,
    /// Bytes of plaintext in the frame that is passed over.
    passing: Option<u64>,
}

/// What comes after looking at the bytes at hand.
enum Looked {
    /// Going on behind so many bytes, which may be more than there are.
    Took(usize),
    /// Looking again when there are so many bytes.
    Wants(usize),
}

impl Default for Inspector {
    fn default() -> Self {
        let (found, buffer, stage) = (Inspection::default(), Vec::new(), Stage::Header);
        Self { found, buffer, offset: 0, skip: 0, wanted: 1, stage, frames: None }
    }
}

/// What a message says, field by field, all of its frames included; for messages that are short.
/// Where reading ended early, the inspection says why.
pub fn inspect_all(bytes: &[u8]) -> (Inspection, Vec<Field>) {
    let mut inspector = Inspector { frames: Some(Vec::new()), ..Inspector::default() };
    inspector.feed(bytes);
    let (found, frames) = inspector.end();
    let fields = [found.header.clone(), frames, found.footer.clone()].concat();
    (found, fields)
}

impl Inspector {
    /// Takes the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.found.length += bytes.len() as u64;
        self.take(bytes);
    }

    /// How many of the next bytes will not be looked at: whoever can, leaves them out with [`Inspector::pass`].
    pub fn passes(&self) -> u64 {
        if matches!(self.stage, Stage::End) { u64::MAX } else { self.skip }
    }

    /// Goes on behind bytes that are there, but were left out; no more than [`Inspector::passes`].
    pub fn pass(&mut self, bytes: u64) {
        self.found.length += bytes;
        self.skip = self.skip.saturating_sub(bytes);
    }

    /// What the message says, now that all of it has been there.
    pub fn finish(self) -> Inspection {
        self.end().0
    }

    fn end(mut self) -> (Inspection, Vec<Field>) {
        self.look();
        let frame = self.found.frames.as_ref().map(|frames| frames.count.saturating_add(1));
        match self.stage {
            Stage::Header if self.found.length == 0 => self.stop(Error::NotAMessage),
            Stage::Header | Stage::Frames(_) => self.stop(Error::Truncated { frame }),
            Stage::Footer(_) => self.stop(Error::FooterTruncated),
            Stage::End if self.found.problem.is_none() => {
                self.found.trailing = self.found.length - self.offset
            }
            Stage::End => {}
        }
        (self.found, self.frames.unwrap_or_default())
    }

    fn take(&mut self, mut bytes: &[u8]) {
        loop {
            let passed = usize::try_from(self.passes()).unwrap_or(usize::MAX).min(bytes.len());
            self.skip = self.skip.saturating_sub(passed as u64);
            bytes = bytes.get(passed..).unwrap_or_default();
            if bytes.is_empty() {
                return;
            }
            // No more than is needed, but for the header, of which nobody knows how long it is.
            let most = if matches!(self.stage, Stage::Header) { MAX_HEADER_LENGTH } else { self.wanted };
            let room = most.saturating_sub(self.buffer.len()).max(1);
            let (taken, rest) = bytes.split_at(bytes.len().min(room));
            self.buffer.extend_from_slice(taken);
            bytes = rest;
            self.look();
        }
    }

    /// Understands as much as there is.
    fn look(&mut self) {
        while self.skip == 0 && self.buffer.len() >= self.wanted && !matches!(self.stage, Stage::End) {
            let looked = match &mut self.stage {
                Stage::Header => self.header(),
                Stage::Frames(_) => self.frame(),
                Stage::Footer(signature) => {
                    let signature = *signature;
                    self.footer(signature)
                }
                Stage::End => return,
            };
            match looked {
                Ok(Looked::Took(length)) => self.took(length),
                Ok(Looked::Wants(length)) => self.wanted = length,
                Err(error) => self.stop(error),
            }
        }
    }

    fn took(&mut self, length: usize) {
        let rest = self.buffer.split_off(length.min(self.buffer.len()));
        self.skip = (length - self.buffer.len()) as u64;
        self.offset += length as u64;
        self.buffer.clear();
        self.wanted = 0;
        self.take(&rest);
    }

    fn stop(&mut self, error: Error) {
        // A frame that is cut short ends further on than the file.
        let offset = self.offset.min(self.found.length);
        self.found.problem = Some(Problem { offset, error: error.into() });
        self.stage = Stage::End;
        self.buffer.clear();
    }

    fn header(&mut self) -> Result<Looked, Error> {
        let mut reader = Reader::marking(&self.buffer);
        let read = header::read(&mut reader, &OPTIONS);
        let length = reader.position();
        self.found.header = fields(&reader.into_marks(), &self.buffer, 0);
        match read {
            Ok(header) => {
                self.describe(&header, length as u64);
                Ok(Looked::Took(length))
            }
            Err(Stop::Short(Short(needed))) if needed <= MAX_HEADER_LENGTH => Ok(Looked::Wants(needed)),
            Err(stop) => {
                self.offset = self.found.header.last().map_or(0, |field| field.offset + field.length);
                Err(match stop {
                    Stop::Short(_) => Error::HeaderTooLarge,
                    Stop::Refused(error) => error,
                })
            }
        }
    }

    fn describe(&mut self, header: &Header, length: u64) {
        self.found.suite = Some(facts(header.suite()));
        self.found.context.clone_from(header.context());
        self.found.encrypted_data_keys = header.encrypted_data_keys().iter().map(key).collect();
        let (message_id, frame_length) = (header.message_id().to_vec(), header.frame_length());
        let stride = frame_length.map_or(0, |length| u64::from(length) + FRAME_OVERHEAD);
        self.found.frames =
            Some(FrameTable { frame_length, offset: length, stride, ..FrameTable::default() });
        let framing = Framing { message_id, frame_length };
        let (reader, signature) = (framing.read_from(1), header.suite().signature);
        self.stage = Stage::Frames(Frames { framing, reader, signature, passing: None });
    }

    /// The prefix of a frame, or what comes after the frame that has been passed over.
    fn frame(&mut self) -> Result<Looked, Error> {
        let (Stage::Frames(frames), Some(table)) = (&mut self.stage, &mut self.found.frames) else {
            return Ok(Looked::Wants(usize::MAX));
        };
        if let Some(length) = frames.passing.take() {
            table.count += 1;
            table.plaintext_length += length;
        }
        match frames.reader.next_frame(&self.buffer)? {
            Next::Frame(head) => {
                frames.passing = Some((head.sealed_length - TAG_LENGTH) as u64);
                let fields = || frame_fields(&frames.framing, &self.buffer, self.offset, &head);
                if head.sequence == 1 {
                    table.first = fields();
                }
                if head.last {
                    table.last = fields();
                }
                if let Some(frames) = &mut self.frames {
                    frames.extend(fields());
                }
                Ok(Looked::Took(head.length()))
            }
            Next::More(needed) => Ok(Looked::Wants(needed)),
            Next::End => {
                self.stage = frames.signature.map_or(Stage::End, Stage::Footer);
                Ok(Looked::Wants(0))
            }
        }
    }

    fn footer(&mut self, signature: Signature) -> Result<Looked, Error> {
        let mut reader = Reader::marking(&self.buffer);
        let read = footer::read(signature, &mut reader).map(drop);
        let length = reader.position();
        self.found.footer = fields(&reader.into_marks(), &self.buffer, self.offset);
        match read {
            Ok(()) => {
                self.stage = Stage::End;
                Ok(Looked::Took(length))
            }
            Err(Error::FooterTruncated) => Ok(Looked::Wants(self.buffer.len() + 1)),
            Err(error) => Err(error),
        }
    }
}

/// What has been marked in bytes that begin at this offset of the message.
fn fields(marks: &[Mark], bytes: &[u8], offset: u64) -> Vec<Field> {
    let starts = std::iter::once(0).chain(marks.iter().map(|mark| mark.end));
    let both = starts.zip(marks);
    both.map(|(start, mark)| {
        let bytes = bytes.get(start..mark.end).unwrap_or_default();
        let value = value(mark.form, bytes);
        field(mark.name, offset + start as u64, bytes.len() as u64, Some(value))
    })
    .collect()
}

/// The fields of a frame whose prefix is there.
fn frame_fields(framing: &Framing, prefix: &[u8], offset: u64, head: &FrameHead) -> Vec<Field> {
    let mut fields = fields(&framing.marks(prefix), prefix, offset);
    let (content, tag) = ((head.sealed_length - TAG_LENGTH) as u64, TAG_LENGTH as u64);
    let start = offset + head.prefix_length as u64;
    fields.push(field("encryptedContent", start, content, None));
    fields.push(field("authenticationTag", start + content, tag, None));
    fields
}

fn field(name: &'static str, offset: u64, length: u64, value: Option<FieldValue>) -> Field {
    Field { name: Cow::Borrowed(name), offset, length, value }
}

fn value(form: Form, bytes: &[u8]) -> FieldValue {
    match (form, std::str::from_utf8(bytes)) {
        (Form::Number, _) => {
            FieldValue::Number(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
        }
        (Form::Text, Ok(text)) => FieldValue::Text(text.into()),
        _ => FieldValue::Bytes(bytes.iter().fold(String::new(), |mut text, byte| {
            // Writing into a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })),
    }
}

fn facts(suite: Suite) -> SuiteFacts {
    SuiteFacts {
        id: suite.id,
        name: Cow::Borrowed(suite.name),
        version: suite.version(),
        encryption: format!("AES-{}-GCM", suite.key_length * 8),
        key_derivation: match suite.derivation {
            Derivation::Identity => None,
            Derivation::Hkdf(Hash::Sha256) => Some("HKDF-SHA-256".into()),
            Derivation::Hkdf(_) => Some("HKDF-SHA-384".into()),
            Derivation::Committing => Some("HKDF-SHA-512".into()),
        },
        key_commitment: suite.commits(),
        signature: suite.signature.map(|signature| match signature {
            Signature::P256 => "ECDSA P-256 with SHA-256".into(),
            Signature::P384 => "ECDSA P-384 with SHA-384".into(),
        }),
    }
}

fn key(key: &EncryptedDataKey) -> KeyFacts {
    let kms = key.provider_id == KMS_PROVIDER;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
    KeyFacts {
        provider_id: key.provider_id.clone(),
        key_arn: text(&key.provider_info).filter(|_| kms),
        key_name: text(raw_name(&key.provider_info)).filter(|_| !kms),
        ciphertext_length: key.ciphertext.len() as u64,
    }
}

/// The name of a raw key: for AES a tag length in bits, a nonce length and a nonce follow it.
fn raw_name(info: &[u8]) -> &[u8] {
    let aes = [0, 0, 0, 8 * TAG_LENGTH as u8, 0, 0, 0, NONCE_LENGTH as u8];
    let end = info.len().saturating_sub(aes.len() + NONCE_LENGTH);
    let (name, following) = info.split_at(end);
    if following.starts_with(&aes) { name } else { info }
}
