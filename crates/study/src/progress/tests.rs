mod files;
mod plans;

use std::{fs, path::Path, sync::LazyLock};

use super::*;
use crate::{Entry, Lesson, Part, Text};

static COURSE: LazyLock<Index> = LazyLock::new(|| {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/lessons");
    let mut folders: Vec<_> = fs::read_dir(lessons).unwrap().map(|it| it.unwrap().path()).collect();
    folders.retain(|it| it.is_dir());
    folders.sort();
    let read = |folder: &Path, name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let lesson = |folder: &Path| -> (Lesson, Text) {
        (
            toml::from_str(&read(folder, "lesson.toml")).unwrap(),
            toml::from_str(&read(folder, "en.toml")).unwrap(),
        )
    };
    Index::of(&folders.iter().map(|folder| lesson(folder)).collect::<Vec<_>>())
});

/// A number of days after it was begun.
fn on(day: i64) -> Timestamp {
    Timestamp::from_millis(1_795_892_400_000).plus_days(day)
}

fn lab(lab: &str, hints: u8, shown: bool) -> Deed {
    Deed::Lab { lab: lab.to_owned(), hints, shown }
}

fn question(question: &str, right: bool) -> Deed {
    Deed::Question { question: question.to_owned(), right }
}

fn step(lesson: &str, step: &str) -> Deed {
    Deed::Step { lesson: lesson.to_owned(), step: step.to_owned(), predicted: Some(false) }
}

fn after(deeds: &[(i64, Deed)]) -> Progress {
    let mut progress = Progress::default();
    deeds.iter().for_each(|(day, deed)| progress.record(deed, on(*day), &COURSE));
    progress
}

/// The first question that is about an objective and no other, and its objective.
fn asked(lesson: usize) -> (&'static str, &'static str) {
    let alone = COURSE.lessons[lesson].questions.iter().find(|it| it.objectives.len() == 1).unwrap();
    (&alone.id, &alone.objectives[0])
}

#[track_caller]
fn stands(progress: &Progress, objective: &str, day: i64, standing: Standing) {
    assert_eq!(progress.standing(objective, on(day), &COURSE), standing, "{objective} on day {day}");
}

#[test]
fn the_index_has_the_course() {
    let ids = |parts: fn(&Entry) -> &Vec<Part>| COURSE.lessons.iter().flat_map(parts).count();
    assert_eq!((COURSE.lessons.len(), COURSE.objectives().count()), (12, 108));
    assert!(ids(|it| &it.labs) >= 80 && ids(|it| &it.questions) >= 150);
    for lesson in &COURSE.lessons {
        let own = |id: &String| lesson.objectives.iter().any(|aim| aim.id == *id && !aim.text.is_empty());
        let parts = lesson.steps.iter().chain(&lesson.labs).chain(&lesson.questions);
        assert!(parts.clone().all(|part| part.objectives.iter().all(own)), "{}", lesson.slug);
        assert!(
            lesson.steps.iter().chain(&lesson.labs).all(|part| !part.title.is_empty()),
            "{}",
            lesson.slug
        );
    }
    let text = serde_json::to_string(&*COURSE).unwrap();
    assert_eq!(serde_json::from_str::<Index>(&text).unwrap(), *COURSE);
}

#[test]
fn what_was_read_is_not_known() {
    let (lesson, aim) = COURSE.objective("4.1").unwrap();
    let of_it = lesson.steps.iter().find(|it| it.is_about(&aim.id)).unwrap();
    let progress = after(&[(0, step(&lesson.slug, &of_it.id)), (3, step(&lesson.slug, &of_it.id))]);
    stands(&Progress::default(), "4.1", 0, Standing::Untouched);
    stands(&progress, "4.1", 0, Standing::Shaky);
    assert!(progress.objectives.is_empty());
    assert!(progress.due(on(0), &COURSE).is_empty(), "not on the same day");
    let due = progress.due(on(1), &COURSE);
    assert!(due.iter().any(|need| need.objective == "4.1" && need.recall.is_none()));
    let done = progress.steps[&format!("{}/{}", lesson.slug, of_it.id)];
    assert_eq!(done, StepDone { at: on(0), predicted: Some(false) }, "what was predicted first stays");
}

