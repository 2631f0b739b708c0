//! The words of the flow view, in one place.

use waxseal_api::{
    Failure,
    job::PackedFile,
    trace::{Item, Lane, Role, Step},
};

use super::model::{Frames, Path, Story};
use crate::{
    shapes::name,
    words::{bytes, counted, grouped},
};

/// A step in one sentence in the present tense.
pub(crate) fn sentence(step: &Step) -> String {
    match step {
        Step::Request { operation, .. } => asks(operation),
        Step::KeyFound { named, key_arn } if named == key_arn => {
            "KMS finds the KMS key by its full name.".to_owned()
        }
        Step::KeyFound { named, .. } => format!("KMS looks up which KMS key {named} means."),
        Step::Permitted { .. } => "KMS checks whether this is allowed. It is.".to_owned(),
        Step::Denied { .. } => "KMS checks whether this is allowed. It is not.".to_owned(),
        Step::RandomMade { item } => random_made(item),
        Step::Encrypted { input, .. } => format!("KMS encrypts {} under the KMS key.", the(input)),
        Step::Decrypted { input, .. } => format!("KMS opens {} with the KMS key.", the(input)),
        Step::KeyUsed { action, .. } => format!("KMS {action} with the KMS key."),
        Step::Changed { what, .. } => format!("KMS changes what it keeps: {what}."),
        Step::Reply { items, .. } => replied(items),
        Step::Refused { .. } => "KMS says no, and sends back only the reason.".to_owned(),
        Step::FileOpened { name, packed: 0, .. } => format!("Your app opens {name}."),
        Step::FileOpened { name, packed: 1, .. } => {
            format!("Your app opens {name} and packs its name, type and time along with the bytes.")
        }
        Step::FileOpened { name, .. } => {
            format!("Your app opens {name} and packs names, types and times along with the bytes.")
        }
        Step::HeaderRead { .. } => {
            "Your app reads the header: it names the KMS key that can help.".to_owned()
        }
        Step::KeysDerived { commitment, .. } if commitment.length == 0 => {
            "Your app gets the key for this one message from the data key, without a commitment to it."
                .to_owned()
        }
        Step::KeysDerived { .. } => {
            "Your app derives a key for this one message from the data key.".to_owned()
        }
        Step::HeaderWritten { .. } => {
            "Your app writes the header and puts the encrypted data key inside.".to_owned()
        }
        Step::HeaderVerified { .. } => {
            "Your app verifies the header: it is unchanged, and this is its data key.".to_owned()
        }
        Step::FramesEncrypted { frames, .. } => {
            format!("Your app encrypts the file in {}.", count_frames(*frames))
        }
        Step::FramesDecrypted { frames, .. } => {
            format!("Your app verifies and opens {}.", count_frames(*frames))
        }
        Step::Wiped { item } => format!("Your app overwrites {} with zeros.", the(item)),
        Step::Stored { item, .. } if item.role == Role::Ciphertext => {
            "The encrypted file goes into storage, its sealed data key inside it.".to_owned()
        }
        Step::Stored { .. } => "The file is back, every byte of it verified.".to_owned(),
    }
}

/// Who could see what a step is about.
pub(crate) fn seen(step: &Step) -> String {
    match step {
        Step::Request { .. } => "Your app, which asks, and KMS, which is asked.",
        Step::KeyFound { .. } => "Only names are compared. The key itself stays where it is.",
        Step::Permitted { .. } | Step::Denied { .. } => "KMS decides; your app learns the outcome.",
        Step::RandomMade { item } if item.role == Role::KmsKey => "KMS alone, now and always.",
        Step::RandomMade { .. } => "KMS alone, so far.",
        Step::Encrypted { .. } => {
            "What goes in, KMS alone. What comes out may be seen by anyone: only the KMS key opens it."
        }
        Step::Decrypted { .. } => "What goes in, anyone. What comes out, KMS alone, so far.",
        Step::KeyUsed { .. } => "KMS alone sees its key. What comes out goes to your app.",
        Step::Changed { .. } => "Names and settings are no secret. Key material never shows.",
        Step::Reply { items, .. } => reply_seen(items),
        Step::Refused { .. } => "Your app sees the reason. No key was used.",
        Step::FileOpened { item, .. } if item.role == Role::Plaintext => {
            "Whoever can open this file; it has never been near KMS."
        }
        Step::FileOpened { .. } => "Anyone may hold this file. Without the KMS key it says nothing.",
        Step::HeaderRead { .. } | Step::HeaderWritten { .. } => {
            "Anyone can read a header. Nobody can change it unnoticed."
        }
        Step::KeysDerived { commitment, .. } if commitment.length == 0 => "Your app alone holds both keys.",
        Step::KeysDerived { .. } => "Your app alone holds both keys. The commitment is public.",
        Step::HeaderVerified { .. } => "Anyone can read it; only a holder of the data key can verify it.",
        Step::FramesEncrypted { .. } => "The file, your app alone. The frames may be seen by anyone.",
        Step::FramesDecrypted { .. } => "The frames, anyone. The file, your app alone.",
        Step::Wiped { .. } => "Nobody any more. What is left is zeros.",
        Step::Stored { item, .. } if item.role == Role::Ciphertext => {
            "Anyone who finds it sees this. Only the KMS key makes it a file again."
        }
        Step::Stored { .. } => "You. KMS never had a copy of it.",
    }
    .to_owned()
}

