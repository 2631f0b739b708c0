//! Calling the service, wherever it runs.

use crate::{
    audit::AuditRecord,
    error::{ApiError, Failure, LocalError, LocalErrorCode},
    operation::{Operation, Service},
    trace::Trace,
};
use serde::{Deserialize, Serialize};

/// What the service answers to a call that it carried out or refused.
#[derive(Debug, Serialize)]
pub struct Reply {
    /// The JSON text of the output, or the refusal.
    pub result: Result<String, ApiError>,
    /// What happened inside.
    pub trace: Trace,
    /// What the audit log says of it.
    pub audit: AuditRecord,
}

/// As much of a [`Reply`] as reaches the caller.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    /// The JSON text of the output, or the refusal.
    pub result: Result<String, ApiError>,
    /// What happened inside.
    pub trace: Trace,
    /// Whether something is stored now that was not before.
    pub changed: bool,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        let changed = reply.result.is_ok() && !reply.audit.read_only;
        Self { result: reply.result, trace: reply.trace, changed }
    }
}

/// A way to the service: a worker, an engine in the same process, a recorded conversation.
pub trait Transport {
    /// Carries an operation's name and its JSON body to its service, and the answer back. Fails only where the way itself
    /// fails; a refusal is an answer.
    fn send(
        &self,
        service: Service,
        operation: &'static str,
        body: String,
    ) -> impl Future<Output = Result<Answer, LocalError>>;
}

/// The operations as typed calls over a [`Transport`].
#[derive(Debug, Clone, PartialEq)]
pub struct Client<T>(pub T);

impl<T: Transport> Client<T> {
    /// Calls an operation for its output.
    ///
    /// # Errors
    /// The service's refusal, or the transport's failure.
    pub async fn call<O: Operation>(&self, input: &O::Input) -> Result<O::Output, Failure> {
        self.call_traced::<O>(input).await.0
    }

    /// Calls an operation for its output and for what happened inside.
    pub async fn call_traced<O: Operation>(&self, input: &O::Input) -> (Result<O::Output, Failure>, Trace) {
        let unreadable = |e: serde_json::Error| {
            Failure::Local(LocalError::new(LocalErrorCode::BadFrame, format!("{}: {e}", O::NAME)))
        };
        let body = match serde_json::to_string(input) {
            Ok(body) => body,
            Err(error) => return (Err(unreadable(error)), Trace::default()),
        };
        match self.0.send(O::SERVICE, O::NAME, body).await {
            Ok(Answer { result: Ok(body), trace, .. }) => {
                (serde_json::from_str(&body).map_err(unreadable), trace)
            }
            Ok(Answer { result: Err(error), trace, .. }) => (Err(error.into()), trace),
            Err(error) => (Err(error.into()), Trace::default()),
        }
    }
}
