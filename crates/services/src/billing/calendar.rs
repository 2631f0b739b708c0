//! Months and hours of UTC.

use waxseal_api::Timestamp;

/// An hour in milliseconds.
const HOUR: i64 = 60 * 60 * 1000;

/// A month: how many came before it since the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month(i64);

impl Month {
    /// The one that a time is in.
    pub(super) fn of(at: Timestamp) -> Self {
        let text = at.to_iso8601();
        let number = |range| text.get(range).and_then(|digits: &str| digits.parse::<i64>().ok());
        Self(number(0..4).unwrap_or_default() * 12 + number(5..7).unwrap_or(1) - 1)
    }

    /// From `2026-11`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(Self::of(Timestamp::from_iso8601(text)?))
    }

    pub(super) fn next(self) -> Self {
        Self(self.0 + 1)
    }

    pub(super) fn begin(self) -> Timestamp {
        Timestamp::from_iso8601(&self.to_string()).unwrap_or_default()
    }

    /// How many hours it has.
    pub(super) fn hours(self) -> u64 {
        hours(self.begin(), self.next().begin())
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

/// How many hours of the clock a span touches: those that have begun are paid for. None for a span that is empty.
pub(super) fn hours(from: Timestamp, until: Timestamp) -> u64 {
    if until <= from {
        return 0;
    }
    let end = (until.as_millis() - 1).div_euclid(HOUR) + 1;
    (end - from.as_millis().div_euclid(HOUR)).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_iso8601(text).unwrap()
    }

    #[test]
    fn months() {
        let month = Month::of(at("2026-12-31T23:59:59Z"));
        assert_eq!((month.to_string(), month.hours()), ("2026-12".to_owned(), 744));
        assert_eq!(month.next().to_string(), "2027-01");
        assert_eq!(Month::parse("2028-02").map(Month::hours), Some(696));
        assert_eq!(Month::parse("2026-11").map(Month::hours), Some(720));
        assert_eq!(Month::parse("soon"), None);
    }

    #[test]
    fn an_hour_that_has_begun_counts() {
        let check = |from: &str, until: &str, hours_: u64| assert_eq!(hours(at(from), at(until)), hours_);
        check("2026-11-01T10:20Z", "2026-11-01T10:20Z", 0);
        check("2026-11-01T10:20Z", "2026-11-01T10:20:01Z", 1);
        check("2026-11-01T10:00Z", "2026-11-01T11:00Z", 1);
        check("2026-11-01T10:59Z", "2026-11-01T11:01Z", 2);
        check("2026-11-02T10:00Z", "2026-11-01T11:00Z", 0);
    }
}
