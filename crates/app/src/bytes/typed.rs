//! Bytes that are typed.

use waxseal_api::Secret;

/// Bytes that somebody has typed: hexadecimal or base64, with white space anywhere, also between the lines of PEM. An even
/// number of hexadecimal digits is hexadecimal.
pub(crate) fn typed(text: &str) -> Option<Secret> {
    let mut text: String = text.lines().filter(|line| !line.trim_start().starts_with("-----")).collect();
    text.retain(|c| !c.is_whitespace());
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    match digits {
        Some(digits) if digits.is_empty() => None,
        Some(digits) if digits.len().is_multiple_of(2) => {
            Some(Secret::new(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()))
        }
        _ => serde_json::from_value(text.into()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expect: Option<&[u8]>) {
        assert_eq!(super::typed(typed).as_ref().map(Secret::expose), expect, "{typed}");
    }

    #[test]
    fn bytes_are_typed_in_hexadecimal_or_base64() {
        check("00ff 7A\n01", Some(&[0, 255, 0x7A, 1]));
        check("AP96AQ==", Some(&[0, 255, 0x7A, 1]));
        check("AP96\n AQ==", Some(&[0, 255, 0x7A, 1]));
        check(
            "-----BEGIN PRIVATE KEY-----\nAP96\nAQ==\n-----END PRIVATE KEY-----\n",
            Some(&[0, 255, 0x7A, 1]),
        );
        for typed in ["", "   ", "00f", "AP96AQ", "not base64!"] {
            check(typed, None);
        }
    }
}
