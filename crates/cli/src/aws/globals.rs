//! The options that every command has.

use jmespath::ast::Ast;

use crate::{
    args::{self, Opt, Takes},
    fail::Fail,
    query,
};

/// The formats of `--output`.
pub(crate) const OUTPUTS: &[&str] = &["json", "text", "table", "yaml", "yaml-stream", "off"];

/// Every option that goes with any command: its name, what it takes and what that can be.
pub(crate) const GLOBALS: &[(&str, Takes, &[&str])] = &[
    ("--debug", Takes::Nothing, &[]),
    ("--endpoint-url", Takes::One, &[]),
    ("--no-verify-ssl", Takes::Nothing, &[]),
    ("--no-paginate", Takes::Nothing, &[]),
    ("--output", Takes::One, OUTPUTS),
    ("--query", Takes::One, &[]),
    ("--profile", Takes::One, &[]),
    ("--region", Takes::One, &[]),
    ("--version", Takes::Nothing, &[]),
    ("--color", Takes::One, &["on", "off", "auto"]),
    ("--no-sign-request", Takes::Nothing, &[]),
    ("--ca-bundle", Takes::One, &[]),
    ("--cli-read-timeout", Takes::One, &[]),
    ("--cli-connect-timeout", Takes::One, &[]),
    ("--cli-binary-format", Takes::One, &["base64", "raw-in-base64-out"]),
    ("--no-cli-pager", Takes::Nothing, &[]),
    ("--cli-auto-prompt", Takes::Nothing, &[]),
    ("--no-cli-auto-prompt", Takes::Nothing, &[]),
    ("--cli-error-format", Takes::One, &["legacy", "enhanced", "json", "yaml", "text", "table"]),
];

/// Options that ask for a network or a keyboard that are not there.
pub(crate) const REFUSED: &[&str] = &["--endpoint-url", "--no-sign-request", "--cli-auto-prompt"];

/// The global options of one command.
#[derive(Debug)]
pub(crate) struct Globals {
    pub(crate) paginate: bool,
    pub(crate) version: bool,
    pub(crate) output: Option<String>,
    pub(crate) query: Option<Ast>,
    pub(crate) profile: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) binary_format: Option<String>,
    pub(crate) error_format: String,
}

/// Takes the global options out of a command's words.
pub(crate) fn take(words: &[String]) -> Result<(Globals, Vec<String>), Fail> {
    let options: Vec<Opt> =
        GLOBALS.iter().map(|(name, takes, choices)| Opt { choices, ..Opt::new(*name, *takes) }).collect();
    let (given, rest) = args::take(&options, words)?;
    let last = |name: &str| given.iter().rev().find(|option| option.name == name);
    let word = |name: &str| last(name).and_then(|option| option.words.first().cloned());
    if let Some(name) = REFUSED.iter().find(|name| last(name).is_some()) {
        let message = format!("argument {name}: not available in this terminal; please leave it out");
        return Err(Fail::parameter(&message));
    }
    let query = word("--query").map(|text| query::parse(&text).map_err(|error| bad_query(&text, &error)));
    let globals = Globals {
        paginate: last("--no-paginate").is_none(),
        version: last("--version").is_some(),
        output: word("--output"),
        query: query.transpose()?,
        profile: word("--profile"),
        region: word("--region"),
        binary_format: word("--cli-binary-format"),
        error_format: word("--cli-error-format").unwrap_or_default(),
    };
    Ok((globals, rest))
}

fn bad_query(text: &str, error: &str) -> Fail {
    Fail::parameter(&format!("Bad value for --query {text}: {error}"))
}
