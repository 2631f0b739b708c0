//! The words of the workbench.

use waxseal_api::sandbox::{Event, Start};

pub(crate) const TITLE: &str = "Workbench";
pub(crate) const LEAD: &str = "A sandbox: the same key service as in the vault, in a world of its own with its own clock. Try anything; \
    nothing here can reach your real keys and files.";
pub(crate) const OPENING: &str = "Opening the sandbox…";
pub(crate) const STARTING: &str = "Making the people and keys of this sandbox…";

pub(crate) const TERMINAL: &str = "Terminal";
pub(crate) const OUTPUT: &str = "Terminal output";
pub(crate) const COMMAND: &str = "Command";
pub(crate) const KEYS: &str = "Tab completes; the up and down arrows bring back earlier commands; Ctrl+C gives up a line; Shift+Enter \
    begins another one. To leave the line with the keyboard, press Escape and then Tab.";
pub(crate) const LEAVING: &str = "Tab leaves the line now.";
pub(crate) const GREETING: &str =
    "Commands of AWS: aws kms, aws iam, aws sts, each with help. And a small shell: pipes, files, variables.";
pub(crate) const EXAMPLE: &str = "aws kms create-key --description 'My first key'";
pub(crate) const RUNNING: &str = "Running…";
pub(crate) const NOTHING: &str = "Nothing can stand here.";

pub(crate) const FILES: &str = "Files of the terminal";
pub(crate) const FILES_HINT: &str =
    "They are kept in this sandbox, sealed. Commands reach them by name: fileb://NAME, cat NAME.";
pub(crate) const NO_FILES: &str = "No file yet. A command can write one with > NAME, or bring one in:";
pub(crate) const BRING: &str = "Bring in a file";
/// The longest file that is taken, in bytes.
pub(crate) const LONGEST_FILE: f64 = 4.0 * 1024.0 * 1024.0;
pub(crate) const TOO_LONG: &str =
    "The terminal takes files of up to 4 MiB. Larger ones belong on the file page.";

pub(crate) const CLOCK: &str = "Clock";
pub(crate) const NOTHING_DUE: &str = "Nothing is due.";

pub(crate) const LOG: &str = "Log";
pub(crate) const LOG_HINT: &str =
    "What an audit trail would say: every call, allowed or refused, and what the service does by itself.";
pub(crate) const LOG_EMPTY: &str = "No call yet.";
pub(crate) const LOG_FILTER: &str = "Filter the log";
pub(crate) const LOG_NONE: &str = "No entry has this text.";

pub(crate) const WORLDS: &str = "Sandboxes";
pub(crate) const WORLDS_HINT: &str =
    "Each has keys, people, files, a log and a clock of its own, kept in this browser.";
pub(crate) const NAME_HINT: &str = "Small letters, digits and hyphens, up to 32.";
pub(crate) const NAME_WRONG: &str = "A name has small letters, digits and hyphens, and at most 32 of them.";
pub(crate) const NAME_TAKEN: &str = "There is a sandbox of this name already.";
pub(crate) const THROW_AWAY: &str = "Throw this sandbox away";
pub(crate) const THROW_HINT: &str =
    "Its keys, people, files and log are gone then. The vault and other sandboxes stay as they are.";

/// What a sandbox begins with.
pub(crate) fn start(start: Start) -> &'static str {
    match start {
        Start::Empty => "Nothing: one account and its root user",
        Start::TwoAccounts => "Two accounts with a few users, an application's role and its key",
    }
}

/// What happens by itself.
pub(crate) fn event(event: Event) -> &'static str {
    match event {
        Event::Deletion => "Deletion of a key",
        Event::Rotation => "Rotation of a key",
        Event::Expiry => "Imported material expires",
        Event::Readiness => "Something becomes ready",
        Event::WrappingKeyExpiry => "A wrapping key for import expires",
    }
}
