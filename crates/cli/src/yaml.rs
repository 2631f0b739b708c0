//! As much of YAML as inputs are written in: blocks of members and items, scalars, quotes, comments, and JSON in them.

use crate::{json, value::Value};

/// How deep blocks may be in each other.
const DEPTH: usize = 50;

/// Reads a document.
///
/// # Errors
/// Which line cannot be read.
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    let lines = text.lines().enumerate().filter_map(|(n, line)| {
        let content = uncommented(line);
        let trimmed = content.trim();
        let empty = trimmed.is_empty() || trimmed == "---" || trimmed == "...";
        let indent = content.len() - content.trim_start_matches(' ').len();
        (!empty).then(|| Line { number: n + 1, indent, text: trimmed.to_owned() })
    });
    let mut reader = Reader { lines: lines.collect(), at: 0, depth: 0 };
    let Some(indent) = reader.lines.first().map(|line| line.indent) else { return Ok(Value::Null) };
    let value = reader.block(indent)?;
    match reader.lines.get(reader.at) {
        Some(line) => Err(format!("line {} does not belong to what stands above it", line.number)),
        None => Ok(value),
    }
}

struct Line {
    number: usize,
    indent: usize,
    text: String,
}

struct Reader {
    lines: Vec<Line>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn block(&mut self, indent: usize) -> Result<Value, String> {
        if self.depth == DEPTH {
            return Err("blocks are too deep in each other".to_owned());
        }
        self.depth += 1;
        let first = self.lines.get(self.at).map(|line| line.text.clone()).unwrap_or_default();
        let value = if first == "-" || first.starts_with("- ") {
            self.items(indent)
        } else if member(&first).is_some() {
            self.members(indent)
        } else {
            self.at += 1;
            scalar(&first)
        };
        self.depth -= 1;
        value
    }

    fn items(&mut self, indent: usize) -> Result<Value, String> {
        let mut items = Vec::new();
        while let Some(line) = self.lines.get_mut(self.at).filter(|line| line.indent == indent) {
            let Some(rest) =
                line.text.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' '))
            else {
                break;
            };
            let text = rest.trim_start().to_owned();
            if text.is_empty() {
                self.at += 1;
                items.push(self.nested(indent)?);
            } else {
                // What follows the dash begins a block of its own, further in.
                line.indent += line.text.len() - text.len();
                line.text = text;
                let inner = line.indent;
                items.push(self.block(inner)?);
            }
        }
        Ok(Value::List(items))
    }

    fn members(&mut self, indent: usize) -> Result<Value, String> {
        let mut map = Value::Map(Vec::new());
        while let Some(line) = self.lines.get(self.at).filter(|line| line.indent == indent) {
            let (number, text) = (line.number, line.text.clone());
            let Some((key, rest)) = member(&text) else {
                return Err(format!("line {number} is no member: \"name: value\" is expected"));
            };
            self.at += 1;
            let value = match rest {
                "" => self.nested_in_map(indent)?,
                "|" | ">" => {
                    return Err(format!("line {number}: block texts cannot be read; please quote the text"));
                }
                rest => scalar(rest)?,
            };
            map.put(&key, value);
        }
        Ok(map)
    }

    fn nested(&mut self, indent: usize) -> Result<Value, String> {
        match self.lines.get(self.at).map(|line| line.indent) {
            Some(inner) if inner > indent => self.block(inner),
            _ => Ok(Value::Null),
        }
    }

    /// The items of a list may stand as far out as the member that they belong to.
    fn nested_in_map(&mut self, indent: usize) -> Result<Value, String> {
        match self.lines.get(self.at) {
            Some(line) if line.indent == indent && line.text.starts_with('-') => self.items(indent),
            _ => self.nested(indent),
        }
    }
}

/// Without a comment that stands outside quotes.
fn uncommented(line: &str) -> &str {
    let (mut quote, mut before) = (None, ' ');
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '#') if before == ' ' => return &line[..at],
            (None, '"' | '\'') if before == ' ' => quote = Some(c),
            (Some(open), c) if c == open && before != '\\' => quote = None,
            _ => {}
        }
        before = c;
    }
    line
}

fn member(text: &str) -> Option<(String, &str)> {
    if text.starts_with(['{', '[']) {
        return None;
    }
    let (key, rest) = match text.strip_suffix(':') {
        Some(key) if !key.contains(": ") => (key, ""),
        _ => text.split_once(": ")?,
    };
    let key = scalar(key).ok()?;
    Some((key.shown(), rest.trim()))
}

fn scalar(text: &str) -> Result<Value, String> {
    if text.starts_with(['{', '[', '"']) {
        return json::parse(text);
    }
    if let Some(quoted) = text.strip_prefix('\'') {
        let inner = quoted.strip_suffix('\'').ok_or_else(|| format!("a quote is not closed: {text}"))?;
        return Ok(Value::Text(inner.replace("''", "'")));
    }
    Ok(match text {
        "~" | "null" => Value::Null,
        "true" | "yes" | "on" => Value::Bool(true),
        "false" | "no" | "off" => Value::Bool(false),
        text => match text.parse::<i64>() {
            Ok(number) => Value::Int(number),
            Err(_) => Value::from(text),
        },
    })
}
