//! Passphrases: entered, suggested, and handed to the worker.

use js_sys::{ArrayBuffer, JsString, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::{TextField, dom};

/// The least length, in characters.
const LEAST: usize = 12;
/// Digits and letters that are not mistaken for each other, five bits each (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What is entered for a new passphrase.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Entered {
    pub(super) first: String,
    pub(super) again: String,
    /// Whether it can be read on the screen.
    pub(super) shown: bool,
    /// Whether it was tried, so that problems are told.
    pub(super) tried: bool,
}

impl Entered {
    /// What is wrong with the passphrase, and with its repetition.
    pub(super) fn problems(&self) -> [Option<&'static str>; 2] {
        let first = &self.first;
        let poor = first.chars().count() < LEAST || first.chars().all(|c| first.starts_with(c));
        [
            poor.then_some("Take at least 12 characters, and not one over and over."),
            (self.again != *first).then_some("This is not the same as above."),
        ]
    }
}

/// Two fields for a new passphrase, and the way to have one made.
pub(super) fn new_passphrase(
    ids: [&'static str; 2],
    label: &'static str,
    entered: &Entered,
    enter: &Callback<Entered>,
) -> Html {
    let [first, again] =
        entered.problems().map(|problem| problem.filter(|_| entered.tried).map(AttrValue::from));
    let with = |change: fn(&mut Entered, String)| {
        let (entered, enter) = (entered.clone(), enter.clone());
        Callback::from(move |text| {
            let mut entered = entered.clone();
            change(&mut entered, text);
            enter.emit(entered);
        })
    };
    let suggest = {
        let enter = enter.clone();
        move |_| {
            let first = suggestion();
            enter.emit(Entered { again: first.clone(), first, shown: true, tried: false });
        }
    };
    let field = TextField {
        exact: true,
        hidden: !entered.shown,
        autocomplete: "new-password",
        ..TextField::default()
    };
    html! {<>
        { TextField { id: ids[0], label: label.into(), hint: "At least 12 characters; several words that do not belong together are good.".into(), value: entered.first.clone().into(), oninput: with(|entered, text| entered.first = text), problem: first, ..field.clone() }.draw() }
        { TextField { id: ids[1], label: "The same again".into(), value: entered.again.clone().into(), oninput: with(|entered, text| entered.again = text), problem: again, ..field }.draw() }
        <div class="actions">
            { show(entered.shown, &enter.reform({ let entered = entered.clone(); move |shown| Entered { shown, ..entered.clone() } })) }
            <button type="button" class="quiet" onclick={suggest}>{ "Suggest one" }</button>
        </div>
    </>}
}

/// One field for a passphrase that exists.
pub(super) fn passphrase(
    id: &'static str,
    label: &'static str,
    value: &str,
    shown: bool,
    oninput: Callback<String>,
) -> Html {
    TextField {
        id,
        label: label.into(),
        value: value.to_owned().into(),
        exact: true,
        hidden: !shown,
        autocomplete: "current-password",
        oninput,
        ..TextField::default()
    }
    .draw()
}

/// Whether what is typed can be read.
pub(super) fn show(shown: bool, onchange: &Callback<bool>) -> Html {
    let onchange = onchange.reform(|event: Event| {
        event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked())
    });
    html! { <label class="tick-line"><input type="checkbox" checked={shown} {onchange} />{ "Show what is typed" }</label> }
}

/// The passphrase in UTF-8, in a buffer that can be moved. However its letters are composed, they are the same bytes.
pub(crate) fn bytes(passphrase: &str) -> ArrayBuffer {
    let composed = String::from(JsString::from(passphrase).normalize("NFC"));
    Uint8Array::from(composed.as_bytes()).buffer()
}

/// Five groups of five characters: 125 random bits.
fn suggestion() -> String {
    let mut random = [0; 25];
    let filled = dom::window().and_then(|window| window.crypto().ok());
    let filled = filled.map(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    if filled.is_none_or(|filled: Result<_, JsValue>| filled.is_err()) {
        return String::new();
    }
    grouped(&random)
}

fn grouped(random: &[u8; 25]) -> String {
    let letters = random.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poor_passphrases_are_refused() {
        let problems = |first: &str, again: &str| {
            Entered { first: first.into(), again: again.into(), ..Entered::default() }.problems()
        };
        for poor in ["", "eleven char", "aaaaaaaaaaaaaaaa"] {
            assert!(problems(poor, poor)[0].is_some(), "{poor}");
        }
        assert_eq!(problems("twelve chars", "twelve chars"), [None, None]);
        assert_eq!(problems("zwölf Zeichen", "zwölf Zeichen"), [None, None]);
        assert!(problems("twelve chars", "twelve char").map(|problem| problem.is_some())[1]);
    }

    #[test]
    fn suggestions_are_easy_to_copy() {
        let all: [u8; 25] = std::array::from_fn(|n| (n * 11) as u8);
        let text = grouped(&all);
        assert_eq!(text.len(), 29);
        assert!(text.split('-').all(|group| group.len() == 5), "{text}");
        assert_eq!(grouped(&[255; 25]), "zzzzz-zzzzz-zzzzz-zzzzz-zzzzz");
    }
}
