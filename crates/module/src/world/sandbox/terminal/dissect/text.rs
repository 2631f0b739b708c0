//! Bytes that are text: a policy, other JSON, what stands for bytes, or anything.

use serde_json::Value;
use waxseal_api::{
    dissection::{BlobKind, Dissection},
    inspection::Field,
};

use super::policy;

/// So many characters of base64 or hexadecimal are no longer a word.
const LONGEST_WORD: usize = 16;

/// What a text is; None where it is none.
pub(super) fn dissect(bytes: &[u8]) -> Option<Dissection> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_text = |c: char| !c.is_control() || c.is_whitespace();
    if text.trim().is_empty() || !text.chars().all(is_text) {
        return None;
    }
    let Dissection { kind, fields, problem } = if text.trim_start().starts_with(['{', '[']) {
        json(text)
    } else {
        let kind = if stands_for_bytes(text) { BlobKind::Encoded } else { BlobKind::Text };
        Dissection { kind, fields: Vec::new(), problem: None }
    };
    let fields = if fields.is_empty() { vec![part("text", 0..text.len())] } else { fields };
    Some(Dissection { kind, fields, problem })
}

/// A part that has no value beside its bytes.
pub(super) fn part(name: &'static str, range: std::ops::Range<usize>) -> Field {
    Field { name: name.into(), offset: range.start as u64, length: range.len() as u64, value: None }
}

fn json(text: &str) -> Dissection {
    match serde_json::from_str::<Value>(text) {
        Ok(value) if value.get("Statement").is_some() => policy::dissect(text),
        Ok(_) => Dissection { kind: BlobKind::Json, fields: Vec::new(), problem: None },
        Err(error) => {
            let problem = Some(format!("It begins as JSON does and is none: {error}."));
            Dissection { kind: BlobKind::Text, fields: Vec::new(), problem }
        }
    }
}

/// Whether a text is base64, PEM or hexadecimal, and long enough to be no word.
fn stands_for_bytes(text: &str) -> bool {
    let pem = text.trim_start().starts_with("-----BEGIN ");
    let lines: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("-----")).collect();
    let digits = lines.concat();
    let is_digit = |c: char| c.is_ascii_alphanumeric() || "+/-_=".contains(c);
    let padding = digits.len() - digits.trim_end_matches('=').len();
    let whole = digits.trim_end_matches('=').len() % 4 != 1
        && padding <= 2
        && !digits.trim_end_matches('=').contains('=');
    digits.chars().all(is_digit) && whole && (pem || digits.len() >= LONGEST_WORD)
}
