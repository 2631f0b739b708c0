//! `$((…))`: whole numbers of 64 bits, as C computes them.

use std::cell::Cell;

use super::{Shell, lex::is_name};

/// How deep brackets and variables may be in each other.
const DEPTH: usize = 50;

/// How much may be looked at for one of them.
const STEPS: u32 = 100_000;

/// Operators with two sides, and how tightly they bind.
const BINARY: [(&str, u8); 19] = [
    ("||", 3),
    ("&&", 4),
    ("==", 8),
    ("!=", 8),
    ("<=", 9),
    (">=", 9),
    ("<<", 10),
    (">>", 10),
    ("**", 13),
    ("|", 5),
    ("^", 6),
    ("&", 7),
    ("<", 9),
    (">", 9),
    ("+", 11),
    ("-", 11),
    ("*", 12),
    ("/", 12),
    ("%", 12),
];

/// What an expression comes to. Assignments in it are made.
///
/// # Errors
/// It is none; what bash says of it.
pub(super) fn evaluate(text: &str, shell: &mut Shell) -> Result<i64, String> {
    let steps = Cell::new(STEPS);
    Sum { text, rest: text, last: text, shell, depth: 0, idle: false, steps: &steps }.whole()
}

struct Sum<'a> {
    text: &'a str,
    rest: &'a str,
    /// From the last token on, for complaints.
    last: &'a str,
    shell: &'a mut Shell,
    depth: usize,
    /// What is read does not count, since a condition has decided otherwise.
    idle: bool,
    steps: &'a Cell<u32>,
}

/// What a sign before a number makes of it.
type Change = fn(i64) -> i64;

