//! The words of the page that looks inside a message.

use waxseal_api::inspection::{Inspection, SuiteFacts};

use crate::words::{bytes, counted, grouped};

pub(crate) const TITLE: &str = "Look inside an encrypted file";
pub(crate) const LEAD: &str = "Every field of an AWS Encryption SDK message, read without its key. Reading proves nothing; verifying does.";
pub(crate) const LOOK: &str = "Look inside without a key";
pub(crate) const OPEN: &str = "To the file page with it";
pub(crate) const READING: &str = "Reading the fields";
pub(crate) const STOPPED: &str = "Stopped before the end.";
pub(crate) const READ_AGAIN: &str = "Read it again";
pub(crate) const UNREAD: &str = "The worker has read the file, but what it says cannot be understood.";

pub(crate) const SUMMARY: &str = "In short";
pub(crate) const WHO: &str = "Who can open it";
pub(crate) const VERIFY_TITLE: &str = "Verify";
pub(crate) const FIELDS: &str = "Field by field";
pub(crate) const HEADER: &str = "Header";
pub(crate) const KEYS: &str = "Encrypted data keys";
pub(crate) const FRAMES: &str = "Frames";
pub(crate) const BLOCK: &str = "The single block";
pub(crate) const FOOTER: &str = "Footer";

pub(crate) const SEARCH: &str = "Find a field";
pub(crate) const SEARCH_HINT: &str = "By its name, its value or what it is for: tag, arn, 0x0478.";
pub(crate) const FRAME: &str = "Show frame number";
pub(crate) const SHOW: &str = "Show it";
pub(crate) const EMPTY: &str = "empty";

pub(crate) const VERIFY: &str = "Verify with the key";
pub(crate) const VERIFY_HINT: &str =
    "Does everything that decrypting does, to the last byte, but writes nothing.";
pub(crate) const NO_KEY: &str = "None of its keys can be used here, so it can be read but not verified.";
pub(crate) const VERIFYING: &str = "Verifying";
pub(crate) const CANCELLED: &str = "Cancelled. Nothing was written.";
pub(crate) const STORY: &str = "What happened, step by step";
pub(crate) const NOT_COMMITTED: &str = "It does not commit to its key: whoever made it could have made it open differently \
    under another key. Trust it only as far as you trust where it comes from.";

/// What a field is for. Names that mean something else in a frame are told apart.
pub(crate) fn about(name: &str, in_frame: bool) -> Option<&'static str> {
    let in_frame = IN_FRAMES.iter().filter(|_| in_frame);
    in_frame.chain(&ABOUT).find(|(known, _)| *known == name).map(|(_, about)| *about)
}

const IN_FRAMES: [(&str, &str); 2] = [
    ("iv", "The nonce that this was encrypted with. None comes twice under one key."),
    ("authenticationTag", "Shows that nobody has changed this content or moved it elsewhere."),
];

const LENGTH: &str = "How many bytes the next field has.";

const ABOUT: [(&str, &str); 30] = [
    ("version", "The version of the message format. Version 2 commits to its key."),
    ("type", "Only in version 1, and always 128: a customer’s encrypted data."),
    (
        "algorithmSuiteId",
        "What encrypts the content, how its key is derived, and whether the message is signed.",
    ),
    ("messageId", "Random, and different for every message. It binds each frame to this message."),
    ("aadLength", "How many bytes the encryption context takes; 0 when there is none."),
    ("aadPairCount", "How many pairs the encryption context has."),
    ("aadKeyLength", LENGTH),
    ("aadKey", "The name of a pair of the encryption context. Anyone reads it; nobody changes it unnoticed."),
    ("aadValueLength", LENGTH),
    ("aadValue", "What stands under that name, as readable and as protected."),
    (
        "encryptedDataKeyCount",
        "How many copies of the data key follow, each under another key. Any one is enough.",
    ),
    ("keyProviderIdLength", LENGTH),
    ("keyProviderId", "Who opens this copy of the data key: aws-kms, or the namespace of a raw key."),
    ("keyProviderInformationLength", LENGTH),
    ("keyProviderInformation", "Which key opens it: the ARN of a KMS key, or the name of a raw key."),
    ("encryptedDataKeyLength", LENGTH),
    ("encryptedDataKey", "The data key, encrypted. Only the key that is named here turns it back."),
    ("contentType", "How the content is cut: 2 for frames, 1 for a single block."),
    ("reserved", "Four zeros, only in version 1."),
    ("ivLength", "How many bytes each nonce has: always 12. Only in version 1."),
    ("frameLength", "How many bytes of plaintext each frame but the last holds; 0 for a single block."),
    (
        "algorithmSuiteData",
        "The key commitment: the message opens with the data key it was made with and no other.",
    ),
    ("iv", "The nonce that the tag of the header was made with."),
    ("authenticationTag", "Shows that nobody has changed the header. Only the data key can check it."),
    ("sequenceNumberEnd", "All ones: what follows is the last frame."),
    (
        "sequenceNumber",
        "The number of the frame. Frames are counted from 1 and cannot change places unnoticed.",
    ),
    ("encryptedContentLength", "How many bytes of encrypted content follow."),
    ("encryptedContent", "The content, encrypted. It is exactly as long as its plaintext."),
    ("signatureLength", LENGTH),
    (
        "signature",
        "Over everything before it. Its public key is in the context, under aws-crypto-public-key.",
    ),
];

