//! Who may use and change keys: key policies, identity policies, grants, accounts.

use serde_json::{Value, json};
use waxseal_kms::Principal;

use crate::world::{ACCOUNT, OTHER_ACCOUNT, REGION, World, arn, b64, caller, statement, text};

const NO_IDENTITY: &str = "because no identity-based policy allows the kms:Encrypt action";
const NO_RESOURCE: &str = "because no resource-based policy allows the kms:Encrypt action";

fn user(name: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:user/{name}")
}

/// Whether the caller can encrypt, and if not, why not.
fn encrypt(world: &mut World, key: &str, more: Value) -> Result<(), String> {
    let mut body = json!({"KeyId": key, "Plaintext": b64(b"hello")});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.send("Encrypt", &body.to_string()).result.map(drop).map_err(|error| error.message)
}

#[track_caller]
fn denied(result: Result<(), String>, because: &str) {
    let message = result.unwrap_err();
    assert!(message.ends_with(because), "{message}");
}

/// A key whose policy has these statements; its account keeps the right to change the policy.
fn key_with(world: &mut World, statements: &[Value]) -> String {
    let keeper = json!({
        "Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "kms:PutKeyPolicy", "Resource": "*",
    });
    let statements: Vec<&Value> = statements.iter().chain([&keeper]).collect();
    let policy = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    text(&world.ok("CreateKey", json!({"Policy": policy}))["KeyMetadata"]["KeyId"])
}

fn allow(principal: &str, action: &str) -> Value {
    json!({"Effect": "Allow", "Principal": {"AWS": principal}, "Action": action, "Resource": "*"})
}

#[test]
fn the_default_policy_leaves_it_to_identity_policies() {
    let mut world = World::new();
    let id = world.key();
    world.become_user("ann");
    denied(encrypt(&mut world, &id, json!({})), NO_IDENTITY);
    world.let_user("ann", "Allow", "kms:Encrypt", &arn(&id));
    assert_eq!(encrypt(&mut world, &id, json!({})), Ok(()));
    world.let_user("ann", "Deny", "kms:*", "*");
    denied(encrypt(&mut world, &id, json!({})), "with an explicit deny in an identity-based policy");
}

#[test]
fn without_the_account_identity_policies_are_void() {
    let mut world = World::new();
    world.become_user("ann");
    world.become_root();
    let id = key_with(&mut world, &[allow(&user("ann"), "kms:Encrypt")]);
    denied(encrypt(&mut world, &id, json!({})), NO_RESOURCE);
    world.become_user("ann");
    assert_eq!(encrypt(&mut world, &id, json!({})), Ok(()));
    world.become_user("bob");
    world.let_user("bob", "Allow", "kms:*", "*");
    denied(encrypt(&mut world, &id, json!({})), NO_RESOURCE);
}

#[test]
fn another_account_needs_both_sides_and_the_arn() {
    let mut world = World::new();
    let id = key_with(&mut world, &[allow(OTHER_ACCOUNT, "kms:*")]);
    world.caller = caller(OTHER_ACCOUNT, REGION);
    assert_eq!(encrypt(&mut world, &arn(&id), json!({})), Ok(()), "the other account itself");
    world.become_user("eve");
    denied(encrypt(&mut world, &arn(&id), json!({})), NO_IDENTITY);
    world.let_user("eve", "Allow", "kms:*", &arn(&id));
    assert_eq!(encrypt(&mut world, &arn(&id), json!({})), Ok(()));
    assert!(encrypt(&mut world, &id, json!({})).unwrap_err().contains("does not exist"));
    let body = json!({"KeyId": arn(&id)}).to_string();
    let refused = world.send("DisableKey", &body).result.unwrap_err();
    assert!(refused.message.ends_with("no resource-based policy allows the kms:DisableKey action"));
}

#[test]
fn listing_and_making_keys_needs_identity_policies_alone() {
    let mut world = World::new();
    world.become_user("ann");
    for operation in ["CreateKey", "ListKeys", "ListAliases"] {
        let refused = world.send(operation, "{}").result.unwrap_err();
        let expect =
            format!("on resource: * because no identity-based policy allows the kms:{operation} action");
        assert!(refused.message.ends_with(&expect), "{}", refused.message);
    }
    world.let_user("ann", "Allow", "kms:*", "*");
    for operation in ["CreateKey", "ListKeys", "ListAliases"] {
        world.ok(operation, json!({}));
    }
}

