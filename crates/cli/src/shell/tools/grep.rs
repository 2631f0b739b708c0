//! `grep`.

use super::{Complaint, Printed, Shell, pattern::Pattern};

#[derive(Default)]
struct Wanted {
    patterns: Vec<Pattern>,
    inverted: bool,
    counted: bool,
    numbered: bool,
    quiet: bool,
    only: bool,
    names: bool,
    word: bool,
    line: bool,
    named: bool,
    most: Option<usize>,
}

/// Options by letter and by name.
const LONG: [(&str, char); 14] = [
    ("ignore-case", 'i'),
    ("invert-match", 'v'),
    ("count", 'c'),
    ("line-number", 'n'),
    ("quiet", 'q'),
    ("silent", 'q'),
    ("only-matching", 'o'),
    ("extended-regexp", 'E'),
    ("basic-regexp", 'G'),
    ("fixed-strings", 'F'),
    ("files-with-matches", 'l'),
    ("word-regexp", 'w'),
    ("line-regexp", 'x'),
    ("no-filename", 'h'),
];

const USAGE: &str = "usage: grep [-E | -F] [-icnoqvlwxhH] [-m NUM] [-e PATTERN] PATTERN [FILE...]";

/// Prints lines in which an expression is found; fails with 1 where there are none, and with 2 where something is wrong.
pub(super) fn grep(shell: &Shell, words: &[&str], input: &[u8]) -> Printed {
    let wrong = |message: String| Complaint { stdout: Vec::new(), message, exit: 2 };
    let (wanted, files) = read(words).map_err(wrong)?;
    let (mut out, mut found, mut complaints, mut missing) = (Vec::new(), false, Vec::new(), false);
    for name in if files.is_empty() { vec!["-"] } else { files } {
        if wanted.quiet && found {
            break;
        }
        let bytes = match name {
            "-" => Ok(input.into()),
            name => shell.files.read(name),
        };
        match bytes {
            Ok(bytes) => match wanted.file(name, &bytes, &mut out) {
                Found::Text(any) => found |= any,
                Found::Binary(name) => {
                    found = true;
                    complaints.push(format!("{name}: binary file matches"));
                }
            },
            Err(error) => {
                missing = true;
                complaints.push(format!("{name}: {error}"));
            }
        }
    }
    let stdout = if wanted.quiet { Vec::new() } else { out };
    let exit = match (found, missing) {
        (true, true) if wanted.quiet => 0,
        (_, true) => 2,
        (found, false) => u8::from(!found),
    };
    if exit == 0 && complaints.is_empty() {
        return Ok(stdout);
    }
    Err(Complaint { stdout, message: complaints.join("\ngrep: "), exit })
}

/// What was found in a file: whether there is any such line; or that there is one that is no text, and in which file.
enum Found<'a> {
    Text(bool),
    Binary(&'a str),
}

fn read<'a>(words: &[&'a str]) -> Result<(Wanted, Vec<&'a str>), String> {
    let (mut wanted, mut letters, mut texts, mut names) =
        (Wanted::default(), Vec::new(), Vec::new(), Vec::new());
    let (mut words, mut plain) = (words.iter().copied(), false);
    while let Some(word) = words.next() {
        if plain || !word.starts_with('-') || word == "-" {
            names.push(word);
        } else if word == "--" {
            plain = true;
        } else if let Some(text) = word.strip_prefix("--regexp=") {
            texts.push(text);
        } else if let Some(long) = word.strip_prefix("--") {
            let letter = LONG.iter().find(|(name, _)| *name == long);
            letters.push(letter.ok_or_else(|| format!("unrecognized option '{word}'\n{USAGE}"))?.1);
        } else {
            let mut rest = word[1..].chars();
            while let Some(letter) = rest.next() {
                if !"em".contains(letter) {
                    letters.push(letter);
                    continue;
                }
                let joined = rest.as_str();
                let value = if joined.is_empty() { words.next() } else { Some(joined) };
                let value =
                    value.ok_or_else(|| format!("option requires an argument -- '{letter}'\n{USAGE}"))?;
                match letter {
                    'e' => texts.push(value),
                    _ => wanted.most = Some(value.parse().map_err(|_| "invalid max count".to_owned())?),
                }
                break;
            }
        }
    }
    if texts.is_empty() {
        if names.is_empty() {
            return Err(format!("no pattern\n{USAGE}"));
        }
        texts.push(names.remove(0));
    }
    wanted.named = names.len() > 1;
    wanted.set(&letters, &texts)?;
    Ok((wanted, names))
}

