//! `/_waxseal/…`, starting and stopping.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use serde_json::json;

use crate::process::Endpoint;

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
