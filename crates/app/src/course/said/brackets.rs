//! For tests: the words that are shipped, and a language in which all that is in a catalogue stands in brackets.

use std::{cell::Cell, sync::LazyLock};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use waxseal_study::words::{Word, Words, pseudo};

static ENGLISH: LazyLock<Words<Word>> = LazyLock::new(|| {
    let mut catalogue = toml::from_str(include_str!("../../../../../www/words/en.toml")).unwrap();
    Words::take(&mut catalogue).unwrap()
});
static BRACKETS: LazyLock<Words<Word>> = LazyLock::new(|| ENGLISH.clone().map(|it| pseudo(it)));

thread_local! {
    static IN_BRACKETS: Cell<bool> = const { Cell::new(false) };
}

pub(super) fn words() -> Option<&'static Words<Word>> {
    Some(if IN_BRACKETS.get() { &BRACKETS } else { &ENGLISH })
}

/// What is drawn in that language.
pub(crate) fn in_brackets(draw: impl FnOnce() -> String) -> String {
    IN_BRACKETS.set(true);
    let drawn = draw();
    IN_BRACKETS.set(false);
    drawn
}

/// The words of a lesson in that language.
pub(crate) fn bracketed<T: Serialize + DeserializeOwned>(words: &T) -> T {
    let mut value = serde_json::to_value(words).unwrap();
    change(&mut value);
    serde_json::from_value(value).unwrap()
}

fn change(value: &mut Value) {
    match value {
        Value::String(text) => *text = pseudo(text),
        Value::Array(all) => all.iter_mut().for_each(change),
        Value::Object(all) => all.values_mut().for_each(change),
        _ => {}
    }
}

/// All texts and labels outside of code are in brackets.
#[track_caller]
pub(crate) fn assert_said(html: &str) {
    let (mut code, mut found) = (false, 0);
    for part in html.split('<').filter(|part| !part.is_empty()) {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        code = (code || tag.starts_with("code")) && tag != "/code";
        let label = tag.split_once("aria-label=\"").and_then(|(_, it)| it.split('"').next());
        for text in [label.unwrap_or_default(), text].into_iter().filter(|_| !code) {
            let mut left = text.to_owned();
            while let Some((before, after)) = left.split_once('⟦') {
                found += 1;
                left = format!("{before}{}", after.split_once('⟧').map_or("", |(_, rest)| rest));
            }
            assert!(!left.chars().any(char::is_alphabetic), "{text} is in no catalogue: {html}");
        }
    }
    assert!(found > 0, "nothing is said: {html}");
}
