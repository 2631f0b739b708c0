//! The text of a sandbox's file: lines, each a word and what belongs to it, and at their end a digest of them.

use serde::{Deserialize, Serialize};
use waxseal_api::{Secret, Timestamp};
use waxseal_crypto::sha256;
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

/// Writes a sandbox.
pub(super) fn write(shared: &Shared) -> Zeroizing<Vec<u8>> {
    let Everything { ahead, head, shape, entered, records, steps, log, kept } = &shared.everything;
    let mut text = Zeroizing::new(Vec::new());
    let (name, made, shape) = (shared.name.clone(), shared.made, shape.clone());
    line(
        &mut text,
        "sandbox",
        &json(&Head { name, made, ahead: *ahead, head: *head, entered: *entered, shape }),
    );
    for Stored { table, key, body, secret } in records {
        let record = Line { table: table.as_str(), name: key, body, secret: secret.as_ref() };
        line(&mut text, "record", &json(&record));
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
    let digest = hex(&sha256(&[&text]));
    line(&mut text, "sha256", &digest);
    text
}

fn line(text: &mut Vec<u8>, word: &str, rest: &str) {
    text.extend([word.as_bytes(), b" ", rest.as_bytes(), b"\n"].concat());
}

fn json(value: &impl Serialize) -> Zeroizing<String> {
    Zeroizing::new(serde_json::to_string(value).unwrap_or_default())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a sandbox; what is in the lines is not tried.
///
/// # Errors
/// [`ShareError::Damaged`]
pub(super) fn read(text: &[u8]) -> Result<Shared, ShareError> {
    let text = str::from_utf8(text).map_err(damaged)?;
    let lines = verified(text)?;
    let mut lines = lines.lines();
    let first = lines.next().and_then(|line| line.strip_prefix("sandbox ")).unwrap_or_default();
    let Head { name, made, ahead, head, entered, shape } = serde_json::from_str(first).map_err(damaged)?;
    let mut everything = Everything { ahead, head, entered, shape, ..Everything::default() };
    for line in lines {
        take(&mut everything, line)?;
    }
    Ok(Shared { name, made, everything })
}

/// All lines but the last, which has to be their digest.
fn verified(text: &str) -> Result<&str, ShareError> {
    let cut = || ShareError::Damaged("its end is missing".to_owned());
    let at = text.rfind("sha256 ").ok_or_else(cut)?;
    let (lines, last) = text.split_at(at);
    let digest = last.strip_prefix("sha256 ").and_then(|rest| rest.strip_suffix('\n')).ok_or_else(cut)?;
    match digest == hex(&sha256(&[lines.as_bytes()])) {
        true => Ok(lines),
        false => Err(ShareError::Damaged("its digest is another one".to_owned())),
    }
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
