//! What is on the file page's desk: one file, from choosing it to the end of its job, or a queue of many.

use std::rc::Rc;

use waxseal_api::{
    Failure,
    job::{Job, JobReport, PackedFile},
    types::EncryptionContext,
};
use yew::Reducible;

use super::{
    pace::Pace,
    queue::{self, Queue},
    recognise::Kind,
    work::{Gait, Order},
};
use crate::{bytes::WatchedKey, flow::Story};

/// What to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Make an encrypted file of it.
    Encrypt,
    /// Get back the file that it was.
    Decrypt,
}

/// A file as it was chosen. `F` is the browser's handle on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part<F> {
    /// Its name, with the folders that it came with: `letters/2026/may.txt`.
    pub(crate) path: String,
    /// The handle.
    pub(crate) file: F,
}

/// What a job is to be about: a file that was chosen, or several that become one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picked<F> {
    /// The file; or the files to pack.
    pub(crate) parts: Rc<[Part<F>]>,
    /// What it is called.
    pub(crate) name: String,
    /// Its length in bytes.
    pub(crate) length: u64,
    /// What it looks like.
    pub(crate) kind: Kind,
    /// What is to be done with it.
    pub(crate) direction: Direction,
    /// The name for what comes out.
    pub(crate) output: String,
}

/// How a job ended. `B` is the browser's handle on what came out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ended<B> {
    /// What came out, or why nothing did.
    pub(crate) result: Result<B, Failure>,
    /// The files that were packed in what came out.
    pub(crate) files: Vec<(PackedFile, B)>,
    /// What was encrypted in the place of the files that were packed for it.
    pub(crate) packed: Option<B>,
    /// Whether what came out seems to have files packed in it that cannot be found.
    pub(crate) damaged: bool,
    /// Whether what came out is where the user wanted it.
    pub(crate) saved: bool,
    /// What happened.
    pub(crate) story: Rc<Story>,
    /// The context that the message carries.
    pub(crate) context: EncryptionContext,
    /// Bytes that came out.
    pub(crate) output_length: u64,
    /// The data key, when it was watched.
    pub(crate) data_key: Option<Rc<WatchedKey>>,
}

/// The desk.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Desk<F, B> {
    /// Nothing on it.
    Empty,
    /// A file, and nothing done with it yet.
    Chosen(Picked<F>),
    /// Many files, one after the other.
    Many(Queue<F, B>),
    /// A file that is being worked on.
    Working {
        /// Which.
        picked: Picked<F>,
        /// How it goes.
        pace: Pace,
        /// Whether it goes on.
        gait: Gait,
    },
    /// A file that was worked on.
    Done {
        /// Which.
        picked: Picked<F>,
        /// How it ended.
        ended: Ended<B>,
    },
}

/// What can happen. Times are in milliseconds.
#[derive(Debug)]
pub(crate) enum Act<F, B> {
    /// Files were chosen.
    Pick(Vec<Picked<F>>),
    /// Something happens to the queue.
    Queue(queue::Act<B>),
    /// Something else is to be done with it.
    Turn(Direction),
    /// A job has begun.
    Begin(f64, Picked<F>),
    /// A job goes on.
    Progress(f64, u64, u64),
    /// The job was told something, at this time.
    Order(f64, Order),
    /// A job has ended.
    End(Ended<B>),
    /// The same file once more.
    Again,
    /// Away with it.
    Clear,
}

impl<F> Picked<F> {
    /// A file, with what is most likely to be done with it.
    pub(crate) fn new(file: F, path: String, length: u64, kind: Kind) -> Self {
        let direction = match kind {
            Kind::Other => Direction::Encrypt,
            Kind::Message | Kind::Base64Message => Direction::Decrypt,
        };
        let name = last(&path).to_owned();
        let parts = Rc::new([Part { path, file }]);
        Self { parts, name, length, kind, direction, output: String::new() }
    }

    /// The file; the first of several.
    pub(crate) fn file(&self) -> Option<&F> {
        self.parts.first().map(|part| &part.file)
    }

    /// A job as it is for this file, and the name for what comes out. With `neutral` the file is packed, and this is what
    /// its result is called; several are always packed.
    pub(crate) fn prepare(&self, job: Job, neutral: Option<String>) -> (Job, String) {
        match job {
            Job::Encrypt(mut options) if neutral.is_some() || self.parts.len() > 1 => {
                options.pack = self.parts.iter().map(|part| part.path.clone()).collect();
                let name = neutral.unwrap_or_else(|| self.name.clone());
                (Job::Encrypt(options), format!("{name}{EXTENSION}"))
            }
            Job::Encrypt(_) => (job, format!("{}{EXTENSION}", self.name)),
            Job::Decrypt(_) | Job::Verify(_) | Job::Inspect => (job, self.opened_name()),
        }
    }

