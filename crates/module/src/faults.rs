//! Named steps of a write, at which a test can stop the worker for good.
//!
//! With the feature `faults`, and only then, a page may arm one point over the BroadcastChannel `waxseal-fault`. A worker
//! that reaches it says so there and never goes on; the test then closes the tab. In a release, a point is nothing.

/// A step that a test may stop at.
#[cfg(not(all(feature = "faults", target_arch = "wasm32")))]
pub(crate) fn point(_name: &str) {}

#[cfg(all(feature = "faults", target_arch = "wasm32"))]
pub(crate) use armed::{listen, point};

#[cfg(all(feature = "faults", target_arch = "wasm32"))]
mod armed {
    use std::cell::RefCell;

    use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
    use web_sys::{BroadcastChannel, MessageEvent};

    thread_local! {
        static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
        static ARMED: RefCell<Option<String>> = const { RefCell::new(None) };
    }

    /// Listens for `arm <name>`, answers `armed <name>`.
    pub(crate) fn listen() -> Result<(), JsValue> {
        let channel = BroadcastChannel::new("waxseal-fault")?;
        let answers = channel.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            if let Some(name) = text.strip_prefix("arm ") {
                ARMED.set(Some(name.to_owned()));
                let _ = answers.post_message(&format!("armed {name}").into());
            }
        });
        channel.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        CHANNEL.set(Some(channel));
        Ok(())
    }

    pub(crate) fn point(name: &str) {
        if ARMED.with_borrow(|armed| armed.as_deref() != Some(name)) {
            return;
        }
        CHANNEL.with_borrow(|channel| {
            if let Some(channel) = channel {
                let _ = channel.post_message(&format!("reached {name}").into());
            }
        });
        loop {
            std::hint::spin_loop();
        }
    }
}
