//! Where a large result goes.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use waxseal_api::job::Job;

/// Files longer than this are written straight to where they are to be, so that the disk need not hold them twice.
const LARGE: u64 = 64 * 1024 * 1024;

/// Asks for a place for the encrypted form of a large file, where the browser can ask: a `FileSystemFileHandle`, or
/// `undefined`. What comes of a message has its names inside, so nobody is asked before it is open. Fails when there was no
/// answer.
pub(super) async fn ask(length: u64, job: &Job, name: &str) -> Result<JsValue, JsValue> {
    let window = js_sys::global();
    let ask = Reflect::get(&window, &"showSaveFilePicker".into())?.dyn_into::<Function>();
    let Some(ask) = ask.ok().filter(|_| length > LARGE && matches!(job, Job::Encrypt(_))) else {
        return Ok(JsValue::UNDEFINED);
    };
    let options = Object::new();
    Reflect::set(&options, &"suggestedName".into(), &name.into())?;
    match JsFuture::from(ask.call1(&window, &options)?.unchecked_into::<Promise>()).await {
        Err(error) if Reflect::get(&error, &"name".into())? != "AbortError" => Ok(JsValue::UNDEFINED),
        answer => answer,
    }
}
