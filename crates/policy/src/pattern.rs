//! Texts with wildcards and policy variables.
//! See "IAM policy elements: Variables and tags" and "Resource" in the AWS IAM user guide.

use crate::context::Context;

/// A text of a policy: `*` and `?` are wildcards where the element has them, `${aws:username}` is replaced from the
/// request. Policies of the old version know no variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    text: String,
    variables: bool,
}

/// A piece of a pattern whose variables are filled in.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Char(char),
    /// `?`
    One,
    /// `*`
    Any,
}

/// Colon-separated parts of an ARN; the last may have colons.
const ARN_PARTS: usize = 6;

impl Pattern {
    pub(crate) fn new(text: &str, variables: bool) -> Self {
        Self { text: text.to_owned(), variables: variables && text.contains("${") }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is this very text; `*` and `?` stand for themselves.
    pub(crate) fn equals(&self, text: &str, ignore_case: bool, context: &dyn Context) -> bool {
        let plain = |token: &Token| match token {
            Token::Char(c) => *c,
            Token::One => '?',
            Token::Any => '*',
        };
        let Some(tokens) = self.tokens(context) else { return false };
        let own: String = tokens.iter().map(plain).collect();
        if ignore_case { own.to_lowercase() == text.to_lowercase() } else { own == text }
    }

    /// Whether a text is like it.
    pub(crate) fn is_like(&self, text: &str, context: &dyn Context) -> bool {
        self.text == "*" || self.tokens(context).is_some_and(|tokens| glob(&tokens, text))
    }

    /// Whether an action such as `kms:Decrypt` is like it, without regard to case. Actions have no variables.
    pub(crate) fn is_like_action(&self, action: &str) -> bool {
        if self.text == "*" || self.text.eq_ignore_ascii_case(action) {
            return true;
        }
        let tokens: Vec<Token> = self.text.chars().map(|c| wildcard(c.to_ascii_lowercase())).collect();
        glob(&tokens, &action.to_ascii_lowercase())
    }

    /// Whether an ARN is like it, part by part, so that no wildcard reaches over a colon. Parts that are left out at the
    /// end match everything. What is no ARN, such as `*`, is matched by `*` alone.
    pub(crate) fn is_like_arn(&self, arn: &str, context: &dyn Context) -> bool {
        if self.text == "*" {
            return true;
        }
        let Some(tokens) = self.tokens(context) else { return false };
        let parts: Vec<&str> = arn.splitn(ARN_PARTS, ':').collect();
        if parts.len() < ARN_PARTS {
            return false;
        }
        let mut patterns = tokens.splitn(ARN_PARTS, |token| *token == Token::Char(':'));
        parts.iter().all(|part| patterns.next().is_none_or(|pattern| glob(pattern, part)))
    }

    /// The pieces; none when a variable has no value.
    fn tokens(&self, context: &dyn Context) -> Option<Vec<Token>> {
        let mut tokens = Vec::with_capacity(self.text.len());
        let mut rest = self.text.as_str();
        while let Some(first) = rest.chars().next() {
            let variable = self.variables.then(|| rest.strip_prefix("${")?.split_once('}')).flatten();
            if let Some((name, after)) = variable {
                tokens.extend(value_of(name, context)?.chars().map(Token::Char));
                rest = after;
            } else {
                tokens.push(wildcard(first));
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
        Some(tokens)
    }
}

fn wildcard(c: char) -> Token {
    match c {
        '*' => Token::Any,
        '?' => Token::One,
        other => Token::Char(other),
    }
}

/// What stands for `${name}` or `${name, 'default'}`. A key with several values stands for none.
fn value_of(name: &str, context: &dyn Context) -> Option<String> {
    if matches!(name, "*" | "?" | "$") {
        return Some(name.to_owned());
    }
    let (key, default) = match name.split_once(',') {
        Some((key, default)) => (key, default.trim().strip_prefix('\'').and_then(|it| it.strip_suffix('\''))),
        None => (name, None),
    };
    match context.values(&key.trim().to_lowercase()).as_slice() {
        [value] => Some(value.clone()),
        _ => default.map(str::to_owned),
    }
}

/// Matches in time proportional to both lengths: after a mismatch only the last `*` takes one character more.
fn glob(pattern: &[Token], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut star = None;
    while let Some(c) = text.get(t) {
        match pattern.get(p) {
            Some(Token::Any) => {
                star = Some((p, t));
                p += 1;
            }
            Some(token) if *token == Token::One || *token == Token::Char(*c) => (p, t) = (p + 1, t + 1),
            _ => {
                let Some((at, taken)) = star else { return false };
                star = Some((at, taken + 1));
                (p, t) = (at + 1, taken + 1);
            }
        }
    }
    pattern.iter().skip(p).all(|token| *token == Token::Any)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn context() -> BTreeMap<String, Vec<String>> {
        [("aws:username", vec!["ann*"]), ("aws:tagkeys", vec!["a", "b"])]
            .map(|(key, values)| (key.to_owned(), values.into_iter().map(str::to_owned).collect()))
            .into()
    }

    #[track_caller]
    fn like(pattern: &str, text: &str, expect: bool) {
        assert_eq!(Pattern::new(pattern, true).is_like(text, &context()), expect, "{pattern} {text}");
    }

    #[test]
    fn wildcards() {
        like("*", "", true);
        like("a*c", "abbbc", true);
        like("a*c", "ac", true);
        like("a*c", "acd", false);
        like("a?c", "abc", true);
        like("a?c", "ac", false);
        like("*b*b*", "abab", true);
        like("*b*b*", "aba", false);
        like("ä?", "äö", true);
        like("A", "a", false);
        like("", "", true);
        like("?", "", false);
    }

    #[test]
    fn variables() {
        like("${aws:username}", "ann*", true);
        like("${aws:username}", "anna", false);
        like("/home/${AWS:UserName}/*", "/home/ann*/x", true);
        like("${aws:nobody}", "", false);
        like("${aws:nobody, 'all'}", "all", true);
        like("${aws:tagkeys}", "a", false);
        like("a${*}", "a*", true);
        like("a${*}", "ab", false);
        like("${$}{x}", "${x}", true);
        like("${aws:username", "${aws:username", true);
        let old = Pattern::new("${aws:username}", false);
        assert!(old.is_like("${aws:username}", &context()));
    }

    #[track_caller]
    fn arn(pattern: &str, text: &str, expect: bool) {
        assert_eq!(Pattern::new(pattern, true).is_like_arn(text, &context()), expect, "{pattern} {text}");
    }

    #[test]
    fn arns_are_matched_part_by_part() {
        let key = "arn:aws:kms:eu-central-1:111122223333:key/1:2";
        arn("*", key, true);
        arn("*", "*", true);
        arn("arn:aws:kms:*:111122223333:key/*", key, true);
        arn("arn:aws:kms:*:key/*", key, false);
        arn("arn:aws:kms", key, true);
        arn("arn:aws:kms:us-*", key, false);
        arn("arn:aws:kms:*:*:*", "*", false);
        arn("b*", key, false);
        arn("arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::1:user/ann*", true);
    }

    #[test]
    fn actions_have_no_case() {
        let like = |pattern, action| Pattern::new(pattern, true).is_like_action(action);
        assert!(like("KMS:decrypt", "kms:Decrypt"));
        assert!(like("kms:GenerateDataKey*", "kms:GenerateDataKeyPair"));
        assert!(like("k?s:*Key", "kms:CreateKey"));
        assert!(!like("kms:Decrypt", "kms:Decrypt2"));
        assert!(!like("kms:*", "iam:GetUser"));
    }
}
