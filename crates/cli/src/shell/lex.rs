//! A line's words and signs.

/// A piece of a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// As it is.
    Text(String),
    /// `$NAME`; whether it stands in double quotes.
    Variable(String, bool),
    /// `$(…)` or backquotes; whether it stands in double quotes.
    Command(String, bool),
    /// `<(…)`: a file with what the command prints.
    File(String),
}

/// A word or a sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Pieces; whether any of it was quoted.
    Word(Vec<Piece>, bool),
    /// `|`, `;`, `&&`, `||`, `>`, `>>`, `<`, `2>`, `2>>`, `2>&1`
    Sign(&'static str),
}

const SIGNS: [&str; 12] = ["2>&1", "2>>", "&&", "||", "2>", ">>", "<<<", "|", ";", ">", "<", "&"];

/// Whether a quote, a bracket or a continuation is open.
pub(super) fn is_open(line: &str) -> bool {
    tokens(line).is_err_and(|error| error == OPEN) || line.ends_with('\\') && !line.ends_with("\\\\")
}

/// What an open quote is called.
pub(super) const OPEN: &str = "unexpected EOF while looking for matching quote or bracket";

/// Splits a line.
///
/// # Errors
/// A quote or a bracket is not closed.
pub(super) fn tokens(line: &str) -> Result<Vec<Token>, &'static str> {
    let mut lexer = Lexer { rest: line, word: None, quoted: false, tokens: Vec::new() };
    lexer.run()?;
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    rest: &'a str,
    word: Option<Vec<Piece>>,
    quoted: bool,
    tokens: Vec<Token>,
}

type Lexed<T = ()> = Result<T, &'static str>;

impl Lexer<'_> {
    fn run(&mut self) -> Lexed {
        while let Some(c) = self.rest.chars().next() {
            let sign = SIGNS.iter().find(|sign| self.rest.starts_with(**sign));
            match (c, sign) {
                ('#', _) if self.word.is_none() => {
                    let end = self.rest.find('\n').unwrap_or(self.rest.len());
                    self.rest = &self.rest[end..];
                }
                ('<', _) if self.rest.starts_with("<(") => {
                    let command = self.bracketed(1)?;
                    self.piece(Piece::File(command));
                }
                ('2', Some(_)) if self.word.is_some() => self.text(1),
                ('\n', _) => {
                    self.end();
                    self.rest = &self.rest[1..];
                    self.tokens.push(Token::Sign(";"));
                }
                (' ' | '\t' | '\r', _) => {
                    self.end();
                    self.rest = &self.rest[1..];
                }
                (_, Some(sign)) => {
                    self.end();
                    self.rest = &self.rest[sign.len()..];
                    self.tokens.push(Token::Sign(sign));
                }
                ('\\', _) => self.escape(),
                ('\'', _) => self.single()?,
                ('"', _) => self.double()?,
                ('$' | '`', _) => self.substitution(false)?,
                (c, _) => self.text(c.len_utf8()),
            }
        }
        self.end();
        Ok(())
    }

    fn piece(&mut self, piece: Piece) {
        let word = self.word.get_or_insert_default();
        match (word.last_mut(), piece) {
            (Some(Piece::Text(text)), Piece::Text(more)) => text.push_str(&more),
            (_, piece) => word.push(piece),
        }
    }

    /// The next bytes as they are.
    fn text(&mut self, length: usize) {
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.piece(Piece::Text(text.to_owned()));
    }

    fn end(&mut self) {
        if let Some(word) = self.word.take() {
            self.tokens.push(Token::Word(word, std::mem::take(&mut self.quoted)));
        }
    }

    /// A backslash outside quotes: the next character as it is, and a line goes on.
    fn escape(&mut self) {
        self.rest = &self.rest[1..];
        if let Some(rest) = self.rest.strip_prefix('\n').or_else(|| self.rest.strip_prefix("\r\n")) {
            self.rest = rest;
        } else if let Some(c) = self.rest.chars().next() {
            self.quoted = true;
            self.text(c.len_utf8());
        }
    }

    fn single(&mut self) -> Lexed {
        let end = self.rest[1..].find('\'').ok_or(OPEN)? + 1;
        self.quoted = true;
        self.piece(Piece::Text(self.rest[1..end].to_owned()));
        self.rest = &self.rest[end + 1..];
        Ok(())
    }

    fn double(&mut self) -> Lexed {
        self.rest = &self.rest[1..];
        self.quoted = true;
        self.piece(Piece::Text(String::new()));
        loop {
            match self.rest.chars().next().ok_or(OPEN)? {
                '"' => {
                    self.rest = &self.rest[1..];
                    return Ok(());
                }
                '\\' if self.rest[1..].starts_with(['"', '\\', '$', '`']) => {
                    self.rest = &self.rest[1..];
                    self.text(1);
                }
                '\\' if self.rest[1..].starts_with('\n') => self.rest = &self.rest[2..],
                '$' | '`' => self.substitution(true)?,
                c => self.text(c.len_utf8()),
            }
        }
    }

    fn substitution(&mut self, quoted: bool) -> Lexed {
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
        let after = &self.rest[1..];
        let braced = after.starts_with('{');
        let name = &after[usize::from(braced)..];
        let length = match name.chars().next() {
            Some('?') => 1,
            Some(c) if c.is_ascii_digit() => 1,
            _ => name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len()),
        };
        if length == 0 || braced && !name[length..].starts_with('}') {
            self.text(1);
            return Ok(());
        }
        self.piece(Piece::Variable(name[..length].to_owned(), quoted));
        self.rest = &name[length + usize::from(braced)..];
        Ok(())
    }

    /// What stands in brackets that open at this place; quotes and brackets in it are kept together.
    fn bracketed(&mut self, open: usize) -> Lexed<String> {
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
