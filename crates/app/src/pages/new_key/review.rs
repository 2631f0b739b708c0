//! All that was chosen, and the very calls that will be made.

use serde::Serialize;
use waxseal_api::{Place, operations::CreateAliasInput};
use yew::prelude::*;

use super::{
    commands::commands,
    draft::{Draft, Step},
    policy,
    steps::title,
};
use crate::{
    components::{Copy, Link},
    route::Route,
};

const COMMANDS: &str = "With AWS’s command line these lines make a key like it, with an ID of its own: in a sandbox here, or in \
                        your own account there, whose number goes in the place of the one in them.";

/// The choices, the policy, the calls. `problem` says what is still missing.
pub(crate) fn review(draft: &Draft, place: &Place, problem: Option<AttrValue>) -> Html {
    let Draft { description, administrators, users, .. } = draft;
    let people = |people: &[policy::Identity]| match people {
        [] => "just me".to_owned(),
        people => people
            .iter()
            .map(|person| format!("{} {}", person.kind.word(), person.name))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let material = match draft.key_elsewhere() {
        Ok(Some(id)) => format!("symmetric, your own, as {id}"),
        _ if draft.own => "symmetric, your own".to_owned(),
        _ => "symmetric, made here".to_owned(),
    };
    let description = if description.is_empty() { "none" } else { description };
    html! {
        <>
            <dl class="facts">
                { chosen(Step::Alias, html! { <code>{ draft.alias_name() }</code> }) }
                { chosen(Step::Description, html! { { description } }) }
                { chosen(Step::Material, html! { { material } }) }
                { chosen(Step::Administrators, html! { { people(administrators) } }) }
                { chosen(Step::Users, html! { { people(users) } }) }
            </dl>
            if let Some(problem) = problem {
                <p class="wrong" role="alert">{ problem }</p>
            }
            { calls(draft, place) }
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

/// What will be sent to the key service, word for word.
fn calls(draft: &Draft, place: &Place) -> Html {
    let Draft { administrators, users, .. } = draft;
    let alias =
        CreateAliasInput { target_key_id: "(the new key’s ID)".to_owned(), ..draft.create_alias("") };
    html! {
        <>
            <details class="disclosure">
                <summary>{ "The key policy" }</summary>
                <p class="reading soft">{ "It is kept with the key and decides every call." }</p>
                <pre tabindex="0">{ policy::text(place, administrators, users) }</pre>
            </details>
            <details class="disclosure">
                <summary>{ "The calls that make the key" }</summary>
                { for administrators.iter().chain(users).map(|person| introduction(person, place)) }
                { call("CreateKey", &draft.create_key(place)) }
                { call("CreateAlias", &alias) }
            </details>
            <details class="disclosure">
                <summary>{ "The same as commands" }</summary>
                <p class="reading soft">{ COMMANDS }</p>
                <div class="commands"><Copy what="commands" text={commands(draft, place)} /></div>
            </details>
        </>
    }
}

/// The call that makes somebody who is named, if nobody has made them before.
fn introduction(person: &policy::Identity, place: &Place) -> Html {
    let (operation, input) = person.creation(place);
    call(operation, &input)
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
        let html = drawn(review(&draft, &place(), None));
        let shown = html.replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&");
        assert!(shown.contains(&body), "{body} in {shown}");
        assert!(shown.contains(r#""RoleName": "backup""#), "{shown}");
        assert!(shown.contains(r#""AliasName": "alias/docs""#), "{shown}");
        assert!(shown.contains(&commands(&draft, &place())), "{shown}");
    }
}
