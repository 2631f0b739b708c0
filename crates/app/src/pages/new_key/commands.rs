//! The calls that make a key as commands of AWS's command line, for whoever wants to make one like it elsewhere.

use serde_json::{Map, Value};
use waxseal_api::Place;

use super::draft::Draft;

/// One after the other, a line each unless a text in it has several: who is named, the key, its alias.
pub(super) fn commands(draft: &Draft, place: &Place) -> String {
    let named = draft.administrators.iter().chain(&draft.users).map(|person| {
        let (operation, input) = person.creation(place);
        command("iam", operation, &input)
    });
    let key = serde_json::to_string(&draft.create_key(place)).unwrap_or_default();
    let key = serde_json::from_str(&key).unwrap_or_default();
    let key = command("kms", "CreateKey", &key);
    let alias = command("kms", "CreateAlias", &serde_json::json!({ "AliasName": draft.alias_name() }));
    let own = [
        format!("KEY_ID=$({key} --query KeyMetadata.KeyId --output text)"),
        format!("{alias} --target-key-id $KEY_ID"),
    ];
    named.chain(own).collect::<Vec<_>>().join("\n")
}

/// The command of a call whose members are texts and switches.
fn command(service: &str, operation: &str, input: &Value) -> String {
    let mut out = format!("aws {service} {}", dashed(operation));
    let none = Map::new();
    let members = input.as_object().unwrap_or(&none);
    // The command line would read such a file.
    if members.values().any(|value| value.as_str().is_some_and(|text| text.starts_with("file"))) {
        return format!("{out} --cli-input-json {}", quoted(&input.to_string()));
    }
    for (name, value) in members {
        out.push_str(" --");
        out.push_str(&dashed(name));
        if let Some(text) = value.as_str() {
            // A text that looks like an option has to be joined.
            out.push(if text.starts_with('-') { '=' } else { ' ' });
            out.push_str(&quoted(text));
        }
    }
    out
}

/// `CreateKey` → `create-key`
fn dashed(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// In single quotes, where the shell would read something else.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use waxseal_cli::{Shell, Step};

    use super::*;
    use crate::{engine::place, pages::new_key::policy::Identity};

    const KEY: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

    /// The requests that the terminal makes of the commands, as operations and inputs.
    fn requests(text: &str) -> Vec<(String, Value)> {
        let mut shell = Shell::default();
        shell.config.set("default", "region", "us-east-1");
        let mut run = shell.enter(text);
        let mut requests = Vec::new();
        loop {
            match run.step() {
                Step::Call(call) => {
                    let answer = match call.operation {
                        "CreateKey" => format!(r#"{{"KeyMetadata":{{"KeyId":"{KEY}"}}}}"#),
                        _ => "{}".to_owned(),
                    };
                    requests.push((call.operation.to_owned(), serde_json::from_str(&call.body).unwrap()));
                    run.answer(Ok(answer));
                }
                Step::Work(work) => unreachable!("nothing here computes {work:?}"),
                Step::Done(outcome) => {
                    assert_eq!((&*outcome.stderr, outcome.exit), ("", 0), "{text}");
                    return requests;
                }
            }
        }
    }

    #[track_caller]
    fn check(draft: &Draft) {
        let named = draft.administrators.iter().chain(&draft.users).map(|it| it.creation(&place()));
        let mut expect: Vec<(String, Value)> = named.map(|(name, input)| (name.to_owned(), input)).collect();
        expect.push(("CreateKey".to_owned(), serde_json::to_value(draft.create_key(&place())).unwrap()));
        expect.push(("CreateAlias".to_owned(), serde_json::to_value(draft.create_alias(KEY)).unwrap()));
        assert_eq!(requests(&commands(draft, &place())), expect);
    }

    #[test]
    fn the_commands_make_the_requests_of_the_form() {
        let plain = Draft { alias: "docs".into(), ..Draft::default() };
        check(&plain);
        check(&Draft {
            description: "For letters.".into(),
            own: true,
            administrators: vec![Identity::role("admin")],
            users: vec![Identity::role("backup"), Identity::role("a+b=c,d.e@f_g-h")],
            ..plain.clone()
        });
        for description in [
            "it's \"mine\", $HOME `x` \\ !",
            "--dry-run",
            "-",
            "two\nlines",
            "file://nope",
            "fileb://nope",
            "filed away",
            "ä ß 🔑",
            " ",
            "{\"a\": 1}",
        ] {
            check(&Draft { description: description.into(), ..plain.clone() });
        }
    }
}