    fn opened_name(&self) -> String {
        match self.name.strip_suffix(EXTENSION) {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ => format!("{}.decrypted", self.name),
        }
    }
}

/// The last part of a path: a file's own name.
pub(crate) fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What the names of encrypted files end in.
const EXTENSION: &str = ".esdk";

/// What came of a job, as the worker reports it.
#[derive(Debug, Default)]
pub(crate) struct Brought<B> {
    /// The files that are packed in what came out.
    pub(crate) files: Vec<B>,
    /// What was encrypted in the place of the files that were packed for it.
    pub(crate) packed: Option<B>,
    /// The data key, when it was watched.
    pub(crate) data_key: Option<WatchedKey>,
}

impl<B> Ended<B> {
    /// From what the worker reports.
    pub(crate) fn new(result: Result<B, Failure>, report: JobReport, brought: Brought<B>) -> Self {
        Self {
            story: Rc::new(Story::new(&report.trace, result.as_ref().err(), &report.contents)),
            result,
            files: report.contents.into_iter().zip(brought.files).collect(),
            packed: brought.packed,
            damaged: report.contents_damaged,
            saved: false,
            context: report.context,
            output_length: report.output_length,
            data_key: brought.data_key.map(Rc::new),
        }
    }
}

impl<F: Clone, B: Clone> Desk<F, B> {
    /// The file on it.
    pub(crate) fn picked(&self) -> Option<&Picked<F>> {
        match self {
            Self::Empty | Self::Many(_) => None,
            Self::Chosen(picked) | Self::Working { picked, .. } | Self::Done { picked, .. } => Some(picked),
        }
    }

    /// What it is after something has happened. While a job is under way, only the job changes it.
    pub(crate) fn after(self, act: Act<F, B>) -> Self {
        match (self, act) {
            (Self::Working { picked, pace, gait }, act) => match act {
                Act::Progress(now, done, total) => {
                    Self::Working { picked, pace: pace.at(now, done, total), gait }
                }
                Act::Order(now, order) => {
                    Self::Working { picked, pace: pace.resumed(now), gait: gait.after(order) }
                }
                Act::End(ended) => Self::Done { picked, ended },
                _ => Self::Working { picked, pace, gait },
            },
            (same, Act::Pick(picked)) if picked.is_empty() => same,
            (Self::Many(queue), Act::Pick(picked)) => Self::Many(queue.with(picked)),
            (_, Act::Pick(picked)) if picked.len() > 1 => Self::Many(Queue::new(picked)),
            (_, Act::Pick(mut picked)) => picked.pop().map_or(Self::Empty, Self::Chosen),
            (Self::Many(queue), Act::Queue(act)) => Self::Many(queue.after(act)),
            (Self::Chosen(picked), Act::Turn(direction)) => Self::Chosen(Picked { direction, ..picked }),
            (_, Act::Begin(now, picked)) => {
                Self::Working { pace: Pace::new(now, picked.length), picked, gait: Gait::Going }
            }
            (Self::Done { picked, .. }, Act::Again) => Self::Chosen(picked),
            (_, Act::Clear) => Self::Empty,
            (same, _) => same,
        }
    }
}

impl<F: Clone, B: Clone> Reducible for Desk<F, B> {
    type Action = Act<F, B>;

    fn reduce(self: Rc<Self>, act: Act<F, B>) -> Rc<Self> {
        Rc::new(Rc::unwrap_or_clone(self).after(act))
    }
}

#[cfg(test)]
mod tests {
    use waxseal_api::{
        LocalError, LocalErrorCode,
        job::{DecryptOptions, EncryptOptions},
    };

    use super::*;

    type Test = Desk<(), &'static str>;

    fn pick(name: &str, kind: Kind) -> Picked<()> {
        Picked::new((), name.to_owned(), 1000, kind)
    }

