//! What must be true of a lesson before anything of it is run, and of all of them together.

use std::collections::{BTreeMap, BTreeSet};

use waxseal_api::sandbox::is_name;

use crate::{Kind, Lab, LabText, Lesson, Question, Step, Text, lesson::Named, skill};

/// How many objectives each of the twelve lessons has.
pub const OBJECTIVES: [usize; 12] = [8, 8, 8, 12, 7, 8, 10, 5, 18, 6, 9, 9];
/// Gathers what is wrong.
#[derive(Default)]
struct Found(Vec<String>);

impl Found {
    fn unless(&mut self, fine: bool, problem: impl FnOnce() -> String) {
        if !fine {
            self.0.push(problem());
        }
    }

    /// Both must have the same names.
    fn same<'a, T>(&mut self, what: &str, ids: impl Iterator<Item = &'a str>, texts: &Named<T>) {
        let ids: BTreeSet<&str> = ids.collect();
        let texts: BTreeSet<&str> = texts.keys().map(String::as_str).collect();
        for id in ids.symmetric_difference(&texts) {
            let side = if ids.contains(id) { "has no text" } else { "has a text and is not there" };
            self.0.push(format!("{what} {id} {side}"));
        }
    }
}

/// What is wrong with a lesson and its text, each in a sentence.
pub fn problems(lesson: &Lesson, text: &Text) -> Vec<String> {
    let mut found = Found::default();
    found.same("objective", lesson.objectives.iter().map(|it| &*it.id), &text.objectives);
    found.same("step", lesson.steps.iter().map(|it| &*it.id), &text.steps);
    found.same("lab", lesson.labs.iter().map(|it| &*it.id), &text.labs);
    found.same("question", lesson.questions.iter().map(|it| &*it.id), &text.questions);
    objectives(&mut found, lesson);
    lesson.steps.iter().for_each(|it| step(&mut found, lesson, it, text));
    for it in &lesson.labs {
        let told = lab_problems(it, text.labs.get(&it.id));
        found.0.extend(told.into_iter().map(|problem| format!("lab {}: {problem}", it.id)));
    }
    lesson.questions.iter().for_each(|it| question(&mut found, it, text));
    checks(lesson).for_each(|check| well_read(&mut found, check));
    for source in &lesson.sources {
        let dated = source.checked.len() == 7 && source.url.starts_with("https://");
        found.unless(dated, || format!("the source of '{}' has no address or month", source.fact));
    }
    found.0
}

/// All checks of a lesson but those of its labs.
fn checks(lesson: &Lesson) -> impl Iterator<Item = &str> {
    let trials = lesson.steps.iter().filter_map(|step| step.trial.as_ref()).flat_map(|trial| &trial.shows);
    let proofs = lesson
        .questions
        .iter()
        .flat_map(|question| question.options.iter().map(|option| &option.shows).chain([&question.shows]));
    trials.chain(proofs).map(String::as_str)
}

fn well_read(found: &mut Found, check: &str) {
    found.unless(!is_misread(check), || {
        format!("{check}: `!` ends before a dot or a bracket; put what follows it into parentheses")
    });
}

/// Whether there can be an objective that is called so: `4.1`.
pub(crate) fn is_objective(id: &str) -> bool {
    let parts =
        id.split_once('.').and_then(|(lesson, at)| Some((lesson.parse::<usize>().ok()?, at.parse().ok()?)));
    parts.is_some_and(|(lesson, at)| {
        OBJECTIVES.get(lesson.wrapping_sub(1)).is_some_and(|count| (1..=*count).contains(&at))
    })
}

