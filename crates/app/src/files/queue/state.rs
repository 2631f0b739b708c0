//! Many files, one after the other: what each has come to, and which is next.

use std::rc::Rc;

use waxseal_api::{Failure, job::EncryptOptions};

use crate::{
    failure::is_cancelled,
    files::{
        pace::Pace,
        state::{Direction, Picked},
    },
};

/// What one file has come to. `B` is the browser's handle on what came out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum State<B> {
    /// Its turn has not come.
    Waiting,
    /// So many of its bytes are verified.
    Working(u64),
    /// What came out, each under the path that it is to be saved at.
    Done(Vec<(String, B)>),
    /// Nothing came out.
    Failed(Failure),
    /// Nobody wants it any more.
    Cancelled,
}

/// One file of a queue.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry<F, B> {
    /// Tells it from the others.
    pub(crate) id: u32,
    /// The file.
    pub(crate) picked: Picked<F>,
    /// What it has come to.
    pub(crate) state: State<B>,
}

/// What is to be done with the files.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// How those are encrypted that are no messages; they are left out when there is nothing here.
    pub(crate) encrypt: Option<EncryptOptions>,
    /// Whether their names travel inside.
    pub(crate) hide: bool,
    /// Whether messages are decrypted, or left out.
    pub(crate) decrypt: bool,
}

/// The queue.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Queue<F, B> {
    /// The files, in their order.
    pub(crate) entries: Vec<Rc<Entry<F, B>>>,
    /// What is done with them, once that is settled.
    pub(crate) plan: Option<Plan>,
    /// Whether nothing goes on for now.
    pub(crate) paused: bool,
    /// How it goes, over all files.
    pub(crate) pace: Pace,
    /// How often the worker has stopped since a file was done.
    crashes: u32,
    /// The next entry's ID.
    next: u32,
}

/// After so many crashes without a file in between, the worker is not started again unasked.
const PATIENCE: u32 = 3;

/// What can happen. Times are in milliseconds.
#[derive(Debug)]
pub(crate) enum Act<B> {
    /// It is settled what is to be done.
    Begin(f64, Plan),
    /// A file's turn has come.
    Start(u32),
    /// A file goes on.
    Progress(f64, u32, u64),
    /// A file has come to its end.
    End(f64, u32, Result<Vec<(String, B)>, Failure>),
    /// Nobody wants this file any more.
    Drop(u32),
    /// Nobody wants those any more whose turn has not come.
    DropAll,
    /// Nothing goes on for now, or it does again.
    Pause(f64, bool),
    /// Those that failed are to be tried once more.
    Retry,
}

/// How many files have come to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    pub(crate) waiting: usize,
    pub(crate) done: usize,
    pub(crate) failed: usize,
    pub(crate) cancelled: usize,
    pub(crate) working: usize,
}

impl<F: Clone, B: Clone> Queue<F, B> {
    /// Files about which nothing is settled.
    pub(crate) fn new(files: Vec<Picked<F>>) -> Self {
        let empty = Self {
            entries: Vec::new(),
            plan: None,
            paused: false,
            pace: Pace::new(0.0, 0),
            crashes: 0,
            next: 0,
        };
        empty.with(files)
    }

    /// More files.
    pub(crate) fn with(mut self, files: Vec<Picked<F>>) -> Self {
        for picked in files {
            let wanted = self.plan.as_ref().is_none_or(|plan| plan.wants(picked.direction));
            if wanted {
                self.entries.push(Rc::new(Entry { id: self.next, picked, state: State::Waiting }));
                self.next += 1;
            }
        }
        self
    }

    /// What it is after something has happened.
    pub(crate) fn after(mut self, act: Act<B>) -> Self {
        match act {
            Act::Begin(now, plan) => {
                self.entries.retain(|entry| plan.wants(entry.picked.direction));
                self.plan = Some(plan);
                self.pace = Pace::new(now, self.bytes().1);
            }
            Act::Start(id) => self.set(id, State::Working(0)),
            Act::Progress(now, id, done) => {
                self.set(id, State::Working(done));
                self.measure(now);
            }
            Act::End(now, id, result) => {
                self.crashes = match &result {
                    Err(failure) if is_crash(failure) => self.crashes + 1,
                    _ => 0,
                };
                self.paused |= self.crashes >= PATIENCE;
                self.set(id, result.map_or_else(ended_badly, State::Done));
                self.measure(now);
            }
            Act::Drop(id) if self.plan.is_none() => self.entries.retain(|entry| entry.id != id),
            Act::Drop(id) => self.turn(|entry| entry.id == id && entry.state.waits(), || State::Cancelled),
            Act::DropAll => self.turn(|entry| entry.state.waits(), || State::Cancelled),
            Act::Pause(now, paused) => {
                (self.paused, self.crashes) = (paused, 0);
                self.pace = self.pace.resumed(now);
            }
            Act::Retry => {
                let failed = |entry: &Entry<F, B>| matches!(entry.state, State::Failed(_) | State::Cancelled);
                self.turn(failed, || State::Waiting);
                self.crashes = 0;
            }
        }
        self
    }

