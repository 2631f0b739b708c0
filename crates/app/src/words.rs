//! Numbers and times, as they are said.

/// `52428800` → `52,428,800`
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1` → `1 byte`, `52428800` → `52,428,800 bytes`
pub(crate) fn bytes(number: u64) -> String {
    counted(number, "byte", "bytes")
}

/// `1`, `frame`, `frames` → `1 frame`
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A length for reading at a glance, in powers of 1,000: `612 bytes`, `52.4 MB`.
pub(crate) fn size(number: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if number < 1000 {
        return bytes(number);
    }
    // In tenths of the unit, rounded.
    let (mut tenths, mut unit, mut scale) = ((number + 50) / 100, 0, 100);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        scale *= 1000;
        tenths = (number + scale / 2) / scale;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

/// A time to come, no more exact than it deserves: `a moment`, `about 20 seconds`, `about 3 minutes`.
pub(crate) fn wait(seconds: f64) -> String {
    match seconds {
        s if s < 1.5 => "a moment".to_owned(),
        s if s < 10.0 => format!("about {} seconds", s.round() as u64),
        s if s < 90.0 => format!("about {} seconds", (s / 5.0).round() as u64 * 5),
        s if s < 5400.0 => format!("about {} minutes", (s / 60.0).round() as u64),
        s => format!("about {} hours", (s / 3600.0).round() as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_groups_of_three() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (52_428_800, "52,428,800")] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(bytes(1), "1 byte");
    }

    #[test]
    fn sizes_never_read_1000_of_a_unit() {
        for (number, text) in [
            (999, "999 bytes"),
            (1000, "1.0 kB"),
            (999_949, "999.9 kB"),
            (999_950, "1.0 MB"),
            (52_428_800, "52.4 MB"),
        ] {
            assert_eq!(size(number), text);
        }
    }

    #[test]
    fn waits_grow_coarser() {
        for (seconds, text) in [
            (0.2, "a moment"),
            (4.4, "about 4 seconds"),
            (23.0, "about 25 seconds"),
            (100.0, "about 2 minutes"),
            (7300.0, "about 2 hours"),
        ] {
            assert_eq!(wait(seconds), text);
        }
    }
}
