//! The operations, one a file: each file holds the rule of its operation.

mod cancel_key_deletion;
mod connect_custom_key_store;
mod create_alias;
mod create_custom_key_store;
mod create_grant;
mod create_key;
mod data_key;
mod data_key_pair;
mod decapsulate;
mod decrypt;
mod delete_alias;
mod delete_custom_key_store;
mod delete_imported_key_material;
mod derive_shared_secret;
mod describe_custom_key_stores;
mod describe_key;
mod disable_key;
mod disable_key_rotation;
mod disconnect_custom_key_store;
mod enable_key;
mod enable_key_rotation;
mod encapsulate;
mod encrypt;
mod generate_data_key;
mod generate_data_key_pair;
mod generate_data_key_pair_without_plaintext;
mod generate_data_key_without_plaintext;
mod generate_mac;
mod generate_random;
mod get_key_last_usage;
mod get_key_policy;
mod get_key_rotation_status;
mod get_parameters_for_import;
mod get_public_key;
mod grant_members;
mod iam;
mod import_key_material;
mod key_store_members;
mod list_aliases;
mod list_grants;
mod list_key_policies;
mod list_key_rotations;
mod list_keys;
mod list_resource_tags;
mod list_retirable_grants;
mod message;
mod names;
mod put_key_policy;
mod re_encrypt;
mod replicate_key;
mod retire_grant;
mod revoke_grant;
mod rotate_key_on_demand;
mod schedule_key_deletion;
mod sign;
mod source;
mod sts;
mod tag_resource;
mod tags;
mod untag_resource;
mod update_alias;
mod update_custom_key_store;
mod update_key_description;
mod update_primary_region;
mod verify;
mod verify_mac;

use serde_json::Value;
use waxseal_api::{Operation, Service, operations as op, types::EncryptionContext};

use crate::{
    constraints::Constraints,
    cx::Cx,
    error::Error,
    members::{Members, lower_camel},
};

/// Every operation, in order of name.
static OPERATIONS: &[Entry] = &[
    entry::<op::CancelKeyDeletion>(),
    entry::<op::ConnectCustomKeyStore>(),
    entry::<op::CreateAlias>(),
    entry::<op::CreateCustomKeyStore>(),
    entry::<op::CreateGrant>(),
    entry::<op::CreateKey>(),
    entry::<op::Decapsulate>(),
    entry::<op::Decrypt>(),
    entry::<op::DeleteAlias>(),
    entry::<op::DeleteCustomKeyStore>(),
    entry::<op::DeleteImportedKeyMaterial>(),
    entry::<op::DeriveSharedSecret>(),
    entry::<op::DescribeCustomKeyStores>(),
    entry::<op::DescribeKey>(),
    entry::<op::DisableKey>(),
    entry::<op::DisableKeyRotation>(),
    entry::<op::DisconnectCustomKeyStore>(),
    entry::<op::EnableKey>(),
    entry::<op::EnableKeyRotation>(),
    entry::<op::Encapsulate>(),
    entry::<op::Encrypt>(),
    entry::<op::GenerateDataKey>(),
    entry::<op::GenerateDataKeyPair>(),
    entry::<op::GenerateDataKeyPairWithoutPlaintext>(),
    entry::<op::GenerateDataKeyWithoutPlaintext>(),
    entry::<op::GenerateMac>(),
    entry::<op::GenerateRandom>(),
    entry::<op::GetKeyLastUsage>(),
    entry::<op::GetKeyPolicy>(),
    entry::<op::GetKeyRotationStatus>(),
    entry::<op::GetParametersForImport>(),
    entry::<op::GetPublicKey>(),
    entry::<op::ImportKeyMaterial>(),
    entry::<op::ListAliases>(),
    entry::<op::ListGrants>(),
    entry::<op::ListKeyPolicies>(),
    entry::<op::ListKeyRotations>(),
    entry::<op::ListKeys>(),
    entry::<op::ListResourceTags>(),
    entry::<op::ListRetirableGrants>(),
    entry::<op::PutKeyPolicy>(),
    entry::<op::ReEncrypt>(),
    entry::<op::ReplicateKey>(),
    entry::<op::RetireGrant>(),
    entry::<op::RevokeGrant>(),
    entry::<op::RotateKeyOnDemand>(),
    entry::<op::ScheduleKeyDeletion>(),
    entry::<op::Sign>(),
    entry::<op::TagResource>(),
    entry::<op::UntagResource>(),
    entry::<op::UpdateAlias>(),
    entry::<op::UpdateCustomKeyStore>(),
    entry::<op::UpdateKeyDescription>(),
    entry::<op::UpdatePrimaryRegion>(),
    entry::<op::Verify>(),
    entry::<op::VerifyMac>(),
];

