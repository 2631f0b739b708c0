//! Policies and tags that come with a new key.

use serde_json::{Value, json};

use crate::world::World;

/// Put for `STATEMENT` below.
const STATEMENT: &str =
    r#"{"Effect":"Allow","Principal":{"AWS":["111122223333"]},"Action":"kms:*","Resource":"*"}"#;

const WELL_FORMED: &[&str] = &[
    r#"{"Version":"2012-10-17","Statement":[STATEMENT]}"#,
    r#"{"Version":"2008-10-17","Id":"x","Statement":STATEMENT}"#,
    r#"{"Statement":[STATEMENT,STATEMENT]}"#,
    r#"{"Statement":[{"Effect":"Allow","Principal":"*"}]}"#,
    r#"{"Statement":[{"Effect":"Deny","NotPrincipal":"*","Condition":{"Bool":{"kms:GrantIsForAWSResource":true}}}]}"#,
];

const MALFORMED: &[&str] = &[
    "{",
    "[]",
    "{}",
    r#"{"Statement":[]}"#,
    r#"{"Version":"2012-10-17"}"#,
    r#"{"Version":"2020-01-01","Statement":[STATEMENT]}"#,
    r#"{"Statements":[STATEMENT]}"#,
    r#"{"Statement":[{"Effect":"Maybe","Principal":"*"}]}"#,
    r#"{"Statement":[{"Effect":"Allow"}]}"#,
    r#"{"Statement":[{"Effect":"Allow","Principal":"me"}]}"#,
    r#"{"Statement":[{"Effect":"Allow","Principal":{}}]}"#,
    r#"{"Statement":[{"Effect":"Allow","Principal":{"Aws":"*"}}]}"#,
    r#"{"Statement":[{"Effect":"Allow","Principal":"*","NotPrincipal":"*"}]}"#,
    r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"a","NotAction":"b"}]}"#,
    r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":5}]}"#,
    r#"{"Statement":[{"Effect":"Allow","Principal":"*","Actions":"a"}]}"#,
];

/// The exception that a policy leads to.
fn code(policy: &str) -> Option<String> {
    let policy = policy.replace("STATEMENT", STATEMENT);
    let body = json!({"Policy": policy, "BypassPolicyLockoutSafetyCheck": true});
    let result = World::new().send("CreateKey", &body.to_string()).result;
    result.err().map(|error| error.code.to_string())
}

#[test]
fn policies_that_a_key_can_have() {
    for policy in WELL_FORMED {
        assert_eq!(code(policy), None, "{policy}");
    }
}

#[test]
fn policies_that_a_key_cannot_have() {
    for policy in MALFORMED {
        assert_eq!(code(policy).as_deref(), Some("MalformedPolicyDocumentException"), "{policy}");
    }
}

#[test]
fn a_policy_has_at_most_32_kib() {
    let mut world = World::new();
    let policy = |length: usize| {
        let end = r#""Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#;
        format!("{{{}{end}", " ".repeat(length - 1 - end.len()))
    };
    world.ok("CreateKey", json!({"Policy": policy(32_768)}));
    let expect = "LimitExceededException: The key policy is longer than 32768 bytes.";
    world.refused("CreateKey", json!({"Policy": policy(32_769)}), expect);
}

#[test]
fn there_is_one_policy() {
    let mut world = World::new();
    let id = world.key();
    world.ok("GetKeyPolicy", json!({"KeyId": id, "PolicyName": "default"}));
    let body = json!({"KeyId": id, "PolicyName": "x"});
    world.refused("GetKeyPolicy", body, "NotFoundException: No such policy exists");
}

#[test]
fn tags_that_a_key_cannot_have() {
    let refused = |body, expect| World::new().refused("CreateKey", body, expect);
    let tag = |key: &str| json!({"TagKey": key, "TagValue": "v"});
    let tags: Vec<Value> = (0..51).map(|n| tag(&n.to_string())).collect();
    refused(json!({"Tags": tags}), "TagException: Too many tags");
    refused(json!({"Tags": [tag("a"), tag("b"), tag("a")]}), "TagException: Duplicate tag keys");
    for key in ["aws:x", "AWS:x", "aWs:"] {
        let expect = "TagException: Tags beginning with aws: are reserved";
        refused(json!({"Tags": [tag(key)]}), expect);
    }
    World::new().ok("CreateKey", json!({"Tags": [tag("a"), tag("A"), tag("äws"), tag("aws")]}));
}
