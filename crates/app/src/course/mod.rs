//! The course: a page that can be read comes alive. What is marked `data-alive` in it is drawn anew in its place: a step that
//! is tried, a lab, a question.

mod data;
mod deeds;
mod engine;
mod exam;
mod folded;
mod guide;
mod keep;
mod keep_text;
mod lab;
mod loaded;
mod map;
mod paper;
mod parts;
mod progress;
mod question;
mod review;
pub(crate) mod said;
mod step;
mod store;
mod words;

use waxseal_study::progress::Deed;
use web_sys::Element;
use yew::prelude::*;
use yew_router::BrowserRouter;

pub(crate) use self::step::lines;
use self::{
    data::Lessons,
    engine::Engine,
    exam::Exam,
    guide::GuidePart,
    keep::ProgressFile,
    lab::LabPart,
    map::{Mark, Plan},
    parts::{Part, use_drawn, use_found},
    progress::{ProgressProvider, use_record},
    question::Ask,
    review::Review,
    step::StepPart,
};
use crate::{components::dom, site, theme::ThemeSwitch};

/// Where the app begins in a page of the course.
pub(crate) fn place() -> Option<Element> {
    dom::document()?.get_element_by_id("alive")
}

/// The application.
#[component]
pub(crate) fn Course() -> Html {
    let basename = use_memo((), |()| AttrValue::from(site::root_path()));
    html! {
        <BrowserRouter basename={(*basename).clone()}>
            <Engine><ProgressProvider><Alive /></ProgressProvider></Engine>
        </BrowserRouter>
    }
}

/// Draws the parts of the page in their places.
#[component]
fn Alive() -> Html {
    let (found, record) = (use_found(), use_record());
    let here = found.clone().and_then(Result::ok);
    let drawn = use_drawn(here.clone());
    let all = use_memo((here, record), |(here, record)| -> Vec<Html> {
        let found = here.iter().flat_map(|found| found.parts.iter().map(|part| (&found.lessons, part)));
        found.map(|(lessons, part)| draw(lessons, part, record)).collect()
    });
    // Each stays at its place in the list, which is how it is known again.
    let now = all.iter().enumerate().map(|(at, it)| if at < drawn { it.clone() } else { Html::default() });
    match found {
        Some(Err(_)) => {
            html! { <p class="page course" role="alert">{ said::unloaded() }</p> }
        }
        _ => html! {<>{ for now }</>},
    }
}

fn draw(lessons: &Lessons, part: &Part, record: &Callback<Deed>) -> Html {
    let Part { host, kind, id } = part;
    let drawn = match kind.as_str() {
        "colours" => html! { <ThemeSwitch /> },
        "guide" => html! { <GuidePart id={id.clone()} /> },
        "keep" => html! { <ProgressFile /> },
        "mark" => html! { <Mark slug={id.clone()} /> },
        "plan" => html! { <Plan /> },
        "step" => lessons.step(id).map_or_else(Html::default, |(step, words)| {
            html! { <StepPart {step} {words} done={deeds::step(record, lessons, id)} /> }
        }),
        "question" => lessons.question(id).map_or_else(Html::default, |(question, words)| {
            html! { <Ask {question} {words} answered={deeds::question(record, id)} /> }
        }),
        "lab" => lessons.lab(id).map_or_else(Html::default, |(lab, words)| {
            html! { <LabPart {lab} {words} done={deeds::lab(record, id)} /> }
        }),
        "exam" => html! { <Exam /> },
        "review" => html! { <Review /> },
        _ => Html::default(),
    };
    create_portal(drawn, host.clone())
}
