//! A line's words and signs.

mod below;
mod braces;
mod dollar;

use below::Below;

use super::{
    glob::Part,
    parse::{self, Fault, RESERVED},
};

/// A piece of a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// As it is.
    Text(String),
    /// As it is, from within quotes or behind a backslash.
    Quoted(String),
    /// `*`, `?` or a `[` that is closed, outside quotes.
    Wild(char),
    /// `$NAME`; whether it stands in double quotes.
    Variable(String, bool),
    /// `${NAME:-…}`: what stands for a variable that is not set or empty; whether all of it stands in double quotes.
    Either(String, Vec<Piece>, bool),
    /// `${#NAME}`: how long a variable is.
    Length(String),
    /// `${NAME%…}`, `${NAME#…}`: without an end or a beginning that fits; whether it stands in double quotes.
    Without(String, Part, Vec<Piece>, bool),
    /// `$((…))`; whether it stands in double quotes.
    Sum(Vec<Piece>, bool),
    /// `$(…)` or backquotes; whether it stands in double quotes.
    Command(String, bool),
    /// `<(…)`: a file with what the command prints.
    File(String),
    /// `{`, `,` or `}` outside quotes, until the word ends.
    Brace(char),
}

/// A word or a sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Pieces; whether any of it was quoted.
    Word(Vec<Piece>, bool),
    /// A line's end, `|`, `;`, `&&`, `||`, `(`, `)`, `((` and `))` around what is computed, `>`, `>>`, `<`, `<<` before a text that follows in lines, `<<<`, `2>`,
    /// `2>>`, `2>&1`, `>&2`, `&>`
    Sign(&'static str),
}

impl Token {
    /// A word without quotes that says only this.
    pub(super) fn plain(&self) -> Option<&str> {
        match self {
            Self::Word(pieces, false) => match pieces.as_slice() {
                [Piece::Text(text)] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }
}

const SIGNS: [&str; 20] = [
    ";;", "2>&1", "1>&2", "2>>", "1>>", ">&2", "&&", "||", "&>", "2>", "1>", ">>", "<<<", "|", ";", ">", "<",
    "&", "(", ")",
];

/// Signs behind which a line goes on below.
const JOINTS: [&str; 3] = ["|", "&&", "||"];

/// Whether a quote, a bracket, a text in lines, a continuation or a command of several parts is open.
pub(super) fn is_open(line: &str) -> bool {
    let ends = line.ends_with('\\') && !line.ends_with("\\\\");
    ends || match tokens(line) {
        Ok(tokens) => parse::list(line, &tokens) == Err(Fault::Open),
        Err(error) => error == OPEN,
    }
}

/// What an open quote is called.
pub(super) const OPEN: &str = "unexpected EOF while looking for matching quote or bracket";

/// Splits a line.
///
/// # Errors
/// A quote or a bracket is not closed.
pub(super) fn tokens(line: &str) -> Result<Tokens, &'static str> {
    let mut lexer = Lexer::new(line);
    lexer.run()?;
    Ok(Tokens { tokens: lexer.tokens, ends: lexer.ends })
}

/// What a line consists of.
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    /// Where each ends, in bytes of the line.
    pub(super) ends: Vec<usize>,
}

/// `NAME=value` of a word that begins so.
pub(super) fn assignment(pieces: &[Piece]) -> Option<(String, Vec<Piece>)> {
    let Some(Piece::Text(text)) = pieces.first() else { return None };
    let (name, value) = text.split_once('=')?;
    let rest = pieces[1..].iter().cloned();
    is_name(name)
        .then(|| (name.to_owned(), std::iter::once(Piece::Text(value.to_owned())).chain(rest).collect()))
}

/// Whether a variable can be called so.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
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
    ends: Vec<usize>,
    length: usize,
    /// Whether a `[[` is open, in which braces have no alternatives.
    conditional: bool,
    /// Texts that begin below this line.
    below: Vec<Below>,
}

type Lexed<T = ()> = Result<T, &'static str>;

