//! The worker: frames in, frames out.

mod lock;
#[cfg(feature = "sandboxes")]
mod sandbox;
#[cfg(feature = "sandboxes")]
mod share;
mod vault;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use futures_util::future::AbortHandle;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::{JsFuture, spawn_local};
#[cfg(feature = "sandboxes")]
use waxseal_api::sandbox::ToSandbox;
use waxseal_api::{
    Answer, Failure, LocalError, LocalErrorCode, Service,
    frame::{FrameId, FromWorker, ToWorker},
    job::Job,
    sandbox::PREFIX,
};
use web_sys::{BroadcastChannel, DedicatedWorkerGlobalScope, MessageEvent};

use crate::{
    backup::Backup,
    browser,
    file::{self, FileJob, Gate, Input, Kept, Lanes, Output, Target, Transfer},
    store::{Saved, Store, StoreError, indexed_db::IndexedDbStore},
    world::{Surroundings, Vault, World},
};

type OwnWorld = World<IndexedDbStore>;
#[cfg(feature = "sandboxes")]
type OwnSandbox = crate::world::Sandbox<crate::store::any::AnyStore>;

/// What the worker serves.
#[derive(Clone)]
struct Worker {
    scope: DedicatedWorkerGlobalScope,
    store: Rc<RefCell<Option<IndexedDbStore>>>,
    /// None while it is locked, too.
    world: Rc<RefCell<Option<Rc<OwnWorld>>>>,
    /// The world, where it is a sandbox; then there is no other.
    #[cfg(feature = "sandboxes")]
    sandbox: Rc<RefCell<Option<Rc<OwnSandbox>>>>,
    /// What was last found in a file of another sandbox, once all of it was tried.
    #[cfg(feature = "sandboxes")]
    examined: Rc<RefCell<Rc<std::cell::OnceCell<crate::store::Everything>>>>,
    /// The terminal at the vault, where that is the world.
    #[cfg(feature = "sandboxes")]
    terminal: Rc<crate::world::VaultTerminal>,
    /// Why the world could not be opened, where that is so.
    closed: Rc<RefCell<Option<LocalError>>>,
    /// Tells other tabs of a change.
    tell: Rc<RefCell<Option<BroadcastChannel>>>,
    lanes: Rc<Lanes>,
    /// The jobs under way, each with what guides it.
    jobs: Rc<RefCell<BTreeMap<FrameId, Reins>>>,
    /// The results of jobs that are on the disk.
    results: Rc<RefCell<BTreeMap<FrameId, Kept>>>,
    /// A backup whose contents the page was told of, and which may be restored; and whether what is here is unreadable.
    opened: Rc<RefCell<Option<(Backup, bool)>>>,
    /// The last backup that was made here, until somebody has it.
    made: Rc<Cell<Option<Saved>>>,
}

/// Makes the worker that this is called in serve a page. See `waxseal_api::frame` for what travels.
///
/// # Errors
/// This is not a worker.
#[wasm_bindgen(skip_typescript)]
pub fn start_worker() -> Result<(), JsValue> {
    #[cfg(feature = "faults")]
    crate::faults::listen()?;
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    let lanes = Lanes::for_processors(scope.navigator().hardware_concurrency() as usize);
    let worker = Worker {
        scope: scope.clone(),
        store: Rc::default(),
        world: Rc::default(),
        #[cfg(feature = "sandboxes")]
        sandbox: Rc::default(),
        #[cfg(feature = "sandboxes")]
        examined: Rc::default(),
        #[cfg(feature = "sandboxes")]
        terminal: Rc::new(crate::world::VaultTerminal::new(&crate::vault_caller())),
        closed: Rc::default(),
        tell: Rc::default(),
        lanes: Rc::new(lanes),
        jobs: Rc::default(),
        results: Rc::default(),
        opened: Rc::default(),
        made: Rc::default(),
    };
    let receiver = worker.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let worker = receiver.clone();
        spawn_local(async move { worker.receive(event.data()).await });
    });
    scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    worker.send(&FromWorker::Loaded, Attached::default());
    spawn_local(file::sweep());
    Ok(())
}

impl Worker {
    async fn receive(&self, message: JsValue) {
        let field = |name: &str| Reflect::get(&message, &name.into()).unwrap_or_default();
        let text = field("frame").as_string().unwrap_or_default();
        #[cfg(feature = "sandboxes")]
        {
            match (self.sandbox(), serde_json::from_str(&text)) {
                (Some(sandbox), Ok(frame)) => {
                    return self.receive_in_sandbox(&sandbox, frame, field("file")).await;
                }
                (None, Ok(ToSandbox::Do { id, task })) => return self.do_at_vault(id, task).await,
                _ => {}
            }
        }
        match serde_json::from_str(&text) {
            Ok(ToWorker::Open { .. } | ToWorker::Vault { .. }) if self.is_sandbox() => {
                let text = "A sandbox is open, which has no passphrase and no backup.";
                self.close(LocalError::new(LocalErrorCode::BadRequest, text));
            }
            Ok(ToWorker::Open { world }) => self.open(world).await,
            Ok(ToWorker::Call { id, service, operation, body }) => {
                self.call(id, service, &operation, &body).await
            }
            Ok(ToWorker::Start { id, job, name, watch }) => {
                let freight = Freight { file: field("file"), files: field("files"), target: field("target") };
                self.start(id, job, name, watch, freight).await;
            }
            Ok(ToWorker::Vault { id, task }) => self.vault(id, task, field("file"), field("secret")).await,
            Ok(ToWorker::Cancel { id }) => {
                if let Some(job) = self.jobs.borrow().get(&id) {
                    job.stop.abort();
                }
                self.results.borrow_mut().remove(&id);
            }
            Ok(ToWorker::Pause { id, paused }) => {
                if let Some(job) = self.jobs.borrow().get(&id) {
                    job.gate.close(paused);
                }
            }
            Err(error) => self.close(not_understood(&error)),
        }
    }

