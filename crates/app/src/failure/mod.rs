//! Every failure, shown in one way: what happened, what to do next, and its code in small print.

mod text;

use waxseal_api::{Failure, LocalErrorCode};
use yew::prelude::*;

pub(crate) use text::{Explanation, Remedy, explain};

use crate::{
    bridge::{Service, use_service},
    components::{Link, dom},
    route::Route,
    sandbox,
};

#[derive(Properties, PartialEq)]
pub(crate) struct FailureNoteProps {
    /// What went wrong.
    pub(crate) failure: Failure,
    /// Does again what has failed, where that makes sense.
    #[prop_or_default]
    pub(crate) retry: Option<Callback<()>>,
}

/// A failure, announced as soon as it appears.
#[component]
pub(crate) fn FailureNote(props: &FailureNoteProps) -> Html {
    let service = use_service();
    let Explanation { headline, what, next, remedy } = explain(&props.failure);
    html! {
        <section class="failure" role="alert">
            <p class="failure-headline"><strong>{ headline }</strong></p>
            <p>{ what }</p>
            <p>{ next }</p>
            { way(remedy, props.retry.clone(), service) }
            <p class="failure-code">{ "Code: " }<code>{ props.failure.name() }</code></p>
        </section>
    }
}

/// The link or button that leads on.
fn way(remedy: Remedy, retry: Option<Callback<()>>, service: Service) -> Html {
    match remedy {
        Remedy::Go(to, query, words) => {
            // A sandbox's keys are in its console, and what was saved of it is opened beside its terminal.
            let (to, query) = match service.bridge.sandbox() {
                Some(name) => {
                    let to = if to == Route::Backup { Route::Workbench } else { Route::Console };
                    (to, sandbox::query(name).into())
                }
                None => (to, query),
            };
            html! { <p><Link class="button" {to} {query}>{ words }</Link></p> }
        }
        Remedy::Reload => button("Load this page again", Callback::from(|()| dom::reload())),
        Remedy::Restart => button("Start the worker again", Callback::from(move |()| service.restart())),
        Remedy::Again => match retry {
            Some(retry) => button("Try again", retry),
            None => button("Ask again", Callback::from(move |()| service.refresh())),
        },
        Remedy::Nothing => Html::default(),
    }
}

fn button(words: &'static str, act: Callback<()>) -> Html {
    html! { <p><button type="button" class="button" onclick={act.reform(|_| ())}>{ words }</button></p> }
}

/// Whether a failure is only that someone cancelled.
pub(crate) fn is_cancelled(failure: &Failure) -> bool {
    matches!(failure, Failure::Local(error) if error.code == LocalErrorCode::Cancelled)
}

#[cfg(test)]
mod tests {
    use waxseal_api::{ApiError, ErrorCode};

    use super::*;
    use crate::engine::drawn;

    #[test]
    fn a_failure_says_what_happened_and_leads_on() {
        let arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        let failure =
            Failure::from(ApiError::new(ErrorCode::DisabledException, format!("{arn} is disabled.")));
        let html = drawn(html! { <FailureNote {failure} /> });
        for part in ["role=\"alert\"", arn, "?id=1234abcd-12ab-34cd-56ef-1234567890ab", "DisabledException"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }
}
