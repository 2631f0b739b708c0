//! Patterns of the shell: `*` is anything, `?` one character, `[a-z]` one of several.

use super::tools::is_in_class;

/// Characters, and whether each may stand for others.
pub(super) type Glob = Vec<(char, bool)>;

/// What may stand for others.
pub(super) const WILD: [char; 3] = ['*', '?', '['];

/// Whether all of a text fits.
pub(super) fn matches(text: &str, pattern: &[(char, bool)]) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut place) = (0, 0);
    // Where the last `*` stands, and what of the text it has taken.
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        if pattern.get(place) == Some(&('*', true)) {
            star = Some((place, at));
            place += 1;
        } else if let Some(next) = one(pattern, place, text[at]) {
            at += 1;
            place = next;
        } else {
            let Some((begin, taken)) = star else { return false };
            star = Some((begin, taken + 1));
            (at, place) = (taken + 1, begin + 1);
        }
    }
    pattern[place..].iter().all(|piece| *piece == ('*', true))
}

/// Where a pattern goes on if a character fits what stands at a place of it.
fn one(pattern: &[(char, bool)], place: usize, c: char) -> Option<usize> {
    match pattern.get(place)? {
        ('?', true) => Some(place + 1),
        ('[', true) => match set(&pattern[place + 1..], c) {
            Some((fits, length)) => fits.then_some(place + 1 + length),
            None => (c == '[').then_some(place + 1),
        },
        (other, _) => (*other == c).then_some(place + 1),
    }
}

/// Whether a character is one of those before the `]`, and how long they are; None where nothing closes them.
fn set(pattern: &[(char, bool)], c: char) -> Option<(bool, usize)> {
    let negated = pattern.first().is_some_and(|(first, _)| matches!(first, '!' | '^'));
    let start = usize::from(negated);
    let (mut at, mut fits) = (start, false);
    loop {
        let first = pattern.get(at)?.0;
        if first == ']' && at > start {
            return Some((fits != negated, at + 1));
        }
        let class = || {
            let rest: String = pattern[at..].iter().map(|(c, _)| *c).collect();
            rest.strip_prefix("[:")?.split_once(":]").map(|(name, _)| name.to_owned())
        };
        let last = pattern.get(at + 2).map(|(last, _)| *last).filter(|last| *last != ']');
        if let Some(name) = class() {
            fits |= is_in_class(&name, c);
            at += name.chars().count() + 4;
        } else if let (Some(('-', _)), Some(last)) = (pattern.get(at + 1), last) {
            fits |= (first..=last).contains(&c);
            at += 3;
        } else {
            fits |= first == c;
            at += 1;
        }
    }
}

/// Which part of a text is taken away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// `%`: its end.
    pub(super) end: bool,
    /// `%%` or `##`: as much as fits.
    pub(super) most: bool,
}

/// A text without the end or the beginning that a pattern fits.
pub(super) fn without<'a>(text: &'a str, part: Part, pattern: &[(char, bool)]) -> &'a str {
    let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let fits = |at: &usize| {
        let (start, end) = text.split_at(*at);
        matches(if part.end { end } else { start }, pattern)
    };
    let found = if part.end == part.most { places.into_iter().find(fits) } else { places.rev().find(fits) };
    match found {
        Some(at) if part.end => &text[..at],
        Some(at) => &text[at..],
        None => text,
    }
}