    async fn open(&self, world: String) {
        if world.starts_with(PREFIX) && !cfg!(feature = "sandboxes") {
            let text = "This worker opens no sandboxes; the workbench has another one.";
            return self.close(LocalError::new(LocalErrorCode::BadRequest, text));
        }
        let opened = match self.open_store(&world).await {
            Ok(()) => self.enter().await,
            Err(error) => Err(error),
        };
        if let Err(error) = opened {
            self.close(error);
        }
    }

    /// Opens the database; where it cannot be read, it is there all the same.
    async fn open_store(&self, name: &str) -> Result<(), LocalError> {
        let worker = self.clone();
        let lost = move |error: StoreError| {
            worker.world.replace(None);
            #[cfg(feature = "sandboxes")]
            worker.sandbox.replace(None);
            worker.close(error.into());
        };
        let store = IndexedDbStore::connect(name, lost).await?;
        if self.tell.borrow().is_none() {
            self.tell.replace(Some(self.changes(name)?));
        }
        // It is kept even if it cannot be read: a backup may take its place.
        self.store.replace(Some(store.clone()));
        Ok(store.begin().await?)
    }

    fn store(&self) -> Result<IndexedDbStore, LocalError> {
        let closed = || LocalError::new(LocalErrorCode::StorageMissing, "The stored keys are not open.");
        self.store.borrow().clone().ok_or_else(closed)
    }

    /// Opens the world and says that it is ready, or that it is locked.
    async fn enter(&self) -> Result<(), LocalError> {
        let store = self.store()?;
        self.closed.take();
        if store.is_locked() {
            self.send(&FromWorker::Locked, Attached::default());
            return Ok(());
        }
        let lock = store.lock().await?.map(|lock| lock.minutes);
        let caller = crate::vault_caller();
        let ready = FromWorker::Ready {
            cipher: file::engine_name().into(),
            persisted: persist().await,
            account: caller.place.account.to_string(),
            region: caller.place.region.to_string(),
            principal: caller.arn(),
            lock,
        };
        #[cfg(feature = "sandboxes")]
        if store.world().starts_with(PREFIX) {
            let world = self.open_world(crate::store::any::AnyStore::IndexedDb(store)).await?;
            self.sandbox.replace(Some(Rc::new(OwnSandbox::new(world))));
            self.send(&ready, Attached::default());
            return Ok(());
        }
        let world = self.open_world(store).await?;
        self.world.replace(Some(Rc::new(world)));
        self.send(&ready, Attached::default());
        Ok(())
    }

    async fn open_world<S: Store>(&self, store: S) -> Result<World<S>, LocalError> {
        let tell = self.tell.clone();
        let changed = move || {
            // Nobody has to hear it: a turn always reads the truth.
            let _ = tell.borrow().as_ref().map(|channel| channel.post_message(&JsValue::NULL));
        };
        let surroundings = Surroundings {
            clock: Box::new(browser::now),
            entropy: Box::new(crate::entropy),
            key_pair: Box::new(browser::rsa_key_pair),
            quotas: None,
            changed: Box::new(changed),
        };
        World::open(store, crate::vault_caller(), surroundings).await
    }

    /// Passes on that another tab has changed this world; through what is returned the others are told of ours.
    fn changes(&self, name: &str) -> Result<BroadcastChannel, LocalError> {
        let channel = BroadcastChannel::new(&format!("waxseal-{name}"))
            .map_err(|e| LocalError::new(LocalErrorCode::StorageMissing, browser::describe(&e)))?;
        let worker = self.clone();
        let on_message =
            Closure::<dyn Fn()>::new(move || worker.send(&FromWorker::Changed, Attached::default()));
        channel.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        Ok(channel)
    }

    fn world(&self) -> Result<Rc<OwnWorld>, LocalError> {
        let closed = || match (self.closed.borrow().clone(), self.store()) {
            (Some(error), _) | (None, Err(error)) => error,
            (None, Ok(_)) => StoreError::Locked.into(),
        };
        self.world.borrow().clone().ok_or_else(closed)
    }

    /// Whether the world is a sandbox.
    fn is_sandbox(&self) -> bool {
        #[cfg(feature = "sandboxes")]
        return self.sandbox.borrow().is_some();
        #[cfg(not(feature = "sandboxes"))]
        false
    }

