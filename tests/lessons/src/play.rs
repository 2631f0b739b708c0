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
    Ok((seen(&tried), tried.holds))
}

fn step_problems(step: &Step) -> Result<Vec<String>> {
    let Some(trial) = &step.trial else { return Ok(Vec::new()) };
    let bench = Bench::new(trial.start, "")?;
    let tried = bench.try_out(trial.experiment())?;
    let failed = trial.shows.iter().zip(&tried.holds).filter(|(_, holds)| !**holds);
    Ok(failed.map(|(check, _)| format!("does not show {check}\n{}", seen(&tried))).collect())
}

/// What came of playing a lab.
struct Ended {
    solved: bool,
    missing: Vec<String>,
    mistake: Option<String>,
    seen: String,
}

fn played(lab: &Lab, script: &str) -> Result<Ended> {
    let bench = Bench::new(lab.start, &lab.prepare)?;
    let seen = bench.play(script)?;
    let verdict = lab.verdict(&bench.judge(lab.checks())?);
    let missing = lab.goals.iter().zip(&verdict.goals).filter(|(_, reached)| !**reached);
    let mistake = verdict.mistake.and_then(|at| lab.mistakes.get(at)).map(|it| it.name.clone());
    Ok(Ended {
        solved: verdict.solved(),
        missing: missing.map(|(goal, _)| goal.clone()).collect(),
        mistake,
        seen,
    })
}

fn lab_problems(lab: &Lab) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let untouched = played(lab, "")?;
    if untouched.solved {
        found.push("is solved before anything was done".to_owned());
    }
    if let Some(mistake) = untouched.mistake {
        found.push(format!("tells the mistake {mistake} before anything was done"));
    }
    for (name, script) in
        [("the solution", &lab.solution)].into_iter().chain(lab.routes.iter().map(|it| ("a route", it)))
    {
        let Ended { solved, missing, mistake, seen } = played(lab, script)?;
        if !solved {
            found.push(format!("{name} does not solve it: missing {missing:?}, mistake {mistake:?}\n{seen}"));
        }
    }
    for mistake in &lab.mistakes {
        let Ended { mistake: told, seen, .. } = played(lab, &mistake.script)?;
        if told.as_ref() != Some(&mistake.name) {
            found.push(format!("the mistake {} is told as {told:?}\n{seen}", mistake.name));
        }
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
        if tried.holds != [*right] {
            found.push(format!("option {at} should be {right}: {shows}\n{}", seen(&tried)));
        }
    }
    Ok(found)
}

fn order_problems(bench: &Bench, question: &Question) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let right: Vec<usize> = (0..question.options.len()).collect();
    let tried = bench.try_out(question.in_order(&right))?;
    if tried.holds != [true] {
        found.push(format!("the right order does not show {}\n{}", question.shows, seen(&tried)));
    }
    for at in 1..right.len() {
        let mut order = right.clone();
        order.swap(at - 1, at);
        let tried = bench.try_out(question.in_order(&order))?;
        if tried.holds != [false] {
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
