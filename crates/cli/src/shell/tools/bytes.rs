//! Programs that work on bytes.

use super::{Complaint, Printed, Shell, escape::unescaped, files::inputs};
use crate::blob;

pub(super) fn base64(shell: &Shell, words: &[&str], input: &[u8]) -> Printed {
    let (mut decode, mut lenient, mut wrap, mut names) = (false, false, 76, Vec::new());
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        match word {
            "-d" | "-D" | "--decode" => decode = true,
            "-i" | "--ignore-garbage" => lenient = true,
            "-di" | "-id" => (decode, lenient) = (true, true),
            "-w" | "--wrap" => {
                wrap = words.next().unwrap_or_default().parse().map_err(|_| "invalid wrap size".to_owned())?
            }
            word => match word.strip_prefix("-w").or_else(|| word.strip_prefix("--wrap=")) {
                Some(width) => wrap = width.parse().map_err(|_| format!("invalid wrap size: '{width}'"))?,
                None if word.starts_with('-') && word.len() > 1 => {
                    return Err(format!("invalid option '{word}'").into());
                }
                None => names.push(word),
            },
        }
    }
    let bytes = inputs(shell, &names, input)?;
    if !decode {
        let text = blob::encode(&bytes);
        return Ok(wrapped(&text, wrap).into());
    }
    let text: String = String::from_utf8_lossy(&bytes).chars().filter(|c| *c != '\n').collect();
    let alphabet = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let readable = if lenient { None } else { text.find(|c| !alphabet(c)) };
    match (readable, blob::decode(&text)) {
        (None, Some(bytes)) => Ok(bytes),
        (end, _) => {
            let digits: String = text[..end.unwrap_or(text.len())].chars().filter(|c| *c != '=').collect();
            let stdout = blob::unpadded(&digits).unwrap_or_default();
            Err(Complaint { stdout, message: "invalid input".to_owned(), exit: 1 })
        }
    }
}

fn wrapped(text: &str, width: usize) -> String {
    if width == 0 {
        return text.to_owned();
    }
    let lines = text.as_bytes().chunks(width).map(|line| format!("{}\n", String::from_utf8_lossy(line)));
    lines.collect()
}

/// `tr -d '\n'` and `tr a b`.
pub(super) fn tr(words: &[&str], input: &[u8]) -> Printed {
    match words {
        ["-d", chars] => {
            let chars = set(chars);
            Ok(input.iter().copied().filter(|b| !chars.contains(b)).collect())
        }
        [from, to] if !from.starts_with('-') && !set(to).is_empty() => {
            let (from, to) = (set(from), set(to));
            let map = |b: &u8| {
                let place = from.iter().position(|other| other == b);
                place.and_then(|at| to.get(at).or(to.last())).copied().unwrap_or(*b)
            };
            Ok(input.iter().map(map).collect())
        }
        _ => Err("takes -d and characters, or two sets of characters".into()),
    }
}