    /// What work on files calls: the world, whichever it is.
    fn service(&self) -> Result<Rc<dyn Vault>, LocalError> {
        #[cfg(feature = "sandboxes")]
        if let Some(sandbox) = self.sandbox() {
            return Ok(sandbox);
        }
        Ok(self.world()?)
    }

    async fn call(&self, id: FrameId, service: Service, operation: &str, body: &str) {
        #[cfg(feature = "sandboxes")]
        if let Some(sandbox) = &self.sandbox() {
            let answer = sandbox.call_as_terminal(service, operation, body).await;
            return self.send(&FromWorker::Answer { id, answer }, Attached::default());
        }
        let answer = match self.world() {
            Ok(world) => world.call(service, operation, body).await.map(Answer::from),
            Err(error) => Err(error),
        };
        crate::faults::point("answer");
        self.notice_lock(answer.as_ref().err());
        self.send(&FromWorker::Answer { id, answer }, Attached::default());
    }

    async fn start(&self, id: FrameId, job: Job, name: String, watch: bool, freight: Freight) {
        let (handle, stop) = AbortHandle::new_pair();
        let worker = self.clone();
        let progress =
            move |done, total| worker.send(&FromWorker::Progress { id, done, total }, Attached::default());
        let mut running = FileJob::new(name, watch, Some(stop), Box::new(progress));
        self.jobs.borrow_mut().insert(id, Reins { stop: handle, gate: running.gate() });
        let result = self.run(&mut running, job, freight).await;
        self.jobs.borrow_mut().remove(&id);
        let (report, secret) = running.finish();
        match result {
            Ok((output, attached)) => {
                output.kept.and_then(|kept| self.results.borrow_mut().insert(id, kept));
                let attached = Attached { file: Some(output.value), secret, ..attached };
                self.send(&FromWorker::Done { id, report }, attached);
            }
            Err(failure) => {
                self.send(
                    &FromWorker::Failed { id, failure, report },
                    Attached { secret, ..Attached::default() },
                );
            }
        }
        crate::memory::scrub_stack();
    }

    /// Does a job; what is packed or unpacked for it goes along with its end.
    async fn run(
        &self,
        running: &mut FileJob,
        job: Job,
        freight: Freight,
    ) -> Result<(Output, Attached), Failure> {
        let service = self.service()?;
        let mut attached = Attached::default();
        let input = match &job {
            Job::Encrypt(options) if !options.pack.is_empty() => {
                let packed = running.pack(&freight.files.unchecked_into(), &options.pack)?;
                attached.packed = Some(packed.clone().into());
                packed
            }
            _ => freight.file.unchecked_into(),
        };
        let opens = matches!(job, Job::Decrypt(_));
        let target = match freight.target {
            target if target.is_truthy() => Target::Picked(target.unchecked_into()),
            _ => Target::File,
        };
        let file = Transfer { input: &Input::Blob(input), target };
        let output = running.run(&*service, &self.lanes, job, file).await?;
        if opens {
            attached.files = Some(running.unpack(&output).await?);
        }
        Ok((output, attached))
    }

    fn close(&self, error: LocalError) {
        self.closed.replace(Some(error.clone()));
        self.send(&FromWorker::Closed { error }, Attached::default());
    }

    fn send(&self, frame: &FromWorker, attached: Attached) {
        let message = Object::new();
        let transfer = Array::new();
        let text = serde_json::to_string(frame).unwrap_or_default();
        let set = |name: &str, value: &JsValue| {
            let _ = Reflect::set(&message, &name.into(), value);
        };
        set("frame", &text.into());
        attached.file.iter().for_each(|file| set("file", file));
        attached.files.iter().for_each(|files| set("files", files));
        attached.packed.iter().for_each(|packed| set("packed", packed));
        if let Some(secret) = attached.secret {
            set("secret", &secret.buffer());
            transfer.push(&secret.buffer());
        }
        let _ = self.scope.post_message_with_transfer(&message, &transfer);
    }
}

fn not_understood(error: &serde_json::Error) -> LocalError {
    let text = format!("The page and its worker do not understand each other ({error}).");
    LocalError::new(LocalErrorCode::BadFrame, text)
}

/// What stops a job, and what holds it up.
struct Reins {
    stop: AbortHandle,
    gate: Rc<Gate>,
}

/// What a job brings along.
struct Freight {
    file: JsValue,
    files: JsValue,
    target: JsValue,
}

/// What goes along with a frame.
#[derive(Default)]
struct Attached {
    file: Option<JsValue>,
    files: Option<Array>,
    packed: Option<JsValue>,
    secret: Option<Uint8Array>,
}

/// Whether the browser promises to keep what is stored. Asking needs a page; a worker can only look.
async fn persist() -> bool {
    let storage = js_sys::global().unchecked_into::<DedicatedWorkerGlobalScope>().navigator().storage();
    match storage.persisted() {
        Ok(promise) => JsFuture::from(promise).await.is_ok_and(|persisted| persisted.is_truthy()),
        Err(_) => false,
    }
}
