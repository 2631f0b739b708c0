//! The words of the byte inspector.

use waxseal_api::{
    dissection::BlobKind,
    inspection::{Field, FieldValue},
    trace::Role,
    types::EncryptionContext,
};

use super::state::Sheet;
use crate::{
    files::about_field,
    words::{bytes, counted, grouped},
};

pub(super) const OPEN: &str = "Open some bytes";
pub(super) const FROM_TERMINAL: &str = "A file of the terminal";
pub(super) const CHOOSE: &str = "Choose a file";
pub(super) const PASTE: &str = "Or paste base64 or hexadecimal";
pub(super) const PASTED: &str = "Open it";
pub(super) const TAKE: &str = "Take a small file";
pub(super) const SMALL: &str =
    "Up to 64 KiB; it can be dropped here, too. The log opens what a call has encrypted or decrypted.";
pub(super) const TOO_LONG: &str =
    "This has more than 64 KiB. The file page looks inside encrypted files of any length.";
pub(super) const NOT_BYTES: &str = "This is neither base64 nor hexadecimal with two digits for each byte.";
pub(super) const UNREADABLE: &str = "The file could not be read.";

pub(super) const ASKING: &str = "Taking it apart…";
pub(super) const PARTS: &str = "Parts";
pub(super) const PARTS_IN_SIGHT: &str = "Only the parts of the rows in sight are listed.";
pub(super) const GRID_KEYS: &str = "Arrow keys move from byte to byte; Home, End, Page Up and Page Down move further; Space turns a byte’s last \
    bit round, or takes its change back.";
pub(super) const CHANGED: &str = " changed";
pub(super) const UNCHANGED: &str = "Nothing is changed.";
pub(super) const RESTORE: &str = "Take all changes back";
pub(super) const BACK: &str = "Take this change back";
pub(super) const OTHER_NOW: &str =
    "With these changes it is something else, so the parts are those of the bytes before.";
pub(super) const BY_ITSELF: &str = "Open this part by itself";
pub(super) const DECODE: &str = "Open the bytes that it stands for";

pub(super) const TRY: &str = "Try it";
pub(super) const FILE_NAME: &str = "Name of the file in the terminal";
pub(super) const FILE_HINT: &str = "The bytes as they are now are written into it first.";
pub(super) const LINE: &str = "Command that takes it";
pub(super) const SAVE: &str = "Only save the file";
pub(super) const SAVED: &str = "Saved.";
pub(super) const NOT_SAVED: &str = "The file could not be kept.";
pub(super) const NO_NAME: &str = "A file needs a name, without spaces.";

/// What some bytes are, in a sentence.
pub(super) fn kind(kind: BlobKind) -> &'static str {
    match kind {
        BlobKind::Ciphertext => "A ciphertext blob of KMS.",
        BlobKind::Message => "An AWS Encryption SDK message.",
        BlobKind::PublicKey => "A public key: a SubjectPublicKeyInfo in DER.",
        BlobKind::ImportToken => "An import token of KMS.",
        BlobKind::GrantToken => "A grant token of KMS, without its base64.",
        BlobKind::Policy => "A policy in JSON.",
        BlobKind::Json => "JSON.",
        BlobKind::Encoded => "Text that stands for bytes: base64, PEM or hexadecimal.",
        BlobKind::Text => "Text.",
        BlobKind::Unknown => "Nothing that is known here.",
    }
}

/// What to expect of the command that some bytes are tried with.
pub(super) fn hint(kind: BlobKind, parts: &[Field]) -> &'static str {
    match kind {
        BlobKind::Ciphertext => "Decrypt answers InvalidCiphertextException as soon as one bit is changed.",
        BlobKind::Message => {
            "No command opens a message; the file page does. Its encryptedDataKey is a ciphertext of KMS: open that part by itself."
        }
        BlobKind::PublicKey if is_on_a_curve(parts) => {
            "Write a key of yours for KEY. A point that is not on the curve is refused."
        }
        BlobKind::ImportToken => {
            "Write the key for KEY, and for MATERIAL the file with the material under the wrapping key."
        }
        BlobKind::GrantToken => "A token that names no grant is refused with InvalidGrantTokenException.",
        BlobKind::Policy => "Write a key of yours for KEY.",
        _ => "Write a command that takes the file.",
    }
}

