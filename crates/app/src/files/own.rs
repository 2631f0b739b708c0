//! A wrapping key of the user's own, for messages that were encrypted without a key service.

use std::rc::Rc;

use waxseal_api::job::{RawKey, RsaPadding};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{offer::Wishes, text};
use crate::{bytes::typed, components::TextField};

/// How a key can wrap, by the names that people know.
const HOW: [(&str, Option<RsaPadding>); 6] = [
    ("AES-GCM", None),
    ("RSA, OAEP with SHA-256", Some(RsaPadding::OaepSha256)),
    ("RSA, OAEP with SHA-1", Some(RsaPadding::OaepSha1)),
    ("RSA, OAEP with SHA-384", Some(RsaPadding::OaepSha384)),
    ("RSA, OAEP with SHA-512", Some(RsaPadding::OaepSha512)),
    ("RSA, PKCS #1 v1.5", Some(RsaPadding::Pkcs1)),
];

/// What was entered.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Own {
    namespace: String,
    name: String,
    how: usize,
    key: String,
}

impl Own {
    /// The key; none when nothing was entered.
    ///
    /// # Errors
    /// What is missing or wrong, in words.
    pub(crate) fn key(&self) -> Result<Option<RawKey>, &'static str> {
        if [&self.namespace, &self.name, &self.key].iter().all(|entry| entry.is_empty()) {
            return Ok(None);
        }
        if self.namespace.is_empty() || self.name.is_empty() {
            return Err(text::OWN_UNNAMED);
        }
        let key = typed(&self.key).ok_or(text::OWN_NO_KEY)?;
        let (namespace, name) = (self.namespace.clone(), self.name.clone());
        Ok(Some(RawKey { namespace, name, key, padding: HOW.get(self.how).and_then(|(_, how)| *how) }))
    }
}

/// Asks for the key, folded away until someone needs it.
pub(crate) fn own_key(wishes: &Rc<Wishes>, wish: &Callback<Wishes>) -> Html {
    let own = &wishes.own;
    let field = |id, label: &'static str, value: &String, set: fn(String, &mut Own)| {
        let (wishes, wish) = (wishes.clone(), wish.clone());
        let oninput = Callback::from(move |entry| {
            let mut wishes = (*wishes).clone();
            set(entry, &mut wishes.own);
            wish.emit(wishes);
        });
        TextField {
            id,
            label: label.into(),
            value: value.clone().into(),
            exact: true,
            oninput,
            ..TextField::default()
        }
    };
    let namespace =
        field("own-namespace", text::OWN_NAMESPACE, &own.namespace, |entry, own| own.namespace = entry);
    let name = field("own-name", text::OWN_NAME, &own.name, |entry, own| own.name = entry);
    let key = field("own-key", text::OWN_KEY, &own.key, |entry, own| own.key = entry);
    let problem = |here: bool| own.key().err().filter(|_| here).map(AttrValue::from);
    let (no_namespace, no_name) = (own.namespace.is_empty(), own.name.is_empty());
    let namespace = TextField { problem: problem(no_namespace), ..namespace };
    let name = TextField { problem: problem(no_name && !no_namespace), ..name };
    let problem = problem(!no_name && !no_namespace);
    let key = TextField { hint: text::OWN_KEY_HINT.into(), multiline: true, problem, ..key };
    html! {
        <details class="context-fields">
            <summary>{ text::OWN }</summary>
            <p class="small soft">{ text::OWN_HINT }</p>
            { namespace.draw() }
            { name.draw() }
            { how(wishes, wish) }
            { key.draw() }
        </details>
    }
}

fn how(wishes: &Rc<Wishes>, wish: &Callback<Wishes>) -> Html {
    let onchange = {
        let (wishes, wish) = (wishes.clone(), wish.clone());
        move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.selected_index());
            let mut wishes = (*wishes).clone();
            wishes.own.how = chosen.and_then(|index| index.try_into().ok()).unwrap_or_default();
            wish.emit(wishes);
        }
    };
    let option = |(index, (words, _)): (usize, &(&'static str, Option<RsaPadding>))| {
        html! { <option selected={index == wishes.own.how}>{ *words }</option> }
    };
    html! {
        <div class="field">
            <label for="own-how">{ text::OWN_HOW }</label>
            <select id="own-how" {onchange}>{ for HOW.iter().enumerate().map(option) }</select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(namespace: &str, name: &str, how: usize, key: &str) -> Own {
        Own { namespace: namespace.into(), name: name.into(), how, key: key.into() }
    }

    #[test]
    fn a_key_is_whole_or_told_to_be_wanting() {
        assert_eq!(Own::default().key(), Ok(None));
        let key = own("vault", "letters", 1, "AP96AQ==").key().unwrap().unwrap();
        assert_eq!((key.namespace.as_str(), key.name.as_str()), ("vault", "letters"));
        assert_eq!((key.key.expose(), key.padding), (&[0, 255, 0x7A, 1][..], Some(RsaPadding::OaepSha256)));
        assert_eq!(own("vault", "", 0, "ab").key(), Err(text::OWN_UNNAMED));
        assert_eq!(own("vault", "letters", 0, "").key(), Err(text::OWN_NO_KEY));
        assert_eq!(own("vault", "letters", 0, "no key!").key(), Err(text::OWN_NO_KEY));
    }
}
