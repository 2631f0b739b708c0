//! The signature at the end of a message of a signed suite: `length(2) signature`, the signature in DER.
//!
//! It is ECDSA over every byte before it, with a key pair that is made for this one message. The public key stands in the
//! encryption context, as base64 of its compressed point, and so is bound to the data key.

use base64ct::{Base64, Encoding};
use waxseal_crypto::{CryptoRng, Hasher, KeyMaterial, Message, PublicKey, Signing};

use crate::{
    context::PUBLIC_KEY,
    error::Error,
    header::{Header, put_field},
    reader::{Form, Reader},
    suite::Signature,
};

/// No footer is longer than this.
pub const MAX_FOOTER_LENGTH: usize = 2 + 104;

/// Makes the signature of one message.
#[derive(Debug)]
pub(crate) struct Signer {
    signature: Signature,
    key: KeyMaterial,
    hasher: Hasher,
}

impl Signer {
    /// A new key pair, and its public key as it stands in the encryption context.
    pub(crate) fn generate(
        signature: Signature,
        rng: &mut dyn CryptoRng,
    ) -> Result<(Self, String), waxseal_crypto::Error> {
        let key = KeyMaterial::generate(signature.curve(), rng)?;
        let point = key.public_key()?.compressed_point()?;
        let hasher = Hasher::new(signature.hash());
        Ok((Self { signature, key, hasher }, Base64::encode_string(&point)))
    }

    /// What the message goes on with.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    /// The footer.
    ///
    /// # Errors
    /// [`Error::Signing`].
    pub(crate) fn finish(self, rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Error> {
        let how = Signing::Ecdsa(self.signature.hash());
        let signature = self.key.sign(how, Message::Digest(&self.hasher.finish()), rng);
        let mut footer = Vec::new();
        put_field(&mut footer, &signature.map_err(Error::Signing)?)?;
        Ok(footer)
    }
}

/// Checks the signature of one message.
#[derive(Debug)]
pub(crate) struct Verifier {
    signature: Signature,
    key: PublicKey,
    hasher: Hasher,
}

impl Verifier {
    /// For the message that begins with this header. None when its suite is not signed.
    ///
    /// # Errors
    /// [`Error::Malformed`] when its encryption context holds no public key of the suite's curve.
    pub(crate) fn new(header: &Header) -> Result<Option<Self>, Error> {
        let Some(signature) = header.suite().signature else { return Ok(None) };
        let text = header.context().get(PUBLIC_KEY).map(String::as_str).unwrap_or_default();
        let point = Base64::decode_vec(text).unwrap_or_default();
        let key = PublicKey::from_compressed_point(signature.curve(), &point)
            .map_err(|_| Error::Malformed { what: "its public key is not a point of its curve" })?;
        let mut hasher = Hasher::new(signature.hash());
        hasher.update(&header.raw);
        hasher.update(&header.authentication);
        Ok(Some(Self { signature, key, hasher }))
    }

    /// What the message goes on with.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    /// Verifies the footer that these bytes begin with; returns its length.
    ///
    /// # Errors
    /// [`Error::FooterTruncated`], [`Error::SignatureLength`], [`Error::Signature`].
    pub(crate) fn finish(self, available: &[u8]) -> Result<usize, Error> {
        let mut reader = Reader::new(available);
        let signature = read(self.signature, &mut reader)?;
        let how = Signing::Ecdsa(self.signature.hash());
        self.key
            .verify(how, Message::Digest(&self.hasher.finish()), signature)
            .map_err(|_| Error::Signature)?;
        Ok(reader.position())
    }
}

/// The signature in a footer.
///
/// # Errors
/// [`Error::FooterTruncated`], [`Error::SignatureLength`].
pub(crate) fn read<'a>(signature: Signature, reader: &mut Reader<'a>) -> Result<&'a [u8], Error> {
    let length = reader.u16().map_err(|_| Error::FooterTruncated)?;
    reader.mark("signatureLength", Form::Number);
    if usize::from(length) > signature.longest() {
        return Err(Error::SignatureLength { length });
    }
    let bytes = reader.take(length.into()).map_err(|_| Error::FooterTruncated)?;
    reader.mark("signature", Form::Bytes);
    Ok(bytes)
}
