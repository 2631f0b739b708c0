//! What is done again: for each objective a question, another one than last time where there is one.

use std::collections::BTreeSet;

use crate::{
    Aim, Entry, Index, Part,
    progress::{Need, Progress},
};

/// Something to be done again.
#[derive(Debug, Clone, PartialEq)]
pub struct Task<'a> {
    /// The objective.
    pub aim: &'a Aim,
    /// The lesson that has it.
    pub lesson: &'a Entry,
    /// The question that is asked.
    pub question: &'a Part,
}

/// What is asked for a number of needs, in their order, at most so many: of each objective the question that was asked longest
/// ago, or never. No question comes twice; an objective that an earlier question is about, too, is done with it.
pub fn round<'a>(needs: &[Need<'_>], most: usize, progress: &Progress, index: &'a Index) -> Vec<Task<'a>> {
    let mut tasks = Vec::<Task<'a>>::new();
    let mut done = BTreeSet::<&str>::new();
    for need in needs {
        let Some((lesson, aim)) = index.objective(need.objective) else { continue };
        if tasks.len() == most || done.contains(&*aim.id) {
            continue;
        }
        let asked = |part: &&Part| progress.questions.get(&part.id).map(|it| it.at);
        let Some(question) = index.questions(&aim.id).min_by_key(asked) else { continue };
        done.extend(question.objectives.iter().map(String::as_str));
        tasks.push(Task { aim, lesson, question });
    }
    tasks
}

#[cfg(test)]
mod tests {
    use waxseal_api::Timestamp;

    use super::*;
    use crate::progress::Deed;

    /// A lesson of three objectives with two, one and two questions; the last of these is about two objectives.
    fn index() -> Index {
        let aim = |id: &str| Aim { id: id.into(), text: String::new(), skills: vec![] };
        let part = |id: &str, about: &[&str]| Part {
            id: id.into(),
            title: String::new(),
            objectives: about.iter().map(|it| (*it).to_owned()).collect(),
        };
        let questions = [
            ("a1", &["1.1"][..]),
            ("a2", &["1.1"]),
            ("b", &["1.2"]),
            ("c1", &["1.3"]),
            ("c2", &["1.3", "1.1"]),
        ];
        Index {
            lessons: vec![Entry {
                language: None,
                number: 1,
                slug: "l".into(),
                minutes: 10,
                title: String::new(),
                objectives: ["1.1", "1.2", "1.3"].map(aim).to_vec(),
                steps: vec![],
                labs: vec![],
                questions: questions.map(|(id, about)| part(id, about)).to_vec(),
            }],
        }
    }

    fn at(day: i64) -> Timestamp {
        Timestamp::from_millis(1_790_000_000_000).plus_days(day)
    }

    fn answered(questions: &[&str], index: &Index) -> Progress {
        let mut progress = Progress::default();
        for (day, question) in questions.iter().enumerate() {
            let deed = Deed::Question { question: (*question).to_owned(), right: false };
            progress.record(&deed, at(day as i64), index);
        }
        progress
    }

    fn asked<'a>(progress: &Progress, most: usize, index: &'a Index) -> Vec<&'a str> {
        round(&progress.needs(at(40), index), most, progress, index)
            .into_iter()
            .map(|it| &*it.question.id)
            .collect()
    }

    #[test]
    fn another_question_is_asked_than_last_time() {
        let index = index();
        for (before, now) in [(&["a1"][..], "a2"), (&["a1", "a2"], "c2"), (&["c2", "a1", "a2", "c1"], "c2")] {
            let progress = answered(before, &index);
            let needs: Vec<_> =
                progress.needs(at(40), &index).into_iter().filter(|it| it.objective == "1.1").collect();
            assert_eq!(round(&needs, 9, &progress, &index)[0].question.id, now, "{before:?}");
        }
        let only = answered(&["b"], &index);
        assert_eq!(asked(&only, 9, &index), ["b"], "there is no other one");
    }

    #[test]
    fn no_question_is_asked_twice_and_none_for_what_an_earlier_one_is_about() {
        let index = index();
        let progress = answered(&["a1", "a2", "c1"], &index);
        assert_eq!(asked(&progress, 9, &index), ["c2"], "it is about both");
        let progress = answered(&["c2", "b"], &index);
        assert_eq!(asked(&progress, 9, &index).len(), 3);
        assert_eq!(asked(&progress, 2, &index).len(), 2);
    }

    #[test]
    fn what_the_course_no_longer_has_is_not_asked() {
        let index = index();
        let gone = Need { objective: "9.9", due: at(0), recall: Some(0.1) };
        assert!(round(&[gone], 9, &Progress::default(), &index).is_empty());
    }
}
