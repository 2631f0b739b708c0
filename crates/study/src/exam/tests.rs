use std::collections::HashMap;

use waxseal_api::sandbox::Start;

use super::*;
use crate::{Offer, words::Word};

/// Twelve lessons of fourteen questions, nearly all of the same skill, as in the course.
fn pool() -> Vec<Item<'static>> {
    let lesson = |lesson: usize| {
        (0..14).map(move |at| {
            let rare = match at {
                0 => Some("2.2.1"),
                1 if lesson < 2 => Some("2.3.2"),
                2 | 3 if lesson == 8 => Some("2.2.6"),
                _ => None,
            };
            Item {
                id: format!("{lesson}-{at}").leak(),
                lesson: format!("lesson-{lesson}").leak(),
                skills: ["2.2.4"].into_iter().filter(|_| rare.is_none()).chain(rare).collect(),
            }
        })
    };
    (0..12).flat_map(lesson).collect()
}

fn drawn<'a>(pool: &[Item<'a>], count: usize, seed: u64) -> Vec<Item<'a>> {
    draw(pool, count, |_| None, seed).into_iter().map(|at| pool[at].clone()).collect()
}

fn most_and_least<'a>(names: impl Iterator<Item = &'a str>, of: usize) -> (usize, usize) {
    let mut counts = HashMap::<&str, usize>::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    let least = if counts.len() < of { 0 } else { counts.values().copied().min().unwrap_or_default() };
    (counts.values().copied().max().unwrap_or_default(), least)
}

#[test]
fn a_seed_always_draws_the_same_and_another_one_does_not() {
    let pool = pool();
    assert_eq!(drawn(&pool, 20, 7), drawn(&pool, 20, 7));
    assert_ne!(drawn(&pool, 20, 7), drawn(&pool, 20, 8));
}

#[test]
fn no_question_is_drawn_twice_and_no_lesson_has_two_more_than_another() {
    let pool = pool();
    for (count, seed) in [(10, 1), (20, 2), (40, 3), (40, 4), (100, 5), (168, 6)] {
        let drawn = drawn(&pool, count, seed);
        assert_eq!(drawn.len(), count);
        assert_eq!(drawn.iter().map(|it| it.id).collect::<BTreeSet<_>>().len(), count);
        let (most, least) = most_and_least(drawn.iter().map(|it| it.lesson), 12);
        assert!(most - least <= 1, "{count}: {most} and {least}");
    }
}

#[test]
fn a_rare_skill_is_not_forgotten() {
    let pool = pool();
    for seed in 0..50 {
        let skills: BTreeSet<&str> = drawn(&pool, 20, seed).into_iter().flat_map(|it| it.skills).collect();
        assert_eq!(skills.into_iter().collect::<Vec<_>>(), ["2.2.1", "2.2.4", "2.2.6", "2.3.2"], "{seed}");
    }
}

#[test]
fn what_was_asked_lately_rests() {
    let pool = pool();
    let mut asked = HashMap::<&str, i64>::new();
    let mut last = Vec::new();
    for exam in 0..12 {
        let drawn = draw(&pool, 20, |id| asked.get(id).copied(), exam);
        let ids: Vec<&str> = drawn.iter().map(|at| pool[*at].id).collect();
        // 168 questions: 84 are asked before one comes again, so those of the four exams before are not among them.
        for before in last.iter().rev().take(4).flatten() {
            assert!(!ids.contains(before), "{before} comes again in exam {exam}");
        }
        ids.iter().for_each(|id| _ = asked.insert(id, exam as i64));
        last.push(ids);
    }
    assert!(asked.len() > 140, "only {} questions were ever asked", asked.len());
}

#[test]
fn a_small_pool_gives_what_it_has() {
    let pool = pool();
    assert_eq!(drawn(&pool[..3], 20, 1).len(), 3);
    assert_eq!(draw(&pool[..14], 10, |_| Some(1), 1).len(), 10);
    assert!(drawn(&[], 20, 1).is_empty());
}

#[test]
fn a_shuffle_has_each_number_once_and_all_orders_come() {
    let orders: BTreeSet<Vec<usize>> = (0..200).map(|seed| shuffled(4, seed)).collect();
    assert_eq!(orders.len(), 24);
    for order in orders {
        assert_eq!(order.into_iter().collect::<BTreeSet<_>>(), (0..4).collect());
    }
}

