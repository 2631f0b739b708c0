//! The line that is typed in: its keys, its history and its completion.

use waxseal_api::sandbox::Candidates;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use crate::workbench::text;

/// The most candidates that are told.
const TOLD: usize = 40;

/// Where the reader of the history is, and whether Tab leaves the line.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// How many lines back; 0 is the new one.
    back: usize,
    /// What was typed before the history was looked at.
    draft: String,
    /// After Escape, Tab leaves.
    leaving: bool,
}

/// What a key has led to, beside a change of the line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// Nothing more.
    Nothing,
    /// Something to say.
    Told(String),
    /// The word before the cursor is to be completed.
    Complete,
    /// The line is to run.
    Run,
    /// The line, or the one that runs, is given up.
    GiveUp,
    /// The screen is to be emptied.
    Clear,
}

impl Line {
    /// A key was pressed.
    pub(super) fn press(
        &mut self,
        event: &KeyboardEvent,
        area: &HtmlTextAreaElement,
        history: &dyn Fn() -> Vec<String>,
    ) -> Press {
        let leaving = std::mem::take(&mut self.leaving);
        let (value, at) = (area.value(), cursor(area));
        let control = event.ctrl_key() && !event.meta_key() && !event.alt_key();
        // While a word is put together by an input method, its keys are not ours.
        if event.is_composing() {
            return Press::Nothing;
        }
        match event.key().as_str() {
            "Escape" => {
                self.leaving = true;
                return Press::Told(text::LEAVING.to_owned());
            }
            "Tab" if leaving || event.shift_key() || value.is_empty() => return Press::Nothing,
            "Tab" => {
                event.prevent_default();
                return Press::Complete;
            }
            "Enter" if event.shift_key() => return Press::Nothing,
            "Enter" => {
                event.prevent_default();
                (self.back, self.draft) = (0, String::new());
                return Press::Run;
            }
            "ArrowUp" if !value[..at].contains('\n') => self.browse(event, area, &history(), 1),
            "ArrowDown" if !value[at..].contains('\n') => self.browse(event, area, &history(), -1),
            "c" if control && area.selection_start() == area.selection_end() => {
                event.prevent_default();
                return Press::GiveUp;
            }
            "l" if control => {
                event.prevent_default();
                return Press::Clear;
            }
            _ => {}
        }
        Press::Nothing
    }

    /// Goes back or forth in the history.
    fn browse(&mut self, event: &KeyboardEvent, area: &HtmlTextAreaElement, history: &[String], by: isize) {
        if self.back == 0 {
            self.draft = area.value();
        }
        let back = self.back.saturating_add_signed(by).min(history.len());
        if back != self.back {
            event.prevent_default();
            self.back = back;
            let shown = history.len().checked_sub(back).and_then(|at| history.get(at));
            set(area, shown.unwrap_or(&self.draft));
        }
    }
}

/// Puts in what all candidates have in common, and tells them; nothing if the line is another one by now.
pub(super) fn completed(
    area: &HtmlTextAreaElement,
    (value, at): (&str, usize),
    found: &Candidates,
) -> Option<String> {
    if (&*area.value(), cursor(area)) != (value, at) {
        return None;
    }
    let typed = &value[found.start..at];
    let common = common(&found.words);
    if common.len() > typed.len() {
        let whole = found.words.len() == 1 && !common.ends_with('/');
        let before = format!("{}{common}{}", &value[..found.start], if whole { " " } else { "" });
        set(area, &format!("{before}{}", &value[at..]));
        put_cursor(area, &before);
    }
    Some(match found.words.len() {
        0 => text::NOTHING.to_owned(),
        n if n > TOLD => format!("{} … and {} more", found.words[..TOLD].join("  "), n - TOLD),
        _ => found.words.join("  "),
    })
}

/// Takes the line out, cut where the cursor is.
pub(super) fn take(area: &HtmlTextAreaElement) -> (String, String) {
    let (value, at) = (area.value(), cursor(area));
    set(area, "");
    (value[..at].to_owned(), value[at..].to_owned())
}

/// Puts a line back that goes on below, around what was typed meanwhile.
pub(super) fn put_back(area: &HtmlTextAreaElement, (before, after): &(String, String)) {
    let (typed, rest) = take(area);
    let before = format!("{before}\n{typed}");
    set(area, &format!("{before}{rest}{after}"));
    put_cursor(area, &before);
}

fn put_cursor(area: &HtmlTextAreaElement, before: &str) {
    let end = before.encode_utf16().count() as u32;
    // It fails only for fields without text.
    let _ = area.set_selection_range(end, end);
}

/// What all words begin with.
fn common(words: &[String]) -> String {
    let Some((first, rest)) = words.split_first() else { return String::new() };
    let mut length = first.len();
    for word in rest {
        let same = first.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        length = length.min(same);
    }
    (0..=length).rev().find_map(|end| first.get(..end)).unwrap_or_default().to_owned()
}

/// Puts a text into the line, with the cursor behind it.
pub(super) fn set(area: &HtmlTextAreaElement, text: &str) {
    area.set_value(text);
    fit(area);
}

/// Makes the line as high as its text.
pub(super) fn fit(area: &HtmlTextAreaElement) {
    let style = web_sys::HtmlElement::style(area);
    // Only a property that is none fails. How high an empty line is need not be asked, for which the page would be laid out.
    let _ = style.set_property("height", "auto");
    if !area.value().is_empty() {
        let _ = style.set_property("height", &format!("{}px", area.scroll_height()));
    }
}

/// Where the cursor is, in bytes. The browser counts in units of UTF-16.
pub(super) fn cursor(area: &HtmlTextAreaElement) -> usize {
    let units = area.selection_end().ok().flatten().unwrap_or_default() as usize;
    bytes(&area.value(), units)
}

fn bytes(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left < c.len_utf16() {
            return at;
        }
        left -= c.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_words_have_in_common() {
        for (words, expect) in [
            (&[][..], ""),
            (&["alias/a"], "alias/a"),
            (&["--key-id", "--key-spec"], "--key-"),
            (&["é", "è"], ""),
            (&["a", "ab"], "a"),
        ] {
            assert_eq!(common(&words.iter().map(ToString::to_string).collect::<Vec<_>>()), expect);
        }
    }

    #[test]
    fn a_cursor_in_bytes() {
        for (units, expect) in [(0, 0), (1, 2), (3, 6), (4, 7), (99, 7)] {
            assert_eq!(bytes("é😀a", units), expect, "{units}");
        }
    }
}
