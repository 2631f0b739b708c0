//! The fields of a draft, as data.

use std::rc::Rc;

use waxseal_study::author::Draft;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::pad::{Edit, Pad};

/// About how many characters a line of a field has.
const WIDE: usize = 60;

/// A field.
pub(super) struct Blank {
    /// Names it in the document, with its number.
    pub(super) name: &'static str,
    /// With `#` where its number is read.
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    /// What kind of text it has.
    pub(super) kind: Kind,
    /// Where that is in a draft; of several, in the one of this number.
    pub(super) text: fn(&mut Draft, usize) -> Option<&mut String>,
}

/// What kind of text a field has.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A line of words.
    Line,
    /// A line of something exact.
    Exact,
    /// Sentences.
    Words,
    /// Lines of a script.
    Script,
}

impl Blank {
    /// Draws it, with what is said of its text.
    pub(super) fn draw(&self, pad: &UseReducerHandle<Pad>, at: usize, told: Html) -> Html {
        let id = format!("{}-{at}", self.name);
        let (hint, note) = (format!("{id}-hint"), format!("{id}-told"));
        let described = format!("{hint} {note}");
        html! {
            <div class="field">
                <label for={id.clone()}>{ self.label.replace('#', &(at + 1).to_string()) }</label>
                <p class="hint" id={hint}>{ self.hint }</p>
                { self.control(pad, at, id, described) }
                <div id={note}>{ told }</div>
            </div>
        }
    }

    fn control(&self, pad: &UseReducerHandle<Pad>, at: usize, id: String, described: String) -> Html {
        let value = (self.text)(&mut (*pad.draft).clone(), at).cloned().unwrap_or_default();
        let (text, pad) = (self.text, pad.dispatcher());
        let write = Rc::new(move |value: String| {
            pad.dispatch(Edit::Write(Box::new(move |draft| {
                text(draft, at).into_iter().for_each(|it| it.clone_from(&value));
            })));
        });
        let exact = matches!(self.kind, Kind::Exact | Kind::Script);
        let (spellcheck, autocapitalize) = if exact { ("false", "none") } else { ("true", "sentences") };
        if matches!(self.kind, Kind::Line | Kind::Exact) {
            let oninput = move |event: InputEvent| {
                event.target_dyn_into::<HtmlInputElement>().into_iter().for_each(|it| write(it.value()));
            };
            return html! {
                <div class={classes!("entry", exact.then_some("entry-exact"))}>
                    <input type="text" {id} {value} {oninput} {spellcheck} {autocapitalize} autocomplete="off" aria-describedby={described} />
                </div>
            };
        }
        let oninput = move |event: InputEvent| {
            event.target_dyn_into::<HtmlTextAreaElement>().into_iter().for_each(|it| write(it.value()));
        };
        let rows = value.lines().map(|line| line.len() / WIDE + 1).sum::<usize>().clamp(2, 16).to_string();
        let class = (self.kind == Kind::Script).then_some("lab-script");
        html! { <textarea {class} {id} {value} {rows} {oninput} {spellcheck} {autocapitalize} aria-describedby={described} /> }
    }
}
