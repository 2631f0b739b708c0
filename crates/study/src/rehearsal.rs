//! A lab, played before anybody does it: its solution solves it, other ways do too, each mistake is told, and at the
//! beginning there is nothing to tell.

use crate::{Lab, Verdict};

/// Something to be played in a lab's sandbox, and how that has to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal<'a> {
    /// What is done.
    pub script: &'a str,
    /// How it has to end.
    pub end: End<'a>,
}

/// How a rehearsal has to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End<'a> {
    /// Nothing was done, so it is not solved, and no mistake is told.
    Untouched,
    /// The solution solves it.
    Solution,
    /// So does another way.
    Route,
    /// The mistake of this name is told.
    Mistake(&'a str),
}

impl Lab {
    /// All that has to be played.
    pub fn rehearsals(&self) -> Vec<Rehearsal<'_>> {
        let one = |script, end| Rehearsal { script, end };
        let routes = self.routes.iter().map(|script| one(script, End::Route));
        let mistakes = self.mistakes.iter().map(|it| one(&it.script, End::Mistake(&it.name)));
        let first = [one("", End::Untouched), one(&self.solution, End::Solution)];
        first.into_iter().chain(routes).chain(mistakes).collect()
    }

    /// What is wrong with how a rehearsal has ended, if something is.
    pub fn fault(&self, rehearsal: &Rehearsal<'_>, verdict: &Verdict) -> Option<String> {
        let mistake = verdict.mistake.and_then(|at| self.mistakes.get(at)).map(|it| &*it.name);
        match rehearsal.end {
            End::Untouched if verdict.solved() => Some("is solved before anything was done".to_owned()),
            End::Untouched => {
                mistake.map(|name| format!("tells the mistake {name} before anything was done"))
            }
            End::Solution | End::Route if !verdict.solved() => {
                let missing = self.goals.iter().zip(&verdict.goals).filter(|(_, reached)| !**reached);
                let missing: Vec<&str> = missing.map(|(goal, _)| &**goal).collect();
                let what = if rehearsal.end == End::Route { "a route" } else { "the solution" };
                let why = match mistake {
                    Some(name) => format!("it tells the mistake {name}"),
                    None => format!("what does not hold is {}", missing.join(" and ")),
                };
                Some(format!("{what} does not solve it: {why}"))
            }
            End::Mistake(name) if mistake != Some(name) => {
                let told =
                    mistake.map_or_else(|| "nothing".to_owned(), |other| format!("the mistake {other}"));
                Some(format!("the mistake {name} is told as {told}"))
            }
            _ => None,
        }
    }
}
