//! The lab that is being written, kept by the browser as it is written.

use std::rc::Rc;

use waxseal_study::author::Draft;
use yew::prelude::*;

use crate::components::dom;

/// The draft, and how to take back what was done to it with a button.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Pad {
    pub(super) draft: Rc<Draft>,
    /// What it was before something was replaced, and where on the page that was; none once something else was written.
    pub(super) before: Option<(Part, Rc<Draft>)>,
}

/// A part of the page, by the ID of its heading.
pub(super) type Part = &'static str;

/// What is done to it.
pub(super) enum Edit {
    /// Something is written.
    Write(Box<dyn FnOnce(&mut Draft)>),
    /// Something is put in the place of something else, which can be taken back there.
    Replace(Part, Box<dyn FnOnce(&mut Draft)>),
    /// It is taken back.
    TakeBack,
}

impl Reducible for Pad {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let changed = |change: Box<dyn FnOnce(&mut Draft)>| {
            let mut draft = (*self.draft).clone();
            change(&mut draft);
            Rc::new(draft)
        };
        Rc::new(match edit {
            Edit::Write(change) => Self { draft: changed(change), before: None },
            Edit::Replace(part, change) => {
                Self { draft: changed(change), before: Some((part, self.draft.clone())) }
            }
            Edit::TakeBack => {
                let before = self.before.as_ref().map(|(_, draft)| draft);
                Self { draft: before.unwrap_or(&self.draft).clone(), before: None }
            }
        })
    }
}

/// The draft of a sandbox, and whether the browser keeps it.
#[hook]
pub(super) fn use_pad(sandbox: &AttrValue) -> (UseReducerHandle<Pad>, bool) {
    let pad = use_reducer_eq(|| Pad { draft: Rc::new(kept(sandbox).unwrap_or_default()), before: None });
    let keeps = use_state_eq(|| true);
    use_effect_with((sandbox.clone(), pad.draft.clone()), {
        let keeps = keeps.setter();
        move |(sandbox, draft)| keeps.set(keep(sandbox, draft))
    });
    (pad, *keeps)
}

fn name(sandbox: &str) -> String {
    format!("waxseal-draft-{sandbox}")
}

fn kept(sandbox: &str) -> Option<Draft> {
    Draft::kept(&dom::storage()?.get_item(&name(sandbox)).ok()??)
}

/// Keeps a draft, if there is anything in it; says whether that was possible.
fn keep(sandbox: &str, draft: &Draft) -> bool {
    let keep = || {
        let (storage, name) = (dom::storage()?, name(sandbox));
        if *draft == Draft::default() {
            // What a later version has kept is left as it is until something is written.
            return kept(sandbox).map_or(Some(()), |_| storage.remove_item(&name).ok());
        }
        storage.set_item(&name, &serde_json::to_string(draft).ok()?).ok()
    };
    keep().is_some()
}

/// Forgets the draft of a sandbox that is thrown away.
pub(crate) fn forget(sandbox: &str) {
    keep(sandbox, &Draft::default());
}

/// Takes the draft along when a sandbox gets another name.
pub(crate) fn rename(from: &str, to: &str) {
    if let Some(draft) = kept(from)
        && keep(to, &draft)
    {
        forget(from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_replaced_can_be_taken_back_until_something_is_written() {
        let write = |text: &'static str| Edit::Write(Box::new(move |draft| draft.solution = text.to_owned()));
        let clear = || Edit::Replace("part", Box::new(|draft| draft.solution.clear()));
        let pad = Rc::new(Pad::default()).reduce(write("a")).reduce(clear());
        assert_eq!((&*pad.draft.solution, pad.before.is_some()), ("", true));
        let back = pad.clone().reduce(Edit::TakeBack);
        assert_eq!((&*back.draft.solution, back.before.is_some()), ("a", false));
        let on = pad.reduce(write("b")).reduce(Edit::TakeBack);
        assert_eq!((&*on.draft.solution, on.before.is_some()), ("b", false));
    }
}
