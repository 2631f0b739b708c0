//! Making a lab: what somebody has written of it so far, what it becomes, and what its files say.

mod emit;
mod suggest;
#[cfg(test)]
mod tests;

use serde::Serialize;
use serde_json::Value;
use waxseal_api::sandbox::Start;

use crate::{Lab, LabText, Mistake, lab_problems};

pub use self::suggest::suggested;

/// A lab in the making. Whatever is not written yet is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Draft {
    /// Its name in addresses.
    pub id: String,
    /// What it is about: IDs of objectives, between spaces.
    pub objectives: String,
    /// With what it begins.
    pub start: Start,
    /// A script that has run then, too.
    pub prepare: String,
    /// A script that does it.
    pub solution: String,
    /// A script that does it in another way.
    pub route: String,
    /// What must hold in the end.
    pub goals: Vec<Goal>,
    /// How it goes wrong.
    pub mistakes: Vec<Slip>,
    /// Its title.
    pub title: String,
    /// What is to be done.
    pub task: String,
    /// Each says more than the one before.
    pub hints: [String; 3],
    /// What to notice in the end.
    pub notice: String,
}

/// What must hold in the end.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Goal {
    /// In JMESPath.
    pub check: String,
    /// In words.
    pub words: String,
}

/// How it goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Slip {
    /// Its name.
    pub name: String,
    /// How it is seen, in JMESPath.
    pub when: String,
    /// A script that makes it.
    pub script: String,
    /// What has gone wrong, and what to do.
    pub words: String,
}

impl Draft {
    /// One that was kept as JSON; what is not in that is empty. Read by hand: with a derived reader its page takes 2.7 kB more.
    pub fn kept(json: &str) -> Option<Self> {
        let kept: Value = serde_json::from_str(json).ok()?;
        kept.as_object()?;
        let text = |of: &Value| of.as_str().unwrap_or_default().to_owned();
        let all = |name: &str| kept[name].as_array().map(Vec::as_slice).unwrap_or_default().iter();
        let goal = |it: &Value| Goal { check: text(&it["check"]), words: text(&it["words"]) };
        let slip = |it: &Value| Slip {
            name: text(&it["name"]),
            when: text(&it["when"]),
            script: text(&it["script"]),
            words: text(&it["words"]),
        };
        Some(Self {
            id: text(&kept["id"]),
            objectives: text(&kept["objectives"]),
            start: serde_json::from_value(kept["start"].clone()).unwrap_or_default(),
            prepare: text(&kept["prepare"]),
            solution: text(&kept["solution"]),
            route: text(&kept["route"]),
            goals: all("goals").map(goal).collect(),
            mistakes: all("mistakes").map(slip).collect(),
            title: text(&kept["title"]),
            task: text(&kept["task"]),
            hints: [0, 1, 2].map(|at| text(&kept["hints"][at])),
            notice: text(&kept["notice"]),
        })
    }

    /// What happens in it. Goals and mistakes of which nothing is written are none.
    pub fn lab(&self) -> Lab {
        let words = self.objectives.split([' ', ',']).filter(|id| !id.is_empty());
        let route = script(&self.route);
        let mistake =
            |it: &Slip| Mistake { name: plain(&it.name), when: plain(&it.when), script: script(&it.script) };
        Lab {
            id: plain(&self.id),
            objectives: words.map(str::to_owned).collect(),
            start: self.start,
            prepare: script(&self.prepare),
            goals: self.goals().map(|it| plain(&it.check)).collect(),
            mistakes: self.mistakes().map(mistake).collect(),
            solution: script(&self.solution),
            routes: Some(route).into_iter().filter(|it| !it.is_empty()).collect(),
        }
    }

    /// What it says.
    pub fn text(&self) -> LabText {
        LabText {
            title: plain(&self.title),
            task: plain(&self.task),
            goals: self.goals().map(|it| plain(&it.words)).collect(),
            hints: self.hints.iter().map(|it| plain(it)).collect(),
            notice: plain(&self.notice),
            mistakes: self.mistakes().map(|it| (plain(&it.name), plain(&it.words))).collect(),
        }
    }

    fn goals(&self) -> impl Iterator<Item = &Goal> {
        self.goals.iter().filter(|it| **it != Goal::default())
    }

    fn mistakes(&self) -> impl Iterator<Item = &Slip> {
        self.mistakes.iter().filter(|it| **it != Slip::default())
    }

    /// What is missing or wrong before anything is played, each in a sentence about the lab.
    pub fn problems(&self) -> Vec<String> {
        lab_problems(&self.lab(), Some(&self.text()))
    }

    /// Its part of `lesson.toml`.
    pub fn lesson_part(&self) -> String {
        emit::lab(&self.lab())
    }

    /// Its part of `en.toml`.
    pub fn words_part(&self) -> String {
        emit::words(&self.lab(), &self.text())
    }

    /// Both, as one file that says where each belongs.
    pub fn file(&self) -> String {
        format!(
            "# Into the lesson's lesson.toml, after its other labs\n\n{}\n# Into its en.toml\n\n{}",
            self.lesson_part(),
            self.words_part()
        )
    }
}

fn plain(text: &str) -> String {
    text.trim().to_owned()
}

/// A script as lessons have it: each line ends.
fn script(text: &str) -> String {
    let lines = text.trim_matches('\n').trim_end();
    if lines.trim().is_empty() { String::new() } else { format!("{lines}\n") }
}
