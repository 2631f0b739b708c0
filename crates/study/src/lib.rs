#![doc = include_str!("../README.md")]

mod agree;
pub mod exam;
mod lesson;
mod skill;
mod text;

pub use agree::{OBJECTIVES, course_problems, problems};
pub use lesson::{Kind, Lab, Lesson, Mistake, Objective, Offer, Question, Source, Step, Trial};
pub use skill::skill;
pub use text::{LabText, Predict, QuestionText, Ready, StepText, Text, in_words};
