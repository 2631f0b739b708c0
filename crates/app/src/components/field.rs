//! A text field with its words: label, hint, and what is wrong with what was entered.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// A labelled text field; hint and problem are read out with it.
#[derive(Clone, Default)]
pub(crate) struct TextField {
    /// Names the field in the document; unique on its page.
    pub(crate) id: &'static str,
    pub(crate) label: AttrValue,
    pub(crate) value: AttrValue,
    pub(crate) oninput: Callback<String>,
    /// Helps before anything is entered.
    pub(crate) hint: AttrValue,
    /// What is wrong, in words.
    pub(crate) problem: Option<AttrValue>,
    /// What stands before the text and belongs to it, as `alias/`.
    pub(crate) prefix: AttrValue,
    /// Whether several lines make sense.
    pub(crate) multiline: bool,
    /// For bytes, ids and names: no spelling, no capitals.
    pub(crate) exact: bool,
    /// Whether dots stand for what is typed.
    pub(crate) hidden: bool,
    /// What a password manager may do with it; nothing where this is empty.
    pub(crate) autocomplete: &'static str,
}

impl TextField {
    /// Draws it.
    pub(crate) fn draw(&self) -> Html {
        let hint_id = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        let problem_id = self.problem.as_ref().map(|_| format!("{}-problem", self.id));
        html! {
            <div class="field">
                <label for={self.id}>{ &self.label }</label>
                if let Some(id) = &hint_id {
                    <p class="hint" id={id.clone()}>{ &self.hint }</p>
                }
                <div class={classes!("entry", self.exact.then_some("entry-exact"))}>
                    if !self.prefix.is_empty() {
                        <span class="entry-prefix" aria-hidden="true">{ &self.prefix }</span>
                    }
                    { control(self, described_by(&[hint_id.as_deref(), problem_id.as_deref()])) }
                </div>
                <p class="wrong" id={problem_id} aria-live="polite">{ self.problem.clone().unwrap_or_default() }</p>
            </div>
        }
    }
}

fn described_by(ids: &[Option<&str>]) -> Option<AttrValue> {
    let ids: Vec<&str> = ids.iter().copied().flatten().collect();
    (!ids.is_empty()).then(|| AttrValue::from(ids.join(" ")))
}

fn control(field: &TextField, described: Option<AttrValue>) -> Html {
    let invalid = field.problem.is_some().then_some("true");
    let (autocapitalize, spellcheck) = if field.exact { ("none", "false") } else { ("sentences", "true") };
    if field.multiline {
        let oninput = field.oninput.reform(|event: InputEvent| {
            event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
        });
        return html! {
            <textarea id={field.id} value={field.value.clone()} {oninput} {spellcheck}
                aria-invalid={invalid} aria-describedby={described} />
        };
    }
    let oninput = field.oninput.reform(|event: InputEvent| {
        event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
    });
    let autocomplete = if field.autocomplete.is_empty() { "off" } else { field.autocomplete };
    html! {
        <input type={if field.hidden { "password" } else { "text" }} id={field.id} value={field.value.clone()} {oninput} {spellcheck}
            {autocapitalize} {autocomplete} aria-invalid={invalid} aria-describedby={described} />
    }
}
