//! What has the form of a policy, and where a text does not.

use expect_test::expect;
use proptest::prelude::*;
use waxseal_policy::{Kind, Policy};

/// Where and why a text is not a policy of a kind. `S` stands for the beginning of a good key statement.
#[track_caller]
fn check(kind: Kind, text: &str, expect: expect_test::Expect) {
    let text = text.replace("S:", r#""Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*""#);
    let found = match Policy::parse_as(kind, &text) {
        Ok(policy) => format!("{} good", policy.statements.len()),
        Err(error) => error.to_string(),
    };
    expect.assert_eq(&found);
}

#[test]
fn good_ones() {
    check(Kind::Key, r#"{"Version":"2012-10-17","Id":"x","Statement":[{S:},{S:}]}"#, expect!["2 good"]);
    check(Kind::Key, r#"{"Version":"2008-10-17","Statement":{S:}}"#, expect!["1 good"]);
    check(
        Kind::Key,
        r#"{"Statement":{"Effect":"Deny","NotPrincipal":{"AWS":["111122223333"]}}}"#,
        expect!["1 good"],
    );
    let trust = r#"{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;
    check(Kind::Trust, trust, expect!["1 good"]);
    let own = r#"{"Statement":{"Effect":"Allow","Action":"*","NotResource":"arn:aws:kms:*:*:key/*"}}"#;
    check(Kind::Identity, own, expect!["1 good"]);
    let mixed = r#"{"Statement":{S:,"Condition":{"NumericLessThan":{"a:b":[7,"8"]},"Bool":{"c:d":true}}}}"#;
    check(Kind::Key, mixed, expect!["1 good"]);
}

#[test]
fn documents() {
    check(Kind::Key, "{", expect!["policy: EOF while parsing an object at line 1 column 1"]);
    check(Kind::Key, "[]", expect!["policy: it is an object"]);
    check(Kind::Key, "{}", expect!["policy: it has no Statement"]);
    check(Kind::Key, r#"{"Statement":[]}"#, expect!["Statement: it has no statement"]);
    check(Kind::Key, r#"{"Statements":[]}"#, expect![[r#"policy: there is no element "Statements" here"#]]);
    check(Kind::Key, r#"{"Version":"2020-01-01"}"#, expect!["Version: it is 2012-10-17 or 2008-10-17"]);
    check(Kind::Key, r#"{"Id":5,"Statement":[{S:}]}"#, expect!["policy.Id: it is a text"]);
    check(
        Kind::Key,
        r#"{"Statement":{S:},"Statement":{S:}}"#,
        expect![[r#"policy: "Statement" stands twice in one object at line 1 column 159"#]],
    );
}

#[test]
fn statements() {
    let one = |text: &str| format!(r#"{{"Statement":[{{S:}},{{{text}}}]}}"#);
    check(Kind::Key, &one(r#""Effect":"Maybe""#), expect!["Statement[1]: its Effect is Allow or Deny"]);
    check(
        Kind::Key,
        &one(r#""Effect":"Allow""#),
        expect!["Statement[1]: it needs a Principal or a NotPrincipal"],
    );
    check(
        Kind::Key,
        &one(r#"S:,"NotAction":"a:b""#),
        expect!["Statement[1]: it has either Action or NotAction, not both"],
    );
    check(
        Kind::Key,
        &one(r#"S:,"Actions":"a:b""#),
        expect![[r#"Statement[1]: there is no element "Actions" here"#]],
    );
    check(
        Kind::Key,
        &one(r#""Effect":"Allow","Action":["kms:*",5]"#),
        expect!["Statement[1].Action[1]: it is a text"],
    );
    check(
        Kind::Key,
        &one(r#""Effect":"Allow","Action":"Decrypt""#),
        expect![[r#"Statement[1].Action: an action is "*" or like "kms:Decrypt""#]],
    );
    check(
        Kind::Key,
        &one(r#""Effect":"Allow","NotResource":["key/1"]"#),
        expect![[r#"Statement[1].NotResource[0]: a resource is "*" or begins with "arn:""#]],
    );
    check(Kind::Trust, r#"{"Statement":{S:}}"#, expect!["Statement[0]: a trust policy has no Resource"]);
    check(
        Kind::Identity,
        r#"{"Statement":{S:}}"#,
        expect!["Statement[0]: an identity policy has no Principal"],
    );
    let bare = r#"{"Statement":{"Effect":"Allow","Action":"*"}}"#;
    check(Kind::Identity, bare, expect!["Statement[0]: it needs a Resource or a NotResource"]);
    check(Kind::Trust, bare, expect!["Statement[0]: it needs a Principal"]);
    check(
        Kind::Identity,
        r#"{"Statement":{"Effect":"Allow","Resource":"*"}}"#,
        expect!["Statement[0]: it needs an Action or a NotAction"],
    );
}

#[test]
fn principals() {
    let one = |text: &str| format!(r#"{{"Statement":{{"Effect":"Allow","Principal":{text}}}}}"#);
    check(
        Kind::Key,
        &one(r#""me""#),
        expect![[r#"Statement[0].Principal: a principal is "*", or an object of AWS, Service or Federated"#]],
    );
    check(Kind::Key, &one("{}"), expect!["Statement[0].Principal: it names nobody"]);
    check(
        Kind::Key,
        &one(r#"{"Aws":"*"}"#),
        expect![[r#"Statement[0].Principal: a principal is "*", or an object of AWS, Service or Federated"#]],
    );
    check(
        Kind::Key,
        &one(r#"{"AWS":["*","arn:aws:iam::111122223333:user/*"]}"#),
        expect!["Statement[0].Principal.AWS[1]: 'arn:aws:iam::111122223333:user/*' is not a principal"],
    );
    check(
        Kind::Key,
        &one(r#"{"Service":"logs"}"#),
        expect![[r#"Statement[0].Principal.Service: 'logs' is not a service such as "logs.amazonaws.com""#]],
    );
}

#[test]
fn conditions() {
    let one = |text: &str| format!(r#"{{"Statement":{{S:,"Condition":{text}}}}}"#);
    check(Kind::Key, &one("[]"), expect!["Statement[0].Condition: it is an object"]);
    check(
        Kind::Key,
        &one(r#"{"StringIs":{"a:b":"c"}}"#),
        expect!["Statement[0].Condition.StringIs: there is no such operator"],
    );
    check(Kind::Key, &one(r#"{"Bool":"x"}"#), expect!["Statement[0].Condition.Bool: it is an object"]);
    check(
        Kind::Key,
        &one(r#"{"Bool":{"a:b":["true","yes"]}}"#),
        expect!["Statement[0].Condition.Bool.a:b[1]: 'yes' cannot be compared by this operator"],
    );
    check(
        Kind::Key,
        &one(r#"{"DateLessThan":{"a:b":"soon"}}"#),
        expect!["Statement[0].Condition.DateLessThan.a:b: 'soon' cannot be compared by this operator"],
    );
    check(
        Kind::Key,
        &one(r#"{"StringLike":{"a:b":null}}"#),
        expect!["Statement[0].Condition.StringLike.a:b: it is a text, a number, true or false"],
    );
}

/// Texts that are nearly policies: a good one with a few characters exchanged, doubled or left out.
fn nearly() -> impl Strategy<Value = String> {
    const GOOD: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Principal":{"AWS":["*","arn:aws:iam::111122223333:role/x"]},"Action":"kms:*","Resource":"arn:aws:kms:*:*:key/${aws:username}","Condition":{"ForAnyValue:StringLikeIfExists":{"kms:EncryptionContextKeys":["a",true,7]},"DateLessThan":{"aws:CurrentTime":"2026-11-24T12:00:00Z"},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}"#;
    let edit = (0..GOOD.len(), 0_usize..4, proptest::char::any());
    proptest::collection::vec(edit, 0..6).prop_map(|edits| {
        let mut text: Vec<char> = GOOD.chars().collect();
        for (at, length, replacement) in edits {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, [replacement]);
        }
        text.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn no_text_makes_the_parser_panic(text in prop_oneof![any::<String>(), nearly()]) {
        for kind in [Kind::Key, Kind::Trust, Kind::Identity] {
            if let Err(error) = Policy::parse_as(kind, &text) {
                prop_assert!(!error.at.is_empty() && !error.what.is_empty());
            }
        }
    }
}