/// Whether it has a `!` that takes less than it seems to: `!a.b` is `(!a).b` in JMESPath, which is never anything.
fn is_misread(check: &str) -> bool {
    let mut quote = None;
    for (at, sign) in check.char_indices() {
        match (quote, sign) {
            (Some(open), sign) => quote = Some(open).filter(|_| open != sign),
            (None, '\'' | '"' | '`') => quote = Some(sign),
            (None, '!') if !check[at + 1..].starts_with('=') => {
                let rest = check[at + 1..].trim_start();
                let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                if name > 0 && rest[name..].starts_with(['.', '[']) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

fn objectives(found: &mut Found, lesson: &Lesson) {
    let ids: Vec<&str> = lesson.objectives.iter().map(|it| &*it.id).collect();
    let count = OBJECTIVES.get(usize::from(lesson.number).wrapping_sub(1)).copied().unwrap_or_default();
    let expect: Vec<String> = (1..=count).map(|n| format!("{}.{n}", lesson.number)).collect();
    found.unless(ids == expect, || format!("the objectives are {ids:?}, not {expect:?}"));
    for objective in &lesson.objectives {
        for skill in objective.skills.iter().filter(|it| skill(it).is_none()) {
            found.0.push(format!("objective {} names a skill {skill} that there is none of", objective.id));
        }
        let of = |ids: &[String]| ids.contains(&objective.id);
        let id = &objective.id;
        found.unless(!objective.skills.is_empty(), || format!("objective {id} belongs to no skill"));
        found.unless(lesson.steps.iter().any(|it| of(&it.objectives)), || format!("no step shows {id}"));
        found.unless(lesson.labs.iter().any(|it| of(&it.objectives)), || format!("{id} has no lab"));
        found
            .unless(lesson.questions.iter().any(|it| of(&it.objectives)), || format!("{id} has no question"));
    }
}

fn step(found: &mut Found, lesson: &Lesson, step: &Step, text: &Text) {
    let id = &step.id;
    let known = |list: &[String]| list.iter().all(|it| lesson.objectives.iter().any(|known| known.id == *it));
    found.unless(known(&step.objectives), || format!("step {id} is about an objective of another lesson"));
    let lab_is_there = step.lab.as_ref().is_none_or(|lab| lesson.labs.iter().any(|it| it.id == *lab));
    found.unless(lab_is_there, || format!("step {id} leads to a lab that is not there"));
    let question = step.question.as_ref();
    let question_is_there = question.is_none_or(|id| lesson.questions.iter().any(|it| it.id == *id));
    found.unless(question_is_there, || format!("step {id} ends with a question that is not there"));
    let Some(words) = text.steps.get(id) else { return };
    let options = words.predict.as_ref().map_or(0, |predict| predict.options.len());
    let answered = step.predict.map_or(options == 0, |right| right < options);
    found.unless(answered, || format!("step {id}: the prediction and its options do not fit"));
    found.unless(step.predict.is_none() || step.trial.is_some(), || {
        format!("step {id} predicts what is not run")
    });
    let explained = words.why.is_some() == step.trial.is_some();
    found.unless(explained, || format!("step {id}: what is run has a 'why', and nothing else has"));
    let shown = step.trial.as_ref().is_none_or(|trial| !trial.shows.is_empty());
    found.unless(shown, || format!("step {id} runs something and says of nothing that it must hold"));
}

/// What is wrong with a lab and its text, each in a sentence about it.
pub fn lab_problems(lab: &Lab, words: Option<&LabText>) -> Vec<String> {
    let mut found = Found::default();
    found.unless(!lab.id.is_empty() && is_name(&lab.sandbox()), || {
        "its name is not one: up to 28 small letters, digits and hyphens, as its sandbox has".to_owned()
    });
    for (there, problem) in [
        (!lab.objectives.is_empty(), "it lacks an objective"),
        (!lab.goals.is_empty(), "it lacks a goal"),
        (!lab.solution.trim().is_empty(), "it lacks a solution"),
        (!lab.routes.is_empty(), "it lacks another way to solve it"),
        (!lab.mistakes.is_empty(), "it lacks a mistake, and what is said of it"),
    ] {
        found.unless(there, || problem.to_owned());
    }
    for id in lab.objectives.iter().filter(|id| !is_objective(id)) {
        found.0.push(format!("it is about an objective {id} that there is none of"));
    }
    for check in lab.checks() {
        well_read(&mut found, &check);
        found.unless(!names(&check, "printed"), || {
            format!("{check}: a lab is judged by what there is, so there is no `printed`")
        });
    }
    if let Some(words) = words {
        lab_words(&mut found, lab, words);
    }
    found.0
}

fn lab_words(found: &mut Found, lab: &Lab, words: &LabText) {
    found.unless(words.goals.len() == lab.goals.len(), || "the goals and their texts do not fit".to_owned());
    found.unless(words.hints.len() == 3, || format!("it has {} hints, not 3", words.hints.len()));
    let named: BTreeSet<&String> = lab.mistakes.iter().map(|it| &it.name).collect();
    let told: BTreeSet<&String> = words.mistakes.keys().collect();
    let fit = named == told && named.len() == lab.mistakes.len();
    found.unless(fit, || "the mistakes and their texts do not fit; each has a name of its own".to_owned());
    let single = [("title", &words.title), ("task", &words.task), ("text of what to notice", &words.notice)];
    let lists =
        words.goals.iter().map(|it| ("text of a goal", it)).chain(words.hints.iter().map(|it| ("hint", it)));
    let mistakes =
        words.mistakes.iter().flat_map(|(name, it)| [("name of a mistake", name), ("text of a mistake", it)]);
    let mut empty = BTreeSet::new();
    for (what, text) in single.into_iter().chain(lists).chain(mistakes) {
        found.unless(!text.trim().is_empty() || !empty.insert(what), || format!("a {what} is empty"));
    }
}

/// Whether an expression has a name that stands outside of quotes.
fn names(check: &str, name: &str) -> bool {
    let mut quote = None;
    let bare = check.chars().map(|sign| match (quote, sign) {
        (Some(open), sign) => {
            quote = Some(open).filter(|_| open != sign);
            ' '
        }
        (None, '\'' | '"' | '`') => {
            quote = Some(sign);
            ' '
        }
        (None, sign) => sign,
    });
    let bare: String = bare.collect();
    bare.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

fn question(found: &mut Found, question: &Question, text: &Text) {
    let id = &question.id;
    found.unless(!question.objectives.is_empty(), || format!("question {id} is about no objective"));
    let right = question.options.iter().filter(|option| option.right).count();
    let fits = match question.kind {
        Kind::Single => right == 1,
        Kind::Multiple => right >= 2 && right < question.options.len(),
        Kind::Order => right == 0 && !question.shows.is_empty(),
    };
    found.unless(fits, || format!("question {id}: {right} right options do not fit its kind"));
    let proved = question.kind == Kind::Order || question.options.iter().all(|it| !it.shows.is_empty());
    found.unless(proved, || format!("question {id}: not each option says what would hold"));
    found.unless(question.options.len() >= 3, || format!("question {id} has fewer than three options"));
    let Some(words) = text.questions.get(id) else { return };
    let count = question.options.len();
    let told = words.options.len() == count && words.why.len() == count;
    found.unless(told, || format!("question {id}: not each option has a text and a reason"));
    found.unless(words.tested.is_some() == (question.kind == Kind::Order), || {
        format!("question {id}: what is tested is said of a question of order, and of no other")
    });
}

/// What is wrong with the lessons together.
pub fn course_problems(lessons: &[Lesson]) -> Vec<String> {
    let mut found = Found::default();
    let numbers: Vec<u8> = lessons.iter().map(|it| it.number).collect();
    found.unless(numbers == (1..=12).collect::<Vec<u8>>(), || format!("the lessons are {numbers:?}"));
    for ids in [
        lessons.iter().map(|it| &it.slug).collect::<Vec<_>>(),
        lessons.iter().flat_map(|it| &it.labs).map(|it| &it.id).collect(),
        lessons.iter().flat_map(|it| &it.questions).map(|it| &it.id).collect(),
    ] {
        let mut seen = BTreeMap::<&String, usize>::new();
        ids.into_iter().for_each(|id| *seen.entry(id).or_default() += 1);
        for (id, times) in seen.into_iter().filter(|(_, times)| *times > 1) {
            found.0.push(format!("{id} is there {times} times"));
        }
    }
    let questions: usize = lessons.iter().map(|it| it.questions.len()).sum();
    found.unless(questions >= 150, || format!("there are {questions} questions, not 150"));
    found.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_not_that_takes_too_little_is_seen() {
        for check in ["!a.b", "x && !log[?a=='b']", "! keys[].c"] {
            assert!(is_misread(check), "{check}");
        }
        for check in
            ["!(a.b)", "a != b.c", "!a", "contains(a, '!b.c')", "!contains(a, 'b') && c.d", "`\"!x.y\"`"]
        {
            assert!(!is_misread(check), "{check}");
        }
    }

    #[test]
    fn a_name_is_seen_outside_of_quotes_only() {
        assert!(names("printed[0].exit == `0`", "printed"));
        assert!(!names("files[?name=='printed'] && `\"printed\"` && printed_here", "printed"));
    }

    #[test]
    fn objectives_are_those_of_the_lessons() {
        for (id, is) in
            [("4.1", true), ("4.12", true), ("4.13", false), ("0.1", false), ("13.1", false), ("4", false)]
        {
            assert_eq!(is_objective(id), is, "{id}");
        }
    }

    #[test]
    fn the_course_has_108_objectives() {
        assert_eq!(OBJECTIVES.iter().sum::<usize>(), 108);
    }
}
