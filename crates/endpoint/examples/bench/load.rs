//! Many calls, counted.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    connection::{Connection, request},
    server::Server,
};

/// Requests that are made one after the other, and from the first again.
pub(crate) struct Load {
    address: SocketAddr,
    requests: Vec<Vec<u8>>,
}

impl Load {
    pub(crate) fn new(server: &Server, operation: &str, inputs: Vec<Value>) -> Self {
        let requests = inputs.iter().map(|input| request(operation, &input.to_string())).collect();
        Self { address: server.address, requests }
    }

    /// Requests that succeed in a second, over as many connections.
    pub(crate) fn rate(&self, connections: usize, span: Duration) -> f64 {
        let (answered, start) = (AtomicU64::new(0), Instant::now());
        thread::scope(|scope| {
            for _ in 0..connections {
                scope.spawn(|| answered.fetch_add(self.until(start + span), Ordering::Relaxed));
            }
        });
        answered.into_inner() as f64 / start.elapsed().as_secs_f64()
    }

    fn until(&self, end: Instant) -> u64 {
        let mut connection = Connection::new(self.address);
        let mut answered = 0;
        for request in self.requests.iter().cycle() {
            let (status, body) = connection.exchange(request);
            assert_eq!(status, 200, "{}", String::from_utf8_lossy(body));
            answered += 1;
            if Instant::now() >= end {
                break;
            }
        }
        answered
    }
}

/// The middle one.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
