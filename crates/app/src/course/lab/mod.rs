//! A lab: a task that is done in a sandbox of its own, in the lesson's page, and judged by what has come of it.

mod checklist;
mod desk;
mod helped;
mod hints;
mod play;
#[cfg(test)]
mod sample;
mod standing;

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::sandbox::PREFIX;
use waxseal_study::{Index, Lab, LabText, sandbox_of_lab, words::Word};
use yew::prelude::*;

use self::{
    checklist::goals,
    desk::Desk,
    helped::{Help, Helped, use_helped},
    hints::Hints,
};
use super::{
    step::commands,
    words::{rich, say},
};
use crate::{
    bridge::{KmsProvider, use_service},
    workbench::worlds,
};

/// What a lab has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabOutcome {
    /// It was solved.
    Solved {
        /// So many hints were taken.
        hints: usize,
        /// A solution was looked at before.
        shown: bool,
    },
    /// A solution was looked at before it was solved.
    Shown,
}

#[derive(Properties, PartialEq)]
pub(crate) struct LabProps {
    pub(crate) lab: Rc<Lab>,
    /// In HTML.
    pub(crate) words: Rc<LabText>,
    /// Told once for each attempt that is solved, and when its solution is looked at.
    pub(crate) done: Callback<LabOutcome>,
}

/// Whether a lab is being done.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    /// It is not; its sandbox may be there.
    Closed,
    /// It is; counts the times.
    Open(u32),
    /// Its sandbox is being thrown away.
    Clearing,
}

thread_local! {
    /// Puts away the lab that is being done on this page: each has a worker, and one is enough.
    static OPEN: RefCell<Option<Callback<()>>> = const { RefCell::new(None) };
}

/// The task, the place to do it in, what is to be reached, and help.
#[component]
pub(crate) fn LabPart(props: &LabProps) -> Html {
    let LabProps { lab, words, done } = props;
    let help = use_helped(&lab.id);
    let (stage, begin, again) = use_stage(lab, &help);
    let noticed = help.now.counted && matches!(stage, Stage::Open(_));
    html! {
        <div class="lab">
            { rich(&words.task) }
            if !lab.prepare.trim().is_empty() {
                <details><summary>{ say(Word::LabPrepared) }</summary>{ commands(&lab.prepare) }</details>
            }
            { match stage {
                Stage::Open(time) => html! { <Sandbox key={time} lab={lab.clone()} words={words.clone()} help={help.clone()} done={done.clone()} {again} /> },
                Stage::Clearing => html! { <p class="pending" role="status">{ say(Word::LabClearing) }</p> },
                Stage::Closed => html! {<>
                    { begin }
                    if help.now.counted { <p class="soft">{ say(Word::LabSolvedBefore) }</p> }
                    { goals(words, None) }
                </> },
            } }
            <Hints lab={lab.clone()} words={words.clone()} {help} done={done.clone()} {noticed} />
        </div>
    }
}

/// Whether the lab is being done, what begins it, and what throws its sandbox away and begins it anew.
#[hook]
fn use_stage(lab: &Rc<Lab>, help: &Help) -> (Stage, Html, Callback<()>) {
    let (stage, there, times) =
        (use_state_eq(|| Stage::Closed), use_state_eq(|| false), use_mut_ref(|| 0_u32));
    use_effect_with(lab.sandbox(), {
        let there = there.setter();
        move |name| {
            let name = name.clone();
            spawn_local(async move { there.set(worlds::all().await.contains(&name)) });
        }
    });
    let open = {
        let stage = stage.setter();
        Callback::from(move |()| {
            *times.borrow_mut() += 1;
            stage.set(Stage::Open(*times.borrow()));
        })
    };
    let close = {
        let (stage, there) = (stage.setter(), there.setter());
        Callback::from(move |()| {
            there.set(true);
            stage.set(Stage::Closed);
        })
    };
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(close_other) = OPEN.replace(Some(close.clone())) {
                close_other.emit(());
            }
            open.emit(());
        })
    };
    let again = {
        let (stage, name, help) = (stage.setter(), lab.sandbox(), help.clone());
        Callback::from(move |()| {
            let (open, name, help) = (open.clone(), name.clone(), help.clone());
            stage.set(Stage::Clearing);
            spawn_local(async move {
                // What cannot be deleted goes on as it was.
                let _ = worlds::throw_away(&name).await;
                // After one that was solved comes another attempt.
                if help.now.counted {
                    help.set.emit(Helped::default());
                }
                open.emit(());
            });
        })
    };
    (*stage, begin(*there, onclick), again)
}

