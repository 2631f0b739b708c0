//! Texts, numbers and words of YAML.

use crate::value::Value;

/// A plain text, or what it stands for.
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        text => number(text).unwrap_or_else(|| Value::from(text)),
    }
}

fn number(text: &str) -> Option<Value> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let based = |prefix: &str, radix| i64::from_str_radix(digits.strip_prefix(prefix)?, radix).ok();
    if let Some(number) = based("0x", 16).or_else(|| based("0o", 8)) {
        return Some(Value::Int(if text.starts_with('-') { -number } else { number }));
    }
    match text.parse::<i64>() {
        Ok(number) => Some(Value::Int(number)),
        Err(_) if digits.contains('.') => {
            text.parse().ok().filter(|float: &f64| float.is_finite()).map(Value::Float)
        }
        Err(_) => None,
    }
}

/// Lines of a plain or quoted text: one end of a line is a space, several are one less.
pub(super) fn folded(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().trim_end_matches([' ', '\t']).to_owned();
    let mut empty = 0;
    let mut rest = lines.peekable();
    while let Some(line) = rest.next() {
        let line = line.trim_start_matches([' ', '\t']);
        let line = if rest.peek().is_some() { line.trim_end_matches([' ', '\t']) } else { line };
        if line.is_empty() && rest.peek().is_some() {
            empty += 1;
            continue;
        }
        out.push_str(&if empty == 0 { " ".to_owned() } else { "\n".repeat(empty) });
        out.push_str(line);
        empty = 0;
    }
    out
}

/// Lines behind `>`: those that are further in keep their ends.
pub(super) fn folded_lines(text: &str) -> String {
    let mut out = String::new();
    let (mut empty, mut kept) = (0, true);
    for (n, line) in text.split('\n').enumerate() {
        if line.is_empty() && n > 0 {
            empty += 1;
            continue;
        }
        let further = line.starts_with([' ', '\t']);
        let ends = match (n, empty, further || kept) {
            (0, ..) => String::new(),
            (_, empty, true) => "\n".repeat(empty + usize::from(n > 0)),
            (_, 0, false) => " ".to_owned(),
            (_, empty, false) => "\n".repeat(empty),
        };
        out.push_str(&ends);
        out.push_str(line);
        (empty, kept) = (0, further || (n == 0 && line.is_empty()));
    }
    out
}

/// Where a quoted text ends, behind its quote.
pub(super) fn quoted_end(text: &str) -> Option<usize> {
    let quote = text.chars().next()?;
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => _ = chars.next(),
            '\'' if quote == '\'' && chars.next_if(|(_, next)| *next == '\'').is_some() => {}
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// A text in quotes, over one line or several.
pub(super) fn quoted(text: &str) -> Result<String, String> {
    let inner = &text[1..text.len() - 1];
    if text.starts_with('\'') { Ok(folded(inner).replace("''", "'")) } else { double(inner) }
}

/// Escapes are read and lines are folded, but for spaces that were escaped.
fn double(inner: &str) -> Result<String, String> {
    let (mut out, mut rest) = (String::new(), inner);
    // Up to here nothing is taken away.
    let mut fixed = 0;
    while let Some(c) = rest.chars().next() {
        match c {
            '\\' if rest[1..].starts_with('\n') => {
                rest = rest[2..].trim_start_matches([' ', '\t']);
                fixed = out.len();
            }
            '\\' => {
                let (character, after) = escape(&rest[1..])?;
                out.push(character);
                (rest, fixed) = (after, out.len());
            }
            '\n' => {
                let kept = out[fixed..].trim_end_matches([' ', '\t']).len();
                out.truncate(fixed + kept);
                let after = rest.trim_start_matches([' ', '\t', '\n']);
                let ends = rest[..rest.len() - after.len()].matches('\n').count();
                out.push_str(&if ends == 1 { " ".to_owned() } else { "\n".repeat(ends - 1) });
                rest = after;
            }
            c => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    Ok(out)
}

/// The character that stands behind a backslash, and what follows.
fn escape(text: &str) -> Result<(char, &str), String> {
    let c = text.chars().next().ok_or("a text ends with a backslash")?;
    let rest = &text[c.len_utf8()..];
    let length = match c {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if length > 0 {
        let digits = rest.get(..length).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let point = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        return point.map(|c| (c, &rest[length..])).ok_or_else(|| format!("\\{c} needs {length} digits"));
    }
    let character = match c {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' | '"' | '/' | '\\' => c,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        other => return Err(format!("\\{other} is no escape")),
    };
    Ok((character, rest))
}
