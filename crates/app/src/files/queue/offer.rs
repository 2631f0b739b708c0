//! What is to be done with many files.

use std::rc::Rc;

use waxseal_api::job::{EncryptOptions, Job};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Plan;
use crate::{
    bridge::Remote,
    components::remote,
    files::{
        keys::{FileKey, use_file_keys},
        offer::{Begin, Encrypt, Wishes},
        text,
    },
};

/// What was decided.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Start {
    /// Each file by itself.
    Each(Plan),
    /// All that are to be encrypted in one.
    Together(EncryptOptions),
}

#[derive(Properties, PartialEq)]
pub(crate) struct OfferProps {
    /// How many files are there to encrypt.
    pub(crate) encrypts: usize,
    /// How many files look encrypted.
    pub(crate) decrypts: usize,
    /// What was set.
    pub(crate) wishes: Rc<Wishes>,
    /// Called when something is set.
    pub(crate) wish: Callback<Wishes>,
    /// Called to begin.
    pub(crate) start: Callback<Start>,
}

/// What is wanted of the two things that can be done, and how.
#[derive(Clone, Copy, PartialEq)]
struct Choice {
    encrypt: bool,
    decrypt: bool,
    together: bool,
}

/// Asks what is needed, and begins.
#[component]
pub(crate) fn Offer(props: &OfferProps) -> Html {
    let keys = use_file_keys();
    let choice = use_state_eq(|| Choice { encrypt: true, decrypt: true, together: false });
    let (encrypts, decrypts) = (props.encrypts, props.decrypts);
    let encrypt = encrypts > 0 && choice.encrypt;
    let decrypt = decrypts > 0 && choice.decrypt;
    html! {
        <div class="offer">
            if encrypts > 0 && decrypts > 0 {
                <fieldset class="directions">
                    <legend class="heard">{ text::DO }</legend>
                    { tick(text::encrypt_them(encrypts), choice.encrypt, &choice, |on, it| Choice { encrypt: on, ..it }) }
                    { tick(text::decrypt_them(decrypts), choice.decrypt, &choice, |on, it| Choice { decrypt: on, ..it }) }
                </fieldset>
            }
            if encrypt && !decrypt && encrypts > 1 {
                <fieldset class="directions">
                    <legend class="heard">{ text::HOW_MANY }</legend>
                    { radio(text::EACH, !choice.together, &choice, false) }
                    { radio(text::TOGETHER, choice.together, &choice, true) }
                </fieldset>
            }
            { fields(props, &keys, encrypt, decrypt, choice.together) }
        </div>
    }
}

fn fields(
    props: &OfferProps,
    keys: &Remote<Vec<FileKey>>,
    encrypt: bool,
    decrypt: bool,
    together: bool,
) -> Html {
    let OfferProps { wishes, wish, start, encrypts, decrypts } = props;
    if !encrypt {
        let plan = Plan { encrypt: None, hide: false, decrypt: true };
        let onclick = start.reform(move |_| Start::Each(plan.clone()));
        return html! {
            if decrypt {
                <p class="soft">{ text::KEYS_OF_MESSAGES }</p>
                <p><button type="button" class="button primary" {onclick}>{ text::decrypt_them(*decrypts) }</button></p>
            }
        };
    }
    let hide = wishes.hide;
    let start = start.clone();
    let begin: Begin = Callback::from(move |(job, _): (Job, bool)| {
        let Job::Encrypt(options) = job else { return };
        start.emit(match together && !decrypt {
            true => Start::Together(options),
            false => Start::Each(Plan { encrypt: Some(options), hide, decrypt }),
        });
    });
    let words = text::begin_many(*encrypts, if decrypt { *decrypts } else { 0 });
    remote(keys, text::KEYS_PENDING, |keys| {
        html! { <Encrypt keys={keys.clone()} {wishes} {wish} {begin} many={words} /> }
    })
}

fn tick(
    words: String,
    checked: bool,
    choice: &UseStateHandle<Choice>,
    on: fn(bool, Choice) -> Choice,
) -> Html {
    let choice = choice.clone();
    let onchange = move |event: Event| {
        let checked = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
        choice.set(on(checked, *choice));
    };
    html! { <label class="direction"><input type="checkbox" {checked} {onchange} />{ words }</label> }
}

fn radio(words: &'static str, checked: bool, choice: &UseStateHandle<Choice>, together: bool) -> Html {
    let choice = choice.clone();
    let onchange = move |_: Event| choice.set(Choice { together, ..*choice });
    html! { <label class="direction"><input type="radio" name="together" {checked} {onchange} />{ words }</label> }
}
