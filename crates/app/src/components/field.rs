//! A text field with its words: label, hint, and what is wrong with what was entered.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct TextFieldProps {
    /// Names the field in the document; unique on its page.
    pub(crate) id: &'static str,
    pub(crate) label: AttrValue,
    pub(crate) value: AttrValue,
    pub(crate) oninput: Callback<String>,
    /// Helps before anything is entered.
    #[prop_or_default]
    pub(crate) hint: AttrValue,
    /// What is wrong, in words.
    #[prop_or_default]
    pub(crate) problem: Option<AttrValue>,
    /// What stands before the text and belongs to it, as `alias/`.
    #[prop_or_default]
    pub(crate) prefix: AttrValue,
    /// Whether several lines make sense.
    #[prop_or_default]
    pub(crate) multiline: bool,
    /// For bytes, ids and names: no spelling, no capitals.
    #[prop_or_default]
    pub(crate) exact: bool,
    #[prop_or_default]
    pub(crate) field_ref: NodeRef,
}

/// A labelled text field; hint and problem are read out with it.
#[component]
pub(crate) fn TextField(props: &TextFieldProps) -> Html {
    let hint_id = (!props.hint.is_empty()).then(|| format!("{}-hint", props.id));
    let problem_id = props.problem.as_ref().map(|_| format!("{}-problem", props.id));
    html! {
        <div class="field">
            <label for={props.id}>{ &props.label }</label>
            if let Some(id) = &hint_id {
                <p class="hint" id={id.clone()}>{ &props.hint }</p>
            }
            <div class={classes!("entry", props.exact.then_some("entry-exact"))}>
                if !props.prefix.is_empty() {
                    <span class="entry-prefix" aria-hidden="true">{ &props.prefix }</span>
                }
                { control(props, described_by(&[hint_id.as_deref(), problem_id.as_deref()])) }
            </div>
            <p class="wrong" id={problem_id} aria-live="polite">{ props.problem.clone().unwrap_or_default() }</p>
        </div>
    }
}

fn described_by(ids: &[Option<&str>]) -> Option<AttrValue> {
    let ids: Vec<&str> = ids.iter().copied().flatten().collect();
    (!ids.is_empty()).then(|| AttrValue::from(ids.join(" ")))
}

fn control(props: &TextFieldProps, described: Option<AttrValue>) -> Html {
    let invalid = props.problem.is_some().then_some("true");
    let (autocapitalize, spellcheck) = if props.exact { ("none", "false") } else { ("sentences", "true") };
    let field_ref = props.field_ref.clone();
    if props.multiline {
        let oninput = props.oninput.reform(|event: InputEvent| {
            event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
        });
        return html! {
            <textarea id={props.id} ref={field_ref} value={props.value.clone()} {oninput} {spellcheck}
                aria-invalid={invalid} aria-describedby={described} />
        };
    }
    let oninput = props.oninput.reform(|event: InputEvent| {
        event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
    });
    html! {
        <input type="text" id={props.id} ref={field_ref} value={props.value.clone()} {oninput} {spellcheck}
            {autocapitalize} autocomplete="off" aria-invalid={invalid} aria-describedby={described} />
    }
}
