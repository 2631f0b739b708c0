//! What a call says.

use base64ct::{Base64, Encoding};
use serde_json::Value;

use crate::refusal::Refusal;

/// The input of a call, or a part of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'i>(pub(crate) &'i Value);

impl<'i> Input<'i> {
    pub(crate) fn get(self, name: &str) -> Option<&'i Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn part(self, name: &str) -> Option<Self> {
        self.get(name).map(Input)
    }

    pub(crate) fn text(self, name: &str) -> Option<&'i str> {
        self.get(name)?.as_str()
    }

    pub(crate) fn flag(self, name: &str) -> Option<bool> {
        self.get(name)?.as_bool()
    }

    pub(crate) fn number(self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    pub(crate) fn list(self, name: &str) -> impl Iterator<Item = &'i Value> {
        self.get(name).and_then(Value::as_array).into_iter().flatten()
    }

    /// A text that has to be there.
    pub(crate) fn need(self, name: &str) -> Result<&'i str, Refusal> {
        self.text(name)
            .filter(|text| !text.is_empty())
            .ok_or_else(|| Refusal::new("ValidationException", format!("{name} is missing or empty.")))
    }

    /// Bytes, which come as base64; none where there are none.
    pub(crate) fn bytes(self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let bytes = Base64::decode_vec(text);
        bytes.map(Some).map_err(|_| Refusal::new("SerializationException", format!("{name} is not base64.")))
    }
}

/// Bytes as they stand in JSON.
pub(crate) fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}
