//! From pieces to words.

use super::{
    Waits, arithmetic,
    lex::{Part, Piece},
    run::{self, Machine},
};

/// A word that is being put together.
#[derive(Default)]
struct Word {
    text: String,
    /// Where in it `*` and `?` stand for other characters, in bytes.
    wild: Vec<usize>,
}

impl Word {
    fn push(&mut self, text: &str, wild: bool) {
        if wild {
            let at = self.text.len();
            self.wild.extend(text.match_indices(['*', '?']).map(|(found, _)| at + found));
        }
        self.text.push_str(text);
    }
}

/// The words that a word becomes: one, or as many as an unquoted variable has or as there are files of this name, or none.
pub(super) fn words(machine: &mut Machine<'_>, pieces: &[Piece], quoted: bool) -> Waits<Vec<String>> {
    let (mut words, mut word) = (Vec::new(), quoted.then(Word::default));
    for piece in pieces {
        if let Piece::Wild(c) = piece {
            word.get_or_insert_default().push(&c.to_string(), true);
            continue;
        }
        let (text, split) = value(machine, piece)?;
        if !split {
            word.get_or_insert_default().push(&text, false);
            continue;
        }
        if text.starts_with(char::is_whitespace) {
            words.extend(word.take());
        }
        let mut parts = text.split_whitespace();
        if let Some(first) = parts.next() {
            word.get_or_insert_default().push(first, true);
        }
        for part in parts {
            words.extend(word.replace(Word::default()));
            word.get_or_insert_default().push(part, true);
        }
        if text.ends_with(char::is_whitespace) {
            words.extend(word.take());
        }
    }
    words.extend(word);
    Ok(words.into_iter().flat_map(|word| names(machine, word)).collect())
}

/// The files that a word with `*` or `?` names; the word itself, where there are none.
fn names(machine: &Machine<'_>, word: Word) -> Vec<String> {
    if word.wild.is_empty() {
        return vec![word.text];
    }
    let pattern: Vec<(char, bool)> =
        word.text.char_indices().map(|(at, c)| (c, word.wild.contains(&at))).collect();
    let files = machine.shell.files.iter().map(|(name, _)| name);
    let found: Vec<String> = files.filter(|name| matches(name, &pattern)).map(str::to_owned).collect();
    if found.is_empty() { vec![word.text] } else { found }
}

/// What a pattern is made of: characters, and whether each stands for others.
fn pattern(machine: &mut Machine<'_>, pieces: &[Piece]) -> Waits<Vec<(char, bool)>> {
    let mut pattern = Vec::new();
    for piece in pieces {
        // Quotes around a pattern are gone by here, so a `*` in its text is one.
        let text = value(machine, piece)?.0;
        pattern.extend(text.chars().map(|c| (c, matches!(c, '*' | '?'))));
    }
    Ok(pattern)
}

/// A text without the end or the beginning that a pattern fits.
fn without<'a>(text: &'a str, part: Part, pattern: &[(char, bool)]) -> &'a str {
    let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let fits = |at: &usize| {
        let (start, end) = text.split_at(*at);
        matches(if part.end { end } else { start }, pattern)
    };
    let found = if part.end == part.most { places.into_iter().find(fits) } else { places.rev().find(fits) };
    match found {
        Some(at) if part.end => &text[..at],
        Some(at) => &text[at..],
        None => text,
    }
}

/// Whether a name fits: `*` is anything and `?` one character, where they are marked.
fn matches(name: &str, pattern: &[(char, bool)]) -> bool {
    let name: Vec<char> = name.chars().collect();
    let (mut at, mut place) = (0, 0);
    // Where the last `*` stands, and what of the name it has taken.
    let mut star: Option<(usize, usize)> = None;
    while at < name.len() {
        match pattern.get(place) {
            Some(('*', true)) => {
                star = Some((place, at));
                place += 1;
            }
            Some((c, wild)) if (*wild && *c == '?') || *c == name[at] => {
                at += 1;
                place += 1;
            }
            _ => {
                let Some((begin, taken)) = star else { return false };
                star = Some((begin, taken + 1));
                (at, place) = (taken + 1, begin + 1);
            }
        }
    }
    pattern[place..].iter().all(|piece| *piece == ('*', true))
}

/// The text of a word that is not split: an assignment's value, a file's name.
pub(super) fn text(machine: &mut Machine<'_>, pieces: &[Piece]) -> Waits<String> {
    let mut out = String::new();
    for piece in pieces {
        out.push_str(&value(machine, piece)?.0);
    }
    Ok(out)
}

/// What a piece stands for, and whether it is split at spaces.
fn value(machine: &mut Machine<'_>, piece: &Piece) -> Waits<(String, bool)> {
    Ok(match piece {
        Piece::Text(text) => (text.clone(), false),
        Piece::Wild(c) | Piece::Brace(c) => (c.to_string(), false),
        Piece::Variable(name, quoted) => (variable(machine, name), !quoted),
        Piece::Length(name) => (variable(machine, name).chars().count().to_string(), true),
        Piece::Either(name, other, quoted) => match variable(machine, name) {
            unset if unset.is_empty() => (text(machine, other)?, !quoted),
            value => (value, !quoted),
        },
        Piece::Without(name, part, pattern, quoted) => {
            let pattern = self::pattern(machine, pattern)?;
            (without(&variable(machine, name), *part, &pattern).to_owned(), !quoted)
        }
        Piece::Sum(pieces, quoted) => {
            let text = text(machine, pieces)?;
            let value = arithmetic::evaluate(&text, machine.shell);
            match value {
                Ok(value) => (value.to_string(), !quoted),
                Err(fault) => {
                    machine.fault.get_or_insert(fault);
                    (String::new(), false)
                }
            }
        }
        Piece::Command(command, quoted) => {
            let printed = run::nested(machine, command)?;
            (String::from_utf8_lossy(&printed).trim_end_matches('\n').to_owned(), !quoted)
        }
        Piece::File(command) => {
            let printed = run::nested(machine, command)?;
            machine.pipes += 1;
            let name = format!("/dev/fd/{}", 64 - machine.pipes.min(60));
            machine.shell.files.write(&name, printed);
            (name, false)
        }
    })
}

fn variable(machine: &Machine<'_>, name: &str) -> String {
    match name {
        "?" => machine.shell.last.to_string(),
        name => machine.shell.variables.get(name).cloned().unwrap_or_default(),
    }
}
