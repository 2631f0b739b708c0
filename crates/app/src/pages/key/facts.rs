//! What does not change about a key, and its policy.

use std::rc::Rc;

use waxseal_api::types::KeyManager;
use yew::prelude::*;

use super::Aspect;
use crate::{
    components::{Copy, Time},
    keys::KeyEntry,
};

#[derive(Properties, PartialEq)]
pub(crate) struct FactsProps {
    pub(crate) entry: Rc<KeyEntry>,
}

/// The identifiers, to be copied, and what was fixed when the key was made.
#[component]
pub(crate) fn Facts(props: &FactsProps) -> Html {
    let metadata = &props.entry.metadata;
    let fact = |name: &'static str, value: Html| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    let code = |text: &'static str| html! { <code>{ text }</code> };
    let manager = match metadata.key_manager {
        KeyManager::Customer => "you",
        KeyManager::Aws => "an AWS service",
    };
    html! {
        <Aspect title="Identity" id="facts">
            <dl class="facts">
                { fact("Key ID", html! { <Copy what="key ID" text={metadata.key_id.clone()} /> }) }
                { fact("Key ARN", html! { <Copy what="key ARN" text={metadata.arn.clone()} /> }) }
                if let Some(id) = &metadata.current_key_material_id {
                    { fact("Key material ID", html! { <Copy what="key material ID" text={id.clone()} /> }) }
                }
                { fact("Made", html! { <Time at={metadata.creation_date} /> }) }
                if let Some(at) = metadata.deletion_date {
                    { fact("To be destroyed", html! { <Time {at} /> }) }
                }
                { fact("Key spec", code(metadata.key_spec.into())) }
                { fact("Key usage", code(metadata.key_usage.into())) }
                { fact("Origin", code(metadata.origin.into())) }
                { fact("Looked after by", html! { { manager } }) }
            </dl>
        </Aspect>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct PolicyProps {
    pub(crate) policy: AttrValue,
}

/// Who may do what with the key, as it is stored.
#[component]
pub(crate) fn Policy(props: &PolicyProps) -> Html {
    html! {
        <Aspect title="Key policy" id="policy">
            <p class="reading">{ "Stored with the key, not evaluated yet: for now, everyone who can open this browser profile can use the key." }</p>
            <details class="disclosure">
                <summary>{ "Read the policy" }</summary>
                <pre tabindex="0">{ pretty(&props.policy) }</pre>
            </details>
        </Aspect>
    }
}

/// JSON text on lines of its own. Text that is not JSON stays as it is.
fn pretty(policy: &AttrValue) -> AttrValue {
    // A policy on several lines was laid out by its author, in an order that a parser would lose.
    if policy.contains('\n') {
        return policy.clone();
    }
    let parsed = serde_json::from_str::<serde_json::Value>(policy).ok();
    parsed
        .and_then(|value| serde_json::to_string_pretty(&value).ok())
        .map_or_else(|| policy.clone(), AttrValue::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_on_one_line_is_laid_out_and_others_are_left_alone() {
        assert_eq!(pretty(&"{\"a\":1}".into()), "{\n  \"a\": 1\n}");
        for text in ["{\n\"b\": 1}", "no policy"] {
            assert_eq!(pretty(&text.into()), text);
        }
    }
}