#[test]
fn cards_never_begin_in_the_right_order() {
    for seed in 0..200 {
        for count in 2..6 {
            assert!(!disordered(count, seed).is_sorted(), "{count} {seed}");
        }
    }
    assert_eq!(disordered(1, 3), [0]);
}

#[test]
fn a_name_is_a_seed() {
    // The reference value of FNV-1a for 64 bits.
    assert_eq!(seed("foobar"), 0x8594_4171_f739_67e8);
}

#[test]
fn it_is_said_how_many_answers_are_right() {
    for (kind, right, said) in [
        (Kind::Single, &[true, false, false][..], Word::QuestionOne),
        (Kind::Multiple, &[true, false, true], Word::QuestionTwo),
        (Kind::Multiple, &[true, true, true, false], Word::QuestionThree),
        (Kind::Multiple, &[true, true, true, true, false], Word::QuestionSeveral),
        (Kind::Order, &[false, false], Word::QuestionOrder),
    ] {
        assert_eq!(question(kind, right).instruction(), said, "{kind:?} {right:?}");
    }
}

fn question(kind: Kind, right: &[bool]) -> Question {
    let offer = |right: &bool| Offer { right: *right, script: String::new(), shows: String::new() };
    Question {
        id: "q".into(),
        objectives: vec![],
        kind,
        start: Start::Empty,
        prepare: String::new(),
        script: String::new(),
        shows: String::new(),
        options: right.iter().map(offer).collect(),
    }
}

#[test]
fn an_answer_is_right_if_nothing_is_missing_and_nothing_too_much() {
    let single = question(Kind::Single, &[false, true, false]);
    let multiple = question(Kind::Multiple, &[true, false, true, false]);
    let order = question(Kind::Order, &[false; 3]);
    let cases: [(&Question, &[usize], bool); 12] = [
        (&single, &[1], true),
        (&single, &[0], false),
        (&single, &[], false),
        (&multiple, &[0, 2], true),
        (&multiple, &[2, 0], true),
        (&multiple, &[0], false),
        (&multiple, &[0, 1, 2], false),
        (&multiple, &[], false),
        (&order, &[0, 1, 2], true),
        (&order, &[1, 0, 2], false),
        (&order, &[0, 1], false),
        (&order, &[], false),
    ];
    for (question, answer, right) in cases {
        assert_eq!(is_right(question, answer), right, "{:?} {answer:?}", question.kind);
    }
}

#[test]
fn an_exam_is_scored_as_a_whole_and_by_skill() {
    let item =
        |skills: &[&'static str]| Item { id: "", lesson: "", skills: skills.iter().copied().collect() };
    let answered = [(item(&["2.2.4"]), true), (item(&["2.2.4", "2.2.7"]), true), (item(&["2.2.4"]), false)];
    let (all, skills) = score(answered.iter().map(|(item, right)| (item, *right)));
    assert_eq!((all, all.percent()), (Score { right: 2, of: 3 }, 66));
    assert_eq!(skills["2.2.4"], Score { right: 2, of: 3 });
    assert_eq!(skills["2.2.7"], Score { right: 1, of: 1 });
    assert_eq!(Score::default().percent(), 0);
}

#[test]
fn the_pool_has_each_question_with_the_skills_of_its_objectives() {
    let part = |id: &str, about: &[&str]| crate::Part {
        id: id.into(),
        title: String::new(),
        objectives: about.iter().map(|it| (*it).to_owned()).collect(),
    };
    let aim = |id: &str, skills: &[&str]| crate::Aim {
        id: id.into(),
        text: String::new(),
        skills: skills.iter().map(|it| (*it).to_owned()).collect(),
    };
    let index = Index {
        lessons: vec![crate::Entry {
            language: None,
            number: 1,
            slug: "l".into(),
            minutes: 10,
            title: String::new(),
            objectives: vec![aim("1.1", &["2.2.4"]), aim("1.2", &["2.2.4", "2.2.7"])],
            steps: vec![],
            labs: vec![],
            questions: vec![part("a", &["1.1"]), part("b", &["1.1", "1.2"])],
        }],
    };
    let item = |id: &'static str, skills: &[&'static str]| Item {
        id,
        lesson: "l",
        skills: skills.iter().copied().collect(),
    };
    assert_eq!(super::pool(&index), [item("a", &["2.2.4"]), item("b", &["2.2.4", "2.2.7"])]);
}
