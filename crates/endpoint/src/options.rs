//! The command line.

use std::{ffi::OsString, path::PathBuf};

use lexopt::{Arg, Parser, ValueExt};
use waxseal_api::AccountId;

/// What `--help` prints.
pub const USAGE: &str = "\
The key service as an HTTP endpoint on this machine.

waxseal-endpoint [--port N] [--account ID] [--require-auth] [--state FILE] [--quotas]

  --port N         where to listen on 127.0.0.1; 0 takes any free port (4599)
  --account ID     whose root callers without a known access key act as (111122223333)
  --require-auth   refuse calls that are not signed with a known access key
  --state FILE     keep the state in a file; it will hold key material unsealed
  --quotas         refuse calls beyond AWS's request quotas, as ThrottlingException

The access key of an account's root user has the account's ID for its own; its secret is the value of the environment
variable WAXSEAL_ROOT_SECRET, or else the account's ID once more.";

/// How the endpoint is to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The port; 0 for any.
    pub port: u16,
    /// The account of callers without a known access key.
    pub account: AccountId,
    /// Whether every call has to be signed with a known access key.
    pub require_auth: bool,
    /// The secret of the access keys of root users, which are named like their accounts.
    pub root_secret: Option<String>,
    /// The state file; without one the state is in memory.
    pub state: Option<PathBuf>,
    /// Whether calls beyond the request quotas are refused.
    pub quotas: bool,
}

/// What the command line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// To serve.
    Serve(Options),
    /// To say how it is used.
    Help,
}

/// Reads the arguments that follow the program's name.
///
/// # Errors
/// One of them is unknown, or its value is not what it should be.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let mut options = Options {
        port: 4599,
        account: OsString::from("111122223333").parse()?,
        require_auth: false,
        root_secret: None,
        state: None,
        quotas: false,
    };
    let mut parser = Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("port") => options.port = parser.value()?.parse()?,
            Arg::Long("account") => options.account = parser.value()?.parse()?,
            Arg::Long("require-auth") => options.require_auth = true,
            Arg::Long("state") => options.state = Some(parser.value()?.into()),
            Arg::Long("quotas") => options.quotas = true,
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from)).map_err(|error| error.to_string())
    }

    #[test]
    fn all_options() {
        let Ok(Command::Serve(options)) =
            read("--port 0 --account 123456789012 --require-auth --quotas --state=a/b")
        else {
            panic!("refused")
        };
        assert_eq!(options.account.as_str(), "123456789012");
        assert_eq!((options.port, options.require_auth, options.quotas), (0, true, true));
        assert_eq!(options.state, Some("a/b".into()));
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(read("--account 12").unwrap_err().contains("an account of twelve digits"));
        assert!(read("--port 99999").is_err());
        assert!(read("--colour").unwrap_err().contains("--colour"));
        assert_eq!(read("--help"), Ok(Command::Help));
    }
}
