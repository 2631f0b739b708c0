//! All that was chosen, and the very calls that will be made.

use serde::Serialize;
use waxseal_api::{Place, operations::CreateAliasInput};
use yew::prelude::*;

use super::{
    draft::{Draft, Step},
    policy,
    steps::title,
};
use crate::{components::Link, route::Route};

#[derive(Properties, PartialEq)]
pub(crate) struct ReviewProps {
    pub(crate) draft: Draft,
    pub(crate) place: Place,
    /// What is still missing.
    pub(crate) problem: Option<AttrValue>,
}

/// The choices, the policy, the calls.
#[component]
pub(crate) fn Review(props: &ReviewProps) -> Html {
    let Draft { description, administrators, users, .. } = &props.draft;
    let people = |people: &[policy::Identity]| match people {
        [] => "just me".to_owned(),
        people => people
            .iter()
            .map(|person| format!("{} {}", person.kind.word(), person.name))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let description = if description.is_empty() { "none" } else { description };
    html! {
        <>
            <dl class="facts">
                { chosen(Step::Alias, html! { <code>{ props.draft.alias_name() }</code> }) }
                { chosen(Step::Description, html! { { description } }) }
                { chosen(Step::Material, html! { "symmetric, made here" }) }
                { chosen(Step::Administrators, html! { { people(administrators) } }) }
                { chosen(Step::Users, html! { { people(users) } }) }
            </dl>
            if let Some(problem) = &props.problem {
                <p class="wrong" role="alert">{ problem }</p>
            }
            <Calls draft={props.draft.clone()} place={props.place.clone()} />
        </>
    }
}

fn chosen(step: Step, value: Html) -> Html {
    html! {
        <div>
            <dt>{ title(step) }</dt>
            <dd>
                { value }{ " " }
                <Link class="small" to={Route::NewKey} query={format!("step={}", step.number())}>
                    { "Change" }<span class="heard">{ format!(" the {}", title(step).to_lowercase()) }</span>
                </Link>
            </dd>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CallsProps {
    draft: Draft,
    place: Place,
}

/// What will be sent to the key service, word for word.
#[component]
fn Calls(props: &CallsProps) -> Html {
    let Draft { administrators, users, .. } = &props.draft;
    let alias =
        CreateAliasInput { target_key_id: "(the new key’s ID)".to_owned(), ..props.draft.create_alias("") };
    html! {
        <>
            <details class="disclosure">
                <summary>{ "The key policy" }</summary>
                <p class="reading soft">{ "Stored with the key, not evaluated yet." }</p>
                <pre tabindex="0">{ policy::text(&props.place, administrators, users) }</pre>
            </details>
            <details class="disclosure">
                <summary>{ "The two calls that make the key" }</summary>
                { call("CreateKey", &props.draft.create_key(&props.place)) }
                { call("CreateAlias", &alias) }
            </details>
        </>
    }
}

fn call(operation: &'static str, input: &impl Serialize) -> Html {
    html! {
        <figure class="call">
            <figcaption><code>{ operation }</code></figcaption>
            <pre tabindex="0">{ serde_json::to_string_pretty(input).unwrap_or_default() }</pre>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        engine::{drawn, place},
        pages::new_key::policy::Identity,
    };

    #[test]
    fn the_calls_are_shown_word_for_word() {
        let draft = Draft {
            alias: "docs".into(),
            description: "For letters.".into(),
            users: vec![Identity::role("backup")],
            ..Draft::default()
        };
        let body = serde_json::to_string_pretty(&draft.create_key(&place())).unwrap();
        let html = drawn(html! { <Review {draft} place={place()} problem={None::<AttrValue>} /> });
        let shown = html.replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&");
        assert!(shown.contains(&body), "{body} in {shown}");
        assert!(shown.contains(r#""AliasName": "alias/docs""#), "{shown}");
    }
}
