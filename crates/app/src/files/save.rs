//! Saving many files at once, in a folder that the user chooses.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Blob;
use yew::prelude::*;

use super::text;
use crate::components::dom;

/// How far saving is.
#[derive(Debug, Clone, PartialEq)]
enum Saving {
    /// It was not asked for.
    Not,
    /// So many files are saved.
    At(usize),
    /// So many files are saved, and these could not be, each with the browser's reason.
    Over(usize, Vec<String>),
}

#[derive(Properties, PartialEq)]
pub(crate) struct SaveAllProps {
    /// The files, each with its path in the folder.
    pub(crate) files: Vec<(String, Blob)>,
}

/// A button that saves all, where the browser can be asked for a folder, and what came of it.
#[component]
pub(crate) fn SaveAll(props: &SaveAllProps) -> Html {
    let saving = use_state_eq(|| Saving::Not);
    let Some(ask) = picker() else { return Html::default() };
    let onclick = {
        let (saving, files) = (saving.clone(), props.files.clone());
        move |_| {
            if !matches!(*saving, Saving::At(_)) {
                spawn_local(save_all(ask.clone(), files.clone(), saving.setter()));
            }
        }
    };
    let busy = matches!(*saving, Saving::At(_)).then_some("true");
    html! {<>
        <button type="button" class="button primary" {onclick} aria-disabled={busy}>{ text::SAVE_ALL }</button>
        { words(&saving, props.files.len()) }
    </>}
}

fn words(saving: &Saving, of: usize) -> Html {
    let (words, wrong) = match saving {
        Saving::Not => (String::new(), &[][..]),
        Saving::At(count) => (text::saving(*count, of), &[][..]),
        Saving::Over(count, wrong) => (text::saved(*count), &wrong[..]),
    };
    html! {<>
        <p role="status">{ words }</p>
        { self::wrong(text::NOT_SAVED, wrong) }
    </>}
}

/// What went wrong with some of many, a line each; nothing where nothing did.
pub(crate) fn wrong(words: &'static str, lines: &[String]) -> Html {
    if lines.is_empty() {
        return Html::default();
    }
    html! {
        <div class="failure" role="alert">
            <p>{ words }</p>
            <ul class="plain">{ for lines.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
        </div>
    }
}

/// What asks for a folder.
fn picker() -> Option<Function> {
    let window = dom::window()?;
    Reflect::get(&window, &"showDirectoryPicker".into()).ok()?.dyn_into().ok()
}

async fn save_all(ask: Function, files: Vec<(String, Blob)>, saving: UseStateSetter<Saving>) {
    let Ok(folder) = chosen(&ask).await else { return };
    let (mut count, mut wrong) = (0, Vec::new());
    for (path, blob) in &files {
        saving.set(Saving::At(count));
        match save(&folder, path, blob).await {
            Ok(()) => count += 1,
            Err(error) => wrong.push(format!("{path}: {}", reason(&error))),
        }
    }
    saving.set(Saving::Over(count, wrong));
}

async fn chosen(ask: &Function) -> Result<JsValue, JsValue> {
    let options = options(&[("mode", &"readwrite".into())])?;
    JsFuture::from(ask.call1(&js_sys::global(), &options)?.unchecked_into::<Promise>()).await
}

/// Writes a file where its path says, under a name that is free there. What cannot be written whole is not there.
async fn save(folder: &JsValue, path: &str, blob: &Blob) -> Result<(), JsValue> {
    let mut folder = folder.clone();
    let mut parts: Vec<&str> = path.split('/').collect();
    let name = parts.pop().unwrap_or_default();
    let create = options(&[("create", &true.into())])?;
    for part in parts {
        folder = wait(&folder, "getDirectoryHandle", &[&part.into(), &create]).await?;
    }
    let mut tried = 1;
    let mut free = name.to_owned();
    while is_there(&folder, &free).await? {
        tried += 1;
        free = numbered(name, tried);
    }
    let file = wait(&folder, "getFileHandle", &[&free.into(), &create]).await?;
    let writable = wait(&file, "createWritable", &[]).await?;
    let written = wait(&blob.stream(), "pipeTo", &[&writable]).await;
    if written.is_err() {
        // What was made for it is empty; a browser that cannot remove it now leaves it so.
        let _ = wait(&file, "remove", &[]).await;
    }
    written.map(drop)
}

async fn is_there(folder: &JsValue, name: &str) -> Result<bool, JsValue> {
    match wait(folder, "getFileHandle", &[&name.into()]).await {
        Ok(_) => Ok(true),
        Err(error) => match error_name(&error).as_str() {
            "NotFoundError" => Ok(false),
            // A folder of this name.
            "TypeMismatchError" => Ok(true),
            _ => Err(error),
        },
    }
}

/// `may.txt`, 2 → `may (2).txt`
fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
        Some((stem, ending)) => format!("{stem} ({number}).{ending}"),
        None => format!("{name} ({number})"),
    }
}

/// Calls a method that takes its time.
async fn wait(of: &JsValue, method: &str, given: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(of, &method.into())?.dyn_into()?;
    let given: Array = given.iter().collect();
    JsFuture::from(Promise::resolve(&Reflect::apply(&method, of, &given)?)).await
}

fn options(members: &[(&str, &JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}

fn error_name(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

fn reason(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|text| text.as_string());
    message.unwrap_or_else(|| error_name(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_taken_get_a_number() {
        for (name, expected) in
            [("may.txt", "may (2).txt"), ("a.tar.gz", "a.tar (2).gz"), (".env", ".env (2)"), ("a", "a (2)")]
        {
            assert_eq!(numbered(name, 2), expected);
        }
    }
}
