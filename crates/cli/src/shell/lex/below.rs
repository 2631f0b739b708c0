//! Texts that stand in the lines below a command: `cat <<END`.

use super::{Lexed, Lexer, OPEN, Piece, Token, substituted};

/// A text in lines: `<<END`.
pub(super) struct Below {
    /// Its place among the tokens.
    pub(super) at: usize,
    end: String,
    /// Nothing in it is substituted.
    quoted: bool,
    /// `<<-`: without the tabs at the beginning of lines.
    tabs: bool,
}

impl Lexer<'_> {
    /// `<<END`, `<<'END'`, `<<-END`
    pub(super) fn announce(&mut self) -> Lexed {
        self.end();
        let after = &self.rest[2..];
        let tabs = after.starts_with('-');
        let after = after[usize::from(tabs)..].trim_start_matches([' ', '\t']);
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let length = match quote {
            Some(quote) => after[1..].find(quote).ok_or(OPEN)? + 2,
            None => after.find(|c: char| c.is_whitespace() || ";|&<>()".contains(c)).unwrap_or(after.len()),
        };
        let word = &after[..length];
        let end: String = word.chars().filter(|c| !"'\"\\".contains(*c)).collect();
        if end.is_empty() {
            return Err("syntax error near unexpected token `newline'");
        }
        self.rest = &after[length..];
        self.push(Token::Sign("<<"));
        self.below.push(Below { at: self.tokens.len(), quoted: end != word, end, tabs });
        self.push(Token::Word(Vec::new(), true));
        Ok(())
    }

    /// The lines up to the one that ends a text.
    pub(super) fn lines(&mut self, below: &Below) -> Lexed<Vec<Piece>> {
        let mut text = String::new();
        while !self.rest.is_empty() {
            let line = self.rest.split_inclusive('\n').next().unwrap_or_default();
            self.rest = &self.rest[line.len()..];
            let line = if below.tabs { line.trim_start_matches('\t') } else { line };
            if line.trim_end_matches(['\n', '\r']) == below.end {
                return if below.quoted { Ok(vec![Piece::Text(text)]) } else { substituted(&text) };
            }
            text.push_str(line);
        }
        Err(OPEN)
    }
}
