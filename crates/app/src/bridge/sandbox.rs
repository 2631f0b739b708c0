//! Tasks of a sandbox.

use futures_channel::oneshot;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use waxseal_api::{
    Answer, Failure, LocalError, LocalErrorCode,
    sandbox::{Task, ToSandbox},
};

use super::{Bridge, link::gone};

impl Bridge {
    /// Has a task done. The sandbox has to be open.
    ///
    /// # Errors
    /// Why it was not; nothing has changed then.
    pub(crate) async fn perform<T: DeserializeOwned>(&self, task: Task) -> Result<T, Failure> {
        let text = self.told(task).await?;
        serde_json::from_str(&text).map_err(|error| unreadable(&error).into())
    }

    /// What came of a task, as text. In a box, so that the waiting is there once and not in each that waits.
    fn told(&self, task: Task) -> LocalBoxFuture<'_, Result<String, Failure>> {
        Box::pin(async move {
            let id = self.fresh_id();
            let frame = ToSandbox::Do { id, task };
            let text = serde_json::to_string(&frame).map_err(|error| unreadable(&error))?;
            let (sender, receiver) = oneshot::channel();
            self.0.calls.borrow_mut().push((id, sender));
            match &*self.0.port.borrow() {
                Some(port) => port.say(&text)?,
                None => return Err(gone().into()),
            }
            let answer: Result<Answer, LocalError> = receiver.await.unwrap_or_else(|_| Err(gone()));
            Ok(answer?.result?)
        })
    }
}

fn unreadable(error: &serde_json::Error) -> LocalError {
    LocalError::new(LocalErrorCode::BadFrame, error.to_string())
}
