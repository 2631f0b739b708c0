//! What some bytes are: asked of whoever reads such bytes in earnest.

mod policy;
mod text;

use waxseal_api::{
    dissection::{BlobKind, Dissection},
    inspection::{Field, FieldValue, Problem},
};
use waxseal_crypto::{PublicKeyParts, public_key_parts};
use waxseal_envelope::inspect_all;

/// The most bytes that are taken apart.
const MOST: usize = 64 * 1024;

/// Takes some bytes apart. The kinds are told apart by how they begin, so they are tried in order.
pub(super) fn dissect(bytes: &[u8]) -> Dissection {
    if bytes.len() > MOST {
        let problem = Some(format!("More than {} KiB are not taken apart.", MOST / 1024));
        return Dissection { kind: BlobKind::Unknown, fields: Vec::new(), problem };
    }
    let own = || waxseal_kms::dissect(bytes);
    let key = || public_key(bytes, public_key_parts(bytes)?);
    let known = own().or_else(key).or_else(|| message(bytes)).or_else(|| text::dissect(bytes));
    let unknown = Dissection { kind: BlobKind::Unknown, fields: Vec::new(), problem: None };
    known.unwrap_or(unknown)
}

fn public_key(bytes: &[u8], found: PublicKeyParts) -> Option<Dissection> {
    let field = |part: waxseal_crypto::Part| {
        let (offset, length) = (part.range.start as u64, part.range.len() as u64);
        let hex =
            || FieldValue::Bytes(bytes.get(part.range.clone()).unwrap_or_default().iter().map(hex).collect());
        let value = part.says.map_or_else(hex, FieldValue::Text);
        Field { name: part.name.into(), offset, length, value: Some(value) }
    };
    let problem = "It is not a public key of a kind that this service has: a length, a name or the key itself is wrong.";
    let problem = (!found.valid).then(|| problem.to_owned());
    Some(Dissection {
        kind: BlobKind::PublicKey,
        fields: found.parts.into_iter().map(field).collect(),
        problem,
    })
}

fn hex(byte: &u8) -> String {
    format!("{byte:02x}")
}

/// An AWS Encryption SDK message, if there is a suite by which it is one.
fn message(bytes: &[u8]) -> Option<Dissection> {
    let (found, fields) = inspect_all(bytes);
    fields.iter().find(|field| field.name == "messageId")?;
    let problem = match found.problem {
        Some(Problem { offset, error }) => {
            Some(format!("{} It could be read up to byte {offset}.", error.message))
        }
        None if found.trailing > 0 => {
            Some(format!("{} bytes follow the end of the message.", found.trailing))
        }
        None => None,
    };
    // A frame that is cut short ends where the bytes do.
    let within = |field: &Field| field.offset + field.length <= bytes.len() as u64;
    let fields = fields.into_iter().filter(within).collect();
    Some(Dissection { kind: BlobKind::Message, fields, problem })
}

#[cfg(test)]
mod tests;
