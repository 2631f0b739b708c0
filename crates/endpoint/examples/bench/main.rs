//! Measures the endpoint beside moto's server, on this machine and in one run, and itself with ever more keys.
//!
//! `bench ENDPOINT [PYTHON]`: the endpoint's program, and a Python that has `moto[server]`.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that measures; what fails ends it"
)]

mod connection;
mod load;
mod server;

use std::{env, time::Duration};

use serde_json::{Value, json};

use crate::{
    connection::Connection,
    load::{Load, median},
    server::Server,
};

/// How long one measurement takes, and how often it is made; the median counts.
const SPAN: Duration = Duration::from_millis(1500);
const ROUNDS: usize = 3;
const CONNECTIONS: [usize; 2] = [1, 16];
/// How many keys there are.
const KEYS: [usize; 3] = [100, 10_000, 100_000];

fn main() {
    let mut arguments = env::args().skip(1);
    let endpoint = arguments.next().unwrap();
    if let Some(python) = arguments.next() {
        beside_moto(&endpoint, &python);
    }
    with_a_state_file(&endpoint);
    with_many_keys(&endpoint);
}

/// Requests answered in a second, by both, in turns.
fn beside_moto(endpoint: &str, python: &str) {
    println!("\nRequests per second      connections        ours        moto    ratio");
    for operation in ["CreateKey", "GenerateDataKey", "Encrypt", "Decrypt"] {
        for connections in CONNECTIONS {
            let servers = [Server::endpoint(endpoint, &[]), Server::moto(python)];
            let loads = servers.each_ref().map(|server| load(server, operation));
            let mut rates = [Vec::new(), Vec::new()];
            for _ in 0..ROUNDS {
                for (load, rates) in loads.iter().zip(&mut rates) {
                    rates.push(load.rate(connections, SPAN));
                }
            }
            let [ours, moto] = rates.map(median);
            println!("{operation:<24} {connections:>11} {ours:>11.0} {moto:>11.0} {:>8.1}", ours / moto);
        }
    }
}

/// What it costs that changes are on the disk before they are answered.
fn with_a_state_file(endpoint: &str) {
    println!("\nWith a state file        connections   requests per second");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.state");
    let server = Server::endpoint(endpoint, &["--state", path.to_str().unwrap()]);
    for operation in ["CreateKey", "Encrypt"] {
        for connections in CONNECTIONS {
            let load = load(&server, operation);
            let rate = median((0..ROUNDS).map(|_| load.rate(connections, SPAN)).collect());
            println!("{operation:<24} {connections:>11} {rate:>21.0}");
        }
    }
}

/// Whether the time of a call grows with the number of keys: one server for each number, measured in turns.
fn with_many_keys(endpoint: &str) {
    println!("\nMicroseconds a call            keys    DescribeKey        Decrypt");
    let servers = KEYS.map(|number| {
        let server = Server::endpoint(endpoint, &[]);
        let loads = loads_among(&server, number);
        (server, loads)
    });
    let mut times = KEYS.map(|_| [Vec::new(), Vec::new()]);
    for _ in 0..ROUNDS {
        for ((_, loads), times) in servers.iter().zip(&mut times) {
            for (load, times) in loads.iter().zip(times) {
                times.push(1e6 / load.rate(1, SPAN));
            }
        }
    }
    let times = times.map(|times| times.map(median));
    for (number, [describe, decrypt]) in KEYS.iter().zip(times) {
        let ratios = [describe / times[0][0], decrypt / times[0][1]];
        println!("{number:>35} {describe:>8.1} ({:.2}) {decrypt:>8.1} ({:.2})", ratios[0], ratios[1]);
    }
}

/// DescribeKey and Decrypt, for a hundred of so many keys.
fn loads_among(server: &Server, number: usize) -> [Load; 2] {
    let mut connection = Connection::new(server.address);
    let made = (0..number).map(|_| server.call_over(&mut connection, "CreateKey", &json!({})));
    let keys: Vec<String> =
        made.map(|made| made["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned()).collect();
    let some: Vec<&String> = keys.iter().step_by(number / 100).collect();
    let describe = some.iter().map(|key| json!({ "KeyId": key })).collect();
    let decrypt = some.iter().map(|key| ciphertext(server, key)).collect();
    [Load::new(server, "DescribeKey", describe), Load::new(server, "Decrypt", decrypt)]
}

/// One operation, again and again.
fn load(server: &Server, operation: &'static str) -> Load {
    let key = server.call("CreateKey", &json!({}))["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned();
    let input = match operation {
        "CreateKey" => json!({}),
        "GenerateDataKey" => json!({ "KeyId": key, "KeySpec": "AES_256" }),
        "Encrypt" => json!({ "KeyId": key, "Plaintext": "aGVsbG8=" }),
        _ => ciphertext(server, &key),
    };
    Load::new(server, operation, vec![input])
}

/// An input of Decrypt.
fn ciphertext(server: &Server, key: &str) -> Value {
    let sealed = server.call("Encrypt", &json!({ "KeyId": key, "Plaintext": "aGVsbG8=" }));
    json!({ "CiphertextBlob": sealed["CiphertextBlob"] })
}