/// What an operation does. Its checks come in this order: constraints, lookup, access, the key's state, then the
/// operation's own; a dry run ends after all of them.
pub(crate) trait Rule: Operation {
    /// Members that the request must have.
    const REQUIRED: &'static [&'static str];
    /// Members that an audit record may repeat: neither plaintext nor ciphertext.
    const RECORDED: &'static [&'static str];
    /// What an audit record says where the request says nothing.
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[];

    /// Whether an audit record repeats the output.
    const TOLD: bool = !Self::READ_ONLY;
    /// Members of the output, at any depth, that an audit record leaves out all the same.
    const UNTOLD: &'static [&'static str] = &[];

    /// The encryption context that the request gives.
    fn context(_input: &Self::Input) -> Option<&EncryptionContext> {
        None
    }

    /// Carries it out.
    ///
    /// # Errors
    /// Why it is refused.
    fn run(cx: &mut Cx<'_>, input: Self::Input) -> Result<Self::Output, Error>;
}

/// An operation in the table: what is the same for all is data here, so that only the rules are code of their own.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) read_only: bool,
    required: &'static [&'static str],
    recorded: &'static [&'static str],
    defaults: &'static [(&'static str, &'static str)],
    told: bool,
    untold: &'static [&'static str],
    run: fn(&mut Cx<'_>, &str) -> Result<String, Error>,
}

/// What an operation answers, and what the audit log may know of it.
pub(crate) struct Answer {
    /// The JSON text of the output.
    pub(crate) result: Result<String, Error>,
    pub(crate) request_parameters: Option<Value>,
    pub(crate) response_elements: Option<Value>,
}

/// Looks an operation up.
pub(crate) fn find(service: Service, name: &str) -> Option<&'static Entry> {
    let table = match service {
        Service::Kms => OPERATIONS,
        Service::Iam => iam::OPERATIONS,
        Service::Sts => sts::OPERATIONS,
        _ => return None,
    };
    let position = table.binary_search_by(|entry| entry.name.cmp(name)).ok()?;
    table.get(position)
}

const fn entry<R: Rule>() -> Entry {
    Entry {
        name: R::NAME,
        read_only: R::READ_ONLY,
        required: R::REQUIRED,
        recorded: R::RECORDED,
        defaults: R::DEFAULTS,
        told: R::TOLD,
        untold: R::UNTOLD,
        run: run::<R>,
    }
}

/// Carries an operation out, from text to text.
fn run<R: Rule>(cx: &mut Cx<'_>, body: &str) -> Result<String, Error> {
    let input = serde_json::from_str(body).map_err(unreadable)?;
    if let Some(context) = R::context(&input) {
        cx.requested(context);
    }
    let output = R::run(cx, input)?;
    serde_json::to_string(&output).map_err(|error| Error::Internal(error.to_string()))
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::Serialization(error.to_string())
}

impl Entry {
    /// Answers a call.
    pub(crate) fn answer(&self, cx: &mut Cx<'_>, body: &str) -> Answer {
        cx.begin(self.name, body.len());
        let members = match Members::read(body, self.recorded) {
            Ok(members) => members,
            Err(error) => {
                return Answer {
                    result: Err(unreadable(error)),
                    request_parameters: None,
                    response_elements: None,
                };
            }
        };
        let complete = self.is_complete(&members);
        cx.say(members);
        let result = complete.and_then(|()| (self.run)(cx, body));
        Answer {
            response_elements: result.as_ref().ok().and_then(|output| self.response_elements(output)),
            request_parameters: cx.said().parameters(self.defaults),
            result,
        }
    }

    /// What is missing is told as a constraint; anything else that does not fit makes the body unreadable.
    fn is_complete(&self, members: &Members) -> Result<(), Error> {
        let mut check = Constraints::default();
        for member in members.missing(self.required) {
            check.missing(&member);
        }
        check.done()
    }

    /// What the audit log repeats of an output, without its secrets.
    fn response_elements(&self, output: &str) -> Option<Value> {
        let value: Value = if self.told { serde_json::from_str(output).ok()? } else { return None };
        let has_members = value.as_object().is_some_and(|members| !members.is_empty());
        has_members.then(|| lower_camel(without(value, self.untold)))
    }
}

/// A value without some members, wherever they stand.
fn without(value: Value, names: &[&str]) -> Value {
    let Value::Object(members) = value else { return value };
    let rest = members.into_iter().filter(|(name, _)| !names.contains(&name.as_str()));
    rest.map(|(name, value)| (name, without(value, names))).collect::<serde_json::Map<_, _>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_contract() {
        let names: Vec<&str> = OPERATIONS.iter().map(|entry| entry.name).collect();
        assert_eq!(names, op::NAMES);
    }

    #[test]
    fn no_operation_records_a_secret() {
        fn recorded<R: Rule>() -> &'static [&'static str] {
            R::RECORDED
        }
        for names in [recorded::<op::Encrypt>(), recorded::<op::Decrypt>(), recorded::<op::ReEncrypt>()] {
            assert!(!names.contains(&"Plaintext") && !names.contains(&"CiphertextBlob"));
        }
    }
}
