#![doc = include_str!("../README.md")]

mod agree;
pub mod author;
pub mod exam;
mod guide;
mod index;
mod lesson;
mod minutes;
pub mod progress;
mod rehearsal;
pub mod review;
mod skill;
mod text;
mod verdict;
pub mod words;

pub use agree::{OBJECTIVES, course_problems, lab_problems, problems};
pub use guide::{Door, Ending, Guide, Look, Station};
pub use index::{Aim, Entry, Index, Part};
pub use lesson::{Kind, Lab, Lesson, Mistake, Objective, Offer, Question, Source, Step, Trial};
pub use minutes::Minutes;
pub use rehearsal::{End, Rehearsal};
pub use skill::skill;
pub use text::{LabText, Predict, QuestionText, Ready, StepText, Text, pieces};
pub use verdict::{Verdict, sandbox_of_lab};