    fn ended(result: Result<&'static str, Failure>) -> Ended<&'static str> {
        let report = JobReport { input_length: 1000, output_length: 1, ..JobReport::default() };
        let data_key = Some(WatchedKey::from_bytes(&[7; 32]));
        Ended::new(result, report, Brought { data_key, files: Vec::new(), packed: None })
    }

    fn cancelled() -> Failure {
        Failure::Local(LocalError::new(LocalErrorCode::Cancelled, "cancelled"))
    }

    fn run(acts: Vec<Act<(), &'static str>>) -> Test {
        acts.into_iter().fold(Desk::Empty, Desk::after)
    }

    #[test]
    fn offers_first_what_a_file_looks_like() {
        for (kind, direction) in [
            (Kind::Other, Direction::Encrypt),
            (Kind::Message, Direction::Decrypt),
            (Kind::Base64Message, Direction::Decrypt),
        ] {
            assert_eq!(pick("a", kind).direction, direction);
        }
    }

    fn encrypting() -> Job {
        Job::Encrypt(EncryptOptions::default())
    }

    #[test]
    fn names_of_what_comes_out() {
        let name = |name, job| pick(name, Kind::Other).prepare(job, None).1;
        let opening = || Job::Decrypt(DecryptOptions::default());
        assert_eq!(name("photo.raw", encrypting()), "photo.raw.esdk");
        assert_eq!(name("photo.raw.esdk", opening()), "photo.raw");
        assert_eq!(name("photo", opening()), "photo.decrypted");
        assert_eq!(name(".esdk", opening()), ".esdk.decrypted");
    }

    #[test]
    fn a_name_that_is_hidden_travels_inside() {
        let picked = pick("letters/may.txt", Kind::Other);
        assert_eq!(picked.name, "may.txt");
        let (Job::Encrypt(options), name) = picked.prepare(encrypting(), Some("sealed-1".into())) else {
            panic!()
        };
        assert_eq!((options.pack, name.as_str()), (vec!["letters/may.txt".to_owned()], "sealed-1.esdk"));
        let (Job::Encrypt(options), _) = picked.prepare(encrypting(), None) else { panic!() };
        assert_eq!(options.pack, Vec::<String>::new());
    }

    #[test]
    fn a_job_from_its_beginning_to_its_end() {
        let desk = run(vec![
            Act::Pick(vec![pick("a", Kind::Other)]),
            Act::Begin(0.0, pick("a", Kind::Other)),
            Act::Progress(500.0, 400, 1000),
            Act::End(ended(Ok("out"))),
        ]);
        let Desk::Done { picked, ended } = desk else { panic!("not done") };
        assert_eq!(picked.name, "a");
        assert_eq!(ended.result, Ok("out"));
        assert!(ended.data_key.is_some());
    }

    #[test]
    fn nothing_but_the_job_itself_changes_a_desk_at_work() {
        let desk = run(vec![
            Act::Pick(vec![pick("a", Kind::Other)]),
            Act::Begin(0.0, pick("a", Kind::Other)),
            Act::Pick(vec![pick("b", Kind::Other)]),
            Act::Turn(Direction::Decrypt),
            Act::Clear,
            Act::Again,
        ]);
        let Desk::Working { picked, gait, .. } = &desk else { panic!("not at work") };
        assert_eq!((picked.name.as_str(), picked.direction, *gait), ("a", Direction::Encrypt, Gait::Going));
        let gait = |orders: &[Order]| match orders
            .iter()
            .fold(desk.clone(), |desk, order| desk.after(Act::Order(1.0, *order)))
        {
            Desk::Working { gait, .. } => gait,
            _ => panic!("not at work"),
        };
        assert_eq!(gait(&[Order::Pause(true)]), Gait::Paused);
        assert_eq!(gait(&[Order::Pause(true), Order::Pause(false)]), Gait::Going);
        assert_eq!(gait(&[Order::Pause(true), Order::Stop, Order::Pause(false)]), Gait::Stopping);
    }

    #[test]
    fn several_files_are_a_queue_that_more_can_join() {
        let many = |count| Act::Pick(vec![pick("a", Kind::Other); count]);
        assert_eq!(run(vec![many(0)]), Desk::Empty);
        assert!(matches!(run(vec![many(1)]), Desk::Chosen(_)));
        let Desk::Many(queue) = run(vec![many(2), many(1)]) else { panic!("no queue") };
        assert_eq!(queue.entries.len(), 3);
        let under_way = run(vec![many(1), Act::Begin(0.0, pick("a", Kind::Other)), many(2)]);
        assert!(matches!(under_way, Desk::Working { .. }));
    }

    #[test]
    fn a_late_word_from_a_job_is_not_heard() {
        let late = || Act::End(ended(Ok("late")));
        assert_eq!(run(vec![late()]), Desk::Empty);
        let chosen = run(vec![Act::Pick(vec![pick("a", Kind::Other)]), Act::Progress(1.0, 1, 1), late()]);
        assert!(matches!(chosen, Desk::Chosen(_)));
    }

    #[test]
    fn the_data_key_is_gone_with_the_job_it_belongs_to() {
        let done = || {
            run(vec![
                Act::Pick(vec![pick("a", Kind::Other)]),
                Act::Begin(0.0, pick("a", Kind::Other)),
                Act::End(ended(Err(cancelled()))),
            ])
        };
        let Desk::Done { ended, .. } = done() else { panic!("not done") };
        let key = Rc::downgrade(ended.data_key.as_ref().unwrap());
        drop(ended);
        assert!(key.upgrade().is_none());
        for act in [
            Act::Again,
            Act::Clear,
            Act::Begin(9.0, pick("a", Kind::Other)),
            Act::Pick(vec![pick("b", Kind::Other)]),
        ] {
            assert!(!matches!(done().after(act), Desk::Done { .. }));
        }
    }
}
