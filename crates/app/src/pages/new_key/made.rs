//! The new key, its seal closing once, and what to do with it.

use waxseal_api::{operations::CreateAliasInput, trace::Role, types::Origin};
use yew::prelude::*;

use super::{
    draft::{alias_name, alias_problem},
    making::{self, Made},
};
use crate::{
    bridge::{Action, use_action},
    components::{Copy, Link, Page, TextField},
    failure::FailureNote,
    keys::short,
    route::Route,
    shapes::shape,
};

const SEALED: &str = "Its material was made here, sealed, and stored in this browser. Nobody will ever see it, \
    and nothing leaves it but what it encrypts.";
const WAITS: &str = "It encrypts nothing before you have imported 32 bytes of your own on its page.";

#[derive(Properties, PartialEq)]
pub(crate) struct MadePageProps {
    pub(crate) made: Made,
}

/// The new key, with its name or on the way to one.
#[component]
pub(crate) fn MadePage(props: &MadePageProps) -> Html {
    let made = use_state_eq(|| props.made.clone());
    let onnamed = {
        let made = made.clone();
        Callback::from(move |alias| made.set(Made { alias, unnamed: None, ..(*made).clone() }))
    };
    let waits = made.key.origin == Origin::External;
    let title = match &made.unnamed {
        None if waits => format!("{} waits for its material", short(&made.alias)),
        None => format!("{} is sealed", short(&made.alias)),
        Some(_) => "The key is made, but has no name yet".to_owned(),
    };
    let see = |class: &'static str, words: &'static str| {
        html! { <Link {class} to={Route::Key} query={format!("id={}", made.key.key_id)}>{ words }</Link> }
    };
    html! {
        <Page heading={html! { <>{ shape(Role::KmsKey, "") }<span>{ &title }</span></> }} {title} class="made">
            <p class="lead">{ if waits { WAITS } else { SEALED } }</p>
            if let Some(failure) = &made.unnamed {
                <FailureNote failure={failure.clone()} />
                <NameIt key_id={made.key.key_id.clone()} taken={made.alias.clone()} {onnamed} />
            }
            <dl class="facts">
                <div><dt>{ "Key ARN" }</dt><dd><Copy what="key ARN" text={made.key.arn.clone()} /></dd></div>
            </dl>
            <p class="actions">
                if waits {
                    { see("button primary", "Import its material") }
                } else {
                    <Link class="button primary" to={Route::Files} query={format!("key={}", made.key.arn)}>{ "Encrypt a file with it" }</Link>
                    { see("", "See the key") }
                }
            </p>
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct NameItProps {
    key_id: AttrValue,
    /// The name that the key could not get.
    taken: AttrValue,
    onnamed: Callback<String>,
}

/// Another try at a name.
#[component]
fn NameIt(props: &NameItProps) -> Html {
    let (alias, tried) = (use_state_eq(String::new), use_state_eq(|| false));
    let problem = alias_problem(&alias, &[props.taken.to_string()]);
    let action = use_naming(props);
    let onsubmit = {
        let (alias, tried, run, wrong) =
            (alias.clone(), tried.clone(), action.run.clone(), problem.is_some());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            if !wrong {
                run.emit((*alias).clone());
            }
        })
    };
    let oninput = {
        let alias = alias.setter();
        Callback::from(move |text| alias.set(text))
    };
    html! {
        <form class="name-it" {onsubmit} novalidate=true>
            { TextField { id: "other-alias", label: "Another alias".into(), prefix: "alias/".into(), exact: true, value: (*alias).clone().into(), oninput, problem: problem.filter(|_| *tried).map(AttrValue::from), ..TextField::default() }.draw() }
            if let Some(failure) = action.failure() {
                <FailureNote {failure} />
            }
            <p class="actions"><button class="button primary">{ "Give it this name" }</button></p>
        </form>
    }
}

#[hook]
fn use_naming(props: &NameItProps) -> Action<String> {
    let (key_id, onnamed) = (props.key_id.to_string(), props.onnamed.clone());
    use_action(move |kms, alias: String| {
        let input = CreateAliasInput { alias_name: alias_name(&alias), target_key_id: key_id.clone() };
        let onnamed = onnamed.clone();
        async move {
            making::name(&kms, &input).await?;
            onnamed.emit(input.alias_name);
            Ok(())
        }
    })
}
