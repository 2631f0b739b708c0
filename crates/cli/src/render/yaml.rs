//! `--output yaml`: blocks, members by name, texts quoted where YAML would read something else.

use crate::value::Value;

/// Where lines are folded, at the next space.
const WIDTH: usize = 80;

/// A document.
pub(crate) fn yaml(value: &Value) -> String {
    let mut writer = Writer { out: String::new(), column: 0 };
    writer.value(value, 0, false);
    match value {
        Value::List(items) if !items.is_empty() => {}
        Value::Map(members) if !members.is_empty() => {}
        // A scalar alone ends with a document end marker where it is not quoted.
        _ if writer.out.ends_with(['"', '\'', ']', '}']) => writer.out.push('\n'),
        _ => writer.out.push_str("\n...\n"),
    }
    writer.out
}

/// A document of one item of a list.
pub(crate) fn yaml_item(value: &Value) -> String {
    yaml(&Value::List(vec![value.clone()]))
}

struct Writer {
    out: String,
    column: usize,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.column += text.chars().count();
        self.out.push_str(text);
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.column = 0;
        self.put(&" ".repeat(indent));
    }

    /// Writes a value whose members stand at this indent, on the line that is there or, behind a key, on lines of their own.
    fn value(&mut self, value: &Value, indent: usize, after_key: bool) {
        match value {
            Value::List(items) if !items.is_empty() => self.items(items, indent, after_key),
            Value::Map(members) if !members.is_empty() => self.members(members, indent, after_key),
            Value::List(_) => self.put("[]"),
            Value::Map(_) => self.put("{}"),
            Value::Text(text) => self.text(text, indent, true),
            Value::Null => self.put("null"),
            other => self.put(&other.compact()),
        }
        if indent == 0 && !value.is_scalar() && !value.is_empty() {
            self.out.push('\n');
        }
    }

    /// The items behind a key stand as far out as the key.
    fn items(&mut self, items: &[Value], indent: usize, after_key: bool) {
        let indent = if after_key { indent.saturating_sub(2) } else { indent };
        for (n, item) in items.iter().enumerate() {
            if n > 0 || after_key {
                self.line(indent);
            }
            self.put("- ");
            self.value(item, indent + 2, false);
            self.end_line();
        }
    }

    fn members(&mut self, members: &[(String, Value)], indent: usize, after_key: bool) {
        let mut sorted: Vec<&(String, Value)> = members.iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        for (n, (key, value)) in sorted.into_iter().enumerate() {
            if n > 0 || after_key {
                self.line(indent);
            }
            self.text(key, indent, false);
            self.put(":");
            if value.is_scalar() || value.is_empty() {
                self.put(" ");
            }
            self.value(value, indent + 2, true);
            self.end_line();
        }
    }

    /// Lines are ended by whoever begins the next one.
    fn end_line(&mut self) {
        while self.out.ends_with('\n') {
            self.out.pop();
        }
    }

    fn text(&mut self, text: &str, indent: usize, fold: bool) {
        match style(text) {
            Style::Plain => self.folded(text, indent, fold),
            Style::Single => {
                self.put("'");
                self.folded(&text.replace('\'', "''"), indent, fold);
                self.put("'");
            }
            Style::Double => self.double(text, indent, fold),
        }
    }

    /// Single spaces beyond the width become line breaks; a break in the text becomes an empty line.
    fn folded(&mut self, text: &str, indent: usize, fold: bool) {
        let chars: Vec<char> = text.chars().collect();
        let mut at = 0;
        while let Some(&c) = chars.get(at) {
            let run = chars[at..].iter().take_while(|other| **other == c).count();
            let (first, last) = (at == 0, at + run == chars.len());
            match c {
                ' ' if run == 1 && fold && self.column > WIDTH && !first && !last => self.line(indent),
                '\n' => {
                    self.out.push_str(&"\n".repeat(run));
                    self.line(indent);
                }
                _ => self.put(&chars[at..at + run].iter().collect::<String>()),
            }
            at += run;
        }
    }

    /// What has no other form is escaped; a line may end before a space or behind an escape.
    fn double(&mut self, text: &str, indent: usize, fold: bool) {
        let chars: Vec<char> = text.chars().collect();
        self.put("\"");
        // Up to here it is written.
        let mut start = 0;
        for end in 0..=chars.len() {
            let c = chars.get(end).copied();
            let escaped = c.and_then(escape);
            if c.is_none() || escaped.is_some() {
                self.span(&chars, start, end);
                start = end + usize::from(escaped.is_some());
                escaped.iter().for_each(|escaped| self.put(escaped));
            }
            let inside = end > 0 && end + 1 < chars.len();
            let can_end = c == Some(' ') || start >= end;
            if fold && inside && can_end && self.column + end.saturating_sub(start) > WIDTH {
                self.span(&chars, start, end);
                start = start.max(end);
                self.put("\\");
                self.line(indent);
                if chars.get(start) == Some(&' ') {
                    self.put("\\");
                }
            }
        }
        self.put("\"");
    }

    fn span(&mut self, chars: &[char], start: usize, end: usize) {
        self.put(&chars[start.min(end)..end].iter().collect::<String>());
    }
}

