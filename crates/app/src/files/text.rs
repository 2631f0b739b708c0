//! The words of the file page.

use waxseal_api::types::EncryptionContext;

use super::{queue::Tally, recognise::Kind, state::Direction};
use crate::words::{bytes, counted, grouped, size};

pub(crate) const TITLE: &str = "Encrypt or decrypt a file";
pub(crate) const TITLE_MANY: &str = "Encrypt or decrypt files";
pub(crate) const LEAD: &str =
    "Nothing leaves this browser: the file is read, worked on and written right here.";

pub(crate) const SANDBOX_LEAD: &str = "Files of any size, with the keys of this sandbox and as whoever you are in it. Its log has \
    every call; the files stay on your side.";
pub(crate) const FROM_TERMINAL: &str = "Or a file of the terminal";
pub(crate) const KEEP: &str = "Give it to the terminal";
pub(crate) const NOT_KEPT: &str = "It could not be kept.";

/// Says where a result is.
pub(crate) fn kept(name: &str) -> String {
    format!("The terminal has it as {name}.")
}

pub(crate) const DROP: &str = "Drop files or a folder here";
pub(crate) const DROP_ONE: &str = "Drop a file here";
pub(crate) const CHOOSE_ONE: &str = "Choose a file";
pub(crate) const DROP_HINT_ONE: &str = "or paste one. It stays in this browser.";
pub(crate) const DROP_NOW: &str = "Let go to take this";
pub(crate) const CHOOSE: &str = "Choose a file or several";
pub(crate) const CHOOSE_FOLDER: &str = "Choose a folder";
pub(crate) const CHOOSE_MORE: &str = "Add files";
pub(crate) const CHOOSE_OTHER: &str = "Choose another file";
pub(crate) const DROP_HINT: &str = "or paste them. They stay in this browser.";
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

pub(crate) const WATCH: &str = "Show this file’s data key while I watch";
pub(crate) const WATCH_HINT: &str =
    "The data key of this one file becomes visible on this page, until you leave it or take another file.";

pub(crate) const SIGN: &str = "Sign it as well";
pub(crate) const SIGN_HINT: &str = "Whoever opens it can tell that every byte comes from someone who may use the key to encrypt. \
    It takes longer: the signature (ECDSA on P-384) is over the whole file.";

pub(crate) const OWN: &str = "It was encrypted under a key of yours, without a key service";
pub(crate) const OWN_HINT: &str = "The raw AES and RSA keyrings of the AWS Encryption SDK. The key is tried first, and forgotten with this \
    page. What the file calls it, a look inside tells.";
pub(crate) const OWN_NAMESPACE: &str = "Key namespace, or provider";
pub(crate) const OWN_NAME: &str = "Key name";
pub(crate) const OWN_HOW: &str = "How it wraps the data key";
pub(crate) const OWN_KEY: &str = "Key";
pub(crate) const OWN_KEY_HINT: &str =
    "AES: 16, 24 or 32 bytes in hexadecimal or base64. RSA: the private key in PKCS #8, as PEM.";
pub(crate) const OWN_UNNAMED: &str = "Namespace and name are those that the file has. Enter both.";
pub(crate) const OWN_NO_KEY: &str = "This is neither hexadecimal nor base64 nor PEM.";

pub(crate) const FRAMES: &str = "Frames";
pub(crate) const FRAME_LENGTH: &str = "Length of a frame";
pub(crate) const FRAMES_HINT: &str = "The file is cut into frames, each with a tag of its own that tells whether it was changed. \
    256 KiB is the fastest in a browser; every length opens everywhere.";

pub(crate) const HIDE: &str = "Hide the name";
pub(crate) const HIDE_HINT: &str = "Name, type and time travel encrypted, and the encrypted file gets a neutral name. Inside is a tar \
    archive: Waxseal unpacks it, and so does any tar program.";

pub(crate) const ALSO: &str = "Also let other keys open it";
pub(crate) const ALSO_HINT: &str =
    "Each of them opens it by itself. A copy of the data key, sealed under each, goes into the header.";

pub(crate) const HOW_MANY: &str = "How many encrypted files";
pub(crate) const EACH: &str = "One encrypted file for each";
pub(crate) const TOGETHER: &str = "All in one encrypted archive";
pub(crate) const KEYS_OF_MESSAGES: &str =
    "Each file names the KMS key that can open it. You need not choose one.";
pub(crate) const UNDER_WAY: &str = "Working on your files";
pub(crate) const PAUSED: &str = "Paused";
pub(crate) const ALL_PROGRESS: &str = "Progress of all files";
pub(crate) const PAUSE: &str = "Pause";
pub(crate) const GO_ON: &str = "Go on";
pub(crate) const CANCEL_ALL: &str = "Cancel all";
pub(crate) const RETRY: &str = "Try the others again";
pub(crate) const WAITING: &str = "waiting";
pub(crate) const CANCELLED_ONE: &str = "Cancelled. Nothing was written.";
pub(crate) const REMOVE: &str = "Remove";
pub(crate) const SAVE_ALL: &str = "Save all in a folder…";
pub(crate) const NOT_SAVED: &str = "These could not be saved:";
pub(crate) const UNREAD: &str =
    "The browser cannot read these, so they are not in the list. Look whether you may read them:";

