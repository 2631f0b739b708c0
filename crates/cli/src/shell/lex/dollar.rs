//! Variables and commands that stand for what they hold and print, and `$'…'`.

use super::{Lexed, Lexer, OPEN, Part, Piece, substituted};
use crate::shell::tools::escape::unescaped;

impl Lexer<'_> {
    /// Whatever a `$` or a backquote begins; by itself it is text.
    pub(super) fn substitution(&mut self, quoted: bool) -> Lexed {
        if self.rest.starts_with("$((") {
            let inner = self.bracketed(1)?;
            let inner = inner[1..].strip_suffix(')').ok_or("$(( has to be closed with ))")?;
            self.piece(Piece::Sum(substituted(inner)?, quoted));
            return Ok(());
        }
        if self.rest.starts_with('`') {
            let end = self.rest[1..].find('`').ok_or(OPEN)? + 1;
            self.piece(Piece::Command(self.rest[1..end].to_owned(), quoted));
            self.rest = &self.rest[end + 1..];
            return Ok(());
        }
        if self.rest.starts_with("$(") {
            let command = self.bracketed(1)?;
            self.piece(Piece::Command(command, quoted));
            return Ok(());
        }
        match self.rest[1..].chars().next() {
            Some('\'') if !quoted => self.escaped(),
            Some('"') if !quoted => {
                self.rest = &self.rest[1..];
                self.double()
            }
            _ if self.braced(quoted)? => Ok(()),
            _ => {
                self.variable(quoted);
                Ok(())
            }
        }
    }

    /// `$NAME`, `${NAME}`, `$?`
    fn variable(&mut self, quoted: bool) {
        let after = &self.rest[1..];
        let braced = after.starts_with('{');
        let name = &after[usize::from(braced)..];
        let length = match name.chars().next() {
            Some('?' | '@' | '*' | '#') => 1,
            Some(c) if c.is_ascii_digit() && !braced => 1,
            _ => name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len()),
        };
        if length == 0 || braced && !name[length..].starts_with('}') {
            return if quoted { self.quoted(1) } else { self.text(1) };
        }
        self.piece(Piece::Variable(name[..length].to_owned(), quoted));
        self.rest = &name[length + usize::from(braced)..];
    }

    /// `${#NAME}`, `${NAME:-…}`, `${NAME%…}` and `${NAME#…}`; false for anything else.
    fn braced(&mut self, quoted: bool) -> Lexed<bool> {
        let Some(inner) = self.rest.strip_prefix("${") else { return Ok(false) };
        let (inner, counted) = inner.strip_prefix('#').map_or((inner, false), |inner| (inner, true));
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len());
        let (name, rest) = inner.split_at(length);
        if let (true, Some(rest)) = (counted && length > 0, rest.strip_prefix('}')) {
            self.rest = rest;
            self.piece(Piece::Length(name.to_owned()));
            return Ok(true);
        }
        let signs = [":-", "%%", "##", "%", "#"];
        let sign = signs.into_iter().find(|sign| length > 0 && !counted && rest.starts_with(sign));
        let Some(sign) = sign else { return Ok(false) };
        let rest = &rest[sign.len()..];
        let end = rest.find('}').ok_or(OPEN)?;
        let word = substituted(rest[..end].trim_matches(['"', '\'']))?;
        self.rest = &rest[end + 1..];
        let name = name.to_owned();
        self.piece(match sign {
            ":-" => Piece::Either(name, word, quoted),
            sign => {
                let part = Part { end: sign.starts_with('%'), most: sign.len() == 2 };
                // Quotes around a pattern are gone by here, so a `*` in its text is one.
                Piece::Without(name, part, word.into_iter().map(unquoted).collect(), quoted)
            }
        });
        Ok(true)
    }

    /// `$'…'`: escapes are read.
    fn escaped(&mut self) -> Lexed {
        let (inner, mut after) = (&self.rest[2..], false);
        let end = inner.find(|c| {
            let ends = c == '\'' && !after;
            after = c == '\\' && !after;
            ends
        });
        let end = end.ok_or(OPEN)?;
        self.quoted = true;
        let text = String::from_utf8_lossy(&unescaped(&inner[..end])).into_owned();
        self.piece(Piece::Quoted(text));
        self.rest = &inner[end + 1..];
        Ok(())
    }

    /// What stands in brackets that open at this place; quotes and brackets in it are kept together.
    pub(super) fn bracketed(&mut self, open: usize) -> Lexed<String> {
        let (mut depth, mut quote) = (0_usize, None);
        let mut escaped = false;
        for (at, c) in self.rest.char_indices().skip_while(|(at, _)| *at < open) {
            match (quote, c) {
                _ if escaped => escaped = false,
                (None | Some('"'), '\\') => escaped = true,
                (None, '\'' | '"') => quote = Some(c),
                (Some(open), c) if c == open => quote = None,
                (None, '(') => depth += 1,
                (None, ')') => {
                    depth -= 1;
                    if depth == 0 {
                        let inner = self.rest[open + 1..at].to_owned();
                        self.rest = &self.rest[at + 1..];
                        return Ok(inner);
                    }
                }
                _ => {}
            }
        }
        Err(OPEN)
    }
}

fn unquoted(piece: Piece) -> Piece {
    match piece {
        Piece::Quoted(text) => Piece::Text(text),
        Piece::Variable(name, _) => Piece::Variable(name, false),
        piece => piece,
    }
}
