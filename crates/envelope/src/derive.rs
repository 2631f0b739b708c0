//! What is derived from a data key for one message, in the committing suites.

use waxseal_crypto::{ContentKey, DataKey, Prk};

use crate::{error::Error, suite::Suite};

/// Bytes in the data key of suite 0x0478.
pub(crate) const DATA_KEY_LENGTH: usize = 32;

/// Names the data key in a header without giving it away.
pub(crate) type Commitment = [u8; 32];
/// Random, never used twice; the salt of the derivation.
pub(crate) type MessageId = [u8; 32];

const CONTENT_LABEL: &[u8] = b"DERIVEKEY";
const COMMITMENT_LABEL: &[u8] = b"COMMITKEY";

/// With `PRK = HKDF-Extract(SHA-512, message ID, data key)`, the content key is `HKDF-Expand(PRK, suite || "DERIVEKEY",
/// 32)` and the commitment `HKDF-Expand(PRK, "COMMITKEY", 32)` (RFC 5869). Consumes the data key, which erases it.
///
/// # Errors
/// [`Error::DataKeyLength`].
#[expect(clippy::needless_pass_by_value, reason = "the data key must not outlive the derivation")]
pub(crate) fn derive(data_key: DataKey, message_id: &MessageId) -> Result<(ContentKey, Commitment), Error> {
    if data_key.len() != DATA_KEY_LENGTH {
        return Err(Error::DataKeyLength { length: data_key.len() });
    }
    let prk = Prk::extract(message_id, &data_key);
    let content_key = prk.content_key(&[&Suite::COMMITTING.id.to_be_bytes(), CONTENT_LABEL]);
    Ok((content_key, *prk.expand(&[COMMITMENT_LABEL])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(data_key: &str, message_id: &str, content_key: &str, commitment: &str) {
        let message_id = hex::decode(message_id).unwrap().try_into().unwrap();
        let derived = derive(DataKey::new(hex::decode(data_key).unwrap()), &message_id).unwrap();
        assert_eq!(hex::encode(derived.0.expose()), content_key);
        assert_eq!(hex::encode(derived.1), commitment);
    }

    #[test]
    fn known_answers() {
        let zeros = "00".repeat(32);
        check(
            &zeros,
            &zeros,
            "a9299dde8c7bafe70878698986e82e6378b94bf2cc29551824681647bae113a3",
            "433d837f59cb7e9bc6334d154aff831109c6372d98f8b5ac8588bff7efaba651",
        );
        check(
            "164c1d9f24c48de7765dcc25501b0e4afd12835e666a1d101a3f8808316deb9d",
            "71756e10143a9e972efcc588c90a58b5f8a8e98d2659652097a131353a2bc168",
            "5b10e14917c585488fee3e0a8d4bc4f272e7ebcf3095e6deb2ec226cf858d6e7",
            "ceade64bcaab0807fdeaac367f5ffb7eae569a108c29ed64c6aca26de49d7b2c",
        );
    }

    #[test]
    fn only_data_keys_of_32_bytes() {
        for length in [0, 16, 31, 33] {
            let derived = derive(DataKey::new(vec![0; length]), &[0; 32]);
            assert_eq!(derived.err(), Some(Error::DataKeyLength { length }));
        }
    }
}
