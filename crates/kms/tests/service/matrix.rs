//! Who may do what to a key, all at once.

use serde_json::{Value, json};
use waxseal_api::{ErrorCode, Service, sandbox::Matrix};
use waxseal_kms::{Asker, Caller, Principal, Request, handle, matrix};

use crate::world::{ACCOUNT, OTHER_ACCOUNT, World, rng, statement};

const CALLS: &[&str] = &[
    "CancelKeyDeletion",
    "CreateGrant",
    "DescribeKey",
    "DisableKey",
    "EnableKeyRotation",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "GetKeyPolicy",
    "GetKeyRotationStatus",
    "ListGrants",
    "ListResourceTags",
    "PutKeyPolicy",
    "ScheduleKeyDeletion",
    "TagResource",
    "UpdateKeyDescription",
];

/// What lets the call get as far as the question who may make it.
fn body(operation: &str, key: &str) -> Value {
    let mut body = json!({ "KeyId": key });
    let more = match operation {
        "CreateGrant" => {
            json!({ "GranteePrincipal": format!("arn:aws:iam::{ACCOUNT}:root"), "Operations": ["Decrypt"] })
        }
        "Encrypt" => json!({ "Plaintext": "AAAA" }),
        "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => json!({ "KeySpec": "AES_256" }),
        "PutKeyPolicy" => {
            json!({ "Policy": statement(json!({ "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*" })) })
        }
        "TagResource" => json!({ "Tags": [] }),
        "UpdateKeyDescription" => json!({ "Description": "" }),
        _ => json!({}),
    };
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// Users, a role and a stranger, policies of both kinds, and a grant.
fn world() -> (World, String) {
    let mut world = World::new();
    for name in ["ana", "ben", "cleo", "dora"] {
        world.become_user(name);
    }
    world.become_root();
    let trust =
        statement(json!({ "Effect": "Allow", "Principal": { "AWS": ACCOUNT }, "Action": "sts:AssumeRole" }));
    world.iam("CreateRole", json!({ "RoleName": "app", "AssumeRolePolicyDocument": trust }));
    let arn = |who: &str| format!("arn:aws:iam::{ACCOUNT}:{who}");
    let statements = json!([
        { "Sid": "account", "Effect": "Allow", "Principal": { "AWS": arn("root") }, "Action": "kms:*", "Resource": "*" },
        { "Sid": "app", "Effect": "Allow", "Principal": { "AWS": arn("role/app") }, "Action": ["kms:Encrypt", "kms:GenerateDataKey*"], "Resource": "*" },
        { "Sid": "stranger", "Effect": "Allow", "Principal": { "AWS": OTHER_ACCOUNT }, "Action": ["kms:Encrypt", "kms:DisableKey"], "Resource": "*" },
        { "Sid": "never", "Effect": "Deny", "Principal": { "AWS": arn("user/dora") }, "Action": "kms:Get*", "Resource": "*" },
    ]);
    let policy = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    let key = world.ok("CreateKey", json!({ "Policy": policy }))["KeyMetadata"]["KeyId"]
        .as_str()
        .unwrap()
        .to_owned();
    world.let_user("ana", "Allow", "kms:*", "*");
    world.let_user("ben", "Allow", "kms:List*", "*");
    world.let_user("dora", "Allow", "kms:*", "*");
    world.ok("CreateGrant", json!({ "KeyId": key, "GranteePrincipal": arn("user/cleo"), "Operations": ["Encrypt", "DescribeKey"] }));
    (world, key)
}

fn asked(world: &World, key: &str, policy: Option<&str>) -> Matrix {
    let asker = Asker { caller: &world.caller, now: world.now };
    matrix(&world.state, &mut rng(3), asker, key, policy.map(str::to_owned)).unwrap()
}

fn cell<'m>(matrix: &'m Matrix, who: &str, action: &str) -> (bool, &'m str) {
    let row = matrix.rows.iter().find(|row| row.principal.ends_with(who)).unwrap();
    let at = matrix.actions.iter().position(|it| it == action).unwrap();
    let verdict = row.verdicts[at];
    (verdict.allowed, &matrix.reasons[verdict.because as usize])
}

