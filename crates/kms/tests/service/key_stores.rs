//! Custom key stores, and the keys in them.

use serde_json::{Value, json};
use waxseal_api::types::ConnectionErrorCode;
use waxseal_kms::sever;

use crate::world::{World, arn, text};

const PEM: &str = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

/// What makes a store in a cluster whose ID ends so.
pub(crate) fn cluster(name: &str, end: &str) -> Value {
    json!({
        "CustomKeyStoreName": name, "CloudHsmClusterId": format!("cluster-aaaaaaaaaa{end}"),
        "KeyStorePassword": "password", "TrustAnchorCertificate": PEM,
    })
}

/// What makes an external store at a path.
pub(crate) fn external(name: &str, path: &str) -> Value {
    json!({
        "CustomKeyStoreName": name, "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
        "XksProxyUriEndpoint": "https://proxy.example.com", "XksProxyUriPath": format!("/{path}/kms/xks/v1"),
        "XksProxyConnectivity": "PUBLIC_ENDPOINT",
        "XksProxyAuthenticationCredential": {"AccessKeyId": "A".repeat(20), "RawSecretAccessKey": "s".repeat(43)},
    })
}

fn create(world: &mut World, body: Value) -> String {
    text(&world.ok("CreateCustomKeyStore", body)["CustomKeyStoreId"])
}

fn store(world: &mut World, id: &str) -> Value {
    world.ok("DescribeCustomKeyStores", json!({"CustomKeyStoreId": id}))["CustomKeyStores"][0].take()
}

fn connection(world: &mut World, id: &str) -> String {
    text(&store(world, id)["ConnectionState"])
}

fn connected(world: &mut World, body: Value) -> String {
    let id = create(world, body);
    world.ok("ConnectCustomKeyStore", json!({"CustomKeyStoreId": id}));
    world.soon();
    id
}

