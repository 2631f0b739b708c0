//! What help was taken in an attempt at a lab, kept as long as the attempt lasts.

use yew::prelude::*;

use crate::components::dom;

/// What help was taken, and whether the attempt has come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Helped {
    /// So many hints were taken.
    pub(crate) hints: usize,
    /// A solution was looked at.
    pub(crate) shown: bool,
    /// It was solved, and that was told.
    pub(crate) counted: bool,
}

impl Helped {
    fn written(self) -> String {
        format!("{}{}{}", self.hints, u8::from(self.shown), u8::from(self.counted))
    }

    /// Reads what [`Helped::written`] has written; nothing of anything else.
    fn read(text: &str) -> Option<Self> {
        let &[hints @ b'0'..=b'9', shown @ b'0'..=b'1', counted @ b'0'..=b'1'] = text.as_bytes() else {
            return None;
        };
        Some(Self { hints: usize::from(hints - b'0'), shown: shown == b'1', counted: counted == b'1' })
    }
}

/// The help, and how more of it is noted.
#[derive(Clone, PartialEq)]
pub(crate) struct Help {
    pub(crate) now: Helped,
    pub(crate) set: Callback<Helped>,
}

/// Where the browser keeps the help that was taken in a lab.
fn place(lab: &str) -> String {
    format!("waxseal-lab-{lab}")
}

/// Forgets the help that was taken in a lab.
pub(super) fn forget(lab: &str) {
    if let Some(storage) = dom::storage() {
        // A browser that keeps nothing has forgotten it.
        let _ = storage.remove_item(&place(lab));
    }
}

/// The help that was taken in a lab so far. Where the browser keeps nothing it lasts as long as the page.
#[hook]
pub(crate) fn use_helped(lab: &str) -> Help {
    let (now, key) = (use_state_eq(Helped::default), place(lab));
    use_effect_with(key.clone(), {
        let now = now.setter();
        move |key| {
            let kept = dom::storage().and_then(|storage| storage.get_item(key).ok().flatten());
            now.set(kept.as_deref().and_then(Helped::read).unwrap_or_default());
        }
    });
    let set = {
        let now = now.setter();
        Callback::from(move |helped: Helped| {
            now.set(helped);
            if let Some(storage) = dom::storage() {
                // A browser that keeps nothing only forgets it earlier.
                let _ = storage.set_item(&key, &helped.written());
            }
        })
    };
    Help { now: *now, set }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_read_as_it_was_written() {
        for hints in 0..=3 {
            for (shown, counted) in [(false, false), (true, false), (false, true), (true, true)] {
                let helped = Helped { hints, shown, counted };
                assert_eq!(Helped::read(&helped.written()), Some(helped));
            }
        }
        for text in ["", "1", "120", "x00", "0000", "é0"] {
            assert_eq!(Helped::read(text), None, "{text}");
        }
    }
}
