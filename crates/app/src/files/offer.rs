//! A chosen file, and what can be done with it.

use std::rc::Rc;

use waxseal_api::{
    job::{DEFAULT_FRAME_LENGTH, DecryptOptions, EncryptOptions, Job, SIGNED_SUITE},
    types::EncryptionContext,
};
use web_sys::{File, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{
    context::{self, context_fields},
    inspect,
    keys::{self, FileKey, use_file_keys},
    own::{Own, own_key},
    state::{Direction, Picked},
    text,
};
use crate::{
    backup::ask_to_persist,
    bridge::{Action, Kms, use_action, use_service},
    components::{TextField, remote},
    failure::FailureNote,
};

/// A job, and whether its data key is to be watched.
pub(crate) type Begin = Callback<(Job, bool)>;

/// The lengths of frames that can be chosen, as powers of two: 4 KiB to 1 MiB.
const FRAME_LENGTHS: std::ops::RangeInclusive<u32> = 12..=20;

/// What a person has set, kept from one file to the next.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wishes {
    /// The full name of the key; the first one when absent.
    pub(crate) key: Option<String>,
    /// The name for a first key.
    pub(crate) name: String,
    /// The encryption context.
    pub(crate) pairs: context::Pairs,
    /// Whether to show the data key.
    pub(crate) watch: bool,
    /// Whether to sign what is encrypted.
    pub(crate) sign: bool,
    /// Whether names travel inside.
    pub(crate) hide: bool,
    /// The length of a frame in bytes.
    pub(crate) frame_length: u32,
    /// A wrapping key of the user's own, tried when something is decrypted.
    pub(crate) own: Own,
    /// The full names of further keys that are to open what is encrypted.
    pub(crate) also: Vec<String>,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            key: None,
            name: text::KEY_NAME.to_owned(),
            pairs: Vec::new(),
            watch: true,
            sign: false,
            hide: true,
            frame_length: DEFAULT_FRAME_LENGTH,
            own: Own::default(),
            also: Vec::new(),
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct OfferProps {
    /// The file.
    pub(crate) picked: Picked<File>,
    /// What was set.
    pub(crate) wishes: Rc<Wishes>,
    /// Called when something is set.
    pub(crate) wish: Callback<Wishes>,
    /// Called when something else is to be done.
    pub(crate) turn: Callback<Direction>,
    /// Called to begin.
    pub(crate) begin: Begin,
}

/// Asks what is needed, and begins.
#[component]
pub(crate) fn Offer(props: &OfferProps) -> Html {
    let OfferProps { picked, wishes, wish, turn, begin } = props;
    let (keys, sandbox) = (use_file_keys(), use_service().bridge.sandbox().is_some());
    let body = match picked.direction {
        Direction::Decrypt => {
            let (own, watches) = (wishes.own.key(), wishes.watch);
            let off = own.is_err().then_some("true");
            let begin = begin.clone();
            let begin = move |_| {
                if let Ok(own) = &own {
                    let raw_keys = own.iter().cloned().collect();
                    begin.emit((
                        Job::Decrypt(DecryptOptions { raw_keys, ..DecryptOptions::default() }),
                        watches,
                    ));
                }
            };
            html! {<>
                <p class="soft">{ text::KEY_OF_MESSAGE }</p>
                { own_key(wishes, wish) }
                { watch(wishes, wish) }
                <p><button type="button" class="button primary" onclick={begin} aria-disabled={off}>
                    { text::begin(Direction::Decrypt, false) }
                </button></p>
                { inspect::look(picked, sandbox) }
            </>}
        }
        Direction::Encrypt => remote(&keys, text::KEYS_PENDING, |keys| {
            html! {
                <Encrypt keys={keys.clone()} wishes={wishes.clone()} {wish} {begin} />
            }
        }),
    };
    html! {
        <div class="offer">
            if picked.parts.len() == 1 {
                <fieldset class="directions">
                    <legend class="heard">{ text::DO }</legend>
                    { for [Direction::Encrypt, Direction::Decrypt].map(|to| choice(to, picked.direction, turn)) }
                </fieldset>
            }
            { body }
        </div>
    }
}

fn choice(to: Direction, now: Direction, turn: &Callback<Direction>) -> Html {
    let onchange = turn.reform(move |_: Event| to);
    html! {
        <label class="direction">
            <input type="radio" name="direction" checked={to == now} {onchange} />
            { text::direction(to) }
        </label>
    }
}

fn watch(wishes: &Wishes, wish: &Callback<Wishes>) -> Html {
    let on = |watch, wishes| Wishes { watch, ..wishes };
    tick("watch-hint", [text::WATCH, text::WATCH_HINT], wishes.watch, wishes, wish, on)
}

fn sign(wishes: &Wishes, wish: &Callback<Wishes>) -> Html {
    let on = |sign, wishes| Wishes { sign, ..wishes };
    tick("sign-hint", [text::SIGN, text::SIGN_HINT], wishes.sign, wishes, wish, on)
}

fn hide(wishes: &Wishes, wish: &Callback<Wishes>) -> Html {
    let on = |hide, wishes| Wishes { hide, ..wishes };
    tick("hide-hint", [text::HIDE, text::HIDE_HINT], wishes.hide, wishes, wish, on)
}

/// How long frames are, folded away until someone wants to know.
fn frames(wishes: &Rc<Wishes>, wish: &Callback<Wishes>) -> Html {
    let onchange = {
        let (wishes, wish) = (wishes.clone(), wish.clone());
        move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().and_then(|it| it.value().parse().ok());
            let frame_length = chosen.unwrap_or(DEFAULT_FRAME_LENGTH);
            wish.emit(Wishes { frame_length, ..(*wishes).clone() });
        }
    };
    let option = |power: u32| {
        let length = 1_u32 << power;
        html! {
            <option value={length.to_string()} selected={length == wishes.frame_length}>
                { format!("{} KiB", length >> 10) }
            </option>
        }
    };
    html! {
        <details class="context-fields">
            <summary>{ text::FRAMES }</summary>
            <p class="small soft" id="frames-hint">{ text::FRAMES_HINT }</p>
            <div class="field">
                <label for="frames">{ text::FRAME_LENGTH }</label>
                <select id="frames" aria-describedby="frames-hint" {onchange}>{ for FRAME_LENGTHS.map(option) }</select>
            </div>
        </details>
    }
}

