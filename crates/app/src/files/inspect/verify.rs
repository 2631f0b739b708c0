//! Verifying a message with its key, without writing what is in it.

use std::rc::Rc;

use waxseal_api::{
    inspection::Inspection,
    job::{CommitmentPolicy, DecryptOptions, Job, JobReport},
    trace::Step,
};
use web_sys::File;
use yew::prelude::*;

use super::{
    run::{End, Run, use_run},
    text,
};
use crate::{
    bytes::Sources,
    failure::{FailureNote, is_cancelled},
    files::work::work,
    flow::{Flow, Story},
};

#[derive(Properties, PartialEq)]
pub(crate) struct VerifyProps {
    /// The message.
    pub(crate) file: File,
    /// What it says.
    pub(crate) found: Rc<Inspection>,
}

/// The button, the progress, and what came of it.
#[component]
pub(crate) fn Verify(props: &VerifyProps) -> Html {
    let VerifyProps { file, found } = props;
    let (run, start, order) = use_run();
    let begin = start.reform({
        let file = file.clone();
        // Nothing comes out, so there is nothing to be led astray by: what does not commit to its key is said beside.
        let commitment_policy = CommitmentPolicy::RequireEncryptAllowDecrypt;
        let options = DecryptOptions { commitment_policy, ..DecryptOptions::default() };
        move |()| (file.clone(), Job::Verify(options.clone()))
    });
    match &*run {
        Run::Going(pace, gait) => work(text::VERIFYING.to_owned(), pace, *gait, &order),
        Run::Idle => button(&begin),
        Run::Ended(end) => html! {<>
            { ended(end, found, &begin) }
            if end.result.is_ok() { { story(end, file) } } else { { button(&begin) } }
        </>},
    }
}

fn button(begin: &Callback<()>) -> Html {
    html! {
        <div class="actions">
            <button type="button" class="button primary" onclick={begin.reform(|_| ())}>{ text::VERIFY }</button>
            <span class="small soft">{ text::VERIFY_HINT }</span>
        </div>
    }
}

fn ended(end: &End, found: &Inspection, begin: &Callback<()>) -> Html {
    match &end.result {
        Ok(_) => {
            let suite = found.suite.as_ref();
            let signed = suite.is_some_and(|suite| suite.signature.is_some());
            html! {
                <div role="status">
                    <p><strong>{ text::verified(frames(&end.report), signed, end.report.output_length) }</strong></p>
                    if suite.is_some_and(|suite| !suite.key_commitment) { <p>{ text::NOT_COMMITTED }</p> }
                </div>
            }
        }
        Err(failure) if is_cancelled(failure) => html! { <p role="status">{ text::CANCELLED }</p> },
        Err(failure) => html! { <FailureNote failure={failure.clone()} retry={begin.clone()} /> },
    }
}

/// How many frames have verified.
fn frames(report: &JobReport) -> u32 {
    let frames = report.trace.steps.iter().find_map(|step| match step {
        Step::FramesDecrypted { frames, .. } => Some(*frames),
        _ => None,
    });
    frames.unwrap_or_default()
}

fn story(end: &End, file: &File) -> Html {
    let sources = Sources { input: Some(file.clone().into()), ..Sources::default() };
    html! {
        <details class="disclosure">
            <summary>{ text::STORY }</summary>
            <Flow story={Rc::new(Story::new(&end.report.trace, None, &end.report.contents))} {sources} />
        </details>
    }
}
