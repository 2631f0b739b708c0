//! Users, roles, access keys and sessions.

use serde_json::{Value, json};
use waxseal_api::Service;
use waxseal_kms::Principal;

use crate::world::{ACCOUNT, OTHER_ACCOUNT, REGION, World, caller, statement, text};

/// A trust policy for a principal.
fn trust(principal: &str) -> String {
    statement(json!({"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}))
}

fn role(world: &mut World, name: &str, principal: &str) -> String {
    let body = json!({"RoleName": name, "AssumeRolePolicyDocument": trust(principal)});
    text(&world.iam("CreateRole", body)["Role"]["Arn"])
}

#[test]
fn users_come_and_go() {
    let mut world = World::new();
    let body = json!({"UserName": "ann", "Path": "/ops/", "Tags": [{"Key": "team", "Value": "blue"}]});
    let user = world.iam("CreateUser", body)["User"].clone();
    assert_eq!(user["Arn"], format!("arn:aws:iam::{ACCOUNT}:user/ops/ann"));
    assert_eq!((text(&user["UserId"]).len(), &user["Tags"][0]["Value"]), (21, &json!("blue")));
    world.iam("CreateUser", json!({"UserName": "bob"}));
    assert_eq!(world.iam("GetUser", json!({"UserName": "ann"}))["User"], user);
    let page = world.iam("ListUsers", json!({"MaxItems": 1}));
    assert_eq!((&page["Users"][0], &page["IsTruncated"]), (&user, &json!(true)));
    let rest = world.iam("ListUsers", json!({"Marker": page["Marker"]}));
    assert_eq!((&rest["Users"][0]["UserName"], rest["Users"].as_array().unwrap().len()), (&json!("bob"), 1));
    world.iam("DeleteUser", json!({"UserName": "ann"}));
    let gone = world.ask(Service::Iam, "GetUser", json!({"UserName": "ann"})).unwrap_err();
    assert_eq!(gone, "NotFoundException: The user with name ann cannot be found.");
}

#[test]
fn names_are_taken_once_and_well_formed() {
    let mut world = World::new();
    world.iam("CreateUser", json!({"UserName": "ann"}));
    let mut refused = |operation: &str, body: Value| world.ask(Service::Iam, operation, body).unwrap_err();
    let again = refused("CreateUser", json!({"UserName": "ann", "Path": "/x/"}));
    assert_eq!(again, "AlreadyExistsException: User with name ann already exists.");
    for body in [json!({"UserName": ""}), json!({"UserName": "a b"}), json!({"UserName": "x".repeat(65)})] {
        assert!(refused("CreateUser", body).starts_with("ValidationException: 1 validation error"));
    }
    for path in ["x", "/x", "//", "/a*/", "/a//b/"] {
        let body = json!({"UserName": "bob", "Path": path});
        assert!(refused("CreateUser", body).starts_with("ValidationException"), "{path}");
    }
    let nobody = refused("GetUser", json!({}));
    assert_eq!(nobody, "ValidationException: Must specify userName when calling with non-User credentials");
}

#[test]
fn what_belongs_to_a_user_goes_first() {
    let mut world = World::new();
    world.become_user("ann");
    world.become_root();
    world.let_user("ann", "Allow", "kms:*", "*");
    let key = text(&world.iam("CreateAccessKey", json!({"UserName": "ann"}))["AccessKey"]["AccessKeyId"]);
    let refused =
        |world: &mut World| world.ask(Service::Iam, "DeleteUser", json!({"UserName": "ann"})).unwrap_err();
    assert_eq!(refused(&mut world), "ConflictException: Cannot delete entity, must delete policies first.");
    world.iam("DeleteUserPolicy", json!({"UserName": "ann", "PolicyName": "Allow"}));
    assert_eq!(
        refused(&mut world),
        "ConflictException: Cannot delete entity, must delete access keys first."
    );
    world.iam("DeleteAccessKey", json!({"UserName": "ann", "AccessKeyId": key}));
    assert!(world.state.credential(&key, world.now).is_none());
    world.iam("DeleteUser", json!({"UserName": "ann"}));
}

#[test]
fn an_access_key_stands_for_its_user() {
    let mut world = World::new();
    world.become_user("ann");
    world.become_root();
    let made = world.iam("CreateAccessKey", json!({"UserName": "ann"}))["AccessKey"].clone();
    let secret = text(&made["SecretAccessKey"]);
    assert_eq!((text(&made["AccessKeyId"]).len(), secret.len()), (20, 40));
    let restored = world.restored();
    for state in [&world.state, &restored] {
        let credential = state.credential(&text(&made["AccessKeyId"]), world.now).unwrap();
        assert_eq!(credential.principal.arn(), format!("arn:aws:iam::{ACCOUNT}:user/ann"));
        assert_eq!(credential.secret.expose(), secret.as_bytes());
        assert_eq!((&credential.session_token, credential.expiration), (&None, None));
    }
    world.iam("CreateAccessKey", json!({"UserName": "ann"}));
    let third = world.ask(Service::Iam, "CreateAccessKey", json!({"UserName": "ann"})).unwrap_err();
    assert_eq!(third, "LimitExceededException: Cannot exceed quota for AccessKeysPerUser: 2");
    let listed = world.iam("ListAccessKeys", json!({"UserName": "ann"}));
    assert_eq!(listed["AccessKeyMetadata"].as_array().unwrap().len(), 2);
}

#[test]
fn secrets_are_not_written_down() {
    let mut world = World::new();
    world.become_user("ann");
    world.become_root();
    let reply = world.send_to(Service::Iam, "CreateAccessKey", r#"{"UserName":"ann"}"#);
    let output: Value = serde_json::from_str(&reply.result.unwrap()).unwrap();
    let secret = text(&output["AccessKey"]["SecretAccessKey"]);
    let told = serde_json::to_string(&(&reply.audit, &reply.trace)).unwrap();
    assert!(!told.contains(&secret));
    assert_eq!(reply.audit.event_source, "iam.amazonaws.com");
}

#[test]
fn policies_are_given_and_taken() {
    let mut world = World::new();
    let arn = role(&mut world, "Deploy", ACCOUNT);
    let document = statement(json!({"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}));
    let named = json!({"RoleName": "Deploy", "PolicyName": "use"});
    let mut put = named.clone();
    put["PolicyDocument"] = document.clone().into();
    world.iam("PutRolePolicy", put.clone());
    assert_eq!(world.iam("GetRolePolicy", named.clone())["PolicyDocument"], document);
    assert_eq!(world.iam("ListRolePolicies", json!({"RoleName": "Deploy"}))["PolicyNames"], json!(["use"]));
    put["PolicyDocument"] = "{}".into();
    let malformed = world.ask(Service::Iam, "PutRolePolicy", put).unwrap_err();
    assert_eq!(malformed, "MalformedPolicyDocumentException: policy: it has no Statement");
    world.iam("DeleteRolePolicy", named.clone());
    let gone = world.ask(Service::Iam, "GetRolePolicy", named).unwrap_err();
    assert_eq!(gone, "NotFoundException: The role policy with name use cannot be found.");
    assert_eq!(world.iam("ListRoles", json!({}))["Roles"][0]["Arn"], arn);
}

#[test]
fn a_trust_policy_names_those_who_are_there() {
    let mut world = World::new();
    let ghost = format!("arn:aws:iam::{ACCOUNT}:user/ghost");
    let body = json!({"RoleName": "Deploy", "AssumeRolePolicyDocument": trust(&ghost)});
    let refused = world.ask(Service::Iam, "CreateRole", body).unwrap_err();
    let expect = format!(r#"MalformedPolicyDocumentException: Invalid principal in policy: "AWS":"{ghost}""#);
    assert_eq!(refused, expect);
}

#[test]
fn users_need_permission_for_iam_too() {
    let mut world = World::new();
    world.become_user("ann");
    let denied = world.ask(Service::Iam, "GetUser", json!({})).unwrap_err();
    let who = format!("arn:aws:iam::{ACCOUNT}:user/ann");
    let expect = format!(
        "AccessDeniedException: User: {who} is not authorized to perform: iam:GetUser on resource: {who} because no \
         identity-based policy allows the iam:GetUser action"
    );
    assert_eq!(denied, expect);
    world.let_user("ann", "Allow", "iam:Get*", "arn:aws:iam::*:user/${aws:username}");
    assert_eq!(world.iam("GetUser", json!({}))["User"]["UserName"], "ann");
    assert!(world.ask(Service::Iam, "GetUser", json!({"UserName": "bob"})).unwrap_err().contains("user/bob"));
}

#[test]
fn callers_are_told_who_they_are() {
    let mut world = World::new();
    let me = world.ask(Service::Sts, "GetCallerIdentity", json!({})).unwrap();
    let root = json!({"UserId": ACCOUNT, "Account": ACCOUNT, "Arn": format!("arn:aws:iam::{ACCOUNT}:root")});
    assert_eq!(me, root);
    world.become_user("ann");
    let me = world.ask(Service::Sts, "GetCallerIdentity", json!({})).unwrap();
    assert!(text(&me["UserId"]).starts_with("AIDA"));
}

/// Assumes a role, and goes on as its session.
fn assume(world: &mut World, role: &str, more: Value) -> Result<Value, String> {
    let mut body = json!({"RoleArn": role, "RoleSessionName": "ci"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.ask(Service::Sts, "AssumeRole", body)
}

#[test]
fn a_role_is_assumed_by_whom_it_trusts() {
    let mut world = World::new();
    world.become_user("ann");
    world.become_root();
    let by_name = role(&mut world, "ByName", &format!("arn:aws:iam::{ACCOUNT}:user/ann"));
    let by_account = role(&mut world, "ByAccount", ACCOUNT);
    let by_others = role(&mut world, "ByOthers", OTHER_ACCOUNT);
    assert!(assume(&mut world, &by_account, json!({})).unwrap_err().contains("may not be assumed by root"));
    world.become_user("ann");
    assert!(assume(&mut world, &by_name, json!({})).is_ok());
    let identity = "no identity-based policy allows the sts:AssumeRole action";
    assert!(assume(&mut world, &by_account, json!({})).unwrap_err().contains(identity));
    let resource = "no resource-based policy allows the sts:AssumeRole action";
    assert!(assume(&mut world, &by_others, json!({})).unwrap_err().contains(resource));
    let missing = format!("arn:aws:iam::{ACCOUNT}:role/Missing");
    assert!(assume(&mut world, &missing, json!({})).unwrap_err().contains(resource));
    world.let_user("ann", "Allow", "sts:AssumeRole", &by_account);
    assert!(assume(&mut world, &by_account, json!({})).is_ok());
    assert!(assume(&mut world, &by_others, json!({})).unwrap_err().contains(resource));
    world.caller = caller(OTHER_ACCOUNT, REGION);
    world.become_user("eve");
    assert!(assume(&mut world, &by_others, json!({})).unwrap_err().contains(identity));
    world.let_user("eve", "Allow", "sts:*", "*");
    assert!(assume(&mut world, &by_others, json!({})).is_ok());
}

#[test]
fn a_trust_policy_can_ask_for_an_external_id() {
    let mut world = World::new();
    world.become_user("ann");
    world.become_root();
    let document = statement(json!({
        "Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:user/ann")},
        "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "4711"}},
    }));
    world.iam("CreateRole", json!({"RoleName": "R", "AssumeRolePolicyDocument": document}));
    let arn = format!("arn:aws:iam::{ACCOUNT}:role/R");
    world.become_user("ann");
    assert!(assume(&mut world, &arn, json!({})).is_err());
    assert!(assume(&mut world, &arn, json!({"ExternalId": "4712"})).is_err());
    assert!(assume(&mut world, &arn, json!({"ExternalId": "4711"})).is_ok());
    for narrower in [json!({"Policy": "{}"}), json!({"PolicyArns": [{"arn": "arn:aws:iam::aws:policy/A"}]})] {
        let mut more = json!({"ExternalId": "4711"});
        more.as_object_mut().unwrap().extend(narrower.as_object().unwrap().clone());
        let refusal = assume(&mut world, &arn, more).unwrap_err();
        assert!(refusal.contains("A session policy is not supported here."), "{refusal}");
    }
}

#[test]
fn a_session_ends() {
    let mut world = World::new();
    world.become_user("ann");
    world.become_root();
    let arn = role(&mut world, "Deploy", &format!("arn:aws:iam::{ACCOUNT}:user/ann"));
    world.become_user("ann");
    let too_long = assume(&mut world, &arn, json!({"DurationSeconds": 7200})).unwrap_err();
    assert!(too_long.contains("exceeds the MaxSessionDuration"), "{too_long}");
    let made = assume(&mut world, &arn, json!({"DurationSeconds": 900})).unwrap();
    let id = text(&made["Credentials"]["AccessKeyId"]);
    let start = world.now;
    let credential = world.state.credential(&id, start).unwrap();
    let expect = format!("arn:aws:sts::{ACCOUNT}:assumed-role/Deploy/ci");
    assert_eq!(
        (credential.principal.arn(), &made["AssumedRoleUser"]["Arn"]),
        (expect.clone(), &json!(expect))
    );
    assert_eq!(credential.session_token.as_deref(), made["Credentials"]["SessionToken"].as_str());
    let after = |seconds: i64| waxseal_api::Timestamp::from_millis(start.as_millis() + seconds * 1000);
    assert!(world.state.credential(&id, after(899)).is_some());
    assert!(world.state.credential(&id, after(900)).is_none());
    world.now = after(900);
    assume(&mut world, &arn, json!({})).unwrap();
    let sessions = world.store.keys().filter(|(_, key)| key.starts_with("credential/ASIA")).count();
    assert_eq!(sessions, 1, "the next session sweeps the ended one away");
    assert!(matches!(world.caller.principal, Principal::User { .. }));
}
