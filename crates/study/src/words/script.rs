//! Scripts as they are read.

use super::{Word, Words, fill};

/// A line of a script as it is read: what a person does beside the terminal, in words.
pub fn in_words(line: &str, words: &Words<Word>) -> String {
    let deed: Option<Vec<&str>> = line.strip_prefix('@').map(|deed| deed.split_whitespace().collect());
    let said = |key: Word, values: &[(&str, &str)]| {
        let values: Vec<(&str, &dyn std::fmt::Display)> =
            values.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
        format!("# {}", fill(words.say(key), &values))
    };
    match deed.as_deref() {
        // The page, too, calls whom the command line starts with by what they are.
        Some(["as", "default"]) => said(Word::ScriptAs, &[("who", "root")]),
        Some(["as", who]) => said(Word::ScriptAs, &[("who", who)]),
        Some(["in", region]) => said(Word::ScriptIn, &[("region", region)]),
        Some(["wait", number, unit]) => {
            unit_of(unit, *number == "1").map_or_else(|| line.to_owned(), |key| said(key, &[("n", number)]))
        }
        Some(["flip", file, at]) => said(Word::ScriptFlip, &[("n", at), ("file", file)]),
        _ => line.to_owned(),
    }
}

/// By how much the clock is moved.
fn unit_of(unit: &str, one: bool) -> Option<Word> {
    let [single, many] = match unit.trim_end_matches('s') {
        "day" => [Word::ScriptDay, Word::ScriptDays],
        "hour" => [Word::ScriptHour, Word::ScriptHours],
        "minute" => [Word::ScriptMinute, Word::ScriptMinutes],
        "second" => [Word::ScriptSecond, Word::ScriptSeconds],
        _ => return None,
    };
    Some(if one { single } else { many })
}
