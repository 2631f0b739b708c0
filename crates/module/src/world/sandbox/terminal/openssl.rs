//! What the terminal's `openssl` computes.

use waxseal_api::{ApiError, Blob, ErrorCode};
use waxseal_cli::{Hash, Mode, Work};
use waxseal_crypto::{
    CryptoRng, Encryption, Hasher, Message, PublicKey, Signing, Spec, aes_256_cbc, aes_256_ctr,
};

const RSA: [Spec; 3] = [Spec::Rsa2048, Spec::Rsa3072, Spec::Rsa4096];
const CURVES: [Spec; 4] = [Spec::P256, Spec::P384, Spec::P521, Spec::Secp256k1];

/// Computes what a program of the terminal asks for: the bytes that come of it, as base64 in a JSON text.
///
/// # Errors
/// What OpenSSL would complain about.
pub fn computed(work: Work, rng: &mut dyn CryptoRng) -> Result<String, ApiError> {
    let bytes = bytes(work, rng).map_err(|text| ApiError::new(ErrorCode::ValidationException, text))?;
    Ok(serde_json::to_string(&Blob::from(&*bytes)).unwrap_or_default())
}

fn bytes(work: Work, rng: &mut dyn CryptoRng) -> Result<Vec<u8>, &'static str> {
    match work {
        Work::Random(length) => {
            let mut bytes = vec![0; length];
            rng.fill_bytes(&mut bytes);
            Ok(bytes)
        }
        Work::Cipher { mode: Mode::Ctr, key, iv, input, .. } => {
            aes_256_ctr(&key, &iv, &input).map_err(|_| "bad key length")
        }
        Work::Cipher { mode: Mode::Cbc, decrypt, key, iv, input } => {
            aes_256_cbc(&key, &iv, &input, decrypt).map_err(|_| "bad decrypt")
        }
        Work::EncryptTo { public_key, oaep, input } => {
            let how = match oaep {
                None => Encryption::RsaPkcs1,
                Some(Hash::Sha1) => Encryption::OaepSha1,
                Some(Hash::Sha256) => Encryption::OaepSha256,
                Some(Hash::Sha384) => Encryption::OaepSha384,
                Some(Hash::Sha512) => Encryption::OaepSha512,
            };
            let key = read(&RSA, &public_key)?;
            key.encrypt(how, &input, rng)
                .map_err(|_| "Public Key operation error: data too large for key size")
        }
        Work::Digest { hash, input } => {
            let mut digest = Hasher::new(of(hash)?);
            digest.update(&input);
            Ok(digest.finish())
        }
        Work::Verify { public_key, hash, pss, signature, input } => {
            let hash = of(hash)?;
            let key = read(&RSA, &public_key).or_else(|_| read(&CURVES, &public_key))?;
            let how = match (RSA.contains(&key.spec()), pss) {
                (true, true) => Signing::RsaPss(hash),
                (true, false) => Signing::RsaPkcs1(hash),
                (false, _) => Signing::Ecdsa(hash),
            };
            Ok(vec![u8::from(key.verify(how, Message::Raw(&input), &signature).is_ok())])
        }
    }
}

/// A public key of one of these specs.
fn read(specs: &[Spec], der: &[u8]) -> Result<PublicKey, &'static str> {
    let mut found = specs.iter().filter_map(|spec| PublicKey::from_der(*spec, der).ok());
    found.next().ok_or("Could not read public key")
}

fn of(hash: Hash) -> Result<waxseal_crypto::Hash, &'static str> {
    match hash {
        Hash::Sha1 => Err("unknown digest"),
        Hash::Sha256 => Ok(waxseal_crypto::Hash::Sha256),
        Hash::Sha384 => Ok(waxseal_crypto::Hash::Sha384),
        Hash::Sha512 => Ok(waxseal_crypto::Hash::Sha512),
    }
}
