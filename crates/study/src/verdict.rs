//! How a lab stands: judged by what there is and by what was done.

use crate::Lab;

/// How a lab stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Of each goal, whether it is reached.
    pub goals: Vec<bool>,
    /// The index of the mistake that is to be told: the first that holds.
    pub mistake: Option<usize>,
}

impl Verdict {
    /// Whether every goal is reached and no mistake is there.
    pub fn solved(&self) -> bool {
        self.goals.iter().all(|it| *it) && self.mistake.is_none()
    }
}

impl Lab {
    /// What has to be asked of its sandbox: whether each goal holds, then each mistake.
    pub fn checks(&self) -> Vec<String> {
        self.goals.iter().chain(self.mistakes.iter().map(|it| &it.when)).cloned().collect()
    }

    /// What the answers to [`Lab::checks`] say. An answer that is missing is a no.
    pub fn verdict(&self, holds: &[bool]) -> Verdict {
        let (goals, mistakes) = holds.split_at(self.goals.len().min(holds.len()));
        let mut goals = goals.to_vec();
        goals.resize(self.goals.len(), false);
        Verdict { goals, mistake: mistakes.iter().position(|it| *it) }
    }

    /// Whether time passes in one of the ways that lead through it.
    pub fn waits(&self) -> bool {
        let scripts = self.routes.iter().chain(self.mistakes.iter().map(|it| &it.script));
        let mut lines = scripts.chain([&self.solution]).flat_map(|it| it.lines());
        lines.any(|line| line.trim_start().starts_with("@wait"))
    }

    /// What its own sandbox is called.
    pub fn sandbox(&self) -> String {
        sandbox_of_lab(&self.id)
    }
}

/// What the sandbox of a lab is called.
pub fn sandbox_of_lab(id: &str) -> String {
    format!("lab-{id}")
}

#[cfg(test)]
mod tests {
    use waxseal_api::sandbox::Start;

    use super::*;
    use crate::Mistake;

    fn lab() -> Lab {
        let mistake = |name: &str| Mistake {
            name: name.to_owned(),
            when: format!("has-{name}"),
            script: String::new(),
        };
        Lab {
            id: "two-names".to_owned(),
            objectives: Vec::new(),
            start: Start::Empty,
            prepare: String::new(),
            goals: vec!["a".to_owned(), "b".to_owned()],
            mistakes: vec![mistake("one"), mistake("two")],
            solution: String::new(),
            routes: Vec::new(),
        }
    }

    #[test]
    fn a_lab_is_solved_when_every_goal_holds_and_no_mistake_does() {
        let lab = lab();
        assert_eq!(lab.checks(), ["a", "b", "has-one", "has-two"]);
        for (holds, mistake, solved) in [
            ([true, true, false, false], None, true),
            ([true, false, false, false], None, false),
            ([true, true, false, true], Some(1), false),
            ([true, true, true, true], Some(0), false),
            ([false, false, false, true], Some(1), false),
        ] {
            let verdict = lab.verdict(&holds);
            assert_eq!(verdict.goals, holds[..2], "{holds:?}");
            assert_eq!((verdict.mistake, verdict.solved()), (mistake, solved), "{holds:?}");
        }
    }

    #[test]
    fn time_passes_in_a_lab_if_one_of_its_ways_waits() {
        let script = "aws kms disable-key --key-id alias/app\n@wait 7 days\n";
        assert!(!lab().waits());
        assert!(Lab { solution: script.to_owned(), ..lab() }.waits());
        assert!(Lab { routes: vec![script.to_owned()], ..lab() }.waits());
        let mut late = lab();
        late.mistakes[1].script = script.to_owned();
        assert!(late.waits());
        assert!(!Lab { solution: "echo '@wait'".to_owned(), ..lab() }.waits());
    }

    #[test]
    fn without_answers_nothing_is_reached() {
        let verdict = lab().verdict(&[true]);
        assert_eq!((&verdict.goals[..], verdict.solved()), (&[true, false][..], false));
        assert!(!lab().verdict(&[]).solved());
    }
}
