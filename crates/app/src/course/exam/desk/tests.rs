use std::collections::BTreeMap;

use waxseal_study::{Kind, Lesson, Question, Ready, Text};

use super::*;
use crate::{
    components::html_text,
    course::{
        exam::sitting::Clock,
        question::tests::{question, words},
    },
};

/// A lesson with two questions.
fn lessons() -> Rc<Lessons> {
    let several = Question { id: "two".into(), ..question(Kind::Multiple, &[true, true, false]) };
    let lesson = Lesson {
        number: 1,
        slug: "l".into(),
        objectives: vec![],
        steps: vec![],
        labs: vec![],
        questions: vec![question(Kind::Single, &[true, false, false]), several],
        sources: vec![],
    };
    let text = Text {
        title: String::new(),
        summary: String::new(),
        objectives: BTreeMap::new(),
        steps: BTreeMap::new(),
        labs: BTreeMap::new(),
        questions: ["q", "two"].map(|id| (id.to_owned(), words(3))).into(),
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
fn half_of_an_answer_is_none() {
    for (answer, whole) in [(&[0][..], 0), (&[0, 2], 1), (&[0, 1, 2], 0)] {
        let mut sitting = sitting([answer, &[]], 0);
        sitting.questions[0].id = "two".into();
        let text = drawn(sitting);
        assert_eq!(text.matches(", answered").count(), whole, "{answer:?}: {text}");
    }
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
