//! What is derived from a data key for one message.

use waxseal_crypto::{ContentKey, DataKey, Hash, Prk};

use crate::{
    error::Error,
    suite::{Derivation, Suite},
};

/// Names the data key in a header without giving it away.
pub(crate) type Commitment = [u8; 32];

const CONTENT_LABEL: &[u8] = b"DERIVEKEY";
const COMMITMENT_LABEL: &[u8] = b"COMMITKEY";

/// The content key, and the commitment in the suites that have one. Consumes the data key, which erases it.
///
/// ```text
/// committing   PRK = HKDF-Extract(SHA-512, message ID, data key)
///              content key = HKDF-Expand(PRK, suite || "DERIVEKEY", 32)    commitment = HKDF-Expand(PRK, "COMMITKEY", 32)
/// HKDF         content key = HKDF(no salt, data key, suite || message ID, length)
/// neither      content key = data key
/// ```
///
/// # Errors
/// [`Error::DataKeyLength`].
pub(crate) fn derive(
    suite: Suite,
    data_key: DataKey,
    message_id: &[u8],
) -> Result<(ContentKey, Option<Commitment>), Error> {
    check_length(suite, data_key.len())?;
    let (id, length) = (suite.id.to_be_bytes(), suite.key_length);
    let (content_key, commitment) = match suite.derivation {
        Derivation::Identity => (data_key.try_into(), None),
        Derivation::Hkdf(hash) => {
            (Prk::extract(hash, &[], &data_key).content_key(&[&id, message_id], length), None)
        }
        Derivation::Committing => {
            let prk = Prk::extract(Hash::Sha512, message_id, &data_key);
            (prk.content_key(&[&id, CONTENT_LABEL], length), Some(*prk.expand(&[COMMITMENT_LABEL])))
        }
    };
    let content_key = content_key.map_err(|_| Error::DataKeyLength { length, needed: length })?;
    Ok((content_key, commitment))
}

/// Whether the suite has data keys of so many bytes.
///
/// # Errors
/// [`Error::DataKeyLength`].
pub(crate) fn check_length(suite: Suite, length: usize) -> Result<(), Error> {
    let needed = suite.key_length;
    if length == needed { Ok(()) } else { Err(Error::DataKeyLength { length, needed }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(suite: Suite, data_key: &str, message_id: &str, content_key: &str, commitment: &str) {
        let message_id = hex::decode(message_id).unwrap();
        let derived = derive(suite, DataKey::new(hex::decode(data_key).unwrap()), &message_id).unwrap();
        assert_eq!(hex::encode(derived.0.expose()), content_key);
        assert_eq!(hex::encode(derived.1.unwrap()), commitment);
    }

    #[test]
    fn known_answers() {
        let zeros = "00".repeat(32);
        let commitment = "433d837f59cb7e9bc6334d154aff831109c6372d98f8b5ac8588bff7efaba651";
        check(
            Suite::COMMITTING,
            &zeros,
            &zeros,
            "a9299dde8c7bafe70878698986e82e6378b94bf2cc29551824681647bae113a3",
            commitment,
        );
        check(
            Suite::SIGNED,
            &zeros,
            &zeros,
            "14cca0a1bf3954b4766341162ba86ae4ae0e408d9f62856dd2a429f555ab4401",
            commitment,
        );
        check(
            Suite::COMMITTING,
            "164c1d9f24c48de7765dcc25501b0e4afd12835e666a1d101a3f8808316deb9d",
            "71756e10143a9e972efcc588c90a58b5f8a8e98d2659652097a131353a2bc168",
            "5b10e14917c585488fee3e0a8d4bc4f272e7ebcf3095e6deb2ec226cf858d6e7",
            "ceade64bcaab0807fdeaac367f5ffb7eae569a108c29ed64c6aca26de49d7b2c",
        );
    }

    #[test]
    fn only_data_keys_of_the_length_of_the_suite() {
        for (id, needed) in [(0x0578, 32), (0x0478, 32), (0x0346, 24), (0x0114, 16), (0x0046, 24)] {
            let suite = Suite::find(id).unwrap();
            for length in [0, 15, 16, 24, 31, 32, 33] {
                let derived = derive(suite, DataKey::new(vec![0; length]), &[0; 32]);
                let refused = (length != needed).then_some(Error::DataKeyLength { length, needed });
                assert_eq!(derived.err(), refused);
            }
        }
    }
}
