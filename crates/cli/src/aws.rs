//! The command `aws`.

mod configure;
mod globals;
mod help;
mod identity;
mod operation;
mod page;
mod s3;
mod skeleton;

use std::collections::BTreeMap;

use crate::{
    call::Answers,
    fail::{Fail, Stop},
    files::Files,
    model::{self, ServiceModel},
};

pub use configure::Config;
pub(crate) use globals::GLOBALS;
pub use operation::OUTFILE;
pub(crate) use operation::{names_a_file, options};
pub(crate) use s3::COMMANDS as S3_COMMANDS;
pub(crate) use skeleton::shape as sketch;

/// The version whose behaviour this one has.
pub const VERSION: &str = concat!("aws-cli/2.36.7 Waxseal/", env!("CARGO_PKG_VERSION"));

/// What a command sees of the terminal.
pub(crate) struct Aws<'a> {
    pub(crate) files: &'a mut Files,
    pub(crate) variables: &'a BTreeMap<String, String>,
    pub(crate) config: &'a mut Config,
    pub(crate) answers: &'a mut Answers,
    pub(crate) stdin: &'a [u8],
    /// See [`Shell::naming`](crate::Shell::naming).
    pub(crate) naming: bool,
}

/// The words that can stand after `aws`.
pub(crate) fn commands() -> Vec<String> {
    let services = model::services().iter().map(|model| model.command().to_owned());
    services.chain(["configure", "help", "s3"].map(str::to_owned)).collect()
}

impl Aws<'_> {
    /// Runs `aws` with these words and returns what it prints.
    pub(crate) fn run(&mut self, words: &[String]) -> Result<String, Stop> {
        let (globals, mut rest) = globals::take(words)?;
        if globals.version {
            return Ok(format!("{VERSION}\n"));
        }
        let Some(command) = first_word(&mut rest) else {
            return Err(Fail::usage("the following arguments are required: command").into());
        };
        match (command.as_str(), model::service(&command)) {
            ("help", _) => Ok(help::top()),
            ("configure", _) if rest == ["help"] => Ok(help::configure()),
            ("configure", _) => Ok(self.configure(&globals, &rest)?),
            ("s3", _) => self.s3(&globals, &rest),
            (_, Some(model)) => self.service(&globals, model, rest),
            _ => Err(Fail::choice("command", &command, &commands()).into()),
        }
    }

    fn service(
        &mut self,
        globals: &globals::Globals,
        model: &'static ServiceModel,
        mut rest: Vec<String>,
    ) -> Result<String, Stop> {
        let Some(word) = first_word(&mut rest) else {
            return Err(Fail::usage("the following arguments are required: operation").into());
        };
        if word == "help" {
            return Ok(help::service(model));
        }
        let Some(operation) = model.operation(&word) else {
            let names = model.operations.iter().map(|operation| model::dashed(operation.name));
            let names: Vec<String> = names.chain(["help".to_owned()]).collect();
            return Err(Fail::choice("operation", &word, &names).into());
        };
        if rest == ["help"] {
            return Ok(help::operation(model, operation));
        }
        self.operation(globals, model, operation, &rest)
    }
}

/// Takes out the first word that is no option.
fn first_word(words: &mut Vec<String>) -> Option<String> {
    let at = words.iter().position(|word| !word.starts_with('-'))?;
    Some(words.remove(at))
}
