//! A worker without a worker.

use std::{cell::RefCell, rc::Rc};

use waxseal_api::{
    Answer, Client, Failure, LocalError, LocalErrorCode,
    frame::{FromWorker, ToWorker},
    job::{DecryptOptions, Job, JobReport},
    operations::{ListKeys, ListKeysInput},
    trace::Trace,
    vault::{Contents, Outcome, Summary, Task},
};
use yew::Callback;

use super::{Attached, Bridge, Errand, Event, Freight, Incoming, JobEvent, Port, Readiness};

/// What happened on both sides of a bridge.
#[derive(Default)]
struct Log {
    posted: RefCell<Vec<ToWorker>>,
    events: RefCell<Vec<Event>>,
    incoming: RefCell<Vec<Callback<Incoming>>>,
}

struct Recorder(Rc<Log>);

impl Port for Recorder {
    fn post(&self, frame: &ToWorker, _: Option<&Freight>) -> Result<(), LocalError> {
        self.0.posted.borrow_mut().push(frame.clone());
        Ok(())
    }

    fn say(&self, _: &str, _: Option<&web_sys::Blob>) -> Result<(), LocalError> {
        Ok(())
    }

    fn run(&self, frame: &ToWorker, _: &Errand) -> Result<(), LocalError> {
        self.0.posted.borrow_mut().push(frame.clone());
        Ok(())
    }
}

impl Log {
    /// A bridge that writes into a log.
    fn bridge() -> (Rc<Self>, Bridge) {
        let log = Rc::new(Self::default());
        let (starting, listening) = (log.clone(), log.clone());
        let starter = Callback::from(move |incoming| {
            starting.incoming.borrow_mut().push(incoming);
            Ok(Box::new(Recorder(starting.clone())) as Box<dyn Port>)
        });
        let listener = Callback::from(move |event| listening.events.borrow_mut().push(event));
        (log, Bridge::new("vault".into(), starter, listener))
    }

    /// Speaks as the worker that was started last.
    fn say(&self, frame: FromWorker) {
        self.incoming(self.incoming.borrow().len() - 1)
            .emit(Incoming::Frame { frame, attached: Attached::default() });
    }

    fn incoming(&self, worker: usize) -> Callback<Incoming> {
        self.incoming.borrow()[worker].clone()
    }

    fn posted(&self) -> Vec<ToWorker> {
        self.posted.take()
    }
}

fn ready() -> FromWorker {
    FromWorker::Ready {
        cipher: "WebCrypto".into(),
        persisted: true,
        account: "111122223333".into(),
        region: "us-east-1".into(),
        principal: "arn:aws:iam::111122223333:root".into(),
        lock: None,
    }
}

fn reply(body: &str, changed: bool) -> Answer {
    Answer { result: Ok(body.to_owned()), trace: Trace::default(), changed }
}

fn list_keys(bridge: &Bridge) -> impl Future<Output = Result<usize, Failure>> + use<> {
    let bridge = bridge.clone();
    async move { Ok(Client(bridge).call::<ListKeys>(&ListKeysInput::default()).await?.keys.len()) }
}

/// Runs a call up to its first wait, lets something happen, and then awaits its answer.
fn while_waiting<T>(call: impl Future<Output = T>, happen: impl FnOnce()) -> T {
    let mut call = std::pin::pin!(call);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
    happen();
    pollster::block_on(call)
}

const NO_KEYS: &str = r#"{"Keys":[],"Truncated":false}"#;

#[test]
fn a_call_waits_for_the_world_and_gets_its_own_answer() {
    let (log, bridge) = Log::bridge();
    bridge.start();
    let keys = while_waiting(list_keys(&bridge), || {
        assert_eq!(log.posted(), []);
        log.say(FromWorker::Loaded);
        assert_eq!(log.posted(), [ToWorker::Open { world: "vault".into() }]);
        log.say(ready());
        let [ToWorker::Call { id, operation, .. }] = &log.posted()[..] else { panic!("one call") };
        assert_eq!(operation, "ListKeys");
        log.say(FromWorker::Answer { id: id + 7, answer: Ok(reply("{}", false)) });
        log.say(FromWorker::Answer { id: *id, answer: Ok(reply(NO_KEYS, false)) });
    });
    assert_eq!(keys, Ok(0));
    assert!(matches!(bridge.readiness(), Readiness::Ready(_)));
}

