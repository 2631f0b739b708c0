//! Forms for operations, and the requests that they make.

use serde::{Deserialize, Serialize};

use crate::operation::Service;

/// A service, and the operations that there are forms for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// Which.
    pub service: Service,
    /// Their names on the wire.
    pub operations: Vec<String>,
}

/// What a form for an operation needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Form {
    /// Whose operation.
    pub service: Service,
    /// Its name on the wire.
    pub operation: String,
    /// What it does.
    pub words: String,
    /// The members of its input.
    pub fields: Vec<Field>,
}

/// A member of an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Its name on the wire.
    pub name: String,
    /// How it is filled in.
    pub kind: Kind,
    /// Whether it has to be there.
    pub required: bool,
    /// What it is.
    pub words: String,
}

/// How a member is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// With a text, or a time as text.
    Text,
    /// With a text of several lines.
    LongText,
    /// With one of these.
    Choice(Vec<String>),
    /// With several texts.
    Texts,
    /// With several of these.
    Choices(Vec<String>),
    /// With a whole number.
    Number,
    /// With yes or no.
    Switch,
    /// With bytes, as base64.
    Blob,
    /// With the name of a file of the terminal, behind this.
    File(String),
    /// With JSON that looks like this.
    Json(String),
}

/// A request, as a form has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// Whose operation.
    pub service: Service,
    /// Its name on the wire.
    pub operation: String,
    /// Its input, as JSON text.
    pub body: String,
}
