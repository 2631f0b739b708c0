//! Making, listing and ending grants.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::world::{ACCOUNT, OTHER_ACCOUNT, REGION, World, arn, caller, statement, text};

pub(crate) const READER: &str = "arn:aws:iam::111122223333:role/reader";
pub(crate) const WRITER: &str = "arn:aws:iam::111122223333:role/writer";
pub(crate) const OTHER_ROOT: &str = "arn:aws:iam::444455556666:root";

/// A world with the roles that grants name here.
pub(crate) fn peopled() -> World {
    let mut world = World::new();
    let trust =
        statement(json!({"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}));
    for name in ["reader", "writer"] {
        world.iam("CreateRole", json!({"RoleName": name, "AssumeRolePolicyDocument": trust}));
    }
    world
}

/// A grant of Decrypt, with some members exchanged.
pub(crate) fn wish(key: &str, other: Value) -> Value {
    let mut wish = json!({"KeyId": key, "GranteePrincipal": READER, "Operations": ["Decrypt"]});
    wish.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
    wish
}

/// A new grant's ID and token.
#[track_caller]
pub(crate) fn granted(world: &mut World, wish: Value) -> (String, String) {
    let made = world.ok("CreateGrant", wish);
    (text(&made["GrantId"]), text(&made["GrantToken"]))
}

fn ids(world: &mut World, operation: &str, body: Value) -> Vec<String> {
    let listed = world.ok(operation, body);
    listed["Grants"].as_array().unwrap().iter().map(|grant| text(&grant["GrantId"])).collect()
}

#[test]
fn a_grant_is_listed_as_it_was_made() {
    let mut world = peopled();
    let key = world.key();
    let other = json!({
        "Name": "readers",
        "RetiringPrincipal": WRITER,
        "Operations": ["DescribeKey", "Decrypt", "DescribeKey"],
        "Constraints": {"EncryptionContextEquals": {"Dept": "IT"}, "EncryptionContextSubset": {}},
    });
    let (id, _) = granted(&mut world, wish(&key, other));
    assert!(id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
    let expect = json!([{
        "KeyId": arn(&key),
        "GrantId": id,
        "Name": "readers",
        "CreationDate": 1_795_521_600,
        "GranteePrincipal": READER,
        "RetiringPrincipal": WRITER,
        "IssuingAccount": "arn:aws:iam::111122223333:root",
        "Operations": ["Decrypt", "DescribeKey"],
        "Constraints": {"EncryptionContextEquals": {"Dept": "IT"}, "EncryptionContextSubset": {}},
    }]);
    assert_eq!(world.ok("ListGrants", json!({"KeyId": key}))["Grants"], expect);
}

#[test]
fn a_name_makes_a_grant_once() {
    let mut world = peopled();
    let key = world.key();
    let named = wish(&key, json!({"Name": "n"}));
    let (first, token) = granted(&mut world, named.clone());
    let (again, other_token) = granted(&mut world, named);
    assert_eq!(first, again);
    assert_ne!(token, other_token, "every call returns another token");
    let (other, _) = granted(&mut world, wish(&key, json!({"Name": "n", "Operations": ["Encrypt"]})));
    let (unnamed, _) = granted(&mut world, wish(&key, json!({})));
    let (unnamed_again, _) = granted(&mut world, wish(&key, json!({})));
    let all: BTreeSet<String> = [first, other, unnamed, unnamed_again].into();
    assert_eq!(all.len(), 4);
    let listed: BTreeSet<String> = ids(&mut world, "ListGrants", json!({"KeyId": key})).into_iter().collect();
    assert_eq!(listed, all);
}

#[test]
fn every_token_of_a_grant_is_good() {
    let mut world = peopled();
    let key = world.key();
    let named = wish(&key, json!({"Name": "n"}));
    let (_, first) = granted(&mut world, named.clone());
    let (_, second) = granted(&mut world, named);
    world.ok("DescribeKey", json!({"KeyId": key, "GrantTokens": [first, second]}));
    world.ok("RetireGrant", json!({"GrantToken": first}));
    for token in [first, second] {
        world.refused(
            "DescribeKey",
            json!({"KeyId": key, "GrantTokens": [token]}),
            "InvalidGrantTokenException",
        );
        world.refused("RetireGrant", json!({"GrantToken": token}), "InvalidGrantTokenException");
    }
}

#[test]
fn lists_by_grant_and_by_grantee() {
    let mut world = peopled();
    let (key, other_key) = (world.key(), world.key());
    let (one, _) = granted(&mut world, wish(&key, json!({})));
    let (two, _) = granted(&mut world, wish(&key, json!({"GranteePrincipal": WRITER})));
    granted(&mut world, wish(&other_key, json!({})));
    let mut listed = |filter: Value| {
        let mut body = json!({"KeyId": key});
        body.as_object_mut().unwrap().extend(filter.as_object().unwrap().clone());
        ids(&mut world, "ListGrants", body)
    };
    assert_eq!(listed(json!({"GrantId": two})), [two.as_str()]);
    assert_eq!(listed(json!({"GranteePrincipal": READER})), [one.as_str()]);
    assert!(listed(json!({"GranteePrincipal": READER, "GrantId": two})).is_empty());
    assert!(listed(json!({"GranteeServicePrincipal": "s3.amazonaws.com"})).is_empty());
    assert_eq!(listed(json!({})).len(), 2);
}

#[test]
fn a_service_is_listed_as_one() {
    let mut world = peopled();
    let key = world.key();
    let body = json!({
        "KeyId": key,
        "GranteeServicePrincipal": "s3.amazonaws.com",
        "RetiringServicePrincipal": "s3.amazonaws.com",
        "Operations": ["Decrypt"],
        "Constraints": {"SourceArn": "arn:aws:iam::111122223333:role/bucket"},
    });
    granted(&mut world, body);
    let body = json!({"KeyId": key, "GranteeServicePrincipal": "s3.amazonaws.com"});
    let grants = world.ok("ListGrants", body)["Grants"].clone();
    assert_eq!(grants[0]["GranteeServicePrincipal"], "s3.amazonaws.com");
    assert_eq!(grants[0].get("GranteePrincipal"), None);
    let body = json!({"RetiringServicePrincipal": "s3.amazonaws.com"});
    assert_eq!(world.ok("ListRetirableGrants", body)["Grants"], grants);
}

#[test]
fn grants_by_the_page() {
    let mut world = peopled();
    let keys = [world.key(), world.key()];
    let all: BTreeSet<String> = (0..7)
        .map(|n| granted(&mut world, wish(&keys[n % 2], json!({"RetiringPrincipal": WRITER}))).0)
        .collect();
    let mut seen = BTreeSet::new();
    let mut body = json!({"RetiringPrincipal": WRITER, "Limit": 3});
    for (length, truncated) in [(3, true), (3, true), (1, false)] {
        let page = world.ok("ListRetirableGrants", body.clone());
        let grants = page["Grants"].as_array().unwrap();
        assert_eq!((grants.len(), page["Truncated"].as_bool()), (length, Some(truncated)));
        seen.extend(grants.iter().map(|grant| text(&grant["GrantId"])));
        body["Marker"] = page["NextMarker"].clone();
    }
    assert_eq!(seen, all);
    let page = world.ok("ListGrants", json!({"KeyId": keys[0], "Limit": 3}));
    let rest = world.ok("ListGrants", json!({"KeyId": keys[0], "Marker": page["NextMarker"]}));
    assert_eq!(rest["Grants"].as_array().unwrap().len(), 1);
    let foreign = json!({"RetiringPrincipal": WRITER, "Marker": page["NextMarker"]});
    let expect = "InvalidMarkerException: The marker is not one that this operation has returned.";
    world.refused("ListRetirableGrants", foreign, expect);
}

#[test]
fn retirable_grants_of_other_accounts_keys() {
    let mut world = peopled();
    let key = world.key();
    let (id, _) = granted(&mut world, wish(&key, json!({"RetiringPrincipal": OTHER_ROOT})));
    world.caller = caller(OTHER_ACCOUNT, REGION);
    let body = json!({"RetiringPrincipal": OTHER_ROOT});
    assert_eq!(ids(&mut world, "ListRetirableGrants", body.clone()), [id]);
    let expect = "ValidationException: RetiringPrincipal has to be a principal of the calling account.";
    world.refused("ListRetirableGrants", json!({"RetiringPrincipal": WRITER}), expect);
    world.caller = caller(OTHER_ACCOUNT, "us-east-1");
    assert!(ids(&mut world, "ListRetirableGrants", body).is_empty());
}

#[test]
fn a_grant_can_be_revoked_once() {
    let mut world = peopled();
    let (key, other_key) = (world.key(), world.key());
    let (id, _) = granted(&mut world, wish(&key, json!({})));
    let expect = format!("NotFoundException: Grant ID {id} not found");
    world.refused("RevokeGrant", json!({"KeyId": other_key, "GrantId": id}), &expect);
    world.ok("RevokeGrant", json!({"KeyId": arn(&key), "GrantId": id}));
    world.refused("RevokeGrant", json!({"KeyId": key, "GrantId": id}), &expect);
    world.refused("RetireGrant", json!({"KeyId": key, "GrantId": id}), &expect);
    assert!(ids(&mut world, "ListGrants", json!({"KeyId": key})).is_empty());
}

#[test]
fn a_dry_run_makes_and_ends_nothing() {
    let mut world = peopled();
    let key = world.key();
    let expect = "DryRunOperationException: The request would have succeeded, but the DryRun option is set.";
    world.refused("CreateGrant", wish(&key, json!({"DryRun": true})), expect);
    let (id, token) = granted(&mut world, wish(&key, json!({"DryRun": false})));
    world.refused("RevokeGrant", json!({"KeyId": key, "GrantId": id, "DryRun": true}), expect);
    world.refused("RetireGrant", json!({"GrantToken": token, "DryRun": true}), expect);
    assert_eq!(ids(&mut world, "ListGrants", json!({"KeyId": key})), [id]);
}

#[test]
fn grants_go_with_their_key() {
    let mut world = peopled();
    let key = world.key();
    let (_, token) = granted(&mut world, wish(&key, json!({"RetiringPrincipal": WRITER})));
    world.ok("ScheduleKeyDeletion", json!({"KeyId": key, "PendingWindowInDays": 7}));
    world.ok("ListGrants", json!({"KeyId": key}));
    world.later(7);
    assert!(ids(&mut world, "ListRetirableGrants", json!({"RetiringPrincipal": WRITER})).is_empty());
    world.refused("RetireGrant", json!({"GrantToken": token}), "InvalidGrantTokenException");
    assert_eq!(world.tick(), ["DeleteKey"]);
    assert_eq!(world.store, peopled().store);
}

#[test]
fn grants_come_back_from_the_store() {
    let mut world = peopled();
    let key = world.key();
    granted(
        &mut world,
        wish(&key, json!({"Name": "n", "Constraints": {"EncryptionContextEquals": {"a": "1"}}})),
    );
    let before = world.ok("ListGrants", json!({"KeyId": key}));
    world.state = world.restored();
    assert_eq!(world.ok("ListGrants", json!({"KeyId": key})), before);
}

#[test]
fn the_audit_log_has_no_token() {
    let mut world = peopled();
    let key = world.key();
    let context = json!({"EncryptionContextSubset": {"Dept": "IT"}});
    let reply = world.send("CreateGrant", &wish(&key, json!({"Constraints": context})).to_string());
    let made: Value = serde_json::from_str(&reply.result.unwrap()).unwrap();
    assert_eq!(reply.audit.response_elements, Some(json!({"grantId": made["GrantId"]})));
    let parameters = reply.audit.request_parameters.unwrap();
    assert_eq!(parameters["constraints"], json!({"encryptionContextSubset": {"Dept": "IT"}}));
    assert_eq!(parameters["granteePrincipal"], READER);
    assert_eq!(reply.audit.recipient_account_id, ACCOUNT);
}
