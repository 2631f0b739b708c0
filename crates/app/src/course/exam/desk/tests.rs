use std::collections::BTreeMap;

use waxseal_study::{Lesson, Ready, Text};

use super::*;
use crate::{
    components::html_text,
    course::{
        exam::sitting::Clock,
        question::tests::{question, words},
    },
};

/// A lesson with one question.
fn lessons() -> Rc<Lessons> {
    let lesson = Lesson {
        number: 1,
        slug: "l".into(),
        objectives: vec![],
        steps: vec![],
        labs: vec![],
        questions: vec![question(waxseal_study::Kind::Single, &[true, false, false])],
        sources: vec![],
    };
    let text = Text {
        title: String::new(),
        summary: String::new(),
        objectives: BTreeMap::new(),
        steps: BTreeMap::new(),
        labs: BTreeMap::new(),
        questions: [("q".to_owned(), words(3))].into(),
    };
    Rc::new(Lessons(vec![Ready { lesson, text }]))
}

fn sitting(answers: [&[usize]; 2], at: usize) -> Sitting {
    let asked = |answer: &[usize]| Asked {
        id: "q".into(),
        lesson: "l".into(),
        answer: answer.to_vec(),
        marked: false,
    };
    let mut questions = answers.map(asked).to_vec();
    questions[1].marked = true;
    Sitting { seed: 3, questions, at, clock: Clock::new(None, 0), ended: false }
}

#[derive(Properties, PartialEq)]
struct TakenProps {
    sitting: Sitting,
}

#[component]
fn Taken(props: &TakenProps) -> Html {
    let room = use_reducer(|| Room(None));
    html! { <Desk sitting={props.sitting.clone()} lessons={lessons()} turn={room.dispatcher()} end={Callback::noop()} /> }
}

fn drawn(sitting: Sitting) -> String {
    html_text(html! { <Taken {sitting} /> })
}

#[test]
fn each_question_says_in_words_how_far_it_is() {
    let text = drawn(sitting([&[1], &[]], 0));
    assert!(text.contains("Question 1 of 2") && text.contains("What is it?"), "{text}");
    assert_eq!(text.matches(", answered").count(), 1, "{text}");
    assert_eq!(text.matches(", marked").count(), 1, "{text}");
    assert_eq!(text.matches("aria-current=\"step\"").count(), 1, "{text}");
}

#[test]
fn nothing_is_told_of_what_is_right() {
    let text = drawn(sitting([&[1], &[0]], 0));
    assert!(!text.contains("since") && !text.contains("Right"), "{text}");
}

#[test]
fn one_can_go_no_further_than_the_last() {
    let text = drawn(sitting([&[1], &[]], 1));
    assert_eq!(text.matches("aria-disabled=\"true\"").count(), 1, "{text}");
}
