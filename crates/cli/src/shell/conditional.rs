//! `[[ … ]]`: words are not split, `==` compares with a pattern, `=~` with an extended regular expression.

use super::{
    Waits, arithmetic, expand, glob,
    lex::Token,
    parse::{Fault, Test},
    run::Machine,
    tools::{Pattern, is_unary, unary},
};

/// What stands between `[[` and `]]`.
pub(super) struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

const BINARY: [&str; 12] = ["=", "==", "!=", "=~", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

impl<'a> Reader<'a> {
    /// Reads a condition.
    ///
    /// # Errors
    /// It is none.
    pub(super) fn read(tokens: &'a [Token]) -> Result<Test<'a>, Fault> {
        let mut reader = Self { tokens, at: 0 };
        let test = reader.any(0)?;
        if reader.at < tokens.len() { Err(reader.fault()) } else { Ok(test) }
    }

    /// A word or a sign as it stands there.
    fn text(&self, at: usize) -> Option<&'a str> {
        match self.tokens.get(at)? {
            Token::Sign(sign) => Some(sign),
            word => word.plain(),
        }
    }

    fn takes(&mut self, text: &str) -> bool {
        while self.text(self.at) == Some("\n") {
            self.at += 1;
        }
        let found = self.text(self.at) == Some(text);
        self.at += usize::from(found);
        found
    }

    fn fault(&self) -> Fault {
        Fault::Unexpected(self.text(self.at).unwrap_or("]]").to_owned())
    }

    fn any(&mut self, depth: usize) -> Result<Test<'a>, Fault> {
        let mut test = self.all(depth)?;
        while self.takes("||") {
            test = Test::Either(Box::new((test, self.all(depth)?)));
        }
        Ok(test)
    }

    fn all(&mut self, depth: usize) -> Result<Test<'a>, Fault> {
        let mut test = self.one(depth)?;
        while self.takes("&&") {
            test = Test::Both(Box::new((test, self.one(depth)?)));
        }
        Ok(test)
    }

    fn one(&mut self, depth: usize) -> Result<Test<'a>, Fault> {
        if depth > super::parse::DEPTH {
            return Err(Fault::Deep);
        }
        if self.takes("!") {
            return Ok(Test::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.takes("(") {
            let test = self.any(depth + 1)?;
            return if self.takes(")") { Ok(test) } else { Err(self.fault()) };
        }
        let Some(left @ Token::Word(..)) = self.tokens.get(self.at) else { return Err(self.fault()) };
        self.at += 1;
        if let Some(sign) = self.text(self.at).and_then(|sign| BINARY.into_iter().find(|it| *it == sign)) {
            self.at += 1;
            let start = self.at;
            match sign {
                "=~" => self.expression(),
                _ if matches!(self.tokens.get(start), Some(Token::Word(..))) => self.at += 1,
                _ => {}
            }
            let right = &self.tokens[start..self.at];
            return if right.is_empty() { Err(self.fault()) } else { Ok(Test::Two(left, sign, right)) };
        }
        match (left.plain().filter(|sign| is_unary(sign)), self.tokens.get(self.at)) {
            (Some(sign), Some(word @ Token::Word(..))) => {
                self.at += 1;
                Ok(Test::One(sign, word))
            }
            _ => Ok(Test::Word(left)),
        }
    }

    /// A regular expression, whose brackets and bars are signs to the shell.
    fn expression(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.tokens.get(self.at) {
            match token {
                Token::Sign("(") => depth += 1,
                Token::Sign(")") if depth > 0 => depth -= 1,
                Token::Sign("|") => {}
                Token::Sign(_) => break,
                Token::Word(..) => {}
            }
            self.at += 1;
        }
    }
}

/// Whether it holds: 0 if so, 1 if not, 2 where that cannot be said.
pub(super) fn run(machine: &mut Machine<'_>, test: &Test<'_>) -> Waits<u8> {
    Ok(match test {
        Test::Both(two) => match run(machine, &two.0)? {
            0 => run(machine, &two.1)?,
            exit => exit,
        },
        Test::Either(two) => match run(machine, &two.0)? {
            1 => run(machine, &two.1)?,
            exit => exit,
        },
        Test::Not(test) => match run(machine, test)? {
            exit @ (0 | 1) => 1 - exit,
            exit => exit,
        },
        Test::Word(word) => u8::from(text(machine, word)?.is_empty()),
        Test::One(sign, word) => {
            let word = text(machine, word)?;
            u8::from(!unary(machine.shell, sign, &word))
        }
        Test::Two(left, sign, right) => {
            let left = text(machine, left)?;
            two(machine, &left, sign, right)?
        }
    })
}

fn two(machine: &mut Machine<'_>, left: &str, sign: &str, right: &[Token]) -> Waits<u8> {
    let (Some(first), holds) = (right.first(), |holds: bool| u8::from(!holds)) else { return Ok(2) };
    Ok(match sign {
        "=" | "==" | "!=" => {
            let Token::Word(pieces, _) = first else { return Ok(2) };
            let pattern = expand::pattern(machine, pieces)?;
            holds(glob::matches(left, &pattern) != (sign == "!="))
        }
        "=~" => {
            let mut expression = String::new();
            for token in right {
                match token {
                    Token::Sign(sign) => expression.push_str(sign),
                    Token::Word(pieces, _) => expression.push_str(&expand::expression(machine, pieces)?),
                }
            }
            match Pattern::read(&expression, true, false) {
                Ok(pattern) => holds(pattern.find(&left.chars().collect::<Vec<char>>(), 0).is_some()),
                Err(_) => 2,
            }
        }
        "<" => holds(left < text(machine, first)?.as_str()),
        ">" => holds(left > text(machine, first)?.as_str()),
        sign => {
            let right = text(machine, first)?;
            let (Some(left), Some(right)) = (number(machine, left), number(machine, &right)) else {
                return Ok(1);
            };
            let order = left.cmp(&right);
            holds(match sign {
                "-eq" => order.is_eq(),
                "-ne" => order.is_ne(),
                "-lt" => order.is_lt(),
                "-le" => order.is_le(),
                "-gt" => order.is_gt(),
                _ => order.is_ge(),
            })
        }
    })
}

/// What is computed of a text; nothing is 0.
fn number(machine: &mut Machine<'_>, text: &str) -> Option<i64> {
    if text.trim().is_empty() {
        return Some(0);
    }
    let value = arithmetic::evaluate(text, machine.shell);
    value.map_err(|fault| machine.complain(&format!("[[: {fault}"))).ok()
}

fn text(machine: &mut Machine<'_>, token: &Token) -> Waits<String> {
    let Token::Word(pieces, _) = token else { return Ok(String::new()) };
    expand::text(machine, pieces)
}
