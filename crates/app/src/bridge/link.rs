//! Calls, jobs and readiness over a port that may break at any time.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures_channel::oneshot;
use js_sys::ArrayBuffer;
use wasm_bindgen::JsValue;
use waxseal_api::{
    Answer, Failure, LocalError, LocalErrorCode, Place, Service, Transport,
    frame::{FrameId, FromWorker, ToWorker},
    job::{Job, JobReport},
    sandbox::PREFIX,
};
use web_sys::{Blob, File};
use yew::{AttrValue, Callback};

use super::vault::{Errand, Waiting};

/// What goes with a job: the file, or several to pack, and where the result is to go, or `undefined`.
#[derive(Clone)]
pub(crate) struct Freight {
    pub(crate) files: Vec<File>,
    pub(crate) target: JsValue,
}

/// What came with a frame.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    /// What came of a job.
    pub(crate) file: Option<Blob>,
    /// The files that are packed in it.
    pub(crate) files: Vec<Blob>,
    /// What was encrypted in the place of the files that were packed for it.
    pub(crate) packed: Option<Blob>,
    /// The data key.
    pub(crate) secret: Option<ArrayBuffer>,
}

/// A worker that frames can be posted to; dropping it stops the worker.
pub(crate) trait Port {
    /// Sends a frame, and a file with it.
    fn post(&self, frame: &ToWorker, freight: Option<&Freight>) -> Result<(), LocalError>;

    /// Sends the text of a frame for a sandbox, and a file with it.
    fn say(&self, frame: &str, file: Option<&Blob>) -> Result<(), LocalError>;

    /// Sends a task for the vault. Its passphrase is moved, and no longer here then.
    fn run(&self, frame: &ToWorker, errand: &Errand) -> Result<(), LocalError>;
}

/// Starts a worker that reports to the callback it is given.
pub(crate) type Starter = Callback<Callback<Incoming>, Result<Box<dyn Port>, LocalError>>;

/// What comes from the worker.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A frame, and what was attached to it.
    Frame { frame: FromWorker, attached: Attached },
    /// The worker has stopped, or was never there.
    Broken(LocalError),
}

/// The world that the worker has opened.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct World {
    /// What encrypts the bulk of a file: `WebCrypto` or `RustCrypto`.
    pub(crate) cipher: String,
    /// Whether the browser has promised not to evict the data.
    pub(crate) persisted: bool,
    /// The account and Region that calls are made in.
    pub(crate) place: Place,
    /// The caller's ARN.
    pub(crate) principal: String,
    /// After how many minutes without use it is locked, where there is a passphrase.
    pub(crate) lock: Option<u32>,
}

/// Whether the service can be called.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Readiness {
    /// Not yet.
    Starting,
    /// Yes.
    Ready(Rc<World>),
    /// No: its passphrase has to be given first.
    Locked,
    /// No: the worker runs, but its world cannot be opened.
    Closed(LocalError),
    /// No: the worker does not run.
    Crashed(LocalError),
}

impl Readiness {
    /// Why calls cannot be answered, if so.
    fn error(&self) -> Option<&LocalError> {
        match self {
            Self::Closed(error) | Self::Crashed(error) => Some(error),
            Self::Starting | Self::Locked | Self::Ready(_) => None,
        }
    }
}

/// What the page's components are told.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    /// The service can be called, or not any longer.
    Readiness(Readiness),
    /// Something that is stored has changed, here or in another tab.
    Changed,
}

/// How a job goes on.
#[derive(Debug)]
pub(crate) enum JobEvent {
    /// So many bytes of the input have been worked on and verified.
    Progress { done: u64, total: u64 },
    /// The result is there; the data key too, when it was to be watched.
    Done { report: JobReport, attached: Attached },
    /// Nothing came out.
    Failed { failure: Failure, report: JobReport, attached: Attached },
}

/// A handle on the worker; clones share it.
#[derive(Clone)]
pub(crate) struct Bridge(pub(super) Rc<Shared>);

pub(super) struct Shared {
    /// The world that the page works in.
    world: AttrValue,
    starter: Starter,
    pub(super) port: RefCell<Option<Box<dyn Port>>>,
    /// Counts the workers that were started, so that a late word from an old one is not heard.
    age: Cell<u32>,
    readiness: RefCell<Readiness>,
    pub(super) listener: Callback<Event>,
    next: Cell<FrameId>,
    waiting: RefCell<Vec<(ToWorker, Option<Freight>)>>,
    pub(super) calls: Open<oneshot::Sender<Answered>>,
    jobs: Open<Callback<JobEvent>>,
    pub(super) tasks: Open<Waiting>,
    /// Tasks that wait for the vault.
    pub(super) errands: RefCell<Vec<(FrameId, ToWorker, Errand)>>,
}

