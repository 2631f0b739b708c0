//! Work on whole files, slice by slice, whatever their size.
//!
//! The bulk of a file stays on the JavaScript side: a slice of it goes to WebCrypto and from there to a sink. The
//! WebAssembly side sees headers and frame prefixes only. A job reads or writes the header and has the rest done in
//! segments, by one worker or by several.

mod cipher;
mod cut;
mod decrypt;
mod digest;
mod encrypt;
mod gate;
mod inspect;
mod lanes;
mod packed;
mod raw;
mod segment;
mod sink;
mod source;
mod window;

use std::{cell::Cell, rc::Rc};

use futures_util::future::{AbortRegistration, Abortable};
use js_sys::Uint8Array;
use waxseal_api::{
    Failure, LocalError, LocalErrorCode,
    job::{Job, JobReport},
    trace::{Bytes, Item, Role, Step},
};

pub(crate) use cipher::engine_name;
pub(crate) use gate::Gate;
pub(crate) use lanes::Lanes;
pub use lanes::start_lane;
pub(crate) use sink::{Kept, Output, Target, sweep};
pub(crate) use source::Input;

use crate::world::Vault;

/// Told how many bytes of how many are done.
pub(crate) type Progress = Box<dyn Fn(u64, u64)>;

/// Counts the bytes of the file that are done, in whatever order, and tells of it.
struct Meter {
    done: Cell<u64>,
    total: Cell<u64>,
    progress: Progress,
}

impl Meter {
    fn add(&self, bytes: u64) {
        self.done.set(self.done.get() + bytes);
        (self.progress)(self.done.get(), self.total.get());
    }
}

/// What a job reads, and what is to come of it.
pub(crate) struct Transfer<'a> {
    pub(crate) input: &'a Input,
    pub(crate) target: Target,
}

/// One job on one file, with the story of it.
pub(crate) struct FileJob {
    name: String,
    watch: bool,
    stop: Option<AbortRegistration>,
    gate: Rc<Gate>,
    meter: Rc<Meter>,
    report: JobReport,
    secret: Option<Uint8Array>,
}

impl FileJob {
    /// A job that has not begun. `stop` ends it early; with `watch`, a copy of the data key is kept for whoever looks on.
    pub(crate) fn new(
        name: String,
        watch: bool,
        stop: Option<AbortRegistration>,
        progress: Progress,
    ) -> Self {
        let meter = Rc::new(Meter { done: Cell::default(), total: Cell::default(), progress });
        let report = JobReport::default();
        Self { name, watch, stop, gate: Rc::default(), meter, report, secret: None }
    }

    /// What holds it up while it is closed: nothing is begun then of what is read, worked on or written.
    pub(crate) fn gate(&self) -> Rc<Gate> {
        self.gate.clone()
    }

    /// Does the job. What comes out has been verified from its first byte to its last.
    pub(crate) async fn run(
        &mut self,
        vault: &dyn Vault,
        lanes: &Lanes,
        job: Job,
        file: Transfer<'_>,
    ) -> Result<Output, Failure> {
        self.report.input_length = file.input.length();
        self.meter.total.set(self.report.input_length);
        let result = match job {
            Job::Encrypt(options) => encrypt::encrypt(self, vault, lanes, file, options).await,
            Job::Decrypt(options) => decrypt::decrypt(self, vault, lanes, file, &options).await,
            Job::Verify(options) => decrypt::verify(self, vault, lanes, file.input, &options).await,
            Job::Inspect => self.inspect(file).await,
        };
        match &result {
            Ok(output) => self.report.output_length = output.length,
            Err(_) => self.wiped_early(),
        }
        result
    }

    async fn inspect(&mut self, Transfer { input, target }: Transfer<'_>) -> Result<Output, Failure> {
        let (meter, gate) = (self.meter.clone(), self.gate());
        let looked = stoppable(self.stop.take(), async { Ok(inspect::inspect(input, &meter, &gate).await?) });
        Ok(inspect::write(&looked.await?, target).await?)
    }

    /// What happened, and the data key if it was to be watched.
    pub(crate) fn finish(self) -> (JobReport, Option<Uint8Array>) {
        (self.report, self.secret)
    }

    /// Records what happened.
    fn step(&mut self, step: Step) {
        self.report.trace.push(step);
    }

    /// The first step: a file of this role was opened.
    fn opened(&mut self, role: Role) {
        let item = Item { role, length: self.report.input_length, bytes: Bytes::Input(0) };
        let (name, packed) = (self.name.clone(), self.report.contents.len() as u32);
        self.step(Step::FileOpened { name, packed, item });
    }

    /// The last step: the result, of this role, is ready to be kept.
    fn stored(&mut self, role: Role, length: u64) {
        let name = self.name.clone();
        self.step(Step::Stored { name, item: Item { role, length, bytes: Bytes::Output(0) } });
    }

    /// After a failure: keys that were in the clear by then have been overwritten as their owners went out of scope.
    fn wiped_early(&mut self) {
        let mut alive = Vec::new();
        for step in &self.report.trace.steps {
            match step {
                Step::Reply { items, .. } => {
                    alive.extend(items.iter().filter(|item| item.role == Role::DataKey).cloned());
                }
                Step::KeysDerived { content_key, .. } => alive.push(content_key.clone()),
                Step::Wiped { item } => alive.retain(|key| key.role != item.role),
                _ => {}
            }
        }
        for key in alive {
            self.step(Step::Wiped { item: Item { bytes: Bytes::Withheld, ..key } });
        }
    }

    /// Keeps a copy of the data key for whoever looks on.
    fn watch(&mut self, data_key: &[u8]) {
        if self.watch {
            self.secret = Some(Uint8Array::from(data_key));
        }
    }
}

/// Does work that can be stopped wherever it waits.
async fn stoppable<T>(
    stop: Option<AbortRegistration>,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let cancelled =
        |_| LocalError::new(LocalErrorCode::Cancelled, "The job was cancelled, and nothing was kept.");
    match stop {
        Some(stop) => Abortable::new(work, stop).await.map_err(cancelled)?,
        None => work.await,
    }
}

#[cfg(test)]
mod tests;
