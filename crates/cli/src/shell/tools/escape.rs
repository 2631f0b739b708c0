//! Escapes with a backslash: of `printf`, of `echo -e` and of `$'…'`.

use std::{iter::Peekable, str::Chars};

/// A text with its escapes read. What stands behind `\c` is dropped.
pub(crate) fn unescaped(text: &str) -> Vec<u8> {
    let (mut out, mut chars) = (Vec::new(), text.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&'c') => break,
            '\\' => escape(&mut chars, &mut out),
            c => push(c, &mut out),
        }
    }
    out
}

/// The character that the letters behind a backslash stand for.
pub(super) fn escape(chars: &mut Peekable<Chars<'_>>, out: &mut Vec<u8>) {
    let Some(c) = chars.next() else { return out.push(b'\\') };
    let byte = match c {
        'a' => 7,
        'b' => 8,
        'e' | 'E' => 27,
        'f' => 12,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 11,
        '\\' | '\'' | '"' | '?' => c as u8,
        '0'..='7' => {
            let more = digits(chars, 8, if c == '0' { 3 } else { 2 });
            (more.bytes().fold(u32::from(c) - 48, |sum, digit| sum * 8 + u32::from(digit) - 48) & 255) as u8
        }
        'x' | 'u' | 'U' => return coded(c, chars, out),
        other => {
            out.push(b'\\');
            return push(other, out);
        }
    };
    out.push(byte);
}

/// `\xHH` is a byte, `\uHHHH` and `\UHHHHHHHH` are characters.
fn coded(kind: char, chars: &mut Peekable<Chars<'_>>, out: &mut Vec<u8>) {
    let most = match kind {
        'x' => 2,
        'u' => 4,
        _ => 8,
    };
    let digits = digits(chars, 16, most);
    match (kind, u32::from_str_radix(&digits, 16)) {
        ('x', Ok(byte)) => out.push(byte as u8),
        (_, Ok(point)) => push(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER), out),
        (_, Err(_)) => out.extend([b'\\', kind as u8]),
    }
}

fn digits(chars: &mut Peekable<Chars<'_>>, radix: u32, most: usize) -> String {
    let mut digits = String::new();
    while digits.len() < most
        && let Some(c) = chars.next_if(|c| c.is_digit(radix))
    {
        digits.push(c);
    }
    digits
}

pub(super) fn push(c: char, out: &mut Vec<u8>) {
    out.extend(c.encode_utf8(&mut [0; 4]).bytes());
}
