//! Which grants there can be, what they allow, and who may end them.

use serde_json::{Value, json};

use crate::{
    grants::{OTHER_ROOT, READER, WRITER, granted, peopled, wish},
    world::{ACCOUNT, OTHER_ACCOUNT, REGION, World, arn, b64, caller},
};

#[track_caller]
fn refused(other: Value, expect: &str) {
    let mut world = peopled();
    let key = world.key();
    world.refused("CreateGrant", wish(&key, other), expect);
}

#[track_caller]
fn invalid(other: Value, expect: &str) {
    refused(other, &format!("ValidationException: {expect}"));
}

#[test]
fn a_grant_has_one_grantee() {
    let expect = "Please specify either GranteePrincipal or GranteeServicePrincipal.";
    invalid(json!({"GranteePrincipal": null}), expect);
    invalid(json!({"GranteeServicePrincipal": "s3.amazonaws.com"}), expect);
    let both = json!({"RetiringPrincipal": WRITER, "RetiringServicePrincipal": "s3.amazonaws.com"});
    invalid(both, "Please specify either RetiringPrincipal or RetiringServicePrincipal, not both.");
}

#[test]
fn a_service_needs_a_source_and_someone_to_retire_it() {
    let expect = "A grant to a service principal needs the SourceArn constraint and a retiring principal.";
    let source = json!({"SourceArn": "arn:aws:iam::111122223333:role/bucket"});
    let service = "s3.amazonaws.com";
    invalid(json!({"GranteePrincipal": null, "GranteeServicePrincipal": service}), expect);
    let alone = json!({"GranteePrincipal": null, "GranteeServicePrincipal": service, "Constraints": source});
    invalid(alone, expect);
    let everywhere =
        json!({"GranteePrincipal": null, "GranteeServicePrincipal": service, "RetiringPrincipal": WRITER});
    invalid(everywhere, expect);
}

#[test]
fn principals_that_are_none() {
    refused(
        json!({"GranteePrincipal": "alice"}),
        "InvalidArnException: ARN does not refer to a valid principal: alice",
    );
    refused(
        json!({"RetiringPrincipal": "arn:aws:s3:::bucket"}),
        "InvalidArnException: ARN does not refer to a valid principal: arn:aws:s3:::bucket",
    );
    for nobody in ["role/nobody", "user/nobody"] {
        let arn = format!("arn:aws:iam::111122223333:{nobody}");
        let expect = format!("InvalidArnException: ARN does not refer to a valid principal: {arn}");
        refused(json!({"GranteePrincipal": arn}), &expect);
        refused(json!({"RetiringPrincipal": arn}), &expect);
    }
    invalid(
        json!({"GranteePrincipal": "a b"}),
        r"1 validation error detected: Value 'a b' at 'granteePrincipal' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\w+=,.@:/-]+$",
    );
    invalid(
        json!({"RetiringServicePrincipal": "s3"}),
        r"1 validation error detected: Value 's3' at 'retiringServicePrincipal' failed to satisfy constraint: Member must satisfy regular expression pattern: ^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$",
    );
}

