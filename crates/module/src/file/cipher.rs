//! Two engines for the bulk of a file: WebCrypto, and RustCrypto where that is missing.

use std::cell::RefCell;

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use waxseal_crypto::{
    ContentKey,
    gcm::{self, Nonce},
};
use web_sys::{CryptoKey, SubtleCrypto};

use crate::browser;

/// AES-256-GCM over frames, under the content key of one message. Takes and returns bytes on the JavaScript side; what it
/// takes it copies before it returns, so that the memory can be used again while the work goes on. A promise is that of
/// an `ArrayBuffer`; it is rejected when a frame is not authentic.
pub(crate) trait FrameCipher {
    /// `ciphertext || tag`
    fn seal(&self, nonce: &Nonce, aad: &[u8], plaintext: &Uint8Array) -> Promise;

    /// The plaintext of `ciphertext || tag`.
    fn open(&self, nonce: &Nonce, aad: &[u8], sealed: &Uint8Array) -> Promise;

    /// The key as something that others can use and not see, if there is such a thing.
    fn key(&self) -> Option<&CryptoKey> {
        None
    }
}

/// Frames that are worked on at the same time. They are waited for together: a wait costs about as much as sealing 1 KiB.
pub(crate) struct Frames {
    each: Array,
    all: JsFuture,
}

impl Frames {
    /// Listens at once, so that frames nobody waits for any more fail quietly.
    pub(crate) fn new(each: Array) -> Self {
        let all = Promise::all(&each).into();
        Self { each, all }
    }

    /// The `ArrayBuffer`s that came of them, in their order.
    ///
    /// # Errors
    /// Which is the first that failed, counted from 0.
    pub(crate) async fn finish(self) -> Result<Array, u32> {
        match self.all.await {
            Ok(results) => Ok(results.unchecked_into()),
            Err(_) => Err(first_rejected(&self.each).await),
        }
    }
}

async fn first_rejected(each: &Array) -> u32 {
    let settled = JsFuture::from(Promise::all_settled(each)).await.unwrap_or_default();
    let rejected = |result: &JsValue| Reflect::has(result, &"reason".into()).unwrap_or(true);
    settled.unchecked_into::<Array>().iter().position(|result| rejected(&result)).unwrap_or_default() as u32
}

/// The engine to use here. The content key itself stays with the caller, who wipes it.
pub(crate) async fn cipher(key: &ContentKey) -> Box<dyn FrameCipher> {
    if let Some(subtle) = browser::subtle()
        && let Ok(key) = import(&subtle, key).await
        && let Ok(cipher) = WebCrypto::new(subtle, key)
    {
        return Box::new(cipher);
    }
    match ContentKey::from_bytes(key.expose()) {
        Ok(key) => Box::new(RustCrypto(key)),
        Err(_) => unreachable!("a content key has the length of a content key"),
    }
}

/// The engine for a key that somebody else has imported.
pub(crate) fn with_key(key: CryptoKey) -> Option<Box<dyn FrameCipher>> {
    Some(Box::new(WebCrypto::new(browser::subtle()?, key).ok()?))
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
    parameters: Parameters,
}

impl WebCrypto {
    fn new(subtle: SubtleCrypto, key: CryptoKey) -> Result<Self, JsValue> {
        Ok(Self { subtle, key, parameters: Parameters::new()? })
    }
}

impl FrameCipher for WebCrypto {
    fn seal(&self, nonce: &Nonce, aad: &[u8], plaintext: &Uint8Array) -> Promise {
        let algorithm = self.parameters.set(nonce, aad);
        let sealing = self.subtle.encrypt_with_object_and_js_u8_array(algorithm, &self.key, plaintext);
        sealing.unwrap_or_else(|error| Promise::reject(&error))
    }

    fn open(&self, nonce: &Nonce, aad: &[u8], sealed: &Uint8Array) -> Promise {
        let algorithm = self.parameters.set(nonce, aad);
        let opening = self.subtle.decrypt_with_object_and_js_u8_array(algorithm, &self.key, sealed);
        opening.unwrap_or_else(|error| Promise::reject(&error))
    }

    fn key(&self) -> Option<&CryptoKey> {
        Some(&self.key)
    }
}

/// What WebCrypto is told of a frame. It copies that before it returns, so one object does for all frames.
struct Parameters {
    algorithm: Object,
    nonce: Uint8Array,
    aad: RefCell<Uint8Array>,
}

impl Parameters {
    fn new() -> Result<Self, JsValue> {
        let algorithm = browser::aes_gcm(&[0; 12], &[])?;
        let part = |name: &str| Reflect::get(&algorithm, &name.into()).map(JsCast::unchecked_into);
        let (nonce, aad) = (part("iv")?, RefCell::new(part("additionalData")?));
        Ok(Self { algorithm, nonce, aad })
    }

