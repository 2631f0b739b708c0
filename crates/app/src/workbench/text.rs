//! The words of the workbench.

use waxseal_api::{
    AccountId,
    sandbox::{End, Event, Start},
};

use crate::words::{counted, grouped};

pub(crate) const TITLE: &str = "Workbench";
pub(crate) const LEAD: &str = "A sandbox: the same key service as in the vault, in a world of its own with its own clock. Try anything; \
    nothing here can reach your real keys and files.";
pub(crate) const VAULT: &str = "The vault’s terminal";
pub(crate) const VAULT_CONSOLE: &str = "The vault’s console";
pub(crate) const VAULT_LEAD: &str = "This is the vault, no sandbox: what is done here is done to your own keys, at the real time, and there is no going back.";
pub(crate) const VAULT_LOCKED: &str = "The vault is locked. Your passphrase opens it for this page.";
pub(crate) const VAULT_FILES: &str =
    "They are in this page only, and gone with it. Commands reach them by name: fileb://NAME, cat NAME.";
pub(crate) const TO_VAULT: &str = "Terminal and console of the vault, for your own keys";
pub(crate) const TO_SANDBOXES: &str = "To the sandboxes, where anything can be tried";
pub(crate) const OPENING_VAULT: &str = "Opening the vault…";
pub(crate) const OPENING: &str = "Opening the sandbox…";
pub(crate) const STARTING: &str = "Making the people and keys of this sandbox…";

pub(crate) const TERMINAL: &str = "Terminal";
pub(crate) const BESIDE: &str = "The terminal, on this page";
pub(crate) const OUTPUT: &str = "Terminal output";
pub(crate) const COMMAND: &str = "Command";
pub(crate) const KEYS: &str = "Tab completes; the up and down arrows bring back earlier commands; Ctrl+C gives up a line; Shift+Enter \
    begins another one. To leave the line with the keyboard, press Escape and then Tab.";
pub(crate) const LEAVING: &str = "Tab leaves the line now.";
pub(crate) const GREETING: &str = "Commands of AWS: aws help lists them, and aws kms help those of KMS. And a small shell: pipes, files, variables, loops.";
/// What to begin with in a sandbox of one's own.
pub(crate) const START: [&str; 2] = ["For a start: ", "aws kms create-key --description 'My first key'"];
/// What to begin with where something is prepared.
pub(crate) const LOOK: [&str; 2] = ["To look around: ", "ls; aws kms list-aliases"];
pub(crate) const RUNNING: &str = "Running…";
pub(crate) const NOTHING: &str = "Nothing can stand here.";

pub(crate) const FILES: &str = "Files of the terminal";
pub(crate) const FILES_HINT: &str =
    "They are kept in this sandbox, sealed. Commands reach them by name: fileb://NAME, cat NAME.";
pub(crate) const NO_FILES: &str = "No file yet. A command can write one with > NAME, or bring one in:";
pub(crate) const BRING: &str = "Bring in a file";
pub(crate) const SEAL: &str = "Encrypt or decrypt";
pub(crate) const TOO_LONG: &str =
    "The terminal takes files of up to 4 MiB. Larger ones belong on the file page.";

pub(crate) const CLOCK: &str = "Clock";
pub(crate) const QUOTAS: &str = "Hold calls to the request quotas of KMS";
pub(crate) const QUOTAS_WHY: &str = "Then too many calls in one second are refused with ThrottlingException: more than five CreateKey, more than 10,000 Encrypt.";
pub(crate) const NOTHING_DUE: &str = "Nothing is due.";

pub(crate) const METER: &str = "Meter";
pub(crate) const EARLIER: &str = "Earlier months";
pub(crate) const BILL: [&str; 4] = ["What", "Quantity", "Price", "Amount"];
pub(crate) const BILL_TOTAL: &str = "Total";
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What the meter counts.
pub(crate) fn meter_hint(account: &AccountId, checked: &str) -> String {
    format!(
        "What account {account} has asked of KMS, and what AWS would charge by its public price list for us-east-1, checked in \
        {checked}. Refused requests count, and so do those that services make for the account. Nobody sends you this bill."
    )
}