#[test]
fn one_goes_on_where_there_is_something_new() {
    let onward = |progress: &Progress| {
        progress.onward(on(0), &COURSE).map(|(lesson, step)| (lesson.number, step.id.clone()))
    };
    let first = |at: usize| Some((at as u8 + 1, COURSE.lessons[at].steps[0].id.clone()));
    assert_eq!(onward(&Progress::default()), first(0));
    let read = |at: usize| {
        COURSE.lessons[at].steps.iter().map(move |it| (at as i64, step(&COURSE.lessons[at].slug, &it.id)))
    };
    let fourth = &COURSE.lessons[3];
    let begun = after(&[(0, step(&fourth.slug, &fourth.steps[0].id))]);
    let (lesson, new) = begun.onward(on(0), &COURSE).unwrap();
    assert_eq!(lesson.number, 4);
    assert!(!new.objectives.iter().all(|id| fourth.steps[0].is_about(id)), "{new:?}");
    assert_eq!(onward(&after(&read(3).collect::<Vec<_>>())), first(4));
    assert_eq!(onward(&after(&read(11).collect::<Vec<_>>())), first(0), "after the last comes the first");
    assert_eq!(onward(&after(&(0..12).flat_map(read).collect::<Vec<_>>())), None);
}

#[test]
fn what_is_known_on_two_days_is_solid_until_it_fades() {
    let (id, objective) = asked(3);
    let once = after(&[(0, question(id, true)), (0, question(id, true)), (0, question(id, true))]);
    stands(&once, objective, 0, Standing::Shaky);
    let mut twice = once;
    twice.record(&question(id, true), on(2), &COURSE);
    stands(&twice, objective, 2, Standing::Solid);
    stands(&twice, objective, 12, Standing::Solid);
    stands(&twice, objective, 13, Standing::Shaky);
    twice.record(&question(id, false), on(3), &COURSE);
    stands(&twice, objective, 3, Standing::Shaky);
    assert_eq!(twice.questions[id], Answered { at: on(3), right: false, times: 5 });
}

#[test]
fn a_wrong_answer_shakes_what_was_solid_for_months() {
    let (id, objective) = asked(3);
    let days = [0, 2, 13, 59, 222, 719];
    let mut progress = after(&days.map(|day| (day, question(id, true))));
    assert!(progress.objectives[objective].stability > 1000.0);
    progress.record(&question(id, false), on(1719), &COURSE);
    assert!(progress.objectives[objective].stability > SOLID_DAYS);
    stands(&progress, objective, 1719, Standing::Shaky);
}

#[test]
fn help_in_a_lab_counts() {
    let id = &COURSE.lessons[3].labs[0].id;
    let objective = &COURSE.lessons[3].labs[0].objectives[0];
    let stability = |deeds: &[(i64, Deed)]| after(deeds).objectives[objective].stability;
    let first = |hints, shown| stability(&[(0, lab(id, hints, shown))]);
    assert!(first(0, true) < first(1, false) && first(1, false) < first(0, false));
    assert_eq!(first(0, false), stability(&[(0, lab(id, 0, false)), (0, lab(id, 0, false))]));
    let later = |hints| stability(&[(0, lab(id, 0, false)), (2, lab(id, hints, false))]);
    assert!(later(0) > 1.5 * later(2));
    assert_eq!(stability(&[(0, lab(id, 0, true)), (1, lab(id, 0, false))]), {
        let mut card = Card::first(Grade::Again, on(0));
        card = card.then(Grade::Good, on(1));
        card.stability
    });
}

#[test]
fn a_lab_stays_solved_when_its_solution_is_shown_later() {
    let lesson = &COURSE.lessons[3];
    let id = &lesson.labs[0].id;
    let shown = after(&[(0, lab(id, 0, true))]);
    assert_eq!(shown.lesson(lesson, on(0), &COURSE).labs.0, 0);
    let both = after(&[(0, lab(id, 1, false)), (1, lab(id, 0, true))]);
    assert_eq!(both.labs[id], LabDone { at: on(1), hints: 0, shown: true, solved: Some(on(0)) });
    assert_eq!(both.lesson(lesson, on(1), &COURSE).labs, (1, lesson.labs.len()));
}

