#![doc = include_str!("../README.md")]

mod agree;
pub mod exam;
mod guide;
mod index;
mod lesson;
pub mod progress;
pub mod review;
mod skill;
mod text;
mod verdict;

pub use agree::{OBJECTIVES, course_problems, problems};
pub use guide::{Door, Ending, Guide, Look, Station};
pub use index::{Aim, Entry, Index, Part};
pub use lesson::{Kind, Lab, Lesson, Mistake, Objective, Offer, Question, Source, Step, Trial};
pub use skill::skill;
pub use text::{LabText, Predict, QuestionText, Ready, StepText, Text, in_words, pieces};
pub use verdict::Verdict;
