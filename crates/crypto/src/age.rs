//! Files under a passphrase: the age format, version 1, with its scrypt recipient. `age -d` reads them, and what
//! `age -p` has written is read here. Source: C2SP, "The age file encryption format".
//!
//! A file is a header, `age-encryption.org/v1`, a stanza `-> scrypt SALT LOG_N` with the file key under the passphrase,
//! and `--- MAC`, all in lines of text; then a nonce and the payload in chunks of 64 KiB, each with its tag. Stretching a
//! passphrase takes long, so it is left to the caller: [`Sealed::scrypt`] says what has to be done.

use base64ct::{Base64Unpadded, Encoding};
use chacha20poly1305::{
    AeadInOut, ChaCha20Poly1305, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{PassphraseKey, Scrypt, equal, hmac_sha256};

const VERSION_LINE: &str = "age-encryption.org/v1";
const SALT_LABEL: &[u8] = b"age-encryption.org/v1/scrypt";
const FILE_KEY: usize = 16;
const NONCE: usize = 16;
const TAG: usize = 16;
/// Bytes of plaintext in a chunk.
const CHUNK: usize = 64 * 1024;

/// Why a file does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It does not begin like one.
    #[error("this is not an age file")]
    NotAge,
    /// It is one, but not under a passphrase, or of another version.
    #[error("this age file is not under a passphrase: {0}")]
    Unsupported(String),
    /// Stretching its passphrase would take more memory than is given.
    #[error("this file asks for 2^{0} KiB of memory to try its passphrase")]
    TooCostly(u8),
    /// The stanza does not open: the passphrase is another one, or these lines were changed.
    #[error("the passphrase does not open this file")]
    WrongPassphrase,
    /// It is not what was written.
    #[error("the file was changed or cut short")]
    Damaged,
}

/// A file that is not open yet.
#[derive(Debug)]
pub struct Sealed<'a> {
    scrypt: Scrypt,
    /// The file key under the passphrase.
    wrapped: Vec<u8>,
    /// What the MAC is of.
    authenticated: &'a [u8],
    mac: Vec<u8>,
    payload: &'a [u8],
}

/// How a passphrase is stretched for a new file, and the random part of the salt.
#[derive(Debug)]
pub struct Fresh {
    scrypt: Scrypt,
    salt: [u8; 16],
}

impl Fresh {
    /// At a cost; see [`Scrypt`].
    pub fn new(log_n: u8, rng: &mut dyn CryptoRng) -> Self {
        let (scrypt, salt) = Scrypt::fresh(SALT_LABEL, log_n, rng);
        Self { scrypt, salt }
    }

    /// What is to be done with the passphrase.
    pub fn scrypt(&self) -> &Scrypt {
        &self.scrypt
    }

    /// Writes a file, given what the passphrase has become.
    pub fn seal(&self, key: &PassphraseKey, plaintext: &[u8], rng: &mut dyn CryptoRng) -> Vec<u8> {
        let mut file_key = Zeroizing::new([0; FILE_KEY]);
        rng.fill_bytes(file_key.as_mut_slice());
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        let salt = Base64Unpadded::encode_string(&self.salt);
        let wrapped = Base64Unpadded::encode_string(&wrap(key, file_key.as_slice()));
        let header = format!("{VERSION_LINE}\n-> scrypt {salt} {}\n{wrapped}\n---", self.scrypt.log_n());
        let mac = Base64Unpadded::encode_string(&header_mac(file_key.as_slice(), header.as_bytes()));
        let mut file = format!("{header} {mac}\n").into_bytes();
        file.extend_from_slice(&nonce);
        seal_chunks(&payload_cipher(file_key.as_slice(), &nonce), plaintext, &mut file);
        file
    }
}

impl<'a> Sealed<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// All but [`Error::WrongPassphrase`].
    pub fn parse(file: &'a [u8]) -> Result<Self, Error> {
        let mut lines = Lines { file, at: 0 };
        match lines.next() {
            Some(VERSION_LINE) => {}
            Some(other) if other.starts_with("age-encryption.org/") => {
                return Err(Error::Unsupported(format!("its version is {other}")));
            }
            _ => return Err(Error::NotAge),
        }
        let stanza = lines.next().and_then(|line| line.strip_prefix("-> ")).ok_or(Error::Damaged)?;
        let (salt, log_n) = arguments(stanza)?;
        let wrapped = decode(lines.next(), FILE_KEY + TAG)?;
        let last = lines.at;
        let line = lines.next().ok_or(Error::Damaged)?;
        if line.starts_with("-> ") {
            return Err(Error::Unsupported("it has several recipients".to_owned()));
        }
        let mac = decode(line.strip_prefix("--- "), 32)?;
        let (authenticated, payload) = (&file[..last + "---".len()], &file[lines.at..]);
        Ok(Self { scrypt: Scrypt::new(SALT_LABEL, &salt, log_n), wrapped, authenticated, mac, payload })
    }

    /// What is to be done with the passphrase.
    pub fn scrypt(&self) -> &Scrypt {
        &self.scrypt
    }

    /// Opens the file, given what the passphrase has become. Nothing is returned before all of it has verified.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`], [`Error::Damaged`].
    pub fn open(&self, key: &PassphraseKey) -> Result<Zeroizing<Vec<u8>>, Error> {
        let unwrapped = passphrase_cipher(key).decrypt(&Nonce::default(), self.wrapped.as_slice());
        let file_key = Zeroizing::new(unwrapped.map_err(|_| Error::WrongPassphrase)?);
        if !equal(&header_mac(&file_key, self.authenticated), &self.mac) {
            return Err(Error::Damaged);
        }
        let (nonce, chunks) = self.payload.split_at_checked(NONCE).ok_or(Error::Damaged)?;
        open_chunks(&payload_cipher(&file_key, nonce), chunks)
    }
}

