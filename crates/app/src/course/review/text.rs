//! What is said about what is due.

use waxseal_api::Timestamp;
use waxseal_study::words::Word;

use crate::course::words::{count, say, tell};

/// How much is due, of how much that was touched.
pub(super) fn due(due: usize, touched: usize) -> String {
    match (due, touched) {
        (0, 0) => say(Word::ReviewNothing).to_owned(),
        (0, _) => say(Word::ReviewNoneDue).to_owned(),
        _ => count(due, [Word::ReviewOneDue, Word::ReviewManyDue]),
    }
}

/// What was done.
pub(super) fn done(right: usize, answered: usize) -> String {
    if answered == 0 {
        return say(Word::ReviewAll).to_owned();
    }
    tell(Word::ReviewDone, &[("n", &right), ("of", &answered)])
}

/// When the next ones are due, given all that are later.
pub(super) fn next(coming: &[Timestamp], now: Timestamp) -> Option<String> {
    let days = |due: &Timestamp| (due.as_millis() - now.as_millis()).max(0) / Timestamp::DAY;
    let first = coming.iter().map(days).min()?;
    let many = coming.iter().filter(|due| days(due) == first).count();
    let when = match first {
        0 => say(Word::ReviewWithinDay).to_owned(),
        days => count(days as usize, [Word::ReviewInDay, Word::ReviewInDays]),
    };
    let next = if many == 1 { Word::ReviewNextOne } else { Word::ReviewNextMany };
    Some(tell(next, &[("n", &many), ("when", &when)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::said::brackets::{assert_said, in_brackets};

    #[test]
    fn the_next_ones_are_those_of_the_next_day() {
        let now = Timestamp::from_millis(1_790_000_000_000);
        let later = |hours: i64| Timestamp::from_millis(now.as_millis() + hours * 3_600_000);
        assert_eq!(next(&[], now), None);
        assert_eq!(next(&[later(80), later(5)], now).unwrap(), "The next one is due within a day.");
        assert_eq!(next(&[later(26), later(30), later(80)], now).unwrap(), "The next 2 are due in a day.");
        assert_eq!(next(&[later(80)], now).unwrap(), "The next one is due in 3 days.");
    }

    #[test]
    fn all_that_is_said_is_in_a_catalogue() {
        let now = Timestamp::from_millis(0);
        let said = || {
            let next = [1, 2].map(|days| next(&[now.plus_days(days)], now).unwrap());
            [due(0, 0), due(0, 9), due(1, 9), due(4, 9), done(0, 0), done(1, 2), next.concat()].concat()
        };
        assert_said(&in_brackets(said));
    }

    #[test]
    fn nothing_is_said_of_days_that_were_missed() {
        for text in [due(0, 0), due(0, 9), due(1, 9), due(40, 90)] {
            assert!(!text.contains("miss") && !text.contains("late"), "{text}");
        }
    }
}
