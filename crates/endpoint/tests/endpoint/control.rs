//! `/_waxseal/…`, starting and stopping.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use serde_json::{Value, json};

use crate::process::{Answer, Client, Endpoint};

#[test]
fn healthy_and_with_a_real_port() {
    let endpoint = Endpoint::start(&[]);
    assert!(
        endpoint.url.starts_with("http://127.0.0.1:") && !endpoint.url.ends_with(":0"),
        "{}",
        endpoint.url
    );
    let answer = endpoint.client().send("GET", "/_waxseal/health", &[], b"").unwrap();
    assert_eq!((answer.status, answer.json()["status"].as_str()), (200, Some("ok")));
}

#[test]
fn reset_empties_the_state_and_the_clock_is_right_again() {
    let endpoint = Endpoint::start(&[]);
    let client = endpoint.client();
    let key = client.create_key();
    let moved = client.try_advance(1_000_000).unwrap();
    assert_eq!(client.send("POST", "/_waxseal/reset", &[], b"").unwrap().status, 200);
    assert_eq!(client.refusal("DescribeKey", &json!({ "KeyId": key })), "NotFoundException");
    assert_eq!(client.call("ListKeys", &json!({}))["Keys"], json!([]));
    assert!(client.try_advance(0).unwrap() < moved - 900_000.0);
}

#[test]
fn a_year_passes_in_a_moment() {
    let endpoint = Endpoint::start(&[]);
    let client = endpoint.client();
    let (kept, deleted) = (client.create_key(), client.create_key());
    client.call("ScheduleKeyDeletion", &json!({ "KeyId": deleted, "PendingWindowInDays": 7 }));
    client.try_advance(7 * 86_400 - 60).unwrap();
    client.call("DescribeKey", &json!({ "KeyId": deleted }));
    client.try_advance(60).unwrap();
    assert_eq!(client.refusal("DescribeKey", &json!({ "KeyId": deleted })), "NotFoundException");
    client.call("DescribeKey", &json!({ "KeyId": kept }));
}

#[test]
fn the_audit_log_tells_of_calls_and_of_what_happened_by_itself_and_of_no_secret() {
    let endpoint = Endpoint::start(&[]);
    let client = endpoint.client();
    let key = client.create_key();
    client.call("Encrypt", &json!({ "KeyId": key, "Plaintext": "c2VjcmV0" }));
    client.refusal("DescribeKey", &json!({ "KeyId": "no key" }));
    client.call("ScheduleKeyDeletion", &json!({ "KeyId": key, "PendingWindowInDays": 7 }));
    client.try_advance(8 * 86_400).unwrap();
    let log = client.send("GET", "/_waxseal/audit", &[], b"").unwrap();
    let records = log.json()["Records"].as_array().unwrap().clone();
    let told: Vec<&str> = records.iter().filter_map(|record| record["eventName"].as_str()).collect();
    assert_eq!(told, ["CreateKey", "Encrypt", "DescribeKey", "ScheduleKeyDeletion", "DeleteKey"]);
    assert_eq!(records[2]["errorCode"], "NotFoundException");
    assert_eq!(records[4]["eventType"], "AwsServiceEvent");
    assert!(!log.json().to_string().contains("c2VjcmV0"));
    client.send("POST", "/_waxseal/reset", &[], b"").unwrap();
    assert_eq!(client.send("GET", "/_waxseal/audit", &[], b"").unwrap().json(), json!({ "Records": [] }));
}

#[test]
fn who_calls_too_often_is_throttled_until_time_has_passed() {
    let endpoints = (Endpoint::start(&["--quotas"]), Endpoint::start(&[]));
    let (held, free) = (endpoints.0.client(), endpoints.1.client());
    let often = |client: &Client| client.refusal("GetParametersForImport", &json!({}));
    assert_eq!([often(&free), often(&free)], ["ValidationException"; 2]);
    assert_eq!([often(&held), often(&held)], ["ValidationException", "ThrottlingException"]);
    held.try_advance(4).unwrap();
    assert_eq!(often(&held), "ValidationException");
}

