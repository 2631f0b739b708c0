//! Whatever changes something, at random, by several callers.

use proptest::prelude::*;
use serde_json::{Value, json};
use waxseal_api::{KeyArn, Place, Service};
use waxseal_kms::{Caller, Principal};

use crate::{
    imports::import_body,
    key_stores::{cluster, external},
    world::{ACCOUNT, OTHER_ACCOUNT, REGION, World, b64, caller, statement, text},
};

const REGIONS: [&str; 2] = [REGION, "us-east-1"];

/// Those that make something stand here more than once.
const OPERATIONS: &[&str] = &[
    "AssumeRole",
    "CancelKeyDeletion",
    "ConnectCustomKeyStore",
    "CreateAccessKey",
    "CreateAlias",
    "CreateAlias",
    "CreateCustomKeyStore",
    "CreateCustomKeyStore",
    "CreateGrant",
    "CreateGrant",
    "CreateGrant",
    "CreateKey",
    "CreateKey",
    "CreateKey",
    "CreateKey",
    "CreateRole",
    "CreateUser",
    "DeleteAccessKey",
    "DeleteAlias",
    "DeleteCustomKeyStore",
    "DeleteImportedKeyMaterial",
    "DeleteRole",
    "DeleteRolePolicy",
    "DeleteUser",
    "DeleteUserPolicy",
    "DisableKey",
    "DisableKeyRotation",
    "DisconnectCustomKeyStore",
    "EnableKey",
    "EnableKeyRotation",
    "Encrypt",
    "Encrypt",
    "ImportKeyMaterial",
    "ImportKeyMaterial",
    "ImportKeyMaterial",
    "PutKeyPolicy",
    "PutRolePolicy",
    "PutUserPolicy",
    "ReplicateKey",
    "ReplicateKey",
    "RetireGrant",
    "RetireGrant",
    "RevokeGrant",
    "RotateKeyOnDemand",
    "ScheduleKeyDeletion",
    "TagResource",
    "UntagResource",
    "UpdateAlias",
    "UpdateAssumeRolePolicy",
    "UpdateCustomKeyStore",
    "UpdateKeyDescription",
    "UpdatePrimaryRegion",
    "UpdatePrimaryRegion",
];

/// One call: which operation, by whom and where, with choices for what it needs, and how much later.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    operation: &'static str,
    who: usize,
    region: usize,
    key: usize,
    choice: usize,
    number: i64,
    days: i64,
}

pub(crate) fn act() -> impl Strategy<Value = Act> {
    let operation = prop::sample::select(OPERATIONS);
    let days = prop_oneof![6 => Just(0), 1 => 1..40_i64, 1 => 80..400_i64];
    let who = prop_oneof![5 => Just(0_usize), 2 => Just(1), 1 => Just(2), 1 => Just(3)];
    let region = prop_oneof![3 => Just(0_usize), 1 => Just(1)];
    (operation, who, region, 0..8_usize, 0..12_usize, 1..400_i64, days).prop_map(
        |(operation, who, region, key, choice, number, days)| Act {
            operation,
            who,
            region,
            key,
            choice,
            number,
            days,
        },
    )
}

/// A key that somebody has made.
#[derive(Debug, Clone)]
struct Key {
    place: Place,
    id: String,
    is_imported: bool,
}

/// A world, and what its callers have seen.
pub(crate) struct Acts {
    pub(crate) world: World,
    keys: Vec<Key>,
    /// Keys, IDs and tokens.
    grants: Vec<[String; 3]>,
    stores: Vec<String>,
    access_keys: Vec<String>,
}

impl Acts {
    /// A user and a role who may do everything.
    pub(crate) fn new() -> Self {
        let mut world = World::new();
        let all = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
        world.iam("CreateUser", json!({"UserName": "ann"}));
        world.iam(
            "PutUserPolicy",
            json!({"UserName": "ann", "PolicyName": "all", "PolicyDocument": statement(all.clone())}),
        );
        world.iam("CreateRole", json!({"RoleName": "clerk", "AssumeRolePolicyDocument": trust("Allow")}));
        world.iam(
            "PutRolePolicy",
            json!({"RoleName": "clerk", "PolicyName": "all", "PolicyDocument": statement(all)}),
        );
        let (place, id) = (world.caller.place.clone(), world.key());
        let keys = vec![Key { place, id, is_imported: false }];
        Self { world, keys, grants: Vec::new(), stores: Vec::new(), access_keys: Vec::new() }
    }