impl<'a> Lexer<'a> {
    fn new(rest: &'a str) -> Self {
        Self {
            rest,
            word: None,
            quoted: false,
            tokens: Vec::new(),
            ends: Vec::new(),
            length: rest.len(),
            conditional: false,
            below: Vec::new(),
        }
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
                ('*' | '?', _) => self.wild(c),
                ('[', _) if self.closes() => self.wild(c),
                ('(', _) if self.word.is_none() && self.rest.starts_with("((") && self.sum()? => {}
                ('{' | '}' | ',', _) => {
                    self.rest = &self.rest[1..];
                    self.piece(Piece::Brace(c));
                }
                ('1' | '2', Some(_)) if self.word.is_some() => self.text(1),
                ('\n', _) => self.line_ends()?,
                (' ' | '\t' | '\r', _) => {
                    self.end();
                    self.rest = &self.rest[1..];
                }
                (_, Some(sign)) => {
                    self.end();
                    self.rest = &self.rest[sign.len()..];
                    self.push(Token::Sign(sign.strip_prefix('1').unwrap_or(sign)));
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

    /// `((…))`, with `;` between several; false if these are commands in brackets.
    fn sum(&mut self) -> Lexed<bool> {
        let before = self.rest;
        let inner = self.bracketed(0)?;
        let Some(inner) = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) else {
            self.rest = before;
            return Ok(false);
        };
        self.push(Token::Sign("(("));
        for part in inner.split(';') {
            self.push(Token::Word(substituted(part)?, true));
        }
        self.push(Token::Sign("))"));
        Ok(true)
    }

    fn push(&mut self, token: Token) {
        self.tokens.push(token);
        self.ends.push(self.length - self.rest.len());
    }

    /// Whether a `[` stands here whose `]` is in the same word.
    fn closes(&self) -> bool {
        self.rest
            .split(|c: char| c.is_whitespace() || ";|&".contains(c))
            .next()
            .is_some_and(|it| it.contains(']'))
    }

    fn wild(&mut self, c: char) {
        self.rest = &self.rest[1..];
        self.piece(Piece::Wild(c));
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
            self.push(Token::Sign("\n"));
        }
        Ok(())
    }

    fn piece(&mut self, piece: Piece) {
        let word = self.word.get_or_insert_default();
        match (word.last_mut(), piece) {
            (Some(Piece::Text(text)), Piece::Text(more))
            | (Some(Piece::Quoted(text)), Piece::Quoted(more)) => {
                text.push_str(&more);
            }
            (_, piece) => word.push(piece),
        }
    }

    /// The next bytes as they are.
    fn text(&mut self, length: usize) {
        let text = self.take(length);
        self.piece(Piece::Text(text));
    }

    /// The same within quotes.
    fn quoted(&mut self, length: usize) {
        let text = self.take(length);
        self.piece(Piece::Quoted(text));
    }

    fn take(&mut self, length: usize) -> String {
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        text.to_owned()
    }

    fn end(&mut self) {
        let Some(word) = self.word.take() else { return };
        let quoted = std::mem::take(&mut self.quoted);
        let first = !matches!(self.tokens.last(), Some(Token::Word(..)));
        let words = if self.conditional || first && assignment(&word).is_some() {
            vec![braces::plain(word)]
        } else {
            braces::expanded(word)
        };
        let begins =
            first || self.tokens.last().and_then(Token::plain).is_some_and(|it| RESERVED.contains(&it));
        for word in words {
            let word = Token::Word(word, quoted);
            match word.plain() {
                Some("[[") if begins => self.conditional = true,
                Some("]]") => self.conditional = false,
                _ => {}
            }
            self.push(word);
        }
    }

    /// A backslash outside quotes: the next character as it is, and a line goes on.
    fn escape(&mut self) {
        self.rest = &self.rest[1..];
        if let Some(rest) = self.rest.strip_prefix('\n').or_else(|| self.rest.strip_prefix("\r\n")) {
            self.rest = rest;
        } else if let Some(c) = self.rest.chars().next() {
            self.quoted = true;
            self.quoted(c.len_utf8());
        }
    }

    fn single(&mut self) -> Lexed {
        let end = self.rest[1..].find('\'').ok_or(OPEN)? + 1;
        self.quoted = true;
        self.piece(Piece::Quoted(self.rest[1..end].to_owned()));
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
        self.piece(Piece::Quoted(String::new()));
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
                    self.quoted(1);
                }
                '\\' if self.rest[1..].starts_with('\n') => self.rest = &self.rest[2..],
                '$' | '`' => self.substitution(true)?,
                c => self.quoted(c.len_utf8()),
            }
        }
    }
}
