//! One calm line for whoever has something that no backup has.

use waxseal_api::vault::{LastBackup, Outcome, Task};
use yew::prelude::*;

use crate::{bridge::use_query, components::Link, route::Route};

/// Says when something has changed since the last backup. Only where there are keys.
#[component]
pub(crate) fn Reminder() -> Html {
    let last = use_query((), |kms, ()| async move { Ok(kms.0.run(Task::LastBackup.into()).await?.0) });
    let words = match last.ready() {
        Some(Outcome::LastBackup(last)) => told(*last),
        _ => "",
    };
    if words.is_empty() {
        return Html::default();
    }
    html! { <p class="soft small">{ words }{ " " }<Link to={Route::Backup}>{ "Keep your keys safe" }</Link></p> }
}

/// What there is to say, if anything.
fn told(last: LastBackup) -> &'static str {
    match last.made {
        None => "There is no backup of your keys yet.",
        Some(_) if last.behind => "Something has changed since your last backup.",
        Some(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_backup_has_is_worth_a_line() {
        let made = Some(Default::default());
        assert_eq!(told(LastBackup { made: None, behind: true }), "There is no backup of your keys yet.");
        assert_eq!(told(LastBackup { made, behind: false }), "");
        assert_eq!(told(LastBackup { made, behind: true }), "Something has changed since your last backup.");
    }
}
