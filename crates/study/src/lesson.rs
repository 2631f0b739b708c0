//! What happens in a lesson.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waxseal_api::sandbox::{Experiment, Start};

use crate::words::Word;

/// A lesson. What it says stands in its [`Text`](crate::Text).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// From 1 to 12.
    pub number: u8,
    /// Its name in addresses: `envelope-encryption`.
    pub slug: String,
    /// What one can do after it.
    #[serde(rename = "objective")]
    pub objectives: Vec<Objective>,
    /// Its screens, in order; one idea each.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// What is done by hand.
    #[serde(rename = "lab")]
    pub labs: Vec<Lab>,
    /// What an exam would ask.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
    /// Where facts are from that no engine knows.
    #[serde(rename = "source", default)]
    pub sources: Vec<Source>,
}

/// What one can do or knows after a lesson.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// `4.1`
    pub id: String,
    /// The skills of DVA-C02 that it belongs to: `2.2.3`.
    pub skills: Vec<String>,
}

/// A screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name in addresses, unique in its lesson: `two-copies`.
    pub id: String,
    /// What it is about.
    pub objectives: Vec<String>,
    /// What is run on the spot.
    #[serde(rename = "try")]
    pub trial: Option<Trial>,
    /// Which answer to the question that is asked before it is run turns out to be right, counted from 0.
    pub predict: Option<usize>,
    /// The lab that it leads to. One that no step names follows the last step about it: see [`Lesson::labs_after`].
    pub lab: Option<String>,
    /// The question that it ends with, likewise.
    pub question: Option<String>,
}

/// Something to be run, and what must be seen then: the facts that the text states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// In what.
    #[serde(default = "empty")]
    pub start: Start,
    /// What is done before, unseen.
    #[serde(default)]
    pub prepare: String,
    /// What is done.
    pub script: String,
    /// What must hold then.
    pub shows: Vec<String>,
}

impl Trial {
    /// As the sandbox runs it.
    pub fn experiment(&self) -> Experiment {
        let Self { start, prepare, script, shows } = self.clone();
        Experiment { start, prepare, script, checks: shows }
    }
}

fn empty() -> Start {
    Start::Empty
}

/// Something to be done by hand, in a sandbox of its own. It is judged by what there is and by what was done, never by what
/// was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lab {
    /// Its name in addresses, unique in the course.
    pub id: String,
    /// What it is about.
    pub objectives: Vec<String>,
    /// With what it begins.
    #[serde(default = "empty")]
    pub start: Start,
    /// A script that has run then, too.
    #[serde(default)]
    pub prepare: String,
    /// What must hold in the end, each of them.
    pub goals: Vec<String>,
    /// What must not; the first that holds is told.
    #[serde(rename = "mistake", default)]
    pub mistakes: Vec<Mistake>,
    /// A script that does it.
    pub solution: String,
    /// Scripts that do it in other ways.
    pub routes: Vec<String>,
}

/// How it goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// Its name in the text.
    pub name: String,
    /// How it is seen.
    pub when: String,
    /// A script that makes it.
    pub script: String,
}

/// A question, and the proof of its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Unique in the course.
    pub id: String,
    /// What it is about.
    pub objectives: Vec<String>,
    /// What kind of answer it has.
    pub kind: Kind,
    /// In what the proof begins.
    #[serde(default = "empty")]
    pub start: Start,
    /// What is done before, unseen.
    #[serde(default)]
    pub prepare: String,
    /// What is done before each option's own script.
    #[serde(default)]
    pub script: String,
    /// For [`Kind::Order`]: what holds after the options' scripts in the right order, and in no other that differs in two
    /// neighbours.
    #[serde(default)]
    pub shows: String,
    /// The options, in the order of the text; those of [`Kind::Order`] in the right order.
    #[serde(rename = "option")]
    pub options: Vec<Offer>,
}

/// What kind of answer a question has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One option is right.
    Single,
    /// Several are, at least two.
    Multiple,
    /// All are, in this order.
    Order,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Whether it is right.
    #[serde(default)]
    pub right: bool,
    /// What is done to find out, if that is something of its own.
    #[serde(default)]
    pub script: String,
    /// What would hold if it were right. It holds if and only if it is.
    #[serde(default)]
    pub shows: String,
}

impl Lesson {
    /// The labs that a step leads to.
    pub fn labs_after<'a>(&'a self, step: &Step) -> impl Iterator<Item = &'a Lab> {
        self.labs.iter().filter(|it| self.leads(step, |step| step.lab.as_deref(), &it.id, &it.objectives))
    }

    /// The questions that a step leads to, with their places, from 0.
    pub fn questions_after<'a>(&'a self, step: &Step) -> impl Iterator<Item = (usize, &'a Question)> {
        let all = self.questions.iter().enumerate();
        all.filter(|(_, it)| self.leads(step, |step| step.question.as_deref(), &it.id, &it.objectives))
    }

    /// Whether a step leads to something: it names it, or no step does and it is the last one about the first objective of it.
    fn leads(
        &self,
        step: &Step,
        named: impl Fn(&Step) -> Option<&str>,
        id: &str,
        objectives: &[String],
    ) -> bool {
        if self.steps.iter().any(|it| named(it) == Some(id)) {
            return named(step) == Some(id);
        }
        let about = |it: &&Step| objectives.first().is_some_and(|first| it.objectives.contains(first));
        self.steps.iter().rev().find(about).is_some_and(|it| it.id == step.id)
    }
}

