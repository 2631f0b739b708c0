//! The operations, one a file, and the list of them.

mod cancel_key_deletion;
mod create_alias;
mod create_key;
mod decrypt;
mod delete_alias;
mod describe_key;
mod disable_key;
mod enable_key;
mod encrypt;
mod generate_data_key;
mod generate_data_key_without_plaintext;
mod generate_random;
mod get_key_policy;
mod list_aliases;
mod list_keys;
mod re_encrypt;
mod schedule_key_deletion;
mod update_alias;
mod update_key_description;

pub use cancel_key_deletion::{CancelKeyDeletion, CancelKeyDeletionInput, CancelKeyDeletionOutput};
pub use create_alias::{CreateAlias, CreateAliasInput};
pub use create_key::{CreateKey, CreateKeyInput, CreateKeyOutput};
pub use decrypt::{Decrypt, DecryptInput, DecryptOutput};
pub use delete_alias::{DeleteAlias, DeleteAliasInput};
pub use describe_key::{DescribeKey, DescribeKeyInput, DescribeKeyOutput};
pub use disable_key::{DisableKey, DisableKeyInput};
pub use enable_key::{EnableKey, EnableKeyInput};
pub use encrypt::{Encrypt, EncryptInput, EncryptOutput};
pub use generate_data_key::{GenerateDataKey, GenerateDataKeyInput, GenerateDataKeyOutput};
pub use generate_data_key_without_plaintext::{
    GenerateDataKeyWithoutPlaintext, GenerateDataKeyWithoutPlaintextInput,
    GenerateDataKeyWithoutPlaintextOutput,
};
pub use generate_random::{GenerateRandom, GenerateRandomInput, GenerateRandomOutput};
pub use get_key_policy::{GetKeyPolicy, GetKeyPolicyInput, GetKeyPolicyOutput};
pub use list_aliases::{ListAliases, ListAliasesInput, ListAliasesOutput};
pub use list_keys::{ListKeys, ListKeysInput, ListKeysOutput};
pub use re_encrypt::{ReEncrypt, ReEncryptInput, ReEncryptOutput};
pub use schedule_key_deletion::{ScheduleKeyDeletion, ScheduleKeyDeletionInput, ScheduleKeyDeletionOutput};
pub use update_alias::{UpdateAlias, UpdateAliasInput};
pub use update_key_description::{UpdateKeyDescription, UpdateKeyDescriptionInput};

/// The name of every operation, sorted.
pub const NAMES: &[&str] = &[
    "CancelKeyDeletion",
    "CreateAlias",
    "CreateKey",
    "Decrypt",
    "DeleteAlias",
    "DescribeKey",
    "DisableKey",
    "EnableKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateRandom",
    "GetKeyPolicy",
    "ListAliases",
    "ListKeys",
    "ReEncrypt",
    "ScheduleKeyDeletion",
    "UpdateAlias",
    "UpdateKeyDescription",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_without_repetition() {
        assert!(NAMES.is_sorted_by(|a, b| a < b));
    }
}
