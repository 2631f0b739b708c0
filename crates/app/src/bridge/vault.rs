//! Tasks beside the operations.

use futures_channel::oneshot;
use js_sys::ArrayBuffer;
use wasm_bindgen::JsValue;
use waxseal_api::{
    Failure, LocalErrorCode,
    frame::{FrameId, ToWorker},
    vault::{Outcome, Task},
};
use web_sys::Blob;
use yew::prelude::*;

use super::{
    Action, Bridge, Event, Kms, Readiness,
    link::{gone, take},
    use_action,
};

/// What came of a task, and the backup that was written.
pub(crate) type Finished = (Outcome, Option<Blob>);
/// Who waits for the end of a task.
pub(super) type Waiting = oneshot::Sender<Result<Finished, Failure>>;

/// A task, and what goes with it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Errand {
    pub(crate) task: Task,
    /// A backup, or `undefined`.
    pub(crate) file: JsValue,
    /// A passphrase or key material, which is moved to the worker.
    pub(crate) secret: Option<ArrayBuffer>,
}

impl From<Task> for Errand {
    fn from(task: Task) -> Self {
        Self { task, file: JsValue::UNDEFINED, secret: None }
    }
}

impl Bridge {
    /// Has a task done.
    ///
    /// # Errors
    /// Why it was not; nothing has changed then.
    pub(crate) async fn run(&self, errand: Errand) -> Result<Finished, Failure> {
        let id = self.fresh_id();
        let (sender, receiver) = oneshot::channel();
        self.0.tasks.borrow_mut().push((id, sender));
        let frame = ToWorker::Vault { id, task: errand.task.clone() };
        self.post_errand(id, frame, errand);
        receiver.await.unwrap_or_else(|_| Err(gone().into()))
    }

    /// Posts a task as soon as there is a vault: open, locked, or damaged, so that a backup may take its place.
    pub(super) fn post_errand(&self, id: FrameId, frame: ToWorker, errand: Errand) {
        let posted = match self.readiness() {
            Readiness::Starting => {
                self.0.errands.borrow_mut().push((id, frame, errand));
                Ok(())
            }
            Readiness::Closed(error) if error.code != LocalErrorCode::DatabaseDamaged => Err(error),
            Readiness::Crashed(error) => Err(error),
            Readiness::Ready(_) | Readiness::Locked | Readiness::Closed(_) => {
                let port = self.0.port.borrow();
                port.as_ref().map_or_else(|| Err(gone()), |port| port.run(&frame, &errand))
            }
        };
        if let Err(error) = posted {
            self.end_task(id, Err(error.into()));
        }
    }

    /// Hands on what came of a task, which may have left another vault.
    pub(super) fn end_task(&self, id: FrameId, result: Result<Finished, Failure>) {
        let changed = matches!(result, Ok((Outcome::Restored(_) | Outcome::Done, _)));
        if let Some(task) = take(&self.0.tasks, id) {
            // Whoever asked may have gone away.
            let _ = task.send(result);
        }
        if changed {
            self.0.listener.emit(Event::Changed);
        }
    }
}

/// An errand that a button starts; `done` is told what came of it.
#[hook]
pub(crate) fn use_errand(done: Callback<Finished>) -> Action<Errand> {
    use_action(move |kms: Kms, errand: Errand| {
        let done = done.clone();
        async move {
            done.emit(kms.0.run(errand).await?);
            Ok(())
        }
    })
}
