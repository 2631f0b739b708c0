//! Two engines for the bulk of a file: WebCrypto, and RustCrypto where that is missing.

use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use waxseal_crypto::{
    ContentKey,
    gcm::{self, Nonce},
};
use web_sys::{CryptoKey, SubtleCrypto};

use crate::browser;

/// AES-256-GCM over frames, under the content key of one message. Takes and returns bytes on the JavaScript side; what it
/// takes it copies before it returns, so that the memory can be used again while the work goes on.
pub(crate) trait FrameCipher {
    /// `ciphertext || tag`
    fn seal<'a>(&'a self, nonce: &Nonce, aad: &[u8], plaintext: &Uint8Array) -> Work<'a>;

    /// The plaintext of `ciphertext || tag`, or [`NotAuthentic`].
    fn open<'a>(&'a self, nonce: &Nonce, aad: &[u8], sealed: &Uint8Array) -> Work<'a>;

    /// The key as something that others can use and not see, if there is such a thing.
    fn key(&self) -> Option<&CryptoKey> {
        None
    }
}

/// Work that has begun.
pub(crate) type Work<'a> = LocalBoxFuture<'a, Result<Uint8Array, NotAuthentic>>;

/// The bytes, the nonce, the associated data or the key are not what they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAuthentic;

/// The engine to use here. The content key itself stays with the caller, who wipes it.
pub(crate) async fn cipher(key: &ContentKey) -> Box<dyn FrameCipher> {
    if let Some(subtle) = browser::subtle()
        && let Ok(key) = import(&subtle, key).await
    {
        return Box::new(WebCrypto { subtle, key });
    }
    match ContentKey::from_bytes(key.expose()) {
        Ok(key) => Box::new(RustCrypto(key)),
        Err(_) => unreachable!("a content key has the length of a content key"),
    }
}

/// The engine for a key that somebody else has imported.
pub(crate) fn with_key(key: CryptoKey) -> Option<Box<dyn FrameCipher>> {
    browser::subtle().map(|subtle| Box::new(WebCrypto { subtle, key }) as Box<dyn FrameCipher>)
}

/// The name of the engine that [`cipher`] will choose.
pub(crate) fn engine_name() -> &'static str {
    if browser::subtle().is_some() { "WebCrypto" } else { "RustCrypto" }
}

/// Imports a content key for encryption and decryption, not for export. The copy that the import needs is overwritten.
async fn import(subtle: &SubtleCrypto, key: &ContentKey) -> Result<CryptoKey, JsValue> {
    let copy = Uint8Array::from(key.expose());
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    let imported = match subtle.import_key_with_str("raw", &copy, "AES-GCM", false, &usages) {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    copy.fill(0, 0, copy.length());
    imported.map(JsCast::unchecked_into)
}

struct WebCrypto {
    subtle: SubtleCrypto,
    key: CryptoKey,
}

impl FrameCipher for WebCrypto {
    fn seal<'a>(&'a self, nonce: &Nonce, aad: &[u8], plaintext: &Uint8Array) -> Work<'a> {
        // Called before anything is awaited, so that several frames are under way at the same time.
        let promise = browser::aes_gcm(nonce, aad).and_then(|algorithm| {
            self.subtle.encrypt_with_object_and_js_u8_array(&algorithm, &self.key, plaintext)
        });
        finished(promise)
    }

    fn open<'a>(&'a self, nonce: &Nonce, aad: &[u8], sealed: &Uint8Array) -> Work<'a> {
        let promise = browser::aes_gcm(nonce, aad).and_then(|algorithm| {
            self.subtle.decrypt_with_object_and_js_u8_array(&algorithm, &self.key, sealed)
        });
        finished(promise)
    }

    fn key(&self) -> Option<&CryptoKey> {
        Some(&self.key)
    }
}

/// Listens at once, so that a frame nobody waits for any more fails quietly.
fn finished<'a>(promise: Result<Promise, JsValue>) -> Work<'a> {
    let working = promise.map(JsFuture::from);
    Box::pin(async move {
        let buffer = working.map_err(|_| NotAuthentic)?.await.map_err(|_| NotAuthentic)?;
        Ok(Uint8Array::new(&buffer))
    })
}

struct RustCrypto(ContentKey);

impl FrameCipher for RustCrypto {
    fn seal<'a>(&'a self, nonce: &Nonce, aad: &[u8], plaintext: &Uint8Array) -> Work<'a> {
        let plaintext = zeroize::Zeroizing::new(plaintext.to_vec());
        let sealed = gcm::seal(&self.0, nonce, aad, &plaintext);
        ready(sealed.map(|bytes| Uint8Array::from(bytes.as_slice())))
    }

    fn open<'a>(&'a self, nonce: &Nonce, aad: &[u8], sealed: &Uint8Array) -> Work<'a> {
        let opened = gcm::open(&self.0, nonce, aad, &sealed.to_vec());
        ready(opened.map(|bytes| Uint8Array::from(bytes.as_slice())))
    }
}

fn ready<'a>(result: Result<Uint8Array, gcm::Error>) -> Work<'a> {
    Box::pin(std::future::ready(result.map_err(|_| NotAuthentic)))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    /// Both engines seal the same, and open and refuse what the other sealed.
    #[wasm_bindgen_test]
    async fn two_engines_agree() {
        let key = || ContentKey::from_bytes(&[9; 32]).unwrap();
        let subtle = browser::subtle().unwrap();
        let web = WebCrypto { key: import(&subtle, &key()).await.unwrap(), subtle };
        let engines: [&dyn FrameCipher; 2] = [&web, &RustCrypto(key())];
        let plaintext = Uint8Array::from(&b"the same frame"[..]);
        let mut sealed = Vec::new();
        for engine in engines {
            sealed.push(engine.seal(&[1; 12], b"frame 1", &plaintext).await.unwrap());
        }
        assert_eq!(sealed[0].to_vec(), sealed[1].to_vec());
        for engine in engines {
            assert_eq!(
                engine.open(&[1; 12], b"frame 1", &sealed[0]).await.unwrap().to_vec(),
                plaintext.to_vec()
            );
            assert_eq!(engine.open(&[1; 12], b"frame 2", &sealed[0]).await.err(), Some(NotAuthentic));
            assert_eq!(engine.open(&[2; 12], b"frame 1", &sealed[0]).await.err(), Some(NotAuthentic));
        }
    }
}
