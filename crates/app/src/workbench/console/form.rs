//! One form for every operation: its fields, the JSON and the command that they stand for, and what came of it.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use waxseal_api::{
    Blob,
    sandbox::{Field, Kind, Terminal},
};
use web_sys::{FileList, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::sheet::{Desk, Edit, Sheet};
use crate::{
    bridge::use_service,
    components::{Accepts, dom::focus_first, file_button},
    workbench::{
        sent::{Sent, send},
        text,
    },
};

/// About how many characters a line of a field has.
const WIDE: usize = 44;
/// The longest file that a field takes, in bytes.
const LONGEST: f64 = 65_536.0;

#[derive(Properties, PartialEq)]
pub(super) struct RequestProps {
    pub(super) desk: UseReducerHandle<Desk>,
    /// Whose files can be chosen.
    pub(super) terminal: Rc<Terminal>,
}

/// The form that is open.
#[component]
pub(super) fn RequestForm(props: &RequestProps) -> Html {
    let (bridge, sent) = (use_service().bridge, use_state_eq(|| Sent::Nothing));
    let Some(sheet) = &props.desk.0 else { return Html::default() };
    let dispatch = props.desk.dispatcher();
    let onsubmit = {
        let (sent, line, amiss) = (sent.clone(), sheet.command.clone(), sheet.amiss());
        move |event: SubmitEvent| {
            event.prevent_default();
            if amiss {
                focus_first(".console-form [aria-invalid]");
            } else {
                send(&sent, &bridge, line.clone(), None);
            }
        }
    };
    let fields = sheet.draft.form.fields.iter().enumerate();
    html! {
        <form class="console-form" {onsubmit} novalidate=true>
            <div class="console-fields">
                <p>{ &sheet.draft.form.words }</p>
                { for fields.map(|(at, it)| field(sheet, at, it, &dispatch, &props.terminal)) }
            </div>
            <div class="console-side">
                { both(sheet, &dispatch) }
                <p class="actions"><button class="button primary">{ text::SEND }</button></p>
                <div role="status">{ sent.draw() }</div>
            </div>
        </form>
    }
}

/// The request as JSON and as a command, each to be changed.
fn both(sheet: &Sheet, dispatch: &UseReducerDispatcher<Desk>) -> Html {
    let (json, command) = (dispatch.clone(), dispatch.clone());
    html! {
        <>
            <div class="field">
                <label for="request-command">{ text::AS_COMMAND }</label>
                <p class="hint" id="request-command-hint">{ text::AS_COMMAND_HINT }</p>
                { area("request-command", &sheet.command, "request-command-hint", false, move |text| command.dispatch(Edit::Command(text))) }
            </div>
            <div class="field">
                <label for="request-json">{ text::AS_JSON }</label>
                <p class="hint" id="request-json-hint">{ text::AS_JSON_HINT }</p>
                { area("request-json", &sheet.json, "request-json-hint", sheet.wrong_json(), move |text| json.dispatch(Edit::Json(text))) }
            </div>
            <div role="alert">
                if let Some(complaint) = &sheet.complaint {
                    <p>{ text::STAYS }</p>
                    <p class="wrong">{ complaint }</p>
                }
            </div>
        </>
    }
}

/// A field of the form, with what belongs to it.
fn field(
    sheet: &Sheet,
    at: usize,
    field: &Field,
    dispatch: &UseReducerDispatcher<Desk>,
    terminal: &Terminal,
) -> Html {
    let (id, problem) = (format!("field-{}", field.name), sheet.draft.problem(at));
    let (hint, wrong) = (format!("{id}-hint"), format!("{id}-wrong"));
    let change = {
        let dispatch = dispatch.clone();
        Callback::from(move |text| dispatch.dispatch(Edit::Field(at, text)))
    };
    let described = if problem.is_some() { format!("{hint} {wrong}") } else { hint.clone() };
    let need = if field.required { " (required)" } else { "" };
    let text = &*sheet.draft.texts[at];
    let words = match &field.kind {
        Kind::Json(example) => format!("{} As JSON: {example}", field.words),
        Kind::Blob => format!("{} {}", field.words, text::BLOB_HINT),
        Kind::Texts => format!("{} {}", field.words, text::TEXTS_HINT),
        Kind::File(_) => format!("{} {}", field.words, text::FILE_HINT),
        _ => field.words.clone(),
    };
    if let Kind::Choices(choices) = &field.kind {
        return html! {
            <fieldset class="console-choices">
                <legend>{ &field.name }{ need }</legend>
                <p class="hint">{ words }</p>
                <div>{ for choices.iter().map(|choice| check(choice, text, &change)) }</div>
            </fieldset>
        };
    }
    html! {
        <div class="field">
            <label for={id.clone()}>{ &field.name }{ need }</label>
            <p class="hint" id={hint}>{ words }</p>
            { control(&field.kind, id, text, described, problem.is_some(), change, terminal) }
            <p class="wrong" id={wrong} aria-live="polite">{ problem }</p>
        </div>
    }
}

fn control(
    kind: &Kind,
    id: String,
    value: &str,
    described: String,
    wrong: bool,
    change: Callback<String>,
    terminal: &Terminal,
) -> Html {
    let switch = ["true".to_owned(), "false".to_owned()];
    match kind {
        Kind::Choice(choices) => select(id, value, described, choices, change),
        Kind::Switch => select(id, value, described, &switch, change),
        Kind::File(before) => {
            let files: Vec<String> =
                terminal.files.iter().map(|file| format!("{before}{}", file.name)).collect();
            select(id, value, described, &files, change)
        }
        Kind::LongText | Kind::Texts | Kind::Json(_) | Kind::Choices(_) => {
            area(id, value, described, wrong, move |text| change.emit(text))
        }
        Kind::Blob => html! {<>
            { area(id, value, described, wrong, { let change = change.clone(); move |text| change.emit(text) }) }
            { file_button(text::FROM_FILE.into(), "small", Accepts::One, taken(change)) }
        </>},
        Kind::Text | Kind::Number => {
            let oninput = move |event: InputEvent| {
                if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                    change.emit(input.value());
                }
            };
            html! {
                <div class="entry entry-exact">
                    <input type="text" {id} value={value.to_owned()} {oninput} spellcheck="false" autocapitalize="none" autocomplete="off"
                        aria-describedby={described} aria-invalid={wrong.then_some("true")} />
                </div>
            }
        }
    }
}

