//! The words of the file page.

use waxseal_api::types::EncryptionContext;

use super::{recognise::Kind, state::Direction};
use crate::words::{bytes, size};

pub(crate) const TITLE: &str = "Encrypt or decrypt a file";
pub(crate) const LEAD: &str =
    "Nothing leaves this browser: the file is read, worked on and written right here.";

pub(crate) const DROP: &str = "Drop a file here";
pub(crate) const DROP_NOW: &str = "Let go to take this file";
pub(crate) const CHOOSE: &str = "Choose a file";
pub(crate) const CHOOSE_OTHER: &str = "Choose another file";
pub(crate) const DROP_HINT: &str = "or paste one. It stays in this browser.";
pub(crate) const DO: &str = "What to do";
pub(crate) const KEY: &str = "Under which KMS key";
pub(crate) const KEYS_PENDING: &str = "Looking which keys are here…";
pub(crate) const KEY_OF_MESSAGE: &str =
    "The file names the KMS key that can open it. You need not choose one.";
pub(crate) const KEY_FIRST: &str = "Your first key";
pub(crate) const KEY_FIRST_HINT: &str =
    "There is no enabled key here yet. Waxseal makes one under this name; it never leaves this browser.";
pub(crate) const KEY_NAME: &str = "my-files";
pub(crate) const NAME_NOT_ALLOWED: &str = "A name has letters, digits and : / _ - and at most 250 of them.";
pub(crate) const NAME_RESERVED: &str = "Names that begin with aws/ belong to AWS managed keys.";
pub(crate) const NAME_TAKEN: &str = "Another key has this name already.";

pub(crate) const CONTEXT: &str = "Encryption context";
pub(crate) const CONTEXT_HINT: &str = "Optional pairs, such as Project and Alpha. Anyone can read them in the encrypted file, but nobody can change them.";
pub(crate) const CONTEXT_ADD: &str = "Add a pair";
pub(crate) const CONTEXT_REMOVE: &str = "Remove pair";
pub(crate) const CONTEXT_NO_NAME: &str = "Each value needs a name.";
pub(crate) const CONTEXT_TWICE: &str = "Each name can be there only once.";
pub(crate) const CONTEXT_RESERVED: &str = "Names that begin with aws-crypto- belong to the file format.";

pub(crate) const WATCH: &str = "Show this file's data key while I watch";
pub(crate) const WATCH_HINT: &str =
    "The data key of this one file becomes visible on this page, until you leave it or take another file.";

pub(crate) const SIGN: &str = "Sign it as well";
pub(crate) const SIGN_HINT: &str = "Whoever opens it can tell that every byte comes from someone who may use the key to encrypt. \
    It takes longer: the signature (ECDSA on P-384) is over the whole file.";

pub(crate) const WORKING: &str = "Progress of the file";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const STOPPING: &str = "Stopping…";
pub(crate) const CANCELLED: &str = "Cancelled. Nothing was written, and the file is as it was.";
pub(crate) const NOTHING_OUT: &str = "The worker said that it was done but sent no file.";
pub(crate) const SAVED: &str = "It is where you chose to save it.";
pub(crate) const AGAIN: &str = "Back to this file";
pub(crate) const CLEAR: &str = "Put away";
pub(crate) const CLEAR_KEY: &str = "Put away and erase the data key";
pub(crate) const UNDECODED: &str =
    "This text is not base64 from its beginning to its end. Ask for the file once more, or for it as it is.";
pub(crate) const OPEN_UNCOMMITTED: &str = "I trust where this file comes from: decrypt it";
pub(crate) const DECODE: &str = "Decode the text";

/// A pair's first field.
pub(crate) fn context_name(n: usize) -> String {
    format!("Name {}", n + 1)
}

/// A pair's second field.
pub(crate) fn context_value(n: usize) -> String {
    format!("Value {}", n + 1)
}

/// A direction as a choice.
pub(crate) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Encrypt => "Encrypt it",
        Direction::Decrypt => "Decrypt it",
    }
}

/// What a file looks like.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Other => "not encrypted, as far as its first bytes tell",
        Kind::Message => "looks like an encrypted file (AWS Encryption SDK message)",
        Kind::Base64Message => "looks like an encrypted file, written as base64 text",
    }
}

/// The button that begins.
pub(crate) fn begin(direction: Direction, makes_key: bool) -> &'static str {
    match (direction, makes_key) {
        (Direction::Encrypt, false) => "Encrypt",
        (Direction::Encrypt, true) => "Make the key and encrypt",
        (Direction::Decrypt, _) => "Decrypt",
    }
}

/// What is going on.
pub(crate) fn working(direction: Direction, name: &str) -> String {
    match direction {
        Direction::Encrypt => format!("Encrypting {name}"),
        Direction::Decrypt => format!("Decrypting {name}"),
    }
}

/// What came of it.
pub(crate) fn done(direction: Direction, name: &str) -> String {
    match direction {
        Direction::Encrypt => format!("{name} is encrypted"),
        Direction::Decrypt => format!("{name} is decrypted, and every byte verified"),
    }
}

/// The link to what came out.
pub(crate) fn download(name: &str) -> String {
    format!("Download {name}")
}

/// `52.4 MB became 52.4 MB: 6,708 bytes more, for the header and the tags of the frames.`
pub(crate) fn sizes(direction: Direction, input: u64, output: u64) -> String {
    let became = format!("{} became {}", size(input), size(output));
    match direction {
        Direction::Encrypt => format!(
            "{became}: {} more, for the header with the sealed data key and for the tags that protect each frame.",
            bytes(output.saturating_sub(input))
        ),
        Direction::Decrypt => {
            format!("{became}: the header and the tags, {}, are gone.", bytes(input.saturating_sub(output)))
        }
    }
}

/// The context that a message carries.
pub(crate) fn carries(context: &EncryptionContext) -> Option<String> {
    let pairs: Vec<String> = context
        .iter()
        .filter(|(name, _)| !name.starts_with("aws-crypto-"))
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    (!pairs.is_empty()).then(|| format!("It carries, unchanged since it was written: {}.", pairs.join(", ")))
}

/// Where only one of several files was taken.
pub(crate) fn one_of(count: u32) -> String {
    format!("One file at a time: this is the first of {count}.")
}
