//! IAM, as far as keys need it: users, roles, access keys and inline policies.

mod access_key;
mod policy;
mod role;
mod user;

use serde::{Deserialize, Serialize};

pub use self::{access_key::*, policy::*, role::*, user::*};

/// A label of a user or a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// 1 to 128 characters.
    pub key: String,
    /// Up to 256 characters.
    pub value: String,
}

/// Names, shapes and kind of operations.
macro_rules! operations {
    ($($(#[$doc:meta])* $service:ident $name:ident, read only $read_only:literal, $input:ty => $output:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl crate::Operation for $name {
            const SERVICE: crate::Service = crate::Service::$service;
            const NAME: &'static str = stringify!($name);
            const READ_ONLY: bool = $read_only;
            type Input = $input;
            type Output = $output;
        }
    )+};
}
pub(crate) use operations;

/// Shapes as they stand on the wire.
macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })+) => {$(
        $(#[$doc])*
        #[serde_with::skip_serializing_none]
        #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "PascalCase")]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)*
        }
    )+};
}
pub(crate) use shapes;

shapes! {
    /// Which page of an account's users or roles.
    ListInput {
        /// Where the last page ended.
        marker: Option<String>,
        /// 1 to 1,000; default 100.
        max_items: Option<i64>,
    }
}
