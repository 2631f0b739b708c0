use waxseal_api::sandbox::Start;
use waxseal_study::Offer;

use super::*;
use crate::{
    components::html_text,
    course::said::brackets::{assert_said, bracketed, in_brackets},
};

pub(crate) fn question(kind: Kind, right: &[bool]) -> Question {
    let offer = |(at, right): (usize, &bool)| Offer {
        right: *right,
        script: String::new(),
        shows: format!("shows {at}"),
    };
    Question {
        id: "q".into(),
        objectives: vec![],
        kind,
        start: Start::Empty,
        prepare: String::new(),
        script: "aws kms create-key".into(),
        shows: "in order".into(),
        options: right.iter().enumerate().map(offer).collect(),
    }
}

pub(crate) fn words(count: usize) -> QuestionText {
    let list = |what: &str| (0..count).map(|at| format!("{what} {at}")).collect();
    let tested = Some("In the end it is so.".into());
    QuestionText { text: "<p>What is it?</p>".into(), options: list("option"), why: list("since"), tested }
}

fn drawn(kind: Kind, right: &[bool], answer: &[usize]) -> String {
    let (question, words) = (question(kind, right), words(right.len()));
    let shown = shown(&question, 0);
    let choices =
        Choices { question: &question, words: &words, shown: &shown, answer, choose: Callback::noop() };
    html_text(choices.draw())
}

fn told(kind: Kind, right: &[bool], answer: &[usize]) -> String {
    let shown: Vec<usize> = (0..right.len()).collect();
    html_text(reasons(&question(kind, right), &words(right.len()), &shown, answer))
}

#[test]
fn one_answer_has_radio_buttons_and_several_have_boxes() {
    let single = drawn(Kind::Single, &[true, false, false], &[1]);
    assert_eq!(single.matches("type=\"radio\"").count(), 3);
    assert_eq!(single.matches("checked").count(), 1);
    let multiple = drawn(Kind::Multiple, &[true, true, false], &[0, 2]);
    assert_eq!(multiple.matches("type=\"checkbox\"").count(), 3);
    assert_eq!(multiple.matches("checked").count(), 2);
    assert!(multiple.contains("Choose two."));
    assert!(drawn(Kind::Multiple, &[true, true, false, true, true], &[]).contains("Choose all that apply."));
}

#[test]
fn each_card_has_two_buttons_that_are_called_by_what_they_move() {
    let text = drawn(Kind::Order, &[false; 3], &[2, 0, 1]);
    let places: Vec<usize> = ["option 2", "option 0", "option 1"].map(|it| text.find(it).unwrap()).to_vec();
    assert!(places.is_sorted(), "{text}");
    assert!(text.contains("aria-labelledby=\"choices-q-up-0 choices-q-0\""), "{text}");
    assert_eq!(
        text.matches("aria-disabled").count(),
        2,
        "the first does not go up, nor the last down: {text}"
    );
}

#[test]
fn cards_lie_in_disorder_until_they_are_moved() {
    let question = question(Kind::Order, &[false; 4]);
    for by in 0..20 {
        assert!(!is_right(&question, &shown(&question, by)), "{by}");
    }
}

#[test]
fn a_seed_shuffles_options_and_none_leaves_them() {
    let question = question(Kind::Single, &[true, false, false, false]);
    assert_eq!(shown(&question, 0), [0, 1, 2, 3]);
    assert!((1..20).any(|by| shown(&question, by) != [0, 1, 2, 3]));
}

#[test]
fn each_option_is_told_in_words_what_it_is_and_why() {
    let text = told(Kind::Multiple, &[true, true, false, false], &[0, 2]);
    let verdicts =
        ["Right, and you chose it.", "Right; you did not choose it.", "Wrong; you chose it.", "Wrong."];
    let mut rest = &*text;
    for (at, verdict) in verdicts.into_iter().enumerate() {
        let (_, after) = rest.split_once(&format!("option {at}")).unwrap();
        let (said, after) = after.split_once(&format!("since {at}")).unwrap();
        assert!(said.contains(verdict), "option {at}: {said}");
        rest = after;
    }
}

#[test]
fn an_order_is_told_where_each_card_was() {
    let text = told(Kind::Order, &[false; 3], &[1, 0, 2]);
    assert!(text.contains("You had it in place 2.") && text.contains("You had it in place 1."), "{text}");
    assert_eq!(text.matches("In its place.").count(), 1, "{text}");
}

#[component]
fn Asked() -> Html {
    let (question, words) = (question(Kind::Single, &[true, false, false]), words(3));
    html! { <Ask question={Rc::new(question)} words={Rc::new(words)} answered={Callback::noop()} /> }
}

#[test]
fn what_is_right_is_not_in_the_page_before_it_is_answered() {
    let text = html_text(html! { <Asked /> });
    assert!(text.contains("What is it?") && text.contains("Check the answer"), "{text}");
    assert!(!text.contains("since") && !text.contains("Prove it"), "{text}");
}

#[test]
fn all_that_a_question_says_is_in_a_catalogue() {
    let words = bracketed(&words(3));
    for (kind, right) in [
        (Kind::Single, [true, false, false]),
        (Kind::Multiple, [true, true, false]),
        (Kind::Order, [false; 3]),
    ] {
        let question = question(kind, &right);
        for answer in [&[0, 2, 1][..], &[1]] {
            let choices = Choices {
                question: &question,
                words: &words,
                shown: &[0, 1, 2],
                answer,
                choose: Callback::noop(),
            };
            assert_said(&in_brackets(|| html_text(choices.draw())));
            assert_said(&in_brackets(|| html_text(reasons(&question, &words, &[0, 1, 2], answer))));
        }
    }
}