fn decided(outcome: &'static str, texts: [&String; 4]) -> Vec<(&'static str, String)> {
    ["Who", outcome, "With", "Because"].into_iter().zip(texts.map(String::clone)).collect()
}

/// Names, rules and results that belong to a step: label and value.
pub(crate) fn facts(step: &Step) -> Vec<(&'static str, String)> {
    match step {
        Step::Request { operation, .. } => vec![("Operation", operation.clone())],
        Step::KeyFound { named, key_arn } if named == key_arn => vec![("KMS key", key_arn.clone())],
        Step::KeyFound { named, key_arn } => vec![("Named as", named.clone()), ("KMS key", key_arn.clone())],
        Step::Permitted { principal, action, resource, because } => {
            decided("May do", [principal, action, resource, because])
        }
        Step::Denied { principal, action, resource, because } => {
            decided("May not do", [principal, action, resource, because])
        }
        Step::Encrypted { key_arn, key_material_id, .. }
        | Step::Decrypted { key_arn, key_material_id, .. } => {
            vec![("KMS key", key_arn.clone()), ("Key material ID", key_material_id.clone())]
        }
        Step::KeyUsed { key_arn, algorithm, .. } => {
            vec![("KMS key", key_arn.clone()), ("Algorithm", algorithm.clone())]
        }
        Step::Changed { what, resource } => vec![("What", what.clone()), ("Of", resource.clone())],
        Step::Reply { operation, .. } => vec![("Answer to", operation.clone())],
        Step::Refused { operation, code, message, .. } => {
            let mut facts = vec![("Operation", operation.clone()), ("Exception", code.clone())];
            facts.extend((!message.is_empty()).then(|| ("In its words", message.clone())));
            facts
        }
        Step::HeaderRead { key_arns, .. } => key_arns.iter().map(|arn| ("Names", arn.clone())).collect(),
        Step::RandomMade { .. }
        | Step::FileOpened { .. }
        | Step::KeysDerived { .. }
        | Step::HeaderWritten { .. }
        | Step::HeaderVerified { .. }
        | Step::FramesEncrypted { .. }
        | Step::FramesDecrypted { .. }
        | Step::Wiped { .. }
        | Step::Stored { .. } => Vec::new(),
    }
}

/// What fresh random bytes are to be.
pub(crate) fn random(as_role: Role) -> &'static str {
    match as_role {
        Role::Plaintext => "random bytes",
        other => name(other),
    }
}

/// What the file of a job is called, given what is packed in it.
pub(crate) fn file(contents: &[PackedFile]) -> &'static str {
    if contents.is_empty() { "file" } else { "packed file" }
}

/// The heading of a lane.
pub(crate) fn lane(lane: Lane) -> &'static str {
    match lane {
        Lane::App => "Your app",
        Lane::Service => "Inside KMS",
        Lane::Storage => "Storage",
    }
}

/// What a lane is, given whether your app holds a data key in the clear.
pub(crate) fn lane_note(lane: Lane, holds: bool) -> &'static str {
    match lane {
        Lane::App if !holds => "gets what KMS answers",
        Lane::App => "holds a data key for a moment",
        Lane::Service => "the KMS key never leaves",
        Lane::Storage => "anyone may look",
    }
}

