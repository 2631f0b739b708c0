//! Reading what the service writes, part by part, each by its name.

use waxseal_api::{
    Timestamp,
    inspection::{Field, FieldValue},
};

/// How the bytes of a part are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A number, big-endian.
    Number,
    /// UTF-8.
    Text,
    /// Milliseconds since the epoch, big-endian.
    Time,
    /// Nothing but bytes.
    Bytes,
}

/// A position in some bytes, and the parts before it if anybody wants to know.
#[derive(Debug)]
pub(crate) struct Layout<'a> {
    bytes: &'a [u8],
    at: usize,
    fields: Option<Vec<Field>>,
}

const SHORT: &str = "It ends too early.";

impl<'a> Layout<'a> {
    /// Keeps nothing of what it reads.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, fields: None }
    }

    /// Keeps where each part is and what it says.
    pub(crate) fn telling(bytes: &'a [u8]) -> Self {
        Self { fields: Some(Vec::new()), ..Self::new(bytes) }
    }

    /// The parts that were read.
    pub(crate) fn into_fields(self) -> Vec<Field> {
        self.fields.unwrap_or_default()
    }

    /// What has been read.
    pub(crate) fn taken(&self) -> &'a [u8] {
        self.bytes.get(..self.at).unwrap_or_default()
    }

    /// What has not been read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The next part.
    ///
    /// # Errors
    /// There are fewer bytes.
    pub(crate) fn take(
        &mut self,
        name: &'static str,
        length: usize,
        form: Form,
    ) -> Result<&'a [u8], &'static str> {
        let part = self.rest().get(..length).ok_or(SHORT)?;
        if let Some(fields) = &mut self.fields {
            let (offset, length) = (self.at as u64, part.len() as u64);
            fields.push(Field { name: name.into(), offset, length, value: Some(value(form, part)) });
        }
        self.at += length;
        Ok(part)
    }

    /// The next part, whose length is known.
    ///
    /// # Errors
    /// There are fewer bytes.
    pub(crate) fn array<const N: usize>(
        &mut self,
        name: &'static str,
        form: Form,
    ) -> Result<[u8; N], &'static str> {
        self.take(name, N, form)?.try_into().map_err(|_| SHORT)
    }
}

fn value(form: Form, bytes: &[u8]) -> FieldValue {
    let number = || bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    match (form, std::str::from_utf8(bytes)) {
        (Form::Number, _) => FieldValue::Number(number()),
        (Form::Time, _) => FieldValue::Text(Timestamp::from_millis(number() as i64).to_iso8601()),
        (Form::Text, Ok(text)) => FieldValue::Text(text.to_owned()),
        _ => FieldValue::Bytes(hex::encode(bytes)),
    }
}
