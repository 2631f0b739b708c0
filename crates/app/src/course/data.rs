//! What lessons consist of, as the site has it.

use std::rc::Rc;

use futures_util::future::join;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use waxseal_study::{Guide, Index, Lab, LabText, Question, QuestionText, Ready, Step, StepText};
use web_sys::Response;

use super::said;
use crate::{components::dom, site};

/// The lessons that a page is about.
#[derive(Debug, PartialEq)]
pub(crate) struct Lessons(pub(crate) Vec<Ready>);

impl Lessons {
    /// A step with its words.
    pub(crate) fn step(&self, id: &str) -> Option<(Rc<Step>, Rc<StepText>)> {
        let found = |it: &Ready| pair(it.lesson.steps.iter().find(|it| it.id == id), it.text.steps.get(id));
        self.0.iter().find_map(found)
    }

    /// A lab with its words.
    pub(crate) fn lab(&self, id: &str) -> Option<(Rc<Lab>, Rc<LabText>)> {
        let found = |it: &Ready| pair(it.lesson.labs.iter().find(|it| it.id == id), it.text.labs.get(id));
        self.0.iter().find_map(found)
    }

    /// A question with its words.
    pub(crate) fn question(&self, id: &str) -> Option<(Rc<Question>, Rc<QuestionText>)> {
        let found =
            |it: &Ready| pair(it.lesson.questions.iter().find(|it| it.id == id), it.text.questions.get(id));
        self.0.iter().find_map(found)
    }
}

fn pair<A: Clone, B: Clone>(what: Option<&A>, words: Option<&B>) -> Option<(Rc<A>, Rc<B>)> {
    Some((Rc::new(what?.clone()), Rc::new(words?.clone())))
}

/// Loads lessons by their names in addresses.
///
/// # Errors
/// One of them cannot be loaded: the browser is offline, or the site has changed since.
pub(crate) async fn load(slugs: &[String]) -> Result<Lessons, JsValue> {
    let mut lessons = Vec::new();
    for slug in slugs {
        lessons.push(parsed(slug).await?);
    }
    Ok(Lessons(lessons))
}

/// Loads what the course has.
///
/// # Errors
/// As for [`load`].
pub(crate) async fn index() -> Result<Index, JsValue> {
    parsed("index").await
}

/// Loads a walk by its name in addresses.
///
/// # Errors
/// As for [`load`].
pub(crate) async fn guide(id: &str) -> Result<Guide, JsValue> {
    parsed(id).await
}

/// Loads what belongs to a page whose words are there then, too.
async fn parsed<T: DeserializeOwned>(name: &str) -> Result<T, JsValue> {
    let (parsed, said) = join(file(name), said::load()).await;
    said?;
    parsed
}

/// Loads a file of the lessons in the page's language.
pub(super) async fn file<T: DeserializeOwned>(name: &str) -> Result<T, JsValue> {
    let text = fetch(&format!("{}lessons/{}{name}.json", site::root_path(), said::below())).await?;
    serde_json::from_str(&text).map_err(|error| JsValue::from(error.to_string()))
}

async fn fetch(address: &str) -> Result<String, JsValue> {
    let window = dom::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(address)).await?.dyn_into()?;
    if !response.ok() {
        return Err(response.into());
    }
    JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)
}