/// Why bytes are not shown.
pub(crate) fn withheld(role: Role, wiped: bool) -> &'static str {
    match role {
        Role::KmsKey => "A KMS key never leaves the service, so this page cannot show it.",
        Role::ContentKey if wiped => {
            "All zeros now. It never left the worker, so this page could not show it before."
        }
        Role::ContentKey => "It never leaves the worker that uses it, so this page cannot show it.",
        Role::DataKey if wiped => "All zeros now. This page was not given a copy to show.",
        Role::DataKey => "This page was not given a copy, so it cannot show it.",
        Role::Plaintext => "This page was only told how many bytes there are.",
        Role::EncryptedDataKey | Role::Ciphertext | Role::Authenticated => {
            "This page was only told how many bytes there are."
        }
    }
}

/// Why a data key can be looked at. Steps are counted from 1.
pub(crate) fn display_copy(born: usize, wiped: Option<usize>) -> String {
    let life = match wiped {
        Some(wiped) => {
            format!("Your app holds this key from step {born} until it erases it in step {wiped}.")
        }
        None => format!("Your app holds this key since step {born}."),
    };
    format!(
        "{life} What you see is a copy that this page keeps for you to look at, and erases when you leave."
    )
}

/// Where a step happens.
pub(crate) fn place(path: Path) -> String {
    match path {
        Path::In(at) => lane(at).to_owned(),
        Path::Across { from, to } => format!("{} → {}", lane(from), lane(to)),
    }
}

/// How many bytes cross the wall, and which way.
pub(crate) fn crossing(path: Path, length: u64) -> String {
    match path {
        Path::Across { to: Lane::Service, .. } => format!("{} cross the wall, inwards.", bytes(length)),
        Path::In(_) | Path::Across { .. } => format!("{} cross the wall, outwards.", bytes(length)),
    }
}

/// What the strip of frames shows.
pub(crate) fn frames(frames: Frames) -> String {
    match frames.bad {
        Some(1) => "Frame 1 does not verify. Nothing was released.".to_owned(),
        Some(bad) => format!(
            "Frame {} does not verify. The {} before it did, and yet nothing was released.",
            grouped(bad.into()),
            count_frames(frames.good)
        ),
        None if frames.length == 0 => count_frames(frames.good),
        None => format!(
            "{} of {} each; the last holds the rest.",
            count_frames(frames.good),
            bytes(frames.length.into())
        ),
    }
}

/// What sending the whole file would have meant.
pub(crate) fn whole_file(too_long: bool, sealed: bool) -> &'static str {
    match (sealed, too_long) {
        (true, _) => "KMS would refuse it: only the data key in it was sealed by KMS",
        (false, true) => "KMS would refuse it: it takes 4,096 bytes at most",
        (false, false) => "It is small enough for KMS to take it whole",
    }
}

/// What stands below the title of the picture.
pub(crate) fn picture(story: &Story, time: &str) -> String {
    let operation = story.scenes.iter().find_map(|scene| scene.operation.as_deref());
    format!("{} {time} UTC, drawn by Waxseal", operation.unwrap_or_default())
}

/// `Step 3 of 14`
pub(crate) fn step_of(at: usize, last: usize) -> String {
    format!("Step {} of {}", at + 1, last + 1)
}

pub(crate) const TITLE: &str = "What happened";
pub(crate) const CROSSED: &str = "Crossed the wall of KMS so far";
pub(crate) const WHOLE_FILE: &str = "Sending the whole file instead";
pub(crate) const DATA_KEY_LIVES: &str = "data key in the clear";
pub(crate) const CONTENT_KEY_LIVES: &str = "message key in the clear";
pub(crate) const CONTROLS: &str = "Step through what happened";
pub(crate) const BACK: &str = "Step back";
pub(crate) const NEXT: &str = "Step on";
pub(crate) const PLAY: &str = "Play";
pub(crate) const PAUSE: &str = "Pause";
pub(crate) const SCRUBBER: &str = "Step";
pub(crate) const KEYS: &str = "Arrow keys step, space plays.";
pub(crate) const TAKE: [&str; 2] = ["Save as SVG", "Save as PNG"];
pub(crate) const NOT_TAKEN: &str = "The browser could not make this picture. Try the other format.";
pub(crate) const SEEN: &str = "Who can see it";
pub(crate) const CONTEXT: &str = "encryption context";
pub(crate) const CONTEXT_NOTE: &str =
    "Readable by anyone; bound to the key, so that nobody can change it unnoticed.";