/// A wish that is had or not: what it is, and what it means.
fn tick(
    id: &'static str,
    [words, hint]: [&'static str; 2],
    checked: bool,
    wishes: &Wishes,
    wish: &Callback<Wishes>,
    on: fn(bool, Wishes) -> Wishes,
) -> Html {
    let onchange = {
        let (wishes, wish) = (wishes.clone(), wish.clone());
        move |event: Event| {
            let checked = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
            wish.emit(on(checked, wishes.clone()));
        }
    };
    html! {
        <div class="tick">
            <label><input type="checkbox" {checked} aria-describedby={id} {onchange} />{ words }</label>
            <p {id} class="small soft">{ hint }</p>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct EncryptProps {
    /// The keys that there are.
    pub(crate) keys: Vec<FileKey>,
    /// What was set.
    pub(crate) wishes: Rc<Wishes>,
    /// Called when something is set.
    pub(crate) wish: Callback<Wishes>,
    /// Called to begin.
    pub(crate) begin: Begin,
    /// For many files: the words of the button. Nobody watches them.
    #[prop_or_default]
    pub(crate) many: Option<AttrValue>,
}

/// Key, context, and the button that begins; without a usable key it makes one first.
#[component]
pub(crate) fn Encrypt(props: &EncryptProps) -> Html {
    let EncryptProps { keys, wishes, wish, begin, many } = props;
    let make = use_making(begin.clone(), wishes.clone());
    let usable: Vec<&FileKey> = keys.iter().filter(|key| key.usable).collect();
    let chosen = usable.iter().find(|key| wishes.key.as_ref() == Some(&key.arn)).or(usable.first());
    let problem = keys::problem(&wishes.name, keys).filter(|_| chosen.is_none());
    let context = context::check(&wishes.pairs);
    let onclick = {
        let (arns, name) = (chosen.map(|chosen| recipients(&usable, chosen, wishes)), wishes.name.clone());
        let (begin, make, wishes, context) =
            (begin.clone(), make.run.clone(), wishes.clone(), context.clone());
        move |_| match (&context, &arns) {
            (Ok(context), Some(arns)) => begin.emit(encrypt(arns.clone(), context.clone(), &wishes)),
            (Ok(context), None) if problem.is_none() => make.emit((name.clone(), context.clone())),
            _ => (),
        }
    };
    let onpairs = {
        let (wishes, wish) = (wishes.clone(), wish.clone());
        Callback::from(move |pairs| wish.emit(Wishes { pairs, ..(*wishes).clone() }))
    };
    let off = context.is_err() || problem.is_some() || make.busy();
    html! {<>
        if let Some(chosen) = chosen {
            { select(&usable, chosen, wishes, wish) }
            { also(&usable, chosen, wishes, wish) }
        } else {
            { first_key(wishes, wish, problem) }
        }
        { hide(wishes, wish) }
        { context_fields(&wishes.pairs, &onpairs) }
        { sign(wishes, wish) }
        { frames(wishes, wish) }
        if many.is_none() { { watch(wishes, wish) } }
        if let Some(failure) = make.failure() { <FailureNote {failure} /> }
        <p><button type="button" class="button primary" {onclick} aria-disabled={off.then_some("true")}>
            { words(many.as_ref(), chosen.is_none()) }
        </button></p>
    </>}
}

fn words(many: Option<&AttrValue>, makes_key: bool) -> AttrValue {
    let one = || text::begin(Direction::Encrypt, makes_key).into();
    many.filter(|_| !makes_key).cloned().unwrap_or_else(one)
}

/// The full names of the keys that are to open what is encrypted: the chosen one, then the others.
fn recipients(usable: &[&FileKey], chosen: &FileKey, wishes: &Wishes) -> Vec<String> {
    let others = usable.iter().map(|key| &key.arn);
    let others = others.filter(|arn| **arn != chosen.arn && wishes.also.contains(arn));
    [&chosen.arn].into_iter().chain(others).cloned().collect()
}

/// The other keys, each as a box to tick, folded away until someone wants them.
fn also(usable: &[&FileKey], chosen: &FileKey, wishes: &Rc<Wishes>, wish: &Callback<Wishes>) -> Html {
    let mut others = usable.iter().filter(|key| key.arn != chosen.arn).peekable();
    if others.peek().is_none() {
        return Html::default();
    }
    html! {
        <details class="context-fields">
            <summary>{ text::ALSO }</summary>
            <p class="small soft">{ text::ALSO_HINT }</p>
            { for others.map(|key| one_more(key, wishes, wish)) }
        </details>
    }
}

fn one_more(key: &FileKey, wishes: &Rc<Wishes>, wish: &Callback<Wishes>) -> Html {
    let arn = key.arn.clone();
    let checked = wishes.also.contains(&arn);
    let onchange = wish.reform({
        let wishes = wishes.clone();
        move |_: Event| {
            let mut also = wishes.also.clone();
            also.retain(|known| *known != arn);
            also.extend((!checked).then(|| arn.clone()));
            Wishes { also, ..(*wishes).clone() }
        }
    });
    html! {
        <div class="tick"><label><input type="checkbox" {checked} {onchange} />{ &key.name }</label></div>
    }
}

fn encrypt(key_ids: Vec<String>, context: EncryptionContext, wishes: &Wishes) -> (Job, bool) {
    let suite = wishes.sign.then_some(SIGNED_SUITE);
    let frame_length = Some(wishes.frame_length);
    let options = EncryptOptions { key_ids, context, suite, frame_length, ..EncryptOptions::default() };
    (Job::Encrypt(options), wishes.watch)
}

/// Makes a key and begins with it.
#[hook]
fn use_making(begin: Begin, wishes: Rc<Wishes>) -> Action<(String, EncryptionContext)> {
    use_action(move |kms: Kms, (name, context): (String, EncryptionContext)| {
        let (begin, wishes) = (begin.clone(), wishes.clone());
        async move {
            let arn = keys::make(&kms, &name).await?;
            ask_to_persist();
            begin.emit(encrypt(vec![arn], context, &wishes));
            Ok(())
        }
    })
}

fn select(usable: &[&FileKey], chosen: &FileKey, wishes: &Rc<Wishes>, wish: &Callback<Wishes>) -> Html {
    let onchange = {
        let (wishes, wish) = (wishes.clone(), wish.clone());
        move |event: Event| {
            let key = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            wish.emit(Wishes { key, ..(*wishes).clone() });
        }
    };
    html! {
        <div class="field">
            <label for="key">{ text::KEY }</label>
            <select id="key" {onchange}>
                { for usable.iter().map(|key| html! {
                    <option value={key.arn.clone()} selected={key.arn == chosen.arn}>
                        { &key.name }
                    </option>
                }) }
            </select>
            <p class="hint"><code>{ &chosen.arn }</code></p>
        </div>
    }
}

fn first_key(wishes: &Rc<Wishes>, wish: &Callback<Wishes>, problem: Option<&'static str>) -> Html {
    let oninput = {
        let (wishes, wish) = (wishes.clone(), wish.clone());
        move |name| wish.emit(Wishes { name, ..(*wishes).clone() })
    };
    html! {
        { TextField { id: "key-name", label: text::KEY_FIRST.into(), hint: text::KEY_FIRST_HINT.into(), prefix: "alias/".into(), exact: true, value: wishes.name.clone().into(), problem: problem.map(AttrValue::from), oninput: Callback::from(oninput), ..TextField::default() }.draw() }
    }
}
