//! From pieces to words.

use super::{
    Waits, arithmetic,
    glob::{self, Glob, WILD},
    lex::Piece,
    run::{self, Machine},
};

/// A word that is being put together.
#[derive(Default)]
struct Word {
    text: String,
    /// Where in it something stands for other characters, in bytes.
    wild: Vec<usize>,
}

impl Word {
    fn push(&mut self, text: &str, wild: bool) {
        if wild {
            let at = self.text.len();
            self.wild.extend(text.match_indices(WILD).map(|(found, _)| at + found));
        }
        self.text.push_str(text);
    }
}

/// The words that a word becomes: one, or as many as an unquoted variable has or as there are files of this name, or none.
pub(super) fn words(machine: &mut Machine<'_>, pieces: &[Piece], quoted: bool) -> Waits<Vec<String>> {
    let (mut words, mut word) = (Vec::new(), quoted.then(Word::default));
    for piece in pieces {
        match piece {
            Piece::Wild(c) => {
                word.get_or_insert_default().push(&c.to_string(), true);
                continue;
            }
            Piece::Variable(name, true) if name == "@" => {
                each(machine, pieces, &mut words, &mut word);
                continue;
            }
            _ => {}
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

/// `"$@"`: each word that was given is one by itself. Where there are none, and nothing else in the quotes, there is no word.
fn each(machine: &Machine<'_>, pieces: &[Piece], words: &mut Vec<Word>, word: &mut Option<Word>) {
    let alone = |piece: &Piece| match piece {
        Piece::Quoted(text) => text.is_empty(),
        piece => matches!(piece, Piece::Variable(name, true) if name == "@"),
    };
    if machine.words.is_empty() && pieces.iter().all(alone) {
        *word = None;
    }
    for (n, given) in machine.words.iter().enumerate() {
        if n > 0 {
            words.extend(word.replace(Word::default()));
        }
        word.get_or_insert_default().push(given, false);
    }
}

/// The files that a word with `*`, `?` or `[…]` names; the word itself, where there are none.
fn names(machine: &Machine<'_>, word: Word) -> Vec<String> {
    if word.wild.is_empty() {
        return vec![word.text];
    }
    let pattern: Glob = word.text.char_indices().map(|(at, c)| (c, word.wild.contains(&at))).collect();
    let files = machine.shell.files.iter().map(|(name, _)| name);
    let found: Vec<String> = files.filter(|name| glob::matches(name, &pattern)).map(str::to_owned).collect();
    if found.is_empty() { vec![word.text] } else { found }
}

/// The pattern that a word is. What is quoted in it stands for itself.
pub(super) fn pattern(machine: &mut Machine<'_>, pieces: &[Piece]) -> Waits<Glob> {
    let mut pattern = Glob::new();
    for piece in pieces {
        let literal = is_literal(piece);
        let text = value(machine, piece)?.0;
        pattern.extend(text.chars().map(|c| (c, !literal && WILD.contains(&c))));
    }
    Ok(pattern)
}

/// The regular expression that a word is. What is quoted in it stands for itself.
pub(super) fn expression(machine: &mut Machine<'_>, pieces: &[Piece]) -> Waits<String> {
    let mut out = String::new();
    for piece in pieces {
        let literal = is_literal(piece);
        for c in value(machine, piece)?.0.chars() {
            if literal && "\\.[]()*+?{}|^$".contains(c) {
                out.push('\\');
            }
            out.push(c);
        }
    }
    Ok(out)
}

/// Whether a piece stands in quotes.
fn is_literal(piece: &Piece) -> bool {
    match piece {
        Piece::Quoted(_) => true,
        Piece::Variable(_, quoted)
        | Piece::Either(.., quoted)
        | Piece::Without(.., quoted)
        | Piece::Sum(_, quoted)
        | Piece::Command(_, quoted) => *quoted,
        Piece::Text(_) | Piece::Wild(_) | Piece::Length(_) | Piece::File(_) | Piece::Brace(_) => false,
    }
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
        Piece::Text(text) | Piece::Quoted(text) => (text.clone(), false),
        Piece::Wild(c) | Piece::Brace(c) => (c.to_string(), false),
        Piece::Variable(name, quoted) => (variable(machine, name), !quoted),
        Piece::Length(name) => (variable(machine, name).chars().count().to_string(), true),
        Piece::Either(name, other, quoted) => match variable(machine, name) {
            unset if unset.is_empty() => (text(machine, other)?, !quoted),
            value => (value, !quoted),
        },
        Piece::Without(name, part, pattern, quoted) => {
            let pattern = self::pattern(machine, pattern)?;
            (glob::without(&variable(machine, name), *part, &pattern).to_owned(), !quoted)
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
        "#" => machine.words.len().to_string(),
        "@" | "*" => machine.words.join(" "),
        "0" => "bash".to_owned(),
        name if name.starts_with(|c: char| c.is_ascii_digit()) => {
            let at = name.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            at.and_then(|at| machine.words.get(at)).cloned().unwrap_or_default()
        }
        name => machine.shell.variables.get(name).cloned().unwrap_or_default(),
    }
}
