//! JSON values whose members keep their order, with bytes beside text.

use std::fmt::Write as _;

/// A value of the command line: JSON, and bytes that go on the wire as base64.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes of a file or of decoded base64.
    Bytes(Vec<u8>),
    /// An array.
    List(Vec<Value>),
    /// An object, its members in order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Map(members) = self else { return None };
        members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The items, if it is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    /// Puts a member, in place of one of the same name.
    pub(crate) fn put(&mut self, name: &str, value: Self) {
        let Self::Map(members) = self else { return };
        match members.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value,
            None => members.push((name.to_owned(), value)),
        }
    }

    pub(crate) fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_))
    }

    /// Whether Python takes it for false.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Null | Self::Bool(false) | Self::Int(0) => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Map(members) => members.is_empty(),
            _ => false,
        }
    }

    /// As JSON on one line, for a request's body; bytes as base64.
    pub fn compact(&self) -> String {
        let mut out = String::new();
        write(self, None, &mut out);
        out
    }

    /// As JSON with four spaces a level.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        write(self, Some(0), &mut out);
        out
    }

    /// What Python's `str` makes of it: how text and tables show a scalar.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            other => other.repr(),
        }
    }

    /// What Python's `repr` makes of it: how messages name a value.
    pub(crate) fn repr(&self) -> String {
        match self {
            Self::Null => "None".to_owned(),
            Self::Bool(yes) => if *yes { "True" } else { "False" }.to_owned(),
            Self::Text(text) => repr(text),
            Self::Bytes(bytes) => format!("b{}", repr(&String::from_utf8_lossy(bytes))),
            Self::List(items) => {
                format!("[{}]", items.iter().map(Self::repr).collect::<Vec<_>>().join(", "))
            }
            Self::Map(members) => {
                let members = members.iter().map(|(key, value)| format!("{}: {}", repr(key), value.repr()));
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }
            number => number.compact(),
        }
    }

    /// What Python calls its type.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "<class 'NoneType'>",
            Self::Bool(_) => "<class 'bool'>",
            Self::Int(_) => "<class 'int'>",
            Self::Float(_) => "<class 'float'>",
            Self::Text(_) => "<class 'str'>",
            Self::Bytes(_) => "<class 'bytes'>",
            Self::List(_) => "<class 'list'>",
            Self::Map(_) => "<class 'dict'>",
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() => _ = write!(out, "\\x{:02x}", c as u32),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn write(value: &Value, level: Option<usize>, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Int(number) => _ = write!(out, "{number}"),
        Value::Float(number) => _ = write!(out, "{number:?}"),
        Value::Text(text) => quote(text, out),
        Value::Bytes(bytes) => quote(&crate::blob::encode(bytes), out),
        Value::List(items) => {
            let write_item = |item: &Value, out: &mut String, inner| write(item, inner, out);
            group(['[', ']'], items, level, out, write_item);
        }
        Value::Map(members) => {
            let separator = if level.is_some() { ": " } else { ":" };
            let write_member = |(key, value): &(String, Value), out: &mut String, inner| {
                quote(key, out);
                out.push_str(separator);
                write(value, inner, out);
            };
            group(['{', '}'], members, level, out, write_member);
        }
    }
}

fn group<T>(
    [open, close]: [char; 2],
    items: &[T],
    level: Option<usize>,
    out: &mut String,
    write: impl Fn(&T, &mut String, Option<usize>),
) {
    let inner = level.map(|level| level + 1);
    let line = |out: &mut String, level: Option<usize>| {
        if let Some(level) = level {
            out.push('\n');
            out.extend(std::iter::repeat_n("    ", level));
        }
    };
    out.push(open);
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        line(out, inner);
        write(item, out, inner);
    }
    if !items.is_empty() {
        line(out, level);
    }
    out.push(close);
}

/// A JSON string; what is not ASCII is kept.
pub(crate) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' => _ = write!(out, "\\u{:04x}", c as u32),
            c => out.push(c),
        }
    }
    out.push('"');
}