/// `In short`, in sentences.
pub(crate) fn summary(found: &Inspection) -> Vec<String> {
    let mut sentences: Vec<String> = found.suite.as_ref().map(suite).into_iter().flatten().collect();
    if let Some(table) = &found.frames {
        let content = bytes(table.plaintext_length);
        sentences.push(match table.frame_length {
            Some(length) => format!(
                "{} of up to {} hold {content} of content.",
                counted(table.count.into(), "frame", "frames"),
                bytes(length.into())
            ),
            None => format!("A single block holds {content} of content."),
        });
    }
    sentences.push(format!("The whole file has {}.", bytes(found.length)));
    if found.trailing > 0 {
        sentences.push(format!(
            "The last {} are not part of the message: something was appended, and decryption refuses that.",
            bytes(found.trailing)
        ));
    }
    sentences
}

fn suite(suite: &SuiteFacts) -> [String; 2] {
    let SuiteFacts { version, id, encryption, .. } = suite;
    let derived = match &suite.key_derivation {
        Some(derivation) => format!("its key derived with {derivation}"),
        None => "the data key used as it is".to_owned(),
    };
    let commits =
        if suite.key_commitment { "It commits to its key" } else { "It does not commit to its key" };
    let signed = match &suite.signature {
        Some(signature) => format!("and is signed with {signature}."),
        None if suite.key_commitment => "and is not signed.".to_owned(),
        None => "and is not signed either.".to_owned(),
    };
    [
        format!("A message of version {version}, suite 0x{id:04x}: {encryption}, {derived}."),
        format!("{commits} {signed}"),
    ]
}

/// `Key 2`
pub(crate) fn key_title(number: usize) -> String {
    format!("Encrypted data key {number}")
}

/// `Frame 5, the last`
pub(crate) fn frame_title(number: u32, last: Option<u32>) -> String {
    let which = match last {
        Some(1) => ", the only one",
        Some(last) if last == number => ", the last",
        _ => "",
    };
    format!("Frame {}{which}", grouped(number.into()))
}

/// What a search has found.
pub(crate) fn hits(found: usize, all: usize) -> String {
    match found {
        _ if found == all => counted(all as u64, "field", "fields"),
        0 => format!("None of {all} fields has this."),
        _ => format!("{} of {}", grouped(found as u64), counted(all as u64, "field", "fields")),
    }
}

/// Keys that are not told of one by one.
pub(crate) fn more_keys(keys: usize) -> String {
    format!("And {} more; their fields are below.", counted(keys as u64, "key", "keys"))
}

/// More rows of a section.
pub(crate) fn more(rows: usize, title: &str) -> String {
    format!("Show {} more of: {title}", counted(rows as u64, "field", "fields"))
}

/// Which frames can be shown.
pub(crate) fn frame_hint(most: u32) -> String {
    match most {
        2 => "There is only frame 2 to ask for.".to_owned(),
        _ => format!("From 2 to {}.", grouped(most.into())),
    }
}

/// Where reading ended.
pub(crate) fn ended_at(offset: u64) -> String {
    match offset {
        0 => "Not a byte of it could be read as a message.".to_owned(),
        _ => format!("It could be read up to byte {}. Below are fields from before that.", grouped(offset)),
    }
}

/// A message all of which has verified.
pub(crate) fn verified(frames: u32, signed: bool, plaintext: u64) -> String {
    let frames = match frames {
        1 => "The frame verifies".to_owned(),
        _ => format!("Every one of {} frames verifies", grouped(frames.into())),
    };
    let signature = if signed { ", and so does the signature" } else { "" };
    format!("{frames}{signature}. {} would come out. Nothing was written.", bytes(plaintext))
}