#[test]
fn an_alias_needs_permission_on_both_its_sides() {
    let mut world = World::new();
    let id = world.key();
    world.become_user("ann");
    let body = json!({"AliasName": "alias/docs", "TargetKeyId": id});
    world.let_user("ann", "Allow", "kms:CreateAlias", &arn(&id));
    let refused = world.send("CreateAlias", &body.to_string()).result.unwrap_err();
    assert!(refused.message.contains("alias/docs because no identity-based policy"), "{}", refused.message);
    world.let_user("ann", "Allow", "kms:CreateAlias", "*");
    world.ok("CreateAlias", body);
}

#[test]
fn re_encrypting_is_two_permissions() {
    let mut world = World::new();
    let (from, to) = (world.key(), world.key());
    let blob = world.encrypted(&from, json!({}));
    world.become_user("ann");
    world.let_user("ann", "Allow", "kms:ReEncrypt*", &arn(&from));
    let body = json!({"CiphertextBlob": blob, "DestinationKeyId": to});
    let refused = world.send("ReEncrypt", &body.to_string()).result.unwrap_err();
    assert!(refused.message.contains(&format!("kms:ReEncryptTo on resource: {}", arn(&to))));
    world.let_user("ann", "Allow", "kms:ReEncrypt*", "*");
    world.ok("ReEncrypt", body);
}

#[test]
fn a_dry_run_is_decided_first() {
    let mut world = World::new();
    let id = world.key();
    world.become_user("ann");
    denied(encrypt(&mut world, &id, json!({"DryRun": true})), NO_IDENTITY);
    world.let_user("ann", "Allow", "kms:Encrypt", "*");
    let dry = encrypt(&mut world, &id, json!({"DryRun": true})).unwrap_err();
    assert!(dry.contains("DryRun option is set"), "{dry}");
}

/// Whether ann, allowed to encrypt under a condition, can.
fn under(condition: Value, key: impl Fn(&mut World, &str), request: Value) -> bool {
    let mut world = World::new();
    world.become_user("ann");
    world.become_root();
    let mut limited = allow(&user("ann"), "kms:*");
    limited["Condition"] = condition;
    let id = key_with(&mut world, &[limited, allow(ACCOUNT, "kms:*")]);
    key(&mut world, &id);
    world.become_user("ann");
    let named = text(request.get("KeyId").unwrap_or(&json!(id)));
    encrypt(&mut world, &named, request).is_ok()
}

