//! Keys about what a request says: `kms:EncryptionContext:…`, `kms:GrantOperations` and so on.

use serde_json::Value;
use waxseal_api::KeyRef;

use super::{Conditions, maybe, one};

/// Keys that are one member of the request, and the member.
const MEMBERS: &[(&str, &str)] = &[
    ("customkeystoreid", "CustomKeyStoreId"),
    ("datakeypairspec", "KeyPairSpec"),
    ("expirationmodel", "ExpirationModel"),
    ("granteeprincipal", "GranteePrincipal"),
    ("granteeserviceprincipal", "GranteeServicePrincipal"),
    ("grantoperations", "Operations"),
    ("keyagreementalgorithm", "KeyAgreementAlgorithm"),
    ("macalgorithm", "MacAlgorithm"),
    ("primaryregion", "PrimaryRegion"),
    ("replicaregion", "ReplicaRegion"),
    ("retiringprincipal", "RetiringPrincipal"),
    ("retiringserviceprincipal", "RetiringServicePrincipal"),
    ("signingalgorithm", "SigningAlgorithm"),
    ("validto", "ValidTo"),
    ("wrappingalgorithm", "WrappingAlgorithm"),
    ("wrappingkeyspec", "WrappingKeySpec"),
];

impl Conditions<'_, '_> {
    /// The values of `kms:<name>`, in lower case; None for a key that is not about the request.
    pub(super) fn of_request(&self, name: &str) -> Option<Vec<String>> {
        if let Some((_, member)) = MEMBERS.iter().find(|(key, _)| *key == name) {
            return Some(self.member(member));
        }
        if let Some(context_key) = name.strip_prefix("encryptioncontext:") {
            return Some(self.context_values(context_key));
        }
        let action = self.wish.action.strip_prefix("kms:").unwrap_or_default();
        Some(match name {
            "calleraccount" => one(self.cx.caller.account()),
            "viaservice" => maybe(self.cx.caller.via.as_ref()),
            "bypasspolicylockoutsafetycheck"
                if matches!(action, "CreateKey" | "PutKeyPolicy" | "ReplicateKey") =>
            {
                self.member_or("BypassPolicyLockoutSafetyCheck", "false")
            }
            "encryptionalgorithm" => self.encryption_algorithm(action),
            "encryptioncontextkeys" => {
                self.encryption_context().into_iter().map(|(key, _)| key.to_owned()).collect()
            }
            "grantconstraintsourcearn" => self.constraint("SourceArn").map(texts).unwrap_or_default(),
            "grantconstrainttype" => {
                let types = ["EncryptionContextEquals", "EncryptionContextSubset"];
                types.into_iter().filter(|it| self.constraint(it).is_some()).map(str::to_owned).collect()
            }
            "grantisforawsresource" if matches!(action, "CreateGrant" | "ListGrants" | "RevokeGrant") => {
                one(self.cx.caller.via.is_some())
            }
            "messagetype" if matches!(action, "Sign" | "Verify") => self.member_or("MessageType", "RAW"),
            "reencryptonsamekey" if action.starts_with("ReEncrypt") => one(self.re_encrypts_on_same_key()),
            "requestalias" => maybe(self.request_alias()),
            "rotationperiodindays" if action == "EnableKeyRotation" => {
                self.member_or("RotationPeriodInDays", "365")
            }
            "schedulekeydeletionpendingwindowindays" if action == "ScheduleKeyDeletion" => {
                self.member_or("PendingWindowInDays", "30")
            }
            _ => return None,
        })
    }

    /// The texts of a member.
    pub(super) fn member(&self, name: &str) -> Vec<String> {
        self.cx.members.get(name).map(texts).unwrap_or_default()
    }

    fn member_or(&self, name: &str, default: &str) -> Vec<String> {
        let given = self.member(name);
        if given.is_empty() { one(default) } else { given }
    }

    /// Which side of a ReEncrypt this is about: the prefix of its members.
    fn side(&self) -> &'static str {
        match self.wish.action {
            "kms:ReEncryptFrom" => "Source",
            "kms:ReEncryptTo" => "Destination",
            _ => "",
        }
    }

    fn encryption_algorithm(&self, action: &str) -> Vec<String> {
        let uses_one = ["Encrypt", "Decrypt", "ReEncrypt", "GenerateDataKey"];
        if uses_one.iter().any(|it| action.starts_with(it)) {
            self.member_or(&format!("{}EncryptionAlgorithm", self.side()), "SYMMETRIC_DEFAULT")
        } else {
            Vec::new()
        }
    }

    /// The pairs that the request gives, or that a grant's constraint has.
    fn encryption_context(&self) -> Vec<(&str, &str)> {
        let given = self.cx.members.get(&format!("{}EncryptionContext", self.side()));
        let context = given
            .or_else(|| self.constraint("EncryptionContextEquals"))
            .or_else(|| self.constraint("EncryptionContextSubset"));
        let pairs = context.and_then(Value::as_object).into_iter().flatten();
        pairs.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?))).collect()
    }

    /// The values under a context key, which is compared without regard to case here.
    fn context_values(&self, key_in_lower_case: &str) -> Vec<String> {
        let pairs = self.encryption_context().into_iter();
        pairs
            .filter(|(key, _)| key.to_lowercase() == key_in_lower_case)
            .map(|(_, value)| value.to_owned())
            .collect()
    }

    fn constraint(&self, name: &str) -> Option<&Value> {
        self.cx.members.get("Constraints")?.get(name)
    }

    /// The alias by which the request names the key.
    fn request_alias(&self) -> Option<String> {
        let named = self.cx.members.get(&format!("{}KeyId", self.side()))?.as_str()?;
        match named.parse().ok()? {
            KeyRef::Alias(name) | KeyRef::AliasArn(_, name) => Some(name.to_string()),
            KeyRef::Id(_) | KeyRef::Arn(_) => None,
        }
    }

    /// Whether both keys of a ReEncrypt are the same. The source is found first.
    fn re_encrypts_on_same_key(&self) -> bool {
        let destination = self.cx.members.get("DestinationKeyId").and_then(Value::as_str);
        let destination = destination.and_then(|named| self.cx.arn_of(named));
        destination.is_some() && destination.as_ref() == self.cx.resources.first()
    }
}

/// The texts of a JSON value: of a list each of its items.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => one(text),
        Value::Bool(_) | Value::Number(_) => one(value),
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Null | Value::Object(_) => Vec::new(),
    }
}