    fn set(&mut self, id: u32, state: State<B>) {
        self.turn(|entry| entry.id == id, || state.clone());
    }

    fn turn(&mut self, which: impl Fn(&Entry<F, B>) -> bool, state: impl Fn() -> State<B>) {
        for entry in self.entries.iter_mut().filter(|entry| which(entry)) {
            Rc::make_mut(entry).state = state();
        }
    }

    fn measure(&mut self, now: f64) {
        let (done, total) = self.bytes();
        self.pace = self.pace.at(now, done, total);
    }

    /// Bytes that are verified, of all that are still to be or were.
    fn bytes(&self) -> (u64, u64) {
        self.entries.iter().fold((0, 0), |(done, total), entry| {
            let length = entry.picked.length;
            match &entry.state {
                State::Waiting => (done, total + length),
                State::Working(bytes) => (done + length.min(*bytes), total + length),
                State::Done(_) => (done + length, total + length),
                State::Failed(_) | State::Cancelled => (done, total),
            }
        })
    }

    /// The file whose turn it is, when nothing holds it up.
    pub(crate) fn turn_of(&self) -> Option<&Entry<F, B>> {
        if self.plan.is_none() || self.paused || self.working().is_some() {
            return None;
        }
        self.entries.iter().find(|entry| entry.state.waits()).map(|entry| &**entry)
    }

    /// The file that is being worked on.
    pub(crate) fn working(&self) -> Option<&Entry<F, B>> {
        self.entries.iter().find(|entry| matches!(entry.state, State::Working(_))).map(|entry| &**entry)
    }

    /// How many files have come to what.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for entry in &self.entries {
            let count = match entry.state {
                State::Waiting => &mut tally.waiting,
                State::Working(_) => &mut tally.working,
                State::Done(_) => &mut tally.done,
                State::Failed(_) => &mut tally.failed,
                State::Cancelled => &mut tally.cancelled,
            };
            *count += 1;
        }
        tally
    }

    /// How many files there are of this direction.
    pub(crate) fn count(&self, direction: Direction) -> usize {
        self.entries.iter().filter(|entry| entry.picked.direction == direction).count()
    }

    /// The files of this direction as one to pack.
    pub(crate) fn together(&self, direction: Direction, name: String) -> Picked<F> {
        let chosen = || self.entries.iter().map(|entry| &entry.picked).filter(|it| it.direction == direction);
        Picked {
            parts: chosen().flat_map(|picked| picked.parts.iter().cloned()).collect(),
            name,
            length: chosen().map(|picked| picked.length).sum(),
            kind: crate::files::recognise::Kind::Other,
            direction,
            output: String::new(),
        }
    }

    /// All that came out.
    pub(crate) fn results(&self) -> Vec<(String, B)> {
        let results = self.entries.iter().filter_map(|entry| match &entry.state {
            State::Done(results) => Some(results.iter().cloned()),
            _ => None,
        });
        results.flatten().collect()
    }
}

impl<B> State<B> {
    fn waits(&self) -> bool {
        matches!(self, Self::Waiting)
    }
}

impl Plan {
    fn wants(&self, direction: Direction) -> bool {
        match direction {
            Direction::Encrypt => self.encrypt.is_some(),
            Direction::Decrypt => self.decrypt,
        }
    }
}

fn ended_badly<B>(failure: Failure) -> State<B> {
    if is_cancelled(&failure) { State::Cancelled } else { State::Failed(failure) }
}

fn is_crash(failure: &Failure) -> bool {
    failure.name() == "WorkerCrashed"
}

#[cfg(test)]
mod tests {
    use waxseal_api::{LocalError, LocalErrorCode};

    use super::*;
    use crate::files::recognise::Kind;

    type Test = Queue<(), &'static str>;

    fn file(path: &str, length: u64) -> Picked<()> {
        let kind = if path.ends_with(".esdk") { Kind::Message } else { Kind::Other };
        Picked::new((), path.to_owned(), length, kind)
    }

