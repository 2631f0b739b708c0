//! The words around what is kept of the course.

use waxseal_study::{
    progress::{Contents, ImportError, VERSION},
    words::Word,
};

use super::words::{count, say, tell};

/// Why the browser keeps nothing, by the name of its reason.
pub(super) fn refused(name: Option<&str>) -> String {
    match name {
        Some("QuotaExceededError") => say(Word::KeepFull).to_owned(),
        name => tell(Word::KeepRefused, &[("reason", &name.unwrap_or("no IndexedDB"))]),
    }
}

/// Why what is kept cannot be read. It stays as it is.
pub(super) fn unreadable(error: &ImportError) -> String {
    let word = if matches!(error, ImportError::Newer(_)) { Word::KeepNewer } else { Word::KeepDamaged };
    say(word).to_owned()
}

/// Why a file is not brought in.
pub(super) fn unfit(error: &ImportError) -> String {
    match error {
        ImportError::NotProgress => say(Word::KeepFileOther).to_owned(),
        ImportError::Newer(version) => tell(Word::KeepFileNewer, &[("n", version), ("known", &VERSION)]),
        ImportError::Damaged(reason) => tell(Word::KeepFileDamaged, &[("reason", reason)]),
        ImportError::TooLong => say(Word::KeepFileLong).to_owned(),
    }
}

/// What there is, in words.
pub(super) fn said(contents: &Contents) -> String {
    let Contents { steps, labs, questions, exams, .. } = *contents;
    let parts = [
        count(steps, [Word::KeepStep, Word::KeepSteps]),
        count(labs, [Word::KeepLab, Word::KeepLabs]),
        count(questions, [Word::KeepQuestion, Word::KeepQuestions]),
        count(exams, [Word::KeepExam, Word::KeepExams]),
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
