//! `test` and `[`.

use super::{Complaint, Printed, Shell};

/// `test WORDS` or `[ WORDS ]`: succeeds if it holds.
pub(super) fn test(shell: &Shell, bracket: bool, words: &[&str]) -> Printed {
    let wrong = |message: String| Complaint { stdout: Vec::new(), message, exit: 2 };
    let words = match (bracket, words.split_last()) {
        (false, _) => words,
        (true, Some((&"]", words))) => words,
        (true, _) => return Err(wrong("missing `]'".to_owned())),
    };
    let mut test = Test { shell, words, at: 0 };
    if test.whole().map_err(wrong)? { Ok(Vec::new()) } else { Err(String::new().into()) }
}

struct Test<'a> {
    shell: &'a Shell,
    words: &'a [&'a str],
    at: usize,
}

type Holds = Result<bool, String>;

impl<'a> Test<'a> {
    /// Up to four words are read by their number, so that one which looks like an operator can be compared.
    fn whole(&mut self) -> Holds {
        if let Some(holds) = self.few(self.words)? {
            return Ok(holds);
        }
        let holds = self.any()?;
        if self.at < self.words.len() { Err("too many arguments".to_owned()) } else { Ok(holds) }
    }

    fn few(&self, words: &[&str]) -> Result<Option<bool>, String> {
        Ok(Some(match words {
            [] => false,
            [word] => !word.is_empty(),
            ["!", word] => word.is_empty(),
            [sign, word] if is_unary(sign) => unary(self.shell, sign, word),
            [sign, _] => return Err(format!("{sign}: unary operator expected")),
            [left, sign, right] if is_binary(sign) => self.binary(left, sign, right)?,
            [left, "-a", right] => !left.is_empty() && !right.is_empty(),
            [left, "-o", right] => !left.is_empty() || !right.is_empty(),
            ["!", rest @ ..] if words.len() < 5 => return Ok(self.few(rest)?.map(|holds| !holds)),
            ["(", word, ")"] => !word.is_empty(),
            [_, sign, _] => return Err(format!("{sign}: binary operator expected")),
            _ => return Ok(None),
        }))
    }

    fn takes(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at) == Some(&word);
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Holds {
        let mut holds = self.all()?;
        while self.takes("-o") {
            holds |= self.all()?;
        }
        Ok(holds)
    }

    fn all(&mut self) -> Holds {
        let mut holds = self.one()?;
        while self.takes("-a") {
            holds &= self.one()?;
        }
        Ok(holds)
    }

    fn one(&mut self) -> Holds {
        let mut negated = false;
        while self.takes("!") {
            negated = !negated;
        }
        Ok(self.primary()? != negated)
    }

    fn primary(&mut self) -> Holds {
        let words = self.words;
        match &words[self.at..] {
            [left, sign, right, ..] if is_binary(sign) => {
                self.at += 3;
                self.binary(left, sign, right)
            }
            ["(", ..] => {
                self.at += 1;
                let holds = self.any()?;
                if self.takes(")") { Ok(holds) } else { Err("`)' expected".to_owned()) }
            }
            [sign, word, ..] if is_unary(sign) => {
                self.at += 2;
                Ok(unary(self.shell, sign, word))
            }
            [word, ..] => {
                self.at += 1;
                Ok(!word.is_empty())
            }
            [] => Err("argument expected".to_owned()),
        }
    }

    fn binary(&self, left: &str, sign: &str, right: &str) -> Holds {
        let number = |text: &str| {
            text.trim().parse::<i64>().map_err(|_| format!("{text}: integer expression expected"))
        };
        Ok(match sign {
            "=" | "==" => left == right,
            "!=" => left != right,
            "<" => left < right,
            ">" => left > right,
            sign => {
                let order = number(left)?.cmp(&number(right)?);
                match sign {
                    "-eq" => order.is_eq(),
                    "-ne" => order.is_ne(),
                    "-lt" => order.is_lt(),
                    "-le" => order.is_le(),
                    "-gt" => order.is_gt(),
                    _ => order.is_ge(),
                }
            }
        })
    }
}

/// Whether a question about one word is answered with yes.
pub(crate) fn unary(shell: &Shell, sign: &str, word: &str) -> bool {
    let file = shell.files.read(word).ok();
    match sign {
        "-n" => !word.is_empty(),
        "-z" => word.is_empty(),
        "-v" => shell.variables.contains_key(word),
        "-s" => file.is_some_and(|bytes| !bytes.is_empty()),
        "-d" => matches!(word, "." | "./" | "~"),
        "-x" => false,
        _ => file.is_some(),
    }
}

pub(crate) fn is_unary(word: &str) -> bool {
    matches!(word, "-n" | "-z" | "-v" | "-e" | "-f" | "-r" | "-w" | "-x" | "-s" | "-d")
}

fn is_binary(word: &str) -> bool {
    matches!(word, "=" | "==" | "!=" | "<" | ">" | "-eq" | "-ne" | "-lt" | "-le" | "-gt" | "-ge")
}
