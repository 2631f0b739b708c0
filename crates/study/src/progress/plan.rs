//! What to do on which day, when there is a date by which it has to be known.

use std::collections::BTreeMap;

use waxseal_api::Timestamp;

use super::{Card, Grade, Progress, Standing, card::due_in, standing::of_card};
use crate::{
    Index,
    exam::{LENGTH, QUESTION_MINUTES},
    index::Entry,
};

/// No lesson is stretched over more days than these.
const DAYS_A_LESSON: usize = 2;
/// The last lessons are learned so many days before the exam, so that they are done again once before it.
const DAYS_TO_REPEAT: usize = 2;

/// A day on which there is something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day<'a> {
    /// A point in time on it: so many whole days from now.
    pub at: Timestamp,
    /// What to learn.
    pub learn: Vec<Study<'a>>,
    /// The objectives to be done again.
    pub repeat: Vec<&'a str>,
    /// Whether it is the day for a mock exam.
    pub exam: bool,
    /// How long it takes.
    pub minutes: u32,
}

/// A lesson to be learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Study<'a> {
    /// Its slug.
    pub lesson: &'a str,
    /// How long it takes, or what is left of it.
    pub minutes: u32,
}

/// What is expected of an objective.
struct Outlook<'a> {
    objective: &'a str,
    /// As it is then, if all goes well until then.
    card: Option<Card>,
    /// The day on which it should be done next, from 0; none before it was learned.
    next: Option<usize>,
}

impl Progress {
    /// A plan from today until the day before the exam: new lessons in order, the sooner the more there is to learn; what is
    /// due on each day if all goes well; and on the last day all that may be shaky then, most forgotten first. On the day
    /// before the last one, if nothing is left to learn then, a mock exam shows what is known. `exam` is the
    /// beginning of the day of the exam. Days on which there is nothing to do are left out; after the exam it is empty.
    pub fn plan<'a>(&self, now: Timestamp, exam: Timestamp, index: &'a Index) -> Vec<Day<'a>> {
        let days = usize::try_from(days_until(now, exam)).unwrap_or(0);
        let mut lessons = self.lessons_by_day(days, now, index);
        let taken = self.exams.last().is_some_and(|exam| days_until(exam.at, now) <= 1);
        let asks = index.lessons.iter().any(|lesson| !lesson.questions.is_empty());
        let mock = days.checked_sub(DAYS_TO_REPEAT).filter(|day| asks && (*day > 0 || !taken));
        let mut outlooks: Vec<Outlook<'a>> =
            index.objectives().map(|(_, aim)| self.outlook(&aim.id, now, index)).collect();
        let day = |day: usize| {
            let repeat =
                if day + 1 < days { due_on(&mut outlooks, day, now) } else { shaky_on(&outlooks, day, now) };
            let studies = lessons.remove(&day).unwrap_or_default();
            studies.iter().for_each(|(lesson, _)| learn(&mut outlooks, lesson, day, now));
            let learn =
                studies.iter().map(|(lesson, minutes)| Study { lesson: &lesson.slug, minutes: *minutes });
            let exam = mock == Some(day) && studies.is_empty();
            // An objective that is done again takes as long as a question.
            let asked = QUESTION_MINUTES * (repeat.len() + if exam { LENGTH } else { 0 });
            let minutes = studies.iter().map(|(_, minutes)| minutes).sum::<u32>() + asked as u32;
            Day { at: on(now, day), learn: learn.collect(), repeat, exam, minutes }
        };
        (0..days).map(day).filter(|day| day.minutes > 0).collect()
    }

    /// The lessons in which something is untouched, each with the minutes for that, by the day on which they are learned.
    fn lessons_by_day<'a>(
        &self,
        days: usize,
        now: Timestamp,
        index: &'a Index,
    ) -> BTreeMap<usize, Vec<(&'a Entry, u32)>> {
        let open = |lesson: &'a Entry| {
            let untouched = self.lesson(lesson, now, index).objectives.untouched;
            let minutes = (lesson.minutes * untouched).div_ceil(lesson.objectives.len().max(1));
            (untouched > 0).then_some((lesson, minutes as u32))
        };
        let open: Vec<(&Entry, u32)> = index.lessons.iter().filter_map(open).collect();
        let all: u32 = open.iter().map(|(_, minutes)| minutes).sum();
        let learning = days.saturating_sub(DAYS_TO_REPEAT).clamp(1, (DAYS_A_LESSON * open.len()).max(1));
        let (mut by_day, mut before) = (BTreeMap::<usize, Vec<(&Entry, u32)>>::new(), 0);
        for (lesson, minutes) in open {
            // A lesson is learned on the day in which its middle falls.
            let day = (2 * before + minutes) as usize * learning / (2 * all).max(1) as usize;
            by_day.entry(day).or_default().push((lesson, minutes));
            before += minutes;
        }
        by_day
    }

    fn outlook<'a>(&self, objective: &'a str, now: Timestamp, index: &Index) -> Outlook<'a> {
        let card = self.objectives.get(objective).copied();
        let due = card.map(|card| card.due()).or_else(|| Some(due_in(self.met(objective, index)?, 1)));
        Outlook { objective, card, next: due.map(|due| day_of(now, due)) }
    }
}

