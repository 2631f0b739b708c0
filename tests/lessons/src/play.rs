//! What must be true of a lesson when it is run.

use anyhow::Result;
use waxseal_api::sandbox::{Experiment, Start, Tried};
use waxseal_study::{Kind, Lab, Offer, Question, Step, problems};

use crate::{Course, bench::Bench};

/// What is wrong with a lesson, each with what was seen.
pub fn check(course: &Course) -> Vec<String> {
    let mut found = Vec::new();
    if !course.texts.contains_key("en") {
        found.push("there is no text in English".to_owned());
    }
    for (language, text) in &course.texts {
        found.extend(
            problems(&course.lesson, text).into_iter().map(|problem| format!("{language}: {problem}")),
        );
    }
    let mut note = |what: String, problems: Result<Vec<String>>| match problems {
        Ok(problems) => found.extend(problems.into_iter().map(|problem| format!("{what}: {problem}"))),
        Err(error) => found.push(format!("{what}: {error:#}")),
    };
    for step in &course.lesson.steps {
        note(format!("step {}", step.id), step_problems(step));
    }
    for lab in &course.lesson.labs {
        note(format!("lab {}", lab.id), lab_problems(lab));
    }
    for question in &course.lesson.questions {
        note(format!("question {}", question.id), question_problems(question));
    }
    found
}

/// Does a script, and says of each check whether it holds then. The first is what each line has printed.
///
/// # Errors
/// A check cannot be understood.
pub fn play(start: Start, script: &str, checks: Vec<String>) -> Result<(String, Vec<bool>)> {
    let bench = Bench::new(Start::Empty, "")?;
    let experiment = Experiment { start, prepare: String::new(), script: script.to_owned(), checks };
    let tried = bench.try_out(experiment)?;
    Ok((seen(&tried), tried.holds.iter().map(|holds| *holds == Ok(true)).collect()))
}

fn step_problems(step: &Step) -> Result<Vec<String>> {
    let Some(trial) = &step.trial else { return Ok(Vec::new()) };
    let bench = Bench::new(trial.start, "")?;
    let tried = bench.try_out(trial.experiment())?;
    let failed = trial.shows.iter().zip(&tried.holds).filter(|(_, holds)| **holds != Ok(true));
    Ok(failed.map(|(check, _)| format!("does not show {check}\n{}", seen(&tried))).collect())
}

/// What is wrong with a lab when it is played, each with what was seen.
///
/// # Errors
/// A check cannot be understood, or what it begins with cannot be made.
pub fn lab_problems(lab: &Lab) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for rehearsal in lab.rehearsals() {
        let bench = Bench::new(lab.start, &lab.prepare)?;
        let seen = bench.play(rehearsal.script)?;
        let verdict = lab.verdict(&bench.judge(lab.checks())?);
        found.extend(lab.fault(&rehearsal, &verdict).map(|fault| format!("{fault}\n{seen}")));
    }
    Ok(found)
}

fn question_problems(question: &Question) -> Result<Vec<String>> {
    let bench = Bench::new(question.start, "")?;
    if question.kind == Kind::Order {
        return order_problems(&bench, question);
    }
    let mut found = Vec::new();
    for (at, option) in question.options.iter().enumerate() {
        let tried = bench.try_out(question.experiment(option))?;
        let Offer { right, shows, .. } = option;
        if tried.holds != [Ok(*right)] {
            found.push(format!("option {at} should be {right}: {shows}\n{}", seen(&tried)));
        }
    }
    Ok(found)
}

fn order_problems(bench: &Bench, question: &Question) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let right: Vec<usize> = (0..question.options.len()).collect();
    let tried = bench.try_out(question.in_order(&right))?;
    if tried.holds != [Ok(true)] {
        found.push(format!("the right order does not show {}\n{}", question.shows, seen(&tried)));
    }
    for at in 1..right.len() {
        let mut order = right.clone();
        order.swap(at - 1, at);
        let tried = bench.try_out(question.in_order(&order))?;
        if tried.holds != [Ok(false)] {
            found.push(format!("the order {order:?} shows {} too\n{}", question.shows, seen(&tried)));
        }
    }
    Ok(found)
}

fn seen(tried: &Tried) -> String {
    let line = |it: &waxseal_api::sandbox::Played| {
        format!("    > {}\n      [{}] {}{}\n", it.line, it.exit, it.stdout.trim_end(), it.stderr.trim_end())
    };
    tried.played.iter().map(line).collect()
}
