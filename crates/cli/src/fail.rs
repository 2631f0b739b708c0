//! How a command of `aws` fails: what it says, and with which exit code.

use waxseal_api::ApiError;

use crate::call::Wanted;

/// Why a command does not come to its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Something has to be answered first.
    Wait(Box<Wanted>),
    /// It has failed.
    Fail(Fail),
}

/// A failure.
#[derive(Debug, PartialEq)]
pub(crate) struct Fail {
    /// What goes to stderr.
    pub(crate) text: String,
    pub(crate) exit: u8,
}

impl From<Fail> for Stop {
    fn from(fail: Fail) -> Self {
        Self::Fail(fail)
    }
}

/// What stands below a mistake in the command itself.
pub(crate) const USAGE: &str = "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help

";

impl Fail {
    /// Without a name of its own: 255.
    pub(crate) fn general(message: &str) -> Self {
        Self { text: format!("\naws: [ERROR]: {message}\n"), exit: 255 }
    }

    /// A parameter that the client refuses: 252.
    pub(crate) fn parameter(message: &str) -> Self {
        Self::named("ParamValidation", message, 252)
    }

    /// The configuration lacks something: 253.
    pub(crate) fn configuration(name: &str, message: &str) -> Self {
        Self::named(name, message, 253)
    }

    fn named(name: &str, message: &str, exit: u8) -> Self {
        Self { text: format!("\naws: [ERROR]: An error occurred ({name}): {message}\n"), exit }
    }

    /// The value of an option cannot be read.
    pub(crate) fn parsing(option: &str, message: &str) -> Self {
        Self::parameter(&format!("Error parsing parameter '{option}': {message}"))
    }

    /// A command that is not put together rightly; how it should be follows.
    pub(crate) fn usage(message: &str) -> Self {
        let fail = Self::parameter(message);
        Self { text: format!("{}\n{USAGE}", fail.text), ..fail }
    }

    /// Options that nobody knows. The first word that is no option is named last, since `help` could stand there.
    pub(crate) fn unknown_options(mut options: Vec<String>) -> Self {
        if let Some(at) = options.iter().position(|option| !option.starts_with('-')) {
            options[at..].rotate_left(1);
        }
        let text = format!("\n{USAGE}\naws: [ERROR]: Unknown options: {}\n", options.join(", "));
        Self { text, exit: 252 }
    }

    /// A word that has to be one of a list, and what may have been meant.
    pub(crate) fn choice(argument: &str, word: &str, choices: &[String]) -> Self {
        let close = crate::suggest::close(word, choices);
        let mut message = format!("argument {argument}: Found invalid choice '{word}'\n");
        if !close.is_empty() {
            message.push_str("\nMaybe you meant:\n");
            close.iter().for_each(|choice| message.push_str(&format!("\n  * {choice}")));
        }
        Self::usage(&message)
    }

    /// The service has refused. `retries`: how often it was asked again, where no more was left of that.
    pub(crate) fn service(
        operation: &str,
        code: &str,
        error: &ApiError,
        retries: Option<usize>,
        format: &str,
    ) -> Self {
        let (code, message) = (crate::Value::from(code), crate::Value::from(error.message.as_str()));
        let tried = retries.map_or(String::new(), |retries| format!(" (reached max retries: {retries})"));
        let line = format!(
            "An error occurred ({}) when calling the {operation} operation{tried}: {}",
            code.shown(),
            message.shown()
        );
        let fields = crate::Value::Map(vec![("Code".into(), code), ("Message".into(), message)]);
        let text = match format {
            "json" => format!("{}\n", fields.pretty()),
            "yaml" => crate::render::yaml(&fields),
            "text" => crate::render::text(&fields),
            "table" => crate::render::table("error", &fields),
            _ => format!("\naws: [ERROR]: {line}\n"),
        };
        Self { text, exit: 254 }
    }
}
