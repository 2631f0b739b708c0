//! Importing key material: from a file, typed, or made here and saved first.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsValue;
use waxseal_api::{Timestamp, types::KeySpec, vault::Task};
use yew::prelude::*;

use super::{
    Acting,
    act::{Outcome, Part},
    source::{CHOSEN, Chosen, sources},
};
use crate::{
    bridge::{Errand, use_errand},
    bytes::typed,
    components::{TextField, day_in, dom},
    failure::FailureNote,
    files::use_object_url,
    words::bytes,
};

/// The longest time after which material may expire, in days.
const LONGEST: i64 = 365;
/// The fields, in the document.
const OWN: &str = "own-material";
const EXPIRES: &str = "expires";
const IMPORTED: &str = "The material is imported, and the key can be used.";

/// What is entered.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Entered {
    pub(super) typed: String,
    pub(super) chosen: Option<Chosen>,
    pub(super) days: String,
    /// Whether it was tried, so that problems are told.
    pub(super) tried: bool,
}

impl Entered {
    /// What is wrong with the bytes.
    fn problem(&self, spec: KeySpec) -> Option<String> {
        let found = match &self.chosen {
            Some(chosen) if !chosen.saved => {
                return Some("Save the bytes first. They cannot be made again.".to_owned());
            }
            Some(chosen) => chosen.bytes.byte_length() as usize,
            None => match typed(&self.typed) {
                Some(secret) => secret.expose().len(),
                None => {
                    return Some(
                        "Choose a file, type the bytes in hexadecimal or base64, or make random bytes."
                            .to_owned(),
                    );
                }
            },
        };
        if found == 0 {
            return Some("There are no bytes: the file is empty, or cannot be read.".to_owned());
        }
        let wanted = length(spec)?;
        let told = |length: usize| bytes(length as u64);
        (found != wanted)
            .then(|| format!("A key of this kind takes {}; these are {}.", told(wanted), told(found)))
    }

    /// The bytes, in a buffer of their own that can be moved.
    fn material(&self) -> Option<ArrayBuffer> {
        match &self.chosen {
            Some(chosen) => Some(chosen.bytes.slice(0)),
            None => typed(&self.typed).map(|secret| Uint8Array::from(secret.expose()).buffer()),
        }
    }

    /// After how many days the material expires, if ever.
    fn days(&self) -> Result<Option<i64>, &'static str> {
        let days = self.days.trim();
        if days.is_empty() {
            return Ok(None);
        }
        let days = days.parse().ok().filter(|days| (1..=LONGEST).contains(days));
        days.map(Some).ok_or("Enter a number of days from 1 to 365, or nothing.")
    }
}