#[test]
fn operations_that_are_none() {
    let mut world = peopled();
    let key = world.key();
    let body = wish(&key, json!({"Operations": ["Decrypt", "DECRYPT"]}));
    let error = world.send("CreateGrant", &body.to_string()).result.unwrap_err();
    let beginning = "1 validation error detected: Value '[Decrypt, DECRYPT]' at 'operations' failed to satisfy \
                     constraint: Member must satisfy constraint: [Member must satisfy enum value set: [";
    assert!(error.message.starts_with(beginning), "{error}");
    invalid(
        json!({"Operations": []}),
        "1 validation error detected: Value '[]' at 'operations' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    let expect = "Operation Sign is not valid for a KMS key with key usage ENCRYPT_DECRYPT.";
    invalid(json!({"Operations": ["Decrypt", "Sign"]}), expect);
    let expect = "Operation GetPublicKey is not valid for a KMS key with key usage ENCRYPT_DECRYPT.";
    invalid(json!({"Operations": ["GetPublicKey"]}), expect);
}

#[test]
fn constraints_that_are_too_long() {
    let pairs = |n: usize| (0..n).map(|n| (n.to_string(), json!("v"))).collect::<serde_json::Map<_, _>>();
    for kind in ["EncryptionContextEquals", "EncryptionContextSubset"] {
        let mut world = peopled();
        let key = world.key();
        let mut made = |context: Value| {
            let body = wish(&key, json!({"Constraints": {kind: context}}));
            world.send("CreateGrant", &body.to_string()).result.map_err(|error| error.message)
        };
        made(pairs(8).into()).unwrap();
        assert_eq!(
            made(pairs(9).into()).unwrap_err(),
            "A grant constraint can have at most 8 encryption context pairs."
        );
        made(json!({"a": "ä".repeat(384)})).unwrap();
        let expect = "An encryption context value in a grant constraint can have at most 384 characters.";
        assert_eq!(made(json!({"a": "ä".repeat(385)})).unwrap_err(), expect);
    }
}

#[test]
fn members_with_a_pattern() {
    for source in ["arn:aws:s3:::bucket-of-someone", "arn:aws:iam::1:role/x", "arn:gcp:iam::111122223333:x"] {
        let mut world = peopled();
        let key = world.key();
        let body = wish(&key, json!({"Constraints": {"SourceArn": source}}));
        let error = world.send("CreateGrant", &body.to_string()).result.unwrap_err();
        assert!(error.message.contains("at 'constraints.sourceArn'"), "{error}");
    }
    invalid(
        json!({"Name": "ä"}),
        "1 validation error detected: Value 'ä' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
    );
}

/// A world whose caller is another account, to which a key is granted.
fn lent(other: Value) -> (World, String, String, String) {
    let mut world = peopled();
    let key = world.key();
    let mut terms = json!({"GranteePrincipal": OTHER_ROOT});
    terms.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
    let (id, token) = granted(&mut world, wish(&key, terms));
    world.caller = caller(OTHER_ACCOUNT, REGION);
    (world, key, id, token)
}

fn denied(action: &str, key: &str) -> String {
    format!(
        "AccessDeniedException: User: {OTHER_ROOT} is not authorized to perform: kms:{action} on resource: {} because no \
         resource-based policy allows the kms:{action} action",
        arn(key)
    )
}

#[test]
fn a_grant_allows_what_it_names_and_nothing_else() {
    let (mut world, key, id, _) = lent(json!({"Operations": ["Encrypt"]}));
    let key_arn = arn(&key);
    let reply = world.send("Encrypt", &json!({"KeyId": key_arn, "Plaintext": b64(b"x")}).to_string());
    assert!(reply.result.is_ok());
    assert!(format!("{:?}", reply.trace).contains(&format!("the grant {id} allows the caller")));
    world.refused("DescribeKey", json!({"KeyId": key_arn}), &denied("DescribeKey", &key));
    world.refused("ListGrants", json!({"KeyId": key_arn}), &denied("ListGrants", &key));
    world.caller = caller(ACCOUNT, REGION);
    world.ok("RevokeGrant", json!({"KeyId": key, "GrantId": id}));
    world.caller = caller(OTHER_ACCOUNT, REGION);
    let body = json!({"KeyId": key_arn, "Plaintext": b64(b"x")});
    world.refused("Encrypt", body, &denied("Encrypt", &key));
}

#[test]
fn a_grant_counts_only_under_its_constraints() {
    let constraints = json!({"EncryptionContextSubset": {"Dept": "IT"}});
    let (mut world, key, ..) =
        lent(json!({"Operations": ["Encrypt", "DescribeKey"], "Constraints": constraints}));
    let body =
        |context: Value| json!({"KeyId": arn(&key), "Plaintext": b64(b"x"), "EncryptionContext": context});
    world.ok("Encrypt", body(json!({"dept": "IT", "more": "1"})));
    world.refused("Encrypt", body(json!({"Dept": "it"})), &denied("Encrypt", &key));
    world.refused("Encrypt", body(json!({})), &denied("Encrypt", &key));
    world.ok("DescribeKey", json!({"KeyId": arn(&key)}));
}

#[test]
fn each_side_of_a_re_encryption_has_its_own_context() {
    let constraints = json!({"EncryptionContextEquals": {"to": "b"}});
    let operations = json!(["ReEncryptTo"]);
    let (mut world, key, ..) = lent(json!({"Operations": operations, "Constraints": constraints}));
    let own = world.key();
    let from = json!({"to": "a"});
    let blob = world.encrypted(&own, from.clone());
    let body = |to: Value| {
        json!({
            "CiphertextBlob": blob,
            "SourceEncryptionContext": from,
            "DestinationKeyId": arn(&key),
            "DestinationEncryptionContext": to,
        })
    };
    world.ok("ReEncrypt", body(json!({"to": "b"})));
    world.refused("ReEncrypt", body(json!({"to": "a"})), &denied("ReEncryptTo", &key));
}

#[test]
fn a_grantee_can_grant_no_more_than_it_has() {
    let constraints = json!({"EncryptionContextSubset": {"Dept": "IT"}});
    let operations = json!(["CreateGrant", "Decrypt"]);
    let (mut world, key, ..) = lent(json!({"Operations": operations, "Constraints": constraints}));
    let key_arn = arn(&key);
    let child = |other: Value| wish(&key_arn, other);
    let strict = json!({"EncryptionContextEquals": {"Dept": "IT", "Team": "1"}});
    granted(&mut world, child(json!({"Constraints": strict})));
    let expect = denied("CreateGrant", &key);
    world.refused("CreateGrant", child(json!({})), &expect);
    let more = child(json!({"Constraints": constraints, "Operations": ["Decrypt", "Encrypt"]}));
    world.refused("CreateGrant", more, &expect);
}

#[test]
fn who_may_retire_a_grant() {
    let other = |other: Value| {
        let (mut world, key, id, token) = lent(other);
        let by_id = world
            .send("RetireGrant", &json!({"KeyId": arn(&key), "GrantId": id, "DryRun": true}).to_string());
        let by_token = world.send("RetireGrant", &json!({"GrantToken": token}).to_string());
        let expect = denied("RetireGrant", &key);
        let code = |reply: waxseal_api::Reply| reply.result.map_err(|error| error.to_string() == expect);
        (code(by_id).unwrap_err(), code(by_token).is_ok())
    };
    assert_eq!(other(json!({})), (true, false), "a mere grantee");
    assert_eq!(other(json!({"Operations": ["Decrypt", "RetireGrant"]})), (false, true));
    let retiring = json!({"GranteePrincipal": READER, "RetiringPrincipal": OTHER_ROOT});
    assert_eq!(other(retiring), (false, true));
}

#[test]
fn the_account_that_made_a_grant_may_retire_it() {
    let (mut world, key, _, token) = lent(json!({"Operations": ["CreateGrant", "Decrypt"]}));
    let (child, child_token) = granted(&mut world, wish(&arn(&key), json!({})));
    let refused = denied("RetireGrant", &key);
    world.refused("RetireGrant", json!({"GrantToken": token}), &refused);
    world.ok("RetireGrant", json!({"GrantToken": child_token}));
    let expect = format!("NotFoundException: Grant ID {child} not found");
    world.caller = caller(ACCOUNT, REGION);
    world.refused("RevokeGrant", json!({"KeyId": key, "GrantId": child}), &expect);
    world.ok("RetireGrant", json!({"GrantToken": token}));
}

#[test]
fn a_grant_is_named_in_one_way() {
    let mut world = peopled();
    let key = world.key();
    let (id, token) = granted(&mut world, wish(&key, json!({})));
    let expect = "ValidationException: Please specify either GrantToken, or both KeyId and GrantId.";
    for body in [
        json!({}),
        json!({"KeyId": key}),
        json!({"GrantId": id}),
        json!({"KeyId": key, "GrantId": id, "GrantToken": token}),
    ] {
        world.refused("RetireGrant", body, expect);
    }
}

#[test]
fn whom_to_list_is_said_in_one_way() {
    let mut world = peopled();
    let expect = "ValidationException: Please specify either RetiringPrincipal or RetiringServicePrincipal.";
    world.refused("ListRetirableGrants", json!({}), expect);
    let both = json!({"RetiringPrincipal": WRITER, "RetiringServicePrincipal": "s3.amazonaws.com"});
    world.refused("ListRetirableGrants", both, expect);
}
