//! Words with alternatives: `{a,b}` and `{1..5}`.

use super::Piece;

type Word = Vec<Piece>;

/// How many words may come of one. One with more alternatives stays as it is.
const MOST: usize = 10_000;

/// How deep alternatives may be in each other.
const DEPTH: usize = 20;

/// The words that a word stands for.
pub(super) fn expanded(word: Word) -> Vec<Word> {
    if !word.contains(&Piece::Brace('{')) {
        return vec![plain(word)];
    }
    match all(&word, DEPTH) {
        Some(words) => words.into_iter().map(plain).collect(),
        None => vec![plain(word)],
    }
}

/// A word whose braces and commas are text.
pub(super) fn plain(word: Word) -> Word {
    let mut out: Word = Vec::new();
    for piece in word {
        let piece = match piece {
            Piece::Brace(c) => Piece::Text(c.to_string()),
            piece => piece,
        };
        match (out.last_mut(), piece) {
            (Some(Piece::Text(text)), Piece::Text(more)) => text.push_str(&more),
            (_, piece) => out.push(piece),
        }
    }
    out
}

/// None: they are too many or too deep.
fn all(word: &[Piece], depth: usize) -> Option<Vec<Word>> {
    let places = (0..word.len()).filter(|at| word[*at] == Piece::Brace('{'));
    let Some((open, choices, rest)) = places.into_iter().find_map(|at| choices(word, at)) else {
        return Some(vec![word.to_vec()]);
    };
    let depth = depth.checked_sub(1)?;
    let rest = all(rest, depth)?;
    let mut words = Vec::new();
    for choice in choices {
        for choice in all(&choice, depth)? {
            words.extend(rest.iter().map(|rest| [&word[..open], &choice, rest].concat()));
            if words.len() > MOST {
                return None;
            }
        }
    }
    Some(words)
}

/// What stands between a brace and the one that closes it, if these are alternatives, and what comes after.
fn choices(word: &[Piece], open: usize) -> Option<(usize, Vec<Word>, &[Piece])> {
    let (mut depth, mut choices, mut start) = (0_usize, Vec::new(), open + 1);
    for (at, piece) in word.iter().enumerate().skip(open + 1) {
        match piece {
            Piece::Brace('{') => depth += 1,
            Piece::Brace(',') if depth == 0 => {
                choices.push(word[start..at].to_vec());
                start = at + 1;
            }
            Piece::Brace('}') if depth > 0 => depth -= 1,
            Piece::Brace('}') => {
                let last = word[start..at].to_vec();
                let choices = match (choices.is_empty(), last.as_slice()) {
                    (false, _) => [choices, vec![last]].concat(),
                    (true, [Piece::Text(text)]) => sequence(text)?,
                    _ => return None,
                };
                return Some((open, choices, &word[at + 1..]));
            }
            _ => {}
        }
    }
    None
}

/// `1..5`, `05..10`, `10..1..3`, `a..f`
fn sequence(text: &str) -> Option<Vec<Word>> {
    let mut parts = text.split("..");
    let (first, last) = (parts.next()?, parts.next()?);
    let step: i64 = parts.next().map_or(Some(1), |step| step.parse().ok())?;
    if parts.next().is_some() {
        return None;
    }
    let letter =
        |text: &str| Some(text.chars().next()?).filter(|c| c.is_ascii_alphabetic() && text.len() == 1);
    let padded = |text: &str| text.trim_start_matches('-').starts_with('0') && text.len() > 1;
    let width = if padded(first) || padded(last) { first.len().max(last.len()) } else { 0 };
    let (from, to, letters) = match (letter(first), letter(last)) {
        (Some(from), Some(to)) => (i64::from(u32::from(from)), i64::from(u32::from(to)), true),
        _ => (first.parse().ok()?, last.parse().ok()?, false),
    };
    let step = step.unsigned_abs().max(1);
    let count = to.abs_diff(from) / step;
    let one = |n: u64| {
        let moved = i64::try_from(n * step).ok()?;
        let number = if to < from { from - moved } else { from + moved };
        let letter = || u8::try_from(number).ok().map(|byte| char::from(byte).to_string());
        let text = if letters { letter()? } else { format!("{number:0width$}") };
        Some(vec![Piece::Text(text)])
    };
    if count >= MOST as u64 { None } else { (0..=count).map(one).collect() }
}
