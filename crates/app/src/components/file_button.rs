//! The browser's own way to choose a file, dressed as a button.

use web_sys::{FileList, HtmlInputElement};
use yew::prelude::*;

/// What can be chosen.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Accepts {
    /// A file.
    One,
    /// Files.
    Several,
    /// A folder, with all that is in it.
    Folder,
}

/// A button that asks for files.
pub(crate) fn file_button(
    words: AttrValue,
    class: &'static str,
    accepts: Accepts,
    chosen: Callback<Option<FileList>>,
) -> Html {
    let onchange = move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            chosen.emit(input.files());
            // The same file may be chosen again after it has changed.
            input.set_value("");
        }
    };
    html! {
        <label class={classes!("button", "choose", class)}>
            <input type="file" class="heard" multiple={accepts != Accepts::One}
                webkitdirectory={accepts == Accepts::Folder} {onchange} onkeydown={open} />
            { words }
        </label>
    }
}

/// A button opens with Enter, so this does too.
fn open(event: KeyboardEvent) {
    if event.key() == "Enter"
        && let Some(input) = event.target_dyn_into::<HtmlInputElement>()
    {
        event.prevent_default();
        input.click();
    }
}
