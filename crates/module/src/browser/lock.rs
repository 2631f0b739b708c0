//! Web Locks: one holder at a time among all tabs and workers of an origin.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks.request(name, callback)`: the lock is held until the promise that `callback` returns is
    /// settled.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request_lock(name: &str, callback: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Function, millis: u32);
}

/// A lock that is held until this is dropped, or until the tab goes.
pub(crate) struct LockGuard {
    release: Option<Function>,
}

impl LockGuard {
    /// Waits for the lock of this name.
    pub(crate) async fn acquire(name: &str) -> Result<Self, JsValue> {
        let (held, release) = promise();
        let (granted, grant) = promise();
        let callback = Closure::once_into_js(move |_lock: JsValue| -> Promise {
            call(grant.as_ref());
            held
        });
        let guard = Self { release };
        let requested = request_lock(name, &callback)?;
        // A request that is refused never grants: whichever comes first.
        JsFuture::from(Promise::race(&js_sys::Array::of2(&granted, &requested))).await?;
        Ok(guard)
    }
}

impl Drop for LockGuard {
    fn drop(&mut self) {
        call(self.release.as_ref());
    }
}

/// A promise and what resolves it.
pub(crate) fn promise() -> (Promise, Option<Function>) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _reject| resolver = Some(resolve));
    (promise, resolver)
}

/// Lets so much time pass.
pub(crate) async fn pause(millis: u32) {
    let (passed, resolve) = promise();
    resolve.iter().for_each(|then| set_timeout(then, millis));
    // It is never refused.
    let _ = JsFuture::from(passed).await;
}

/// Calls a function that takes and returns nothing.
pub(crate) fn call(function: Option<&Function>) {
    if let Some(function) = function {
        let _ = function.call0(&JsValue::NULL);
    }
}
