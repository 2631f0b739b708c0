//! From pieces to words.

use super::{
    Waits,
    lex::Piece,
    run::{self, Machine},
};

/// The words that a word becomes: one, or as many as an unquoted variable has, or none.
pub(super) fn words(machine: &mut Machine<'_>, pieces: &[Piece], quoted: bool) -> Waits<Vec<String>> {
    let (mut words, mut word) = (Vec::new(), quoted.then(String::new));
    for piece in pieces {
        let (text, split) = value(machine, piece)?;
        if !split {
            word.get_or_insert_default().push_str(&text);
            continue;
        }
        if text.starts_with(char::is_whitespace) {
            words.extend(word.take());
        }
        let mut parts = text.split_whitespace();
        if let Some(first) = parts.next() {
            word.get_or_insert_default().push_str(first);
        }
        for part in parts {
            words.extend(word.replace(part.to_owned()));
        }
        if text.ends_with(char::is_whitespace) {
            words.extend(word.take());
        }
    }
    words.extend(word);
    Ok(words)
}

/// The text of a word that is not split: an assignment's value, a file's name.
pub(super) fn text(machine: &mut Machine<'_>, pieces: &[Piece]) -> Waits<String> {
    let mut out = String::new();
    for piece in pieces {
        out.push_str(&value(machine, piece)?.0);
    }
    Ok(out)
}

fn value(machine: &mut Machine<'_>, piece: &Piece) -> Waits<(String, bool)> {
    Ok(match piece {
        Piece::Text(text) => (text.clone(), false),
        Piece::Variable(name, quoted) if name == "?" => (machine.shell.last.to_string(), !quoted),
        Piece::Variable(name, quoted) => {
            (machine.shell.variables.get(name).cloned().unwrap_or_default(), !quoted)
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
