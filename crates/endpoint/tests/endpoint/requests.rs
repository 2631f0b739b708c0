//! Requests, good and bad.

use serde_json::json;

use crate::process::{Client, Endpoint};

const TARGET: (&str, &str) = ("x-amz-target", "TrentService.ListKeys");

/// Sends a request, for the status and the exception's name.
#[track_caller]
fn check(
    client: &Client,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
    expect: (u16, &str),
) {
    let answer = client.send(method, path, headers, body).unwrap();
    let name = answer.json()["__type"].as_str().unwrap().to_owned();
    assert_eq!((answer.status, name.as_str()), expect, "{}", answer.body);
    assert_eq!(answer.headers["content-type"], "application/x-amz-json-1.1");
}

#[test]
fn an_answer_has_what_clients_look_for() {
    let endpoint = Endpoint::start(&[]);
    let client = endpoint.client();
    let answer = client.try_call("CreateKey", &json!({})).unwrap();
    assert_eq!(answer.headers["content-type"], "application/x-amz-json-1.1");
    assert_eq!(answer.headers["x-amzn-requestid"].len(), 36);
    let metadata = &answer.json()["KeyMetadata"];
    assert!(metadata["CreationDate"].is_number());
    let alias = json!({ "AliasName": "alias/a", "TargetKeyId": metadata["KeyId"] });
    let answer = client.try_call("CreateAlias", &alias).unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    let answer = client.try_call("CreateAlias", &alias).unwrap();
    assert_eq!((answer.status, answer.json()["__type"].as_str()), (400, Some("AlreadyExistsException")));
    assert_eq!(answer.headers["x-amzn-requestid"].len(), 36);
}

#[test]
fn bad_requests_are_refused_in_the_services_form() {
    let endpoint = Endpoint::start(&[]);
    let client = endpoint.client();
    let target = |name| [("x-amz-target", name)];
    check(&client, "POST", "/", &[TARGET], b"{", (400, "SerializationException"));
    check(&client, "POST", "/", &[TARGET], b"", (400, "SerializationException"));
    check(&client, "POST", "/", &[TARGET], b"[]", (400, "SerializationException"));
    check(&client, "POST", "/", &[TARGET], b"{\"Limit\":\"\xff\"}", (400, "SerializationException"));
    check(&client, "POST", "/", &target("TrentService.Nope"), b"{}", (400, "UnknownOperationException"));
    check(&client, "POST", "/", &target("DynamoDB.ListKeys"), b"{}", (400, "UnknownOperationException"));
    check(&client, "POST", "/", &[], b"{}", (400, "UnknownOperationException"));
    check(&client, "GET", "/", &[TARGET], b"", (405, "UnknownOperationException"));
    check(&client, "POST", "/elsewhere", &[TARGET], b"{}", (404, "UnknownOperationException"));
    client.call("ListKeys", &json!({}));
}

#[test]
fn a_body_without_end_is_not_read_to_its_end() {
    let endpoint = Endpoint::start(&[]);
    let huge = vec![b' '; (1 << 20) + 1];
    let answer = endpoint.client().send("POST", "/", &[TARGET], &huge).unwrap();
    assert_eq!(
        (answer.status, answer.json()["__type"].as_str()),
        (413, Some("RequestEntityTooLargeException"))
    );
    let fits = [vec![b' '; (1 << 20) - 2], b"{}".to_vec()].concat();
    assert_eq!(endpoint.client().send("POST", "/", &[TARGET], &fits).unwrap().status, 200);
}

#[test]
fn web_pages_are_kept_out() {
    let endpoint = Endpoint::start(&[]);
    let client = endpoint.client();
    for header in [("origin", "https://example.org"), ("host", "example.org"), ("origin", "null")] {
        check(&client, "POST", "/", &[TARGET, header], b"{}", (403, "AccessDeniedException"));
        check(&client, "POST", "/_waxseal/reset", &[header], b"", (403, "AccessDeniedException"));
    }
    let local = client.send("POST", "/", &[TARGET, ("origin", "http://localhost:8080")], b"{}").unwrap();
    assert_eq!(local.status, 200);
}

/// The ARN of a key that a caller with this Authorization header makes.
fn arn_for(client: &Client, authorization: &str) -> String {
    let headers = [("x-amz-target", "TrentService.CreateKey"), ("authorization", authorization)];
    let answer = client.send("POST", "/", &headers, b"{}").unwrap();
    answer.json()["KeyMetadata"]["Arn"].as_str().unwrap_or(&answer.body).to_owned()
}

#[test]
fn account_and_region_come_from_the_credential() {
    let endpoint = Endpoint::start(&["--account", "123456789012"]);
    let client = endpoint.client();
    let scoped = |key: &str, region: &str| {
        arn_for(
            &client,
            &format!("AWS4-HMAC-SHA256 Credential={key}/20261124/{region}/kms/aws4_request, Signature=0"),
        )
    };
    assert!(scoped("test", "eu-west-1").starts_with("arn:aws:kms:eu-west-1:123456789012:key/"));
    assert!(scoped("999988887777", "ap-south-1").starts_with("arn:aws:kms:ap-south-1:999988887777:key/"));
    assert!(arn_for(&client, "Bearer something").starts_with("arn:aws:kms:us-east-1:123456789012:key/"));
    assert!(scoped("test", "nowhere").contains("InvalidSignatureException"));
    assert!(arn_for(&client, "AWS4-HMAC-SHA256 Credential=test").contains("IncompleteSignatureException"));
}

#[test]
fn with_require_auth_everyone_needs_a_known_key() {
    let endpoint = Endpoint::start(&["--require-auth"]);
    let client = endpoint.client();
    let credential =
        |key: &str| format!("AWS4-HMAC-SHA256 Credential={key}/20261124/eu-west-1/kms/aws4_request");
    check(&client, "POST", "/", &[TARGET], b"{}", (400, "MissingAuthenticationTokenException"));
    let unknown = credential("AKIDEXAMPLE");
    check(
        &client,
        "POST",
        "/",
        &[TARGET, ("authorization", &unknown)],
        b"{}",
        (400, "UnrecognizedClientException"),
    );
    let unsigned = credential("111122223333");
    check(
        &client,
        "POST",
        "/",
        &[TARGET, ("authorization", &unsigned)],
        b"{}",
        (400, "IncompleteSignatureException"),
    );
}