    fn set(&self, nonce: &Nonce, aad: &[u8]) -> &Object {
        self.nonce.copy_from(nonce);
        let mut known = self.aad.borrow_mut();
        if known.length() as usize == aad.len() {
            known.copy_from(aad);
        } else {
            *known = Uint8Array::from(aad);
            // This object takes what it is given.
            let _ = Reflect::set(&self.algorithm, &"additionalData".into(), &known);
        }
        &self.algorithm
    }
}

struct RustCrypto(ContentKey);

impl FrameCipher for RustCrypto {
    fn seal(&self, nonce: &Nonce, aad: &[u8], plaintext: &Uint8Array) -> Promise {
        let plaintext = zeroize::Zeroizing::new(plaintext.to_vec());
        settled(gcm::seal(&self.0, nonce, aad, &plaintext).ok().as_deref())
    }

    fn open(&self, nonce: &Nonce, aad: &[u8], sealed: &Uint8Array) -> Promise {
        settled(
            gcm::open(&self.0, nonce, aad, &sealed.to_vec()).ok().as_deref().map(|opened| opened.as_slice()),
        )
    }
}

fn settled(result: Option<&[u8]>) -> Promise {
    match result {
        Some(bytes) => Promise::resolve(&JsValue::from(Uint8Array::from(bytes).buffer())),
        None => Promise::reject(&JsValue::NULL),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    async fn result(promise: Promise) -> Option<Vec<u8>> {
        JsFuture::from(promise).await.ok().map(|buffer| Uint8Array::new(&buffer).to_vec())
    }

    /// Both engines seal the same, and open and refuse what the other sealed.
    #[wasm_bindgen_test]
    async fn two_engines_agree() {
        let key = || ContentKey::from_bytes(&[9; 32]).unwrap();
        let subtle = browser::subtle().unwrap();
        let web = WebCrypto::new(subtle.clone(), import(&subtle, &key()).await.unwrap()).unwrap();
        let engines: [&dyn FrameCipher; 2] = [&web, &RustCrypto(key())];
        let plaintext = Uint8Array::from(&b"the same frame"[..]);
        let mut sealed = Vec::new();
        for engine in engines {
            sealed.push(result(engine.seal(&[1; 12], b"frame 1", &plaintext)).await.unwrap());
        }
        assert_eq!(sealed[0], sealed[1]);
        let sealed = Uint8Array::from(sealed[0].as_slice());
        for engine in engines {
            let opened = engine.open(&[1; 12], b"frame 1", &sealed);
            assert_eq!(result(opened).await, Some(plaintext.to_vec()));
            assert_eq!(result(engine.open(&[1; 12], b"frame 2", &sealed)).await, None);
            assert_eq!(result(engine.open(&[2; 12], b"frame 1", &sealed)).await, None);
        }
    }

    /// What one frame is told of does not reach another that was begun before it.
    #[wasm_bindgen_test]
    async fn frames_at_the_same_time() {
        let subtle = browser::subtle().unwrap();
        let key = ContentKey::from_bytes(&[9; 32]).unwrap();
        let web = WebCrypto::new(subtle.clone(), import(&subtle, &key).await.unwrap()).unwrap();
        let rust = RustCrypto(key);
        let plaintext = Uint8Array::new_with_length(100_000);
        let seal = |engine: &dyn FrameCipher| {
            let frames = (0..20_u8).map(|n| {
                plaintext.fill(n, 0, plaintext.length());
                engine.seal(&[n; 12], &vec![n; 3 + usize::from(n % 3)], &plaintext)
            });
            Frames::new(frames.collect())
        };
        let (web, rust) = (seal(&web).finish().await.unwrap(), seal(&rust).finish().await.unwrap());
        for (web, rust) in web.iter().zip(rust.iter()) {
            assert_eq!(Uint8Array::new(&web).to_vec(), Uint8Array::new(&rust).to_vec());
        }
    }

    #[wasm_bindgen_test]
    async fn the_first_frame_that_fails_is_named() {
        let ok = || Promise::resolve(&JsValue::from(Uint8Array::new_with_length(1).buffer()));
        let no = || Promise::reject(&JsValue::NULL);
        assert_eq!(Frames::new([ok(), no(), ok(), no()].iter().collect()).finish().await.err(), Some(1));
        assert_eq!(Frames::new([no()].iter().collect()).finish().await.err(), Some(0));
        assert_eq!(Frames::new([ok(), ok()].iter().collect()).finish().await.map(|all| all.length()), Ok(2));
    }
}
