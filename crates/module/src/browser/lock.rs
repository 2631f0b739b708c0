//! Web Locks: one holder at a time among all tabs and workers of an origin.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks.request(name, options, callback)`: the lock is held until the promise that `callback` returns is
    /// settled.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request_lock(name: &str, options: &Object, callback: &JsValue) -> Result<Promise, JsValue>;
}

/// A lock that is held until this is dropped, or until the tab goes.
pub(crate) struct LockGuard {
    release: Option<Function>,
}

impl LockGuard {
    /// Waits for the lock of this name.
    pub(crate) async fn acquire(name: &str) -> Result<Self, JsValue> {
        let guard = Self::request(name, &Object::new()).await?;
        guard.ok_or(JsValue::UNDEFINED)
    }

    /// The lock of this name, unless somebody holds it.
    pub(crate) async fn acquire_now(name: &str) -> Result<Option<Self>, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE)?;
        Self::request(name, &options).await
    }

    async fn request(name: &str, options: &Object) -> Result<Option<Self>, JsValue> {
        let (held, release) = promise();
        let (granted, grant) = promise();
        let callback = Closure::once_into_js(move |lock: JsValue| -> Promise {
            let _ = grant.map(|grant| grant.call1(&JsValue::NULL, &lock));
            held
        });
        let guard = Self { release };
        let requested = request_lock(name, options, &callback)?;
        // A request that is refused never grants: whichever comes first.
        let lock = JsFuture::from(Promise::race(&js_sys::Array::of2(&granted, &requested))).await?;
        Ok(lock.is_truthy().then_some(guard))
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

/// Calls a function that takes and returns nothing.
pub(crate) fn call(function: Option<&Function>) {
    if let Some(function) = function {
        let _ = function.call0(&JsValue::NULL);
    }
}
