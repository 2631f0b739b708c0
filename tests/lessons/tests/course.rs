//! The whole course, played.

use std::thread;

use waxseal_lessons::{Course, check, folders, read};
use waxseal_study::course_problems;

#[expect(clippy::unwrap_used, reason = "a lesson that cannot be read fails the test")]
fn course() -> Vec<Course> {
    folders().unwrap().iter().map(|folder| read(folder).unwrap()).collect()
}

#[track_caller]
fn none(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn every_lab_every_trial_and_every_answer_is_what_the_engine_says() {
    let course = course();
    let problems = thread::scope(|scope| {
        let (first, second) = course.split_at(course.len() / 2);
        let check_all = |lessons: &[Course]| -> Vec<String> {
            let told = |it: &Course| {
                check(it)
                    .into_iter()
                    .map(|problem| format!("{}: {problem}", it.lesson.slug))
                    .collect::<Vec<_>>()
            };
            lessons.iter().flat_map(told).collect()
        };
        let second = scope.spawn(move || check_all(second));
        let mut all = check_all(first);
        all.extend(second.join().unwrap());
        all
    });
    none(problems);
}

#[test]
fn the_lessons_make_a_course() {
    none(course_problems(&course().into_iter().map(|it| it.lesson).collect::<Vec<_>>()));
}

#[test]
fn a_second_language_is_there_as_proof() {
    let course = course();
    let fourth = course.iter().find(|it| it.lesson.number == 4).unwrap();
    assert!(fourth.texts.contains_key("de"));
}

/// A check that would let anything pass is seen: each of these changes makes a good lesson bad.
#[test]
fn what_is_wrong_with_a_lesson_is_said() {
    let course = course();
    let good = course.iter().find(|it| it.lesson.number == 8).unwrap();
    let spoil = |change: &dyn Fn(&mut Course)| {
        let mut copy = Course { lesson: good.lesson.clone(), texts: good.texts.clone() };
        copy.lesson.labs.truncate(1);
        copy.lesson.steps.truncate(1);
        copy.lesson.questions.truncate(1);
        let before = check(&copy);
        change(&mut copy);
        check(&copy).into_iter().filter(|problem| !before.contains(problem)).collect::<Vec<_>>().join("\n")
    };
    let solved = spoil(&|it| it.lesson.labs[0].goals = vec!["now".to_owned()]);
    assert!(solved.contains("is solved before anything was done"), "{solved}");
    let unsolved = spoil(&|it| it.lesson.labs[0].solution = "true".to_owned());
    assert!(unsolved.contains("the solution does not solve it"), "{unsolved}");
    let hasty = spoil(&|it| it.lesson.labs[0].mistakes[0].when = "now".to_owned());
    assert!(hasty.contains("before anything was done"), "{hasty}");
    let no_mistake = spoil(&|it| it.lesson.labs[0].mistakes[0].script = "true".to_owned());
    assert!(no_mistake.contains("is told as"), "{no_mistake}");
    let unproved = spoil(&|it| {
        let option = &mut it.lesson.questions[0].options[0];
        option.right = !option.right;
    });
    assert!(unproved.contains("option 0 should be"), "{unproved}");
    let untold = spoil(&|it| it.texts.get_mut("en").unwrap().labs.clear());
    assert!(untold.contains("has no text"), "{untold}");
    let broken = spoil(&|it| it.lesson.labs[0].goals[0] = "keys[?".to_owned());
    assert!(broken.contains("keys[?"), "{broken}");
}
