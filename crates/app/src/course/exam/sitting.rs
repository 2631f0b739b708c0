//! An exam that is taken: what is asked, what was answered, and its clock. The page's session keeps it, so that a reload loses
//! nothing.

use std::{collections::BTreeSet, rc::Rc};

use serde::{Deserialize, Serialize};
use waxseal_study::exam::QUESTION_MINUTES;
use web_sys::Storage;
use yew::Reducible;

use crate::components::dom;

/// Where the session has it.
const KEPT: &str = "waxseal-exam";
/// Milliseconds for a question: DVA-C02 gives 130 minutes for 65.
pub(super) const A_QUESTION: i64 = 60_000 * QUESTION_MINUTES as i64;

/// An exam.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Sitting {
    /// Of the order of the options.
    pub(super) seed: u64,
    pub(super) questions: Vec<Asked>,
    /// The one that is seen.
    pub(super) at: usize,
    pub(super) clock: Clock,
    /// Whether it is over and its answers are shown.
    pub(super) ended: bool,
}

/// A question of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) id: String,
    /// The lesson that has it.
    pub(super) lesson: String,
    /// As far as it was answered.
    pub(super) answer: Vec<usize>,
    /// Whether it is to be looked at again.
    pub(super) marked: bool,
}

/// Its clock, in milliseconds. It can be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Clock {
    /// For all of it; none for an exam without a clock.
    pub(super) allowed: Option<i64>,
    /// Until it was last stopped.
    spent: i64,
    /// Since when it runs.
    since: Option<i64>,
}

impl Clock {
    pub(super) fn new(allowed: Option<i64>, now: i64) -> Self {
        Self { allowed, spent: 0, since: Some(now) }
    }

    pub(super) fn spent(&self, now: i64) -> i64 {
        self.spent + self.since.map_or(0, |since| (now - since).max(0))
    }

    /// What is left; below 0 when the time is up.
    pub(super) fn left(&self, now: i64) -> Option<i64> {
        Some(self.allowed? - self.spent(now))
    }

    pub(super) fn runs(&self) -> bool {
        self.since.is_some()
    }

    fn turn(&mut self, on: bool, now: i64) {
        self.spent = self.spent(now);
        self.since = on.then_some(now);
    }
}

/// The exam, if one is taken.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Room(pub(super) Option<Sitting>);

/// What can happen in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Turn {
    Begin(Sitting),
    /// The question that is seen gets an answer.
    Answer(Vec<usize>),
    /// It is marked, or no longer.
    Mark,
    /// Another one is seen.
    Go(usize),
    /// The clock is started or stopped.
    Clock {
        on: bool,
        now: i64,
    },
    End {
        now: i64,
    },
    Leave,
}

impl Reducible for Room {
    type Action = Turn;

    fn reduce(self: Rc<Self>, turn: Turn) -> Rc<Self> {
        let next = match (self.0.clone(), turn) {
            (_, Turn::Begin(sitting)) => Some(sitting),
            (_, Turn::Leave) => None,
            (sitting, turn) => sitting.map(|sitting| sitting.after(turn)),
        };
        Rc::new(Self(next))
    }
}

impl Sitting {
    fn after(mut self, turn: Turn) -> Self {
        let at = self.at;
        match turn {
            // What is over stays as it is.
            Turn::Answer(answer) if !self.ended => self.change(at, |asked| asked.answer = answer),
            Turn::Mark if !self.ended => self.change(at, |asked| asked.marked = !asked.marked),
            Turn::Go(at) if at < self.questions.len() => self.at = at,
            Turn::Clock { on, now } if !self.ended => self.clock.turn(on, now),
            Turn::End { now } if !self.ended => {
                self.clock.turn(false, now);
                self.ended = true;
            }
            _ => {}
        }
        self
    }

    fn change(&mut self, at: usize, change: impl FnOnce(&mut Asked)) {
        if let Some(asked) = self.questions.get_mut(at) {
            change(asked);
        }
    }