impl Wanted {
    fn set(&mut self, letters: &[char], texts: &[&str]) -> Result<(), String> {
        let (mut extended, mut fixed, mut ignore_case) = (false, false, false);
        for letter in letters {
            match letter {
                'i' | 'y' => ignore_case = true,
                'v' => self.inverted = true,
                'c' => self.counted = true,
                'n' => self.numbered = true,
                'q' => self.quiet = true,
                'o' => self.only = true,
                'l' => self.names = true,
                'w' => self.word = true,
                'x' => self.line = true,
                'h' | 'H' => self.named = *letter == 'H',
                'E' => (extended, fixed) = (true, false),
                'F' => fixed = true,
                'G' => (extended, fixed) = (false, false),
                // Binary files are looked at as ever; colours there are none.
                'a' | 's' => {}
                other => return Err(format!("invalid option -- '{other}'\n{USAGE}")),
            }
        }
        // Each line of a pattern is one.
        for text in texts.iter().flat_map(|text| text.split('\n')) {
            self.patterns.push(if fixed {
                Pattern::plain(text, ignore_case)
            } else {
                Pattern::read(text, extended, ignore_case)?
            });
        }
        Ok(())
    }

    /// The first place that fits from a place on, as the options want it.
    fn find(&self, line: &[char], from: usize) -> Option<(usize, usize)> {
        let is_word = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric() || *c == '_');
        let of = |pattern: &Pattern| {
            if self.line {
                let end = pattern.longest(line, 0, |end| end == line.len())?;
                return (from == 0).then_some((0, end));
            }
            if !self.word {
                return pattern.find(line, from);
            }
            (from..=line.len()).find_map(|start| {
                let before = start.checked_sub(1).and_then(|at| line.get(at));
                let end = pattern.longest(line, start, |end| !is_word(line.get(end)))?;
                (!is_word(before)).then_some((start, end))
            })
        };
        let found = self.patterns.iter().filter_map(of);
        found.min_by_key(|(start, end)| (*start, usize::MAX - end))
    }

    /// Looks at a file's lines.
    fn file<'a>(&self, name: &'a str, bytes: &[u8], out: &mut Vec<u8>) -> Found<'a> {
        let shown = if name == "-" { "(standard input)" } else { name };
        let binary = bytes.contains(&0) || std::str::from_utf8(bytes).is_err();
        let text = String::from_utf8_lossy(bytes);
        let mut count = 0;
        for (line, number) in text.split_terminator('\n').zip(1..) {
            if self.most.is_some_and(|most| count >= most) {
                break;
            }
            let chars: Vec<char> = line.chars().collect();
            let first = self.find(&chars, 0);
            if first.is_some() == self.inverted {
                continue;
            }
            count += 1;
            if self.names || self.quiet {
                break;
            }
            if self.counted {
                continue;
            }
            if binary {
                return Found::Binary(shown);
            }
            let mut head = if self.named { format!("{shown}:") } else { String::new() };
            if self.numbered {
                head.push_str(&format!("{number}:"));
            }
            match self.only {
                false => out.extend(format!("{head}{line}\n").bytes()),
                true => self.parts(&chars, first, &head, out),
            }
        }
        if self.names && count > 0 {
            out.extend(format!("{shown}\n").bytes());
        } else if self.counted && !self.names {
            let head = if self.named { format!("{shown}:") } else { String::new() };
            out.extend(format!("{head}{count}\n").bytes());
        }
        Found::Text(count > 0)
    }

    /// `-o`: what is found, each in a line of its own.
    fn parts(&self, line: &[char], mut next: Option<(usize, usize)>, head: &str, out: &mut Vec<u8>) {
        while let Some((start, end)) = next {
            if end > start {
                let part: String = line[start..end].iter().collect();
                out.extend(format!("{head}{part}\n").bytes());
            }
            let from = end.max(start + 1);
            next = if from > line.len() { None } else { self.find(line, from) };
        }
    }
}