pub(crate) const WORKING: &str = "Progress of the file";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const STOPPING: &str = "Stopping…";
pub(crate) const CANCELLED: &str = "Cancelled. Nothing was written, and the file is as it was.";
pub(crate) const NOTHING_OUT: &str = "The worker said that it was done but sent no file.";
pub(crate) const SAVED: &str = "It is where you chose to save it.";
pub(crate) const DAMAGED: &str = "Names seem to be packed in this file, but not in a way that can be read. Here is all of it, \
    as a tar archive.";
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

/// What came of it, whether of one file or of several.
pub(crate) fn done(direction: Direction, name: &str, many: bool) -> String {
    let are = if many { "are" } else { "is" };
    match direction {
        Direction::Encrypt => format!("{name} {are} encrypted"),
        Direction::Decrypt => format!("{name} {are} decrypted, and every byte verified"),
    }
}

/// The link to what came out.
pub(crate) fn download(name: &str) -> String {
    format!("Download {name}")
}

/// `12 files`
pub(crate) fn files(count: usize) -> String {
    counted(count as u64, "file", "files")
}

/// `52.4 MB became 52.4 MB: 6,708 bytes more, for the header and the tags of the frames.`
pub(crate) fn sizes(direction: Direction, input: u64, output: u64, packed: bool) -> String {
    let became = format!("{} became {}", size(input), size(output));
    match direction {
        Direction::Encrypt => format!(
            "{became}: {} more, {}for the header with the sealed data key and for the tags that protect each frame.",
            bytes(output.saturating_sub(input)),
            if packed { "for name, type and time inside, " } else { "" }
        ),
        Direction::Decrypt => format!(
            "{became}: the header and the tags{}, {}, are gone.",
            if packed { ", and what the names were packed in" } else { "" },
            bytes(input.saturating_sub(output))
        ),
    }
}

/// `Encrypt 12 files`
pub(crate) fn encrypt_them(count: usize) -> String {
    format!("Encrypt {}", files(count))
}

/// `Decrypt 2 files`
pub(crate) fn decrypt_them(count: usize) -> String {
    format!("Decrypt {}", files(count))
}

/// The button that begins with many files.
pub(crate) fn begin_many(encrypts: usize, decrypts: usize) -> String {
    match decrypts {
        0 => encrypt_them(encrypts),
        _ => format!("{} and decrypt {}", encrypt_them(encrypts), grouped(decrypts as u64)),
    }
}

/// What is to be done with one of many files.
pub(crate) fn to_be(direction: Direction) -> &'static str {
    match direction {
        Direction::Encrypt => "not encrypted yet",
        Direction::Decrypt => "looks encrypted",
    }
}

/// `working, 37 % encrypted`, of a file that is worked on or would be, were it not for a pause.
pub(crate) fn percent(direction: Direction, paused: bool, done: u64, of: u64) -> String {
    let percent = done.saturating_mul(100).checked_div(of).unwrap_or_default().min(100);
    let is = if paused { "paused" } else { "working" };
    match direction {
        Direction::Encrypt => format!("{is}, {percent} % encrypted"),
        Direction::Decrypt => format!("{is}, {percent} % verified"),
    }
}

/// The file that is being worked on.
pub(crate) fn at(name: &str) -> String {
    format!("Now: {name}")
}

/// `3 of 14 files · 31.5 MB of 52.4 MB · …`
pub(crate) fn over_all(tally: Tally, pace: &str) -> String {
    let all = tally.waiting + tally.working + tally.done + tally.failed + tally.cancelled;
    let failed =
        if tally.failed > 0 { format!(" · {} failed", grouped(tally.failed as u64)) } else { String::new() };
    format!("{} of {} done{failed} · {pace}", grouped(tally.done as u64), files(all))
}

/// What became of many files.
pub(crate) fn all_done(tally: Tally) -> String {
    let mut words = format!("{} done", files(tally.done));
    for (count, what) in [(tally.failed, "failed"), (tally.cancelled, "cancelled")] {
        if count > 0 {
            words = format!("{words}, {} {what}", grouped(count as u64));
        }
    }
    words
}

/// How far saving is.
pub(crate) fn saving(count: usize, of: usize) -> String {
    format!("Saved {} of {}…", grouped(count as u64), files(of))
}

/// That all is saved.
pub(crate) fn saved(count: usize) -> String {
    format!("{} saved.", files(count))
}

/// The button for those that are not listed.
pub(crate) fn show_more(next: usize, left: usize) -> String {
    format!("Show {} more of {}", grouped(next as u64), grouped(left as u64))
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
