//! Programs that work on lines.

use super::{Printed, Shell, files::inputs};

/// `cut -d, -f2`, `cut -c1-3`.
pub(super) fn cut(shell: &Shell, words: &[&str], input: &[u8]) -> Printed {
    let (mut cut, mut names) = (Cut { delimiter: '\t', fields: None, chars: None }, Vec::new());
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        let Some((flag, joined)) = flagged(word, "dfcb") else {
            names.push(word);
            continue;
        };
        let value = if joined.is_empty() { words.next().unwrap_or_default() } else { joined };
        match flag {
            'd' => cut.delimiter = value.chars().next().ok_or("the delimiter must be a single character")?,
            'f' => cut.fields = Some(ranges(value)?),
            _ => cut.chars = Some(ranges(value)?),
        }
    }
    if cut.fields.is_none() && cut.chars.is_none() {
        return Err("you must specify a list of bytes, characters, or fields".into());
    }
    let bytes = inputs(shell, &names, input)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().map(|line| cut.line(line) + "\n").collect::<String>().into())
}

/// What is taken of each line: fields or characters, from and to, counted from 1.
struct Cut {
    delimiter: char,
    fields: Option<Vec<(usize, usize)>>,
    chars: Option<Vec<(usize, usize)>>,
}

impl Cut {
    /// A line without the delimiter has no fields and is kept.
    fn line(&self, line: &str) -> String {
        let within = |ranges: &[(usize, usize)], n: usize| {
            ranges.iter().any(|(first, last)| (first..=last).contains(&&n))
        };
        match (&self.fields, &self.chars) {
            (Some(ranges), _) if line.contains(self.delimiter) => {
                let kept = line.split(self.delimiter).zip(1..).filter(|(_, n)| within(ranges, *n));
                kept.map(|(field, _)| field).collect::<Vec<_>>().join(&self.delimiter.to_string())
            }
            (None, Some(ranges)) => {
                line.chars().zip(1..).filter(|(_, n)| within(ranges, *n)).map(|(c, _)| c).collect()
            }
            _ => line.to_owned(),
        }
    }
}

/// The letter of an option and what is joined to it.
fn flagged<'a>(word: &'a str, letters: &str) -> Option<(char, &'a str)> {
    let mut rest = word.strip_prefix('-')?.chars();
    let flag = rest.next().filter(|c| letters.contains(*c))?;
    Some((flag, rest.as_str()))
}

/// `2`, `1-3`, `4-`, `-2`, and several with commas between.
fn ranges(list: &str) -> Result<Vec<(usize, usize)>, String> {
    let number = |text: &str, default: usize| match text {
        "" => Some(default),
        text => text.parse().ok().filter(|number| *number > 0),
    };
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        if part.is_empty() || part == "-" {
            None
        } else {
            Some((number(first, 1)?, number(last, usize::MAX)?))
        }
    };
    list.split(',').map(|part| range(part).ok_or_else(|| format!("invalid field value '{part}'"))).collect()
}

/// `wc`, with `-l`, `-w`, `-m` and `-c`.
pub(super) fn wc(shell: &Shell, flags: &[&str], names: &[&str], input: &[u8]) -> Printed {
    let kinds: Vec<char> = "lwmc"
        .chars()
        .filter(|kind| match flags {
            [] => *kind != 'm',
            flags => flags.iter().any(|flag| flag.contains(*kind)),
        })
        .collect();
    let mut rows = Vec::new();
    for name in names {
        rows.push((counts(&inputs(shell, &[name], input)?), *name));
    }
    if names.is_empty() {
        rows.push((counts(input), ""));
    }
    if rows.len() > 1 {
        let sum = |at: usize| rows.iter().map(|(counts, _)| counts[at]).sum();
        rows.push(([sum(0), sum(1), sum(2), sum(3)], "total"));
    }
    let size = rows.last().map_or(0, |(counts, _)| counts[3]);
    let width = match (names, kinds.len()) {
        ([] | [_], 1) => 1,
        ([], _) => 7,
        _ => size.to_string().len(),
    };
    let row = |(counts, name): &([usize; 4], &str)| {
        let shown = "lwmc".chars().zip(counts).filter(|(kind, _)| kinds.contains(kind));
        let shown: Vec<String> = shown.map(|(_, count)| format!("{count:>width$}")).collect();
        format!("{} {name}", shown.join(" ")).trim_end().to_owned() + "\n"
    };
    Ok(rows.iter().map(row).collect::<String>().into())
}

/// Lines, words, characters and bytes.
fn counts(bytes: &[u8]) -> [usize; 4] {
    let text = String::from_utf8_lossy(bytes);
    let lines = bytes.iter().filter(|b| **b == b'\n').count();
    [lines, text.split_whitespace().count(), text.chars().count(), bytes.len()]
}

/// `head` and `tail`: `-n 3`, `-n3`, `-3`, `-c 8`; `head -n -1` is all but the last, `tail -n +2` all from the second.
pub(super) fn ends(shell: &Shell, first: bool, words: &[&str], input: &[u8]) -> Printed {
    let (mut number, mut bytewise, mut names) = ("10", false, Vec::new());
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        let Some(flag) = word.strip_prefix('-').filter(|flag| !flag.is_empty()) else {
            names.push(word);
            continue;
        };
        bytewise = flag.starts_with('c');
        number = flag.strip_prefix(['c', 'n']).unwrap_or(flag);
        if number.is_empty() {
            number = words.next().unwrap_or_default();
        }
    }
    let count: usize = number
        .trim_start_matches(['+', '-'])
        .parse()
        .map_err(|_| format!("invalid number of {}: '{number}'", if bytewise { "bytes" } else { "lines" }))?;
    let bytes = inputs(shell, &names, input)?;
    let parts: Vec<&[u8]> =
        if bytewise { bytes.chunks(1).collect() } else { bytes.split_inclusive(|b| *b == b'\n').collect() };
    let all = parts.len();
    let range = match (first, number.as_bytes().first()) {
        (true, Some(b'-')) => 0..all.saturating_sub(count),
        (true, _) => 0..count.min(all),
        (false, Some(b'+')) => count.saturating_sub(1).min(all)..all,
        (false, _) => all.saturating_sub(count)..all,
    };
    Ok(parts[range].concat())
}