/// What all months cost.
pub(crate) fn all_months(total: &str) -> String {
    format!("All months so far: {total}.")
}

pub(crate) const LOG: &str = "Log";
pub(crate) const LOG_HINT: &str =
    "What an audit trail would say: every call, allowed or refused, and what the service does by itself.";
pub(crate) const LOG_EMPTY: &str = "No call yet.";
pub(crate) const LOG_FILTER: &str = "Filter the log";
pub(crate) const LOG_NONE: &str = "No entry has this text.";

pub(crate) const MATRIX: &str = "Who may do what";
pub(crate) const ASKING: &str = "Asking the policies and grants…";
pub(crate) const ALL_ACTIONS: &str = "Show every action";
pub(crate) const FEWER: &str = "Show fewer actions";
pub(crate) const CHANGED: &str = ", changed";
pub(crate) const WHY: &str = "Press a cell to see which statement or grant it rests on.";
pub(crate) const TRY_POLICY: &str = "Try another key policy";
pub(crate) const TRY_POLICY_HINT: &str = "Nothing changes while you type; the table shows what would.";
pub(crate) const KEEP_ANYWAY: &str = "Make it the key’s policy all the same";
pub(crate) const LOCKOUT: &str = "This policy keeps you from changing it again. The service takes it only with BypassPolicyLockoutSafetyCheck, \
    which the command would have.";
pub(crate) const STATEMENTS: &str = "The console’s statements";
pub(crate) const STATEMENTS_HINT: &str =
    "Who administers, and who uses the key and lets AWS services use it by grants. Other statements stay.";
pub(crate) const NO_STATEMENTS: &str =
    "The console’s statements can be chosen again when the text is a policy.";
pub(crate) const ENABLE_IAM: &str = "Identity policies of the account count";
pub(crate) const ADMINISTERS: &str = "administers";
pub(crate) const USES: &str = "uses";
pub(crate) const KEEP_POLICY: &str = "Make it the key’s policy";
pub(crate) const DROP_POLICY: &str = "Back to the key’s own";

pub(crate) const GO_BACK: &str = "Go back to before this";
pub(crate) const WENT_BACK: &str = "The sandbox was put back to before that. What came after is kept: return to it, or go on from here. The terminal’s own files stay.";
pub(crate) const RETURNED: &str = "The sandbox was put back as you had left it.";
pub(crate) const ENDS: &str = "Not here, but kept:";
pub(crate) const RETURN: &str = "Return";

/// How far it is to where steps end.
pub(crate) fn away(end: &End) -> String {
    let on = counted(end.on as u64, "step on", "steps on");
    if end.back == 0 { on } else { format!("{} back and {on}", end.back) }
}

pub(crate) const WORLDS: &str = "Sandboxes";
pub(crate) const WORLDS_HINT: &str =
    "Each has keys, people, files, a log and a clock of its own, kept in this browser.";
pub(crate) const NAME_HINT: &str = "Small letters, digits and hyphens, up to 32.";
pub(crate) const NAME_MISSING: &str = "Give the sandbox a name.";
pub(crate) const NAME_WRONG: &str = "A name has small letters, digits and hyphens, and at most 32 of them.";
pub(crate) const NAME_TAKEN: &str = "There is a sandbox of this name already.";
pub(crate) const OPEN_FILE: &str = "Open a sandbox from a file";
pub(crate) const SHARE: &str = "Save or share this sandbox";
pub(crate) const SHARE_HINT: &str = "A file has all of it: keys, people, files, the clock, the log and every step. A small sandbox fits in \
    a link too, which holds it itself: nothing is sent to a server.";
pub(crate) const SHARE_WARNING: &str = "Whoever has the file or the link has the keys of this sandbox.";
pub(crate) const SAVE: &str = "Save as a file";
pub(crate) const MAKE_LINK: &str = "Make a link";
pub(crate) const SAVING: &str = "Saving…";
pub(crate) const COPIED: &str = "The link is on the clipboard.";
pub(crate) const NOT_COPIED: &str = "The browser does not allow copying; select the link instead.";
pub(crate) const ARRIVED: &str = "Open this sandbox?";
pub(crate) const READING: &str = "Reading all of it…";
pub(crate) const OPEN_IT: &str = "Open it";
pub(crate) const LEAVE_IT: &str = "Do not open it";
pub(crate) const LINK_CUT: &str = "The link was changed or cut short on its way";
pub(crate) const ANOTHER: &str = "Another sandbox";
pub(crate) const RENAME_HEADING: &str = "Rename this sandbox";
pub(crate) const RENAME: &str = "Rename it";
pub(crate) const RENAME_HINT: &str =
    "Small letters, digits and hyphens, up to 32. Other tabs of it have to be opened anew.";