#[test]
fn the_clock_takes_seconds_and_goes_no_further_than_time() {
    let endpoint = Endpoint::start(&[]);
    let client = endpoint.client();
    for body in [
        "",
        "{}",
        "{\"advanceSeconds\":-1}",
        "{\"advanceSeconds\":\"1\"}",
        "{\"advanceSeconds\":300000000000}",
    ] {
        let answer = client.send("POST", "/_waxseal/clock", &[], body.as_bytes()).unwrap();
        assert_eq!(answer.status, 400, "{body}");
        assert!(answer.json()["message"].is_string());
    }
}

/// Sends something to the endpoint itself; where it is meant for is told by a key's ARN.
fn tell(client: &Client, path: &str, arn: &str, mut body: Value) -> Answer {
    let parts: Vec<&str> = arn.split(':').collect();
    (body["region"], body["account"]) = (json!(parts[3]), json!(parts[4]));
    client.send("POST", path, &[], body.to_string().as_bytes()).unwrap()
}

#[test]
fn a_custom_key_store_is_lost() {
    let endpoint = Endpoint::start(&[]);
    let client = endpoint.client();
    let store = client.call(
        "CreateCustomKeyStore",
        &json!({
            "CustomKeyStoreName": "hsm", "CloudHsmClusterId": "cluster-aaaaaaaaaaa",
            "KeyStorePassword": "password",
            "TrustAnchorCertificate": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        }),
    );
    let id = &store["CustomKeyStoreId"];
    client.call("ConnectCustomKeyStore", &json!({ "CustomKeyStoreId": id }));
    client.try_advance(5).unwrap();
    let made = client.call("CreateKey", &json!({ "Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": id }));
    let arn = made["KeyMetadata"]["Arn"].as_str().unwrap();
    let wish = json!({ "KeyId": arn, "KeySpec": "AES_256" });
    client.call("GenerateDataKey", &wish);
    let body = json!({ "customKeyStoreId": id, "errorCode": "CLUSTER_NOT_FOUND" });
    for lost in [true, false] {
        let answer = tell(&client, "/_waxseal/key-store-lost", arn, body.clone());
        assert_eq!((answer.status, answer.json()), (200, json!({ "lost": lost })));
    }
    assert_eq!(client.refusal("GenerateDataKey", &wish), "KMSInvalidStateException");
    let wrong = json!({ "customKeyStoreId": id, "errorCode": "GONE" });
    assert_eq!(tell(&client, "/_waxseal/key-store-lost", arn, wrong).status, 400);
}

#[test]
fn a_service_has_its_key() {
    let endpoint = Endpoint::start(&[]);
    let client = endpoint.client();
    let made = client.call("CreateKey", &json!({}));
    let arn = made["KeyMetadata"]["Arn"].as_str().unwrap();
    for made in [true, false] {
        let answer = tell(&client, "/_waxseal/service-key", arn, json!({ "service": "s3" }));
        assert_eq!((answer.status, answer.json()), (200, json!({ "made": made })));
    }
    let found = client.call("DescribeKey", &json!({ "KeyId": "alias/aws/s3" }));
    assert_eq!(found["KeyMetadata"]["KeyManager"], "AWS");
    assert_eq!(tell(&client, "/_waxseal/service-key", arn, json!({ "service": "" })).status, 400);
}

#[test]
fn it_stops_when_told_even_with_connections_open() {
    for signal in ["TERM", "INT"] {
        let endpoint = Endpoint::start(&[]);
        let client = endpoint.client();
        client.create_key();
        let mut idle = TcpStream::connect(endpoint.url.trim_start_matches("http://")).unwrap();
        idle.write_all(b"GET /_waxseal/health HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
        let mut start = [0; 15];
        idle.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 200 OK");
        assert!(endpoint.end(signal).success(), "{signal}");
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let endpoint = Endpoint::start(&[]);
    let port = endpoint.url.rsplit(':').next().unwrap();
    let failure = Endpoint::try_start(&["--port", port]).err().unwrap();
    assert_eq!(failure.status.code(), Some(1));
    assert!(failure.message.contains(&format!("cannot listen on port {port}")), "{}", failure.message);
}

#[test]
fn options_that_are_wrong_are_told_with_how_it_is_used() {
    let failure = Endpoint::try_start(&["--account", "12"]).err().unwrap();
    assert_eq!(failure.status.code(), Some(2));
    assert!(failure.message.contains("--require-auth"), "{}", failure.message);
}
