//! A lane, from inside: segments in, blobs out.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use futures_util::future::{AbortHandle, Abortable};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{FromLane, TaskId, ToLane, attached, read, write};
use crate::file::{
    cipher,
    segment::{Part, Segment},
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
            Ok(Ok(Part { done, blob })) => {
                self.send(&FromLane::Finished { id, result: Ok(done) }, &[("file", &blob)]);
            }
            Ok(Err(error)) => self.send(&FromLane::Finished { id, result: Err(error) }, &[]),
            // Nobody waits for it.
            Err(_) => {}
        }
    }

    async fn work(&self, id: TaskId, segment: Segment, message: &JsValue) -> Result<Part, LocalError> {
        let missing = || LocalError::new(LocalErrorCode::CryptoMissing, "This worker has no WebCrypto.");
        let cipher = cipher::with_key(attached(message, "key").unchecked_into()).ok_or_else(missing)?;
        let input: Blob = attached(message, "file").unchecked_into();
        let worked = |bytes| self.send(&FromLane::Worked { id, bytes }, &[]);
        segment.run(&input, cipher.as_ref(), &worked, None).await
    }

    fn send(&self, frame: &FromLane, attached: &[(&str, &JsValue)]) {
        if let Ok(message) = write(frame, attached) {
            let _ = self.scope.post_message(&message);
        }
    }
}
