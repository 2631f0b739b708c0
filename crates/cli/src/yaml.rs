//! As much of YAML 1.2 as inputs are written in: blocks of members and items, texts plain, in quotes and in lines, flows in
//! brackets, and comments. No anchors, tags or several documents.

mod flow;
mod scalar;

use crate::value::Value;

/// What separates.
const SPACE: [char; 2] = [' ', '\t'];

/// How deep blocks may be in each other.
const DEPTH: usize = 50;

/// Reads a document.
///
/// # Errors
/// Which line cannot be read.
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    let lines = text.lines().map(|line| {
        let line = if matches!(line.trim_end(), "---" | "...") { "" } else { line };
        let text = line.trim_start_matches(' ');
        Line { indent: line.len() - text.len(), text }
    });
    let mut reader = Reader { lines: lines.collect(), at: 0, depth: 0 };
    let value = match reader.next() {
        Some(line) => reader.block(line.indent)?,
        None => Value::Null,
    };
    match reader.next() {
        Some(_) => Err(reader.wrong("does not belong to what stands above it")),
        None => Ok(value),
    }
}

/// A line without the spaces before it.
#[derive(Clone, Copy)]
struct Line<'a> {
    indent: usize,
    text: &'a str,
}

impl Line<'_> {
    fn is_empty(&self) -> bool {
        self.text.trim_matches(SPACE).is_empty()
    }
}

struct Reader<'a> {
    lines: Vec<Line<'a>>,
    at: usize,
    depth: usize,
}

type Read<T> = Result<T, String>;

impl<'a> Reader<'a> {
    fn wrong(&self, what: &str) -> String {
        format!("line {} {what}", self.at + 1)
    }

