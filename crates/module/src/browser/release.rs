//! Giving memory back before the garbage collector does.

use js_sys::Array;
use web_sys::{MessageChannel, MessagePort};

thread_local! {
    /// A port whose other end is closed.
    static NOWHERE: Option<MessagePort> = MessageChannel::new().ok().map(|channel| {
        channel.port2().close();
        channel.port1()
    });
}

/// Gives up `ArrayBuffer`s, which nobody may look at any more. A browser lets hundreds of megabytes gather before it collects
/// them. `ArrayBuffer.prototype.transfer()` does not help: it takes a buffer from the script, and the browser still holds on to
/// the bytes that it made. What is sent to nobody is given up by both.
pub(crate) fn release(buffers: &Array) {
    NOWHERE.with(|port| {
        if let Some(port) = port {
            // What cannot be given up is collected in its own time.
            let _ = port.post_message_with_transferable(&wasm_bindgen::JsValue::NULL, buffers);
        }
    });
}