#[test]
fn conditions_on_the_request() {
    let check = |condition: Value, request: Value, expect: bool| {
        assert_eq!(under(condition.clone(), |_, _| (), request), expect, "{condition}");
    };
    let context = json!({"EncryptionContext": {"Purpose": "backup", "Place": "x"}});
    check(json!({"StringEquals": {"kms:EncryptionContext:purpose": "backup"}}), context.clone(), true);
    check(json!({"StringEquals": {"kms:EncryptionContext:Purpose": "other"}}), context.clone(), false);
    check(json!({"StringEquals": {"kms:EncryptionContext:Purpose": "backup"}}), json!({}), false);
    let keys = |wanted: Value| json!({"ForAllValues:StringEquals": {"kms:EncryptionContextKeys": wanted}});
    check(keys(json!(["Purpose", "Place"])), context.clone(), true);
    check(keys(json!(["purpose", "Place"])), context, false);
    check(json!({"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}}), json!({}), true);
    check(json!({"StringEquals": {"kms:CallerAccount": ACCOUNT}}), json!({}), true);
    check(json!({"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}}), json!({}), false);
    check(json!({"DateLessThan": {"aws:CurrentTime": "2026-11-25"}}), json!({}), true);
    check(json!({"NumericLessThan": {"aws:EpochTime": 1_795_521_600}}), json!({}), false);
    check(json!({"StringEquals": {"aws:RequestedRegion": REGION}}), json!({}), true);
    check(json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/a*"}}), json!({}), true);
    check(json!({"StringEquals": {"aws:username": "bob"}}), json!({}), false);
}

#[test]
fn conditions_on_the_key() {
    let check = |condition: Value, expect: bool| {
        let tag = |world: &mut World, id: &str| {
            world.ok("TagResource", json!({"KeyId": id, "Tags": [{"TagKey": "Team", "TagValue": "blue"}]}));
            world.alias("alias/docs", id);
        };
        assert_eq!(under(condition.clone(), tag, json!({"KeyId": "alias/docs"})), expect, "{condition}");
    };
    check(json!({"StringEquals": {"aws:ResourceTag/team": "blue"}}), true);
    check(json!({"StringEquals": {"aws:ResourceTag/Team": "red"}}), false);
    check(json!({"StringEquals": {"kms:RequestAlias": "alias/docs"}}), true);
    check(json!({"ForAnyValue:StringLike": {"kms:ResourceAliases": "alias/d*"}}), true);
    check(json!({"ForAnyValue:StringLike": {"kms:ResourceAliases": "alias/x*"}}), false);
    check(
        json!({"StringEquals": {"kms:KeySpec": "SYMMETRIC_DEFAULT", "kms:KeyUsage": "ENCRYPT_DECRYPT"}}),
        true,
    );
    check(json!({"StringEquals": {"kms:KeyOrigin": "EXTERNAL"}}), false);
    check(json!({"Bool": {"kms:MultiRegion": "false"}}), true);
}

#[test]
fn conditions_on_other_operations() {
    let mut world = World::new();
    let id = world.key();
    world.become_user("ann");
    world.let_user("ann", "Allow", "kms:*", "*");
    let mut check = |condition: Value, operation: &str, body: Value, expect: bool| {
        let caller = world.caller.clone();
        world.become_root();
        let document =
            statement(json!({"Effect": "Deny", "Action": "kms:*", "Resource": "*", "Condition": condition}));
        world.iam(
            "PutUserPolicy",
            json!({"UserName": "ann", "PolicyName": "Deny", "PolicyDocument": document}),
        );
        world.caller = caller;
        let denied = world
            .send(operation, &body.to_string())
            .result
            .is_err_and(|it| it.message.contains("explicit deny"));
        assert_eq!(!denied, expect, "{operation} {document}");
    };
    let days = |n: i64| json!({"KeyId": id, "PendingWindowInDays": n});
    let least = json!({"NumericLessThan": {"kms:ScheduleKeyDeletionPendingWindowInDays": 20}});
    check(least.clone(), "ScheduleKeyDeletion", days(7), false);
    check(least.clone(), "ScheduleKeyDeletion", json!({"KeyId": id}), true);
    check(least, "CancelKeyDeletion", json!({"KeyId": id}), true);
    let spec = json!({"StringNotEquals": {"kms:KeySpec": "SYMMETRIC_DEFAULT"}});
    check(spec.clone(), "CreateKey", json!({"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"}), false);
    check(spec, "CreateKey", json!({}), true);
    let tagged = json!({"ForAnyValue:StringEquals": {"aws:TagKeys": "secret"}});
    let tags = |key: &str| json!({"KeyId": id, "Tags": [{"TagKey": key, "TagValue": "v"}]});
    check(tagged.clone(), "TagResource", tags("secret"), false);
    check(tagged, "TagResource", tags("open"), true);
    let rotation = json!({"NumericGreaterThan": {"kms:RotationPeriodInDays": 365}});
    world.ok("EnableKey", json!({"KeyId": id}));
    let mut world = World::new();
    let id = world.key();
    world.become_user("ann");
    world.let_user("ann", "Allow", "kms:*", "*");
    let document =
        statement(json!({"Effect": "Deny", "Action": "kms:*", "Resource": "*", "Condition": rotation}));
    world.become_root();
    world.iam("PutUserPolicy", json!({"UserName": "ann", "PolicyName": "Deny", "PolicyDocument": document}));
    world.become_user("ann");
    let long = json!({"KeyId": id, "RotationPeriodInDays": 400}).to_string();
    assert!(world.send("EnableKeyRotation", &long).result.is_err());
    world.ok("EnableKeyRotation", json!({"KeyId": id}));
}

#[test]
fn grants_can_be_limited_by_policy() {
    let mut world = World::new();
    for name in ["bob", "eve", "ann"] {
        world.become_user(name);
    }
    let id = {
        world.become_root();
        let mut limited = allow(&user("ann"), "kms:CreateGrant");
        limited["Condition"] = json!({
            "ForAllValues:StringEquals": {"kms:GrantOperations": ["Decrypt"]},
            "StringEquals": {"kms:GranteePrincipal": user("bob")},
        });
        key_with(&mut world, &[limited])
    };
    world.become_user("ann");
    let grant = |who: &str, operation: &str| json!({"KeyId": id, "GranteePrincipal": user(who), "Operations": [operation]});
    assert!(world.send("CreateGrant", &grant("bob", "Encrypt").to_string()).result.is_err());
    assert!(world.send("CreateGrant", &grant("eve", "Decrypt").to_string()).result.is_err());
    world.ok("CreateGrant", grant("bob", "Decrypt"));
}

#[test]
fn a_service_on_somebodys_behalf() {
    let condition = json!({"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}});
    let mut world = World::new();
    world.become_user("ann");
    world.become_root();
    let mut limited = allow("*", "kms:*");
    limited["Condition"] = condition;
    let id = key_with(&mut world, &[limited]);
    world.become_user("ann");
    denied(encrypt(&mut world, &id, json!({})), NO_RESOURCE);
    world.caller.via = Some("s3.eu-central-1.amazonaws.com".to_owned());
    assert_eq!(encrypt(&mut world, &id, json!({})), Ok(()));
    world.caller.via = None;
    world.caller.principal = Principal::Service { name: "s3.amazonaws.com".to_owned() };
    denied(encrypt(&mut world, &id, json!({})), NO_RESOURCE);
}

#[test]
fn a_policy_that_locks_its_author_out_is_refused() {
    let lockout = "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in \
                   the future.";
    let mut world = World::new();
    world.become_user("ann");
    world.become_root();
    let id = world.key();
    let only_ann = statement(allow(&user("ann"), "kms:*"));
    for (operation, body) in [("CreateKey", json!({})), ("PutKeyPolicy", json!({"KeyId": id}))] {
        let mut body = body;
        body["Policy"] = only_ann.clone().into();
        world.refused(operation, body.clone(), lockout);
        body["BypassPolicyLockoutSafetyCheck"] = true.into();
        world.ok(operation, body);
    }
    let for_account = statement(allow(ACCOUNT, "kms:*"));
    world.ok("CreateKey", json!({"Policy": for_account}));
}

#[test]
fn a_policy_names_those_who_are_there() {
    let unknown =
        "MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.";
    let mut world = World::new();
    let policy = |name: &str| {
        let both = [allow(ACCOUNT, "kms:*"), allow(name, "kms:Encrypt")];
        json!({"Policy": json!({"Statement": both}).to_string()})
    };
    for name in ["user/ghost", "role/Ghost"] {
        world.refused("CreateKey", policy(&format!("arn:aws:iam::{ACCOUNT}:{name}")), unknown);
    }
    world.become_user("ann");
    world.become_root();
    world.ok("CreateKey", policy(&user("ann")));
    world.refused("CreateKey", policy(&format!("arn:aws:iam::{ACCOUNT}:user/path/ann")), unknown);
    world.refused("CreateKey", policy(&format!("arn:aws:iam::{OTHER_ACCOUNT}:user/ann")), unknown);
    world.ok("CreateKey", policy(OTHER_ACCOUNT));
}

#[test]
fn a_role_in_a_key_policy_means_its_sessions() {
    let mut world = World::new();
    let trust = statement(json!({"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}));
    world.iam("CreateRole", json!({"RoleName": "Deploy", "AssumeRolePolicyDocument": trust}));
    let role = format!("arn:aws:iam::{ACCOUNT}:role/Deploy");
    let id = key_with(&mut world, &[allow(&role, "kms:Encrypt")]);
    let session = |role: &str| Principal::Session {
        account: ACCOUNT.parse().unwrap(),
        path: "/".to_owned(),
        role: role.to_owned(),
        session: "ci".to_owned(),
    };
    world.caller.principal = session("Deploy");
    assert_eq!(encrypt(&mut world, &id, json!({})), Ok(()));
    world.caller.principal = session("Other");
    denied(encrypt(&mut world, &id, json!({})), NO_RESOURCE);
}
