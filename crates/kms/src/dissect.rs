//! What the service's own blobs say to whoever looks at their bytes: read by the code that reads them in earnest.

use waxseal_api::{
    ApiError,
    dissection::{BlobKind, Dissection},
};

use crate::{
    ciphertext::{self, Ciphertext},
    grant_token,
    import_token::{self, ImportToken},
    layout::Layout,
    policy,
};

/// Says which part of a blob is what; None where it is none of this service's. A ciphertext and an import token are known
/// by how they begin, whatever else is wrong with them; a grant token only where it is whole.
pub fn dissect(bytes: &[u8]) -> Option<Dissection> {
    let mut layout = Layout::telling(bytes);
    let (kind, problem) = if bytes.starts_with(ciphertext::MAGIC) {
        (BlobKind::Ciphertext, Ciphertext::read(&mut layout).err())
    } else if bytes.starts_with(import_token::LABEL) {
        (BlobKind::ImportToken, ImportToken::read(&mut layout).err())
    } else {
        grant_token::read_bytes(&mut layout)?;
        (BlobKind::GrantToken, None)
    };
    Some(Dissection { kind, fields: layout.into_fields(), problem: problem.map(str::to_owned) })
}

/// Why a text is no key policy, in the service's words; None where it is one.
pub fn policy_problem(text: &str) -> Option<String> {
    policy::check(text).err().map(|error| ApiError::from(error).message)
}

#[cfg(test)]
mod tests {
    use waxseal_api::{Timestamp, inspection::FieldValue};

    use super::*;
    use crate::state::MaterialId;

    const ARN: &str = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    fn blob() -> Vec<u8> {
        let header = ciphertext::Header {
            content: ciphertext::Content::DataKey,
            key_arn: ARN.parse().unwrap(),
            material_id: MaterialId::from_bytes([0xab; 32]),
            nonce: [0xcd; 12],
        };
        [header.encode().unwrap(), vec![0xef; 48]].concat()
    }

    /// Parts follow each other, and each has its name.
    #[track_caller]
    fn check(found: &Dissection, length: usize, names: &[&str]) {
        let mut at = 0;
        for field in &found.fields {
            assert_eq!(field.offset, at, "{field:?}");
            at += field.length;
        }
        assert_eq!(at, length as u64);
        assert_eq!(found.fields.iter().map(|field| &*field.name).collect::<Vec<_>>(), names);
    }

    const CIPHERTEXT: [&str; 10] = [
        "prefix",
        "layoutVersion",
        "content",
        "keyArnLength",
        "keyArn",
        "check",
        "keyMaterialId",
        "nonce",
        "ciphertext",
        "authenticationTag",
    ];

    #[test]
    fn a_ciphertext_has_its_parts() {
        let found = dissect(&blob()).unwrap();
        assert_eq!((found.kind, &found.problem), (BlobKind::Ciphertext, &None));
        check(&found, blob().len(), &CIPHERTEXT);
        let value = |name: &str| found.fields.iter().find(|field| field.name == name).unwrap().value.clone();
        assert_eq!(value("keyArn"), Some(FieldValue::Text(ARN.to_owned())));
        assert_eq!(value("keyArnLength"), Some(FieldValue::Number(ARN.len() as u64)));
        assert_eq!(value("nonce"), Some(FieldValue::Bytes("cd".repeat(12))));
    }

    #[test]
    fn a_changed_ciphertext_keeps_its_parts_and_says_what_is_wrong() {
        let whole = blob();
        for at in 5..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            let found = dissect(&changed).unwrap();
            assert_eq!(found.kind, BlobKind::Ciphertext);
            assert_eq!(found.problem.is_none(), Ciphertext::parse(&changed).is_some(), "byte {at}");
            if at >= 9 {
                check(&found, whole.len(), &CIPHERTEXT);
            }
        }
        for length in 5..whole.len() - 32 {
            assert!(dissect(&whole[..length]).unwrap().problem.is_some(), "{length}");
        }
        assert_eq!(dissect(&whole[1..]), None);
    }

    #[test]
    fn tokens_have_their_parts() {
        let token = ImportToken { id: [7; 16], expires: Timestamp::from_millis(1_700_000_000_000) };
        let found = dissect(&token.encode()).unwrap();
        assert_eq!((found.kind, &found.problem), (BlobKind::ImportToken, &None));
        check(&found, 40, &["label", "wrappingKeyId", "expires"]);
        assert!(
            matches!(&found.fields[2].value, Some(FieldValue::Text(time)) if time.starts_with("2023-11-14"))
        );
        let long = [&token.encode()[..], b"x"].concat();
        assert_eq!(dissect(&long).unwrap().problem.as_deref(), Some("Something follows the token."));

        use base64ct::{Base64UrlUnpadded, Encoding};
        let token = grant_token::write(&ARN.parse().unwrap(), "0a", [7; 16]);
        let bytes = Base64UrlUnpadded::decode_vec(&token).unwrap();
        let found = dissect(&bytes).unwrap();
        assert_eq!(found.kind, BlobKind::GrantToken);
        check(&found, bytes.len(), &["layoutVersion", "nonce", "keyArnAndGrantId", "check"]);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(dissect(&changed), None, "byte {at}");
        }
    }
}
