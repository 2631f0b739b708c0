//! Starting, calling and ending endpoints.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
};

use serde_json::Value;

/// A running endpoint. Killed when dropped.
pub(crate) struct Endpoint {
    child: Child,
    pub(crate) url: String,
}

/// What an endpoint says before it has begun to listen: nothing, unless it does not start.
pub(crate) struct NotStarted {
    pub(crate) status: ExitStatus,
    pub(crate) message: String,
}

impl Endpoint {
    /// Starts one on any free port.
    pub(crate) fn start(options: &[&str]) -> Self {
        Self::try_start(options).unwrap_or_else(|failure| panic!("{}", failure.message))
    }

    /// Starts one with a state file.
    pub(crate) fn with_state(path: &Path) -> Self {
        Self::start(&["--state", path.to_str().unwrap()])
    }

    pub(crate) fn try_start(options: &[&str]) -> Result<Self, NotStarted> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_waxseal-endpoint"))
            .args(["--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if let Some(url) = line.strip_prefix("listening on ") {
            return Ok(Self { child, url: url.trim_end().to_owned() });
        }
        let mut message = String::new();
        child.stderr.take().unwrap().read_to_string(&mut message).unwrap();
        Err(NotStarted { status: child.wait().unwrap(), message })
    }

    /// A client of its own, with its own connection.
    pub(crate) fn client(&self) -> Client {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        Client { agent: config.into(), url: self.url.clone() }
    }

    /// Ends it with a signal, such as `TERM` or `KILL`, and waits.
    pub(crate) fn end(mut self, signal: &str) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
        self.child.wait().unwrap()
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A caller with a connection of its own.
#[derive(Clone)]
pub(crate) struct Client {
    agent: ureq::Agent,
    pub(crate) url: String,
}

/// An answer over HTTP.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Client {
    /// Sends a request with these headers. None when there is no answer.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Option<Answer> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = self.agent.run(request.body(body).unwrap()).ok()?;
        let body = response.body_mut().read_to_string().ok()?;
        Some(Answer { status: response.status().as_u16(), headers: response.headers().clone(), body })
    }

    /// Calls an operation without a signature. None when there is no answer.
    pub(crate) fn try_call(&self, operation: &str, input: &Value) -> Option<Answer> {
        let target = format!("TrentService.{operation}");
        self.send("POST", "/", &[("x-amz-target", &target)], input.to_string().as_bytes())
    }

    /// Calls an operation that succeeds.
    #[track_caller]
    pub(crate) fn call(&self, operation: &str, input: &Value) -> Value {
        let answer = self.try_call(operation, input).unwrap();
        assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }

    /// Calls an operation that is refused, for the exception's name.
    #[track_caller]
    pub(crate) fn refusal(&self, operation: &str, input: &Value) -> String {
        let answer = self.try_call(operation, input).unwrap();
        assert_eq!(answer.status, 400, "{operation}: {}", answer.body);
        answer.json()["__type"].as_str().unwrap().to_owned()
    }

    /// Moves the clock, and tells what time it is then. None when there is no answer.
    pub(crate) fn try_advance(&self, seconds: u64) -> Option<f64> {
        let body = format!("{{\"advanceSeconds\":{seconds}}}");
        self.send("POST", "/_waxseal/clock", &[], body.as_bytes())?.json()["now"].as_f64()
    }

    /// A new key's ID.
    pub(crate) fn create_key(&self) -> String {
        let made = self.call("CreateKey", &serde_json::json!({}));
        made["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned()
    }
}
