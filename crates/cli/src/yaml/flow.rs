//! Flows of YAML: `[a, b]` and `{a: b}`, and so JSON.

use super::{
    DEPTH, SPACE,
    scalar::{folded, plain, quoted, quoted_end},
};
use crate::value::Value;

/// Where the brackets that a text begins with are closed.
pub(super) fn end(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    let mut before = ' ';
    while let Some(c) = text[at..].chars().next() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            '"' | '\'' if matches!(before, ' ' | '\n' | ',' | ':' | '[' | '{') => {
                at += quoted_end(&text[at..])?;
                before = c;
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
        before = c;
    }
    None
}

/// Reads a flow.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut reader = Reader { rest: text, depth: 0 };
    let value = reader.value()?;
    if reader.rest.is_empty() { Ok(value) } else { Err(format!("what is {}?", reader.rest)) }
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    /// Passes over spaces, ends of lines and comments.
    fn space(&mut self) {
        loop {
            let rest = self.rest.trim_start();
            let spaced = rest.len() < self.rest.len();
            self.rest = rest;
            if !(spaced && rest.starts_with('#')) {
                return;
            }
            self.rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        }
    }

    fn eat(&mut self, c: char) -> bool {
        self.space();
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self) -> Result<Value, String> {
        self.space();
        if self.depth == DEPTH {
            return Err("brackets are too deep in each other".to_owned());
        }
        self.depth += 1;
        let value = match self.rest.chars().next() {
            Some('[') => self.list(),
            Some('{') => self.map(),
            Some('"' | '\'') => self.quoted().map(Value::Text),
            _ => Ok(plain(&self.plain())),
        };
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Result<Value, String> {
        self.rest = &self.rest[1..];
        let mut items = Vec::new();
        loop {
            if self.eat(']') {
                return Ok(Value::List(items));
            }
            items.push(self.value()?);
            if !self.eat(',') && !self.rest.starts_with(']') {
                return Err("a comma or ] is missing in a list".to_owned());
            }
        }
    }

    fn map(&mut self) -> Result<Value, String> {
        self.rest = &self.rest[1..];
        let mut map = Value::Map(Vec::new());
        loop {
            if self.eat('}') {
                return Ok(map);
            }
            let key = if self.rest.starts_with(['"', '\'']) { self.quoted()? } else { self.plain() };
            let value = if self.eat(':') { self.value()? } else { Value::Null };
            map.put(&key, value);
            if !self.eat(',') && !self.rest.starts_with('}') {
                return Err("a comma or } is missing between members".to_owned());
            }
        }
    }

    fn quoted(&mut self) -> Result<String, String> {
        let end = quoted_end(self.rest).ok_or("a quote is not closed")?;
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        quoted(text)
    }

    fn plain(&mut self) -> String {
        let mut end = self.rest.len();
        let mut chars = self.rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, next)| *next);
            let ends = match c {
                ',' | ']' | '}' | '[' | '{' => true,
                ':' => next.is_whitespace() || ",]}[{".contains(next),
                c => c.is_whitespace() && next == '#',
            };
            if ends {
                end = at;
                break;
            }
        }
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        folded(text.trim_matches(SPACE))
    }
}
