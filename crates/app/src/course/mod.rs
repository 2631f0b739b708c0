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
mod progress;
mod question;
mod review;
mod step;
mod store;
mod words;

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use waxseal_study::progress::Deed;
use web_sys::Element;
use yew::prelude::*;
use yew_router::BrowserRouter;

use self::{
    data::Lessons,
    engine::Engine,
    exam::Exam,
    guide::GuidePart,
    keep::ProgressFile,
    lab::LabPart,
    map::{Mark, Plan},
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

/// A part of the page that comes alive.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    host: Element,
    kind: String,
    /// Of what.
    id: String,
}

/// What the page is about, and its parts.
type Found = (Rc<Lessons>, Vec<Part>);

/// Draws every part in its place.
#[component]
fn Alive() -> Html {
    let found = use_state_eq(|| None::<Result<Found, JsValue>>);
    let record = use_record();
    use_effect_with((), {
        let found = found.setter();
        move |()| spawn_local(async move { found.set(Some(find().await)) })
    });
    match &*found {
        None => Html::default(),
        Some(Err(_)) => {
            html! { <p class="page course" role="alert">{ "What is done in this lesson could not be loaded. You can read all of it; to do it, load the page again." }</p> }
        }
        Some(Ok((lessons, parts))) => {
            html! {<>{ for parts.iter().map(|part| draw(lessons, part, &record)) }</>}
        }
    }
}

/// Finds the parts of the page and takes away what was there to be read, once what is drawn in its place has been loaded.
async fn find() -> Result<Found, JsValue> {
    let parts = parts();
    let lessons = data::load(&asked()).await?;
    paper::put_aside(parts.iter().map(|part| part.host.clone()));
    Ok((Rc::new(lessons), parts))
}

/// The lesson that the page is of, if it is of one.
fn asked() -> Vec<String> {
    let page = dom::document().and_then(|document| document.query_selector("[data-lesson]").ok().flatten());
    page.and_then(|page| page.get_attribute("data-lesson")).into_iter().collect()
}

fn parts() -> Vec<Part> {
    let Some(nodes) = dom::document().and_then(|it| it.query_selector_all("[data-alive]").ok()) else {
        return Vec::new();
    };
    let hosts = (0..nodes.length()).filter_map(|at| nodes.item(at)?.dyn_into::<Element>().ok());
    let value = |host: &Element, name| host.get_attribute(name).unwrap_or_default();
    hosts.map(|host| Part { kind: value(&host, "data-alive"), id: value(&host, "data-id"), host }).collect()
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
