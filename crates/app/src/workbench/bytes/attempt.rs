//! Trying the bytes as they are now: they become a file of the terminal, and a command takes it.

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{Failure, sandbox::Task};
use yew::prelude::*;

use super::{Looked, text};
use crate::{
    bridge::{Bridge, use_service},
    components::TextField,
    workbench::sent::{Sent, send},
};

#[derive(Properties, PartialEq)]
pub(super) struct AttemptProps {
    pub(super) looked: Looked,
}

/// The name of the file, the command, and what came of it.
#[component]
pub(super) fn Attempt(props: &AttemptProps) -> Html {
    let bridge = use_service().bridge;
    let Looked { sheet, kind, parts } = &props.looked;
    let opening = &sheet.opening;
    let (name, line) = (use_state_eq(|| opening.name.clone()), use_state_eq(|| None::<String>));
    let (sent, told) = (use_state_eq(|| Sent::Nothing), use_state_eq(|| ""));
    let suggested = text::command(*kind, &name, parts, &opening.context);
    let command = line.as_ref().unwrap_or(&suggested).clone();
    let file = name.trim().to_owned();
    let bad = file.is_empty() || file.contains(char::is_whitespace);
    let write = {
        let bytes = sheet.bytes.clone();
        move || Task::WriteFile { name: file.clone(), bytes: (&*bytes).into() }
    };
    let onsubmit = {
        let (bridge, sent, write, command) = (bridge.clone(), sent.clone(), write.clone(), command.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if !bad {
                send(&sent, &bridge, command.clone(), Some(write()));
            }
        }
    };
    let onclick = {
        let told = told.setter();
        move |_: MouseEvent| {
            if !bad {
                save(&bridge, &told, write());
            }
        }
    };
    let (rename, change, silent) = (name.setter(), line.setter(), told.setter());
    let renamed = Callback::from(move |text| {
        rename.set(text);
        silent.set("");
    });
    let name = TextField {
        problem: bad.then(|| text::NO_NAME.into()),
        ..entry("attempt-name", text::FILE_NAME, text::FILE_HINT, &name, renamed)
    };
    let changed = Callback::from(move |text| change.set(Some(text)));
    let line = TextField {
        multiline: true,
        ..entry("attempt-line", text::LINE, text::hint(*kind, parts), &command, changed)
    };
    html! {
        <form class="byte-attempt" {onsubmit} novalidate=true>
            <h3>{ text::TRY }</h3>
            <div class="byte-command">
            { name.draw() }
            { line.draw() }
            <p class="actions">
                <button class="button primary">{ text::TRY }</button>
                <button type="button" class="button" {onclick}>{ text::SAVE }</button>
                <span role="status">{ *told }</span>
            </p>
            </div>
            <div role="status">{ sent.draw() }</div>
        </form>
    }
}

fn entry(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    value: &str,
    oninput: Callback<String>,
) -> TextField {
    let (label, hint, value) = (label.into(), hint.into(), value.to_owned().into());
    TextField { id, label, hint, value, oninput, exact: true, ..TextField::default() }
}

/// Writes a file, and says whether it is kept.
fn save(bridge: &Bridge, told: &UseStateSetter<&'static str>, file: Task) {
    let (bridge, told) = (bridge.clone(), told.clone());
    spawn_local(async move {
        let kept: Result<(), Failure> = bridge.perform(file).await;
        told.set(if kept.is_ok() { text::SAVED } else { text::NOT_SAVED });
    });
}
