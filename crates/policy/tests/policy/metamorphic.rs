//! What has to hold for all policies: how a decision may change when something is added, taken away or moved.

use proptest::{collection::vec, prelude::*, sample::select};
use waxseal_policy::Policy;

use crate::scene::{Scene, policy, principal};

const PEOPLE: &[&str] = &[
    "ann",
    "bob",
    "root",
    "Deploy/ci",
    "Audit/ci",
    "444455556666:ann",
    "444455556666:root",
    "444455556666:Deploy/ci",
    "logs.amazonaws.com",
];
const NAMED: &[&str] = &[
    "*",
    "ann",
    "bob",
    "root",
    "Deploy/",
    "Deploy/ci",
    "444455556666:ann",
    "444455556666:root",
    "444455556666:Deploy/",
    "logs.amazonaws.com",
];
const ACTIONS: &[&str] = &["kms:*", "kms:Decrypt", "kms:Encrypt", "kms:Re*", "kms:?ncrypt", "*"];
const ASKED: &[&str] = &["kms:Decrypt", "kms:Encrypt", "kms:ReEncryptFrom", "kms:PutKeyPolicy"];
const CONDITIONS: &[&str] = &[
    "",
    "",
    "",
    " StringEquals kms:ViaService s3",
    " StringNotEquals kms:ViaService s3",
    " StringEqualsIfExists kms:ViaService ec2",
    " Null kms:ViaService true",
    " ForAnyValue:StringLike kms:EncryptionContextKeys pur*",
    " ForAllValues:StringEquals kms:EncryptionContextKeys purpose",
    " Bool kms:GrantIsForAWSResource true",
];

fn statement(
    effect: &'static [&'static str],
    named: &'static [&'static str],
) -> impl Strategy<Value = String> {
    (select(effect), select(named), select(ACTIONS), select(CONDITIONS))
        .prop_map(|(effect, who, action, condition)| format!("{effect} {who} {action}{condition}"))
}

const EFFECTS: &[&str] = &["Allow", "Allow", "Allow", "Deny"];

/// A request in a world of random policies.
fn scene() -> impl Strategy<Value = Scene> {
    let identity = vec(statement(EFFECTS, &["-"]), 0..4);
    let via = select([vec![], vec!["s3"], vec!["ec2"]].to_vec());
    let keys = select([vec![], vec!["purpose"], vec!["purpose", "place"]].to_vec());
    let policies = (vec(statement(EFFECTS, NAMED), 1..6), identity);
    (select(PEOPLE), select(ASKED), policies, proptest::option::of(Just("g")), via, keys).prop_map(
        |(who, asked, (key_policy, identity), grant, via, keys)| {
            let texts: Vec<&str> = key_policy.iter().map(String::as_str).collect();
            let own: Vec<&str> = identity.iter().map(String::as_str).collect();
            let mut scene = Scene::of(who, &texts, &own);
            scene.action = asked.to_owned();
            scene.grant = grant.map(str::to_owned);
            let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
            scene.context.insert("kms:viaservice".to_owned(), owned(via));
            scene.context.insert("kms:encryptioncontextkeys".to_owned(), owned(keys));
            scene
        },
    )
}

/// Two decisions on the same scene, the second with more against it or less for it.
fn shrinks(before: &Scene, after: &Scene) -> Result<(), TestCaseError> {
    prop_assert!(before.is_allowed() || !after.is_allowed(), "{before:?}\n{after:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_denial_more_never_allows(
        scene in scene(),
        denial in statement(&["Deny"], NAMED),
        own in statement(&["Deny"], &["-"]),
    ) {
        let mut in_key_policy = scene.clone();
        in_key_policy.key_policy.as_mut().unwrap().statements.extend(policy(&[&denial]).statements);
        shrinks(&scene, &in_key_policy)?;
        let mut in_identity = scene.clone();
        in_identity.identity.push(policy(&[&own]));
        shrinks(&scene, &in_identity)?;
    }

    #[test]
    fn an_allowance_more_never_denies(
        scene in scene(),
        allowance in statement(&["Allow"], NAMED),
        own in statement(&["Allow"], &["-"]),
    ) {
        let mut in_key_policy = scene.clone();
        in_key_policy.key_policy.as_mut().unwrap().statements.extend(policy(&[&allowance]).statements);
        shrinks(&in_key_policy, &scene)?;
        let mut in_identity = scene.clone();
        in_identity.identity.push(policy(&[&own]));
        shrinks(&in_identity, &scene)?;
    }

    #[test]
    fn a_grant_never_denies(scene in scene()) {
        let granted = Scene { grant: Some("g".to_owned()), ..scene.clone() };
        let without = Scene { grant: None, ..scene };
        shrinks(&granted, &without)?;
    }

    #[test]
    fn without_a_word_on_the_account_access_only_shrinks(scene in scene()) {
        let mut with = scene.clone();
        with.key_policy.as_mut().unwrap().statements.extend(policy(&["Allow root kms:*"]).statements);
        shrinks(&with, &scene)?;
    }

    #[test]
    fn order_means_nothing(scene in scene(), seed in any::<u64>()) {
        let mut moved = scene.clone();
        let statements = &mut moved.key_policy.as_mut().unwrap().statements;
        if !statements.is_empty() {
            let by = usize::try_from(seed % statements.len() as u64).unwrap();
            statements.rotate_left(by);
        }
        statements.reverse();
        moved.identity.reverse();
        prop_assert_eq!(moved.is_allowed(), scene.is_allowed());
    }

    #[test]
    fn what_is_denied_to_everyone_is_allowed_to_no_one(scene in scene()) {
        let mut closed = scene;
        closed.key_policy.as_mut().unwrap().statements.extend(policy(&["Deny * *"]).statements);
        prop_assert!(!closed.is_allowed());
    }

    #[test]
    fn nothing_comes_from_nothing(scene in scene()) {
        let mut bare = scene;
        bare.key_policy.as_mut().unwrap().statements.clear();
        bare.grant = None;
        prop_assert!(!bare.is_allowed());
    }

    #[test]
    fn whom_no_policy_tells_apart_is_treated_alike(scene in scene()) {
        let people = ["ann", "bob"].map(principal);
        let mut scene = scene;
        let mut statements = policy(&["Allow root kms:*"]);
        let key_policy = scene.key_policy.as_mut().unwrap();
        for statement in key_policy.statements.drain(..) {
            let one = Policy { statements: vec![statement], ..policy(&["Allow * *"]) };
            if one.principals().all(|name| name.fits(&people[0]) == name.fits(&people[1])) {
                statements.statements.extend(one.statements);
            }
        }
        *key_policy = statements;
        let [ann, bob] = people.map(|principal| Scene { principal, ..scene.clone() });
        prop_assert_eq!(ann.decide(), bob.decide());
    }
}
