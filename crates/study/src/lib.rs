//! The course, as data. A lesson has two files: what happens in it, the same in all languages ([`Lesson`]), and what it says
//! ([`Text`]), one for each language. `docs/lessons.md` tells how to write them.
//!
//! Nothing here calls the service: scripts and checks are run by a sandbox, and a lab is judged by what has come of it.

mod agree;
mod lesson;
mod text;

pub use agree::{OBJECTIVES, course_problems, problems};
pub use lesson::{Kind, Lab, Lesson, Mistake, Objective, Offer, Question, Source, Step, Trial};
pub use text::{LabText, Predict, QuestionText, StepText, Text};