#[test]
fn an_exam_is_scored_by_skill_and_counts_as_answers() {
    let ids: Vec<&String> =
        COURSE.lessons.iter().flat_map(|lesson| &lesson.questions).map(|it| &it.id).collect();
    let answers: Vec<(String, bool)> =
        ids.iter().step_by(9).enumerate().map(|(at, id)| ((*id).clone(), at % 2 == 0)).collect();
    let progress = after(&[(0, Deed::Exam { answers: answers.clone() })]);
    let [exam] = &*progress.exams else { panic!("one exam") };
    let asked = answers.len();
    assert_eq!(exam.total, Score { right: asked.div_ceil(2), of: asked });
    assert_eq!(progress.questions.len(), answers.len());
    let with = |skill: &str, (id, _): &&(String, bool)| {
        let aims = COURSE.of_question(id).iter().filter_map(|id| COURSE.objective(id));
        aims.flat_map(|(_, aim)| &aim.skills).any(|it| it == skill)
    };
    assert!(exam.skills.len() > 2);
    for (skill, score) in &exam.skills {
        let of: Vec<_> = answers.iter().filter(|it| with(skill, it)).collect();
        let right = of.iter().filter(|(_, right)| *right).count();
        assert_eq!(*score, Score { right, of: of.len() }, "{skill}");
    }
}

#[test]
fn what_is_due_comes_most_forgotten_first_however_late() {
    let [(a, first), (b, second), (c, third)] = [asked(3), asked(4), asked(5)];
    let progress = after(&[(0, question(a, true)), (0, question(b, false)), (3, question(c, true))]);
    let due = |day| progress.due(on(day), &COURSE).iter().map(|it| it.objective).collect::<Vec<_>>();
    assert_eq!(due(0), Vec::<&str>::new());
    assert_eq!(due(1), [second]);
    assert_eq!(due(2), [second, first]);
    assert_eq!(due(400), [second, first, third]);
    assert_eq!(progress, after(&[(0, question(a, true)), (0, question(b, false)), (3, question(c, true))]));
    let needs = progress.needs(on(0), &COURSE);
    assert_eq!(needs.len(), 3, "something can be offered when nothing is due");
    assert!(needs.iter().all(|need| need.due > on(0)));
}

#[test]
fn what_the_course_has_no_more_is_kept_and_does_not_count() {
    let mut progress = after(&[
        (0, question("gone", true)),
        (0, lab("gone", 0, false)),
        (0, step("gone", "gone")),
        (0, Deed::Exam { answers: vec![("gone".to_owned(), true)] }),
    ]);
    progress.objectives.insert("99.1".to_owned(), Card::first(Grade::Again, on(0)));
    assert!(progress.due(on(9), &COURSE).is_empty());
    let untouched = |it: &Entry| progress.lesson(it, on(0), &COURSE).objectives.untouched;
    assert_eq!(COURSE.lessons.iter().map(untouched).sum::<usize>(), 108);
    assert_eq!(Progress::from_text(&progress.to_text()).unwrap(), progress);
}

#[test]
fn a_lesson_is_counted() {
    let lesson = &COURSE.lessons[3];
    let mut progress = Progress::default();
    lesson.questions.iter().for_each(|it| progress.record(&question(&it.id, true), on(0), &COURSE));
    progress.record(&question(&lesson.questions[0].id, false), on(0), &COURSE);
    lesson.steps.iter().for_each(|it| progress.record(&step(&lesson.slug, &it.id), on(0), &COURSE));
    let standing = progress.lesson(lesson, on(0), &COURSE);
    assert_eq!(standing.objectives, Counts { shaky: 12, ..Counts::default() });
    assert_eq!(standing.questions, (lesson.questions.len() - 1, lesson.questions.len()));
    assert_eq!(standing.steps, (lesson.steps.len(), lesson.steps.len()));
    lesson.questions.iter().for_each(|it| progress.record(&question(&it.id, true), on(2), &COURSE));
    assert!(progress.lesson(lesson, on(2), &COURSE).objectives.solid >= 9);
}
