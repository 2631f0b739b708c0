//! What does not change about a key, and its policy.

use waxseal_api::types::{KeyManager, KeyMetadata};
use yew::prelude::*;

use super::aspect;
use crate::components::{Copy, time};

/// The identifiers, to be copied, and what was fixed when the key was made.
pub(crate) fn facts(metadata: &KeyMetadata) -> Html {
    let fact = |name: &'static str, value: Html| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    let code = |text: &'static str| html! { <code>{ text }</code> };
    let manager = match metadata.key_manager {
        KeyManager::Customer => "you",
        KeyManager::Aws => "an AWS service",
    };
    aspect(
        "Identity",
        "facts",
        html! {
            <dl class="facts">
                { fact("Key ID", html! { <Copy what="key ID" text={metadata.key_id.clone()} /> }) }
                { fact("Key ARN", html! { <Copy what="key ARN" text={metadata.arn.clone()} /> }) }
                if let Some(id) = &metadata.current_key_material_id {
                    { fact("Key material ID", html! { <Copy what="key material ID" text={id.clone()} /> }) }
                }
                { fact("Made", time(metadata.creation_date, false)) }
                if let Some(at) = metadata.deletion_date {
                    { fact("To be destroyed", time(at, false)) }
                }
                { fact("Key spec", code(metadata.key_spec.into())) }
                { fact("Key usage", code(metadata.key_usage.into())) }
                { fact("Origin", code(metadata.origin.into())) }
                { fact("Looked after by", html! { { manager } }) }
            </dl>
        },
    )
}

/// Who may do what with the key, as it is stored.
pub(crate) fn policy(policy: &str) -> Html {
    aspect(
        "Key policy",
        "policy",
        html! { <>
            <p class="reading">{ "It decides who may do what with the key. These pages call as the account’s root, and so does everyone who can open this browser profile." }</p>
            <details class="disclosure">
                <summary>{ "Read the policy" }</summary>
                <pre tabindex="0">{ pretty(policy) }</pre>
            </details>
        </> },
    )
}

/// JSON text on lines of its own. Text that is not JSON stays as it is.
fn pretty(policy: &str) -> String {
    // A policy on several lines was laid out by its author, in an order that a parser would lose.
    if policy.contains('\n') {
        return policy.to_owned();
    }
    let parsed = serde_json::from_str::<serde_json::Value>(policy).ok();
    parsed.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| policy.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_on_one_line_is_laid_out_and_others_are_left_alone() {
        assert_eq!(pretty("{\"a\":1}"), "{\n  \"a\": 1\n}");
        for text in ["{\n\"b\": 1}", "no policy"] {
            assert_eq!(pretty(text), text);
        }
    }
}
