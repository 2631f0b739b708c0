//! A thread that writes. While it waits for the disk, what comes in is gathered and goes into the next frame, so that
//! many callers share one wait.

use std::{
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use tokio::sync::watch;

use super::{Contents, Entry, FileError, file::StateFile, frame::Entries};

/// Appends to a state file, until the first failure.
#[derive(Debug)]
pub(super) struct Pen {
    desk: Arc<Desk>,
    progress: watch::Receiver<Progress>,
    thread: Option<thread::JoinHandle<()>>,
}

/// Where entries wait for the thread.
#[derive(Debug, Default)]
struct Desk {
    inbox: Mutex<Inbox>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Inbox {
    entries: Entries,
    /// How many times something has come in.
    received: u64,
    /// Whether what is replaced must not stay in the file.
    forget: bool,
    closed: bool,
}

/// How far the thread is.
#[derive(Debug, Clone, Default)]
struct Progress {
    /// As much as this of what was received is durable.
    durable: u64,
    /// Why it will never be more.
    failure: Option<Unstored>,
}

/// Stands for what has to be durable before something is told.
#[derive(Debug)]
pub(crate) struct Receipt {
    received: u64,
    progress: watch::Receiver<Progress>,
}

/// The state file could not be written, so nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unstored(Arc<str>);

impl Unstored {
    /// With a reason.
    pub(crate) fn because(reason: impl ToString) -> Self {
        Self(reason.to_string().into())
    }
}

impl Receipt {
    /// Waits until all of it is durable.
    ///
    /// # Errors
    /// It will not be.
    pub(crate) async fn durable(mut self) -> Result<(), Unstored> {
        let done = |progress: &Progress| progress.durable >= self.received || progress.failure.is_some();
        match self.progress.wait_for(done).await {
            Ok(progress) if progress.durable >= self.received => Ok(()),
            Ok(progress) => Err(progress.failure.clone().unwrap_or_else(stopped)),
            Err(_) => Err(stopped()),
        }
    }
}

impl Pen {
    pub(super) fn start(path: &Path) -> Result<(Self, Contents), FileError> {
        let (file, contents) = StateFile::open(path)?;
        let (told, progress) = watch::channel(Progress::default());
        let desk = Arc::<Desk>::default();
        let seat = desk.clone();
        let thread = thread::Builder::new().name("state file".into());
        let thread = thread.spawn(move || write(file, &seat, &told));
        let thread = Some(thread.map_err(|error| FileError::Io(path.to_owned(), error))?);
        Ok((Self { desk, progress, thread }, contents))
    }

    pub(super) fn has_failed(&self) -> bool {
        self.progress.borrow().failure.is_some()
    }

    pub(super) fn append(&self, entries: &[Entry]) -> serde_json::Result<()> {
        let mut ours = Entries::default();
        entries.iter().try_for_each(|entry| ours.push(entry))?;
        let mut inbox = self.desk.inbox();
        inbox.entries.append(&ours);
        inbox.forget |= entries.iter().any(Entry::forgets);
        inbox.received += 1;
        drop(inbox);
        self.desk.changed.notify_one();
        Ok(())
    }

    pub(super) fn receipt(&self) -> Receipt {
        Receipt { received: self.desk.inbox().received, progress: self.progress.clone() }
    }
}

impl Drop for Pen {
    /// Waits until what has come in is written.
    fn drop(&mut self) {
        self.desk.inbox().closed = true;
        self.desk.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            // Had the thread panicked, its message would already stand on standard error.
            let _ = thread.join();
        }
    }
}

impl Desk {
    fn inbox(&self) -> MutexGuard<'_, Inbox> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for entries. None when there will be no more.
    fn next(&self) -> Option<(Entries, bool, u64)> {
        let waiting = |inbox: &mut Inbox| inbox.entries.is_empty() && !inbox.closed;
        let inbox = self.changed.wait_while(self.inbox(), waiting);
        let mut inbox = inbox.unwrap_or_else(PoisonError::into_inner);
        let forget = std::mem::take(&mut inbox.forget);
        let entries = std::mem::take(&mut inbox.entries);
        (!entries.is_empty()).then_some((entries, forget, inbox.received))
    }
}

fn write(mut file: StateFile, desk: &Desk, told: &watch::Sender<Progress>) {
    while let Some((entries, forget, received)) = desk.next() {
        match file.append(&entries, forget) {
            Ok(()) => told.send_modify(|progress| progress.durable = received),
            Err(error) => {
                return told.send_modify(|progress| progress.failure = Some(Unstored::because(error)));
            }
        }
    }
}

fn stopped() -> Unstored {
    Unstored::because("the state file is closed")
}
