//! What somebody has done in the course, and what they know by it. There is no clock in here: whoever asks says what time it is.

mod card;
mod file;
mod plan;
mod standing;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waxseal_api::Timestamp;

pub use self::{
    card::{Card, Grade, RETENTION},
    file::{Contents, FORMAT, ImportError, LONGEST, VERSION},
    plan::{Day, Study},
    standing::{Counts, LessonStanding, Need, SOLID_DAYS, Standing},
};
use crate::{Index, exam::Score};

/// What was done. Things are named as the course names them; what an [`Index`] does not know is kept and counts for nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The steps that were read and tried, by `lesson/step`.
    pub steps: BTreeMap<String, StepDone>,
    /// The labs that came to an end.
    pub labs: BTreeMap<String, LabDone>,
    /// The questions that were answered.
    pub questions: BTreeMap<String, Answered>,
    /// The mock exams, oldest first.
    pub exams: Vec<Exam>,
    /// How well each objective is remembered that was put to the test.
    pub objectives: BTreeMap<String, Card>,
    /// When the exam is.
    pub exam: Option<Timestamp>,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDone {
    /// When it was done first.
    pub at: Timestamp,
    /// Whether what was predicted the first time turned out right, if something was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicted: Option<bool>,
}

/// A lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabDone {
    /// When it came to its end last.
    pub at: Timestamp,
    /// How many hints were taken then.
    pub hints: u8,
    /// Whether a solution was shown then.
    pub shown: bool,
    /// When it was last solved without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solved: Option<Timestamp>,
}

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// When it was answered last.
    pub at: Timestamp,
    /// Whether that was right.
    pub right: bool,
    /// How often it was answered.
    pub times: u32,
}

/// A mock exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exam {
    /// When it ended.
    pub at: Timestamp,
    /// Over all.
    pub total: Score,
    /// By skill of DVA-C02; a question counts for each skill of its objectives.
    pub skills: BTreeMap<String, Score>,
}

/// Something that was done and counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// A step was read, and tried where there was something to try.
    Step {
        /// The lesson's slug.
        lesson: String,
        /// The step.
        step: String,
        /// Whether what was predicted turned out right, if something was.
        predicted: Option<bool>,
    },
    /// A lab came to its end: solved, or played by its solution. To be told once each time: when it turns solved, not when a
    /// solved one is seen again.
    Lab {
        /// The lab.
        lab: String,
        /// How many hints were taken.
        hints: u8,
        /// Whether a solution was shown.
        shown: bool,
    },
    /// A question was answered.
    Question {
        /// The question.
        question: String,
        /// Whether right.
        right: bool,
    },
    /// A mock exam ended.
    Exam {
        /// Its questions, each with whether it was answered right.
        answers: Vec<(String, bool)>,
    },
    /// The date of the exam was set, or it was decided that there is none.
    Date(Option<Timestamp>),
}

impl Progress {
    /// Takes down what was done.
    pub fn record(&mut self, deed: &Deed, now: Timestamp, index: &Index) {
        match deed {
            Deed::Step { lesson, step, predicted } => {
                let done = StepDone { at: now, predicted: *predicted };
                self.steps.entry(format!("{lesson}/{step}")).or_insert(done);
            }
            Deed::Lab { lab, hints, shown } => self.lab(lab, *hints, *shown, now, index),
            Deed::Question { question, right } => self.question(question, *right, now, index),
            Deed::Exam { answers } => self.exam(answers, now, index),
            Deed::Date(exam) => self.exam = *exam,
        }
    }

    fn lab(&mut self, lab: &str, hints: u8, shown: bool, now: Timestamp, index: &Index) {
        let before = self.labs.get(lab).and_then(|done| done.solved);
        let solved = if shown { before } else { Some(now) };
        self.labs.insert(lab.to_owned(), LabDone { at: now, hints, shown, solved });
        for objective in index.of_lab(lab) {
            self.grade(objective, lab_grade(hints, shown, before, now), now);
        }
    }

    fn question(&mut self, question: &str, right: bool, now: Timestamp, index: &Index) {
        let times = self.questions.get(question).map_or(0, |answered| answered.times).saturating_add(1);
        self.questions.insert(question.to_owned(), Answered { at: now, right, times });
        for objective in index.of_question(question) {
            self.grade(objective, if right { Grade::Good } else { Grade::Again }, now);
        }
    }

    fn exam(&mut self, answers: &[(String, bool)], now: Timestamp, index: &Index) {
        let mut exam = Exam { at: now, total: Score::default(), skills: BTreeMap::new() };
        for (question, right) in answers {
            self.question(question, *right, now, index);
            exam.total.count(*right);
            let aims = index.of_question(question).iter().filter_map(|id| index.objective(id));
            let mut skills: Vec<&String> = aims.flat_map(|(_, aim)| &aim.skills).collect();
            skills.sort_unstable();
            skills.dedup();
            skills.into_iter().for_each(|skill| exam.skills.entry(skill.clone()).or_default().count(*right));
        }
        self.exams.push(exam);
    }

    fn grade(&mut self, objective: &str, grade: Grade, now: Timestamp) {
        let card = self.objectives.get(objective);
        let card = card.map_or_else(|| Card::first(grade, now), |card| card.then(grade, now));
        self.objectives.insert(objective.to_owned(), card);
    }
}

/// What a lab says of its objectives. Solved without help it is as good as a right answer. Solved without help once more on
/// a later day it is more than that, since nothing is offered there to choose from.
fn lab_grade(hints: u8, shown: bool, before: Option<Timestamp>, now: Timestamp) -> Grade {
    let later = before.is_some_and(|before| now >= card::due_in(before, 1));
    match (shown, hints, later) {
        (true, _, _) => Grade::Again,
        (false, 1.., _) => Grade::Hard,
        (false, 0, true) => Grade::Easy,
        (false, 0, false) => Grade::Good,
    }
}

#[cfg(test)]
mod tests;