    /// The next line that says something.
    fn next(&mut self) -> Option<Line<'a>> {
        while self.lines.get(self.at).is_some_and(|line| line.is_empty() || line.text.starts_with('#')) {
            self.at += 1;
        }
        self.lines.get(self.at).copied()
    }

    /// What stands at this indent.
    fn block(&mut self, indent: usize) -> Read<Value> {
        if self.depth == DEPTH {
            return Err(self.wrong("is in too many blocks"));
        }
        self.depth += 1;
        let value = match self.next() {
            None => Ok(Value::Null),
            Some(line) if is_item(line.text) => self.items(indent),
            Some(line) if member(line.text).is_some() => self.members(indent),
            Some(line) => {
                self.at += 1;
                // A text alone may go on at the same indent.
                self.value(line.text, indent.checked_sub(1))
            }
        };
        self.depth -= 1;
        value
    }

    fn items(&mut self, indent: usize) -> Read<Value> {
        let mut items = Vec::new();
        while let Some(line) = self.next().filter(|line| line.indent == indent && is_item(line.text)) {
            let rest = &line.text[1..];
            let text = rest.trim_start_matches(' ');
            if uncommented(text).is_empty() {
                self.at += 1;
                items.push(self.nested(indent, false)?);
            } else if is_item(text) || member(text).is_some() {
                // What follows the dash begins a block of its own, further in.
                let inner = indent + line.text.len() - text.len();
                self.lines[self.at] = Line { indent: inner, text };
                items.push(self.block(inner)?);
            } else {
                self.at += 1;
                items.push(self.value(text, Some(indent))?);
            }
        }
        Ok(Value::List(items))
    }

    fn members(&mut self, indent: usize) -> Read<Value> {
        let mut map = Value::Map(Vec::new());
        while let Some(line) = self.next().filter(|line| line.indent == indent) {
            let Some((key, rest)) = member(line.text) else {
                return Err(self.wrong("is no member: \"name: value\" is expected"));
            };
            self.at += 1;
            let value = if uncommented(rest).is_empty() {
                self.nested(indent, true)?
            } else {
                self.value(rest, Some(indent))?
            };
            map.put(&key, value);
        }
        Ok(map)
    }

    /// A block further in, or none. The items of a list may stand as far out as the member that they belong to.
    fn nested(&mut self, indent: usize, member: bool) -> Read<Value> {
        match self.next() {
            Some(line) if line.indent > indent => self.block(line.indent),
            Some(line) if member && line.indent == indent && is_item(line.text) => self.items(indent),
            _ => Ok(Value::Null),
        }
    }

    /// A value that begins on a line that has been taken; it goes on in the lines that are further in than `outer`.
    fn value(&mut self, text: &'a str, outer: Option<usize>) -> Read<Value> {
        match text.chars().next() {
            Some('|' | '>') => self.lines_of_text(text, outer),
            Some('"' | '\'') => {
                let (text, end) = self.until(text, outer, scalar::quoted_end)?;
                self.ended(&text[end..])?;
                scalar::quoted(&text[..end]).map(Value::Text)
            }
            Some('[' | '{') => {
                let (text, end) = self.until(text, outer, flow::end)?;
                self.ended(&text[end..])?;
                flow::parse(&text[..end])
            }
            Some(c @ ('&' | '*' | '!' | '@' | '`' | '%')) => {
                Err(format!("line {}: a text that begins with {c} has to be quoted", self.at))
            }
            _ => {
                let mut whole = uncommented(text).to_owned();
                while let Some(line) = self.continuation(outer) {
                    whole.push('\n');
                    whole.push_str(uncommented(line.text));
                }
                Ok(scalar::plain(&scalar::folded(&whole)))
            }
        }
    }

    /// The next line, if a text goes on there.
    fn continuation(&mut self, outer: Option<usize>) -> Option<Line<'a>> {
        let inside = |line: &Line<'_>| outer.is_none_or(|outer| line.indent > outer);
        let next = self.lines[self.at..].iter().find(|line| !line.is_empty())?;
        if !inside(next) || next.text.starts_with('#') {
            return None;
        }
        self.at += 1;
        Some(self.lines[self.at - 1])
    }

    /// Adds lines to a text until its end is found.
    fn until(
        &mut self,
        text: &str,
        outer: Option<usize>,
        end: fn(&str) -> Option<usize>,
    ) -> Read<(String, usize)> {
        let mut whole = text.to_owned();
        loop {
            if let Some(end) = end(&whole) {
                return Ok((whole, end));
            }
            let Some(line) = self
                .lines
                .get(self.at)
                .filter(|line| line.is_empty() || outer.is_none_or(|outer| line.indent > outer))
            else {
                return Err(format!("line {}: a quote or a bracket is not closed", self.at));
            };
            whole.push('\n');
            whole.push_str(line.text);
            self.at += 1;
        }
    }

    /// Nothing but a comment stands behind a value.
    fn ended(&self, rest: &str) -> Read<()> {
        let comment = rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#');
        if rest.trim().is_empty() || comment {
            Ok(())
        } else {
            Err(format!("line {}: what is {rest}?", self.at))
        }
    }

    /// `|` and `>`: the lines below, as they are or folded; `-` drops the ends of lines at its end, `+` keeps all.
    fn lines_of_text(&mut self, header: &str, outer: Option<usize>) -> Read<Value> {
        let signs = uncommented(header);
        let digit = signs.chars().find_map(|c| c.to_digit(10)).map(|digit| digit as usize);
        if signs[1..].chars().any(|c| !"+-123456789".contains(c)) || signs.len() > 3 {
            return Err(format!("line {}: {signs} is no beginning of a text", self.at));
        }
        let least = outer.map_or(0, |outer| outer + 1);
        let first = self.lines[self.at..].iter().find(|line| !line.is_empty()).map_or(0, |line| line.indent);
        let indent = digit.map_or(first, |digit| outer.unwrap_or_default() + digit).max(least);
        let mut text = String::new();
        while let Some(line) = self.lines.get(self.at).filter(|line| line.is_empty() || line.indent >= indent)
        {
            text.push_str(&" ".repeat(line.indent.saturating_sub(indent)));
            text.push_str(line.text);
            text.push('\n');
            self.at += 1;
        }
        let body = text.trim_end_matches('\n');
        let ends = if signs.contains('+') { text.len() - body.len() } else { usize::from(!body.is_empty()) };
        let body = if signs.starts_with('>') { scalar::folded_lines(body) } else { body.to_owned() };
        Ok(Value::Text(if signs.contains('-') { body } else { body + &"\n".repeat(ends) }))
    }
}

fn is_item(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Without a comment at its end.
fn uncommented(text: &str) -> &str {
    let end = if text.starts_with('#') { Some(0) } else { text.find(" #").or_else(|| text.find("\t#")) };
    text[..end.unwrap_or(text.len())].trim_end_matches(SPACE)
}

/// `name: value`, and the name may be quoted.
fn member(text: &str) -> Option<(String, &str)> {
    if text.starts_with(['{', '[', '#']) {
        return None;
    }
    if text.starts_with(['"', '\'']) {
        let end = scalar::quoted_end(text)?;
        let rest = text[end..].trim_start_matches(' ').strip_prefix(':')?;
        return (rest.is_empty() || rest.starts_with(' '))
            .then(|| Some((scalar::quoted(&text[..end]).ok()?, rest.trim_start_matches(SPACE))))?;
    }
    let plain = uncommented(text);
    let at = plain.find(": ").or_else(|| plain.strip_suffix(':').map(str::len))?;
    Some((plain[..at].trim_end_matches(SPACE).to_owned(), text[at + 1..].trim_start_matches(SPACE)))
}
