//! Masks over what is random and what time it is.

/// Each random word becomes `ID-1`, `ID-2`, … in the order in which they are first seen, so that one that stands for
/// another is still found.
pub(super) struct Masks {
    /// Words of this text are not random.
    spared: String,
    seen: Vec<String>,
}

impl Masks {
    pub(super) fn sparing(text: &str) -> Self {
        Self { spared: text.to_owned(), seen: Vec::new() }
    }

    pub(super) fn apply(&mut self, text: &str) -> String {
        let (mut out, mut rest) = (String::new(), text);
        while let Some(c) = rest.chars().next() {
            let (length, masked) = match date(rest) {
                Some(length) => (length, "DATE".to_owned()),
                None => match random(rest) {
                    (length, true) => (length, self.name(&rest[..length])),
                    (0, false) => (c.len_utf8(), c.to_string()),
                    (length, false) => (length, rest[..length].to_owned()),
                },
            };
            out.push_str(&masked);
            rest = &rest[length..];
        }
        squeezed(&out)
    }

    fn name(&mut self, word: &str) -> String {
        if self.spared.contains(word) {
            return word.to_owned();
        }
        let at = self.seen.iter().position(|seen| seen == word).unwrap_or_else(|| {
            self.seen.push(word.to_owned());
            self.seen.len() - 1
        });
        format!("ID-{}", at + 1)
    }
}

/// How long the date is that a text begins with: `2026-11-24T11:34:13.927000+00:00`, also without a fraction.
fn date(text: &str) -> Option<usize> {
    let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
    let form: String = text.chars().take(32).map(digits).collect();
    ["0000-00-00T00:00:00.000000+00:00", "0000-00-00T00:00:00+00:00"]
        .into_iter()
        .find(|date| form.starts_with(date))
        .map(str::len)
}

/// How long the word is that a text begins with, and whether it is a random one: an ID, or 16 bytes or more in hexadecimal
/// or base64.
fn random(text: &str) -> (usize, bool) {
    let run = |fits: fn(char) -> bool| text.find(|c| !fits(c)).unwrap_or(text.len());
    let id = run(|c| c.is_ascii_alphanumeric() || c == '-');
    let uuid = id == 36 && text[..id].split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    if uuid || text.starts_with("mrk-") && id == 36 || text.starts_with("cks-") && id > 16 {
        return (id, true);
    }
    let word = run(|c| c.is_ascii_alphanumeric());
    let unique = ["AIDA", "AROA", "AKIA", "ASIA"].iter().any(|prefix| text.starts_with(prefix));
    if unique && word >= 20 {
        return (word, true);
    }
    let base64 = run(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'));
    let base64 = base64 + text[base64..].chars().take_while(|c| *c == '=').count();
    let token = run(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let longest = if token >= 64 { base64.max(token) } else { base64 };
    let marked = text[..longest].contains(|c: char| c.is_ascii_digit() || matches!(c, '+' | '='));
    // No name of an operation or an exception is longer than 35 letters.
    if longest >= 22 && marked || longest > 36 { (longest, true) } else { (word, false) }
}

/// Tables with dates, which now and then have no fraction and are narrower then.
fn squeezed(text: &str) -> String {
    if !text.contains("DATE") || !text.contains("+--") {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if !(matches!(c, ' ' | '-') && out.ends_with(c)) {
            out.push(c);
        }
    }
    out
}
