//! Further workers of this same script.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use web_sys::Worker;

/// Starts a worker with a script that is trusted; its name tells the script what it is for.
pub(crate) fn start_worker(script: &JsValue, name: &str) -> Result<Worker, JsValue> {
    let constructor: Function = Reflect::get(&js_sys::global(), &"Worker".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"module".into())?;
    Reflect::set(&options, &"name".into(), &name.into())?;
    Ok(Reflect::construct(&constructor, &Array::of2(script, &options))?.unchecked_into())
}

/// The script that this worker was started with. It obeys the page's policy, and so will whoever is started with it. A
/// page that requires Trusted Types requires them here too: the policy `waxseal` can make this one script URL and no
/// other.
pub(crate) fn trusted_script() -> Result<JsValue, JsValue> {
    let global = js_sys::global();
    let url = Reflect::get(&Reflect::get(&global, &"location".into())?, &"href".into())?;
    let factory = Reflect::get(&global, &"trustedTypes".into())?;
    if factory.is_undefined() {
        return Ok(url);
    }
    let only = url.clone();
    let rule = Closure::<dyn Fn() -> JsValue>::new(move || only.clone()).into_js_value();
    let rules = Object::new();
    Reflect::set(&rules, &"createScriptURL".into(), &rule)?;
    let policy = method(&factory, "createPolicy")?.call2(&factory, &"waxseal".into(), &rules)?;
    method(&policy, "createScriptURL")?.call1(&policy, &url)
}

fn method(object: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(object, &name.into())?.dyn_into()
}
