//! What is on the file page's desk: one file, from choosing it to the end of its job.

use std::rc::Rc;

use waxseal_api::{Failure, job::JobReport, types::EncryptionContext};
use yew::Reducible;

use super::{pace::Pace, recognise::Kind};
use crate::{bytes::WatchedKey, flow::Story};

/// What to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Make an encrypted file of it.
    Encrypt,
    /// Get back the file that it was.
    Decrypt,
}

/// A file that was chosen. `F` is the browser's handle on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picked<F> {
    /// The handle.
    pub(crate) file: F,
    /// Its name.
    pub(crate) name: String,
    /// Its length in bytes.
    pub(crate) length: u64,
    /// What it looks like.
    pub(crate) kind: Kind,
    /// What is to be done with it.
    pub(crate) direction: Direction,
}

/// How a job ended. `B` is the browser's handle on what came out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ended<B> {
    /// What came out, or why nothing did.
    pub(crate) result: Result<B, Failure>,
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
    /// A file that is being worked on.
    Working {
        /// Which.
        picked: Picked<F>,
        /// How it goes.
        pace: Pace,
        /// Whether it has been asked to stop.
        stopping: bool,
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
    /// A file was chosen.
    Pick(Picked<F>),
    /// Something else is to be done with it.
    Turn(Direction),
    /// A job has begun.
    Begin(f64),
    /// A job goes on.
    Progress(f64, u64, u64),
    /// The job was asked to stop.
    Stop,
    /// A job has ended.
    End(Ended<B>),
    /// The same file once more.
    Again,
    /// Away with it.
    Clear,
}

impl<F> Picked<F> {
    /// A file, with what is most likely to be done with it.
    pub(crate) fn new(file: F, name: String, length: u64, kind: Kind) -> Self {
        let direction = match kind {
            Kind::Other => Direction::Encrypt,
            Kind::Message | Kind::Base64Message => Direction::Decrypt,
        };
        Self { file, name, length, kind, direction }
    }

    /// The name for what comes out.
    pub(crate) fn output_name(&self) -> String {
        match (self.direction, self.name.strip_suffix(EXTENSION)) {
            (Direction::Encrypt, _) => format!("{}{EXTENSION}", self.name),
            (Direction::Decrypt, Some(name)) if !name.is_empty() => name.to_owned(),
            (Direction::Decrypt, _) => format!("{}.decrypted", self.name),
        }
    }
}

/// What the names of encrypted files end in.
const EXTENSION: &str = ".esdk";

impl<B> Ended<B> {
    /// From what the worker reports.
    pub(crate) fn new(result: Result<B, Failure>, report: JobReport, data_key: Option<WatchedKey>) -> Self {
        Self {
            story: Rc::new(Story::new(&report.trace, result.as_ref().err())),
            result,
            saved: false,
            context: report.context,
            output_length: report.output_length,
            data_key: data_key.map(Rc::new),
        }
    }
}

impl<F, B> Desk<F, B> {
    /// The file on it.
    pub(crate) fn picked(&self) -> Option<&Picked<F>> {
        match self {
            Self::Empty => None,
            Self::Chosen(picked) | Self::Working { picked, .. } | Self::Done { picked, .. } => Some(picked),
        }
    }

    /// What it is after something has happened. While a job is under way, only the job changes it.
    pub(crate) fn after(self, act: Act<F, B>) -> Self {
        match (self, act) {
            (Self::Working { picked, pace, stopping }, act) => match act {
                Act::Progress(now, done, total) => {
                    Self::Working { picked, pace: pace.at(now, done, total), stopping }
                }
                Act::Stop => Self::Working { picked, pace, stopping: true },
                Act::End(ended) => Self::Done { picked, ended },
                _ => Self::Working { picked, pace, stopping },
            },
            (_, Act::Pick(picked)) => Self::Chosen(picked),
            (Self::Chosen(picked), Act::Turn(direction)) => Self::Chosen(Picked { direction, ..picked }),
            (Self::Chosen(picked) | Self::Done { picked, .. }, Act::Begin(now)) => {
                Self::Working { pace: Pace::new(now, picked.length), picked, stopping: false }
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
    use waxseal_api::{LocalError, LocalErrorCode};

    use super::*;

    type Test = Desk<(), &'static str>;

    fn pick(name: &str, kind: Kind) -> Picked<()> {
        Picked::new((), name.to_owned(), 1000, kind)
    }

    fn ended(result: Result<&'static str, Failure>) -> Ended<&'static str> {
        let report = JobReport {
            trace: Default::default(),
            context: Default::default(),
            input_length: 1000,
            output_length: 1,
        };
        Ended::new(result, report, Some(WatchedKey::from_bytes(&[7; 32])))
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

    #[test]
    fn names_of_what_comes_out() {
        let name = |name, direction| Picked { direction, ..pick(name, Kind::Other) }.output_name();
        assert_eq!(name("photo.raw", Direction::Encrypt), "photo.raw.esdk");
        assert_eq!(name("photo.raw.esdk", Direction::Decrypt), "photo.raw");
        assert_eq!(name("photo", Direction::Decrypt), "photo.decrypted");
        assert_eq!(name(".esdk", Direction::Decrypt), ".esdk.decrypted");
    }

    #[test]
    fn a_job_from_its_beginning_to_its_end() {
        let desk = run(vec![
            Act::Pick(pick("a", Kind::Other)),
            Act::Begin(0.0),
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
            Act::Pick(pick("a", Kind::Other)),
            Act::Begin(0.0),
            Act::Pick(pick("b", Kind::Other)),
            Act::Turn(Direction::Decrypt),
            Act::Clear,
            Act::Again,
        ]);
        let Desk::Working { picked, stopping, .. } = &desk else { panic!("not at work") };
        assert_eq!((picked.name.as_str(), picked.direction, *stopping), ("a", Direction::Encrypt, false));
        assert!(matches!(desk.after(Act::Stop), Desk::Working { stopping: true, .. }));
    }

    #[test]
    fn a_late_word_from_a_job_is_not_heard() {
        let late = || Act::End(ended(Ok("late")));
        assert_eq!(run(vec![late()]), Desk::Empty);
        let chosen = run(vec![Act::Pick(pick("a", Kind::Other)), Act::Progress(1.0, 1, 1), late()]);
        assert!(matches!(chosen, Desk::Chosen(_)));
    }

    #[test]
    fn the_data_key_is_gone_with_the_job_it_belongs_to() {
        let done = || {
            run(vec![Act::Pick(pick("a", Kind::Other)), Act::Begin(0.0), Act::End(ended(Err(cancelled())))])
        };
        let Desk::Done { ended, .. } = done() else { panic!("not done") };
        let key = Rc::downgrade(ended.data_key.as_ref().unwrap());
        drop(ended);
        assert!(key.upgrade().is_none());
        for act in [Act::Again, Act::Clear, Act::Begin(9.0), Act::Pick(pick("b", Kind::Other))] {
            assert!(!matches!(done().after(act), Desk::Done { .. }));
        }
    }
}
