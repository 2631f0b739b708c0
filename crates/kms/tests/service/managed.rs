//! AWS managed keys.

use serde_json::{Value, json};
use waxseal_api::Service;
use waxseal_kms::{Brought, Request, associate, handle_with, managed_key};

use crate::world::{ACCOUNT, REGION, World, arn, text};

fn used_by(world: &mut World, service: &str) -> usize {
    let place = world.caller.place.clone();
    let changes = managed_key(&world.state, &mut world.rng, world.now, &place, service).unwrap();
    let count = changes.len();
    world.commit(changes);
    count
}

fn key_of(world: &mut World, service: &str) -> String {
    text(&world.describe(&format!("alias/aws/{service}"))["KeyId"])
}

#[test]
fn a_service_has_one_key_in_each_account_and_region() {
    let mut world = World::new();
    assert_eq!((used_by(&mut world, "s3"), used_by(&mut world, "s3")), (3, 0));
    let here = key_of(&mut world, "s3");
    let metadata = world.describe(&here);
    assert_eq!((&metadata["KeyManager"], &metadata["KeyState"]), (&json!("AWS"), &json!("Enabled")));
    let there = world.in_region("us-east-1", |world| {
        used_by(world, "s3");
        key_of(world, "s3")
    });
    assert_ne!(here, there);
    used_by(&mut world, "ebs");
    assert_ne!(here, key_of(&mut world, "ebs"));
}

#[test]
fn its_policy_leads_through_the_service() {
    let mut world = World::new();
    used_by(&mut world, "s3");
    let id = key_of(&mut world, "s3");
    let policy = text(&world.ok("GetKeyPolicy", json!({"KeyId": id}))["Policy"]);
    let policy: Value = serde_json::from_str(&policy).unwrap();
    let expect = json!({"StringEquals": {
        "kms:CallerAccount": "111122223333", "kms:ViaService": "s3.eu-central-1.amazonaws.com",
    }});
    assert_eq!(policy["Statement"][0]["Condition"], expect);
    used_by(&mut world, "ebs");
    let id = key_of(&mut world, "ebs");
    let policy = text(&world.ok("GetKeyPolicy", json!({"KeyId": id}))["Policy"]);
    assert!(policy.contains("ec2.eu-central-1.amazonaws.com"), "volumes are those of EC2: {policy}");
}

#[test]
fn it_rotates_every_year() {
    let mut world = World::new();
    used_by(&mut world, "s3");
    let id = key_of(&mut world, "s3");
    assert_eq!(world.ok("GetKeyRotationStatus", json!({"KeyId": id}))["RotationPeriodInDays"], 365);
    world.later(3 * 365);
    assert_eq!(world.tick(), ["RotateKey"; 3]);
}

