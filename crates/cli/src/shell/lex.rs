//! A line's words and signs.

use super::tools::escape::unescaped;

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

/// A text in lines: `<<END`.
struct Below {
    /// Its place among the tokens.
    at: usize,
    end: String,
    /// Nothing in it is substituted.
    quoted: bool,
    /// `<<-`: without the tabs at the beginning of lines.
    tabs: bool,
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

    /// `<<END`, `<<'END'`, `<<-END`
    fn announce(&mut self) -> Lexed {
        self.end();
        let after = &self.rest[2..];
        let tabs = after.starts_with('-');
        let after = after[usize::from(tabs)..].trim_start_matches([' ', '\t']);
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let length = match quote {
            Some(quote) => after[1..].find(quote).ok_or(OPEN)? + 2,
            None => after.find(|c: char| c.is_whitespace() || ";|&<>()".contains(c)).unwrap_or(after.len()),
        };
        let word = &after[..length];
        let end: String = word.chars().filter(|c| !"'\"\\".contains(*c)).collect();
        if end.is_empty() {
            return Err("syntax error near unexpected token `newline'");
        }
        self.rest = &after[length..];
        self.tokens.push(Token::Sign("<<"));
        self.below.push(Below { at: self.tokens.len(), quoted: end != word, end, tabs });
        self.tokens.push(Token::Word(Vec::new(), true));
        Ok(())
    }

    /// The lines up to the one that ends a text.
    fn lines(&mut self, below: &Below) -> Lexed<Vec<Piece>> {
        let mut text = String::new();
        while !self.rest.is_empty() {
            let line = self.rest.split_inclusive('\n').next().unwrap_or_default();
            self.rest = &self.rest[line.len()..];
            let line = if below.tabs { line.trim_start_matches('\t') } else { line };
            if line.trim_end_matches(['\n', '\r']) == below.end {
                return if below.quoted { Ok(vec![Piece::Text(text)]) } else { substituted(&text) };
            }
            text.push_str(line);
        }
        Err(OPEN)
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

    fn substitution(&mut self, quoted: bool) -> Lexed {
        if self.rest.starts_with('`') {
            let end = self.rest[1..].find('`').ok_or(OPEN)? + 1;
            self.piece(Piece::Command(self.rest[1..end].to_owned(), quoted));
            self.rest = &self.rest[end + 1..];
            return Ok(());
        }
        if self.rest.starts_with("$((") {
            return Err("arithmetic is not understood here");
        }
        if !quoted && self.rest.starts_with("$'") {
            return self.escaped();
        }
        if !quoted && self.rest.starts_with("$\"") {
            self.rest = &self.rest[1..];
            return self.double();
        }
        if self.rest.starts_with("$(") {
            let command = self.bracketed(1)?;
            self.piece(Piece::Command(command, quoted));
            return Ok(());
        }
        if self.braced(quoted)? {
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

    /// `${#NAME}` and `${NAME:-…}`; false for anything else.
    fn braced(&mut self, quoted: bool) -> Lexed<bool> {
        let Some(inner) = self.rest.strip_prefix("${") else { return Ok(false) };
        let (inner, counted) = inner.strip_prefix('#').map_or((inner, false), |inner| (inner, true));
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len());
        let (name, rest) = inner.split_at(length);
        if let (true, Some(rest)) = (counted && length > 0, rest.strip_prefix('}')) {
            self.rest = rest;
            self.piece(Piece::Length(name.to_owned()));
            return Ok(true);
        }
        let Some(rest) = rest.strip_prefix(":-").filter(|_| length > 0 && !counted) else { return Ok(false) };
        let end = rest.find('}').ok_or(OPEN)?;
        let word = rest[..end].trim_matches(['"', '\'']);
        self.rest = &rest[end + 1..];
        self.piece(Piece::Either(name.to_owned(), substituted(word)?, quoted));
        Ok(true)
    }

    /// `$'…'`: escapes are read.
    fn escaped(&mut self) -> Lexed {
        let (inner, mut after) = (&self.rest[2..], false);
        let end = inner.find(|c| {
            let ends = c == '\'' && !after;
            after = c == '\\' && !after;
            ends
        });
        let end = end.ok_or(OPEN)?;
        self.quoted = true;
        let text = String::from_utf8_lossy(&unescaped(&inner[..end])).into_owned();
        self.piece(Piece::Text(text));
        self.rest = &inner[end + 1..];
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
