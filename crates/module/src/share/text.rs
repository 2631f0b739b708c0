//! The text of a sandbox's file: lines, each a word and what belongs to it, and at their end a digest of them.

use serde::{Deserialize, Serialize};
use waxseal_api::{Secret, Timestamp};
use waxseal_kms::Stored;
use zeroize::Zeroizing;

use super::{ShareError, Shared};
use crate::store::{Everything, Step, tree::Shape};

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Head {
    name: String,
    made: Timestamp,
    ahead: i64,
    head: u64,
    entered: u64,
    shape: Shape,
}

/// A record on its way into a line.
#[derive(Serialize)]
struct Line<'a> {
    table: &'static str,
    name: &'a str,
    body: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a Secret>,
}

/// A record on its way out of a line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadLine {
    table: String,
    name: String,
    body: String,
    #[serde(default)]
    secret: Option<Secret>,
}

/// Writes a sandbox, without the last line.
pub(super) fn write(shared: &Shared) -> Zeroizing<Vec<u8>> {
    let Everything { ahead, head, shape, entered, records, steps, log, kept } = &shared.everything;
    let mut text = Zeroizing::new(Vec::with_capacity(length(&shared.everything)));
    let (name, made, shape) = (shared.name.clone(), shared.made, shape.clone());
    json_line(
        &mut text,
        "sandbox",
        &Head { name, made, ahead: *ahead, head: *head, entered: *entered, shape },
    );
    for Stored { table, key, body, secret } in records {
        json_line(
            &mut text,
            "record",
            &Line { table: table.as_str(), name: key, body, secret: secret.as_ref() },
        );
    }
    for Step { number, entries: (first, end), text: kept } in steps {
        line(&mut text, &format!("step {number} {first} {end}"), kept.expose());
    }
    for (number, entry) in log {
        line(&mut text, &format!("entry {number}"), entry);
    }
    if let Some(kept) = kept {
        line(&mut text, "terminal", kept.expose());
    }
    text
}

/// About as long as the text is: text that grows has to be copied, and what it was before erased.
fn length(everything: &Everything) -> usize {
    let Everything { records, steps, log, kept, .. } = everything;
    let records = records.iter().map(|record| 2 * (record.key.len() + record.body.len()) + 200);
    let steps = steps.iter().map(|step| step.text.expose().len() + 64);
    let entries = log.iter().map(|(_, entry)| entry.len() + 32);
    let kept = kept.as_ref().map_or(0, |kept| kept.expose().len());
    records.chain(steps).chain(entries).sum::<usize>() + kept + 4096
}

fn line(text: &mut Vec<u8>, word: &str, rest: &str) {
    for part in [word, " ", rest, "\n"] {
        text.extend_from_slice(part.as_bytes());
    }
}

fn json_line(text: &mut Vec<u8>, word: &str, value: &impl Serialize) {
    line(text, word, &Zeroizing::new(serde_json::to_string(value).unwrap_or_default()));
}

/// What the last line begins with.
const END: &str = "sha256 ";

/// The last line.
pub(super) fn end(digest: &[u8]) -> String {
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{END}{digest}\n")
}

/// All lines but the last, and the last.
pub(super) fn split(text: &[u8]) -> Result<(&[u8], &[u8]), ShareError> {
    let whole = text.strip_suffix(b"\n");
    let before = whole.and_then(|text| text.iter().rposition(|byte| *byte == b'\n'));
    let parts = before.and_then(|before| text.split_at_checked(before + 1));
    parts
        .filter(|(_, last)| last.starts_with(END.as_bytes()))
        .ok_or_else(|| ShareError::Damaged("its end is missing".to_owned()))
}

/// Reads the lines of a sandbox; what is in them is not tried.
///
/// # Errors
/// [`ShareError::Damaged`]
pub(super) fn read(text: &[u8]) -> Result<Shared, ShareError> {
    let mut lines = str::from_utf8(split(text)?.0).map_err(damaged)?.lines();
    let first = lines.next().and_then(|line| line.strip_prefix("sandbox ")).unwrap_or_default();
    let Head { name, made, ahead, head, entered, shape } = serde_json::from_str(first).map_err(damaged)?;
    let mut everything = Everything { ahead, head, entered, shape, ..Everything::default() };
    for line in lines {
        take(&mut everything, line)?;
    }
    Ok(Shared { name, made, everything })
}

fn take(everything: &mut Everything, line: &str) -> Result<(), ShareError> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "record" => everything.records.push(record(rest)?),
        "step" => everything.steps.push(step(rest)?),
        "entry" => {
            let (number, entry) = numbered(rest)?;
            everything.log.push((number, entry.to_owned()));
        }
        "terminal" if everything.kept.is_none() => everything.kept = Some(rest.to_owned().into()),
        word => {
            return Err(ShareError::Damaged(format!(
                "there is no place for a line that begins with '{word}'"
            )));
        }
    }
    Ok(())
}

fn record(line: &str) -> Result<Stored, ShareError> {
    let ReadLine { table, name, body, secret } = serde_json::from_str(line).map_err(damaged)?;
    let table = table.parse().map_err(|_| ShareError::Damaged(format!("there is no table '{table}'")))?;
    Ok(Stored { table, key: name, body, secret })
}

fn step(line: &str) -> Result<Step, ShareError> {
    let (number, rest) = numbered(line)?;
    let (first, rest) = numbered(rest)?;
    let (end, text) = numbered(rest)?;
    Ok(Step { number, entries: (first, end), text: text.to_owned().into() })
}

/// A number, and what comes after it.
fn numbered(line: &str) -> Result<(u64, &str), ShareError> {
    let (number, rest) = line.split_once(' ').unwrap_or((line, ""));
    Ok((number.parse().map_err(damaged)?, rest))
}

fn damaged(error: impl std::fmt::Display) -> ShareError {
    ShareError::Damaged(error.to_string())
}
