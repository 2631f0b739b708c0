//! The encryption context: pairs that anyone may read and nobody can change.

use waxseal_api::types::EncryptionContext;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::text;

/// The pairs as they are being written, complete or not.
pub(crate) type Pairs = Vec<(String, String)>;

/// What the Encryption SDK keeps for itself.
const RESERVED: &str = "aws-crypto-";

/// The context that pairs make, or what is wrong with them. Pairs that are empty on both sides do not count.
pub(crate) fn check(pairs: &[(String, String)]) -> Result<EncryptionContext, &'static str> {
    let mut context = EncryptionContext::new();
    for (name, value) in pairs.iter().filter(|(name, value)| !(name.is_empty() && value.is_empty())) {
        if name.is_empty() {
            return Err(text::CONTEXT_NO_NAME);
        }
        if name.starts_with(RESERVED) {
            return Err(text::CONTEXT_RESERVED);
        }
        if context.insert(name.clone(), value.clone()).is_some() {
            return Err(text::CONTEXT_TWICE);
        }
    }
    Ok(context)
}

/// The pairs, folded away until someone wants them.
pub(crate) fn context_fields(pairs: &Pairs, onchange: &Callback<Pairs>) -> Html {
    let add = {
        let (pairs, onchange) = (pairs.clone(), onchange.clone());
        move |_| onchange.emit(pairs.iter().cloned().chain([Default::default()]).collect())
    };
    html! {
        <details class="context-fields">
            <summary>{ text::CONTEXT }</summary>
            <p class="small soft">{ text::CONTEXT_HINT }</p>
            { for (0..pairs.len()).map(|n| pair(n, pairs, onchange)) }
            if let Err(wrong) = check(pairs) { <p class="wrong" role="alert">{ wrong }</p> }
            <button type="button" class="quiet" onclick={add}>{ text::CONTEXT_ADD }</button>
        </details>
    }
}

fn pair(n: usize, pairs: &Pairs, onchange: &Callback<Pairs>) -> Html {
    let remove = edit(pairs, onchange, move |pairs, _| {
        pairs.remove(n);
    });
    let field = |value: &str, label: String, set: fn(&mut (String, String), String)| {
        let oninput = edit(pairs, onchange, move |pairs, text| set(&mut pairs[n], text));
        let oninput = move |event: InputEvent| {
            let text = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            oninput.emit(text.unwrap_or_default());
        };
        html! { <label class="small">{ label }<input type="text" value={value.to_owned()} {oninput} /></label> }
    };
    let (name, value) = &pairs[n];
    html! {
        <div class="context-pair">
            { field(name, text::context_name(n), |pair, text| pair.0 = text) }
            { field(value, text::context_value(n), |pair, text| pair.1 = text) }
            <button type="button" class="quiet" onclick={remove.reform(|_| String::new())}>
                { text::CONTEXT_REMOVE }<span class="heard">{ format!(" {}", n + 1) }</span>
            </button>
        </div>
    }
}

fn edit(
    pairs: &Pairs,
    onchange: &Callback<Pairs>,
    change: impl Fn(&mut Pairs, String) + 'static,
) -> Callback<String> {
    let (pairs, onchange) = (pairs.clone(), onchange.clone());
    Callback::from(move |text| {
        let mut pairs = pairs.clone();
        change(&mut pairs, text);
        onchange.emit(pairs);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuse(pairs: &[(&str, &str)], wrong: &str) {
        assert_eq!(check(&owned(pairs)), Err(wrong));
    }

    fn owned(pairs: &[(&str, &str)]) -> Pairs {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn empty_pairs_do_not_count() {
        assert_eq!(check(&[]), Ok(EncryptionContext::new()));
        let context = check(&owned(&[("", ""), ("Project", "Alpha"), ("Note", "")])).unwrap();
        assert_eq!(context.len(), 2);
    }

    #[test]
    fn pairs_that_cannot_be() {
        refuse(&[("", "value")], text::CONTEXT_NO_NAME);
        refuse(&[("a", "1"), ("a", "2")], text::CONTEXT_TWICE);
        refuse(&[("aws-crypto-public-key", "x")], text::CONTEXT_RESERVED);
    }
}