    /// Makes a call, which may be refused, and lets time pass.
    pub(crate) fn take(&mut self, act: &Act) {
        let key = self.key(act).clone();
        let service = service(act.operation);
        self.world.caller = by(act, &key);
        let body = match (service, act.operation) {
            (Service::Kms, "ImportKeyMaterial") => self.import(act, &key.id),
            (Service::Kms, "CreateKey") => Some(self.key_to_be(act)),
            (Service::Kms, "CreateCustomKeyStore") => Some(store_to_be(act)),
            (Service::Kms, "CreateGrant") => Some(grant_to_be(act, &key.id)),
            (Service::Kms, "RetireGrant" | "RevokeGrant") => Some(self.grant_to_end(act)),
            (Service::Kms, _) => Some(self.body(act, &key.id)),
            _ => Some(self.identity(act)),
        };
        if let Some(body) = body
            && let Ok(output) = self.world.ask(service, act.operation, body.clone())
        {
            self.remember(&body, &output);
        }
        self.world.later(act.days);
        self.world.soon();
    }

    /// A key; of the kind that the operation is for, if there is one.
    fn key(&self, act: &Act) -> &Key {
        let fits = |key: &&Key| match act.operation {
            "ImportKeyMaterial" | "DeleteImportedKeyMaterial" => key.is_imported,
            "ReplicateKey" | "UpdatePrimaryRegion" => key.id.starts_with("mrk-"),
            _ => true,
        };
        let fitting: Vec<&Key> = self.keys.iter().filter(fits).collect();
        fitting.get(act.key % fitting.len().max(1)).copied().unwrap_or(&self.keys[0])
    }

    /// All members that any operation on a key or a store asks for; each takes its own.
    fn body(&self, act: &Act, key: &str) -> Value {
        let other = REGIONS[usize::from(self.world.caller.place.region.to_string() == REGIONS[0])];
        json!({
            "KeyId": key, "TargetKeyId": key, "AliasName": format!("alias/a{}", act.choice % 4),
            "Description": format!("number {}", act.number), "Policy": policy(act.number), "Tags": tags(act),
            "TagKeys": [format!("tag{}", act.choice)], "RotationPeriodInDays": 90 + act.number,
            "PendingWindowInDays": 7 + act.number % 24, "ReplicaRegion": other,
            "PrimaryRegion": other, "CustomKeyStoreId": self.store(act),
            "NewCustomKeyStoreName": format!("renamed {}", act.number), "Plaintext": b64(b"hello"),
        })
    }

    /// All members that any operation on users and roles asks for.
    fn identity(&self, act: &Act) -> Value {
        let (user, role) = (["ann", "bob"][act.choice % 2], ["clerk", "cook"][act.choice % 2]);
        let effect = if act.number % 7 == 0 { "Deny" } else { "Allow" };
        let document = statement(json!({"Effect": effect, "Action": "kms:Enc*", "Resource": "*"}));
        let trust = trust(effect);
        json!({
            "UserName": user, "RoleName": role, "PolicyName": format!("p{}", act.choice % 3),
            "PolicyDocument": if act.operation == "UpdateAssumeRolePolicy" { &trust } else { &document },
            "AssumeRolePolicyDocument": trust, "RoleSessionName": "night", "MaxSessionDuration": 3600 + act.number,
            "RoleArn": format!("arn:aws:iam::{ACCOUNT}:role/{role}"), "Tags": [{"Key": "team", "Value": user}],
            "AccessKeyId": self.access_keys.last().map_or("AKIAAAAAAAAAAAAAAAAA", String::as_str),
        })
    }

    fn store(&self, act: &Act) -> String {
        self.stores.get(act.key % self.stores.len().max(1)).cloned().unwrap_or_else(|| "cks-0".to_owned())
    }

