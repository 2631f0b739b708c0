//! Whole messages that are held in memory.

use rand_core::CryptoRng;
use waxseal_api::{job::DecryptOptions, types::EncryptionContext};
use waxseal_crypto::{DataKey, gcm};
use zeroize::Zeroizing;

use crate::{
    decrypt::Decryptor,
    encrypt::Encryptor,
    error::Error,
    frames::Next,
    header::{Header, Parse},
    keyring::Materials,
};

/// A message that was opened, all of it verified.
#[derive(Debug)]
pub struct Message {
    /// What its writer bound to it, as it stands in the header: with the public key when the message is signed.
    pub context: EncryptionContext,
    /// What it says. Erased when dropped.
    pub plaintext: Zeroizing<Vec<u8>>,
}

/// Writes a message at once. A plaintext that fills its last frame ends with that full frame, and no empty one follows.
///
/// # Errors
/// Those of [`Encryptor::new`]; [`Error::TooManyFrames`].
pub fn encrypt_bytes(
    materials: Materials,
    frame_length: u32,
    plaintext: &[u8],
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>, Error> {
    let mut encryptor = Encryptor::new(materials, frame_length, rng)?;
    let frames = Encryptor::frame_count(plaintext.len() as u64, frame_length).ok_or(Error::TooManyFrames)?;
    let mut message = encryptor.header().to_vec();
    let mut rest = plaintext;
    for frame in 1..=frames {
        let (chunk, following) = rest.split_at(rest.len().min(frame_length as usize));
        let plan = encryptor.frame(chunk.len() as u32, frame == frames)?;
        let sealed = gcm::seal(encryptor.content_key(), &plan.nonce, &plan.aad, chunk)?;
        for bytes in [plan.prefix, sealed] {
            encryptor.digest(&bytes);
            message.extend(bytes);
        }
        rest = following;
    }
    message.extend(encryptor.footer(rng)?);
    Ok(message)
}

/// Reads a message at once. `unwrap` finds the data key that the header carries, if it has a key for it. Gives out
/// nothing before all of the message has verified.
///
/// # Errors
/// Any that says what is wrong with the message; [`Error::KeyNotHere`] when `unwrap` finds nothing.
pub fn decrypt_bytes(
    message: &[u8],
    options: &DecryptOptions,
    unwrap: impl FnOnce(&Header) -> Result<Option<DataKey>, Error>,
) -> Result<Message, Error> {
    let Parse::Done(header, consumed) = Header::parse(message, options)? else {
        return Err(Error::Truncated { frame: None });
    };
    let data_key = unwrap(&header)?.ok_or_else(|| Error::KeyNotHere { key_arns: header.key_arns() })?;
    read(message, consumed, Decryptor::new(*header, data_key)?)
}

/// Reads what follows the header.
fn read(message: &[u8], header_length: usize, mut decryptor: Decryptor) -> Result<Message, Error> {
    // Never longer than the message, so that the plaintext is not moved while it grows.
    let mut plaintext = Zeroizing::new(Vec::with_capacity(message.len()));
    let mut rest = message.get(header_length..).unwrap_or_default();
    while let Next::Frame(head) = decryptor.next_frame(rest)? {
        let Some((frame, following)) = rest.split_at_checked(head.length()) else { break };
        let sealed = frame.get(head.prefix_length..).unwrap_or_default();
        let opened = gcm::open(decryptor.content_key(), &head.nonce, &head.aad, sealed)
            .map_err(|_| Error::FrameTag { frame: head.sequence })?;
        plaintext.extend_from_slice(&opened);
        decryptor.digest(frame);
        decryptor.opened(head.sequence)?;
        rest = following;
    }
    let footer = decryptor.footer(rest)?;
    decryptor.finish((rest.len() - footer) as u64)?;
    Ok(Message { context: decryptor.header().context().clone(), plaintext })
}
