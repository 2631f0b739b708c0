//! The passphrase of the vault itself: put on, taken off, asked for.

use waxseal_api::vault::Task;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{
    passphrase::{self, Entered, new_passphrase, passphrase, show},
    restore::Restore,
};
use crate::{
    bridge::{Errand, Readiness, use_errand, use_service},
    components::{Page, dom},
    failure::FailureNote,
};

/// After how many minutes without use the vault may lock itself.
const MINUTES: [u32; 3] = [5, 15, 60];
const STRETCHING: &str = "Stretching the passphrase, which takes a second or two.";

/// Whether there is a lock, and what can be done about it.
#[component]
pub(super) fn Lock() -> Html {
    let readiness = use_service().readiness;
    let Readiness::Ready(world) = &readiness else { return Html::default() };
    match world.lock {
        Some(minutes) => html! { <Locked {minutes} /> },
        None => unlocked(),
    }
}

/// Offers the lock, with what it costs.
fn unlocked() -> Html {
    html! {<>
        <p class="reading">{ "Without a lock, whoever uses this browser profile uses your keys. With one, a passphrase is asked for whenever \
            the vault is opened, in every tab, and nothing on the disk opens the keys without it. If you forget it, the keys are lost, \
            unless you have a backup." }</p>
        <details class="disclosure">
            <summary>{ "Lock this vault with a passphrase" }</summary>
            <NewLock />
        </details>
    </>}
}

#[derive(Properties, PartialEq)]
struct NewLockProps {
    /// The minutes of the lock that is on, when that is to be changed.
    #[prop_or_default]
    changes: Option<u32>,
}

/// Asks for a new passphrase; where there is one already, for that too.
#[component]
fn NewLock(props: &NewLockProps) -> Html {
    let changes = props.changes;
    let entered = use_state_eq(Entered::default);
    let (old, changed) = (use_state_eq(String::new), use_state_eq(|| false));
    let minutes = use_state_eq(|| changes.unwrap_or(MINUTES[1]));
    let action = use_errand(Callback::from({
        let (entered, old, changed) = (entered.setter(), old.setter(), changed.setter());
        move |_| {
            entered.set(Entered::default());
            old.set(String::new());
            changed.set(true);
        }
    }));
    let [id, again] = match changes {
        Some(_) => ["new-passphrase", "new-passphrase-again"],
        None => ["lock-passphrase", "lock-passphrase-again"],
    };
    let onsubmit = {
        let (entered, run, minutes) = (entered.clone(), action.run.clone(), *minutes);
        let (old, changed) = ((*old).clone(), changed.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            changed.set(false);
            if entered.problems().iter().any(Option::is_some) {
                entered.set(Entered { tried: true, ..(*entered).clone() });
                dom::focus_first(&format!("#{id}"));
                return;
            }
            let (task, secret) = match changes {
                Some(_) => (Task::Change { minutes }, format!("{old}\n{}", entered.first)),
                None => (Task::Protect { minutes }, entered.first.clone()),
            };
            run.emit(Errand { secret: Some(passphrase::bytes(&secret)), ..task.into() });
        })
    };
    let (enter, enter_old) = (entered.setter(), old.setter());
    let (label, words) = match changes {
        Some(_) => ("New passphrase", "Change the lock"),
        None => ("Passphrase", "Put the lock on"),
    };
    let told = if action.busy() {
        STRETCHING
    } else if *changed {
        "The lock is changed."
    } else {
        ""
    };
    html! {
        <form class="stacked" {onsubmit} novalidate=true>
            if changes.is_some() {
                { passphrase("old-passphrase", "Old passphrase", &old, entered.shown, Callback::from(move |text| enter_old.set(text))) }
                <p class="soft small">{ "To change only the time, enter the same passphrase as the new one." }</p>
            }
            { new_passphrase([id, again], label, &entered, &Callback::from(move |new| enter.set(new))) }
            { choice(*minutes, minutes.setter()) }
            <p class="actions"><button class="button primary" aria-disabled={action.busy().then_some("true")}>{ words }</button></p>
            <p role="status" class="pending">{ told }</p>
            if let Some(failure) = action.failure() { <FailureNote {failure} /> }
        </form>
    }
}

fn choice(minutes: u32, choose: UseStateSetter<u32>) -> Html {
    let onchange = move |event: Event| {
        let chosen =
            event.target_dyn_into::<HtmlSelectElement>().and_then(|select| select.value().parse().ok());
        choose.set(chosen.unwrap_or(MINUTES[1]));
    };
    html! {
        <div class="field">
            <label for="lock-minutes">{ "Lock by itself after" }</label>
            <select id="lock-minutes" {onchange}>
                { for MINUTES.map(|each| html! {
                    <option value={each.to_string()} selected={each == minutes}>{ format!("{each} minutes without use") }</option>
                }) }
            </select>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LockedProps {
    minutes: u32,
}

/// Locks now, changes the lock, or takes it off.
#[component]
fn Locked(props: &LockedProps) -> Html {
    let lock = use_errand(Callback::noop());
    let onclick = lock.run.reform(|_| Task::Lock.into());
    html! {<>
        <p class="reading">{ format!("The passphrase is asked for whenever the vault is opened, and after {} minutes without use. If you forget \
            it, the keys are lost, unless you have a backup.", props.minutes) }</p>
        <p class="actions"><button type="button" class="button" {onclick}>{ "Lock now" }</button></p>
        <details class="disclosure">
            <summary>{ "Change the passphrase or the time" }</summary>
            <NewLock changes={props.minutes} />
        </details>
        <details class="disclosure">
            <summary>{ "Take the lock off" }</summary>
            <Ask task={Task::Unprotect} words="Take the lock off" />
        </details>
    </>}
}

/// The page that stands in the place of every page that needs the vault while it is locked.
#[component]
pub(crate) fn Unlock() -> Html {
    html! {
        <Page title="The vault is locked" class="backup">
            <p class="lead">{ "Your keys are here, under your passphrase." }</p>
            <Ask task={Task::Unlock} words="Unlock" />
            <details class="disclosure">
                <summary>{ "The passphrase is forgotten: restore a backup" }</summary>
                <div class="aspect-body"><Restore /></div>
            </details>
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct AskProps {
    /// What is done with the passphrase.
    task: Task,
    words: &'static str,
}

/// Asks for the passphrase of the vault.
#[component]
fn Ask(props: &AskProps) -> Html {
    let (typed, shown) = (use_state_eq(String::new), use_state_eq(|| false));
    let action = use_errand(Callback::noop());
    let onsubmit = {
        let (run, typed, task) = (action.run.clone(), typed.clone(), props.task.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let secret = Some(passphrase::bytes(&typed));
            run.emit(Errand { secret, ..task.clone().into() });
        })
    };
    let (enter, reveal) = (typed.setter(), shown.setter());
    html! {
        <form class="stacked" {onsubmit} novalidate=true>
            { passphrase("vault-passphrase", "Passphrase", &typed, *shown, Callback::from(move |text| enter.set(text))) }
            <div class="actions">
                <button class="button primary" aria-disabled={action.busy().then_some("true")}>{ props.words }</button>
                { show(*shown, &Callback::from(move |shown| reveal.set(shown))) }
            </div>
            <p role="status" class="pending">{ if action.busy() { STRETCHING } else { "" } }</p>
            if let Some(failure) = action.failure() { <FailureNote {failure} /> }
        </form>
    }
}
