#![doc = include_str!("../README.md")]

mod agree;
mod lesson;
mod text;

pub use agree::{OBJECTIVES, course_problems, problems};
pub use lesson::{Kind, Lab, Lesson, Mistake, Objective, Offer, Question, Source, Step, Trial};
pub use text::{LabText, Predict, QuestionText, Ready, StepText, Text, in_words};