#[test]
fn its_account_cannot_change_it() {
    let mut world = World::new();
    used_by(&mut world, "s3");
    let (id, own) = (key_of(&mut world, "s3"), world.key());
    let before = world.store.clone();
    for (operation, more) in [
        ("ScheduleKeyDeletion", json!({})),
        ("DisableKey", json!({})),
        ("EnableKeyRotation", json!({})),
        ("DisableKeyRotation", json!({})),
        ("RotateKeyOnDemand", json!({})),
        ("UpdateKeyDescription", json!({"Description": "mine"})),
        ("PutKeyPolicy", json!({"Policy": r#"{"Statement":[{"Effect":"Allow","Principal":"*"}]}"#})),
        ("TagResource", json!({"Tags": []})),
        ("CreateAlias", json!({"AliasName": "alias/mine", "TargetKeyId": id})),
        ("UpdateAlias", json!({"AliasName": "alias/aws/s3", "TargetKeyId": own})),
        ("DeleteAlias", json!({"AliasName": "alias/aws/s3"})),
    ] {
        let mut body = more;
        body["KeyId"] = json!(id);
        let error = world.send(operation, &body.to_string()).result.expect_err(operation);
        let expect = format!("{} is an AWS managed key, which its account cannot change.", arn(&id));
        assert!(error.message == expect || error.code.to_string() == "AccessDeniedException", "{error}");
    }
    assert_eq!(world.store, before);
}

#[test]
fn services_have_names() {
    let mut world = World::new();
    let place = world.caller.place.clone();
    for service in ["", "späth", "a b"] {
        let made = managed_key(&world.state, &mut world.rng, world.now, &place, service);
        assert!(made.is_err(), "{service}");
    }
}

/// What a call of an account leads to in which S3 and EBS have predefined aliases.
fn call(world: &mut World, operation: &str, body: Value) -> Result<Value, String> {
    let body = body.to_string();
    let request = Request {
        caller: &world.caller.clone(),
        now: world.now,
        service: Service::Kms,
        operation,
        body: &body,
    };
    let predefined = &["ebs", "s3"];
    let associated = associate(&world.state, &mut world.rng, &request, predefined);
    let brought = Brought { predefined, associated, ..Brought::default() };
    let outcome = handle_with(&world.state, &mut world.rng, &request, brought);
    world.commit(outcome.changes);
    let text = outcome.reply.result.map_err(|error| format!("{}: {}", error.code, error.message))?;
    Ok(serde_json::from_str(&text).unwrap())
}

fn listed(world: &mut World, body: Value) -> Vec<(String, bool)> {
    let listed = call(world, "ListAliases", body).unwrap();
    let entries = listed["Aliases"].as_array().unwrap();
    entries.iter().map(|it| (text(&it["AliasName"]), it.get("TargetKeyId").is_some())).collect()
}

fn names(names: &[(&str, bool)]) -> Vec<(String, bool)> {
    names.iter().map(|(name, has_key)| ((*name).to_owned(), *has_key)).collect()
}

#[test]
fn describe_key_gives_a_predefined_alias_its_key() {
    let mut world = World::new();
    let first = call(&mut world, "DescribeKey", json!({"KeyId": "alias/aws/s3"})).unwrap();
    assert_eq!(first["KeyMetadata"]["KeyManager"], "AWS");
    let by_arn = format!("arn:aws:kms:{REGION}:{ACCOUNT}:alias/aws/s3");
    assert_eq!(call(&mut world, "DescribeKey", json!({"KeyId": by_arn})).unwrap(), first);
    assert_eq!(text(&first["KeyMetadata"]["KeyId"]), key_of(&mut world, "s3"));
    let by_arn = by_arn.replace("s3", "ebs");
    assert_eq!(
        call(&mut world, "DescribeKey", json!({"KeyId": by_arn})).unwrap()["KeyMetadata"]["KeyState"],
        "Enabled"
    );
}

#[test]
fn nothing_else_gives_an_alias_its_key() {
    let mut world = World::new();
    let missing =
        |name: &str| format!("NotFoundException: Alias arn:aws:kms:{REGION}:{ACCOUNT}:{name} is not found.");
    for (operation, body) in [
        ("DescribeKey", json!({"KeyId": "alias/aws/lambda"})),
        ("Encrypt", json!({"KeyId": "alias/aws/s3", "Plaintext": "AA=="})),
        ("GenerateDataKey", json!({"KeyId": "alias/aws/s3", "KeySpec": "AES_256"})),
    ] {
        let name = text(&body["KeyId"]);
        assert_eq!(call(&mut world, operation, body).unwrap_err(), missing(&name));
    }
    world.refused("DescribeKey", json!({"KeyId": "alias/aws/s3"}), &missing("alias/aws/s3"));
    assert!(world.store.is_empty());
}

#[test]
fn who_may_not_look_at_the_key_makes_none() {
    let mut world = World::new();
    world.become_user("ann");
    let before = world.store.clone();
    let refusal = call(&mut world, "DescribeKey", json!({"KeyId": "alias/aws/s3"})).unwrap_err();
    assert!(refusal.starts_with("AccessDeniedException"), "{refusal}");
    assert_eq!(world.store, before);
}

#[test]
fn predefined_aliases_are_listed_without_a_key_until_they_have_one() {
    let mut world = World::new();
    let own = world.key();
    world.alias("alias/app", &own);
    world.alias("alias/files", &own);
    let before = names(&[
        ("alias/app", true),
        ("alias/aws/ebs", false),
        ("alias/aws/s3", false),
        ("alias/files", true),
    ]);
    assert_eq!(listed(&mut world, json!({})), before);
    call(&mut world, "DescribeKey", json!({"KeyId": "alias/aws/ebs"})).unwrap();
    let after = names(&[
        ("alias/app", true),
        ("alias/aws/ebs", true),
        ("alias/aws/s3", false),
        ("alias/files", true),
    ]);
    assert_eq!(listed(&mut world, json!({})), after);
    assert_eq!(
        listed(&mut world, json!({"KeyId": own})),
        names(&[("alias/app", true), ("alias/files", true)])
    );
    assert_eq!(world.ok("ListAliases", json!({}))["Aliases"].as_array().unwrap().len(), 3);
}

#[test]
fn a_page_of_aliases_may_end_at_a_predefined_one() {
    let mut world = World::new();
    let own = world.key();
    world.alias("alias/app", &own);
    world.alias("alias/files", &own);
    let (mut all, mut marker) = (Vec::new(), Value::Null);
    loop {
        let mut body = json!({"Limit": 1});
        if marker.is_string() {
            body["Marker"] = marker;
        }
        let page = call(&mut world, "ListAliases", body).unwrap();
        all.push(text(&page["Aliases"][0]["AliasName"]));
        marker = page["NextMarker"].clone();
        if page["Truncated"] == false {
            break;
        }
    }
    assert_eq!(all, ["alias/app", "alias/aws/ebs", "alias/aws/s3", "alias/files"]);
}