    /// Those that are not answered, from 0.
    pub(super) fn open(&self, answered: impl Fn(&Asked) -> bool) -> Vec<usize> {
        let all = self.questions.iter().enumerate();
        all.filter(|(_, it)| !answered(it)).map(|(at, _)| at).collect()
    }

    /// The lessons that its questions are of.
    pub(super) fn lessons(&self) -> Vec<String> {
        let slugs: BTreeSet<&String> = self.questions.iter().map(|it| &it.lesson).collect();
        slugs.into_iter().cloned().collect()
    }
}

impl Room {
    /// As the session has it.
    pub(super) fn kept() -> Self {
        let text = session().and_then(|session| session.get_item(KEPT).ok().flatten());
        Self(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Lets the session keep it. Where there is none, a reload loses it.
    pub(super) fn keep(&self) {
        let Some(session) = session() else { return };
        let _ = match self.0.as_ref().and_then(|sitting| serde_json::to_string(sitting).ok()) {
            Some(text) => session.set_item(KEPT, &text),
            None => session.remove_item(KEPT),
        };
    }
}

fn session() -> Option<Storage> {
    dom::window()?.session_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> Rc<Room> {
        let asked = |id: &str| Asked { id: id.into(), lesson: "l".into(), answer: vec![], marked: false };
        let questions = ["a", "b", "c"].map(asked).to_vec();
        let clock = Clock::new(Some(3 * A_QUESTION), 1_000);
        Rc::new(Room(None)).reduce(Turn::Begin(Sitting { seed: 1, questions, at: 0, clock, ended: false }))
    }

    fn sitting(room: &Room) -> &Sitting {
        room.0.as_ref().unwrap()
    }

    #[test]
    fn answers_and_marks_belong_to_the_question_that_is_seen() {
        let room = room().reduce(Turn::Go(1)).reduce(Turn::Answer(vec![2])).reduce(Turn::Mark);
        assert_eq!(sitting(&room).open(|it| !it.answer.is_empty()), [0, 2]);
        assert!(sitting(&room).questions[1].marked && !sitting(&room).questions[0].marked);
        assert!(!sitting(&room.reduce(Turn::Mark)).questions[1].marked);
    }

    #[test]
    fn there_is_no_question_behind_the_last() {
        assert_eq!(sitting(&room().reduce(Turn::Go(2)).reduce(Turn::Go(3))).at, 2);
    }

    #[test]
    fn a_clock_that_is_stopped_stands() {
        let room = room();
        assert_eq!(sitting(&room).clock.left(61_000), Some(300_000));
        let room = room.reduce(Turn::Clock { on: false, now: 61_000 });
        assert_eq!(sitting(&room).clock.left(999_000), Some(300_000));
        let room = room.reduce(Turn::Clock { on: true, now: 999_000 });
        assert_eq!(sitting(&room).clock.left(1_000_000), Some(299_000));
        assert_eq!(Clock::new(None, 0).left(5), None);
    }

    #[test]
    fn what_is_over_stays_as_it_is() {
        let over = room().reduce(Turn::Answer(vec![1])).reduce(Turn::End { now: 11_000 });
        assert_eq!(sitting(&over).clock.spent(99_000), 10_000);
        let turns =
            [Turn::Answer(vec![0]), Turn::Mark, Turn::Clock { on: true, now: 5 }, Turn::End { now: 99_000 }];
        for turn in turns {
            assert_eq!(over.clone().reduce(turn), over);
        }
        assert_eq!(over.reduce(Turn::Leave), Rc::new(Room(None)));
    }

    #[test]
    fn it_is_the_same_after_it_was_kept() {
        let room = room().reduce(Turn::Answer(vec![1]));
        let text = serde_json::to_string(sitting(&room)).unwrap();
        assert_eq!(serde_json::from_str::<Sitting>(&text).unwrap(), *sitting(&room));
    }
}
