//! One calm line for whoever has keys that no backup has.

use waxseal_api::Timestamp;
use yew::prelude::*;

use crate::{
    components::{Link, dom},
    route::Route,
};

/// Where it is kept in `localStorage` when the last backup was made, in milliseconds.
const STORED: &str = "waxseal-backup";

/// Notes that a backup of this moment exists.
pub(super) fn remember(made: Timestamp) {
    if let Some(storage) = dom::storage() {
        // Where nothing can be noted, the line stays.
        let _ = storage.set_item(STORED, &made.as_millis().to_string());
    }
}

fn last() -> Option<i64> {
    dom::storage()?.get_item(STORED).ok()??.parse().ok()
}

#[derive(Properties, PartialEq)]
pub(crate) struct ReminderProps {
    /// When the newest key was made, in milliseconds; 0 where there is none.
    pub(crate) newest: i64,
}

/// Says when a key is newer than the last backup.
#[component]
pub(crate) fn Reminder(props: &ReminderProps) -> Html {
    let words = use_state_eq(|| "");
    use_effect_with(props.newest, {
        let words = words.setter();
        move |newest| words.set(told(*newest, last()))
    });
    if words.is_empty() {
        return Html::default();
    }
    html! { <p class="soft small">{ *words }{ " " }<Link to={Route::Backup}>{ "Keep your keys safe" }</Link></p> }
}

/// What there is to say, if anything.
fn told(newest: i64, backup: Option<i64>) -> &'static str {
    match backup {
        None if newest > 0 => "There is no backup of your keys yet.",
        Some(made) if newest > made => "Some of your keys are newer than your last backup.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_without_a_backup_are_worth_a_line() {
        assert_eq!(told(0, None), "");
        assert_eq!(told(5, None), "There is no backup of your keys yet.");
        assert_eq!(told(5, Some(6)), "");
        assert_eq!(told(7, Some(6)), "Some of your keys are newer than your last backup.");
    }
}
