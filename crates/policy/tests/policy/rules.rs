//! The rules by which a key's use is decided, one table a rule.

use expect_test::expect;
use waxseal_policy::{Effect, Verdict, considered, explain};

use crate::scene::{Scene, policy};

const ROOT: &str = "Allow root kms:*";
const OWN: &str = "Allow - kms:Decrypt";

const NO_IDENTITY: &str = "because no identity-based policy allows the kms:Decrypt action";
const NO_RESOURCE: &str = "because no resource-based policy allows the kms:Decrypt action";
const BY_NAME: &str = "statement 1 (“Allow”) of the key policy allows the caller";
const BY_ACCOUNT: &str = "statement 1 (“Allow”) of the key policy allows the caller’s account, and \
                          statement 1 (“Allow”) of the identity policy “own” allows the caller";

#[track_caller]
fn check(who: &str, key_policy: &[&str], identity: &[&str], expect: &str) {
    let decision = Scene::of(who, key_policy, identity).decide();
    assert_eq!(decision.to_string(), expect, "{who} {key_policy:?} {identity:?}");
}

#[test]
fn an_explicit_denial_wins() {
    let key = "with an explicit deny in a resource-based policy";
    check("ann", &["Allow ann kms:*", "Deny ann kms:Decrypt"], &[], key);
    check("ann", &["Deny * kms:*", ROOT], &[OWN], key);
    check("ann", &["Deny root kms:*", "Allow ann kms:*"], &[], key);
    check("Deploy/ci", &["Allow * kms:*", "Deny Deploy/ kms:*"], &[], key);
    check("root", &[ROOT, "Deny * kms:*"], &[], key);
    let own = "with an explicit deny in an identity-based policy";
    check("ann", &["Allow ann kms:*"], &["Deny - kms:*"], own);
    check("ann", &["Allow bob kms:*"], &["Deny - kms:*"], own);
    let mut granted = Scene::of("ann", &["Deny ann kms:*"], &[]);
    granted.grant = Some("g".to_owned());
    assert_eq!(granted.decide().to_string(), key);
    check("ann", &["Allow ann kms:*", "Deny ann kms:Encrypt", "Deny bob kms:*"], &[], BY_NAME);
}

#[test]
fn in_the_same_account_one_of_three_ways_is_enough() {
    check("ann", &["Allow ann kms:Decrypt"], &[], BY_NAME);
    check("ann", &["Allow * kms:Decrypt"], &[], BY_NAME);
    check("Deploy/ci", &["Allow Deploy/ kms:Decrypt"], &[], BY_NAME);
    check("Deploy/ci", &["Allow Deploy/ci kms:Decrypt"], &[], BY_NAME);
    check("Deploy/cd", &["Allow Deploy/ci kms:Decrypt"], &[], NO_RESOURCE);
    check("ann", &[ROOT], &[OWN], BY_ACCOUNT);
    check("ann", &[ROOT], &[], NO_IDENTITY);
    check("ann", &[ROOT], &["Allow - kms:Encrypt"], NO_IDENTITY);
    let mut granted = Scene::of("ann", &["Allow bob kms:*"], &[]);
    granted.grant = Some("0c23".to_owned());
    assert_eq!(granted.decide().to_string(), "the grant 0c23 allows the caller");
}

#[test]
fn an_account_that_is_not_named_has_no_say() {
    check("ann", &["Allow bob kms:*"], &[OWN], NO_RESOURCE);
    check("root", &["Allow bob kms:*"], &[], NO_RESOURCE);
    check("ann", &["Allow root kms:Encrypt"], &[OWN], NO_RESOURCE);
    check(
        "root",
        &[ROOT],
        &[],
        "statement 1 (“Allow”) of the key policy allows the caller’s account, and \
           the account itself needs no identity policy",
    );
}

#[test]
fn another_account_needs_both_sides() {
    let other = "444455556666:ann";
    check(other, &["Allow 444455556666:ann kms:*"], &[], NO_IDENTITY);
    check(
        other,
        &["Allow 444455556666:ann kms:*"],
        &[OWN],
        &format!("{BY_NAME}, and statement 1 (“Allow”) of the identity policy “own” allows the caller"),
    );
    check(other, &["Allow 444455556666:root kms:*"], &[OWN], BY_ACCOUNT);
    check(other, &["Allow 444455556666:root kms:*"], &[], NO_IDENTITY);
    check(other, &["Allow * kms:*"], &[], NO_IDENTITY);
    check(other, &[ROOT], &[OWN], NO_RESOURCE);
    let mut granted = Scene::of(other, &[ROOT], &[]);
    granted.grant = Some("0c23".to_owned());
    assert_eq!(granted.decide().to_string(), NO_IDENTITY);
    granted.identity.push(policy(&[OWN]));
    assert!(granted.is_allowed());
}

#[test]
fn without_a_resource_policy_identity_decides() {
    let ask = |who, identity: &[&str]| {
        let mut scene = Scene::of(who, &[ROOT], identity);
        scene.key_policy = None;
        scene.resource = "*".to_owned();
        scene.decide().to_string()
    };
    assert_eq!(ask("ann", &[]), NO_IDENTITY);
    assert_eq!(
        ask("ann", &["Allow - kms:*"]),
        "statement 1 (“Allow”) of the identity policy “own” allows the caller"
    );
    assert_eq!(ask("root", &[]), "the account itself needs no identity policy");
}

#[test]
fn a_service_is_allowed_by_name_only() {
    check("logs.amazonaws.com", &["Allow logs.amazonaws.com kms:*"], &[], BY_NAME);
    check("s3.amazonaws.com", &["Allow logs.amazonaws.com kms:*", ROOT], &[], NO_RESOURCE);
    check("ann", &["Allow logs.amazonaws.com kms:*"], &[OWN], NO_RESOURCE);
}