fn area(
    id: impl Into<AttrValue>,
    value: &str,
    described: impl Into<AttrValue>,
    wrong: bool,
    change: impl Fn(String) + 'static,
) -> Html {
    let oninput = move |event: InputEvent| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            change(area.value());
        }
    };
    let rows = value.lines().map(|line| line.len() / WIDE + 1).sum::<usize>().clamp(2, 16).to_string();
    html! {
        <textarea id={id.into()} value={value.to_owned()} {rows} {oninput} spellcheck="false" autocapitalize="none" autocomplete="off"
            aria-describedby={described.into()} aria-invalid={wrong.then_some("true")} />
    }
}

fn select(id: String, value: &str, described: String, choices: &[String], change: Callback<String>) -> Html {
    let onchange = move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            change.emit(select.value());
        }
    };
    // In a menu in which somebody has chosen a browser listens only to what is new.
    let option = |choice: &String| html! { <option key={format!("{} {choice}", choice == value)} value={choice.clone()} selected={choice == value}>{ choice }</option> };
    let other = !value.is_empty() && choices.iter().all(|choice| choice != value);
    html! {
        <select {id} {onchange} aria-describedby={described}>
            <option key={value.is_empty().to_string()} value="" selected={value.is_empty()}>{ text::NOT_GIVEN }</option>
            if other { <option value={value.to_owned()} selected=true>{ value.to_owned() }</option> }
            { for choices.iter().map(option) }
        </select>
    }
}

/// One of several that can be chosen; the text has those that are, a line each.
fn check(choice: &str, text: &str, change: &Callback<String>) -> Html {
    let checked = text.lines().any(|line| line == choice);
    let onchange = {
        let (change, choice) = (change.clone(), choice.to_owned());
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.retain(|line| *line != choice);
        if !checked {
            lines.push(choice);
        }
        let lines = lines.join("\n");
        move |_| change.emit(lines.clone())
    };
    html! { <label class="check"><input type="checkbox" {checked} {onchange} /><span>{ choice.to_owned() }</span></label> }
}

/// Puts a file's bytes into a field, as base64.
fn taken(change: Callback<String>) -> Callback<Option<FileList>> {
    Callback::from(move |files: Option<FileList>| {
        let Some(file) = files.and_then(|files| files.get(0)).filter(|file| file.size() <= LONGEST) else {
            return;
        };
        let change = change.clone();
        spawn_local(async move {
            if let Ok(buffer) = JsFuture::from(file.array_buffer()).await {
                let bytes = Blob::from(Uint8Array::new(&buffer).to_vec());
                let text = serde_json::to_value(bytes).ok();
                change.emit(text.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default());
            }
        });
    })
}