fn begin(there: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <p class="actions">
            <button type="button" class="button primary" {onclick}>{ if there { say(Word::LabGoOn) } else { say(Word::LabBegin) } }</button>
        </p>
    }
}

/// Erases what the labs of the course have left in this browser: their sandboxes, and what help was taken in them. A sandbox
/// that only has a name like theirs stays.
///
/// # Errors
/// The browser does not delete one of them.
pub(crate) async fn forget(course: &Index) -> Result<(), JsValue> {
    for lab in course.labs() {
        helped::forget(&lab.id);
        worlds::throw_away(&sandbox_of_lab(&lab.id)).await?;
    }
    Ok(())
}

#[derive(Properties, PartialEq)]
struct SandboxProps {
    lab: Rc<Lab>,
    words: Rc<LabText>,
    help: Help,
    done: Callback<LabOutcome>,
    again: Callback<()>,
}

/// The lab's own sandbox, with a worker of its own.
#[component]
fn Sandbox(props: &SandboxProps) -> Html {
    let starter = use_service().bridge.starter();
    let world = format!("{PREFIX}{}", props.lab.sandbox());
    let SandboxProps { lab, words, help, done, again } = props;
    html! {
        <KmsProvider {starter} {world}>
            <Desk lab={lab.clone()} words={words.clone()} help={help.clone()} done={done.clone()} again={again.clone()} />
        </KmsProvider>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use waxseal_study::Verdict;

    use crate::{
        components::html_text,
        course::said::brackets::{assert_said, bracketed, in_brackets},
        engine::drawn,
    };

    #[test]
    fn all_that_a_lab_says_is_in_a_catalogue() {
        let words = Rc::new(bracketed(&sample::words()));
        assert_said(&in_brackets(|| {
            let (lab, words) = (Rc::new(sample::lab()), words.clone());
            drawn(html! { <LabPart {lab} {words} done={Callback::noop()} /> })
        }));
        for (goals, mistake, counted) in [
            (vec![true, false], Some(0), true),
            (vec![true, true], Some(0), false),
            (vec![true, true], None, true),
        ] {
            let now = Verdict { goals: goals.clone(), mistake };
            let before = Verdict { goals: goals.iter().map(|it| !it).collect(), mistake: None };
            let standing = standing::Standing { now: Some(now), before: Some(before) };
            let judged = || html_text(checklist::judged(&sample::lab(), &words, &standing, counted));
            assert_said(&in_brackets(judged));
        }
    }

    #[test]
    fn before_it_begins_a_lab_says_what_is_to_be_done_and_gives_nothing_away() {
        let (lab, words) = (Rc::new(sample::lab()), Rc::new(sample::words()));
        let html = drawn(html! { <LabPart {lab} {words} done={Callback::noop()} /> });
        for part in [
            "Do it.",
            "aws kms <span class=\"option\">create-key</span>",
            say(Word::LabBegin),
            say(Word::LabGoals),
            "Another",
            say(Word::LabHint),
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        for part in
            ["create-alias", "A nudge.", "Both lead to one key.", say(Word::LabHolds), "id=\"command\""]
        {
            assert!(!html.contains(part), "{part} in {html}");
        }
    }
}
