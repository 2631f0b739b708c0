//! How well something is remembered, and for how long: FSRS-6, the scheduler of open-spaced-repetition, with its default
//! weights, no learning steps and no fuzz. Formulas: <https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm>.

use serde::{Deserialize, Serialize};
use waxseal_api::Timestamp;

/// The default weights, w0 to w20.
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];
/// How much of what is due is still remembered: what is due at 0.9 after `stability` days.
pub const RETENTION: f64 = 0.9;
/// `RETENTION^(-1 / w20) - 1`, so that after `stability` days that much is left.
const FACTOR: f64 = 0.980_346_494_413_479_7;
/// Days; no stability is below.
const LEAST_STABILITY: f64 = 0.001;
/// Days; nothing is put off for longer.
const LONGEST_INTERVAL: f64 = 36_500.0;

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// It did not.
    Again = 1,
    /// With help.
    Hard,
    /// Well.
    Good,
    /// With nothing to go by.
    Easy,
}

/// What is known of how well somebody remembers one thing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// How hard it is for them, from 1 to 10.
    pub difficulty: f64,
    /// After how many days they still know it with a probability of [`RETENTION`].
    pub stability: f64,
    /// When they did it last.
    pub last: Timestamp,
    /// How often they did it.
    pub reps: u32,
    /// How often it went wrong.
    pub lapses: u32,
    /// Whether it went right the last time.
    pub right: bool,
}

impl Card {
    /// After the first time.
    pub fn first(grade: Grade, now: Timestamp) -> Self {
        let right = grade != Grade::Again;
        let stability = W[grade as usize - 1];
        let difficulty = first_difficulty(grade).clamp(1.0, 10.0);
        Self { difficulty, stability, last: now, reps: 1, lapses: u32::from(!right), right }
    }

    /// After another time.
    pub fn then(self, grade: Grade, now: Timestamp) -> Self {
        let right = grade != Grade::Again;
        let stability = match (self.days_since(now) < 1.0, right) {
            (true, _) => self.same_day(grade),
            (false, true) => self.remembered(grade, now),
            (false, false) => self.forgotten(now),
        };
        Self {
            difficulty: self.next_difficulty(grade),
            stability: stability.max(LEAST_STABILITY),
            last: now,
            reps: self.reps.saturating_add(1),
            lapses: self.lapses.saturating_add(u32::from(!right)),
            right,
        }
    }

    /// The probability that it is remembered, from 0 to 1.
    pub fn recall(&self, now: Timestamp) -> f64 {
        (1.0 + FACTOR * self.days_since(now) / self.stability).powf(-W[20])
    }

    /// When it should be done again: half a day before its days are over, so that whoever learns each evening need not wait
    /// for the hour.
    pub fn due(&self) -> Timestamp {
        due_in(self.last, self.stability.round().clamp(1.0, LONGEST_INTERVAL) as i64)
    }

    /// Whether its numbers can be those of a card.
    pub(super) fn is_sound(&self) -> bool {
        (1.0..=10.0).contains(&self.difficulty)
            && (LEAST_STABILITY..1e9).contains(&self.stability)
            && self.reps > 0
    }

    /// Days since it was done, to the nearest whole one: the next evening is a day later, an hour more or less.
    fn days_since(&self, now: Timestamp) -> f64 {
        let passed = now.as_millis().saturating_sub(self.last.as_millis()).max(0);
        (passed as f64 / Timestamp::DAY as f64).round()
    }

    /// Stability after another time within a day.
    fn same_day(&self, grade: Grade) -> f64 {
        let growth = (W[17] * (grade as u8 as f64 - 3.0 + W[18])).exp() * self.stability.powf(-W[19]);
        self.stability * if grade == Grade::Again { growth } else { growth.max(1.0) }
    }

    /// Stability after it was remembered.
    fn remembered(&self, grade: Grade, now: Timestamp) -> f64 {
        let weight = match grade {
            Grade::Hard => W[15],
            Grade::Easy => W[16],
            Grade::Again | Grade::Good => 1.0,
        };
        let growth = W[8].exp()
            * (11.0 - self.difficulty)
            * self.stability.powf(-W[9])
            * (((1.0 - self.recall(now)) * W[10]).exp() - 1.0);
        self.stability * (1.0 + growth * weight)
    }