impl Outlook<'_> {
    /// It is done, and goes well.
    fn done(&mut self, day: usize, now: Timestamp) {
        let at = on(now, day);
        let card = self.card.map_or_else(|| Card::first(Grade::Good, at), |card| card.then(Grade::Good, at));
        (self.card, self.next) = (Some(card), Some(day_of(now, card.due()).max(day + 1)));
    }
}

/// What is untouched in a lesson is learned.
fn learn(outlooks: &mut [Outlook<'_>], lesson: &Entry, day: usize, now: Timestamp) {
    let of_it = |outlook: &&mut Outlook<'_>| lesson.objectives.iter().any(|aim| aim.id == outlook.objective);
    outlooks.iter_mut().filter(of_it).filter(|it| it.next.is_none()).for_each(|it| it.done(day, now));
}

/// What is done again on a day.
fn due_on<'a>(outlooks: &mut [Outlook<'a>], day: usize, now: Timestamp) -> Vec<&'a str> {
    let due = outlooks.iter_mut().filter(|it| it.next.is_some_and(|next| next <= day));
    due.map(|it| {
        it.done(day, now);
        it.objective
    })
    .collect()
}

/// What is done again on the last day.
fn shaky_on<'a>(outlooks: &[Outlook<'a>], day: usize, now: Timestamp) -> Vec<&'a str> {
    let at = on(now, day);
    let is_shaky = |it: &&Outlook<'_>| match it.card {
        Some(card) => of_card(&card, at) == Standing::Shaky,
        None => it.next.is_some(),
    };
    let mut shaky: Vec<&Outlook<'a>> = outlooks.iter().filter(is_shaky).collect();
    let recall = |it: &Outlook<'_>| it.card.map_or(0.0, |card| card.recall(at));
    shaky.sort_by(|a, b| recall(a).total_cmp(&recall(b)));
    shaky.into_iter().map(|it| it.objective).collect()
}

fn on(now: Timestamp, day: usize) -> Timestamp {
    now.plus_days(day as i64)
}

/// On which day from now something is due.
fn day_of(now: Timestamp, due: Timestamp) -> usize {
    usize::try_from(days_until(now, due)).unwrap_or(0)
}

/// Days that begin before a point in time, today among them.
fn days_until(now: Timestamp, then: Timestamp) -> i64 {
    let left = then.as_millis().saturating_sub(now.as_millis());
    left.div_euclid(Timestamp::DAY) + i64::from(left.rem_euclid(Timestamp::DAY) > 0)
}