/// What a call is answered with, and the file that has come with it.
pub(super) type Answered = Result<(Answer, Option<Blob>), LocalError>;

/// What is to be answered, by the ID of the question. There are never many, so a list is smaller and quicker than a map.
pub(super) type Open<T> = RefCell<Vec<(FrameId, T)>>;

pub(super) fn take<T>(open: &Open<T>, id: FrameId) -> Option<T> {
    let mut open = open.borrow_mut();
    let at = open.iter().position(|(known, _)| *known == id)?;
    Some(open.swap_remove(at).1)
}

impl PartialEq for Bridge {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A job under way.
#[derive(Clone, PartialEq)]
pub(crate) struct JobHandle {
    bridge: Bridge,
    id: FrameId,
}

impl JobHandle {
    /// Holds the job up, or lets it go on.
    pub(crate) fn pause(&self, paused: bool) {
        self.bridge.post(ToWorker::Pause { id: self.id, paused }, None);
    }

    /// Asks the worker to stop. The job then ends as failed, with the code `Cancelled`. When it is done already, the worker
    /// lets go of its result.
    pub(crate) fn cancel(&self) {
        self.bridge.post(ToWorker::Cancel { id: self.id }, None);
    }
}

impl Transport for Bridge {
    async fn send(
        &self,
        service: Service,
        operation: &'static str,
        body: String,
    ) -> Result<Answer, LocalError> {
        let id = self.fresh_id();
        let (sender, receiver) = oneshot::channel();
        self.0.calls.borrow_mut().push((id, sender));
        self.post(ToWorker::Call { id, service, operation: operation.to_owned(), body }, None);
        receiver.await.unwrap_or_else(|_| Err(gone())).map(|(answer, _)| answer)
    }
}

impl Bridge {
    /// A bridge to a worker that is yet to be started; events go to the listener.
    pub(crate) fn new(world: AttrValue, starter: Starter, listener: Callback<Event>) -> Self {
        Self(Rc::new(Shared {
            world,
            starter,
            port: RefCell::default(),
            age: Cell::default(),
            readiness: RefCell::new(Readiness::Starting),
            listener,
            next: Cell::default(),
            waiting: RefCell::default(),
            calls: RefCell::default(),
            jobs: RefCell::default(),
            tasks: RefCell::default(),
            errands: RefCell::default(),
        }))
    }

    /// What starts its worker, for another one with the same script.
    #[cfg(feature = "workbench")]
    pub(crate) fn starter(&self) -> Starter {
        self.0.starter.clone()
    }

    /// Starts the worker, in place of an old one if there is one.
    pub(crate) fn start(&self) {
        drop(self.0.port.take());
        self.fail_all(&gone());
        let age = self.0.age.get() + 1;
        self.0.age.set(age);
        self.set_readiness(Readiness::Starting);
        let shared = Rc::downgrade(&self.0);
        let incoming = Callback::from(move |incoming| {
            if let Some(shared) = shared.upgrade().filter(|shared| shared.age.get() == age) {
                Self(shared).receive(incoming);
            }
        });
        match self.0.starter.emit(incoming) {
            Ok(port) => drop(self.0.port.replace(Some(port))),
            Err(error) => self.set_readiness(Readiness::Crashed(error)),
        }
    }

    /// Sets the worker to work on a file. With `watch` the data key comes along with the end of the job.
    pub(crate) fn start_job(
        &self,
        name: String,
        freight: Option<Freight>,
        job: Job,
        watch: bool,
        events: Callback<JobEvent>,
    ) -> JobHandle {
        let id = self.fresh_id();
        self.0.jobs.borrow_mut().push((id, events));
        self.post(ToWorker::Start { id, job, name, watch }, freight);
        JobHandle { bridge: self.clone(), id }
    }

    /// The name of the sandbox that the world is, if it is one. In the vault's document none is, so that whatever is done in one is
    /// not part of it.
    pub(crate) fn sandbox(&self) -> Option<&str> {
        if !cfg!(feature = "workbench") {
            return None;
        }
        self.0.world.strip_prefix(PREFIX)
    }

    /// Whether the service can be called now.
    pub(crate) fn readiness(&self) -> Readiness {
        self.0.readiness.borrow().clone()
    }

    /// Whether a job is under way.
    pub(crate) fn is_working(&self) -> bool {
        !self.0.jobs.borrow().is_empty()
    }

    pub(super) fn fresh_id(&self) -> FrameId {
        self.0.next.replace(self.0.next.get().wrapping_add(1))
    }