/// The command that tries some bytes in a file of this name.
pub(super) fn command(kind: BlobKind, file: &str, parts: &[Field], context: &EncryptionContext) -> String {
    match kind {
        BlobKind::Ciphertext => {
            let json = serde_json::to_string(context).unwrap_or_default().replace('\'', "'\\''");
            let context =
                if context.is_empty() { String::new() } else { format!(" --encryption-context '{json}'") };
            format!("aws kms decrypt --ciphertext-blob fileb://{file}{context}")
        }
        BlobKind::PublicKey if is_on_a_curve(parts) => {
            format!(
                "aws kms derive-shared-secret --key-agreement-algorithm ECDH --key-id KEY --public-key fileb://{file}"
            )
        }
        BlobKind::ImportToken => format!(
            "aws kms import-key-material --key-id KEY --import-token fileb://{file} --encrypted-key-material fileb://MATERIAL \
             --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE"
        ),
        BlobKind::GrantToken => {
            let named = parts.iter().find_map(|part| match &part.value {
                Some(FieldValue::Text(text)) => text.rsplit_once('/').map(|(key, _)| key),
                _ => None,
            });
            let key = named.unwrap_or("KEY");
            format!(
                "aws kms describe-key --key-id {key} --grant-tokens $(base64 {file} | tr '+/' '-_' | tr -d '=\\n')"
            )
        }
        BlobKind::Policy => format!("aws kms put-key-policy --key-id KEY --policy file://{file}"),
        _ => format!("xxd {file} | head"),
    }
}

/// Whether a public key is a point, which DeriveSharedSecret may take.
fn is_on_a_curve(parts: &[Field]) -> bool {
    parts.iter().any(|part| part.name == "namedCurve")
}

/// What a part is; it decides its colour.
pub(super) fn role(kind: BlobKind, name: &str) -> Role {
    match name {
        "encryptedDataKey" => Role::EncryptedDataKey,
        "ciphertext" | "authenticationTag" | "encryptedContent" | "nonce" | "iv" => Role::Ciphertext,
        _ if matches!(kind, BlobKind::Ciphertext | BlobKind::Message) => Role::Authenticated,
        _ => Role::Plaintext,
    }
}

/// What a part is for.
pub(super) fn about(kind: BlobKind, parts: &[Field], at: usize) -> &'static str {
    let name = parts.get(at).map_or("", |part| &*part.name);
    if kind == BlobKind::Message {
        let in_frame = parts.iter().take(at + 1).any(|part| part.name.starts_with("sequenceNumber"));
        return about_field(name, in_frame).unwrap_or_default();
    }
    let known = |(known, _): &&(&str, &str)| *known == name;
    let own = if kind == BlobKind::GrantToken { OF_GRANT_TOKENS.iter().find(known) } else { None };
    own.or_else(|| ABOUT.iter().find(known)).map(|(_, about)| *about).unwrap_or_default()
}

const OF_GRANT_TOKENS: [(&str, &str); 2] = [
    ("nonce", "Random, so that every call gives another token of the same grant."),
    ("check", "The beginning of a SHA-256 of all before it."),
];

const ABOUT: [(&str, &str); 30] = [
    ("prefix", "By this ciphertexts of KMS are known; in base64 it is AQICAH."),
    ("layoutVersion", "Which version of the layout this is."),
    ("content", "What is inside: 0 for bytes that a caller gave, 1 for a data key that the service made."),
    ("keyArnLength", "How many bytes the ARN has."),
    ("keyArn", "Which key opens it. So Decrypt need not be told."),
    ("check", "The beginning of a SHA-256 of all before it: it tells damage from a key that is not here."),
    ("keyMaterialId", "Which material of the key opens it: rotation leaves old ciphertexts readable."),
    ("nonce", "Random, and never twice under one key."),
    ("ciphertext", "What was encrypted, by AES-256-GCM. It is exactly as long as its plaintext."),
    (
        "authenticationTag",
        "By this AES-GCM sees that neither the ciphertext, nor what stands before it, nor the encryption context was changed.",
    ),
    ("label", "What it is, and the version of its layout."),
    ("wrappingKeyId", "The wrapping key that the material has to be under."),
    ("expires", "When the wrapping key is dropped. Nothing rests on the date: then the key is gone."),
    (
        "keyArnAndGrantId",
        "Which grant it is of. The token proves nothing: what one may do comes from the grant.",
    ),
    ("subjectPublicKeyInfo", "The frame of it all."),
    ("algorithm", "The frame of the algorithm and its parameters."),
    ("algorithmIdentifier", "Which kind of key it is, by its object identifier."),
    ("namedCurve", "On which curve the point is, by its object identifier."),
    ("parameters", "RSA has none, and says so with NULL."),
    ("subjectPublicKey", "The frame of the key itself."),
    ("rsaPublicKey", "The frame of modulus and exponent."),
    ("modulus", "The product of the two secret primes."),
    ("publicExponent", "What a message is raised to, modulo the modulus."),
    ("pointForm", "Whether y follows x."),
    ("x", "The point’s x, as a number of full length."),
    ("y", "The point’s y, as a number of full length."),
    ("publicKey", "The key, in the form that its standard has."),
    ("statement", "One statement: whom it concerns, what it allows or denies, and under which conditions."),
    ("betweenStatements", "What is outside of the statements."),
    ("text", "All of the text."),
];