pub(crate) const CROSSES: &str = "Crosses the wall: ";
pub(crate) const NOT_HERE: &str = "Not a byte of the file comes through the wall.";
pub(crate) const WIPED: &str = ", wiped";

/// The end of a job that failed outside the service.
pub(crate) fn stopped(failure: &Failure) -> String {
    match failure {
        Failure::Local(error) => match error.frame {
            Some(frame) => format!("Your app stops: frame {} does not verify.", grouped(frame.into())),
            None => "Your app stops here.".to_owned(),
        },
        Failure::Service(_) => "Your app stops: KMS did not help.".to_owned(),
    }
}

/// Why it failed, for the record.
pub(crate) fn stopped_facts(failure: &Failure) -> Vec<(&'static str, String)> {
    let message = failure.message();
    (!message.is_empty()).then(|| ("Why", message.to_owned())).into_iter().collect()
}

/// What a job leaves that stopped at this frame, if it had come to one.
pub(crate) fn stopped_seen(frame: Option<u32>) -> &'static str {
    match frame {
        Some(2..) => "Nobody: nothing was released, not even what had verified before.",
        _ => "Nobody: nothing was released.",
    }
}

fn asks(operation: &str) -> String {
    match operation {
        "GenerateDataKey" => "Your app asks KMS for a new data key.".to_owned(),
        "GenerateDataKeyWithoutPlaintext" => {
            "Your app asks KMS for a new data key, encrypted only.".to_owned()
        }
        "GenerateRandom" => "Your app asks KMS for random bytes.".to_owned(),
        "Decrypt" => "Your app asks KMS to decrypt what it sends along.".to_owned(),
        "Encrypt" => "Your app asks KMS to encrypt what it sends along.".to_owned(),
        "ReEncrypt" => "Your app asks KMS to move a ciphertext from one KMS key to another.".to_owned(),
        other => format!("Your app calls {other}."),
    }
}

fn random_made(item: &Item) -> String {
    match item.role {
        Role::KmsKey | Role::DataKey | Role::ContentKey => {
            format!("KMS makes a random {}-bit {}.", item.length * 8, name(item.role))
        }
        Role::Plaintext | Role::EncryptedDataKey | Role::Ciphertext | Role::Authenticated => {
            format!("KMS makes {}.", counted(item.length, "random byte", "random bytes"))
        }
    }
}

fn replied(items: &[Item]) -> String {
    let has = |role| items.iter().any(|item| item.role == role);
    match (has(Role::DataKey), has(Role::EncryptedDataKey)) {
        (true, true) => "The data key leaves KMS twice: once in the clear, once sealed.".to_owned(),
        (true, false) => "The data key leaves KMS in the clear, for your app alone.".to_owned(),
        (false, true) => "The data key leaves KMS sealed; nobody has it in the clear.".to_owned(),
        (false, false) => match items.first() {
            Some(item) => format!("KMS answers with {}.", the(item)),
            None => "KMS answers: done.".to_owned(),
        },
    }
}

fn reply_seen(items: &[Item]) -> &'static str {
    let has = |role| items.iter().any(|item| item.role == role);
    if has(Role::DataKey) {
        "Your app now holds the data key in the clear. The KMS key stayed inside."
    } else if has(Role::Plaintext) {
        "Your app, which asked for it."
    } else {
        "Your app. Nothing in it is secret."
    }
}

fn the(item: &Item) -> String {
    match item.role {
        Role::Plaintext => counted(item.length, "byte of plaintext", "bytes of plaintext"),
        Role::Ciphertext => counted(item.length, "byte of ciphertext", "bytes of ciphertext"),
        Role::Authenticated => {
            counted(item.length, "byte that anyone may read", "bytes that anyone may read")
        }
        Role::KmsKey | Role::ContentKey | Role::DataKey | Role::EncryptedDataKey => {
            format!("the {}", name(item.role))
        }
    }
}

fn count_frames(frames: u32) -> String {
    counted(frames.into(), "frame", "frames")
}
