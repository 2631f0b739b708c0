//! Programs that order lines, count them and make them.

use super::{Complaint, Printed, Shell, files::inputs};

/// `sort`, `sort -r`, `sort -u`, `sort -n`.
pub(super) fn sort(shell: &Shell, flags: &[&str], names: &[&str], input: &[u8]) -> Printed {
    let bytes = inputs(shell, names, input)?;
    let text = String::from_utf8_lossy(&bytes);
    let has = |letter: char| flags.iter().any(|flag| flag.contains(letter));
    if let Some(flag) = flags.iter().find(|flag| !flag[1..].chars().all(|c| "nru".contains(c))) {
        return Err(Complaint {
            stdout: Vec::new(),
            message: format!("invalid option '{flag}': only -n, -r and -u are understood here"),
            exit: 2,
        });
    }
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    if has('n') {
        lines.sort_by(|one, other| number(one).total_cmp(&number(other)));
    }
    if has('u') && has('n') {
        lines.dedup_by(|one, other| number(one).total_cmp(&number(other)).is_eq());
    } else if has('u') {
        lines.dedup();
    }
    if has('r') {
        lines.reverse();
    }
    Ok(lines.iter().map(|line| format!("{line}\n")).collect::<String>().into())
}

/// The number that a line begins with; 0 if it begins with none.
fn number(line: &str) -> f64 {
    let line = line.trim_start();
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let sign = usize::from(line.starts_with('-'));
    let end = line[sign..].find(|c| !digits(c)).map_or(line.len(), |end| end + sign);
    // Adding takes the sign of a zero away.
    line[..end].parse().unwrap_or(0.0) + 0.0
}

/// `uniq`: of equal lines next to each other one; `-c` with their number, `-d` only of several, `-u` only single ones.
pub(super) fn uniq(shell: &Shell, flags: &[&str], names: &[&str], input: &[u8]) -> Printed {
    let has = |letter: char| flags.iter().any(|flag| flag.contains(letter));
    if let Some(flag) = flags.iter().find(|flag| !flag[1..].chars().all(|c| "cdui".contains(c))) {
        return Err(format!("invalid option '{flag}': only -c, -d, -i and -u are understood here").into());
    }
    let bytes = inputs(shell, names, input)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let same = |one: &str, other: &str| match has('i') {
        true => one.to_lowercase() == other.to_lowercase(),
        false => one == other,
    };
    for line in text.lines() {
        match lines.last_mut() {
            Some((count, last)) if same(last, line) => *count += 1,
            _ => lines.push((1, line)),
        }
    }
    lines.retain(|(count, _)| (!has('d') || *count > 1) && (!has('u') || *count == 1));
    let shown = |(count, line): &(usize, &str)| match has('c') {
        true => format!("{count:>7} {line}\n"),
        false => format!("{line}\n"),
    };
    Ok(lines.iter().map(shown).collect::<String>().into())
}

/// How many numbers `seq` prints at most.
const MOST: i64 = 1_000_000;

/// `seq 5`, `seq 2 5`, `seq 10 -2 0`; `-w` with zeros before, `-s` with something else between. Whole numbers.
pub(super) fn seq(words: &[&str]) -> Printed {
    let (mut numbers, mut wide, mut between) = (Vec::new(), false, "\n");
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        match (word, word.strip_prefix("-s")) {
            ("-w", _) => wide = true,
            ("-s", _) => between = words.next().unwrap_or_default(),
            (_, Some(text)) => between = text,
            (word, None) => {
                let number = word.parse::<i64>().map_err(|_| format!("'{word}' is no whole number"))?;
                numbers.push((number, word));
            }
        }
    }
    let (first, step, last) = match numbers.as_slice() {
        [(last, _)] => (1, 1, *last),
        [(first, _), (last, _)] => (*first, 1, *last),
        [(first, _), (step, _), (last, _)] if *step != 0 => (*first, *step, *last),
        [] => return Err("missing operand".into()),
        _ => return Err("takes up to three numbers: first, step and last; the step is not 0".into()),
    };
    let all =
        (0..).map_while(|n: i64| first.checked_add(n.checked_mul(step)?)).take_while(|number| match step {
            1.. => *number <= last,
            _ => *number >= last,
        });
    let all: Vec<String> = all.take(MOST as usize + 1).map(|number| number.to_string()).collect();
    if all.len() as i64 > MOST {
        return Err(format!("more than {MOST} numbers are too many here").into());
    }
    let width = if wide { all.iter().map(String::len).max().unwrap_or_default() } else { 0 };
    let pad = |text: &String| match text.strip_prefix('-') {
        Some(digits) => format!("-{digits:0>width$}", width = width.saturating_sub(1)),
        None => format!("{text:0>width$}"),
    };
    let text = all.iter().map(pad).collect::<Vec<_>>().join(between);
    Ok(if text.is_empty() { Vec::new() } else { (text + "\n").into() })
}

/// `sleep`: nobody waits in a sandbox.
pub(super) fn sleep(words: &[&str]) -> Printed {
    let seconds =
        |word: &&str| word.trim_end_matches(['s', 'm', 'h', 'd']).parse::<f64>().is_ok_and(|it| it >= 0.0);
    match words.iter().find(|word| !seconds(word)) {
        Some(word) => Err(format!("invalid time interval '{word}'").into()),
        None if words.is_empty() => Err("missing operand".into()),
        None => Err(Complaint {
            stdout: Vec::new(),
            message: "no time passes here; move the clock forward instead".to_owned(),
            exit: 0,
        }),
    }
}
