//! Times as text, in the forms of ISO 8601 that the service writes and reads.
//! Source: "Date and time formats", W3C note of 1997, which the IAM user guide refers to.

use crate::Timestamp;

/// Milliseconds in an hour, a minute and a second.
const HOUR: i64 = 60 * MINUTE;
const MINUTE: i64 = 60 * SECOND;
const SECOND: i64 = 1000;

impl Timestamp {
    /// `2026-11-24T12:00:00Z`. Times outside of the years 0 to 9999 are told as the nearest in them.
    pub fn to_iso8601(self) -> String {
        let (first, last) = (days(0, 1, 1) * Self::DAY, days(10_000, 1, 1) * Self::DAY - 1);
        let millis = self.as_millis().clamp(first, last);
        let (year, month, day) = date(millis.div_euclid(Self::DAY));
        let time = millis.rem_euclid(Self::DAY);
        let (hour, minute, second) = (time / HOUR, time % HOUR / MINUTE, time % MINUTE / SECOND);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// A year, a month or a day, which stand for their beginning in UTC; or a day with a time and an offset from UTC:
    /// `2026-11-24T12:00Z`, `2026-11-24T12:00:00.125+01:00`. What is finer than a millisecond is left out.
    pub fn from_iso8601(text: &str) -> Option<Self> {
        let (day, time) = text.split_once(['T', 't']).map_or((text, None), |(day, time)| (day, Some(time)));
        let mut parts = day.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map_or(Some(1), |month| number(month, 2))?;
        let day = parts.next().map_or((time.is_none()).then_some(1), |day| number(day, 2))?;
        let days = days(year, month, day);
        if parts.next().is_some() || date(days) != (year, month, day) {
            return None;
        }
        Some(Self::from_millis(days * Self::DAY + time.map_or(Some(0), time_of_day)?))
    }
}

/// Milliseconds since the day began in UTC.
fn time_of_day(text: &str) -> Option<i64> {
    let zone = text.rfind(['Z', 'z', '+', '-'])?;
    let (time, zone) = text.split_at(zone);
    let offset = match zone.strip_prefix(['Z', 'z']) {
        Some("") => 0,
        Some(_) => return None,
        None => {
            let (sign, offset) = zone.split_at(1);
            let (hours, minutes) = offset.split_once(':').or_else(|| offset.split_at_checked(2))?;
            let minutes =
                number(hours, 2).filter(|it| *it < 24)? * 60 + number(minutes, 2).filter(|it| *it < 60)?;
            if sign == "-" { -minutes } else { minutes }
        }
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = time.split(':');
    let hour = number(parts.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = number(parts.next()?, 2).filter(|minute| *minute < 60)?;
    let second = parts.next().map_or(Some(0), |second| number(second, 2)).filter(|second| *second < 60)?;
    let thousandths = format!("{fraction:0<3}");
    number(fraction, fraction.len()).filter(|_| parts.next().is_none() && !fraction.is_empty())?;
    Some(hour * HOUR + (minute - offset) * MINUTE + second * SECOND + number(thousandths.get(..3)?, 3)?)
}

/// So many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    // A fraction may have more digits than a number; what it is does not matter then.
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| {
        text.bytes().fold(0_i64, |number, byte| number.wrapping_mul(10).wrapping_add((byte - b'0').into()))
    })
}

/// Days since 1970-01-01 in the Gregorian calendar. Counts in years that begin with March, so that a leap day is the last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year * 365 + year / 4 - year / 100 + day - 719_468
}

/// The reverse of [`days`].
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) = (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same as a library that knows all of the calendar, in ten thousand years, on every day of two hundred.
    #[test]
    fn every_day_and_some_time_of_it() {
        let (first, last) = (days(0, 1, 1), days(9999, 12, 30));
        assert_eq!((first, days(1970, 1, 1)), (-719_528, 0));
        for day in (first..=last).step_by(11).chain(days(1896, 1, 1)..days(2104, 1, 1)) {
            let time =
                Timestamp::from_millis(day * Timestamp::DAY + (day * 7_919_003).rem_euclid(Timestamp::DAY));
            let text = time.to_iso8601();
            let whole = Timestamp::from_millis(time.as_millis().div_euclid(1000) * 1000);
            assert_eq!(Timestamp::from_iso8601(&text), Some(whole));
            let known = jiff::Timestamp::from_millisecond(whole.as_millis()).unwrap();
            assert_eq!(text, known.to_string());
        }
    }

    #[track_caller]
    fn check(text: &str, whole: &str) {
        let known: jiff::Timestamp = whole.parse().unwrap();
        assert_eq!(Timestamp::from_iso8601(text).unwrap().as_millis(), known.as_millisecond());
    }

    #[test]
    fn forms() {
        check("2026", "2026-01-01T00:00:00Z");
        check("2026-11", "2026-11-01T00:00:00Z");
        check("2024-02-29", "2024-02-29T00:00:00Z");
        check("2026-11-24T12:30Z", "2026-11-24T12:30:00Z");
        for whole in [
            "2026-11-24T12:59:59+01:00",
            "2026-11-24T23:59:59-11:30",
            "2026-11-24T12:00:00+0130",
            "2026-11-24t12:00:00z",
            "2026-11-24T12:00:00.5Z",
            "2026-11-24T12:00:00.123456789Z",
        ] {
            check(whole, whole);
        }
        check("2026-11-24T12:00:00.12345678901234567890Z", "2026-11-24T12:00:00.123Z");
    }

    #[test]
    fn what_is_no_time() {
        for text in [
            "",
            "soon",
            "26-11-24",
            "2026-13-01",
            "2026-00-01",
            "2026-02-29",
            "2026-11-31",
            "2026-11-24-01",
            "2026-11T12:00Z",
            "2026-11-24T12:00:00",
            "2026-11-24T12Z",
            "2026-11-24T24:00Z",
            "2026-11-24T12:60Z",
            "2026-11-24T12:00:61Z",
            "2026-11-24T12:00:00.Z",
            "2026-11-24T12:00:00.1x2Z",
            "2026-11-24T12:00:00Zx",
            "2026-11-24T12:00:00+25:00",
            "2026-11-24T12:00:00+1:00",
            "2026-11-24T12:00:00+\u{e9}1",
            "+2026-11-24",
        ] {
            assert_eq!(Timestamp::from_iso8601(text), None, "{text}");
        }
    }

    #[test]
    fn beyond_the_calendar() {
        assert_eq!(Timestamp::from_millis(i64::MAX).to_iso8601(), "9999-12-31T23:59:59Z");
        assert_eq!(Timestamp::from_millis(i64::MIN).to_iso8601(), "0000-01-01T00:00:00Z");
    }
}