    fn key_to_be(&self, act: &Act) -> Value {
        let mut body = match act.choice {
            0 => json!({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": self.store(act)}),
            1 => {
                json!({"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": self.store(act), "XksKeyId": act.number.to_string()})
            }
            2..=4 => json!({"Origin": "EXTERNAL"}),
            5 => json!({"Origin": "EXTERNAL", "KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}),
            6 => json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}),
            7 => {
                json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT", "Policy": policy(act.number)})
            }
            _ => json!({"Description": format!("number {}", act.number), "Tags": tags(act)}),
        };
        body["MultiRegion"] = json!(act.choice > 1 && act.number % 2 == 0);
        body
    }

    fn grant_to_end(&self, act: &Act) -> Value {
        let Some([key, id, token]) = self.grants.get(act.key % self.grants.len().max(1)) else {
            return json!({});
        };
        if act.operation == "RetireGrant" && act.choice.is_multiple_of(2) {
            return json!({"GrantToken": token});
        }
        json!({"KeyId": key, "GrantId": id})
    }

    /// What imports one of three materials, if the key takes any.
    fn import(&mut self, act: &Act, key: &str) -> Option<Value> {
        let wish = json!({"KeyId": key, "WrappingAlgorithm": "SM2PKE", "WrappingKeySpec": "SM2"});
        let parameters = self.world.ask(Service::Kms, "GetParametersForImport", wish).ok()?;
        let mut body = import_body(key, &parameters, &[act.number as u8 % 3; 32]);
        match act.choice % 3 {
            0 => body["ImportType"] = json!("NEW_KEY_MATERIAL"),
            1 => body["ImportType"] = json!("EXISTING_KEY_MATERIAL"),
            _ => body["KeyMaterialDescription"] = json!(format!("number {}", act.number)),
        }
        if act.number % 2 == 0 {
            let end = self.world.now.plus_days(act.number % 300 + 1).as_millis() / 1000;
            body["ExpirationModel"] = json!("KEY_MATERIAL_EXPIRES");
            body["ValidTo"] = json!(end);
        }
        Some(body)
    }

    fn remember(&mut self, body: &Value, output: &Value) {
        let told = |value: &Value| value.as_str().map(str::to_owned);
        for metadata in [&output["KeyMetadata"], &output["ReplicaKeyMetadata"]] {
            let arn = told(&metadata["Arn"]).map(|arn| arn.parse::<KeyArn>().unwrap());
            let is_imported = metadata["Origin"] == "EXTERNAL";
            self.keys.extend(arn.map(|arn| Key {
                place: arn.place,
                id: arn.key_id.to_string(),
                is_imported,
            }));
        }
        self.stores.extend(told(&output["CustomKeyStoreId"]));
        self.access_keys.extend(told(&output["AccessKey"]["AccessKeyId"]));
        if let (Some(id), Some(token)) = (told(&output["GrantId"]), told(&output["GrantToken"])) {
            self.grants.push([text(&body["KeyId"]), id, token]);
        }
    }
}

fn service(operation: &str) -> Service {
    match operation {
        "AssumeRole" => Service::Sts,
        name if ["User", "Role", "AccessKey"].iter().any(|word| name.contains(word)) => Service::Iam,
        _ => Service::Kms,
    }
}

/// The account, a user, a session of a role, or another account; mostly where the key is.
fn by(act: &Act, key: &Key) -> Caller {
    let place = match act.who {
        3 => caller(OTHER_ACCOUNT, REGIONS[act.region]).place,
        _ if act.choice == 0 => caller(ACCOUNT, REGIONS[act.region]).place,
        _ => key.place.clone(),
    };
    let mut caller = Caller::root(place);
    let Place { account, .. } = caller.place.clone();
    let path = "/".to_owned();
    match act.who {
        1 => caller.principal = Principal::User { account, path, name: "ann".to_owned() },
        2 => {
            let (role, session) = ("clerk".to_owned(), "night".to_owned());
            caller.principal = Principal::Session { account, path, role, session };
        }
        _ => {}
    }
    caller
}

/// One that lets the account do everything, with or without the other account.
fn policy(number: i64) -> String {
    let accounts = if number % 2 == 0 { vec![ACCOUNT, OTHER_ACCOUNT] } else { vec![ACCOUNT] };
    statement(json!({"Effect": "Allow", "Principal": {"AWS": accounts}, "Action": "kms:*", "Resource": "*"}))
}

/// Who may assume a role: the account's users, or nobody.
fn trust(effect: &str) -> String {
    statement(json!({"Effect": effect, "Action": "sts:AssumeRole", "Principal": {"AWS": ACCOUNT}}))
}

fn store_to_be(act: &Act) -> Value {
    let name = format!("store {}", act.number);
    if act.choice.is_multiple_of(2) {
        cluster(&name, &"abcdefgh"[act.key..=act.key])
    } else {
        external(&name, &format!("path{}", act.key))
    }
}

fn tags(act: &Act) -> Value {
    json!([{"TagKey": format!("tag{}", act.choice), "TagValue": act.number.to_string()}])
}

fn grant_to_be(act: &Act, key: &str) -> Value {
    let name = |user: &str| format!("arn:aws:iam::{ACCOUNT}:user/{user}");
    let mut body = json!({
        "KeyId": key, "GranteePrincipal": name("ann"), "RetiringPrincipal": name("ann"),
        "Operations": ["DescribeKey", "CreateGrant", "RetireGrant"],
    });
    match act.choice % 4 {
        0 => body["Name"] = json!(format!("grant {}", act.number % 2)),
        1 => body["Constraints"] = json!({"EncryptionContextSubset": {"Purpose": "test"}}),
        2 => {
            body.as_object_mut().unwrap().remove("RetiringPrincipal");
        }
        _ => {}
    }
    body
}
