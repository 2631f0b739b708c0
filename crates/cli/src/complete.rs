//! What can stand where the cursor is.

use crate::{
    aws::{self, GLOBALS},
    files::Files,
    model::{self, Member, ServiceModel, Shape},
    shell::{PROGRAMS, RESERVED},
};

/// What a word can become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// Where the word begins, in bytes of the line.
    pub start: usize,
    /// What can stand there, in order.
    pub words: Vec<String>,
}

/// Completes the word before the cursor. `keys` are the names that keys can be called by: IDs, ARNs, aliases.
pub fn complete(line: &str, cursor: usize, files: &Files, keys: &[String]) -> Candidates {
    let cursor = (0..=cursor.min(line.len())).rev().find(|at| line.is_char_boundary(*at)).unwrap_or_default();
    let before = &line[..cursor];
    let command = before.rfind(['|', ';', '&', '(']).map_or(0, |at| at + 1);
    let start = before.rfind([' ', '\n', '\t', '"', '\'']).map_or(0, |at| at + 1).max(command);
    let begins = |word: &&str| RESERVED.contains(word) && *word != "for";
    let words: Vec<&str> = before[command..start].split_whitespace().skip_while(begins).collect();
    let word = &before[start..];
    let mut found: Vec<String> = candidates(&words, word, files, keys);
    found.retain(|candidate| candidate.starts_with(word) && candidate != word);
    found.sort();
    found.dedup();
    Candidates { start, words: found }
}

fn candidates(words: &[&str], word: &str, files: &Files, keys: &[String]) -> Vec<String> {
    let names = || files.iter().map(|(name, _)| name.to_owned());
    match words {
        [] => PROGRAMS.iter().map(|(name, _)| name.to_string()).collect(),
        ["aws", "s3"] => aws::S3_COMMANDS.iter().map(ToString::to_string).collect(),
        ["aws", "s3", ..] if !word.starts_with('-') => names().collect(),
        ["aws", rest @ ..] => {
            let prefix = ["fileb://", "file://"].into_iter().find(|prefix| word.starts_with(prefix));
            if let Some(prefix) = prefix {
                return names().map(|name| format!("{prefix}{name}")).collect();
            }
            of_aws(rest, word, keys)
        }
        _ => names().collect(),
    }
}

fn of_aws(words: &[&str], word: &str, keys: &[String]) -> Vec<String> {
    let last = words.last().copied().unwrap_or_default();
    if let Some((_, _, choices)) =
        GLOBALS.iter().find(|(name, _, choices)| *name == last && !choices.is_empty())
    {
        return choices.iter().map(ToString::to_string).collect();
    }
    let globals = || GLOBALS.iter().map(|(name, ..)| name.to_string());
    let mut plain = words.iter().filter(|word| !word.starts_with('-'));
    let Some(model) = plain.next().and_then(|service| model::service(service)) else {
        return if word.starts_with('-') { globals().collect() } else { aws::commands() };
    };
    let Some(operation) = plain.next().and_then(|operation| model.operation(operation)) else {
        let operations = model.operations.iter().map(|operation| model::dashed(operation.name));
        return if word.starts_with('-') {
            globals().collect()
        } else {
            operations.chain(["help".into()]).collect()
        };
    };
    let options = aws::options(model, operation);
    let option = words.iter().rev().find(|word| word.starts_with("--")).copied().unwrap_or_default();
    let member = options.members.iter().find(|(name, _)| name == option).map(|(_, member)| member);
    let many = member.is_some_and(|member| matches!(model.shape(member.shape), Shape::List(..)));
    if let Some(member) = member.filter(|_| (option == last || many) && !word.starts_with('-')) {
        return values(model, member, keys);
    }
    let given = |name: &String| !words.contains(&name.as_str());
    options.options.into_iter().map(|option| option.name).chain(globals()).filter(given).collect()
}

fn values(model: &ServiceModel, member: &Member, keys: &[String]) -> Vec<String> {
    let choices = |shape: &Shape| match shape {
        Shape::Text(_, choices) => choices.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    match model.shape(member.shape) {
        _ if member.name.ends_with("KeyId") => keys.to_vec(),
        _ if member.name == "AliasName" => {
            keys.iter().filter(|key| key.starts_with("alias/")).cloned().collect()
        }
        Shape::List(item, _) => choices(model.shape(item)),
        Shape::Blob(_) | Shape::Raw => ["fileb://".to_owned()].into(),
        shape => choices(shape),
    }
}
