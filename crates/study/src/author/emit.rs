//! A lab as lessons have it, in TOML.

use waxseal_api::sandbox::Start;

use crate::{Lab, LabText};

/// The part of `lesson.toml`.
pub(super) fn lab(lab: &Lab) -> String {
    let mut lines = vec![
        "[[lab]]".to_owned(),
        format!("id = {}", text(&lab.id)),
        format!("objectives = [{}]", texts(&lab.objectives, ", ")),
    ];
    match lab.start {
        Start::Empty => {}
        Start::TwoAccounts => lines.push("start = \"twoAccounts\"".to_owned()),
        Start::Company => lines.push("start = \"company\"".to_owned()),
    }
    if !lab.prepare.is_empty() {
        lines.push(format!("prepare = {}", script(&lab.prepare)));
    }
    lines.push(format!("goals = {}", list(&lab.goals)));
    lines.push(format!("solution = {}", script(&lab.solution)));
    let routes: Vec<String> = lab.routes.iter().map(|it| script(it)).collect();
    lines.push(format!("routes = [{}]", routes.join(", ")));
    for mistake in &lab.mistakes {
        lines.push(format!(
            "\n[[lab.mistake]]\nname = {}\nwhen = {}\nscript = {}",
            text(&mistake.name),
            text(&mistake.when),
            script(&mistake.script)
        ));
    }
    format!("{}\n", lines.join("\n"))
}

/// The part of `en.toml`. Mistakes stand in the lab's own order.
pub(super) fn words(lab: &Lab, words: &LabText) -> String {
    let id = name(&lab.id);
    let mut lines = vec![
        format!("[labs.{id}]"),
        format!("title = {}", text(&words.title)),
        format!("task = {}", text(&words.task)),
        format!("goals = {}", list(&words.goals)),
        format!("hints = {}", list(&words.hints)),
        format!("notice = {}", text(&words.notice)),
    ];
    if !words.mistakes.is_empty() {
        lines.push(format!("[labs.{id}.mistakes]"));
    }
    let mut named: Vec<&String> = Vec::new();
    for mistake in &lab.mistakes {
        // A name that is there twice is told elsewhere; a table has it once.
        if let Some(told) = words.mistakes.get(&mistake.name).filter(|_| !named.contains(&&mistake.name)) {
            lines.push(format!("{} = {}", name(&mistake.name), text(told)));
            named.push(&mistake.name);
        }
    }
    format!("{}\n", lines.join("\n"))
}

fn list(items: &[String]) -> String {
    match items {
        [] => "[]".to_owned(),
        items => format!("[\n    {},\n]", texts(items, ",\n    ")),
    }
}

fn texts(items: &[String], between: &str) -> String {
    items.iter().map(|it| text(it)).collect::<Vec<_>>().join(between)
}

/// A key, in quotes where it has to be.
fn name(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}

/// A text, in whichever quotes leave it as it is, if there are any.
fn text(value: &str) -> String {
    let literal = value.contains(['"', '\\']) && !value.contains('\'');
    match value {
        it if it.contains('\n') => format!("\"\"\"\n{}\"\"\"", escaped(it)),
        it if literal && !it.contains(is_control) => format!("'{it}'"),
        it => quoted(it),
    }
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", escaped(value).replace('\n', "\\n"))
}

/// What can stand between three quotes, or between one if it has no line's end.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '"' => text.push_str("\\\""),
            c if is_control(c) => text.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => text.push(c),
        }
    }
    text
}

/// A script as lessons have it, where it can stand so.
fn script(lines: &str) -> String {
    if lines.contains("'''") || lines.contains(is_control) {
        return format!("\"\"\"\n{}\"\"\"", escaped(lines));
    }
    format!("'''\n{lines}'''")
}

/// What TOML takes only when it is escaped.
fn is_control(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}
