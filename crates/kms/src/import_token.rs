//! Import tokens: they name the wrapping key that belongs to them, and tell when it is of no use any more.
//!
//! | bytes | what |
//! |---|---|
//! | 16 | `waxseal import 1` |
//! | 16 | the wrapping key's ID |
//! | 8 | milliseconds since the epoch, big-endian |
//!
//! Nothing rests on the date: a wrapping key that has expired is gone.

use waxseal_api::Timestamp;

use crate::layout::{Form, Layout};

pub(crate) const LABEL: &[u8; 16] = b"waxseal import 1";
const ID_LENGTH: usize = 16;

/// What a token says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ImportToken {
    pub(crate) id: [u8; ID_LENGTH],
    pub(crate) expires: Timestamp,
}

impl ImportToken {
    pub(crate) fn encode(&self) -> Vec<u8> {
        [LABEL, &self.id[..], &self.expires.as_millis().to_be_bytes()].concat()
    }

    /// Reads a token, or nothing when it is none.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        Self::read(&mut Layout::new(bytes)).ok()
    }

    /// Reads a token part by part.
    ///
    /// # Errors
    /// Why it is none, in words.
    pub(crate) fn read(layout: &mut Layout<'_>) -> Result<Self, &'static str> {
        if layout.take("label", LABEL.len(), Form::Text)? != LABEL {
            return Err("It does not begin as import tokens of this service do.");
        }
        let id = layout.array("wrappingKeyId", Form::Bytes)?;
        let expires = Timestamp::from_millis(i64::from_be_bytes(layout.array("expires", Form::Time)?));
        let token = Self { id, expires };
        if layout.rest().is_empty() { Ok(token) } else { Err("Something follows the token.") }
    }

    /// The wrapping key's ID, as it is recorded.
    pub(crate) fn wrapping_key_id(&self) -> String {
        hex::encode(self.id)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_token_is_read_as_it_was_written(id: [u8; ID_LENGTH], millis: i64) {
            let token = ImportToken { id, expires: Timestamp::from_millis(millis) };
            prop_assert_eq!(ImportToken::parse(&token.encode()), Some(token));
        }

        #[test]
        fn nothing_makes_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            ImportToken::parse(&[LABEL, &bytes[..]].concat());
            prop_assert_eq!(ImportToken::parse(&bytes), None);
        }
    }
}
