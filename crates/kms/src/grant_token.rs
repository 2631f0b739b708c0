//! Grant tokens: opaque to callers, self-describing to the service, and no secret.
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version of this layout: 1 |
//! | 16 | random, so that every call gives another token |
//! | … | key ARN, a slash, grant ID, UTF-8 |
//! | 4 | check: the first bytes of the SHA-256 of all the above |
//!
//! On the wire it is base64url without padding. A token names its grant and proves nothing: what a caller may do comes
//! from the grant.

use base64ct::{Base64UrlUnpadded, Encoding};
use waxseal_api::KeyArn;
use waxseal_crypto::sha256;

use crate::layout::{Form, Layout};

const VERSION: u8 = 1;
const NONCE_LENGTH: usize = 16;
const CHECK_LENGTH: usize = 4;

/// A new token of a grant.
pub(crate) fn write(key: &KeyArn, grant_id: &str, nonce: [u8; NONCE_LENGTH]) -> String {
    let mut bytes = [&[VERSION], nonce.as_slice(), format!("{key}/{grant_id}").as_bytes()].concat();
    bytes.extend_from_slice(&check(&bytes));
    Base64UrlUnpadded::encode_string(&bytes)
}

/// The key and the ID of the grant that a token is of; nothing when it is not a token.
pub(crate) fn read(token: &str) -> Option<(KeyArn, String)> {
    let bytes = Base64UrlUnpadded::decode_vec(token).ok()?;
    read_bytes(&mut Layout::new(&bytes))
}

/// Reads a token without its base64, part by part.
pub(crate) fn read_bytes(layout: &mut Layout<'_>) -> Option<(KeyArn, String)> {
    let known = layout.array("layoutVersion", Form::Number).ok()? == [VERSION];
    layout.take("nonce", NONCE_LENGTH, Form::Bytes).ok()?;
    let length = layout.rest().len().checked_sub(CHECK_LENGTH)?;
    let name = layout.take("keyArnAndGrantId", length, Form::Text).ok()?;
    let expected = check(layout.taken());
    let found: [u8; CHECK_LENGTH] = layout.array("check", Form::Bytes).ok()?;
    if !known || found != expected {
        return None;
    }
    let (key, grant_id) = std::str::from_utf8(name).ok()?.rsplit_once('/')?;
    Some((key.parse().ok()?, grant_id.to_owned()))
}

fn check(bytes: &[u8]) -> [u8; CHECK_LENGTH] {
    let [a, b, c, d, ..] = sha256(&[bytes]);
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ARN: &str = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let key: KeyArn = ARN.parse().unwrap();
        let token = write(&key, "0a", [7; NONCE_LENGTH]);
        assert_eq!(read(&token), Some((key.clone(), "0a".to_owned())));
        assert_ne!(token, write(&key, "0a", [8; NONCE_LENGTH]));
    }

    #[test]
    fn a_changed_token_is_none() {
        let token = write(&ARN.parse().unwrap(), "0a", [7; NONCE_LENGTH]);
        for at in 0..token.len() {
            let other = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
            let changed = [&token[..at], other, &token[at + 1..]].concat();
            assert_eq!(read(&changed), None, "{changed}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_reading_panic(token in "[A-Za-z0-9_-]{0,80}") {
            read(&token);
        }
    }
}