/// `abc`, `a-z` and escapes.
fn set(text: &str) -> Vec<u8> {
    let bytes = unescaped(text);
    let (mut out, mut rest) = (Vec::new(), &bytes[..]);
    while let [first, after @ ..] = rest {
        match after {
            [b'-', last, after @ ..] => {
                out.extend(*first..=*last);
                rest = after;
            }
            _ => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

/// `xxd`, `xxd -p` and `xxd -r -p`.
pub(super) fn xxd(shell: &Shell, words: &[&str], input: &[u8]) -> Printed {
    let (mut plain, mut back, mut columns, mut names) = (false, false, None, Vec::new());
    let (mut skipped, mut longest) = (0, usize::MAX);
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        match word.split_at_checked(2) {
            Some(("-c" | "-s" | "-l", rest)) => {
                let value = if rest.is_empty() { words.next().unwrap_or_default() } else { rest };
                let number = value.parse().map_err(|_| format!("invalid number '{value}'"))?;
                match word.as_bytes()[1] {
                    b'c' => columns = Some(number).filter(|number| (1..=256).contains(number)),
                    b's' => skipped = number,
                    _ => longest = number,
                }
            }
            Some(("-p", "" | "s")) => plain = true,
            Some(("-r", "")) => back = true,
            Some(("-r", "p") | ("-p", "r")) => (plain, back) = (true, true),
            _ if word.starts_with('-') && word.len() > 1 => {
                return Err(format!("invalid option '{word}'").into());
            }
            _ => names.push(word),
        }
    }
    let bytes = inputs(shell, &names, input)?;
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    if back {
        let digits: Vec<u8> = bytes.into_iter().filter(u8::is_ascii_hexdigit).collect();
        let byte = |pair: &[u8]| u8::from_str_radix(&String::from_utf8_lossy(pair), 16).ok();
        return Ok(digits.chunks_exact(2).filter_map(byte).collect());
    }
    let bytes = &bytes[skipped.min(bytes.len())..];
    let bytes = &bytes[..longest.min(bytes.len())];
    if plain {
        let lines = bytes.chunks(columns.unwrap_or(30)).map(|line| format!("{}\n", hex(line)));
        return Ok(lines.collect::<String>().into());
    }
    let columns = columns.unwrap_or(16);
    let width = 2 * columns + columns.div_ceil(2) - 1;
    let line = |(n, line): (usize, &[u8])| {
        let groups = line.chunks(2).map(hex).collect::<Vec<_>>().join(" ");
        let text: String =
            line.iter().map(|b| if (32..127).contains(b) { char::from(*b) } else { '.' }).collect();
        format!("{:08x}: {groups:<width$}  {text}\n", skipped + n * columns)
    };
    Ok(bytes.chunks(columns).enumerate().map(line).collect::<String>().into())
}

/// `od -An -tx1`, `od -c`, and octal numbers where no format is named.
pub(super) fn od(shell: &Shell, words: &[&str], input: &[u8]) -> Printed {
    let (mut plain, mut kind, mut names) = (false, "o1", Vec::new());
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        match word {
            "-An" => plain = true,
            "-A" => plain = words.next() == Some("n"),
            "-c" => kind = "c",
            "-t" => kind = words.next().unwrap_or_default(),
            word => match word.strip_prefix("-t") {
                Some(named) => kind = named,
                None if word.starts_with('-') && word.len() > 1 => {
                    return Err(format!("invalid option '{word}'").into());
                }
                None => names.push(word),
            },
        }
    }
    let shown: fn(u8) -> String = match kind {
        "x1" | "x" => |b| format!(" {b:02x}"),
        "o1" | "o" => |b| format!(" {b:03o}"),
        "d1" | "u1" => |b| format!(" {b:>3}"),
        "c" => character,
        other => return Err(format!("invalid type string '{other}'").into()),
    };
    let bytes = inputs(shell, &names, input)?;
    let offset = |at: usize| if plain { String::new() } else { format!("{at:07o}") };
    let line = |(n, line): (usize, &[u8])| {
        format!("{}{}\n", offset(n * 16), line.iter().map(|b| shown(*b)).collect::<String>())
    };
    let end = if plain { String::new() } else { format!("{}\n", offset(bytes.len())) };
    Ok((bytes.chunks(16).enumerate().map(line).collect::<String>() + &end).into())
}

fn character(byte: u8) -> String {
    match byte {
        0 => "  \\0".to_owned(),
        7 => "  \\a".to_owned(),
        8 => "  \\b".to_owned(),
        b'\t' => "  \\t".to_owned(),
        b'\n' => "  \\n".to_owned(),
        11 => "  \\v".to_owned(),
        12 => "  \\f".to_owned(),
        b'\r' => "  \\r".to_owned(),
        b' '..=b'~' => format!("   {}", char::from(byte)),
        other => format!(" {other:03o}"),
    }
}
