//! Scheduling the key's deletion: the one thing here that cannot be undone for ever, so its name has to be typed.

use waxseal_api::types::KeyState;
use yew::prelude::*;

use super::{
    Acting,
    act::{Act, Part},
    aspect,
    told::Told,
};
use crate::{
    components::{TextField, day_in, dom},
    keys::KeyEntry,
};

/// The shortest and the longest waiting time in days.
const DAYS: std::ops::RangeInclusive<i64> = 7..=30;

/// The form, where the key is not waiting for its deletion already.
pub(crate) fn deletion(entry: &KeyEntry, acting: &Acting) -> Html {
    if !matches!(entry.metadata.key_state, KeyState::Enabled | KeyState::Disabled | KeyState::PendingImport) {
        return Html::default();
    }
    let instead = entry.metadata.key_state == KeyState::Enabled;
    aspect(
        "Deletion",
        "deletion",
        html! { <>
            <p class="reading">{ "A deleted key cannot be brought back, and every file encrypted under it is lost for ever, wherever it \
                lies. There is a waiting time in which you can change your mind." }{ if instead { " If in doubt, disable the key instead." } else { "" } }</p>
            <details class="disclosure">
                <summary>{ "Schedule the deletion of this key" }</summary>
                <Form name={confirmation(entry).to_owned()} acting={acting.clone()} />
            </details>
            <Told part={Part::Deletion} acting={acting.clone()} />
        </> },
    )
}

#[derive(Properties, PartialEq)]
struct FormProps {
    /// What has to be typed.
    name: AttrValue,
    acting: Acting,
}

#[component]
fn Form(props: &FormProps) -> Html {
    let (days, typed) = (use_state_eq(|| "30".to_owned()), use_state_eq(String::new));
    let tried = use_state_eq(|| false);
    let name = &props.name;
    let wrong_days = days_problem(&days);
    let wrong_name = (typed.trim() != name.as_str()).then(|| format!("Type “{name}” to confirm."));
    let onsubmit = {
        let (acting, tried, days) = (props.acting.clone(), tried.clone(), days.trim().parse().ok());
        let wrong = wrong_days.is_some() || wrong_name.is_some();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            if let (false, Some(days)) = (wrong, days) {
                acting.run(Act::ScheduleDeletion(days));
            } else {
                dom::focus_first("[aria-invalid=true]");
            }
        })
    };
    let shown = |problem: Option<String>| problem.filter(|_| *tried).map(AttrValue::from);
    let enter = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text| state.set(text))
    };
    html! {
        <form class="stacked" {onsubmit} novalidate=true>
            { TextField { id: "days", label: "Waiting time in days".into(), hint: "7 to 30.".into(), exact: true, value: (*days).clone().into(), oninput: enter(&days), problem: shown(wrong_days.clone()), ..TextField::default() }.draw() }
            <p aria-live="polite">{ until(&days, wrong_days.is_some()) }</p>
            { TextField { id: "confirm", label: format!("Type “{name}” to confirm").into(), exact: true, value: (*typed).clone().into(), oninput: enter(&typed), problem: shown(wrong_name), ..TextField::default() }.draw() }
            <p class="actions"><button class="button wax">{ "Schedule deletion" }</button></p>
        </form>
    }
}

/// What has to be typed: the key's first alias, or its key ID when it has none.
pub(super) fn confirmation(entry: &KeyEntry) -> &str {
    entry.alias().unwrap_or(&entry.metadata.key_id)
}

fn days_problem(entered: &str) -> Option<String> {
    let days = entered.trim().parse::<i64>().ok().filter(|days| DAYS.contains(days));
    days.is_none().then(|| "Enter a number of days from 7 to 30.".to_owned())
}

/// Until when the deletion could be cancelled.
fn until(entered: &str, wrong: bool) -> String {
    match entered.trim().parse() {
        Ok(days) if !wrong => {
            format!("You can cancel until {}. After that the key material is destroyed.", day_in(days))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_from_7_to_30() {
        for days in ["7", " 30 ", "12"] {
            assert_eq!(days_problem(days), None, "{days}");
        }
        for days in ["", "6", "31", "-7", "7.5", "seven"] {
            assert!(days_problem(days).is_some(), "{days}");
        }
    }
}
