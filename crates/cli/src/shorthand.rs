//! The shorthand of structured parameters: `TagKey=a,TagValue=b`, `Operations=Encrypt,Decrypt`, `a={b=c,d=[e,f]}`.

use crate::{params::Loader, value::Value};

/// How deep brackets may be in each other.
const DEPTH: usize = 50;

/// Reads a parameter. `key@=file://…` reads a file through the loader.
///
/// # Errors
/// What was expected, what is there, and where.
pub(crate) fn parse(text: &str, load: Loader<'_>) -> Result<Value, String> {
    let mut reader = Reader { text: text.chars().collect(), at: 0, load, from_file: false, depth: 0 };
    let mut map = Value::Map(Vec::new());
    let mut last = 0;
    loop {
        let (key, value) = reader.key_and_value(Reader::values)?;
        if map.get(&key).is_some() {
            return Err(format!(
                "Second instance of key \"{key}\" encountered for input:\n{}\nThis is often because there is a preceding \
                 \",\" instead of a space.",
                reader.pointer(last + 1)
            ));
        }
        map.put(&key, value);
        last = reader.at;
        if reader.ended() {
            return Ok(map);
        }
        reader.expect(',', true)?;
    }
}

struct Reader<'a> {
    text: Vec<char>,
    at: usize,
    load: Loader<'a>,
    /// Whether the value that comes may name a file.
    from_file: bool,
    depth: usize,
}

type Read<T> = Result<T, String>;