#[test]
fn it_says_what_calls_are_told() {
    let (world, key) = world();
    let matrix = asked(&world, &key, None);
    assert_eq!(matrix.rows.len(), 6, "the account, four users, a role");
    let mut seen = [0; 2];
    for row in &matrix.rows {
        let account = ACCOUNT.parse().unwrap();
        let principal = match row.principal.rsplit_once('/') {
            None => Principal::Root { account },
            Some((_, "app")) => {
                Principal::Session { account, path: "/".into(), role: "app".into(), session: "x".into() }
            }
            Some((_, name)) => Principal::User { account, path: "/".into(), name: name.into() },
        };
        let caller = Caller { principal, ..world.caller.clone() };
        for operation in CALLS {
            let body = body(operation, &key).to_string();
            let request =
                Request { caller: &caller, now: world.now, service: Service::Kms, operation, body: &body };
            let result = handle(&world.state, &mut rng(4), &request).reply.result;
            let denied = matches!(&result, Err(error) if error.code == ErrorCode::AccessDeniedException);
            let (allowed, because) = cell(&matrix, &row.principal, operation);
            assert_eq!(allowed, !denied, "{} {operation}: {because}; {result:?}", row.principal);
            seen[usize::from(allowed)] += 1;
        }
    }
    assert!(seen[0] > 20 && seen[1] > 20, "{seen:?}");
}

#[test]
fn each_verdict_names_what_it_rests_on() {
    let (world, key) = world();
    let matrix = asked(&world, &key, None);
    #[track_caller]
    fn check(matrix: &Matrix, who: &str, action: &str, allowed: bool, word: &str) {
        let found = cell(matrix, who, action);
        assert!(found.0 == allowed && found.1.contains(word), "{who} {action}: {found:?}");
    }
    check(&matrix, ":root", "Decrypt", true, "account itself");
    check(&matrix, "/ana", "Decrypt", true, "“account”");
    check(&matrix, "/ben", "Decrypt", false, "none of the caller’s allows it");
    check(&matrix, "/cleo", "Encrypt", true, "grant");
    check(&matrix, "/cleo", "Decrypt", false, "identity policies");
    check(&matrix, "/dora", "GetKeyPolicy", false, "“never”");
    check(&matrix, "role/app", "GenerateDataKey", true, "“app”");
}

#[test]
fn another_policy_can_be_tried() {
    let (mut world, key) = world();
    let closed = statement(json!({
        "Sid": "alone", "Effect": "Allow", "Principal": { "AWS": format!("arn:aws:iam::{ACCOUNT}:root") }, "Action": "kms:PutKeyPolicy", "Resource": "*",
    }));
    let tried = asked(&world, &key, Some(&closed));
    assert_eq!((tried.problem.as_ref(), tried.policy.as_str()), (None, closed.as_str()));
    assert!(!cell(&tried, "/ana", "Decrypt").0 && cell(&tried, "/ana", "PutKeyPolicy").0);
    assert!(cell(&asked(&world, &key, None), "/ana", "Decrypt").0, "nothing has changed");

    let refused = asked(&world, &key, Some("{"));
    assert_eq!(refused.problem.as_ref().map(|it| it.code), Some(ErrorCode::MalformedPolicyDocumentException));
    assert_eq!(refused.rows, asked(&world, &key, None).rows, "its own policy decides");
    world.become_user("ben");
    let lockout = asked(&world, &key, Some(&closed.replace(":root", ":user/ana")));
    assert!(lockout.lockout && lockout.problem.is_none(), "{lockout:?}");
    assert!(cell(&lockout, "/ana", "PutKeyPolicy").0 && !cell(&lockout, "/ben", "ListGrants").0);
    assert!(!tried.lockout && !refused.lockout);
    let asker = Asker { caller: &world.caller, now: world.now };
    assert!(matrix(&world.state, &mut rng(3), asker, "alias/none", None).is_err());
}