#[test]
fn a_crash_answers_everything_and_a_new_worker_can_be_started() {
    let (log, bridge) = Log::bridge();
    bridge.start();
    log.say(ready());
    let ends = Rc::new(RefCell::new(Vec::new()));
    let seen = ends.clone();
    let events = Callback::from(move |event| seen.borrow_mut().push(event));
    bridge.start_job("letter.txt".into(), None, Job::Decrypt(DecryptOptions::default()), false, events);
    let crash = || {
        let error = LocalError::new(LocalErrorCode::WorkerCrashed, "out of memory");
        log.incoming(0).emit(Incoming::Broken(error));
    };
    let failure = while_waiting(list_keys(&bridge), crash).unwrap_err();
    assert_eq!(failure.name(), "WorkerCrashed");
    assert!(
        matches!(&ends.borrow()[..], [JobEvent::Failed { failure, .. }] if failure.name() == "WorkerCrashed")
    );
    let later = pollster::block_on(list_keys(&bridge)).unwrap_err();
    assert_eq!(later.message(), "out of memory");

    bridge.start();
    assert_eq!(bridge.readiness(), Readiness::Starting);
    log.incoming(0).emit(Incoming::Frame { frame: ready(), attached: Attached::default() });
    assert_eq!(bridge.readiness(), Readiness::Starting, "the old worker is not heard any more");
    log.say(ready());
    assert!(matches!(bridge.readiness(), Readiness::Ready(_)));
}

#[test]
fn a_closed_world_refuses_with_its_reason() {
    let (log, bridge) = Log::bridge();
    bridge.start();
    let error = LocalError::new(LocalErrorCode::StorageMissing, "No IndexedDB.");
    let closed = error.clone();
    let answer = while_waiting(list_keys(&bridge), || log.say(FromWorker::Closed { error: closed }));
    assert_eq!(answer, Err(Failure::Local(error)));
}

#[test]
fn only_changes_are_told() {
    let (log, bridge) = Log::bridge();
    bridge.start();
    log.say(ready());
    for (changed, events) in [(false, 0), (true, 1)] {
        log.events.take();
        let _ = while_waiting(list_keys(&bridge), || {
            let [ToWorker::Call { id, .. }] = log.posted()[..] else { panic!("one call") };
            log.say(FromWorker::Answer { id, answer: Ok(reply(NO_KEYS, changed)) });
        });
        assert_eq!(log.events.take().len(), events);
    }
    log.say(FromWorker::Changed);
    assert_eq!(log.events.take(), [Event::Changed]);
}

#[test]
fn a_job_is_followed_cancelled_and_ended() {
    let (log, bridge) = Log::bridge();
    bridge.start();
    log.say(ready());
    let seen = Rc::new(RefCell::new(Vec::new()));
    let events = {
        let seen = seen.clone();
        Callback::from(move |event| {
            seen.borrow_mut().push(match event {
                JobEvent::Progress { done, total } => format!("{done} of {total}"),
                JobEvent::Done { report, .. } => format!("{} bytes", report.output_length),
                JobEvent::Failed { failure, .. } => failure.name().to_owned(),
            });
        })
    };
    let job =
        bridge.start_job("letter.txt".into(), None, Job::Decrypt(DecryptOptions::default()), true, events);
    let [ToWorker::Start { id, watch: true, .. }] = log.posted()[..] else { panic!("one job") };
    log.say(FromWorker::Progress { id, done: 1, total: 3 });
    job.pause(true);
    assert_eq!(log.posted(), [ToWorker::Pause { id, paused: true }]);
    job.cancel();
    assert_eq!(log.posted(), [ToWorker::Cancel { id }]);
    let report = JobReport { input_length: 3, output_length: 9, ..JobReport::default() };
    log.say(FromWorker::Done { id, report });
    assert_eq!(*seen.borrow(), ["1 of 3", "9 bytes"]);
    job.cancel();
    assert_eq!(log.posted(), [ToWorker::Cancel { id }], "the worker lets go of the result");
    assert_eq!(seen.borrow().len(), 2, "a job that has ended cannot be cancelled");
}

