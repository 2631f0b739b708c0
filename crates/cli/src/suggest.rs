//! What may have been meant: Python's `difflib.get_close_matches`, which the command line uses.

/// The three choices that resemble a word most, if by at least 0.8.
pub(crate) fn close<'a>(word: &str, choices: &'a [String]) -> Vec<&'a str> {
    let word: Vec<char> = word.chars().take(200).collect();
    let mut scored: Vec<(f64, &str)> = choices
        .iter()
        .map(|choice| (ratio(&choice.chars().collect::<Vec<_>>(), &word), choice.as_str()))
        .filter(|(score, _)| *score >= 0.8)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(a.1)));
    scored.into_iter().take(3).map(|(_, choice)| choice).collect()
}

/// Twice the characters in common over all characters.
fn ratio(a: &[char], b: &[char]) -> f64 {
    2.0 * common(a, b) as f64 / (a.len() + b.len()).max(1) as f64
}

/// The characters of the longest common run, and of those to its left and to its right.
fn common(a: &[char], b: &[char]) -> usize {
    let mut longest = (0, 0, 0);
    for i in 0..a.len() {
        for j in 0..b.len() {
            let run = a[i..].iter().zip(&b[j..]).take_while(|(a, b)| a == b).count();
            if run > longest.2 {
                longest = (i, j, run);
            }
        }
    }
    let (i, j, run) = longest;
    if run == 0 {
        return 0;
    }
    run + common(&a[..i], &b[..j]) + common(&a[i + run..], &b[j + run..])
}
