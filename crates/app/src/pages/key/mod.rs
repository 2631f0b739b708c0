//! The page of one key.

mod act;
mod deletion;
mod description;
mod facts;
mod import;
mod material;
mod names;
mod source;
mod state;
mod told;

use std::rc::Rc;

use waxseal_api::{ErrorCode, Failure};
use yew::prelude::*;
use yew_router::hooks::use_location;

use self::{
    act::{Act, Outcome, Part},
    deletion::deletion,
    description::Description,
    facts::{facts, policy},
    material::material,
    names::Names,
    state::state,
};
use crate::{
    bridge::{Action, Remote, use_action, use_query},
    components::{Link, Page, remote},
    keys::{self, KeyDetails},
    route::{Route, asked},
};

/// The key that the address names.
#[component]
pub(crate) fn Key() -> Html {
    let location = use_location();
    let query = location.as_ref().map(|location| location.query_str()).unwrap_or_default();
    let id = AttrValue::from(asked(query, "id").unwrap_or_default().to_owned());
    html! { <KeyPage key={id.to_string()} id={id.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct KeyPageProps {
    id: AttrValue,
}

#[component]
fn KeyPage(props: &KeyPageProps) -> Html {
    let details = use_query(props.id.to_string(), |kms, id| async move { keys::details(&kms, id).await });
    let acting = use_acting(&props.id);
    html! {
        <Page title={title(&details)} class="key">
            if absent(&details) {
                { absence(&props.id) }
            } else {
                { remote(&details, "Reading the key…", |details| parts(details, &acting)) }
            }
        </Page>
    }
}

fn title(details: &Remote<KeyDetails>) -> AttrValue {
    match details {
        Remote::Pending => AttrValue::Static("Key"),
        Remote::Ready(details) if details.entry.aliases.is_empty() => {
            AttrValue::Static("A key without a name")
        }
        Remote::Ready(details) => AttrValue::from(details.entry.name().to_owned()),
        Remote::Failed(_) => AttrValue::Static(if absent(details) {
            "This key is not here"
        } else {
            "This key cannot be shown"
        }),
    }
}

/// Whether there is no key of that ID.
fn absent(details: &Remote<KeyDetails>) -> bool {
    let Remote::Failed(Failure::Service(error)) = details else { return false };
    [ErrorCode::NotFoundException, ErrorCode::ValidationException].contains(&error.code)
}

fn absence(id: &str) -> Html {
    html! {
        <>
            if id.is_empty() {
                <p class="lead">{ "The address does not say which key." }</p>
            } else {
                <p class="lead">{ "No key of this ID is kept in this browser: " }<code class="whole-id">{ id }</code></p>
                <p class="reading">{ "It may have been destroyed after its waiting time, or it belongs to another browser or profile." }</p>
            }
            <p class="actions"><Link class="button" to={Route::Keys}>{ "See the keys in this browser" }</Link></p>
        </>
    }
}

fn parts(details: &KeyDetails, acting: &Acting) -> Html {
    let entry = &details.entry;
    html! {
        <>
            { state(&entry.metadata, acting) }
            { material(entry, acting) }
            <Names entry={Rc::new(entry.clone())} acting={acting.clone()} />
            <Description text={entry.metadata.description.clone()} acting={acting.clone()} />
            { facts(&entry.metadata) }
            { policy(&details.policy) }
            { deletion(entry, acting) }
        </>
    }
}

/// What is being done to the key, and what the last act has led to.
#[derive(Clone, PartialEq)]
pub(crate) struct Acting {
    action: Action<Act>,
    asked: Option<Part>,
    outcome: Option<Outcome>,
    /// Tells what something else than an act has led to.
    tell: Callback<Outcome>,
}

impl Acting {
    /// Does something to the key.
    pub(crate) fn run(&self, act: Act) {
        self.action.run.emit(act);
    }

    /// A button's part: does something when it is clicked.
    pub(crate) fn on_click(&self, act: Act) -> Callback<MouseEvent> {
        self.action.run.reform(move |_| act.clone())
    }
}

#[hook]
fn use_acting(key_id: &AttrValue) -> Acting {
    let (asked, outcome) = (use_state_eq(|| None), use_state_eq(|| None));
    let action = use_action({
        let (key_id, asked, outcome) = (key_id.clone(), asked.setter(), outcome.setter());
        move |kms, act: Act| {
            asked.set(Some(act.part()));
            let (key_id, outcome) = (key_id.clone(), outcome.clone());
            async move {
                let result = act.perform(&kms, &key_id).await;
                outcome.set(result.as_ref().ok().cloned());
                result.map(drop)
            }
        }
    });
    let tell = {
        let outcome = outcome.setter();
        Callback::from(move |told| outcome.set(Some(told)))
    };
    Acting { action, asked: *asked, outcome: (*outcome).clone(), tell }
}

/// One side of the key: its heading in the margin, the rest beside it.
fn aspect(title: &'static str, id: &'static str, body: Html) -> Html {
    html! {
        <section class="aspect" aria-labelledby={id}>
            <h2 {id}>{ title }</h2>
            <div class="aspect-body">{ body }</div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use waxseal_api::operations::{CreateKey, CreateKeyInput};

    use crate::{
        bridge::Status,
        engine::{Engine, drawn, now},
    };

    /// The page of a key after some acts.
    fn page(acts: &[Act]) -> (KeyDetails, String) {
        let kms = Engine::client();
        let key_id = now(kms.call::<CreateKey>(&CreateKeyInput::default())).unwrap().key_metadata.key_id;
        let mut outcome = None;
        for act in acts {
            outcome = Some(now(act.clone().perform(&kms, &key_id)).unwrap());
        }
        let details = now(keys::details(&kms, key_id)).unwrap();
        let action = Action { status: Status::Idle, run: Callback::noop() };
        let html = drawn(parts(&details, &Acting { action, asked: None, outcome, tell: Callback::noop() }));
        (details, html)
    }

    #[test]
    fn everything_about_a_key_is_there_in_full() {
        let (KeyDetails { entry, .. }, html) = page(&[Act::AddAlias("alias/docs".into())]);
        let material = entry.metadata.current_key_material_id.unwrap();
        for text in
            [&entry.metadata.key_id, &entry.metadata.arn, &material, "alias/docs", "SYMMETRIC_DEFAULT"]
        {
            assert!(html.contains(text), "{text} in {html}");
        }
    }

    #[test]
    fn what_can_be_done_depends_on_the_state() {
        #[track_caller]
        fn check(acts: &[Act], offers: &[&str], not: &[&str]) {
            let (_, html) = page(acts);
            for words in offers {
                assert!(html.contains(&format!(">{words}<")), "{words} in {html}");
            }
            for words in not {
                assert!(!html.contains(&format!(">{words}<")), "{words} in {html}");
            }
        }
        check(&[], &["Encrypt a file", "Disable", "Schedule deletion"], &["Enable", "Undo"]);
        check(&[Act::Disable], &["Enable", "Undo", "Schedule deletion"], &["Encrypt a file", "Disable"]);
        let schedule = Act::ScheduleDeletion(7);
        check(std::slice::from_ref(&schedule), &["Cancel the deletion"], &["Enable", "Schedule deletion"]);
        check(&[schedule, Act::CancelDeletion], &["Enable", "Enable it"], &["Cancel the deletion"]);
    }
}