#[test]
fn a_task_waits_for_the_vault_and_fails_with_it() {
    let (log, bridge) = Log::bridge();
    bridge.start();
    let error = LocalError::new(LocalErrorCode::StorageMissing, "No IndexedDB.");
    let failed = while_waiting(bridge.run(Task::BackUp.into()), || {
        assert_eq!(log.posted(), []);
        log.say(FromWorker::Closed { error: error.clone() });
    });
    assert_eq!(failed.map(|(outcome, _)| outcome), Err(error.clone().into()));
    assert_eq!(
        pollster::block_on(bridge.run(Task::BackUp.into())).map(|(outcome, _)| outcome),
        Err(error.into())
    );

    bridge.start();
    let outcome = while_waiting(bridge.run(Task::BackUp.into()), || {
        log.say(ready());
        let [ToWorker::Vault { id, .. }] = log.posted()[..] else { panic!("one task") };
        log.say(FromWorker::Vault { id, result: Ok(Outcome::Done) });
    });
    assert_eq!(outcome.map(|(outcome, _)| outcome), Ok(Outcome::Done));
}

#[test]
fn a_vault_that_is_damaged_can_still_be_replaced() {
    let (log, bridge) = Log::bridge();
    bridge.start();
    let error = LocalError::new(LocalErrorCode::DatabaseDamaged, "A record.");
    let outcome = while_waiting(bridge.run(Task::Open.into()), || {
        log.say(FromWorker::Closed { error: error.clone() });
        let [ToWorker::Vault { id, .. }] = log.posted()[..] else { panic!("one task") };
        let backup = Summary { made: Default::default(), contents: Contents::default() };
        let outcome = Outcome::Opened { backup, here: Contents::default(), unreadable: true };
        log.say(FromWorker::Vault { id, result: Ok(outcome) });
    });
    assert!(matches!(outcome, Ok((Outcome::Opened { unreadable: true, .. }, _))));
    assert_eq!(pollster::block_on(list_keys(&bridge)), Err(error.into()), "its keys cannot be used");
}

#[test]
fn a_vault_that_was_restored_is_told_to_every_page() {
    let (log, bridge) = Log::bridge();
    bridge.start();
    log.say(ready());
    log.events.take();
    let summary =
        Summary { made: Default::default(), contents: Contents { keys: 1, aliases: 2, records: 5 } };
    let asked = Task::Restore { seen: Contents::default() };
    let outcome = while_waiting(bridge.run(asked.clone().into()), || {
        let [ToWorker::Vault { id, ref task }] = log.posted()[..] else { panic!("one task") };
        assert_eq!(*task, asked);
        log.say(FromWorker::Vault { id, result: Ok(Outcome::Restored(summary)) });
    });
    assert_eq!(outcome.map(|(outcome, _)| outcome), Ok(Outcome::Restored(summary)));
    assert_eq!(log.events.take(), [Event::Changed]);
}

#[test]
fn calls_wait_until_a_locked_vault_is_opened() {
    let (log, bridge) = Log::bridge();
    bridge.start();
    log.say(FromWorker::Locked);
    let keys = while_waiting(list_keys(&bridge), || {
        assert_eq!((log.posted(), bridge.readiness()), (vec![], Readiness::Locked));
        log.say(ready());
        let [ToWorker::Call { id, .. }] = log.posted()[..] else { panic!("one call") };
        log.say(FromWorker::Answer { id, answer: Ok(reply(NO_KEYS, false)) });
    });
    assert_eq!(keys, Ok(0));
}
