//! What is taken down of what was done in a page.

use waxseal_study::progress::Deed;
use yew::Callback;

use super::{data::Lessons, lab::LabOutcome};

/// Of a step of the page's lesson, by whether what was expected turned out right.
pub(super) fn step(record: &Callback<Deed>, lessons: &Lessons, id: &str) -> Callback<Option<bool>> {
    let lesson = lessons.0.first().map(|it| it.lesson.slug.clone()).unwrap_or_default();
    let step = id.to_owned();
    record.reform(move |predicted| Deed::Step { lesson: lesson.clone(), step: step.clone(), predicted })
}

/// Of a question, by whether it was answered right.
pub(super) fn question(record: &Callback<Deed>, id: &str) -> Callback<bool> {
    let question = id.to_owned();
    record.reform(move |right| Deed::Question { question: question.clone(), right })
}

/// Of a lab.
pub(super) fn lab(record: &Callback<Deed>, id: &str) -> Callback<LabOutcome> {
    let (record, id) = (record.clone(), id.to_owned());
    Callback::from(move |outcome| {
        if let Some(deed) = of_lab(&id, outcome) {
            record.emit(deed);
        }
    })
}

/// A lab that is solved after its solution was looked at was taken down when it was looked at.
fn of_lab(id: &str, outcome: LabOutcome) -> Option<Deed> {
    let (hints, shown) = match outcome {
        LabOutcome::Shown => (0, true),
        LabOutcome::Solved { hints, shown: false } => (u8::try_from(hints).unwrap_or(u8::MAX), false),
        LabOutcome::Solved { shown: true, .. } => return None,
    };
    Some(Deed::Lab { lab: id.to_owned(), hints, shown })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lab_counts_once() {
        let deed = |hints, shown| Some(Deed::Lab { lab: "a".to_owned(), hints, shown });
        assert_eq!(of_lab("a", LabOutcome::Solved { hints: 2, shown: false }), deed(2, false));
        assert_eq!(of_lab("a", LabOutcome::Shown), deed(0, true));
        assert_eq!(of_lab("a", LabOutcome::Solved { hints: 2, shown: true }), None);
    }
}