#[test]
fn conditions_limit_who_and_how() {
    let limited = |value: &[&str]| {
        let via = "StringEquals kms:ViaService s3.eu-central-1.amazonaws.com";
        let mut scene = Scene::of("ann", &[&format!("Allow ann kms:* {via}")], &[]);
        let values = value.iter().map(|it| (*it).to_owned()).collect();
        scene.context.insert("kms:viaservice".to_owned(), values);
        scene.is_allowed()
    };
    assert!(limited(&["s3.eu-central-1.amazonaws.com"]));
    assert!(!limited(&["ec2.eu-central-1.amazonaws.com"]));
    assert!(!limited(&[]));
}

/// What is decided for somebody by a key policy of one statement, given without its brackets.
fn by_statement(who: &str, statement: &str) -> bool {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":{{{statement}}}}}"#);
    let mut scene = Scene::of(who, &[ROOT], &["Allow - kms:*"]);
    let statement = waxseal_policy::Policy::parse(&text).unwrap().statements.remove(0);
    let policy = scene.key_policy.as_mut().unwrap();
    if statement.effect == Effect::Allow {
        policy.statements.clear();
    }
    policy.statements.push(statement);
    scene.is_allowed()
}

#[test]
fn a_denial_for_all_but_some_excepts_whom_it_names_in_full() {
    let but = |names: &str| {
        format!(r#""Effect":"Deny","NotPrincipal":{{"AWS":[{names}]}},"Action":"kms:*","Resource":"*""#)
    };
    let (ann, account) = (r#""arn:aws:iam::111122223333:user/ann""#, r#""111122223333""#);
    assert!(by_statement("ann", &but(&format!("{ann},{account}"))));
    assert!(!by_statement("ann", &but(ann)));
    assert!(!by_statement("bob", &but(&format!("{ann},{account}"))));
    assert!(by_statement("root", &but(account)));
    let (role, session) = (
        r#""arn:aws:iam::111122223333:role/Deploy""#,
        r#""arn:aws:sts::111122223333:assumed-role/Deploy/ci""#,
    );
    assert!(by_statement("Deploy/ci", &but(&format!("{role},{session},{account}"))));
    assert!(!by_statement("Deploy/ci", &but(&format!("{session},{account}"))));
    assert!(!by_statement("Deploy/cd", &but(&format!("{role},{session},{account}"))));
}

#[test]
fn an_allowance_for_all_but_some_leaves_out_whom_it_names_in_any_way() {
    let but = |name: &str| {
        format!(r#""Effect":"Allow","NotPrincipal":{{"AWS":"{name}"}},"Action":"kms:*","Resource":"*""#)
    };
    assert!(by_statement("ann", &but("444455556666")));
    assert!(!by_statement("ann", &but("111122223333")));
    assert!(!by_statement("ann", &but("arn:aws:iam::111122223333:user/ann")));
}

#[test]
fn all_but_some_actions_and_resources() {
    let one = |rest: &str| format!(r#""Effect":"Allow","Principal":{{"AWS":"*"}},{rest}"#);
    assert!(by_statement("ann", &one(r#""NotAction":"kms:Encrypt","Resource":"*""#)));
    assert!(!by_statement("ann", &one(r#""NotAction":["iam:*","kms:D*"],"Resource":"*""#)));
    assert!(!by_statement("ann", &one(r#""Action":"kms:*","NotResource":"*""#)));
    assert!(by_statement("ann", &one(r#""Action":"kms:*","Resource":"arn:aws:kms:*:*:key/1234*""#)));
    assert!(!by_statement("ann", &one(r#""Action":"kms:*","Resource":"arn:aws:kms:us-*:*:key/*""#)));
}

#[test]
fn a_statement_without_action_or_resource_has_no_effect() {
    assert!(!by_statement("ann", r#""Effect":"Allow","Principal":"*","Action":"kms:*""#));
    assert!(!by_statement("ann", r#""Effect":"Allow","Principal":"*","Resource":"*""#));
    assert!(by_statement("ann", r#""Effect":"Deny","Principal":"*","Action":"kms:*""#));
}

#[test]
fn every_statement_can_be_asked_why_not() {
    let statements = [
        "Allow bob kms:*",
        "Allow ann kms:Encrypt",
        "Allow ann kms:* Bool kms:GrantIsForAWSResource true",
        "Deny ann kms:Sign",
    ];
    Scene::of("ann", &statements, &["Allow - kms:Decrypt"]).ask(|question| {
        let verdicts: Vec<_> = considered(question).into_iter().map(|(_, _, verdict)| verdict).collect();
        let fails = Verdict::ConditionFails { operator: "Bool", key: "kms:GrantIsForAWSResource" };
        let own = Verdict::Applies(waxseal_policy::Naming::Itself);
        let expect = [Verdict::OtherPrincipal, Verdict::OtherAction, fails, Verdict::OtherAction, own];
        assert_eq!(verdicts, expect);
        expect![[r#"
            statement 1 (“Allow”) of the key policy allows, but is for others
            statement 2 (“Allow”) of the key policy allows, but is about other actions
            statement 3 (“Allow”) of the key policy allows, but its condition Bool on kms:GrantIsForAWSResource does not hold
            statement 4 (“Deny”) of the key policy denies, but is about other actions
            statement 1 (“Allow”) of the identity policy “own” allows the caller"#]]
        .assert_eq(&explain(question).replace("; ", "\n"));
    });
}
