//! Tasks of a sandbox.

use futures_channel::oneshot;
use serde::de::DeserializeOwned;
use waxseal_api::{
    Answer, Failure, LocalError, LocalErrorCode,
    frame::FrameId,
    sandbox::{Task, ToSandbox},
};

use super::{Bridge, link::gone};

impl Bridge {
    /// Has a task done. The sandbox has to be open.
    ///
    /// # Errors
    /// Why it was not; nothing has changed then.
    pub(crate) async fn perform<T: DeserializeOwned>(&self, task: Task) -> Result<T, Failure> {
        let answer = self.ask(|id| ToSandbox::Do { id, task }).await?;
        let text = answer.result?;
        serde_json::from_str(&text).map_err(|error| unreadable(&error).into())
    }

    async fn ask(&self, frame: impl FnOnce(FrameId) -> ToSandbox) -> Result<Answer, LocalError> {
        let id = self.fresh_id();
        let text = serde_json::to_string(&frame(id)).map_err(|error| unreadable(&error))?;
        let (sender, receiver) = oneshot::channel();
        self.0.calls.borrow_mut().push((id, sender));
        match &*self.0.port.borrow() {
            Some(port) => port.say(&text)?,
            None => return Err(gone()),
        }
        receiver.await.unwrap_or_else(|_| Err(gone()))
    }
}

fn unreadable(error: &serde_json::Error) -> LocalError {
    LocalError::new(LocalErrorCode::BadFrame, error.to_string())
}
