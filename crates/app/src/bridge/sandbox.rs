//! Tasks of a sandbox.

use futures_channel::oneshot;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use waxseal_api::{
    Failure, LocalError, LocalErrorCode,
    sandbox::{Task, ToSandbox},
};

use web_sys::Blob;

use super::{Bridge, link::gone};

impl Bridge {
    /// Has a task done. The sandbox has to be open.
    ///
    /// # Errors
    /// Why it was not; nothing has changed then.
    pub(crate) async fn perform<T: DeserializeOwned>(&self, task: Task) -> Result<T, Failure> {
        let (text, _) = self.told(task, None).await?;
        serde_json::from_str(&text).map_err(|error| unreadable(&error).into())
    }

    /// Saves the sandbox as a file.
    ///
    /// # Errors
    /// Why it was not.
    #[cfg(feature = "workbench")]
    pub(crate) async fn save(&self) -> Result<Blob, Failure> {
        let (_, file) = self.told(Task::Save, None).await?;
        file.ok_or_else(|| LocalError::new(LocalErrorCode::BadFrame, "no file has come").into())
    }

    /// Makes another sandbox of a file.
    ///
    /// # Errors
    /// Why it was not; nothing has changed then.
    #[cfg(feature = "workbench")]
    pub(crate) async fn take_in(&self, name: String, file: Blob) -> Result<(), Failure> {
        self.told(Task::TakeIn { name }, Some(file)).await.map(drop)
    }

    /// What came of a task, as text and as a file. In a box, so that the waiting is there once and not in each that waits.
    fn told(
        &self,
        task: Task,
        file: Option<Blob>,
    ) -> LocalBoxFuture<'_, Result<(String, Option<Blob>), Failure>> {
        Box::pin(async move {
            let id = self.fresh_id();
            let frame = ToSandbox::Do { id, task };
            let text = serde_json::to_string(&frame).map_err(|error| unreadable(&error))?;
            let (sender, receiver) = oneshot::channel();
            self.0.calls.borrow_mut().push((id, sender));
            match &*self.0.port.borrow() {
                Some(port) => port.say(&text, file.as_ref())?,
                None => return Err(gone().into()),
            }
            let (answer, file) = receiver.await.unwrap_or_else(|_| Err(gone()))?;
            Ok((answer.result?, file))
        })
    }
}

fn unreadable(error: &serde_json::Error) -> LocalError {
    LocalError::new(LocalErrorCode::BadFrame, error.to_string())
}
