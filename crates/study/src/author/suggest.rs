//! What could be a goal: whatever there is and was done, as checks. Which of them are new since the lab begins, the sandbox says.

use waxseal_api::{
    audit::AuditRecord,
    sandbox::{File, KeyRow},
    types::{KeySpec, KeyState},
};

use super::Goal;

/// No more are made.
const MOST: usize = 80;

/// Checks that hold of keys, files and a log, each once.
pub fn suggested<'a>(
    log: impl Iterator<Item = &'a AuditRecord>,
    keys: &[KeyRow],
    files: &[File],
) -> Vec<Goal> {
    let mut found: Vec<Goal> = Vec::new();
    keys.iter().for_each(|key| of_key(key, &mut found));
    for file in files {
        found.push(goal(
            format!("files[?name=={}]", quoted(&file.name)),
            format!("There is a file `{}`", file.name),
        ));
    }
    log.for_each(|record| of_record(record, &mut found));
    let mut once: Vec<Goal> = Vec::new();
    for goal in found {
        if once.len() < MOST && !once.iter().any(|it| it.check == goal.check) {
            once.push(goal);
        }
    }
    once
}

fn of_key(key: &KeyRow, found: &mut Vec<Goal>) {
    let state: &str = key.state.into();
    if key.names.is_empty() && key.state != KeyState::Enabled {
        found.push(goal(format!("keys[?KeyState=='{state}']"), format!("A key is `{state}`")));
    }
    for name in &key.names {
        let named = format!("contains(Aliases, {})", quoted(name));
        found.push(goal(format!("keys[?{named}]"), format!("A key is called `{name}`")));
        if key.state != KeyState::Enabled {
            let words = format!("The key of `{name}` is `{state}`");
            found.push(goal(format!("keys[?{named} && KeyState=='{state}']"), words));
        }
        if key.spec != KeySpec::SymmetricDefault {
            let spec: &str = key.spec.into();
            let words = format!("The key of `{name}` is of the kind `{spec}`");
            found.push(goal(format!("keys[?{named} && KeySpec=='{spec}']"), words));
        }
    }
}

fn of_record(record: &AuditRecord, found: &mut Vec<Goal>) {
    let event = &record.event_name;
    if event.starts_with("List") || event.starts_with("Describe") {
        return;
    }
    let is = format!("eventName=={}", quoted(event));
    if let Some(code) = &record.error_code {
        let check = format!("log[?{is} && errorCode=={}]", quoted(code));
        return found.push(goal(check, format!("`{event}` was refused with `{code}`")));
    }
    found.push(goal(format!("log[?{is} && !errorCode]"), format!("`{event}` was done")));
    let key = record.request_parameters.as_ref().and_then(|it| it["keyId"].as_str());
    if let Some(name) = key.filter(|it| it.starts_with("alias/")) {
        let check = format!("log[?{is} && !errorCode && requestParameters.keyId=={}]", quoted(name));
        found.push(goal(check, format!("`{event}` was done with `{name}`")));
    }
    let who = record.user_identity.arn.as_deref().filter(|arn| !arn.ends_with(":root"));
    if let Some(arn) = who {
        let name = arn.rsplit([':', '/']).next().unwrap_or(arn);
        let check = format!("log[?{is} && !errorCode && userIdentity.arn=={}]", quoted(arn));
        found.push(goal(check, format!("`{event}` was done by {name}")));
    }
}

fn goal(check: String, words: String) -> Goal {
    Goal { check, words }
}

/// A text in JMESPath.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"\'"))
}
