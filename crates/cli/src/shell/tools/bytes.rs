//! Programs that work on bytes.

use super::{Printed, Shell, files::inputs};
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
    if !lenient && !text.chars().all(alphabet) {
        return Err("invalid input".to_owned().into());
    }
    Ok(blob::decode(&text).ok_or_else(|| "invalid input".to_owned())?)
}

fn wrapped(text: &str, width: usize) -> String {
    if width == 0 {
        return text.to_owned();
    }
    let lines = text.as_bytes().chunks(width).map(|line| format!("{}\n", String::from_utf8_lossy(line)));
    lines.collect()
}

/// `head` and `tail`: `-n 3`, `-n3`, `-3`, `-c 8`.
pub(super) fn ends(shell: &Shell, first: bool, words: &[&str], input: &[u8]) -> Printed {
    let (mut count, mut bytewise, mut names) = (10, false, Vec::new());
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        let flag = word.strip_prefix('-').filter(|flag| !flag.is_empty());
        let Some(flag) = flag else {
            names.push(word);
            continue;
        };
        bytewise = flag.starts_with('c');
        let number = flag.trim_start_matches(['c', 'n']);
        let number = if number.is_empty() { words.next().unwrap_or_default() } else { number };
        count = number.parse::<usize>().map_err(|_| format!("invalid number: '{number}'"))?;
    }
    let bytes = inputs(shell, &names, input)?;
    let parts: Vec<&[u8]> =
        if bytewise { bytes.chunks(1).collect() } else { bytes.split_inclusive(|b| *b == b'\n').collect() };
    let from = if first { 0 } else { parts.len().saturating_sub(count) };
    Ok(parts[from..].iter().take(count).copied().collect::<Vec<_>>().concat())
}

pub(super) fn wc(shell: &Shell, flags: &[&str], names: &[&str], input: &[u8]) -> Printed {
    let bytes = inputs(shell, names, input)?;
    let text = String::from_utf8_lossy(&bytes);
    let counts = [
        ('l', bytes.iter().filter(|b| **b == b'\n').count()),
        ('w', text.split_whitespace().count()),
        ('c', bytes.len()),
        ('m', text.chars().count()),
    ];
    let asked = |flag: char| match flags {
        [] => flag != 'm',
        flags => flags.iter().any(|asked| asked.contains(flag)),
    };
    let shown: Vec<String> =
        counts.iter().filter(|(flag, _)| asked(*flag)).map(|(_, count)| count.to_string()).collect();
    let shown = if shown.len() == 1 {
        shown.concat()
    } else {
        shown.iter().map(|count| format!("{count:>7}")).collect()
    };
    Ok(format!("{shown}{}\n", names.first().map(|name| format!(" {name}")).unwrap_or_default()).into())
}

/// `tr -d '\n'` and `tr a b`.
pub(super) fn tr(words: &[&str], input: &[u8]) -> Printed {
    let set = |text: &str| -> Vec<u8> {
        let text = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
        let bytes = text.as_bytes();
        let range =
            |at: usize| (at + 2 < bytes.len() && bytes[at + 1] == b'-').then(|| bytes[at]..=bytes[at + 2]);
        let (mut out, mut at) = (Vec::new(), 0);
        while at < bytes.len() {
            match range(at) {
                Some(range) => {
                    out.extend(range);
                    at += 3;
                }
                None => {
                    out.push(bytes[at]);
                    at += 1;
                }
            }
        }
        out
    };
    match words {
        ["-d", chars] => {
            let chars = set(chars);
            Ok(input.iter().copied().filter(|b| !chars.contains(b)).collect())
        }
        [from, to] if !from.starts_with('-') && !to.is_empty() => {
            let (from, to) = (set(from), set(to));
            let map = |b: &u8| match from.iter().position(|other| other == b) {
                Some(at) => to[at.min(to.len() - 1)],
                None => *b,
            };
            Ok(input.iter().map(map).collect())
        }
        _ => Err("takes -d and characters, or two sets of characters".to_owned().into()),
    }
}

/// `xxd`, `xxd -p` and `xxd -r -p`.
pub(super) fn xxd(shell: &Shell, flags: &[&str], names: &[&str], input: &[u8]) -> Printed {
    let bytes = inputs(shell, names, input)?;
    let has = |letter: char| flags.iter().any(|flag| flag.contains(letter));
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    if has('r') {
        let digits: Vec<u8> = bytes.into_iter().filter(u8::is_ascii_hexdigit).collect();
        let byte = |pair: &[u8]| u8::from_str_radix(&String::from_utf8_lossy(pair), 16).ok();
        return Ok(digits.chunks_exact(2).filter_map(byte).collect());
    }
    if has('p') {
        return Ok(bytes.chunks(30).map(|line| format!("{}\n", hex(line))).collect::<String>().into());
    }
    let line = |(n, line): (usize, &[u8])| {
        let groups: Vec<String> = line.chunks(2).map(hex).collect();
        let text: String =
            line.iter().map(|b| if (32..127).contains(b) { char::from(*b) } else { '.' }).collect();
        format!("{:08x}: {:<39}  {text}\n", n * 16, groups.join(" "))
    };
    Ok(bytes.chunks(16).enumerate().map(line).collect::<String>().into())
}

/// `od -An -tx1`, and with offsets where `-An` is missing.
pub(super) fn od(shell: &Shell, words: &[&str], input: &[u8]) -> Printed {
    let mut words: Vec<&str> = words.to_vec();
    let mut took = |flags: [&str; 3]| {
        let at = words.iter().position(|word| flags.contains(word));
        if let Some(at) = at {
            let joined = words.remove(at).len() > 2;
            if !joined && at < words.len() {
                words.remove(at);
            }
        }
        at.is_some()
    };
    let plain = took(["-An", "-A", "-An"]);
    let hex = took(["-tx1", "-t", "-x"]);
    let names: Vec<&str> = words.into_iter().filter(|word| !word.starts_with('-')).collect();
    let bytes = inputs(shell, &names, input)?;
    let shown = |b: &u8| if hex { format!(" {b:02x}") } else { format!(" {b:03o}") };
    let line = |(n, line): (usize, &[u8])| {
        let offset = if plain { String::new() } else { format!("{:07o}", n * 16) };
        format!("{offset}{}\n", line.iter().map(shown).collect::<String>())
    };
    let end = if plain { String::new() } else { format!("{:07o}\n", bytes.len()) };
    Ok((bytes.chunks(16).enumerate().map(line).collect::<String>() + &end).into())
}
