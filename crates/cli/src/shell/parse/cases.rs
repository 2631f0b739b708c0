//! Functions, `case` and `[[`.

use super::{Compound, DEPTH, Fault, Parser, Token};
use crate::shell::{conditional, lex::is_name};

impl<'a> Parser<'a> {
    /// The name of a function that is made here: `NAME()` or `function NAME`.
    pub(super) fn function(&mut self, word: &'a str) -> Option<&'a str> {
        let at = self.at + usize::from(word == "function");
        let name =
            self.tokens.get(at).and_then(Token::plain).filter(|name| is_name(&name.replace('-', "_")))?;
        let brackets = matches!(self.tokens.get(at + 1..at + 3), Some([Token::Sign("("), Token::Sign(")")]));
        if word != "function" && !brackets {
            return None;
        }
        self.at = at + 1 + if brackets { 2 } else { 0 };
        Some(name)
    }

    pub(super) fn named(&mut self, name: &'a str) -> Result<Compound<'a>, Fault> {
        let start = self.ends[self.at - 1];
        self.lines();
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Fault::Deep);
        }
        if self.compound()?.is_none() {
            return Err(self.fault());
        }
        while self.redirection()? {}
        self.depth -= 1;
        let body = self.line.get(start..self.ends[self.at - 1]).unwrap_or_default();
        Ok(Compound::Function { name, body: body.trim() })
    }

    pub(super) fn cases(&mut self) -> Result<Compound<'a>, Fault> {
        let Some(word @ Token::Word(..)) = self.next() else { return Err(self.fault()) };
        self.at += 1;
        self.lines();
        self.expect("in")?;
        self.lines();
        let mut cases = Vec::new();
        while !self.takes("esac") {
            self.takes("(");
            let mut patterns = Vec::new();
            while patterns.is_empty() || self.takes("|") {
                let Some(pattern @ Token::Word(..)) = self.next() else { return Err(self.fault()) };
                patterns.push(pattern);
                self.at += 1;
            }
            self.expect(")")?;
            self.depth += 1;
            if self.depth > DEPTH {
                return Err(Fault::Deep);
            }
            cases.push((patterns, self.list()?));
            self.depth -= 1;
            if !self.takes(";;") {
                self.expect("esac")?;
                break;
            }
            self.lines();
        }
        Ok(Compound::Case(word, cases))
    }

    pub(super) fn test(&mut self) -> Result<Compound<'a>, Fault> {
        let start = self.at;
        while self.next().ok_or(Fault::Open)?.plain() != Some("]]") {
            self.at += 1;
        }
        let test = conditional::Reader::read(&self.tokens[start..self.at])?;
        self.at += 1;
        Ok(Compound::Test(test))
    }
}