impl Question {
    /// What says how it is to be answered. As in the exam, it says how many options are right.
    pub fn instruction(&self) -> Word {
        let right = self.options.iter().filter(|option| option.right).count();
        match (self.kind, right) {
            (Kind::Single, _) => Word::QuestionOne,
            (Kind::Multiple, 2) => Word::QuestionTwo,
            (Kind::Multiple, 3) => Word::QuestionThree,
            (Kind::Multiple, _) => Word::QuestionSeveral,
            (Kind::Order, _) => Word::QuestionOrder,
        }
    }

    /// Whether an answer is as much as is asked for.
    pub fn is_whole(&self, answer: &[usize]) -> bool {
        match self.kind {
            Kind::Multiple => answer.len() == self.options.iter().filter(|option| option.right).count(),
            Kind::Single | Kind::Order => !answer.is_empty(),
        }
    }

    /// How an option is tried.
    pub fn experiment(&self, option: &Offer) -> Experiment {
        let script = format!("{}\n{}", self.script.trim_end(), option.script);
        let checks = vec![option.shows.clone()];
        Experiment { start: self.start, prepare: self.prepare.clone(), script, checks }
    }

    /// How an order of the options is tried, by their indexes.
    pub fn in_order(&self, order: &[usize]) -> Experiment {
        let cards = order.iter().filter_map(|at| self.options.get(*at)).map(|option| &*option.script);
        let script: Vec<&str> = [self.script.trim_end()].into_iter().chain(cards).collect();
        let (prepare, checks) = (self.prepare.clone(), vec![self.shows.clone()]);
        Experiment { start: self.start, prepare, script: script.join("\n"), checks }
    }
}

/// Where a fact is from, and when somebody looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it says, in a few words.
    pub fact: String,
    /// The page.
    pub url: String,
    /// `2026-11`
    pub checked: String,
}

/// By name, in order.
pub(crate) type Named<T> = BTreeMap<String, T>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_step_names_follows_the_last_step_about_it() {
        let step = |id: &str, about: &str, names: &str| {
            format!("[[step]]\nid = \"{id}\"\nobjectives = [\"{about}\"]\n{names}\n")
        };
        let lab = |id: &str| {
            format!(
                "[[lab]]\nid = \"{id}\"\nobjectives = [\"1.1\"]\ngoals = []\nsolution = \"\"\nroutes = []\n"
            )
        };
        let question = |id: &str, about: &str| {
            format!("[[question]]\nid = \"{id}\"\nobjectives = [{about}]\nkind = \"single\"\noption = []\n")
        };
        let lesson: Lesson = toml::from_str(
            &[
                "number = 1\nslug = \"l\"\nobjective = []\n".to_owned(),
                step("one", "1.1", "lab = \"named\"\nquestion = \"p\""),
                step("two", "1.1", ""),
                step("three", "1.2", "question = \"q\""),
                lab("named"),
                lab("other"),
                question("p", "\"1.2\""),
                question("q", "\"1.1\""),
                question("r", "\"1.1\", \"1.2\""),
                question("s", "\"1.3\""),
            ]
            .concat(),
        )
        .unwrap();
        let after = |step: &Step| {
            let labs: Vec<&str> = lesson.labs_after(step).map(|it| &*it.id).collect();
            let questions: Vec<usize> = lesson.questions_after(step).map(|(at, _)| at).collect();
            (labs, questions)
        };
        let all: Vec<_> = lesson.steps.iter().map(after).collect();
        assert_eq!(all, [(vec!["named"], vec![0]), (vec!["other"], vec![2]), (vec![], vec![1])]);
    }

    #[test]
    fn an_answer_is_whole_when_it_has_as_many_options_as_are_right() {
        let question = |kind: &str, right: [bool; 3]| -> Question {
            let options = right.map(|right| format!("[[option]]\nright = {right}\n"));
            toml::from_str(&format!("id = \"q\"\nobjectives = []\nkind = \"{kind}\"\n{}", options.concat()))
                .unwrap()
        };
        let two = question("multiple", [true, false, true]);
        assert_eq!(
            [&[][..], &[1], &[0, 1], &[0, 1, 2]].map(|answer| two.is_whole(answer)),
            [false, false, true, false]
        );
        let one = question("single", [true, false, false]);
        assert_eq!([&[][..], &[1]].map(|answer| one.is_whole(answer)), [false, true]);
        assert!(question("order", [false; 3]).is_whole(&[2, 1, 0]));
    }
}
