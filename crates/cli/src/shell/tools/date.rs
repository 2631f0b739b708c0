//! `date`: what time it is in the terminal's world, or another time, in UTC.

use super::{Printed, Shell};
use crate::time::{self, Parts};

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `date`, `date +%F`, `date -d '+30 days' +%s`, `date -d @1700000000`, `date -I`.
pub(super) fn date(shell: &Shell, words: &[&str]) -> Printed {
    let (mut millis, mut format) = (shell.now, "%a %b %e %H:%M:%S %Z %Y");
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        let text = match word {
            "-u" | "--utc" | "--universal" => continue,
            "-I" | "--iso-8601" => {
                format = "%F";
                continue;
            }
            "-Iseconds" | "--iso-8601=seconds" => {
                format = "%FT%T+00:00";
                continue;
            }
            "-d" | "--date" => words.next().unwrap_or_default(),
            word => match (word.strip_prefix('+'), word.strip_prefix("--date=")) {
                (Some(own), _) => {
                    format = own;
                    continue;
                }
                (None, Some(text)) => text,
                (None, None) => return Err(format!("invalid option or date '{word}'").into()),
            },
        };
        millis = moment(shell.now, text).ok_or_else(|| format!("invalid date '{text}'"))?;
    }
    Ok((shown(millis, format) + "\n").into())
}

/// `now`, `tomorrow`, `+2 hours`, `3 days ago`, `@SECONDS`, or a date.
fn moment(now: i64, text: &str) -> Option<i64> {
    const DAY: i64 = 86_400_000;
    if let Some(seconds) = text.strip_prefix('@') {
        return seconds.parse::<i64>().ok()?.checked_mul(1000);
    }
    let (text, sign) = match text.strip_suffix(" ago") {
        Some(text) => (text, -1),
        None => (text, 1),
    };
    let text = text.trim();
    let offset = match text {
        "now" | "today" => 0,
        "tomorrow" => DAY,
        "yesterday" => -DAY,
        _ => {
            let digits = text.trim_start_matches(['+', '-']).trim_start();
            let (number, unit) =
                digits.split_at(digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len()));
            let unit = match unit.trim().trim_end_matches('s') {
                "sec" | "second" => 1000,
                "min" | "minute" => 60_000,
                "hour" => 3_600_000,
                "day" => DAY,
                "week" => 7 * DAY,
                _ => return time::read(text).map(|seconds| (seconds * 1000.0) as i64),
            };
            let number: i64 = if number.is_empty() { 1 } else { number.parse().ok()? };
            number.checked_mul(if text.starts_with('-') { -unit } else { unit })?
        }
    };
    now.checked_add(offset * sign)
}

fn shown(millis: i64, format: &str) -> String {
    let parts = Parts::of(millis.div_euclid(1000));
    let (mut out, mut chars) = (String::new(), format.chars());
    while let Some(c) = chars.next() {
        match (c, chars.as_str().chars().next()) {
            ('%', Some(field)) => {
                chars.next();
                out.push_str(&field_of(&parts, millis, field));
            }
            _ => out.push(c),
        }
    }
    out
}

fn field_of(parts: &Parts, millis: i64, field: char) -> String {
    let Parts { year, month, day, hour, minute, second, weekday } = *parts;
    let (name, month_name) = (DAYS[weekday % 7], MONTHS[(month as usize + 11) % 12]);
    match field {
        'Y' => format!("{year:04}"),
        'y' => format!("{:02}", year.rem_euclid(100)),
        'm' => format!("{month:02}"),
        'd' => format!("{day:02}"),
        'e' => format!("{day:>2}"),
        'H' => format!("{hour:02}"),
        'M' => format!("{minute:02}"),
        'S' => format!("{second:02}"),
        'N' => format!("{:03}000000", millis.rem_euclid(1000)),
        's' => millis.div_euclid(1000).to_string(),
        'F' => format!("{year:04}-{month:02}-{day:02}"),
        'T' => format!("{hour:02}:{minute:02}:{second:02}"),
        'a' => name[..3].to_owned(),
        'A' => name.to_owned(),
        'b' | 'h' => month_name[..3].to_owned(),
        'B' => month_name.to_owned(),
        'Z' => "UTC".to_owned(),
        'z' => "+0000".to_owned(),
        'n' => "\n".to_owned(),
        't' => "\t".to_owned(),
        '%' => "%".to_owned(),
        other => format!("%{other}"),
    }
}
