//! Making a lab of a sandbox: from what was done in it to the part of a lesson's files.

mod blank;
mod checks;
mod emit;
mod judge;
mod pad;
mod rehearse;
pub(super) mod text;

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::sandbox::{Script, Task};
use waxseal_study::author::Draft;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

pub(super) use self::pad::{forget, rename};
use self::{
    checks::{goals, mistakes},
    emit::Emit,
    judge::use_judged,
    pad::{Edit, Pad, Part, use_pad},
    rehearse::Rehearse,
};
use super::known::Known;
use crate::{bridge::use_service, components::dom};

/// The first part of the page.
const BEGINS: Part = "lab-begins";

#[derive(Properties, PartialEq)]
pub(crate) struct MakeLabProps {
    /// The sandbox.
    pub(crate) name: AttrValue,
    pub(crate) known: Rc<Known>,
    /// Whether it is seen; otherwise nothing is asked for.
    pub(crate) shown: bool,
}

/// The lab in the making, from top to bottom.
#[component]
pub(crate) fn MakeLab(props: &MakeLabProps) -> Html {
    let (pad, keeps) = use_pad(&props.name);
    let judged = use_judged(&pad.draft, &props.known, props.shown);
    let script = use_script(&pad, props.shown);
    let none = Html::default;
    html! {<>
        <section class="bench-part" aria-labelledby={BEGINS}>
            <h2 id={BEGINS} tabindex="-1">{ text::BEGINS }</h2>
            <p class="soft reading">{ text::BEGINS_HINT }</p>
            <Cut pad={pad.clone()} {script} />
            { for text::SCRIPTS.iter().map(|it| it.draw(&pad, 0, none())) }
            if let Some(lost) = &judged.lost { <p class="wrong" role="status">{ lost }</p> }
            { text::ROUTE.draw(&pad, 0, none()) }
        </section>
        { goals(&pad, &judged) }
        { mistakes(&pad, &judged) }
        <section class="bench-part" aria-labelledby="lab-words">
            <h2 id="lab-words">{ text::WORDS }</h2>
            { for text::SAID.iter().map(|it| it.draw(&pad, 0, none())) }
            { for (0..3).map(|at| text::HINT.draw(&pad, at, none())) }
            { text::NOTICE.draw(&pad, 0, none()) }
        </section>
        <Rehearse draft={pad.draft.clone()} />
        <Emit draft={pad.draft.clone()} {keeps} />
    </>}
}

/// What was done, asked for anew when something has changed. A draft of which nothing is written begins with it.
#[hook]
fn use_script(pad: &UseReducerHandle<Pad>, shown: bool) -> Option<Rc<Script>> {
    let (service, script) = (use_service(), use_state_eq(|| None::<Rc<Script>>));
    use_effect_with((service.generation, shown), {
        let (script, pad) = (script.setter(), pad.clone());
        move |&(_, shown)| {
            if shown {
                spawn_local(async move {
                    let Ok(asked) = service.bridge.perform::<Script>(Task::Script).await else { return };
                    let asked = Rc::new(asked);
                    if *pad.draft == Draft::default() && !asked.lines.is_empty() {
                        pad.dispatch(Edit::Write(taken(&asked, 0)));
                    }
                    script.set(Some(asked));
                });
            }
        }
    });
    (*script).clone()
}

/// Puts lines into a draft: so many of them are done when it begins.
fn taken(script: &Rc<Script>, cut: usize) -> Box<dyn FnOnce(&mut Draft)> {
    let script = script.clone();
    Box::new(move |draft| {
        let (before, after) = script.lines.split_at(cut.min(script.lines.len()));
        (draft.prepare, draft.solution) = (before.join("\n"), after.join("\n"));
        draft.start = script.start.unwrap_or(draft.start);
    })
}

#[derive(Properties, PartialEq)]
struct CutProps {
    pad: UseReducerHandle<Pad>,
    script: Option<Rc<Script>>,
}

/// Which lines there are, after which of them the lab begins, and in what world.
#[component]
fn Cut(props: &CutProps) -> Html {
    let (pad, cut) = (&props.pad, use_state_eq(|| 0_usize));
    let Some(script) = &props.script else { return Html::default() };
    let take = {
        let (pad, script, cut) = (pad.dispatcher(), script.clone(), *cut);
        move |_: MouseEvent| pad.dispatch(Edit::Replace(BEGINS, taken(&script, cut)))
    };
    let after = script.lines.iter().enumerate().map(|(at, line)| (at + 1, text::cut(at + 1, line)));
    let all: Vec<(usize, String)> = [(0, text::CUT_FIRST.to_owned())].into_iter().chain(after).collect();
    let option = |(at, words): &(usize, String)| html! { <option value={at.to_string()} selected={*at == *cut}>{ words }</option> };
    let cutting = cut.setter();
    let onchange = chosen(move |value| cutting.set(value.parse().unwrap_or_default()));
    html! {<>
        if script.lines.is_empty() { <p>{ text::NO_LINES }</p> } else {
            if !script.whole { <p>{ text::OLD_LINES }</p> }
            <div class="field">
                <label for="lab-cut">{ text::CUT }</label>
                <select id="lab-cut" {onchange}>{ for all.iter().map(option) }</select>
            </div>
            <p class="actions">
                <button type="button" class="button" onclick={take}>{ text::take(script.lines.len()) }</button>
                { take_back(pad, BEGINS) }
            </p>
        }
        { world(pad) }
    </>}
}

/// Takes back what a button has replaced in a part of the page.
fn take_back(pad: &UseReducerHandle<Pad>, part: Part) -> Html {
    let there = pad.before.as_ref().is_some_and(|(it, _)| *it == part);
    let pad = pad.dispatcher();
    let onclick = move |_: MouseEvent| {
        pad.dispatch(Edit::TakeBack);
        go_to(format!("#{part}"));
    };
    html! { if there { <button type="button" class="button" {onclick}>{ text::TAKE_BACK }</button> } }
}

/// Moves the focus, once what is there was drawn.
fn go_to(selector: String) {
    Timeout::new(0, move || dom::focus_first(&selector)).forget();
}

fn world(pad: &UseReducerHandle<Pad>) -> Html {
    let start = pad.draft.start;
    let option = |(kind, name): &(_, &'static str)| html! { <option value={*name} selected={*kind == start}>{ super::text::start(*kind) }</option> };
    let pad = pad.dispatcher();
    let onchange = chosen(move |value| {
        if let Some((start, _)) = text::ALL.iter().find(|(_, name)| *name == value) {
            pad.dispatch(Edit::Write(Box::new(|draft| draft.start = *start)));
        }
    });
    html! {
        <div class="field">
            <label for="lab-start">{ text::STARTS }</label>
            <select id="lab-start" {onchange}>{ for text::ALL.iter().map(option) }</select>
        </div>
    }
}

fn chosen(choose: impl Fn(String) + 'static) -> Callback<Event> {
    Callback::from(move |event: Event| {
        event.target_dyn_into::<HtmlSelectElement>().into_iter().for_each(|select| choose(select.value()));
    })
}
