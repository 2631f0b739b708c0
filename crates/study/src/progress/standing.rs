//! What is known, what is shaky, and what is due.

use waxseal_api::Timestamp;

use super::{Card, Progress, RETENTION, card::due_in};
use crate::{Entry, Index, Part};

/// How many days' stability makes something solid. The first right answer gives 2.3 days and a second one on the same day
/// adds nothing to them; a right answer on another day gives 11. So 7 can be reached only by what was still known on
/// another day, and what is solid will most likely be known in a week.
pub const SOLID_DAYS: f64 = 7.0;

/// How well an objective is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing was done about it.
    Untouched,
    /// It was read about only, or it went wrong the last time, or it was known on one day only, or it fades.
    Shaky,
    /// It went right, on more than one day, and is remembered with a probability of 0.9.
    Solid,
}

/// How many objectives are how well known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Of which nothing is known.
    pub untouched: usize,
    /// That may be known.
    pub shaky: usize,
    /// That are known.
    pub solid: usize,
}

impl Counts {
    fn add(&mut self, standing: Standing) {
        *match standing {
            Standing::Untouched => &mut self.untouched,
            Standing::Shaky => &mut self.shaky,
            Standing::Solid => &mut self.solid,
        } += 1;
    }
}

/// How far somebody is in a lesson: what is done, and of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LessonStanding {
    /// Its objectives.
    pub objectives: Counts,
    /// Steps that were read.
    pub steps: (usize, usize),
    /// Labs that were solved without a solution shown.
    pub labs: (usize, usize),
    /// Questions whose last answer was right.
    pub questions: (usize, usize),
}

/// An objective that was touched, and when it should be done again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need<'a> {
    /// The objective.
    pub objective: &'a str,
    /// When it should be done again.
    pub due: Timestamp,
    /// The probability that it is remembered; none if it was read about and never done.
    pub recall: Option<f64>,
}

impl Progress {
    /// How well an objective is known.
    pub fn standing(&self, objective: &str, now: Timestamp, index: &Index) -> Standing {
        match (self.objectives.get(objective), self.met(objective, index)) {
            (Some(card), _) => of_card(card, now),
            (None, Some(_)) => Standing::Shaky,
            (None, None) => Standing::Untouched,
        }
    }

    /// How far a lesson is.
    pub fn lesson(&self, lesson: &Entry, now: Timestamp, index: &Index) -> LessonStanding {
        let mut objectives = Counts::default();
        lesson.objectives.iter().for_each(|aim| objectives.add(self.standing(&aim.id, now, index)));
        let step = |id: &str| self.steps.contains_key(&format!("{}/{id}", lesson.slug));
        let lab = |id: &str| self.labs.get(id).is_some_and(|done| done.solved.is_some());
        let question = |id: &str| self.questions.get(id).is_some_and(|answered| answered.right);
        LessonStanding {
            objectives,
            steps: (lesson.steps.iter().filter(|it| step(&it.id)).count(), lesson.steps.len()),
            labs: (lesson.labs.iter().filter(|it| lab(&it.id)).count(), lesson.labs.len()),
            questions: (
                lesson.questions.iter().filter(|it| question(&it.id)).count(),
                lesson.questions.len(),
            ),
        }
    }

    /// Where there is something new, in the lesson that was read last or else in one of those after it, or before it: the
    /// first step about an untouched objective. None once all were touched.
    pub fn onward<'a>(&self, now: Timestamp, index: &'a Index) -> Option<(&'a Entry, &'a Part)> {
        let lessons = &index.lessons;
        let read = |lesson: &Entry| {
            lesson
                .steps
                .iter()
                .filter_map(|it| Some(self.steps.get(&format!("{}/{}", lesson.slug, it.id))?.at))
                .max()
        };
        let read = lessons.iter().enumerate().filter_map(|(at, lesson)| Some((read(lesson)?, at)));
        let last = read.max().map_or(0, |(_, at)| at);
        let untouched = |id: &String| self.standing(id, now, index) == Standing::Untouched;
        let new = |lesson: &'a Entry| {
            let step = lesson.steps.iter().find(|step| step.objectives.iter().any(untouched))?;
            Some((lesson, step))
        };
        lessons.iter().cycle().skip(last).take(lessons.len()).find_map(new)
    }

    /// What should be done again by now, most forgotten first; what was only read about comes last.
    pub fn due<'a>(&self, now: Timestamp, index: &'a Index) -> Vec<Need<'a>> {
        let mut needs = self.needs(now, index);
        needs.retain(|need| need.due <= now);
        needs
    }

    /// All that was touched, most forgotten first; what was only read about comes last. When nothing is due, the first of
    /// these are the shakiest.
    pub fn needs<'a>(&self, now: Timestamp, index: &'a Index) -> Vec<Need<'a>> {
        let need = |objective: &'a str| match self.objectives.get(objective) {
            Some(card) => Some(Need { objective, due: card.due(), recall: Some(card.recall(now)) }),
            None => self.met(objective, index).map(|at| Need { objective, due: due_in(at, 1), recall: None }),
        };
        let mut needs: Vec<Need<'a>> = index.objectives().filter_map(|(_, aim)| need(&aim.id)).collect();
        // Nothing is remembered better than with a probability of 1. Of equals the one comes first that the course has first.
        needs.sort_by(|a, b| a.recall.unwrap_or(2.0).total_cmp(&b.recall.unwrap_or(2.0)));
        needs
    }

    /// When an objective was first read about.
    pub(super) fn met(&self, objective: &str, index: &Index) -> Option<Timestamp> {
        let (lesson, _) = index.objective(objective)?;
        let steps = lesson.steps.iter().filter(|step| step.is_about(objective));
        steps.filter_map(|step| Some(self.steps.get(&format!("{}/{}", lesson.slug, step.id))?.at)).min()
    }
}

pub(super) fn of_card(card: &Card, now: Timestamp) -> Standing {
    let solid = card.right && card.stability >= SOLID_DAYS && card.recall(now) >= RETENTION;
    if solid { Standing::Solid } else { Standing::Shaky }
}