/// The lines of a header.
struct Lines<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    /// No line of a header that is read here is longer than 100 bytes.
    fn next(&mut self) -> Option<&'a str> {
        let rest = &self.file[self.at..];
        let length = rest.iter().take(100).position(|byte| *byte == b'\n')?;
        self.at += length + 1;
        std::str::from_utf8(&rest[..length]).ok()
    }
}

/// The salt and the cost in `scrypt SALT LOG_N`.
fn arguments(stanza: &str) -> Result<(Vec<u8>, u8), Error> {
    let mut words = stanza.split(' ');
    if words.next() != Some("scrypt") {
        let kind = stanza.split(' ').next().unwrap_or_default();
        return Err(Error::Unsupported(format!("its recipient is of the kind '{kind}'")));
    }
    let (salt, cost) = (decode(words.next(), 16)?, words.next().ok_or(Error::Damaged)?);
    let log_n: u8 = cost.parse().map_err(|_| Error::Damaged)?;
    if words.next().is_some() || log_n == 0 || log_n.to_string() != cost {
        return Err(Error::Damaged);
    }
    if log_n > Scrypt::MOST {
        return Err(Error::TooCostly(log_n));
    }
    Ok((salt, log_n))
}

fn decode(text: Option<&str>, length: usize) -> Result<Vec<u8>, Error> {
    let bytes = text.and_then(|text| Base64Unpadded::decode_vec(text).ok());
    bytes.filter(|bytes| bytes.len() == length).ok_or(Error::Damaged)
}

fn wrap(key: &PassphraseKey, file_key: &[u8]) -> Vec<u8> {
    let wrapped = passphrase_cipher(key).encrypt(&Nonce::default(), Payload::from(file_key));
    debug_assert!(wrapped.is_ok(), "16 bytes are not too long");
    wrapped.unwrap_or_default()
}

/// The key is made for one file, so its nonce is zeros.
fn passphrase_cipher(key: &PassphraseKey) -> ChaCha20Poly1305 {
    let mut bytes = Zeroizing::new([0; PassphraseKey::LENGTH]);
    bytes.copy_from_slice(key.expose());
    ChaCha20Poly1305::new((&*bytes).into())
}

/// `HMAC-SHA-256(HKDF-SHA-256(file key, no salt, "header"), header up to "---")`
fn header_mac(file_key: &[u8], header: &[u8]) -> [u8; 32] {
    hmac_sha256(derived(file_key, &[], b"header").as_slice(), header)
}

/// Under `HKDF-SHA-256(file key, nonce, "payload")`.
fn payload_cipher(file_key: &[u8], nonce: &[u8]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new((&*derived(file_key, nonce, b"payload")).into())
}

fn derived(file_key: &[u8], salt: &[u8], info: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut okm = Zeroizing::new([0; 32]);
    let filled = Hkdf::<Sha256>::new(Some(salt), file_key).expand(info, okm.as_mut_slice());
    debug_assert!(filled.is_ok(), "HKDF expands to 255 digests, and this asks for one");
    okm
}

fn seal_chunks(cipher: &ChaCha20Poly1305, plaintext: &[u8], file: &mut Vec<u8>) {
    let count = plaintext.len().div_ceil(CHUNK).max(1);
    for number in 0..count {
        let end = plaintext.len().min((number + 1) * CHUNK);
        let chunk = &plaintext[number * CHUNK..end];
        let sealed = cipher.encrypt(&chunk_nonce(number, number + 1 == count), chunk);
        debug_assert!(sealed.is_ok(), "64 KiB are not too long");
        file.extend_from_slice(&sealed.unwrap_or_default());
    }
}

/// Every chunk but the last is full, and the last is empty only when there is no other.
fn open_chunks(cipher: &ChaCha20Poly1305, chunks: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let count = chunks.len().div_ceil(CHUNK + TAG).max(1);
    let mut plaintext = Zeroizing::new(Vec::with_capacity(chunks.len()));
    let mut buffer = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
    for number in 0..count {
        let end = chunks.len().min((number + 1) * (CHUNK + TAG));
        buffer.clear();
        buffer.extend_from_slice(&chunks[number * (CHUNK + TAG)..end]);
        let nonce = chunk_nonce(number, number + 1 == count);
        cipher.decrypt_in_place(&nonce, b"", &mut *buffer).map_err(|_| Error::Damaged)?;
        if buffer.is_empty() && number > 0 {
            return Err(Error::Damaged);
        }
        plaintext.extend_from_slice(&buffer);
    }
    Ok(plaintext)
}

/// Eleven bytes of the chunk's number, and whether it is the last.
fn chunk_nonce(number: usize, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&(number as u64).to_be_bytes());
    nonce[11] = u8::from(last);
    Nonce::from(nonce)
}

#[cfg(test)]
mod tests;
