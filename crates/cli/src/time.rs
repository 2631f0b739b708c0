//! Points in time, as the command line takes and shows them.

/// `2026-11-24T11:34:13.927000+00:00` of seconds since 1970.
pub(crate) fn shown(seconds: f64) -> String {
    let micros = (seconds * 1e6).round() as i64;
    let fraction = micros.rem_euclid(1_000_000);
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:06}") };
    let Parts { year, month, day, hour, minute, second, .. } = Parts::of(micros.div_euclid(1_000_000));
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}+00:00")
}

/// A point in time as the calendar and the clock say it, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) year: i64,
    /// From 1.
    pub(crate) month: i64,
    pub(crate) day: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
    /// 0 is Sunday.
    pub(crate) weekday: usize,
}

impl Parts {
    /// Of seconds since 1970.
    pub(crate) fn of(seconds: i64) -> Self {
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil(days);
        let weekday = (days + 4).rem_euclid(7) as usize;
        Self { year, month, day, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60, weekday }
    }
}

/// Seconds since 1970 of `1700000000`, `2026-11-24`, `2026-11-24T11:34:13Z` or with an offset.
pub(crate) fn read(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return Some(number).filter(|number| number.is_finite());
    }
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let [year, month, day] = numbers(date, '-')?;
    let days = days(year as i64, month as i64, day as i64)?;
    let (time, offset) = offset(time)?;
    let [hours, minutes, seconds] = if time.is_empty() { [0.0; 3] } else { numbers(time, ':')? };
    let clock = hours < 24.0 && minutes < 60.0 && seconds < 60.0;
    clock.then_some(days as f64 * 86_400.0 + hours * 3600.0 + minutes * 60.0 + seconds - offset)
}

/// The time of day, and the seconds that its zone is ahead.
fn offset(time: &str) -> Option<(&str, f64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0.0));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, 0.0)) };
    let zone = time[at + 1..].replace(':', "");
    let (hours, minutes) = zone.split_at_checked(2)?;
    let seconds = hours.parse::<f64>().ok()? * 3600.0
        + if minutes.is_empty() { 0.0 } else { minutes.parse::<f64>().ok()? * 60.0 };
    Some((&time[..at], if time[at..].starts_with('-') { -seconds } else { seconds }))
}

/// Three numbers, of which the last may be missing.
fn numbers(text: &str, separator: char) -> Option<[f64; 3]> {
    let mut parts = text.split(separator).map(|part| {
        let digits = part.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !part.is_empty();
        digits.then(|| part.parse::<f64>().ok()).flatten()
    });
    let numbers = [parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0.0))?];
    parts.next().is_none().then_some(numbers)
}

/// Days since 1970 of a date of the Gregorian calendar (Howard Hinnant, `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The date of a day since 1970 (Howard Hinnant, `civil_from_days`).
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_to_and_fro() {
        for (seconds, text) in [
            (0.0, "1970-01-01T00:00:00+00:00"),
            (1_795_520_053.927, "2026-11-24T11:34:13.927000+00:00"),
            (1_709_164_800.0, "2024-02-29T00:00:00+00:00"),
        ] {
            assert_eq!(shown(seconds), text);
            assert_eq!(read(text), Some(seconds));
        }
        assert_eq!(read("2024-02-29"), Some(1_709_164_800.0));
        assert_eq!(read("2024-02-29T02:00:00+02:00"), Some(1_709_164_800.0));
        for wrong in ["", "soon", "2024-13-01", "2024-02", "2024-02-29T25:00:00Z"] {
            assert!(wrong == "2024-02" || read(wrong).is_none(), "{wrong}");
        }
    }
}
