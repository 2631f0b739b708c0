//! From words and signs to commands, and commands that are made of others.

mod cases;

use super::lex::{Token, Tokens};

/// Commands one after the other, each with what joins it to the one before: `;`, `&&` or `||`.
pub(super) type List<'a> = Vec<(&'static str, Pipeline<'a>)>;

/// Commands of which each reads what the one before it prints.
#[derive(Debug, PartialEq)]
pub(super) struct Pipeline<'a> {
    /// `!`: it succeeds if the last command fails.
    pub(super) negated: bool,
    pub(super) commands: Vec<Command<'a>>,
}

/// A command.
#[derive(Debug, PartialEq)]
pub(super) enum Command<'a> {
    /// Assignments, words and redirections.
    Simple(&'a [Token]),
    /// One that is made of others, and its redirections.
    Compound(Compound<'a>, &'a [Token]),
}

/// A command that is made of others.
#[derive(Debug, PartialEq)]
pub(super) enum Compound<'a> {
    /// `{ …; }`
    Group(List<'a>),
    /// `( … )`: its variables are its own.
    Apart(List<'a>),
    /// `if …; then …; elif …; then …; else …; fi`: conditions and what is done when they hold, and what is done otherwise.
    If(Vec<(List<'a>, List<'a>)>, List<'a>),
    /// `while …; do …; done` and `until …; do …; done`
    While { until: bool, condition: List<'a>, body: List<'a> },
    /// `for NAME in …; do …; done`; without words, those that were given are meant.
    For { name: String, words: Option<&'a [Token]>, body: List<'a> },
    /// `((…))`: succeeds if it does not come to 0.
    Sum(&'a Token),
    /// `for ((…; …; …)); do …; done`
    Count { sums: &'a [Token], body: List<'a> },
    /// `case … in …) …;; esac`: what is looked at, and patterns with what is done when one of them fits.
    Case(&'a Token, Vec<(Vec<&'a Token>, List<'a>)>),
    /// `[[ … ]]`
    Test(Test<'a>),
    /// `NAME() …`: a command under a name, as text.
    Function { name: &'a str, body: &'a str },
}

/// A condition in `[[ … ]]`.
#[derive(Debug, PartialEq)]
pub(super) enum Test<'a> {
    Both(Box<(Test<'a>, Test<'a>)>),
    Either(Box<(Test<'a>, Test<'a>)>),
    Not(Box<Test<'a>>),
    /// A word that is not empty.
    Word(&'a Token),
    /// `-f NAME` and its like.
    One(&'a str, &'a Token),
    /// Two sides; the right one may have several tokens if it is a regular expression.
    Two(&'a Token, &'static str, &'a [Token]),
}

/// Why a line is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It goes on below.
    Open,
    /// Something stands where it cannot.
    Unexpected(String),
    /// A command that a shell has and this one has not.
    Unknown(String),
    /// Commands are too deep in each other.
    Deep,
}

/// How deep commands may be in each other.
pub(super) const DEPTH: usize = 20;

/// Words that begin, divide and end commands where a command can begin.
pub(crate) const RESERVED: [&str; 13] =
    ["{", "}", "if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "!"];

/// What a shell understands and this one does not.
const MISSING: [&str; 2] = ["select", "coproc"];

/// The commands of a line.
pub(super) fn list<'a>(line: &'a str, tokens: &'a Tokens) -> Result<List<'a>, Fault> {
    let mut parser = Parser { line, ends: &tokens.ends, tokens: &tokens.tokens, at: 0, depth: 0 };
    let list = parser.list()?;
    if parser.next().is_some() { Err(parser.fault()) } else { Ok(list) }
}

struct Parser<'a> {
    line: &'a str,
    ends: &'a [usize],
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn next(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn sign(&self) -> Option<&'static str> {
        match self.next() {
            Some(Token::Sign(sign)) => Some(sign),
            _ => None,
        }
    }

    /// What is wrong if the next token cannot stand here.
    fn fault(&self) -> Fault {
        match self.next() {
            None => Fault::Open,
            Some(Token::Sign("\n")) => Fault::Unexpected("newline".to_owned()),
            Some(Token::Sign(sign)) => Fault::Unexpected((*sign).to_owned()),
            Some(word) => Fault::Unexpected(word.plain().unwrap_or("word").to_owned()),
        }
    }

    fn takes(&mut self, word: &str) -> bool {
        let found = match self.next() {
            Some(Token::Sign(sign)) => *sign == word,
            token => token.and_then(Token::plain) == Some(word),
        };
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, word: &str) -> Result<(), Fault> {
        if self.takes(word) { Ok(()) } else { Err(self.fault()) }
    }

    fn lines(&mut self) {
        while self.takes("\n") {}
    }

    /// Commands up to a word or sign that begins none.
    fn list(&mut self) -> Result<List<'a>, Fault> {
        let (mut list, mut joint) = (Vec::new(), ";");
        self.lines();
        while joint != ";" || self.begins() {
            list.push((joint, self.pipeline()?));
            joint = match self.sign() {
                Some(joint @ ("&&" | "||")) => joint,
                Some(";" | "&" | "\n") => ";",
                _ => break,
            };
            self.at += 1;
            self.lines();
        }
        Ok(list)
    }

    /// A list with something in it.
    fn commands(&mut self) -> Result<List<'a>, Fault> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Fault::Deep);
        }
        let list = self.list()?;
        self.depth -= 1;
        if list.is_empty() { Err(self.fault()) } else { Ok(list) }
    }

    /// Whether a command can begin here.
    fn begins(&self) -> bool {
        let closes = |word| matches!(word, "}" | "then" | "elif" | "else" | "fi" | "do" | "done" | "esac");
        match self.next() {
            Some(Token::Sign(sign)) => matches!(*sign, "(" | "((") || is_redirection(sign),
            Some(word) => !word.plain().is_some_and(closes),
            None => false,
        }
    }

    fn pipeline(&mut self) -> Result<Pipeline<'a>, Fault> {
        let mut negated = false;
        while self.takes("!") {
            negated = !negated;
        }
        let mut commands = vec![self.command()?];
        while self.takes("|") {
            self.lines();
            commands.push(self.command()?);
        }
        Ok(Pipeline { negated, commands })
    }

    fn command(&mut self) -> Result<Command<'a>, Fault> {
        if !self.begins() {
            return Err(self.fault());
        }
        let Some(compound) = self.compound()? else { return self.simple() };
        let start = self.at;
        while self.redirection()? {}
        Ok(Command::Compound(compound, &self.tokens[start..self.at]))
    }

    fn simple(&mut self) -> Result<Command<'a>, Fault> {
        let start = self.at;
        loop {
            if let Some(Token::Word(..)) = self.next() {
                self.at += 1;
            } else if !self.redirection()? {
                break;
            }
        }
        if let Some("(" | "((") = self.sign() {
            Err(self.fault())
        } else {
            Ok(Command::Simple(&self.tokens[start..self.at]))
        }
    }

    /// A sign with the file that it names.
    fn redirection(&mut self) -> Result<bool, Fault> {
        let Some(sign) = self.sign().filter(|sign| is_redirection(sign)) else { return Ok(false) };
        self.at += 1;
        if sign.contains(">&") {
            return Ok(true);
        }
        match self.next() {
            Some(Token::Word(..)) => self.at += 1,
            Some(_) => return Err(self.fault()),
            None => return Err(Fault::Unexpected("newline".to_owned())),
        }
        Ok(true)
    }

    fn compound(&mut self) -> Result<Option<Compound<'a>>, Fault> {
        if self.takes("(") {
            let list = self.commands()?;
            self.expect(")")?;
            return Ok(Some(Compound::Apart(list)));
        }
        if let Some(sums) = self.sums() {
            return match sums {
                [sum] => Ok(Some(Compound::Sum(sum))),
                _ => Err(Fault::Unexpected(";".to_owned())),
            };
        }
        let word = self.next().and_then(Token::plain).unwrap_or_default();
        if MISSING.contains(&word) {
            return Err(Fault::Unknown(word.to_owned()));
        }
        if let Some(name) = self.function(word) {
            return self.named(name).map(Some);
        }
        if !matches!(word, "{" | "if" | "for" | "while" | "until" | "case" | "[[") {
            return Ok(None);
        }
        self.at += 1;
        Ok(Some(match word {
            "{" => {
                let list = self.commands()?;
                self.expect("}")?;
                Compound::Group(list)
            }
            "if" => self.conditions()?,
            "for" => self.each()?,
            "case" => self.cases()?,
            "[[" => self.test()?,
            word => {
                let condition = self.commands()?;
                Compound::While { until: word == "until", condition, body: self.body()? }
            }
        }))
    }

    /// `do …; done`
    fn body(&mut self) -> Result<List<'a>, Fault> {
        self.expect("do")?;
        let body = self.commands()?;
        self.expect("done")?;
        Ok(body)
    }

    fn conditions(&mut self) -> Result<Compound<'a>, Fault> {
        let mut arms = Vec::new();
        loop {
            let condition = self.commands()?;
            self.expect("then")?;
            arms.push((condition, self.commands()?));
            if !self.takes("elif") {
                break;
            }
        }
        let otherwise = if self.takes("else") { self.commands()? } else { Vec::new() };
        self.expect("fi")?;
        Ok(Compound::If(arms, otherwise))
    }

    /// What stands between `((` and `))`, if it comes next.
    fn sums(&mut self) -> Option<&'a [Token]> {
        let start = self.at + 1;
        if !self.takes("((") {
            return None;
        }
        while self.next().is_some() && !self.takes("))") {
            self.at += 1;
        }
        self.tokens.get(start..self.at - 1)
    }

    fn each(&mut self) -> Result<Compound<'a>, Fault> {
        if let Some(sums) = self.sums() {
            if sums.len() != 3 {
                return Err(Fault::Unexpected("))".to_owned()));
            }
            self.takes(";");
            self.lines();
            return Ok(Compound::Count { sums, body: self.body()? });
        }
        let name = self.next().ok_or(Fault::Open)?.plain().ok_or_else(|| self.fault())?.to_owned();
        self.at += 1;
        self.lines();
        let mut words = None;
        if self.takes("in") {
            let start = self.at;
            while let Some(Token::Word(..)) = self.next() {
                self.at += 1;
            }
            words = Some(&self.tokens[start..self.at]);
        }
        if !self.takes(";") && self.sign() != Some("\n") && self.next().and_then(Token::plain) != Some("do") {
            return Err(self.fault());
        }
        self.lines();
        Ok(Compound::For { name, words, body: self.body()? })
    }
}

fn is_redirection(sign: &str) -> bool {
    sign.contains(['<', '>'])
}