impl Reader<'_> {
    fn current(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn ended(&self) -> bool {
        self.at >= self.text.len()
    }

    fn space(&mut self) {
        while self.current().is_some_and(|c| c.is_ascii_whitespace() || c == '\u{b}') {
            self.at += 1;
        }
    }

    fn expect(&mut self, c: char, space: bool) -> Read<()> {
        if space {
            self.space();
        }
        let actual = self.current();
        if actual != Some(c) {
            let actual = actual.map_or("EOF".to_owned(), |c| c.to_string());
            return Err(self.wrong(&c.to_string(), &actual));
        }
        self.at += 1;
        if space {
            self.space();
        }
        Ok(())
    }

    fn wrong(&self, expected: &str, actual: &str) -> String {
        format!("Expected: '{expected}', received: '{actual}' for input:\n{}", self.pointer(self.at))
    }

    /// The input with a caret below its place.
    fn pointer(&self, at: usize) -> String {
        let at = at.min(self.text.len());
        let (before, after) = self.text.split_at(at);
        let newline = before.iter().rposition(|c| *c == '\n');
        let spaces = " ".repeat(newline.map_or(at, |newline| at - newline - 1));
        let end = after.iter().position(|c| *c == '\n').map_or(self.text.len(), |newline| at + newline);
        let (line, rest) = self.text.split_at(end);
        format!("{}\n{spaces}^{}", line.iter().collect::<String>(), rest.iter().collect::<String>())
    }

    fn key_and_value(&mut self, value: fn(&mut Self) -> Read<Value>) -> Read<(String, Value)> {
        let start = self.at;
        while self.current().is_some_and(|c| c.is_ascii_alphanumeric() || "-_.#/:".contains(c)) {
            self.at += 1;
        }
        let key: String = self.text[start..self.at].iter().collect();
        self.space();
        self.from_file = self.current() == Some('@');
        self.at += usize::from(self.from_file);
        self.expect('=', true)?;
        Ok((key, value(self)?))
    }

    fn values(&mut self) -> Read<Value> {
        match self.current() {
            None => Ok(Value::from("")),
            Some('[') => self.list(),
            Some('{') => self.map(),
            Some(_) => self.csv(),
        }
    }

    /// One value or several; a comma after the last may begin the next key.
    fn csv(&mut self) -> Read<Value> {
        let first = self.first()?;
        self.space();
        if self.current() != Some(',') {
            return Ok(first);
        }
        self.expect(',', true)?;
        let mut list = vec![first];
        loop {
            match self.next_of_csv() {
                Ok((value, last)) => {
                    list.push(value);
                    if last {
                        break;
                    }
                }
                Err(error) if self.ended() => return Err(error),
                Err(_) => {
                    while self.at > 0 && self.current() != Some(',') {
                        self.at -= 1;
                    }
                    break;
                }
            }
        }
        Ok(if list.len() == 1 { list.swap_remove(0) } else { Value::List(list) })
    }

    fn next_of_csv(&mut self) -> Read<(Value, bool)> {
        let value = match self.current() {
            Some('\'' | '"') => self.quoted()?,
            _ => {
                let text = self.word(true).ok_or_else(|| self.wrong("<second>", "<none>"))?;
                self.loaded(text)?
            }
        };
        self.space();
        if self.ended() {
            return Ok((value, true));
        }
        self.expect(',', true).map(|()| (value, false))
    }

    fn first(&mut self) -> Read<Value> {
        match self.current() {
            Some('\'' | '"') => self.quoted(),
            _ => {
                let text = self.word(false).unwrap_or_default();
                self.loaded(text)
            }
        }
    }

    fn loaded(&self, text: String) -> Read<Value> {
        let file = if self.from_file { (self.load)(&text)? } else { None };
        Ok(file.unwrap_or(Value::Text(text)))
    }

    /// Characters up to the end of a value; `\,` is a comma. A second value ends at `=` too, and a first one, within
    /// brackets, at a closing one.
    fn word(&mut self, second: bool) -> Option<String> {
        let mut out = String::new();
        loop {
            if self.text[self.at..].starts_with(&['\\', ',']) {
                out.push(',');
                self.at += 2;
                continue;
            }
            let Some(c) = self.current() else { break };
            let fits = match (out.is_empty(), second) {
                (true, _) => c > ' ' && !"\"',=[{".contains(c),
                (false, true) => !"\"',=".contains(c),
                (false, false) => !"\"',]}".contains(c),
            };
            if !fits {
                break;
            }
            out.push(c);
            self.at += 1;
        }
        let word = out.trim_end();
        (!out.is_empty()).then(|| word.to_owned())
    }

    fn quoted(&mut self) -> Read<Value> {
        let quote = self.current().unwrap_or('"');
        let name = if quote == '"' { "<double quoted>" } else { "<singled quoted>" };
        let (mut out, mut at) = (String::new(), self.at + 1);
        loop {
            match (self.text.get(at), self.text.get(at + 1)) {
                (Some('\\'), Some(c)) if *c == quote || *c == '\\' => {
                    out.push(*c);
                    at += 2;
                }
                (Some(c), _) if *c == quote => break,
                (Some(c), _) => {
                    out.push(*c);
                    at += 1;
                }
                (None, _) => return Err(self.wrong(name, "<none>")),
            }
        }
        self.at = at + 1;
        self.loaded(out)
    }

    fn nested(&mut self) -> Read<Value> {
        let read = match self.current() {
            Some('[') => Self::list,
            Some('{') => Self::map,
            _ => return self.first(),
        };
        if self.depth == DEPTH {
            return Err(self.wrong("a value", "too many brackets"));
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Read<Value> {
        self.expect('[', true)?;
        let mut items = Vec::new();
        while self.current() != Some(']') {
            items.push(self.nested()?);
            self.separator(']')?;
        }
        self.expect(']', false)?;
        Ok(Value::List(items))
    }

    fn map(&mut self) -> Read<Value> {
        self.expect('{', true)?;
        let mut map = Value::Map(Vec::new());
        while self.current() != Some('}') {
            let (key, value) = self.key_and_value(Self::nested)?;
            self.separator('}')?;
            map.put(&key, value);
        }
        self.expect('}', false)?;
        Ok(map)
    }

    fn separator(&mut self, close: char) -> Read<()> {
        self.space();
        if self.current() != Some(close) {
            self.expect(',', false)?;
            self.space();
        }
        Ok(())
    }
}
