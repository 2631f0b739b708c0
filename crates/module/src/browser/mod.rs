//! What is asked of the browser, or of Node, by name.

#[cfg(feature = "sandboxes")]
mod gzip;
mod key_pair;
mod lock;
mod release;
mod worker;

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
#[cfg(feature = "sandboxes")]
use wasm_bindgen_futures::JsFuture;
use waxseal_api::Timestamp;
use web_sys::{Crypto, SubtleCrypto};

#[cfg(feature = "sandboxes")]
pub(crate) use gzip::{Unpacked, gunzip, gzip};
pub(crate) use key_pair::rsa_key_pair;
pub(crate) use lock::{LockGuard, call, pause, promise};
pub(crate) use release::release;
pub(crate) use worker::{start_worker, trusted_script};

/// The system clock.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// `crypto.subtle`; browsers have it in secure contexts only.
pub(crate) fn subtle() -> Option<SubtleCrypto> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let subtle = crypto.unchecked_into::<Crypto>().subtle();
    subtle.is_truthy().then_some(subtle)
}

/// SHA-256, which browsers compute many times as fast as this module.
#[cfg(feature = "sandboxes")]
pub(crate) async fn sha256(bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
    let subtle = subtle().ok_or(JsValue::UNDEFINED)?;
    let copy = Uint8Array::from(bytes);
    let digest = JsFuture::from(subtle.digest_with_str_and_js_u8_array("SHA-256", &copy)?).await;
    copy.fill(0, 0, copy.length());
    Ok(Uint8Array::new(&digest?).to_vec())
}

/// A name that nobody else has. Browsers make one in secure contexts only.
pub(crate) fn fresh_name() -> String {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).unwrap_or_default();
    crypto.unchecked_into::<Crypto>().random_uuid()
}

/// The parameters of WebCrypto's AES-GCM, with a 16-byte tag.
pub(crate) fn aes_gcm(nonce: &[u8], aad: &[u8]) -> Result<Object, JsValue> {
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &"AES-GCM".into())?;
    Reflect::set(&algorithm, &"iv".into(), &Uint8Array::from(nonce))?;
    Reflect::set(&algorithm, &"additionalData".into(), &Uint8Array::from(aad))?;
    Ok(algorithm)
}

/// An exception in words: `QuotaExceededError: …`.
pub(crate) fn describe(error: &JsValue) -> String {
    let field = |name: &str| Reflect::get(error, &name.into()).ok().and_then(|value| value.as_string());
    match (field("name"), field("message")) {
        (Some(name), Some(message)) if !message.is_empty() => format!("{name}: {message}"),
        (Some(name), _) => name,
        _ => format!("{error:?}"),
    }
}
