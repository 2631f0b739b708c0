//! A line's words and signs.

mod below;
mod dollar;

use below::Below;

/// A piece of a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// As it is.
    Text(String),
    /// `*` or `?` outside quotes.
    Wild(char),
    /// `$NAME`; whether it stands in double quotes.
    Variable(String, bool),
    /// `${NAME:-…}`: what stands for a variable that is not set or empty; whether all of it stands in double quotes.
    Either(String, Vec<Piece>, bool),
    /// `${#NAME}`: how long a variable is.
    Length(String),
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
    /// `|`, `;`, `&&`, `||`, `>`, `>>`, `<`, `<<` before a text that follows in lines, `<<<`, `2>`, `2>>`, `2>&1`
    Sign(&'static str),
}

const SIGNS: [&str; 12] = ["2>&1", "2>>", "&&", "||", "2>", ">>", "<<<", "|", ";", ">", "<", "&"];

/// Signs behind which a line goes on below.
const JOINTS: [&str; 3] = ["|", "&&", "||"];

/// Whether a quote, a bracket, a text in lines or a continuation is open.
pub(super) fn is_open(line: &str) -> bool {
    let ends = line.ends_with('\\') && !line.ends_with("\\\\");
    ends || match tokens(line) {
        Ok(tokens) => matches!(tokens.last(), Some(Token::Sign(sign)) if JOINTS.contains(sign)),
        Err(error) => error == OPEN,
    }
}

/// What an open quote is called.
pub(super) const OPEN: &str = "unexpected EOF while looking for matching quote or bracket";

/// Splits a line.
///
/// # Errors
/// A quote or a bracket is not closed.
pub(super) fn tokens(line: &str) -> Result<Vec<Token>, &'static str> {
    let mut lexer = Lexer::new(line);
    lexer.run()?;
    Ok(lexer.tokens)
}

/// A text in which variables and commands are substituted.
fn substituted(text: &str) -> Lexed<Vec<Piece>> {
    let mut lexer = Lexer::new(text);
    lexer.within(None)?;
    Ok(lexer.word.unwrap_or_default())
}

struct Lexer<'a> {
    rest: &'a str,
    word: Option<Vec<Piece>>,
    quoted: bool,
    tokens: Vec<Token>,
    /// Texts that begin below this line.
    below: Vec<Below>,
}

type Lexed<T = ()> = Result<T, &'static str>;

impl<'a> Lexer<'a> {
    fn new(rest: &'a str) -> Self {
        Self { rest, word: None, quoted: false, tokens: Vec::new(), below: Vec::new() }
    }

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
                ('<', _) if self.rest.starts_with("<<") && !self.rest.starts_with("<<<") => {
                    self.announce()?
                }
                ('(' | ')', _) => return Err("( and ) have to be quoted here"),
                ('*' | '?', _) => {
                    self.rest = &self.rest[1..];
                    self.piece(Piece::Wild(c));
                }
                ('2', Some(_)) if self.word.is_some() => self.text(1),
                ('\n', _) => self.line_ends()?,
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
        if self.below.is_empty() { Ok(()) } else { Err(OPEN) }
    }

    /// The end of a line: the texts that it has announced follow, and then another command.
    fn line_ends(&mut self) -> Lexed {
        self.end();
        self.rest = &self.rest[1..];
        for below in std::mem::take(&mut self.below) {
            let pieces = self.lines(&below)?;
            self.tokens[below.at] = Token::Word(pieces, true);
        }
        if !matches!(self.tokens.last(), Some(Token::Sign(sign)) if JOINTS.contains(sign)) {
            self.tokens.push(Token::Sign(";"));
        }
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
        self.within(Some('"'))
    }

    /// Text in which only variables and commands are substituted, up to a quote or to its end.
    fn within(&mut self, close: Option<char>) -> Lexed {
        self.piece(Piece::Text(String::new()));
        loop {
            let Some(c) = self.rest.chars().next() else { return close.map_or(Ok(()), |_| Err(OPEN)) };
            match c {
                c if Some(c) == close => {
                    self.rest = &self.rest[1..];
                    return Ok(());
                }
                '\\' if self.rest[1..].starts_with(['\\', '$', '`'])
                    || close.is_some_and(|close| self.rest[1..].starts_with(close)) =>
                {
                    self.rest = &self.rest[1..];
                    self.text(1);
                }
                '\\' if self.rest[1..].starts_with('\n') => self.rest = &self.rest[2..],
                '$' | '`' => self.substitution(true)?,
                c => self.text(c.len_utf8()),
            }
        }
    }
}
