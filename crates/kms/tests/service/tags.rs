//! Tags and policies of keys that are there.

use serde_json::{Value, json};

use crate::world::World;

fn tag(key: &str, value: &str) -> Value {
    json!({"TagKey": key, "TagValue": value})
}

fn tags(world: &mut World, key: &str) -> Value {
    world.ok("ListResourceTags", json!({"KeyId": key}))["Tags"].clone()
}

#[test]
fn tags_come_change_and_go() {
    let mut world = World::new();
    let key = world.key();
    assert_eq!(tags(&mut world, &key), json!([]));
    world.ok("TagResource", json!({"KeyId": key, "Tags": [tag("b", "1"), tag("a", "1")]}));
    world.ok("TagResource", json!({"KeyId": key, "Tags": [tag("b", "2"), tag("c", "")]}));
    assert_eq!(tags(&mut world, &key), json!([tag("a", "1"), tag("b", "2"), tag("c", "")]));
    world.ok("UntagResource", json!({"KeyId": key, "TagKeys": ["a", "never there"]}));
    assert_eq!(tags(&mut world, &key), json!([tag("b", "2"), tag("c", "")]));
}

#[test]
fn tags_that_are_refused() {
    let mut world = World::new();
    let key = world.key();
    let many: Vec<Value> = (0..50).map(|n| tag(&n.to_string(), "")).collect();
    world.ok("TagResource", json!({"KeyId": key, "Tags": many}));
    world.ok("TagResource", json!({"KeyId": key, "Tags": [tag("0", "new")]}));
    for (given, expect) in [
        (json!([tag("x", "")]), "Too many tags"),
        (json!([tag("0", "1"), tag("0", "2")]), "Duplicate tag keys"),
        (json!([tag("AWS:0", "1")]), "Tags beginning with aws: are reserved"),
    ] {
        world.refused(
            "TagResource",
            json!({"KeyId": key, "Tags": given}),
            &format!("TagException: {expect}"),
        );
    }
    let expect = "ValidationException: 1 validation error detected: Value '' at 'tagKeys.2.member' failed to satisfy \
                  constraint: Member must have length greater than or equal to 1";
    world.refused("UntagResource", json!({"KeyId": key, "TagKeys": ["a", ""]}), expect);
}

#[test]
fn tags_by_the_page() {
    let mut world = World::new();
    let key = world.key();
    let three = json!([tag("ä", "3"), tag("a", "1"), tag("b", "2")]);
    world.ok("TagResource", json!({"KeyId": key, "Tags": three}));
    let page = world.ok("ListResourceTags", json!({"KeyId": key, "Limit": 2}));
    assert_eq!((&page["Tags"], &page["Truncated"]), (&json!([tag("a", "1"), tag("b", "2")]), &json!(true)));
    let rest = world.ok("ListResourceTags", json!({"KeyId": key, "Marker": page["NextMarker"]}));
    assert_eq!(rest, json!({"Tags": [tag("ä", "3")], "Truncated": false}));
}

#[test]
fn a_policy_is_replaced() {
    let mut world = World::new();
    let key = world.key();
    let policy = r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}]}"#;
    world.ok("PutKeyPolicy", json!({"KeyId": key, "Policy": policy, "PolicyName": "default"}));
    let told = world.ok("GetKeyPolicy", json!({"KeyId": key}));
    assert_eq!(told, json!({"Policy": policy, "PolicyName": "default"}));
    world.refused(
        "PutKeyPolicy",
        json!({"KeyId": key, "Policy": policy, "PolicyName": "AWS_RAM"}),
        "NotFoundException: No such policy exists",
    );
    let malformed = world.send("PutKeyPolicy", &json!({"KeyId": key, "Policy": "{}"}).to_string());
    assert_eq!(malformed.result.unwrap_err().code.to_string(), "MalformedPolicyDocumentException");
    let expect = r"ValidationException: 1 validation error detected: Value 'x y' at 'policyName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w]+";
    world.refused("PutKeyPolicy", json!({"KeyId": key, "Policy": policy, "PolicyName": "x y"}), expect);
    assert_eq!(world.ok("GetKeyPolicy", json!({"KeyId": key})), told);
}

#[test]
fn a_policy_is_latin_text() {
    let mut world = World::new();
    let key = world.key();
    for policy in ["", "\u{100}"] {
        let result = world.send("PutKeyPolicy", &json!({"KeyId": key, "Policy": policy}).to_string()).result;
        assert!(result.unwrap_err().message.contains("Value '"), "{policy}");
    }
}

#[test]
fn the_list_of_policies() {
    let mut world = World::new();
    let key = world.key();
    let expect = json!({"PolicyNames": ["default"], "Truncated": false});
    assert_eq!(world.ok("ListKeyPolicies", json!({"KeyId": key})), expect);
    assert_eq!(world.ok("ListKeyPolicies", json!({"KeyId": key, "Limit": 1})), expect);
}