    /// Stability after it was forgotten.
    fn forgotten(&self, now: Timestamp) -> f64 {
        let long = W[11]
            * self.difficulty.powf(-W[12])
            * ((self.stability + 1.0).powf(W[13]) - 1.0)
            * ((1.0 - self.recall(now)) * W[14]).exp();
        long.min(self.stability / (W[17] * W[18]).exp())
    }

    fn next_difficulty(&self, grade: Grade) -> f64 {
        let change = -W[6] * (grade as u8 as f64 - 3.0);
        let damped = self.difficulty + change * (10.0 - self.difficulty) / 9.0;
        (W[7] * first_difficulty(Grade::Easy) + (1.0 - W[7]) * damped).clamp(1.0, 10.0)
    }
}

/// When something is due that is to be done so many days after it was done: half a day before.
pub(super) fn due_in(last: Timestamp, days: i64) -> Timestamp {
    Timestamp::from_millis(last.plus_days(days).as_millis().saturating_sub(Timestamp::DAY / 2))
}

/// Difficulty after the first time, unbounded.
fn first_difficulty(grade: Grade) -> f64 {
    W[4] - (W[5] * (grade as u8 as f64 - 1.0)).exp() + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Vectors {
        cards: Vec<Vec<Review>>,
    }

    /// What another implementation has after a review.
    #[derive(Deserialize)]
    struct Review {
        days: i64,
        grade: usize,
        recall: Option<f64>,
        stability: f64,
        difficulty: f64,
        interval: i64,
    }

    #[track_caller]
    fn close(ours: f64, theirs: f64) {
        assert!((ours - theirs).abs() <= 1e-9 * theirs.abs(), "{ours} is not {theirs}");
    }

    fn grade(number: usize) -> Grade {
        [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy][number - 1]
    }

    fn play(reviews: &[Review]) -> usize {
        let (mut card, mut now) = (None::<Card>, Timestamp::from_millis(1_790_000_000_000));
        for review in reviews {
            now = now.plus_days(review.days);
            assert_eq!(card.is_some(), review.recall.is_some());
            if let (Some(card), Some(recall)) = (card, review.recall) {
                close(card.recall(now), recall);
            }
            let grade = grade(review.grade);
            let next = card.map_or_else(|| Card::first(grade, now), |card| card.then(grade, now));
            close(next.stability, review.stability);
            close(next.difficulty, review.difficulty);
            assert_eq!(next.due(), due_in(now, review.interval));
            assert!(next.is_sound(), "{next:?}");
            card = Some(next);
        }
        reviews.len()
    }

    #[test]
    fn the_numbers_are_those_of_the_reference_implementation() {
        let text = include_str!("../../../../tests/vectors/fsrs_python_6.3.2.json");
        let vectors: Vectors = serde_json::from_str(text).unwrap();
        let reviews: usize = vectors.cards.iter().map(|card| play(card)).sum();
        assert_eq!(reviews, 248);
    }

    #[test]
    fn after_its_stability_nine_tenths_are_left() {
        close(FACTOR, RETENTION.powf(-1.0 / W[20]) - 1.0);
    }

    #[test]
    fn the_next_evening_is_a_day_later() {
        let evening = Timestamp::from_millis(1_790_000_000_000);
        let card = Card::first(Grade::Again, evening);
        let after = |hours: i64| Timestamp::from_millis(evening.as_millis() + hours * 3_600_000);
        assert!(card.due() > after(11) && card.due() <= after(12));
        assert_eq!(
            card.then(Grade::Good, after(23)),
            Card { last: after(23), ..card.then(Grade::Good, after(24)) }
        );
        assert!(card.then(Grade::Good, after(23)).stability > card.then(Grade::Good, after(2)).stability);
    }

    #[test]
    fn a_clock_that_was_put_back_does_no_harm() {
        let now = Timestamp::from_millis(1_790_000_000_000);
        let card = Card::first(Grade::Good, now);
        let earlier = card.then(Grade::Good, now.plus_days(-400));
        assert!(earlier.is_sound() && card.recall(now.plus_days(-400)) == 1.0);
    }
}