    /// Posts a frame now, when the world is open, or else.
    fn post(&self, frame: ToWorker, freight: Option<Freight>) {
        match self.readiness() {
            Readiness::Ready(_) => self.post_now(&frame, freight.as_ref()),
            Readiness::Starting | Readiness::Locked => self.0.waiting.borrow_mut().push((frame, freight)),
            Readiness::Closed(error) | Readiness::Crashed(error) => self.fail_all(&error),
        }
    }

    fn post_now(&self, frame: &ToWorker, freight: Option<&Freight>) {
        let sent = match &*self.0.port.borrow() {
            Some(port) => port.post(frame, freight),
            None => Err(gone()),
        };
        if let Err(error) = sent {
            self.set_readiness(Readiness::Crashed(error));
        }
    }

    fn receive(&self, incoming: Incoming) {
        match incoming {
            Incoming::Broken(error) => {
                drop(self.0.port.take());
                self.set_readiness(Readiness::Crashed(error));
            }
            Incoming::Frame { frame, attached } => self.receive_frame(frame, attached),
        }
    }

    fn receive_frame(&self, frame: FromWorker, attached: Attached) {
        match frame {
            FromWorker::Loaded => self.post_now(&ToWorker::Open { world: self.0.world.to_string() }, None),
            FromWorker::Ready { cipher, persisted, account, region, principal, lock } => {
                self.set_readiness(match (account.parse(), region.parse()) {
                    (Ok(account), Ok(region)) => {
                        let place = Place { account, region };
                        Readiness::Ready(Rc::new(World { cipher, persisted, place, principal, lock }))
                    }
                    (Err(error), _) | (_, Err(error)) => {
                        Readiness::Crashed(LocalError::new(LocalErrorCode::BadFrame, error.to_string()))
                    }
                });
            }
            FromWorker::Locked => self.set_readiness(Readiness::Locked),
            FromWorker::Closed { error } => self.set_readiness(Readiness::Closed(error)),
            FromWorker::Answer { id, answer } => {
                self.answer(id, answer.map(|answer| (answer, attached.file)))
            }
            FromWorker::Progress { id, done, total } => {
                let jobs = self.0.jobs.borrow().clone();
                if let Some((_, events)) = jobs.into_iter().find(|(job, _)| *job == id) {
                    events.emit(JobEvent::Progress { done, total });
                }
            }
            FromWorker::Done { id, report } => self.end_job(id, JobEvent::Done { report, attached }),
            FromWorker::Failed { id, failure, report } => {
                self.end_job(id, JobEvent::Failed { failure, report, attached });
            }
            FromWorker::Vault { id, result } => {
                self.end_task(id, result.map(|outcome| (outcome, attached.file)));
            }
            FromWorker::Changed => self.0.listener.emit(Event::Changed),
        }
    }

    fn answer(&self, id: FrameId, answer: Answered) {
        let changed = answer.as_ref().is_ok_and(|(answer, _)| answer.changed);
        if let Some(call) = take(&self.0.calls, id) {
            // The caller may have gone away; then nobody waits for it.
            let _ = call.send(answer);
        }
        if changed {
            self.0.listener.emit(Event::Changed);
        }
    }

    fn end_job(&self, id: FrameId, end: JobEvent) {
        if let Some(events) = take(&self.0.jobs, id) {
            events.emit(end);
        }
    }

    fn set_readiness(&self, readiness: Readiness) {
        self.0.readiness.replace(readiness.clone());
        self.0.listener.emit(Event::Readiness(readiness.clone()));
        if let Some(error) = readiness.error() {
            self.fail_all(error);
        }
        if !matches!(readiness, Readiness::Starting) {
            for (id, frame, errand) in self.0.errands.take() {
                self.post_errand(id, frame, errand);
            }
        }
        if matches!(readiness, Readiness::Ready(_)) {
            for (frame, freight) in self.0.waiting.take() {
                self.post(frame, freight);
            }
        }
    }

    fn fail_all(&self, error: &LocalError) {
        self.0.waiting.take();
        for (_, call) in self.0.calls.take() {
            let _ = call.send(Err(error.clone()));
        }
        // What is damaged may still be replaced, and the worker is there to say so.
        if error.code != LocalErrorCode::DatabaseDamaged {
            self.0.errands.take();
            for (_, task) in self.0.tasks.take() {
                let _ = task.send(Err(error.clone().into()));
            }
        }
        for (_, events) in self.0.jobs.take() {
            let failure = Failure::Local(error.clone());
            let (report, attached) = Default::default();
            events.emit(JobEvent::Failed { failure, report, attached });
        }
    }
}

pub(super) fn gone() -> LocalError {
    LocalError::new(LocalErrorCode::WorkerCrashed, "The worker that keeps your keys has stopped.")
}
