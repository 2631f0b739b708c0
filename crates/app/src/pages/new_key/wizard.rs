//! One step after the other, each with an address of its own, so that the browser's own buttons work.

use std::{cell::RefCell, rc::Rc};

use waxseal_api::{Place, vault::Task};
use web_sys::Element;
use yew::prelude::*;
use yew_router::{
    hooks::{use_location, use_navigator},
    query::Raw,
};

use super::{
    draft::{Draft, Entry, Step},
    making::{self, Made},
    review::review,
    steps::{Asking, questions, title},
};
use crate::{
    backup::ask_to_persist,
    bridge::{Action, use_action},
    components::{Link, dom},
    failure::FailureNote,
    keys::use_keys,
    route::Route,
};

#[derive(Properties, PartialEq)]
pub(crate) struct WizardProps {
    /// Where the key will live.
    pub(crate) place: Place,
    pub(crate) onmade: Callback<Made>,
}

/// The steps to the left, the current one to the right.
#[component]
pub(crate) fn Wizard(props: &WizardProps) -> Html {
    let draft = use_draft();
    let tried = use_state_eq(|| None::<Step>);
    let (step, go) = use_step();
    let taken = use_taken();
    let make = use_make(&draft, props);
    let problem = draft.problem(step, &taken);
    let onsubmit = {
        let (tried, problem, make, go) = (tried.clone(), problem.clone(), make.run.clone(), go);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match (&problem, step.next()) {
                (Some(_), _) => tried.set(Some(step)),
                (None, Some(next)) => go.emit(next),
                (None, None) => make.emit(()),
            }
        })
    };
    let shown = problem.filter(|_| *tried == Some(step));
    html! {
        <div class="wizard">
            { progress(step) }
            <form class="wizard-step" {onsubmit} novalidate=true>
                <StepHeading {step} wrong={shown.is_some()} />
                { body(step, &draft, shown, &props.place) }
                if let Some(failure) = make.failure() {
                    <FailureNote {failure} retry={make.run.clone()} />
                }
                { buttons(step, make.busy()) }
            </form>
        </div>
    }
}

fn body(step: Step, draft: &UseReducerHandle<Draft>, problem: Option<String>, place: &Place) -> Html {
    let dispatch = draft.dispatcher();
    let enter = Callback::from(move |entry: Entry| dispatch.dispatch(entry));
    let problem = problem.map(AttrValue::from);
    match step {
        Step::Review => review(draft, place, problem),
        _ => questions(step, draft, &Asking { enter, problem, account: place.account.as_str() }),
    }
}

thread_local! {
    /// What was entered, should the reader leave the page and come back.
    static KEPT: RefCell<Draft> = RefCell::default();
}

/// The draft as it was left.
#[hook]
fn use_draft() -> UseReducerHandle<Draft> {
    let draft = use_reducer(|| KEPT.with_borrow(Draft::clone));
    KEPT.set((*draft).clone());
    draft
}

/// The step in the address, and how to get to another.
#[hook]
fn use_step() -> (Step, Callback<Step>) {
    let step = use_location().map_or(Step::Alias, |location| Step::asked(location.query_str()));
    let navigator = use_navigator();
    let go = Callback::from(move |step: Step| {
        if let Some(navigator) = &navigator {
            let Ok(()) = navigator.push_with_query(&Route::NewKey, Raw(format!("step={}", step.number())));
        }
    });
    (step, go)
}

/// The aliases that exist already.
#[hook]
fn use_taken() -> Rc<Vec<String>> {
    let keys = use_keys();
    use_memo(keys, |keys| keys.ready().into_iter().flatten().flat_map(|key| key.aliases.clone()).collect())
}

/// Makes the key as it is drafted now.
#[hook]
fn use_make(draft: &UseReducerHandle<Draft>, props: &WizardProps) -> Action<()> {
    let (draft, place, onmade) = ((**draft).clone(), props.place.clone(), props.onmade.clone());
    use_action(move |kms, ()| {
        let (draft, place, onmade) = (draft.clone(), place.clone(), onmade.clone());
        async move {
            let again =
                async |key_id, body| kms.0.run(Task::CreateAgain { key_id, body }.into()).await.map(drop);
            let made = making::make(&kms, &draft, &place, again).await?;
            KEPT.take();
            ask_to_persist();
            onmade.emit(made);
            Ok(())
        }
    })
}

/// The list of the steps, each a link.
fn progress(at: Step) -> Html {
    let item = |step: Step| {
        let (current, done) = (step == at, step < at);
        html! {
            <li class={classes!(current.then_some("current"), done.then_some("done"))}
                aria-current={current.then_some("step")}>
                <Link to={Route::NewKey} query={format!("step={}", step.number())}>{ title(step) }</Link>
            </li>
        }
    };
    html! {
        <nav class="wizard-progress" aria-label="Steps"><ol>{ for Step::ALL.into_iter().map(item) }</ol></nav>
    }
}

#[derive(Properties, PartialEq)]
struct StepHeadingProps {
    step: Step,
    /// Whether something that was entered is wrong: then the focus goes there.
    wrong: bool,
}

/// The heading of a step, to which the focus moves with every step after the first that is seen.
#[component]
fn StepHeading(props: &StepHeadingProps) -> Html {
    let (heading, arrived) = (use_node_ref(), use_mut_ref(|| false));
    use_effect_with(props.step, {
        let heading = heading.clone();
        move |_| {
            if arrived.replace(true)
                && let Some(element) = heading.cast::<Element>()
            {
                dom::focus(&element);
            }
        }
    });
    use_effect_with(props.wrong, |wrong| {
        if *wrong {
            dom::focus_first("[aria-invalid=true]");
        }
    });
    let count = match props.step {
        Step::Review => "After the five steps".to_owned(),
        step => format!("Step {} of 5", step.number()),
    };
    html! {
        <header>
            <p class="label">{ count }</p>
            <h2 ref={heading} tabindex="-1">{ title(props.step) }</h2>
        </header>
    }
}

/// On and back.
fn buttons(step: Step, busy: bool) -> Html {
    let on = match (step, busy) {
        (Step::Review, true) => {
            html! { <button class="button wax" aria-disabled="true">{ "Making the key…" }</button> }
        }
        (Step::Review, false) => html! { <button class="button wax">{ "Make the key" }</button> },
        _ => html! { <button class="button primary">{ "Continue" }</button> },
    };
    html! {
        <p class="actions">
            { on }
            if let Some(back) = step.back() {
                <Link to={Route::NewKey} query={format!("step={}", back.number())}>{ "Back" }</Link>
            } else {
                <Link to={Route::Keys}>{ "Leave" }</Link>
            }
        </p>
    }
}