fn key_in(world: &mut World, store: &str) -> String {
    let body = json!({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": store});
    text(&world.ok("CreateKey", body)["KeyMetadata"]["KeyId"])
}

fn lose(world: &mut World, id: &str) {
    let why = ConnectionErrorCode::ClusterNotFound;
    let change = sever(&world.state, &world.caller.place, id, why).expect("it is connected");
    world.commit(vec![change]);
}

#[track_caller]
fn code(world: &mut World, operation: &str, body: Value, expect: &str) {
    let error = world.send(operation, &body.to_string()).result.expect_err(operation);
    assert_eq!(error.code.to_string(), expect, "{operation}: {}", error.message);
}

#[test]
fn stores_are_described() {
    let mut world = World::new();
    let id = create(&mut world, cluster("hsm", "a"));
    assert!(id.starts_with("cks-") && id.len() == 21);
    let expect = json!({
        "CustomKeyStoreId": id, "CustomKeyStoreName": "hsm", "CloudHsmClusterId": "cluster-aaaaaaaaaaa",
        "TrustAnchorCertificate": PEM, "ConnectionState": "DISCONNECTED", "CreationDate": 1_795_521_600,
        "CustomKeyStoreType": "AWS_CLOUDHSM",
    });
    assert_eq!(store(&mut world, &id), expect);
    let other = create(&mut world, external("xks", "a"));
    let expect = json!({
        "Connectivity": "PUBLIC_ENDPOINT", "AccessKeyId": "A".repeat(20),
        "UriEndpoint": "https://proxy.example.com", "UriPath": "/a/kms/xks/v1",
    });
    assert_eq!(store(&mut world, &other)["XksProxyConfiguration"], expect);
    let all = world.ok("DescribeCustomKeyStores", json!({"Limit": 1}));
    assert_eq!((all["CustomKeyStores"].as_array().unwrap().len(), &all["Truncated"]), (1, &json!(true)));
    let rest = world.ok("DescribeCustomKeyStores", json!({"Marker": all["NextMarker"]}));
    assert_eq!(rest["CustomKeyStores"].as_array().unwrap().len(), 1);
    let named = world.ok("DescribeCustomKeyStores", json!({"CustomKeyStoreName": "xks"}));
    assert_eq!(named["CustomKeyStores"][0]["CustomKeyStoreId"], other);
}

#[test]
fn no_secret_of_a_store_is_kept() {
    let mut world = World::new();
    create(&mut world, cluster("hsm", "a"));
    create(&mut world, external("xks", "a"));
    for (body, secret) in world.store.values() {
        assert!(!body.contains("password\"") && !body.contains(&"s".repeat(43)) && secret.is_none());
    }
    let audit = world.send("CreateCustomKeyStore", &cluster("third", "b").to_string()).audit;
    assert!(!serde_json::to_string(&audit).unwrap().contains("\"password\""));
}

#[test]
fn a_store_takes_a_moment_to_connect() {
    let mut world = World::new();
    let id = create(&mut world, cluster("hsm", "a"));
    let body = json!({"CustomKeyStoreId": id});
    assert_eq!(world.ok("ConnectCustomKeyStore", body.clone()), json!({}));
    assert_eq!(connection(&mut world, &id), "CONNECTING");
    world.ok("ConnectCustomKeyStore", body.clone());
    world.soon();
    assert_eq!(connection(&mut world, &id), "CONNECTED");
    world.ok("ConnectCustomKeyStore", body.clone());
    assert_eq!(connection(&mut world, &id), "CONNECTED");
    world.ok("DisconnectCustomKeyStore", body.clone());
    assert_eq!(connection(&mut world, &id), "DISCONNECTING");
    for operation in ["ConnectCustomKeyStore", "DisconnectCustomKeyStore", "DeleteCustomKeyStore"] {
        code(&mut world, operation, body.clone(), "CustomKeyStoreInvalidStateException");
    }
    world.soon();
    code(&mut world, "DisconnectCustomKeyStore", body.clone(), "CustomKeyStoreInvalidStateException");
    world.ok("DeleteCustomKeyStore", body.clone());
    for operation in ["ConnectCustomKeyStore", "DescribeCustomKeyStores", "DeleteCustomKeyStore"] {
        code(&mut world, operation, body.clone(), "CustomKeyStoreNotFoundException");
    }
    assert!(world.store.is_empty());
}

#[test]
fn a_key_is_as_available_as_its_store() {
    let mut world = World::new();
    let id = connected(&mut world, cluster("hsm", "a"));
    let key = key_in(&mut world, &id);
    let metadata = world.describe(&key);
    assert_eq!(
        (&metadata["Origin"], &metadata["CustomKeyStoreId"], &metadata["CloudHsmClusterId"]),
        (&json!("AWS_CLOUDHSM"), &json!(id), &json!("cluster-aaaaaaaaaaa"))
    );
    let blob = world.encrypted(&key, json!({}));
    let unavailable = format!("KMSInvalidStateException: {} is unavailable.", arn(&key));
    for cut in ["disconnect", "lose"] {
        match cut {
            "lose" => lose(&mut world, &id),
            _ => drop(world.ok("DisconnectCustomKeyStore", json!({"CustomKeyStoreId": id}))),
        }
        let metadata = world.describe(&key);
        assert_eq!((&metadata["KeyState"], &metadata["Enabled"]), (&json!("Unavailable"), &json!(false)));
        world.refused("Decrypt", json!({"CiphertextBlob": blob}), &unavailable);
        if cut == "lose" {
            assert_eq!(store(&mut world, &id)["ConnectionErrorCode"], "CLUSTER_NOT_FOUND");
            code(
                &mut world,
                "ConnectCustomKeyStore",
                json!({"CustomKeyStoreId": id}),
                "CustomKeyStoreInvalidStateException",
            );
            world.ok("DisconnectCustomKeyStore", json!({"CustomKeyStoreId": id}));
        }
        world.soon();
        world.ok("ConnectCustomKeyStore", json!({"CustomKeyStoreId": id}));
        world.soon();
        world.ok("Decrypt", json!({"CiphertextBlob": blob}));
    }
}

#[test]
fn what_is_decided_while_unavailable_shows_afterwards() {
    let mut world = World::new();
    let id = connected(&mut world, cluster("hsm", "a"));
    let key = key_in(&mut world, &id);
    lose(&mut world, &id);
    world.ok("DisableKey", json!({"KeyId": key}));
    assert_eq!(world.state_of(&key), "Unavailable");
    world.ok("DisconnectCustomKeyStore", json!({"CustomKeyStoreId": id}));
    world.soon();
    world.ok("ConnectCustomKeyStore", json!({"CustomKeyStoreId": id}));
    world.soon();
    assert_eq!(world.state_of(&key), "Disabled");
}

#[test]
fn a_store_with_keys_stays() {
    let mut world = World::new();
    let id = connected(&mut world, cluster("hsm", "a"));
    let key = key_in(&mut world, &id);
    world.ok("DisconnectCustomKeyStore", json!({"CustomKeyStoreId": id}));
    world.soon();
    world.ok("ScheduleKeyDeletion", json!({"KeyId": key, "PendingWindowInDays": 7}));
    let body = json!({"CustomKeyStoreId": id});
    code(&mut world, "DeleteCustomKeyStore", body.clone(), "CustomKeyStoreHasCMKsException");
    world.later(7);
    world.tick();
    world.ok("DeleteCustomKeyStore", body);
}

#[test]
fn keys_are_made_where_they_fit() {
    let mut world = World::new();
    let hsm = create(&mut world, cluster("hsm", "a"));
    let body = json!({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": hsm});
    code(&mut world, "CreateKey", body, "CustomKeyStoreInvalidStateException");
    world.ok("ConnectCustomKeyStore", json!({"CustomKeyStoreId": hsm}));
    world.soon();
    let xks = connected(&mut world, external("xks", "a"));
    for (body, expect) in [
        (json!({"Origin": "AWS_CLOUDHSM"}), "ValidationException"),
        (json!({"CustomKeyStoreId": hsm}), "ValidationException"),
        (json!({"Origin": "EXTERNAL", "CustomKeyStoreId": hsm}), "ValidationException"),
        (json!({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": hsm, "XksKeyId": "k"}), "ValidationException"),
        (json!({"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": xks}), "ValidationException"),
        (json!({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": xks}), "UnsupportedOperationException"),
        (
            json!({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": "cks-none"}),
            "CustomKeyStoreNotFoundException",
        ),
        (
            json!({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": hsm, "MultiRegion": true}),
            "UnsupportedOperationException",
        ),
    ] {
        code(&mut world, "CreateKey", body, expect);
    }
    let body = json!({"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": xks, "XksKeyId": "k1"});
    let made = world.ok("CreateKey", body.clone());
    assert_eq!(made["KeyMetadata"]["XksKeyConfiguration"], json!({"Id": "k1"}));
    code(&mut world, "CreateKey", body, "XksKeyAlreadyInUseException");
    world.ok("CreateKey", json!({"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": xks, "XksKeyId": "k2"}));
}

#[test]
fn stores_are_apart() {
    let mut world = World::new();
    create(&mut world, cluster("hsm", "a"));
    create(&mut world, external("xks", "a"));
    for (body, expect) in [
        (cluster("hsm", "b"), "CustomKeyStoreNameInUseException"),
        (cluster("other", "a"), "CloudHsmClusterInUseException"),
        (external("other", "a"), "XksProxyUriInUseException"),
    ] {
        code(&mut world, "CreateCustomKeyStore", body, expect);
    }
    for n in 0..8 {
        create(&mut world, external(&format!("n{n}"), &format!("n{n}")));
    }
    code(&mut world, "CreateCustomKeyStore", external("one more", "one"), "LimitExceededException");
}

#[test]
fn what_makes_no_store() {
    let mut world = World::new();
    let without = |body: Value, member: &str| {
        let mut body = body;
        body.as_object_mut().unwrap().remove(member);
        body
    };
    for member in ["CloudHsmClusterId", "KeyStorePassword", "TrustAnchorCertificate", "CustomKeyStoreName"] {
        code(&mut world, "CreateCustomKeyStore", without(cluster("a", "a"), member), "ValidationException");
    }
    for member in ["XksProxyUriEndpoint", "XksProxyUriPath", "XksProxyConnectivity"] {
        code(&mut world, "CreateCustomKeyStore", without(external("a", "a"), member), "ValidationException");
    }
    for (member, value) in [
        ("CloudHsmClusterId", json!("cluster-1")),
        ("KeyStorePassword", json!("short")),
        ("XksProxyUriPath", json!("/kms/xks/v1")),
        ("CustomKeyStoreType", json!("SHOEBOX")),
    ] {
        let mut body = cluster("a", "a");
        body[member] = value;
        code(&mut world, "CreateCustomKeyStore", body, "ValidationException");
    }
    for (member, value) in [
        ("XksProxyUriEndpoint", json!("http://proxy.example.com")),
        ("XksProxyUriPath", json!("/kms/xks/v100")),
        ("XksProxyConnectivity", json!("VPC_ENDPOINT_SERVICE")),
        ("KeyStorePassword", json!("password")),
    ] {
        let mut body = external("a", "a");
        body[member] = value;
        code(&mut world, "CreateCustomKeyStore", body, "ValidationException");
    }
    let mut body = cluster("a", "a");
    body["TrustAnchorCertificate"] = json!("a letter");
    code(&mut world, "CreateCustomKeyStore", body, "IncorrectTrustAnchorException");
    assert!(world.store.is_empty());
}

#[test]
fn a_store_is_updated_when_it_can_be() {
    let mut world = World::new();
    let hsm = connected(&mut world, cluster("hsm", "a"));
    let xks = connected(&mut world, external("xks", "a"));
    let with = |id: &str, member: &str, value: Value| json!({"CustomKeyStoreId": id, member: value});
    for body in [
        with(&hsm, "NewCustomKeyStoreName", json!("hsm2")),
        with(&xks, "XksProxyUriPath", json!("/b/kms/xks/v1")),
    ] {
        world.ok("UpdateCustomKeyStore", body);
    }
    assert_eq!(store(&mut world, &xks)["XksProxyConfiguration"]["UriPath"], "/b/kms/xks/v1");
    let endpoint = with(&xks, "XksProxyUriEndpoint", json!("https://other.example.com"));
    for body in [with(&hsm, "KeyStorePassword", json!("password2")), endpoint.clone()] {
        code(&mut world, "UpdateCustomKeyStore", body, "CustomKeyStoreInvalidStateException");
    }
    code(&mut world, "UpdateCustomKeyStore", json!({"CustomKeyStoreId": hsm}), "ValidationException");
    let name_in_use = with(&hsm, "NewCustomKeyStoreName", json!("xks"));
    code(&mut world, "UpdateCustomKeyStore", name_in_use, "CustomKeyStoreNameInUseException");
    let other_kind = with(&hsm, "XksProxyUriPath", json!("/b/kms/xks/v1"));
    code(&mut world, "UpdateCustomKeyStore", other_kind, "ValidationException");
    world.ok("DisconnectCustomKeyStore", json!({"CustomKeyStoreId": xks}));
    world.soon();
    world.ok("UpdateCustomKeyStore", endpoint);
    let configuration = &store(&mut world, &xks)["XksProxyConfiguration"];
    assert_eq!(configuration["UriEndpoint"], "https://other.example.com");
    assert_eq!(store(&mut world, &hsm)["CustomKeyStoreName"], "hsm2");
}

#[test]
fn random_bytes_of_a_cluster() {
    let mut world = World::new();
    let hsm = create(&mut world, cluster("hsm", "a"));
    let body = json!({"NumberOfBytes": 8, "CustomKeyStoreId": hsm});
    code(&mut world, "GenerateRandom", body.clone(), "CustomKeyStoreInvalidStateException");
    world.ok("ConnectCustomKeyStore", json!({"CustomKeyStoreId": hsm}));
    world.soon();
    world.ok("GenerateRandom", body);
    let none = json!({"NumberOfBytes": 8, "CustomKeyStoreId": "cks-0"});
    code(&mut world, "GenerateRandom", none, "CustomKeyStoreNotFoundException");
    let xks = connected(&mut world, external("xks", "a"));
    let external = json!({"NumberOfBytes": 8, "CustomKeyStoreId": xks});
    code(&mut world, "GenerateRandom", external, "UnsupportedOperationException");
}
