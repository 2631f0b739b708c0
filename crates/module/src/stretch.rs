//! Stretching a passphrase in a worker of its own: it takes a second and 128 MiB, which are the browser's again when the
//! worker is gone, and meanwhile other calls are answered.

use js_sys::{Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;
use waxseal_api::{LocalError, LocalErrorCode};
use waxseal_crypto::{PassphraseKey, Scrypt};
use web_sys::{MessageEvent, Worker};
use zeroize::Zeroizing;

use crate::{browser, file::Lanes};

/// What tells a worker's script that it is started for this.
const NAME: &str = "stretch";

/// What a passphrase becomes; called in the worker that is started for it.
#[wasm_bindgen(skip_typescript)]
pub fn stretch(passphrase: Vec<u8>, salt: &[u8], log_n: u8) -> Option<Vec<u8>> {
    let passphrase = Zeroizing::new(passphrase);
    let key = Scrypt::new(salt, &[], log_n).stretch(&passphrase)?;
    Some(key.expose().to_vec())
}

/// Has a passphrase stretched, here where no other worker can be started.
///
/// # Errors
/// [`LocalErrorCode::TooLarge`]: there is not enough memory for it.
pub(crate) async fn stretched(
    lanes: &Lanes,
    scrypt: &Scrypt,
    passphrase: &[u8],
) -> Result<PassphraseKey, LocalError> {
    let worker = lanes.script().and_then(|script| browser::start_worker(script, NAME).ok());
    let key = match worker {
        Some(worker) => elsewhere(&Stopped(worker), scrypt, passphrase).await,
        None => scrypt.stretch(passphrase),
    };
    key.ok_or_else(|| {
        let mebibytes = (1_u64 << scrypt.log_n()) / 1024;
        let text =
            format!("Trying a passphrase takes {mebibytes} MiB of memory here, and they were not to be had.");
        LocalError::new(LocalErrorCode::TooLarge, text)
    })
}

/// A worker that is stopped when nobody waits for it any more.
struct Stopped(Worker);

impl Drop for Stopped {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

async fn elsewhere(worker: &Stopped, scrypt: &Scrypt, passphrase: &[u8]) -> Option<PassphraseKey> {
    let (answered, answer) = browser::promise();
    let failed = answer.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        resolve(answer.as_ref(), &event.data());
    });
    let on_error = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        event.prevent_default();
        resolve(failed.as_ref(), &JsValue::UNDEFINED);
    });
    worker.0.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.0.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let copy = Uint8Array::from(passphrase);
    let sent = send(&worker.0, scrypt, &copy);
    copy.fill(0, 0, copy.length());
    sent.ok()?;
    let bytes = JsFuture::from(answered).await.ok()?.dyn_into::<Uint8Array>().ok()?;
    let key = PassphraseKey::from_bytes(&Zeroizing::new(bytes.to_vec()));
    bytes.fill(0, 0, bytes.length());
    key
}

fn send(worker: &Worker, scrypt: &Scrypt, passphrase: &Uint8Array) -> Result<(), JsValue> {
    let task = Object::new();
    Reflect::set(&task, &"module".into(), &wasm_bindgen::module())?;
    Reflect::set(&task, &"passphrase".into(), passphrase)?;
    Reflect::set(&task, &"salt".into(), &Uint8Array::from(scrypt.salt()))?;
    Reflect::set(&task, &"logN".into(), &scrypt.log_n().into())?;
    worker.post_message(&task)
}

fn resolve(promise: Option<&Function>, value: &JsValue) {
    if let Some(promise) = promise {
        let _ = promise.call1(&JsValue::NULL, value);
    }
}
