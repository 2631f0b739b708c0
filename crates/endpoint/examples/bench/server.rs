//! The servers that are measured.

use std::{
    io::{BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::connection::{Connection, request};

/// A server of its own, ended with it.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// The endpoint.
    pub(crate) fn endpoint(program: &str, options: &[&str]) -> Self {
        let mut command = Command::new(program);
        let mut child = command.args(["--port", "0"]).args(options).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://").unwrap().parse().unwrap();
        Self { child, address }
    }

    /// moto's server. It cannot say when it is ready, so it is asked until it is.
    pub(crate) fn moto(python: &str) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
        let mut command = Command::new(python);
        command.args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &free.port().to_string()]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let server = Self { child, address: free };
        while TcpStream::connect(server.address).is_err() {
            thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// Calls an operation that succeeds.
    pub(crate) fn call(&self, operation: &str, input: &Value) -> Value {
        self.call_over(&mut Connection::new(self.address), operation, input)
    }

    /// The same, over a connection that is there.
    pub(crate) fn call_over(&self, connection: &mut Connection, operation: &str, input: &Value) -> Value {
        let (status, body) = connection.exchange(&request(operation, &input.to_string()));
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(body));
        serde_json::from_slice(body).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
