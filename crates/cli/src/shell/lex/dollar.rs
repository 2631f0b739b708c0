//! Variables and commands that stand for what they hold and print, and `$'…'`.

use super::{Lexed, Lexer, OPEN, Piece, substituted};
use crate::shell::tools::escape::unescaped;

impl Lexer<'_> {
    /// Whatever a `$` or a backquote begins; by itself it is text.
    pub(super) fn substitution(&mut self, quoted: bool) -> Lexed {
        if self.rest.starts_with("$((") {
            return Err("arithmetic is not understood here");
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
            Some('?') => 1,
            Some(c) if c.is_ascii_digit() => 1,
            _ => name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len()),
        };
        if length == 0 || braced && !name[length..].starts_with('}') {
            return self.text(1);
        }
        self.piece(Piece::Variable(name[..length].to_owned(), quoted));
        self.rest = &name[length + usize::from(braced)..];
    }

    /// `${#NAME}` and `${NAME:-…}`; false for anything else.
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
        let Some(rest) = rest.strip_prefix(":-").filter(|_| length > 0 && !counted) else { return Ok(false) };
        let end = rest.find('}').ok_or(OPEN)?;
        let word = rest[..end].trim_matches(['"', '\'']);
        self.rest = &rest[end + 1..];
        self.piece(Piece::Either(name.to_owned(), substituted(word)?, quoted));
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
        self.piece(Piece::Text(text));
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
