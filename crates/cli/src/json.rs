//! Reading JSON, with the messages that Python has for what is wrong.

use crate::value::Value;

/// How deep arrays and objects may be in each other.
const DEPTH: usize = 100;

/// Reads one value.
///
/// # Errors
/// What is wrong, in Python's words: `Expecting value: line 1 column 2 (char 1)`.
pub fn parse(text: &str) -> Result<Value, String> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    reader.space();
    let value = reader.value()?;
    reader.space();
    if reader.at < text.len() { Err(reader.wrong("Extra data", reader.at)) } else { Ok(value) }
}

struct Reader<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn wrong(&self, what: &str, at: usize) -> String {
        let before = &self.text[..at];
        let (line, column) = match before.rfind('\n') {
            Some(newline) => (before.matches('\n').count() + 1, before[newline + 1..].chars().count() + 1),
            None => (1, before.chars().count() + 1),
        };
        format!("{what}: line {line} column {column} (char {})", before.chars().count())
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn value(&mut self) -> Result<Value, String> {
        for (word, value) in
            [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))]
        {
            if self.eat(word) {
                return Ok(value);
            }
        }
        match self.rest().bytes().next() {
            Some(b'"') => self.string().map(Value::Text),
            Some(b'[') => self.nested(Self::list),
            Some(b'{') => self.nested(Self::map),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.wrong("Expecting value", self.at)),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, String>) -> Result<Value, String> {
        if self.depth == DEPTH {
            return Err(self.wrong("Nested too deeply", self.at));
        }
        self.depth += 1;
        self.at += 1;
        self.space();
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Result<Value, String> {
        let mut items = Vec::new();
        if self.eat("]") {
            return Ok(Value::List(items));
        }
        loop {
            self.space();
            items.push(self.value()?);
            self.space();
            if self.eat("]") {
                return Ok(Value::List(items));
            }
            if !self.eat(",") {
                return Err(self.wrong("Expecting ',' delimiter", self.at));
            }
        }
    }

    fn map(&mut self) -> Result<Value, String> {
        let mut map = Value::Map(Vec::new());
        if self.eat("}") {
            return Ok(map);
        }
        loop {
            self.space();
            if !self.rest().starts_with('"') {
                return Err(self.wrong("Expecting property name enclosed in double quotes", self.at));
            }
            let key = self.string()?;
            self.space();
            if !self.eat(":") {
                return Err(self.wrong("Expecting ':' delimiter", self.at));
            }
            self.space();
            let value = self.value()?;
            map.put(&key, value);
            self.space();
            if self.eat("}") {
                return Ok(map);
            }
            if !self.eat(",") {
                return Err(self.wrong("Expecting ',' delimiter", self.at));
            }
        }
    }

    fn number(&mut self) -> Result<Value, String> {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = self.rest();
        let sign = usize::from(rest.starts_with('-'));
        let whole = if rest[sign..].starts_with('0') { 1 } else { digits(&rest[sign..]) };
        if whole == 0 {
            return Err(self.wrong("Expecting value", self.at));
        }
        let mut end = sign + whole;
        if rest[end..].starts_with('.') && digits(&rest[end + 1..]) > 0 {
            end += 1 + digits(&rest[end + 1..]);
        }
        if rest[end..].starts_with(['e', 'E']) {
            let signed = 1 + usize::from(rest[end + 1..].starts_with(['+', '-']));
            let exponent = digits(&rest[end + signed..]);
            end += if exponent > 0 { signed + exponent } else { 0 };
        }
        let text = &rest[..end];
        let float = || text.parse().map(Value::Float).unwrap_or(Value::Null);
        let value = text.parse().map(Value::Int).unwrap_or_else(|_| float());
        self.at += end;
        Ok(value)
    }

    fn string(&mut self) -> Result<String, String> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let Some(c) = self.rest().chars().next() else {
                return Err(self.wrong("Unterminated string starting at", start));
            };
            match c {
                '"' => {
                    self.at += 1;
                    return Ok(out);
                }
                '\\' => out.push(self.escape(start)?),
                c if c < ' ' => return Err(self.wrong("Invalid control character at", self.at)),
                c => {
                    out.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn escape(&mut self, start: usize) -> Result<char, String> {
        let at = self.at;
        self.at += 1;
        let Some(c) = self.rest().chars().next() else {
            return Err(self.wrong("Unterminated string starting at", start));
        };
        self.at += c.len_utf8();
        Ok(match c {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '"' | '\\' | '/' => c,
            'u' => return self.unicode(),
            _ => return Err(self.wrong("Invalid \\escape", at)),
        })
    }

    fn unicode(&mut self) -> Result<char, String> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        if self.eat("\\u") {
            let second = self.hex()?;
            if (0xdc00..0xe000).contains(&second) {
                let point = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&mut self) -> Result<u32, String> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(value) => {
                self.at += 4;
                Ok(value)
            }
            None => Err(self.wrong("Invalid \\uXXXX escape", self.at)),
        }
    }
}
