//! What the course says itself, in the language of its page. Nothing is drawn before it is known.

use std::{
    cell::{OnceCell, RefCell},
    fmt::Display,
};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use waxseal_study::{
    Entry,
    words::{Word, Words, fill, in_words, plural},
};
use yew::prelude::*;

use super::data;
use crate::{components::dom, site};

thread_local! {
    /// None until they are loaded.
    static WORDS: OnceCell<&'static Words<Word>> = const { OnceCell::new() };
    static LOADING: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Loads the words, once however often it is asked for; and anew after it has failed.
///
/// # Errors
/// They cannot be loaded, or are those of another version of the site.
pub(crate) async fn load() -> Result<(), JsValue> {
    let begin = || {
        future_to_promise(async {
            let list: Vec<String> = data::file("words").await?;
            let words = Words::from_list(list).ok_or(JsValue::NULL)?;
            WORDS.with(|it| _ = it.get_or_init(|| Box::leak(Box::new(words))));
            Ok(JsValue::UNDEFINED)
        })
    };
    let loading = LOADING.with_borrow_mut(|it| it.get_or_insert_with(begin).clone());
    let loaded = JsFuture::from(loading).await;
    if loaded.is_err() {
        LOADING.take();
    }
    loaded.map(drop)
}

#[cfg(not(test))]
fn words() -> Option<&'static Words<Word>> {
    WORDS.with(|it| it.get().copied())
}

#[cfg(test)]
use brackets::words;

/// What is said.
pub(crate) fn say(word: Word) -> &'static str {
    words().map_or("", |words| words.say(word))
}

/// The same with values in their places.
pub(crate) fn tell(word: Word, values: &[(&str, &dyn Display)]) -> String {
    fill(say(word), values)
}

/// How many there are, given what is said of one and of more.
pub(crate) fn count(number: usize, words: [Word; 2]) -> String {
    tell(plural(number, words), &[("n", &number)])
}

/// What is said before the first place that is left in a text, and what after it.
pub(crate) fn halves(text: &str) -> (&str, &str) {
    let parts = text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    parts.unwrap_or((text, ""))
}

/// A text with something drawn in its place.
pub(crate) fn put_in(text: &str, drawn: Html) -> Html {
    let (before, after) = halves(text);
    html! {<>{ before.to_owned() }{ drawn }{ after.to_owned() }</>}
}

/// What is said, around something that is drawn.
pub(crate) fn around(word: Word, drawn: Html) -> Html {
    put_in(say(word), drawn)
}

/// A line of a script as it is read.
pub(crate) fn script_line(line: &str) -> String {
    words().map_or_else(|| line.to_owned(), |words| in_words(line, words))
}

/// What the page says when nothing of it comes alive. It is in the page itself.
pub(crate) fn unloaded() -> String {
    super::place().and_then(|place| place.get_attribute("data-unloaded")).unwrap_or_default()
}

/// The folder of the page's language in the site: none for English, whose pages are in the root.
pub(crate) fn below() -> String {
    let language = dom::root_element().and_then(|root| root.get_attribute("lang"));
    language.filter(|it| it != "en").map(|it| it + "/").unwrap_or_default()
}

/// The address of a page of the course that is no lesson, in the page's language.
pub(crate) fn page(name: &str) -> String {
    format!("{}{}learn/{name}/", site::root_path(), below())
}

/// The address of a lesson.
pub(crate) fn place(lesson: &Entry) -> String {
    let below = if lesson.language.is_some() { String::new() } else { below() };
    format!("{}{below}learn/{}/", site::root_path(), lesson.slug)
}

#[cfg(test)]
pub(crate) mod brackets;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::html_text;

    #[test]
    fn what_is_drawn_stands_where_the_text_has_a_place_for_it() {
        let drawn = |text: &str| html_text(put_in(text, html! { <b>{ "x" }</b> })).replace("<!---->", "");
        assert_eq!(drawn("Holds now: {goal}"), "Holds now: <b>x</b>");
        assert_eq!(drawn("{goal} gilt nun."), "<b>x</b> gilt nun.");
    }

    #[test]
    fn one_is_said_otherwise_than_many() {
        let said = |number| count(number, [Word::MapDueOne, Word::MapDueMany]);
        assert_eq!([said(1), said(3)], ["1 thing to do again", "3 things to do again"]);
        assert_eq!(script_line("@as ana"), "# become ana");
    }
}
