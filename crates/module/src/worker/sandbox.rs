//! Frames in a sandbox.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use waxseal_api::{
    Answer, LocalError,
    frame::{FrameId, FromWorker},
    sandbox::{Task, ToSandbox},
    trace::Trace,
};

use super::{Attached, OwnSandbox, Worker, not_understood};
use crate::world::Call;

impl Worker {
    /// The world, where it is a sandbox.
    pub(super) fn sandbox(&self) -> Option<Rc<OwnSandbox>> {
        self.sandbox.borrow().clone()
    }

    /// Answers a frame that only a sandbox understands.
    pub(super) async fn receive_in_sandbox(&self, sandbox: &OwnSandbox, frame: ToSandbox, file: JsValue) {
        match frame {
            ToSandbox::Call { id, identity, region, service, operation, body } => {
                let call = Call { identity: &identity, region, service, operation: &operation, body: &body };
                let answer = sandbox.call(call).await.map(|answer| match answer {
                    Ok(reply) => reply.into(),
                    Err(refusal) => Answer { result: Err(refusal), trace: Trace::default(), changed: false },
                });
                self.answer(id, answer, None);
            }
            ToSandbox::Do { id, task } => {
                let (changed, mut attached) = (changes(&task), None);
                let done = match task {
                    Task::Save => self.save(sandbox, &mut attached).await.and_then(|saved| told(&saved)),
                    Task::Examine => self.examine(&file).await.and_then(|found| told(&found)),
                    Task::TakeIn { name } => self.take_in(&name).await.and_then(|()| told(&())),
                    Task::Rename { name } => self.rename(&name).await.and_then(|()| told(&())),
                    task => sandbox.perform(task).await,
                };
                let answer = |text| Answer { result: Ok(text), trace: Trace::default(), changed };
                self.answer(id, done.map(answer), attached);
            }
        }
    }

    /// Does a task of the terminal at the vault.
    pub(super) async fn do_at_vault(&self, id: FrameId, task: Task) {
        let changed = changes(&task);
        let done = match self.world() {
            Ok(world) => self.terminal.perform(&world, task).await,
            Err(error) => Err(error),
        };
        self.notice_lock(done.as_ref().err());
        let answer = |text| Answer { result: Ok(text), trace: Trace::default(), changed };
        self.answer(id, done.map(answer), None);
    }

    fn answer(&self, id: FrameId, answer: Result<Answer, LocalError>, file: Option<JsValue>) {
        self.send(&FromWorker::Answer { id, answer }, Attached { file, ..Attached::default() });
    }
}

fn told(value: &impl serde::Serialize) -> Result<String, LocalError> {
    serde_json::to_string(value).map_err(|error| not_understood(&error))
}

/// Whether a task may have changed something that the page shows.
fn changes(task: &Task) -> bool {
    !matches!(
        task,
        Task::Clock
            | Task::Log { .. }
            | Task::Matrix { .. }
            | Task::Meter
            | Task::Steps
            | Task::Save
            | Task::Examine
            | Task::TakeIn { .. }
            | Task::Rename { .. }
            | Task::Terminal
            | Task::Script
            | Task::Read { .. }
            | Task::Stop
            | Task::Complete { .. }
            | Task::ReadFile { .. }
            | Task::Keys { .. }
            | Task::Dissect { .. }
            | Task::Judge { .. }
            | Task::Try(_)
            | Task::Offers
            | Task::Form { .. }
            | Task::Command { .. }
            | Task::Request { .. }
    )
}
