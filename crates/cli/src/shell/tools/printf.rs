//! `printf`: a format, and arguments that it is used on as often as there are any.

use std::{iter::Peekable, slice::Iter, str::Chars};

use super::{
    Complaint, Printed,
    escape::{escape, push, unescaped},
};

/// Runs it.
pub(super) fn printf(words: &[&str]) -> Printed {
    let words = if words.first() == Some(&"--") { &words[1..] } else { words };
    let Some((format, arguments)) = words.split_first() else {
        let usage = "usage: printf [-v var] format [arguments]".to_owned();
        return Err(Complaint { exit: 2, ..Complaint::from(usage) });
    };
    let mut printer = Printer { out: Vec::new(), arguments: arguments.iter(), wrong: None };
    loop {
        let before = printer.arguments.len();
        if let Err(message) = printer.once(format) {
            return Err(Complaint { stdout: printer.out, message, exit: 1 });
        }
        if printer.arguments.len() == 0 || printer.arguments.len() == before {
            break;
        }
    }
    match printer.wrong {
        None => Ok(printer.out),
        Some(message) => Err(Complaint { stdout: printer.out, message, exit: 1 }),
    }
}

struct Printer<'a> {
    out: Vec<u8>,
    arguments: Iter<'a, &'a str>,
    /// What could not be read as a number.
    wrong: Option<String>,
}

/// `%-5.3s`, taken apart.
#[derive(Default)]
struct Directive {
    left: bool,
    zeros: bool,
    plus: bool,
    width: usize,
    precision: Option<usize>,
}

/// More than this is no width but a mistake.
const WIDEST: usize = 1 << 16;

impl Printer<'_> {
    /// The format once, with the arguments that it takes.
    fn once(&mut self, format: &str) -> Result<(), String> {
        let mut chars = format.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' => escape(&mut chars, &mut self.out),
                '%' if chars.next_if_eq(&'%').is_some() => self.out.push(b'%'),
                '%' => {
                    let directive = self.directive(&mut chars);
                    let Some(kind) = chars.next() else {
                        return Err("`%': missing format character".to_owned());
                    };
                    self.convert(&directive, kind)?;
                }
                c => push(c, &mut self.out),
            }
        }
        Ok(())
    }

    fn directive(&mut self, chars: &mut Peekable<Chars<'_>>) -> Directive {
        let mut directive = Directive::default();
        while let Some(flag) = chars.next_if(|c| "-0+ #".contains(*c)) {
            match flag {
                '-' => directive.left = true,
                '0' => directive.zeros = true,
                '+' => directive.plus = true,
                _ => {}
            }
        }
        directive.width = self.number(chars).unwrap_or_default();
        if chars.next_if_eq(&'.').is_some() {
            directive.precision = Some(self.number(chars).unwrap_or_default());
        }
        directive
    }

    /// Digits, or `*` for the next argument.
    fn number(&mut self, chars: &mut Peekable<Chars<'_>>) -> Option<usize> {
        if chars.next_if_eq(&'*').is_some() {
            return self.arguments.next()?.parse().ok().map(|number: usize| number.min(WIDEST));
        }
        let mut digits = String::new();
        while let Some(digit) = chars.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().ok().map(|number: usize| number.min(WIDEST))
    }

    fn convert(&mut self, directive: &Directive, kind: char) -> Result<(), String> {
        if !"sbcdiuxXo".contains(kind) {
            return Err(format!("`{kind}': invalid format character"));
        }
        let argument = self.arguments.next().copied();
        let text = argument.unwrap_or_default();
        let mut bytes = match kind {
            's' => text.as_bytes().to_vec(),
            'b' => unescaped(text),
            'c' => text.chars().next().map(String::from).unwrap_or_default().into_bytes(),
            _ => {
                let number = self.integer(text);
                let sign = if directive.plus && number >= 0 { "+" } else { "" };
                match kind {
                    'x' => format!("{number:x}"),
                    'X' => format!("{number:X}"),
                    'o' => format!("{number:o}"),
                    _ => format!("{sign}{number}"),
                }
                .into_bytes()
            }
        };
        let textual = matches!(kind, 's' | 'b' | 'c');
        if let (Some(most), true) = (directive.precision, textual) {
            bytes.truncate(most);
        }
        self.padded(directive, bytes, directive.zeros && !directive.left && !textual);
        Ok(())
    }

    fn padded(&mut self, directive: &Directive, bytes: Vec<u8>, zeros: bool) {
        let gap = directive.width.saturating_sub(bytes.len());
        if directive.left {
            self.out.extend(bytes);
            self.out.extend(std::iter::repeat_n(b' ', gap));
            return;
        }
        let signed = usize::from(zeros && bytes.starts_with(b"-"));
        self.out.extend(&bytes[..signed]);
        self.out.extend(std::iter::repeat_n(if zeros { b'0' } else { b' ' }, gap));
        self.out.extend(&bytes[signed..]);
    }

    /// Decimal, `0x…`, or the code of a character behind a quote; what is none of these is complained about.
    fn integer(&mut self, text: &str) -> i64 {
        if text.is_empty() {
            return 0;
        }
        if let Some(c) = text.strip_prefix(['\'', '"']).and_then(|rest| rest.chars().next()) {
            return i64::from(u32::from(c));
        }
        let number = match text.strip_prefix("0x") {
            Some(digits) => i64::from_str_radix(digits, 16),
            None => text.parse(),
        };
        number.unwrap_or_else(|_| {
            self.wrong.get_or_insert_with(|| format!("{text}: invalid number"));
            0
        })
    }
}