impl<'a> Sum<'a> {
    fn whole(&mut self) -> Result<i64, String> {
        if self.text.trim().is_empty() {
            return Ok(0);
        }
        let mut value = self.choice()?;
        while self.takes(",") {
            value = self.choice()?;
        }
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return Ok(value);
        }
        self.last = self.rest;
        Err(self.fault("syntax error in expression"))
    }

    fn fault(&self, what: &str) -> String {
        format!("{}: {what} (error token is \"{}\")", self.text.trim_start(), self.last)
    }

    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        let Some(after) = rest.strip_prefix(sign) else { return false };
        (self.last, self.rest) = (rest, after);
        true
    }

    /// `a ? b : c`
    fn choice(&mut self) -> Result<i64, String> {
        let condition = self.binary(3)?;
        if !self.takes("?") {
            return Ok(condition);
        }
        let idle = self.idle;
        self.idle = idle || condition == 0;
        let yes = self.deeper(Self::choice)?;
        if !self.takes(":") {
            return Err(self.fault("`:' expected for conditional expression"));
        }
        self.idle = idle || condition != 0;
        let no = self.deeper(Self::choice)?;
        self.idle = idle;
        Ok(if condition == 0 { no } else { yes })
    }

    /// One more; an error when they are too many or too deep.
    fn step(&self) -> Result<(), String> {
        let left = self.steps.get().checked_sub(1).filter(|_| self.depth < DEPTH);
        self.steps.set(left.ok_or_else(|| self.fault("expression recursion level exceeded"))?);
        Ok(())
    }

    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Result<i64, String>) -> Result<i64, String> {
        self.step()?;
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    /// The operator that comes next, if it binds at least as tightly.
    fn operator(&mut self, least: u8) -> Option<(&'static str, u8)> {
        let rest = self.rest.trim_start();
        let found = BINARY.into_iter().find(|(sign, _)| rest.starts_with(sign))?;
        let assigns = rest[found.0.len()..].starts_with('=') && found.1 > 4 && !matches!(found.1, 8 | 9);
        (found.1 >= least && !assigns && self.takes(found.0)).then_some(found)
    }

    fn binary(&mut self, least: u8) -> Result<i64, String> {
        let mut left = self.unary()?;
        while let Some((sign, level)) = self.operator(least) {
            let idle = self.idle;
            self.idle = idle || (sign == "&&" && left == 0) || (sign == "||" && left != 0);
            // Powers bind to the right.
            let right = self.deeper(|sum| sum.binary(if sign == "**" { level } else { level + 1 }))?;
            let counts = !self.idle;
            self.idle = idle;
            left = match sign {
                "&&" => i64::from(left != 0 && right != 0),
                "||" => i64::from(left != 0 || right != 0),
                "/" | "%" if right == 0 && counts => return Err(self.fault("division by 0")),
                "**" if right < 0 && counts => return Err(self.fault("exponent less than 0")),
                sign => computed(sign, left, right),
            };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<i64, String> {
        for sign in ["++", "--"] {
            let rest = self.rest.trim_start();
            if rest.strip_prefix(sign).is_some_and(|rest| is_name(name(rest.trim_start()))) {
                self.takes(sign);
                let name = self.name();
                let value = self.variable(name)?.wrapping_add(if sign == "++" { 1 } else { -1 });
                return Ok(self.assign(name, value));
            }
        }
        if self.takes("(") {
            let mut value = self.deeper(Self::choice)?;
            while self.takes(",") {
                value = self.deeper(Self::choice)?;
            }
            if self.takes(")") {
                return Ok(value);
            }
            let rest = self.rest.trim_start();
            self.last = if rest.is_empty() { self.last } else { rest };
            return Err(self.fault("missing `)'"));
        }
        let signs: [(&str, Change); 4] =
            [("!", |it| i64::from(it == 0)), ("~", |it| !it), ("-", i64::wrapping_neg), ("+", |it| it)];
        for (sign, function) in signs {
            if self.takes(sign) {
                return self.deeper(Self::unary).map(function);
            }
        }
        let rest = self.rest.trim_start();
        match rest.chars().next() {
            Some(c) if c.is_ascii_digit() => self.number(),
            _ if is_name(name(rest)) => self.named(),
            Some(_) => {
                self.last = rest;
                Err(self.fault("syntax error: operand expected"))
            }
            None => Err(self.fault("syntax error: operand expected")),
        }
    }

    /// `10`, `0x1F`, `017`, `2#101`
    fn number(&mut self) -> Result<i64, String> {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
        let word = &rest[..end];
        (self.last, self.rest) = (rest, &rest[end..]);
        let (digits, radix) = match (word.split_once('#'), word.as_bytes()) {
            (Some((base, digits)), _) => (digits, base.parse().unwrap_or(0)),
            (None, [b'0', b'x' | b'X', ..]) => (&word[2..], 16),
            (None, [b'0', _, ..]) => (&word[1..], 8),
            _ => (word, 10),
        };
        if !(2..=36).contains(&radix) {
            return Err(self.fault("invalid arithmetic base"));
        }
        let digit =
            |sum: i64, c: char| Some(sum.wrapping_mul(radix.into()).wrapping_add(c.to_digit(radix)?.into()));
        digits.chars().try_fold(0, digit).ok_or_else(|| {
            self.last = &rest[..end];
            self.fault("value too great for base")
        })
    }

    fn name(&mut self) -> &'a str {
        let rest = self.rest.trim_start();
        let name = name(rest);
        (self.last, self.rest) = (rest, &rest[name.len()..]);
        name
    }

    /// A variable, or what is assigned to it.
    fn named(&mut self) -> Result<i64, String> {
        let name = self.name();
        for (sign, one) in [("++", 1), ("--", -1)] {
            if self.takes(sign) {
                let value = self.variable(name)?;
                self.assign(name, value.wrapping_add(one));
                return Ok(value);
            }
        }
        if !self.rest.trim_start().starts_with("==") && self.takes("=") {
            let value = self.deeper(Self::choice)?;
            return Ok(self.assign(name, value));
        }
        for sign in ["+", "-", "*", "/", "%", "<<", ">>", "&", "^", "|"] {
            if self.takes(&format!("{sign}=")) {
                let right = self.deeper(Self::choice)?;
                if right == 0 && matches!(sign, "/" | "%") && !self.idle {
                    return Err(self.fault("division by 0"));
                }
                let value = computed(sign, self.variable(name)?, right);
                return Ok(self.assign(name, value));
            }
        }
        self.variable(name)
    }

    fn assign(&mut self, name: &str, value: i64) -> i64 {
        if !self.idle {
            self.shell.assign(name, value.to_string());
        }
        value
    }

    /// What a variable comes to, which may be an expression itself.
    fn variable(&mut self, name: &str) -> Result<i64, String> {
        let text = self.shell.variables.get(name).cloned().unwrap_or_default();
        if let Some(number) =
            text.parse().ok().filter(|_| text == "0" || !text.trim_start_matches(['-', '+']).starts_with('0'))
        {
            return Ok(number);
        }
        self.step()?;
        let (depth, idle, steps) = (self.depth + 1, self.idle, self.steps);
        Sum { text: &text, rest: &text, last: &text, shell: self.shell, depth, idle, steps }.whole()
    }
}

/// The name that a text begins with; empty if it begins with none.
fn name(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// Division by zero comes to nothing: it was refused, or does not count.
fn computed(sign: &str, left: i64, right: i64) -> i64 {
    match sign {
        "|" => left | right,
        "^" => left ^ right,
        "&" => left & right,
        "==" => i64::from(left == right),
        "!=" => i64::from(left != right),
        "<=" => i64::from(left <= right),
        ">=" => i64::from(left >= right),
        "<" => i64::from(left < right),
        ">" => i64::from(left > right),
        "<<" => left.wrapping_shl(right as u32),
        ">>" => left.wrapping_shr(right as u32),
        "+" => left.wrapping_add(right),
        "-" => left.wrapping_sub(right),
        "*" => left.wrapping_mul(right),
        "/" => left.checked_div(right).unwrap_or(0),
        "%" => left.checked_rem(right).unwrap_or(0),
        _ => left.wrapping_pow(u32::try_from(right).unwrap_or(0)),
    }
}
