//! A lane, from inside: segments in, bytes out.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use futures_util::future::{AbortHandle, Abortable};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{FromLane, TaskId, ToLane, attached, read, write};
use crate::file::{
    cipher,
    segment::{Part, Segment},
    source::Input,
};

#[derive(Clone)]
struct Server {
    scope: DedicatedWorkerGlobalScope,
    running: Rc<RefCell<BTreeMap<TaskId, AbortHandle>>>,
}

/// Makes the worker that this is called in a lane of another.
///
/// # Errors
/// This is not a worker.
#[wasm_bindgen(skip_typescript)]
pub fn start_lane() -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    let server = Server { scope: scope.clone(), running: Rc::default() };
    let receiver = server.clone();
    let on_message =
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| receiver.receive(event.data()));
    scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    server.send(&FromLane::Ready, &[]);
    Ok(())
}

impl Server {
    fn receive(&self, message: JsValue) {
        match read(&message) {
            Some(ToLane::Run { id, segment }) => {
                let server = self.clone();
                spawn_local(async move { server.run(id, segment, &message).await });
            }
            Some(ToLane::Stop { id }) => {
                if let Some(task) = self.running.borrow_mut().remove(&id) {
                    task.abort();
                }
            }
            None => {}
        }
    }

    async fn run(&self, id: TaskId, segment: Segment, message: &JsValue) {
        let (handle, registration) = AbortHandle::new_pair();
        self.running.borrow_mut().insert(id, handle);
        let result = Abortable::new(self.work(id, segment, message), registration).await;
        self.running.borrow_mut().remove(&id);
        match result {
            Ok(Ok(Part { done, pieces, kept })) => {
                let kept = kept.map(JsValue::from).unwrap_or_default();
                let arrays = pieces.iter().chain(kept.dyn_ref().map(Array::iter).into_iter().flatten());
                let buffers = arrays.map(|piece| piece.unchecked_into::<Uint8Array>().buffer()).collect();
                let attached = [("pieces", pieces.as_ref()), ("kept", &kept)];
                self.post(write(&FromLane::Finished { id, result: Ok(done) }, &attached), &buffers);
            }
            Ok(Err(error)) => self.send(&FromLane::Finished { id, result: Err(error) }, &[]),
            // Nobody waits for it.
            Err(_) => {}
        }
    }

    async fn work(&self, id: TaskId, segment: Segment, message: &JsValue) -> Result<Part, LocalError> {
        let missing = || LocalError::new(LocalErrorCode::CryptoMissing, "This worker has no WebCrypto.");
        let cipher = cipher::with_key(attached(message, "key").unchecked_into()).ok_or_else(missing)?;
        let input = Input::Blob(attached(message, "file").unchecked_into());
        let worked = |bytes| self.send(&FromLane::Worked { id, bytes }, &[]);
        segment.run(&input, cipher.as_ref(), &worked).await
    }

    fn send(&self, frame: &FromLane, attached: &[(&str, &JsValue)]) {
        self.post(write(frame, attached), &Array::new());
    }

    fn post(&self, message: Result<JsValue, JsValue>, transfer: &Array) {
        if let Ok(message) = message {
            let _ = self.scope.post_message_with_transfer(&message, transfer);
        }
    }
}
