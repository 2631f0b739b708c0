//! Base64 as the command line reads and writes it.

use base64ct::{Base64, Encoding};

/// With padding, on one line.
pub(crate) fn encode(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// As Python's `b64decode` reads it: characters outside the alphabet are passed over, and what follows the padding is
/// too. None when the padding is missing or wrong.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut digits = String::new();
    let mut pads = 0;
    for c in text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')) {
        if c != '=' {
            digits.push(c);
            pads = 0;
            continue;
        }
        pads += 1;
        if digits.len() % 4 >= 2 && digits.len() % 4 + pads >= 4 {
            return unpadded(&digits);
        }
    }
    if digits.len().is_multiple_of(4) { unpadded(&digits) } else { None }
}

/// Without padding. Bits beyond the last whole byte are dropped.
pub(crate) fn unpadded(digits: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for c in digits.bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}