/// How many bytes a key of this kind takes; none where they are a private key in PKCS #8.
pub(super) fn length(spec: KeySpec) -> Option<usize> {
    match spec {
        KeySpec::SymmetricDefault | KeySpec::Hmac256 => Some(32),
        KeySpec::Hmac224 => Some(28),
        KeySpec::Hmac384 => Some(48),
        KeySpec::Hmac512 => Some(64),
        _ => None,
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct ImportProps {
    pub(super) key_id: AttrValue,
    /// What new bytes are saved as.
    pub(super) name: AttrValue,
    pub(super) spec: KeySpec,
    /// Whether it may be any bytes, since the key has not had material yet.
    pub(super) fresh: bool,
    pub(super) acting: Acting,
}

/// Where the bytes come from, when they expire, and the button.
#[component]
pub(super) fn Import(props: &ImportProps) -> Html {
    let entered = use_state_eq(Entered::default);
    let action = use_errand(Callback::from({
        let (tell, entered) = (props.acting.tell.clone(), entered.setter());
        move |_| {
            tell.emit(Outcome { part: Part::Material, told: IMPORTED.to_owned(), offer: None });
            entered.set(Entered::default());
        }
    }));
    use_effect_with(entered.chosen.as_ref().map(|chosen| chosen.bytes.clone()), |bytes| {
        let bytes = bytes.clone();
        move || bytes.iter().for_each(|bytes| drop(Uint8Array::new(bytes).fill(0, 0, bytes.byte_length())))
    });
    let url = use_object_url(entered.chosen.as_ref().and_then(|chosen| chosen.made.clone()));
    let (problem, days) = (entered.problem(props.spec), entered.days());
    let onsubmit = {
        let (entered, run, key_id) = (entered.clone(), action.run.clone(), props.key_id.to_string());
        let wrong = problem.is_some();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let material = entered.material().filter(|_| !wrong);
            if let (Some(material), Ok(days)) = (material, days) {
                let valid_to = days.map(|days| Timestamp::from_millis(dom::now()).plus_days(days));
                let task = Task::Import { key_id: key_id.clone(), valid_to };
                run.emit(Errand { secret: Some(material), task, file: JsValue::UNDEFINED });
            } else {
                entered.set(Entered { tried: true, ..(*entered).clone() });
                let material = if entered.chosen.is_some() { CHOSEN } else { OWN };
                dom::focus_first(&format!("#{}", if wrong { material } else { EXPIRES }));
            }
        })
    };
    let until = days.ok().flatten().map(|days| format!("It will expire on {}.", day_in(days)));
    // It is told beside what it is about.
    let problem = problem.filter(|_| entered.tried);
    let (of_chosen, of_typed) = if entered.chosen.is_some() { (problem, None) } else { (None, problem) };
    html! {
        <form class="stacked" {onsubmit} novalidate=true>
            { sources(props, &entered, url, of_chosen.as_deref()) }
            { fields(&entered, props.spec, of_typed, days.err().filter(|_| entered.tried)) }
            <p aria-live="polite">{ until.unwrap_or_default() }</p>
            <p class="actions"><button class="button primary" aria-disabled={action.busy().then_some("true")}>{ "Import the material" }</button></p>
            <p role="status" class="pending">{ if action.busy() { "Wrapping it under a new RSA key, and importing it." } else { "" } }</p>
            if let Some(failure) = action.failure() { <FailureNote {failure} /> }
        </form>
    }
}

fn fields(
    entered: &UseStateHandle<Entered>,
    spec: KeySpec,
    material: Option<String>,
    days: Option<&'static str>,
) -> Html {
    let with = |change: fn(&mut Entered, String)| {
        let entered = entered.clone();
        Callback::from(move |text| {
            let mut new = (*entered).clone();
            change(&mut new, text);
            entered.set(new);
        })
    };
    let hint = match length(spec) {
        Some(length) => format!("{}, in hexadecimal or base64.", bytes(length as u64)),
        None => "In hexadecimal or base64.".to_owned(),
    };
    let typed = TextField {
        id: OWN,
        label: "Or type the bytes".into(),
        hint: hint.into(),
        exact: true,
        value: entered.typed.clone().into(),
        oninput: with(|entered, typed| (entered.typed, entered.chosen) = (typed, None)),
        problem: material.map(AttrValue::from),
        ..TextField::default()
    };
    let expires = TextField {
        id: EXPIRES,
        label: "Expires after so many days".into(),
        hint: "1 to 365. Without a number it does not expire.".into(),
        value: entered.days.clone().into(),
        oninput: with(|entered, days| entered.days = days),
        problem: days.map(AttrValue::from),
        ..typed.clone()
    };
    html! { <>{ typed.draw() }{ expires.draw() }</> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_has_to_fit_the_key() {
        let entered = |typed: &str| Entered { typed: typed.to_owned(), ..Entered::default() };
        assert_eq!(entered(&"ab".repeat(32)).problem(KeySpec::SymmetricDefault), None);
        let problem = entered(&"ab".repeat(16)).problem(KeySpec::SymmetricDefault);
        assert_eq!(problem.as_deref(), Some("A key of this kind takes 32 bytes; these are 16 bytes."));
        assert_eq!(entered(&"ab".repeat(16)).problem(KeySpec::Rsa2048), None, "the service knows");
        assert!(entered("").problem(KeySpec::SymmetricDefault).is_some());
    }

    #[test]
    fn material_expires_within_a_year_or_never() {
        let days = |days: &str| Entered { days: days.to_owned(), ..Entered::default() }.days();
        assert_eq!([days(""), days("1"), days(" 365 ")], [Ok(None), Ok(Some(1)), Ok(Some(365))]);
        for wrong in ["0", "366", "-1", "1.5", "soon"] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }
}
