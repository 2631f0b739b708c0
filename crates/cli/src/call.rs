//! Calls of the service, and their answers so far.

use std::rc::Rc;

use waxseal_api::{ApiError, Service};

use crate::{fail::Stop, json, shell::Work, value::Value};

/// What a line waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// An answer of the service.
    Call(Call),
    /// Something that a program beside `aws` computes.
    Work(Work),
}

/// A call that the terminal wants answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Who is asked.
    pub service: Service,
    /// The operation's name on the wire.
    pub operation: &'static str,
    /// The Region.
    pub region: String,
    /// On whose behalf.
    pub identity: Identity,
    /// The input, as JSON text.
    pub body: String,
}

/// On whose behalf a call is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// A profile of the configuration; `default` where none is named.
    Profile(String),
    /// An access key from `AWS_ACCESS_KEY_ID` and its companions.
    AccessKey {
        /// `AKIA…` or `ASIA…`
        id: String,
        /// What calls are signed with.
        secret: String,
        /// What comes along with temporary credentials.
        session_token: Option<String>,
    },
}

/// What the service has answered: its output, read once.
pub(crate) type Answer = Result<Value, ApiError>;

/// The answers that a line has so far, handed out in order.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    answers: Vec<Rc<Answer>>,
    next: usize,
}

impl Answers {
    /// Keeps an answer. One that is not JSON is an output without members.
    pub(crate) fn keep(&mut self, answer: Result<String, ApiError>) {
        let answer = answer.map(|text| json::parse(&text).unwrap_or(Value::Map(Vec::new())));
        self.answers.push(Rc::new(answer));
    }

    /// Before the line is run from its beginning.
    pub(crate) fn rewind(&mut self) {
        self.next = 0;
    }

    /// The answer to a call, or a stop until there is one.
    pub(crate) fn to(&mut self, call: impl FnOnce() -> Call) -> Result<Rc<Answer>, Stop> {
        self.outcome_of(|| Wanted::Call(call())).map_err(Stop::Wait)
    }

    /// The outcome of a call or of something computed; what is wanted until there is one.
    pub(crate) fn outcome_of(&mut self, wanted: impl FnOnce() -> Wanted) -> Result<Rc<Answer>, Box<Wanted>> {
        let answer = self.answers.get(self.next).cloned();
        self.next += 1;
        answer.ok_or_else(|| Box::new(wanted()))
    }
}