    fn begun() -> Test {
        let files = vec![file("a/1", 100), file("a/2", 200), file("b.esdk", 300), file("c", 400)];
        Queue::new(files).after(Act::Begin(0.0, plan(true, true)))
    }

    fn plan(encrypt: bool, decrypt: bool) -> Plan {
        Plan { encrypt: encrypt.then(EncryptOptions::default), hide: true, decrypt }
    }

    fn end(queue: Test, result: Result<&'static str, LocalErrorCode>) -> Test {
        let id = queue.turn_of().expect("a file's turn has come").id;
        let result = result.map(|it| vec![(it.to_owned(), it)]);
        let failed = |code| Failure::Local(LocalError::new(code, "why"));
        queue.after(Act::Start(id)).after(Act::End(9.0, id, result.map_err(failed)))
    }

    #[test]
    fn one_after_the_other_whatever_becomes_of_each() {
        let mut queue = begun();
        for result in
            [Ok("one"), Err(LocalErrorCode::FileUnreadable), Err(LocalErrorCode::Cancelled), Ok("four")]
        {
            queue = end(queue, result);
        }
        assert_eq!(queue.tally(), Tally { done: 2, failed: 1, cancelled: 1, ..Tally::default() });
        assert_eq!(queue.results(), [("one".to_owned(), "one"), ("four".to_owned(), "four")]);
        assert_eq!((queue.pace.done, queue.pace.total), (500, 500));
        let queue = queue.after(Act::Retry);
        assert_eq!((queue.turn_of().unwrap().id, queue.tally().waiting), (1, 2));
    }

    #[test]
    fn one_at_a_time() {
        let queue = begun().after(Act::Start(0));
        assert!(queue.turn_of().is_none());
        let queue = queue.after(Act::Progress(1.0, 0, 60));
        assert_eq!((queue.working().unwrap().id, queue.pace.done, queue.pace.total), (0, 60, 1000));
    }

    #[test]
    fn nothing_begins_before_it_is_settled_or_while_it_is_paused() {
        let queue: Test = Queue::new(vec![file("a", 1)]);
        assert!(queue.turn_of().is_none());
        let queue = queue.after(Act::Begin(0.0, plan(true, true))).after(Act::Pause(1.0, true));
        assert!(queue.turn_of().is_none());
        assert!(queue.after(Act::Pause(2.0, false)).turn_of().is_some());
    }

    #[test]
    fn what_is_not_wanted_is_left_out() {
        let queue: Test = Queue::new(vec![file("a", 1), file("b.esdk", 2), file("c", 4)]);
        let count =
            |encrypt, decrypt| queue.clone().after(Act::Begin(0.0, plan(encrypt, decrypt))).entries.len();
        assert_eq!([count(true, true), count(true, false), count(false, true)], [3, 2, 1]);
        let queue = queue.after(Act::Drop(0)).after(Act::Begin(0.0, plan(true, true)));
        let queue = queue.after(Act::Drop(1));
        assert_eq!(queue.tally(), Tally { waiting: 1, cancelled: 1, ..Tally::default() });
        assert_eq!(queue.after(Act::DropAll).tally().cancelled, 2);
    }

    #[test]
    fn what_is_under_way_is_dropped_by_its_job_alone() {
        let queue = begun().after(Act::Start(0)).after(Act::Drop(0)).after(Act::DropAll);
        assert_eq!(queue.working().unwrap().id, 0);
    }

    #[test]
    fn a_worker_that_stops_again_and_again_is_not_started_for_ever() {
        let mut queue = begun();
        for _ in 0..PATIENCE {
            assert!(!queue.paused);
            queue = end(queue, Err(LocalErrorCode::WorkerCrashed));
        }
        assert!(queue.paused);
        assert_eq!(queue.tally().waiting, 1);
    }

    #[test]
    fn more_files_join_a_queue_under_way() {
        let queue = begun().after(Act::Start(0)).with(vec![file("d", 1)]);
        assert_eq!(queue.tally().waiting, 4);
        assert_eq!(queue.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn several_become_one() {
        let queue: Test = Queue::new(vec![file("a/1", 100), file("b.esdk", 300), file("a/2", 200)]);
        let one = queue.together(Direction::Encrypt, "2 files".into());
        let paths: Vec<_> = one.parts.iter().map(|part| part.path.as_str()).collect();
        assert_eq!((paths, one.length), (vec!["a/1", "a/2"], 300));
    }
}
