//! How a lab stands: judged anew after each change of its sandbox, whoever made it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure, LocalError, LocalErrorCode,
    sandbox::{Holds, Task, understood},
};
use waxseal_study::{Lab, Verdict};
use yew::prelude::*;

use crate::bridge::use_service;

/// How a lab stands, and how it stood before.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Standing {
    /// None before it was judged for the first time.
    pub(super) now: Option<Verdict>,
    /// The verdict before, if it was another one.
    pub(super) before: Option<Verdict>,
}

impl Standing {
    /// Takes in a verdict.
    fn follow(&mut self, verdict: Verdict) {
        if self.now.as_ref() != Some(&verdict) {
            self.before = self.now.replace(verdict);
        }
    }

    /// Whether it is solved.
    pub(super) fn solved(&self) -> bool {
        self.now.as_ref().is_some_and(Verdict::solved)
    }

    /// The goals that hold now and did not before, or the other way round.
    pub(super) fn changed(&self, holds: bool) -> Vec<usize> {
        let (Some(now), Some(before)) = (&self.now, &self.before) else { return Vec::new() };
        let pairs = now.goals.iter().zip(&before.goals).enumerate();
        pairs.filter(|(_, (now, before))| now != before && **now == holds).map(|(at, _)| at).collect()
    }
}

/// How a lab stands, and why that is not known better.
#[hook]
pub(super) fn use_standing(lab: &Rc<Lab>, begun: bool) -> (Standing, Option<Failure>) {
    let service = use_service();
    let standing = use_state_eq(|| (Standing::default(), None));
    // The newest verdict that was asked for, since answers may overtake each other's effects.
    let newest = use_mut_ref(|| (0_u32, Standing::default()));
    use_effect_with((begun, service.generation), {
        let (standing, lab) = (standing.setter(), lab.clone());
        move |&(begun, generation)| {
            if begun {
                spawn_local(async move {
                    let asked = service.bridge.perform(Task::Judge { checks: lab.checks() }).await;
                    let mut newest = newest.borrow_mut();
                    if newest.0 > generation {
                        return;
                    }
                    let failure = match verdict(&lab, asked) {
                        Ok(verdict) => {
                            newest.0 = generation;
                            newest.1.follow(verdict);
                            None
                        }
                        Err(failure) => Some(failure),
                    };
                    standing.set((newest.1.clone(), failure));
                });
            }
        }
    });
    (*standing).clone()
}

fn verdict(lab: &Lab, asked: Result<Vec<Holds>, Failure>) -> Result<Verdict, Failure> {
    // The site's own checks can be understood: all of them were played before.
    let holds =
        understood(&lab.checks(), &asked?).map_err(|text| LocalError::new(LocalErrorCode::BadFrame, text))?;
    Ok(lab.verdict(&holds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(goals: &[bool]) -> Verdict {
        Verdict { goals: goals.to_vec(), mistake: None }
    }

    #[test]
    fn what_has_changed_is_known_until_something_else_changes() {
        let mut standing = Standing::default();
        standing.follow(verdict(&[false, true]));
        assert_eq!((standing.changed(true), standing.changed(false)), (vec![], vec![]));
        for _ in 0..2 {
            standing.follow(verdict(&[true, false]));
            assert_eq!((standing.changed(true), standing.changed(false)), (vec![0], vec![1]));
        }
        assert!(!standing.solved());
        standing.follow(verdict(&[true, true]));
        assert_eq!((standing.changed(true), standing.changed(false)), (vec![1], vec![]));
        assert!(standing.solved());
    }
}
