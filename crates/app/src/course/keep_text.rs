//! The words around what is kept of the course.

use waxseal_study::progress::{Contents, ImportError};

use crate::words::counted;

pub(super) const UNKEPT: &str = "What you do in the course is not kept.";
pub(super) const NO_INDEX: &str =
    "The list of what the course has could not be loaded. Load this page again.";
pub(super) const TITLE: &str = "What you have done";
pub(super) const HINT: &str = "It is kept in this browser and nowhere else. Nobody is told. A copy is a small file that you can read, and take to \
    another browser.";
pub(super) const NOTHING: &str = "Nothing is kept yet.";
pub(super) const SAVE: &str = "Save a copy";
pub(super) const BRING_IN: &str = "Bring in a copy";
pub(super) const BROUGHT_IN: &str = "The copy is here now.";
pub(super) const ERASE: &str = "Erase what you have done";
pub(super) const ERASING: &str = "Erasing…";
pub(super) const ERASED: &str = "All of it is erased.";
pub(super) const LAB_STAYS: &str = "What you have done is erased, but the browser does not let go of the sandbox of a lab. Close the other tabs of this \
    site, then erase once more.";
pub(super) const REPLACE_HINT: &str =
    "What is kept here is replaced, not added to. Save a copy of it first if you may want it back.";
pub(super) const ERASE_HINT: &str = "Everything that you have done in the course is forgotten: steps, labs, answers, exams and the date \
    of yours. The sandboxes of the labs are thrown away, with what you have made in them. Your own sandboxes, keys and files stay.";

/// Why the browser keeps nothing, by the name of its reason.
pub(super) fn refused(name: Option<&str>) -> String {
    match name {
        Some("QuotaExceededError") => {
            "There is no room left in this browser’s storage. Make some room, then load this page again."
                .to_owned()
        }
        name => format!(
            "This browser does not let the page store anything ({}). Allow it to keep data for this site, then load the page again.",
            name.unwrap_or("no IndexedDB")
        ),
    }
}

/// Why what is kept cannot be read. It stays as it is.
pub(super) fn unreadable(error: &ImportError) -> String {
    match error {
        ImportError::Newer(_) => {
            "A newer version of this page has kept it. Load this page again to get that version; nothing is lost.".to_owned()
        }
        _ => "What this browser has kept is damaged. On the map of lessons you can put a copy in its place, or erase it and begin anew.".to_owned(),
    }
}

/// What there is, in words.
pub(super) fn said(contents: &Contents) -> String {
    let Contents { steps, labs, questions, exams, .. } = *contents;
    let parts = [
        counted(steps as u64, "step", "steps"),
        counted(labs as u64, "lab", "labs"),
        counted(questions as u64, "question", "questions"),
        counted(exams as u64, "mock exam", "mock exams"),
    ];
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_says_what_to_do() {
        let reasons = [
            (refused(Some("QuotaExceededError")), "Make some room"),
            (refused(Some("SecurityError")), "(SecurityError). Allow it"),
            (refused(None), "(no IndexedDB). Allow it"),
            (unreadable(&ImportError::Newer(2)), "Load this page again"),
            (unreadable(&ImportError::NotProgress), "put a copy in its place"),
        ];
        for (text, what) in reasons {
            assert!(text.contains(what), "{what} in {text}");
        }
    }
}
