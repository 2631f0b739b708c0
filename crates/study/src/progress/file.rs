//! The file of progress: `docs/progress-file.md`. What a browser keeps is the same text.

use serde::{Deserialize, Serialize};
use waxseal_api::Timestamp;

use super::Progress;

/// What such a file says that it is.
pub const FORMAT: &str = "waxseal-progress";
/// The version that is written.
pub const VERSION: u64 = 1;
/// The longest file that is read, in bytes. A course that was done ten times over is a tenth of it.
pub const LONGEST: usize = 4 * 1024 * 1024;
/// The end of the year 9999, in milliseconds: no point in time is later.
const LATEST: i64 = 253_402_300_799_999;

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// It is something else.
    #[error(
        "This is not a file of progress. Choose the file that “Save a copy” has made; its name begins with waxseal-progress."
    )]
    NotProgress,
    /// A later version of this software has written it.
    #[error(
        "This file has version {0} of the format, and this page knows only version {VERSION}. Load the page again to get a \
         newer one, or import the file where it was made."
    )]
    Newer(u64),
    /// It is not whole, or was changed.
    #[error("This file is damaged: {0}. Use another copy of it.")]
    Damaged(String),
    /// It is longer than any that this software writes.
    #[error(
        "This file is longer than 4 MiB, which no file of progress is. Choose the file that “Save a copy” has made."
    )]
    TooLong,
}

/// What is in a file, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Contents {
    /// Steps that were done.
    pub steps: usize,
    /// Labs that were solved.
    pub labs: usize,
    /// Questions that were answered.
    pub questions: usize,
    /// Mock exams.
    pub exams: usize,
    /// When something was done last.
    pub last: Option<Timestamp>,
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u64,
    progress: &'a Progress,
}

/// What any version of the file has.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

#[derive(Deserialize)]
struct Body {
    progress: Progress,
}

impl Progress {
    /// As it is written.
    pub fn to_text(&self) -> String {
        // Maps with names for keys and numbers that are no NaN can always be written.
        serde_json::to_string(&Written { format: FORMAT, version: VERSION, progress: self })
            .unwrap_or_default()
    }

    /// Reads what was written, all of it or nothing.
    pub fn from_text(text: &str) -> Result<Self, ImportError> {
        if text.len() > LONGEST {
            return Err(ImportError::TooLong);
        }
        let damaged = |error: serde_json::Error| ImportError::Damaged(error.to_string());
        let head: Head = serde_json::from_str(text).map_err(|error| match text.contains(FORMAT) {
            true => damaged(error),
            false => ImportError::NotProgress,
        })?;
        match head {
            Head { format, .. } if format != FORMAT => Err(ImportError::NotProgress),
            Head { version, .. } if version > VERSION => Err(ImportError::Newer(version)),
            Head { version: 0, .. } => Err(ImportError::Damaged("there is no version 0".to_owned())),
            Head { .. } => serde_json::from_str::<Body>(text).map_err(damaged)?.progress.sound(),
        }
    }

    /// What there is, in numbers.
    pub fn contents(&self) -> Contents {
        Contents {
            steps: self.steps.len(),
            labs: self.labs.values().filter(|done| done.solved.is_some()).count(),
            questions: self.questions.len(),
            exams: self.exams.len(),
            last: self.times().max(),
        }
    }

    /// When things were done.
    fn times(&self) -> impl Iterator<Item = Timestamp> {
        let steps = self.steps.values().map(|it| it.at);
        let labs = self.labs.values().map(|it| it.at);
        let questions = self.questions.values().map(|it| it.at);
        let cards = self.objectives.values().map(|it| it.last);
        steps.chain(labs).chain(questions).chain(cards).chain(self.exams.iter().map(|it| it.at))
    }

    /// Itself, if it can have come about.
    fn sound(self) -> Result<Self, ImportError> {
        let damaged = |what: String| Err(ImportError::Damaged(what));
        if let Some((id, _)) = self.objectives.iter().find(|(_, card)| !card.is_sound()) {
            return damaged(format!("the numbers of objective {id} are out of their bounds"));
        }
        let solved = self.labs.values().filter_map(|it| it.solved);
        if self.times().chain(solved).chain(self.exam).any(|it| !(0..=LATEST).contains(&it.as_millis())) {
            return damaged("a point in time is out of its bounds".to_owned());
        }
        let scores =
            |exam: &super::Exam| exam.skills.values().chain([&exam.total]).any(|it| it.right > it.of);
        if self.exams.iter().any(scores) {
            return damaged("more answers are right than were given".to_owned());
        }
        Ok(self)
    }
}
