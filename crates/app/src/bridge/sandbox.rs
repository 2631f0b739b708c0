//! Tasks of a sandbox.

use futures_channel::oneshot;
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::de::DeserializeOwned;
#[cfg(feature = "workbench")]
use waxseal_api::sandbox::Found;
use waxseal_api::{
    Failure, LocalError, LocalErrorCode,
    sandbox::{Task, ToSandbox},
};
use web_sys::Blob;

use super::{Bridge, link::gone};

/// What came of a task: text, and a file if there is one.
type Told = Result<(String, Option<Blob>), Failure>;

impl Bridge {
    /// Has a task done. The sandbox has to be open.
    ///
    /// # Errors
    /// Why it was not; nothing has changed then.
    pub(crate) fn perform<T: DeserializeOwned>(
        &self,
        task: Task,
    ) -> impl Future<Output = Result<T, Failure>> {
        self.told(task, None).map(read)
    }

    /// Saves the sandbox as a file.
    ///
    /// # Errors
    /// Why it was not.
    #[cfg(feature = "workbench")]
    pub(crate) fn save(&self) -> impl Future<Output = Result<Blob, Failure>> {
        let none = || LocalError::new(LocalErrorCode::BadFrame, "no file has come").into();
        self.told(Task::Save, None).map(move |told| told?.1.ok_or_else(none))
    }

    /// Has the file of another sandbox read and tried. [`Task::TakeIn`] makes one of it.
    ///
    /// # Errors
    /// Why it cannot be opened.
    #[cfg(feature = "workbench")]
    pub(crate) fn examine(&self, file: Blob) -> impl Future<Output = Result<Found, Failure>> {
        self.told(Task::Examine, Some(file)).map(read)
    }

    /// What came of a task, as text and as a file. In a box, so that the waiting is there once and not in each that waits.
    fn told(&self, task: Task, file: Option<Blob>) -> LocalBoxFuture<'_, Told> {
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

fn read<T: DeserializeOwned>(told: Told) -> Result<T, Failure> {
    serde_json::from_str(&told?.0).map_err(|error| unreadable(&error).into())
}

fn unreadable(error: &serde_json::Error) -> LocalError {
    LocalError::new(LocalErrorCode::BadFrame, error.to_string())
}