fn escape(c: char) -> Option<String> {
    let short = match c {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' => '"',
        '\\' => '\\',
        '\u{85}' => 'N',
        '\u{a0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        ' '..='~' | '\u{a1}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' => return None,
        c if c <= '\u{ff}' => return Some(format!("\\x{:02X}", c as u32)),
        c if c <= '\u{ffff}' => return Some(format!("\\u{:04X}", c as u32)),
        c => return Some(format!("\\U{:08X}", c as u32)),
    };
    Some(format!("\\{short}"))
}

enum Style {
    Plain,
    Single,
    Double,
}

fn style(text: &str) -> Style {
    let printable = |c: char| {
        c == '\n'
            || (' '..='~').contains(&c)
            || (c >= '\u{a0}'
                && c != '\u{feff}'
                && c < '\u{10ffff}'
                && !('\u{fffe}'..='\u{ffff}').contains(&c))
    };
    let special = text.contains(" \n") || text.contains("\n ") || !text.chars().all(printable);
    if special {
        return Style::Double;
    }
    let broken = text.contains(['\n', '\u{2028}', '\u{2029}']);
    let spaced = text.starts_with([' ', '\n']) || text.ends_with([' ', '\n']);
    let indicator = text.starts_with(|c| "#,[]{}&*!|>'\"%@`".contains(c))
        || text.starts_with("---")
        || text.starts_with("...")
        || ["?", ":", "-"].iter().any(|c| text == *c || text.starts_with(&format!("{c} ")))
        || text.contains(": ")
        || (text.ends_with(':'))
        || text.contains(" #");
    if text.is_empty() || broken || spaced || indicator || resolved(text) {
        Style::Single
    } else {
        Style::Plain
    }
}

/// Whether YAML would read something else than text: a number, a date, yes or no.
fn resolved(text: &str) -> bool {
    const WORDS: &[&str] =
        &["yes", "no", "true", "false", "on", "off", "null", "~", "<<", "=", "!", "&", "*"];
    let known = |word: &&str| {
        let capital = word[..1].to_uppercase() + &word[1..];
        text == *word || text == word.to_uppercase() || text == capital
    };
    if WORDS.iter().any(known) {
        return true;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    number(unsigned) || date(text)
}

fn number(text: &str) -> bool {
    let all = |text: &str, fits: fn(u8) -> bool| !text.is_empty() && text.bytes().all(fits);
    let digits = |text: &str| all(text, |b| b.is_ascii_digit() || b == b'_');
    let first_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let float = |text: &str| {
        let Some((whole, fraction)) = text.split_once('.') else { return false };
        let (fraction, exponent) = match fraction.split_once(['e', 'E']) {
            Some((fraction, exponent)) => (fraction, Some(exponent)),
            None => (fraction, None),
        };
        let exponent = exponent.is_none_or(|exponent| {
            exponent.starts_with(['+', '-']) && all(&exponent[1..], |b| b.is_ascii_digit())
        });
        let mantissa = if whole.is_empty() { digits(fraction) } else { digits(whole) };
        mantissa && (fraction.is_empty() || digits(fraction)) && exponent
    };
    let sixty = |text: &str| {
        let mut parts = text.split(':');
        parts.next().is_some_and(digits)
            && text.contains(':')
            && parts.all(|part| {
                all(part, |b| b.is_ascii_digit()) && part.parse::<u8>().is_ok_and(|part| part < 60)
            })
    };
    let based =
        |prefix: &str, fits: fn(u8) -> bool| text.strip_prefix(prefix).is_some_and(|rest| all(rest, fits));
    (first_digit
        && digits(text)
        && (!text.starts_with('0') || all(text, |b| matches!(b, b'0'..=b'7' | b'_'))))
        || based("0x", |b| b.is_ascii_hexdigit() || b == b'_')
        || based("0b", |b| matches!(b, b'0' | b'1' | b'_'))
        || (first_digit || text.starts_with('.')) && float(text)
        || first_digit && sixty(text)
        || [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"].contains(&text)
}

/// `2026-11-24`, alone or with a time of day.
fn date(text: &str) -> bool {
    let Some(date) = text.get(..10) else { return false };
    let shape =
        date.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
    shape
        && (text.len() == 10 || crate::time::read(text).is_some() && text[10..].starts_with(['T', 't', ' ']))
}
