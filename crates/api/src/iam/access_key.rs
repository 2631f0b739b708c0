//! Access keys.

use super::{UserInput, operations, shapes};
use crate::{Timestamp, blob::SecretText, operation::Nothing};

operations! {
    /// Makes an access key; only now is its secret part told. Two a user at most.
    Iam CreateAccessKey, read only false, UserInput => CreateAccessKeyOutput;
    /// Lists a user's access keys.
    Iam ListAccessKeys, read only true, UserInput => ListAccessKeysOutput;
    /// Makes an access key worthless.
    Iam DeleteAccessKey, read only false, DeleteAccessKeyInput => Nothing;
}

shapes! {
    /// What DeleteAccessKey takes.
    DeleteAccessKeyInput {
        /// The caller where none is given.
        user_name: Option<String>,
        /// `AKIA…`
        access_key_id: String,
    }
    /// What CreateAccessKey returns.
    CreateAccessKeyOutput {
        /// The access key.
        access_key: AccessKey,
    }
    /// A new access key.
    AccessKey {
        /// Whose.
        user_name: String,
        /// `AKIA…`
        access_key_id: String,
        /// `Active`
        status: String,
        /// What calls are signed with.
        secret_access_key: SecretText,
        /// When it was made.
        create_date: Timestamp,
    }
    /// What ListAccessKeys returns.
    ListAccessKeysOutput {
        /// In order of ID.
        access_key_metadata: Vec<AccessKeyMetadata>,
        /// Always false: a user has two at most.
        is_truncated: bool,
    }
    /// What anyone may know of an access key.
    AccessKeyMetadata {
        /// Whose.
        user_name: String,
        /// `AKIA…`
        access_key_id: String,
        /// `Active`
        status: String,
        /// When it was made.
        create_date: Timestamp,
    }
}