/// `bytes 9–83`
pub(super) fn place(part: &Field) -> String {
    let Field { offset, length, .. } = *part;
    match length {
        0 => format!("at byte {}, empty", grouped(offset)),
        1 => format!("byte {}", grouped(offset)),
        _ => format!("bytes {}–{}", grouped(offset), grouped(offset + length - 1)),
    }
}

/// So much of a value is told.
const LONGEST: usize = 96;

/// What a part says.
pub(super) fn value(part: &Field) -> String {
    match &part.value {
        None => bytes(part.length),
        Some(FieldValue::Number(number)) if part.name == "algorithmSuiteId" => format!("0x{number:04x}"),
        Some(FieldValue::Number(number)) => grouped(*number),
        Some(FieldValue::Text(text)) => text.clone(),
        Some(FieldValue::Bytes(hex)) if hex.len() <= LONGEST => hex.clone(),
        Some(FieldValue::Bytes(hex)) => format!("{}… ({})", &hex[..LONGEST], bytes(part.length)),
    }
}

/// The byte that is looked at, in a line.
pub(super) fn byte(sheet: &Sheet, part: Option<&Field>) -> String {
    let (at, byte) = (sheet.at, sheet.byte());
    if sheet.bytes.is_empty() {
        return "There is no byte.".to_owned();
    }
    let shown = if byte.is_ascii_graphic() {
        format!(", “{}” in ASCII", char::from(byte))
    } else {
        String::new()
    };
    let part = part.map_or_else(|| ", in no part".to_owned(), |part| format!(", in {}", part.name));
    let was = match sheet.opening.bytes.get(at) {
        Some(was) if *was != byte => format!(" Changed from {was:02x}."),
        _ => String::new(),
    };
    format!("Byte {} (0x{at:x}): {byte:02x}, {byte}{shown}{part}.{was}", grouped(at as u64))
}

/// Which bytes are changed; not all of many.
pub(super) fn changes(sheet: &Sheet) -> String {
    let changed = sheet.changed();
    let each =
        |at: &usize| format!("byte {at} from {:02x} to {:02x}", sheet.opening.bytes[*at], sheet.bytes[*at]);
    let told: Vec<String> = changed.iter().take(4).map(each).collect();
    let more = if changed.len() > told.len() { " …" } else { "" };
    let count = counted(changed.len() as u64, "byte is", "bytes are");
    if changed.is_empty() {
        UNCHANGED.to_owned()
    } else {
        format!("{count} changed: {}{more}.", told.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_name_the_file() {
        let context = EncryptionContext::from([("who".to_owned(), "it's me".to_owned())]);
        assert_eq!(
            command(BlobKind::Ciphertext, "a", &[], &context),
            r#"aws kms decrypt --ciphertext-blob fileb://a --encryption-context '{"who":"it'\''s me"}'"#
        );
        let none = EncryptionContext::new();
        assert_eq!(command(BlobKind::Unknown, "a", &[], &none), "xxd a | head");
        let arn = "arn:aws:kms:us-east-1:111122223333:key/1";
        let value = Some(FieldValue::Text(format!("{arn}/0a")));
        let part = Field { name: "keyArnAndGrantId".into(), offset: 17, length: 3, value };
        assert!(
            command(BlobKind::GrantToken, "a", &[part], &none).contains(&format!("--key-id {arn} --grant"))
        );
    }

    #[test]
    fn values_and_places() {
        let field = |length, value| Field { name: "a".into(), offset: 1000, length, value };
        for (field, expect_place, expect_value) in [
            (field(0, None), "at byte 1,000, empty", "0 bytes"),
            (field(1, Some(FieldValue::Number(7000))), "byte 1,000", "7,000"),
            (field(2, Some(FieldValue::Text("b".to_owned()))), "bytes 1,000–1,001", "b"),
            (field(2, Some(FieldValue::Bytes("00ff".to_owned()))), "bytes 1,000–1,001", "00ff"),
        ] {
            assert_eq!((place(&field).as_str(), value(&field).as_str()), (expect_place, expect_value));
        }
        assert!(value(&field(99, Some(FieldValue::Bytes("00".repeat(99))))).ends_with("… (99 bytes)"));
    }
}
