//! Programs that compare two files.

use super::{Complaint, Printed, Shell};

/// How many pairs of lines `diff` compares before it only says that files differ.
const MOST: usize = 4_000_000;

fn both(shell: &Shell, names: &[&str], input: &[u8]) -> Result<[std::rc::Rc<[u8]>; 2], Complaint> {
    let wrong = |message: String| Complaint { stdout: Vec::new(), message, exit: 2 };
    let read = |name: &str| match name {
        "-" | "/dev/stdin" => Ok(input.into()),
        name => shell.files.read(name).map_err(|error| wrong(format!("{name}: {error}"))),
    };
    match names {
        [one, other] => Ok([read(one)?, read(other)?]),
        [] => Err(wrong("missing operand".to_owned())),
        [one, ..] => Err(wrong(format!("two files are needed, and only {one} is named"))),
    }
}

/// `cmp`: where two files differ first; `-s` says nothing, `-l` says all places.
pub(super) fn cmp(shell: &Shell, flags: &[&str], names: &[&str], input: &[u8]) -> Printed {
    let names: Vec<&str> = if names.len() == 1 { vec![names[0], "-"] } else { names.to_vec() };
    let has = |flag: char| flags.iter().any(|it| it.contains(flag));
    let [one, other] = both(shell, &names, input).map_err(|wrong| Complaint {
        message: if has('s') { String::new() } else { wrong.message },
        ..wrong
    })?;
    if one == other {
        return Ok(Vec::new());
    }
    let pairs = || one.iter().zip(other.iter()).zip(1..).filter(|((a, b), _)| a != b);
    let differ = |stdout: String, message: String| {
        let stdout = stdout.into_bytes();
        Err(if has('s') { String::new().into() } else { Complaint { stdout, message, exit: 1 } })
    };
    let ends = if one.len() < other.len() { (names[0], one.len()) } else { (names[1], other.len()) };
    let eof = match ends {
        (name, 0) => format!("EOF on {name} which is empty"),
        (name, length) if has('l') => format!("EOF on {name} after byte {length}"),
        (name, length) => {
            let lines = one[..length].iter().filter(|b| **b == b'\n').count();
            let whole = one[length - 1] == b'\n';
            let place = if whole { format!("line {lines}") } else { format!("in line {}", lines + 1) };
            format!("EOF on {name} after byte {length}, {place}")
        }
    };
    if has('l') {
        let width = one.len().min(other.len()).to_string().len();
        let line = |((a, b), at): ((&u8, &u8), usize)| format!("{at:>width$} {a:>3o} {b:>3o}\n");
        return differ(
            pairs().map(line).collect(),
            if one.len() == other.len() { String::new() } else { eof },
        );
    }
    match pairs().next() {
        Some((_, at)) => {
            let line = one[..at - 1].iter().filter(|b| **b == b'\n').count() + 1;
            differ(format!("{} {} differ: byte {at}, line {line}\n", names[0], names[1]), String::new())
        }
        None => differ(String::new(), eof),
    }
}

/// `diff`: the lines in which two files differ; `-q` only whether they do.
pub(super) fn diff(shell: &Shell, flags: &[&str], names: &[&str], input: &[u8]) -> Printed {
    let [one, other] = both(shell, names, input)?;
    if let Some(flag) = flags.iter().find(|flag| !matches!(**flag, "-q" | "--brief" | "-s")) {
        return Err(Complaint {
            stdout: Vec::new(),
            message: format!("invalid option '{flag}': only -q and -s are understood here"),
            exit: 2,
        });
    }
    let names = format!("{} and {}", names[0], names[1]);
    if one == other {
        let same = format!("Files {names} are identical\n");
        return Ok(if flags.contains(&"-s") { same.into() } else { Vec::new() });
    }
    let texts = [std::str::from_utf8(&one), std::str::from_utf8(&other)];
    let binary = one.contains(&0) || other.contains(&0) || texts.iter().any(Result::is_err);
    let brief = flags.iter().any(|flag| *flag != "-s");
    let [one, other] = texts.map(|text| text.unwrap_or_default().split_inclusive('\n').collect::<Vec<_>>());
    let stdout = if brief || one.len().saturating_mul(other.len()) > MOST {
        format!("Files {names} differ\n")
    } else if binary {
        format!("Binary files {names} differ\n")
    } else {
        hunks(&one, &other)
    };
    Err(Complaint { stdout: stdout.into(), message: String::new(), exit: 1 })
}

/// What has to be changed, in ed's letters: `1,2c3`.
fn hunks(one: &[&str], other: &[&str]) -> String {
    let common = common(one, other);
    let (mut out, mut a, mut b) = (String::new(), 0, 0);
    for (next_a, next_b) in common.into_iter().chain([(one.len(), other.len())]) {
        if next_a > a || next_b > b {
            let letter = match (next_a > a, next_b > b) {
                (true, true) => 'c',
                (true, false) => 'd',
                _ => 'a',
            };
            out.push_str(&format!("{}{letter}{}\n", range(a, next_a), range(b, next_b)));
            lines(&mut out, '<', &one[a..next_a]);
            if letter == 'c' {
                out.push_str("---\n");
            }
            lines(&mut out, '>', &other[b..next_b]);
        }
        (a, b) = (next_a + 1, next_b + 1);
    }
    out
}

/// Lines, counted from 1; where there are none, the one before.
fn range(from: usize, to: usize) -> String {
    match to - from {
        0 => from.to_string(),
        1 => to.to_string(),
        _ => format!("{},{to}", from + 1),
    }
}

fn lines(out: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        out.push_str(&format!("{sign} {line}"));
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// The longest sequence of lines that both have.
fn common(one: &[&str], other: &[&str]) -> Vec<(usize, usize)> {
    let width = other.len() + 1;
    // How many lines the rests from two places on have in common.
    let mut table = vec![0_u32; (one.len() + 1) * width];
    for a in (0..one.len()).rev() {
        for b in (0..other.len()).rev() {
            let at = a * width + b;
            table[at] = if one[a] == other[b] {
                table[at + width + 1] + 1
            } else {
                table[at + width].max(table[at + 1])
            };
        }
    }
    let (mut found, mut a, mut b) = (Vec::new(), 0, 0);
    while a < one.len() && b < other.len() {
        let at = a * width + b;
        if one[a] == other[b] {
            found.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if table[at + width] >= table[at + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}
