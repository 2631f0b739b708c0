//! What the course has, without what it says: enough to tell what somebody knows of it and what to do next.

use serde::{Deserialize, Serialize};

use crate::{Lesson, Minutes, Text};

/// The whole course.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Index {
    /// Its lessons, in order.
    pub lessons: Vec<Entry>,
}

/// A lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// From 1 to 12.
    pub number: u8,
    /// Its name in addresses.
    pub slug: String,
    /// How long it takes, with labs and questions.
    pub minutes: usize,
    /// Its title, as its text has it.
    pub title: String,
    /// The language of its texts, if it is not that of the index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What one can do after it.
    pub objectives: Vec<Aim>,
    /// Its screens, in order.
    pub steps: Vec<Part>,
    /// Its labs.
    pub labs: Vec<Part>,
    /// Its questions.
    pub questions: Vec<Part>,
}

/// An objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aim {
    /// `4.1`
    pub id: String,
    /// What one can do then, as the text has it.
    pub text: String,
    /// The skills of DVA-C02 that it belongs to.
    pub skills: Vec<String>,
}

/// A step, a lab or a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in addresses.
    pub id: String,
    /// Its title, as the text has it; a question has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it is about.
    pub objectives: Vec<String>,
}

impl Index {
    /// Of lessons and their texts.
    pub fn of(lessons: &[(Lesson, Text)]) -> Self {
        Self { lessons: lessons.iter().map(|(lesson, text)| entry(lesson, text)).collect() }
    }

    /// An objective and its lesson.
    pub fn objective(&self, id: &str) -> Option<(&Entry, &Aim)> {
        self.objectives().find(|(_, aim)| aim.id == id)
    }

    /// All objectives, each with its lesson.
    pub fn objectives(&self) -> impl Iterator<Item = (&Entry, &Aim)> {
        self.lessons.iter().flat_map(|lesson| lesson.objectives.iter().map(move |aim| (lesson, aim)))
    }

    /// The questions about an objective.
    pub fn questions(&self, objective: &str) -> impl Iterator<Item = &Part> {
        self.lessons.iter().flat_map(|it| &it.questions).filter(move |it| it.is_about(objective))
    }

    /// All labs.
    pub fn labs(&self) -> impl Iterator<Item = &Part> {
        self.lessons.iter().flat_map(|lesson| &lesson.labs)
    }

    /// What a lab is about, if it is there.
    pub(crate) fn of_lab(&self, id: &str) -> &[String] {
        about(self.labs(), id)
    }

    /// What a question is about, if it is there.
    pub(crate) fn of_question(&self, id: &str) -> &[String] {
        about(self.lessons.iter().flat_map(|lesson| &lesson.questions), id)
    }
}

fn about<'a>(mut parts: impl Iterator<Item = &'a Part>, id: &str) -> &'a [String] {
    parts.find(|part| part.id == id).map_or(&[], |part| &part.objectives)
}

impl Part {
    /// Whether it is about an objective.
    pub fn is_about(&self, objective: &str) -> bool {
        self.objectives.iter().any(|id| id == objective)
    }
}

fn entry(lesson: &Lesson, text: &Text) -> Entry {
    let part = |id: &String, title: Option<&String>, objectives: &Vec<String>| Part {
        id: id.clone(),
        title: title.cloned().unwrap_or_default(),
        objectives: objectives.clone(),
    };
    let aims = lesson.objectives.iter().map(|it| Aim {
        id: it.id.clone(),
        text: text.objectives.get(&it.id).cloned().unwrap_or_default(),
        skills: it.skills.clone(),
    });
    let steps = lesson.steps.iter();
    let labs = lesson.labs.iter();
    let minutes = Minutes::of(lesson, text);
    Entry {
        number: lesson.number,
        slug: lesson.slug.clone(),
        minutes: minutes.steps + minutes.practice,
        title: text.title.clone(),
        language: None,
        objectives: aims.collect(),
        steps: steps
            .map(|it| part(&it.id, text.steps.get(&it.id).map(|it| &it.title), &it.objectives))
            .collect(),
        labs: labs
            .map(|it| part(&it.id, text.labs.get(&it.id).map(|it| &it.title), &it.objectives))
            .collect(),
        questions: lesson.questions.iter().map(|it| part(&it.id, None, &it.objectives)).collect(),
    }
}