/// What is in the file of a sandbox that was saved on a day.
pub(crate) fn found(day: &str, keys: u64, entries: u64) -> String {
    let (keys, entries) = (counted(keys, "key", "keys"), counted(entries, "entry", "entries"));
    format!(
        "Saved on {day}: {keys}, and {entries} in its log. It is opened as a new sandbox beside the others, and nothing that is \
         here changes."
    )
}

/// Why there is no link.
pub(crate) fn too_long(length: usize, longest: usize) -> String {
    let [length, longest] = [length, longest].map(|length| grouped(length as u64));
    format!(
        "A link would have {length} characters. Many programs cut links over {longest}, so save it as a file instead."
    )
}

pub(crate) const THROW_AWAY: &str = "Throw this sandbox away";
pub(crate) const THROW_HINT: &str =
    "Its keys, people, files and log are gone then. The vault and other sandboxes stay as they are.";

pub(crate) const BYTES: &str = "Bytes";
pub(crate) const BYTES_LEAD: &str = "What a ciphertext, a message, a token or a public key is made of, byte by byte. Turn a bit round and try it again.";
pub(crate) const INSPECT: &str = "Look at its bytes";

pub(crate) const CONSOLE: &str = "Console";
pub(crate) const CONSOLE_LEAD: &str =
    "Every operation as a form. What it sends is a command of the terminal, shown before it is sent.";
pub(crate) const KEYS_HERE: &str = "Keys of this account and Region";
pub(crate) const KEY_FILTER: &str = "Filter by alias, ID, state, spec or description";
pub(crate) const REQUEST: &str = "Request";
pub(crate) const CHOOSE: &str = "Choose an operation";
pub(crate) const SEND: &str = "Send";
pub(crate) const NOT_GIVEN: &str = "not given";
pub(crate) const STAYS: &str = "All else stays as it was before this:";
pub(crate) const AS_COMMAND: &str = "As a command";
pub(crate) const AS_COMMAND_HINT: &str =
    "This is sent. Change it, or paste another one, and the form follows.";
pub(crate) const AS_JSON: &str = "As JSON";
pub(crate) const AS_JSON_HINT: &str = "What the command asks the service for.";
pub(crate) const BLOB_HINT: &str = "As base64, or from a file of up to 64 KiB.";
pub(crate) const FILE_HINT: &str = "A file of the terminal.";
pub(crate) const TEXTS_HINT: &str = "One per line.";
pub(crate) const FROM_FILE: &str = "Take a file";

/// How many keys a filter has left.
pub(crate) fn keys_found(found: usize, all: usize) -> String {
    match (found, all) {
        (_, 0) => "No key yet.".to_owned(),
        (0, _) => "No key has this text.".to_owned(),
        (found, all) if found == all => counted(all as u64, "key.", "keys."),
        (found, all) => format!("{} of {} keys.", grouped(found as u64), grouped(all as u64)),
    }
}

/// What a sandbox begins with.
pub(crate) fn start(start: Start) -> &'static str {
    match start {
        Start::Empty => "One account and its root user",
        Start::Company => "A shop with buckets, a disk, a secret and a key that nobody seems to need",
        Start::TwoAccounts => "Two accounts with a few users, an application’s role and its key",
    }
}

/// What happens by itself.
pub(crate) fn event(event: Event) -> &'static str {
    match event {
        Event::Deletion => "Deletion of a key",
        Event::Rotation => "Rotation of a key",
        Event::Expiry => "Imported material expires",
        Event::Readiness => "New state of a key or key store",
        Event::WrappingKeyExpiry => "A wrapping key for import expires",
    }
}
