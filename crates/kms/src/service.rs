//! The front door: from a request to its outcome.

use rand_core::CryptoRng;
use waxseal_api::{
    ApiError, KeyId, Reply,
    trace::{Item, Step, Trace},
};
use waxseal_crypto::KeyMaterial;

use crate::{
    audit,
    cx::{Cx, Remains},
    error::Error,
    operations::{self, Answer, Entry},
    request::{Outcome, Request},
    state::{Change, State},
    usage,
};

/// Answers one call. The state stays as it is; what is to change is in the outcome, and a refused call changes nothing.
pub fn handle(state: &State, rng: &mut dyn CryptoRng, request: &Request<'_>) -> Outcome {
    handle_with(state, rng, request, Brought::default())
}

/// What is brought along with a call, beside its input.
#[derive(Debug, Default)]
pub struct Brought {
    /// The key pair that [`key_pair_to_make`](crate::key_pair_to_make()) has asked for. Without it, or with another, the engine
    /// makes its own.
    pub key_pair: Option<KeyMaterial>,
    /// The ID that CreateKey is to give, which a key has elsewhere. Only a multi-Region key whose material will be imported
    /// can be the same key again.
    pub key_id: Option<KeyId>,
    /// The services, such as `s3`, in order, whose aliases AWS has predefined in each account. One has no key before a service needs it
    /// or DescribeKey asks for it.
    pub predefined: &'static [&'static str],
    /// What gives one of these aliases its key with this call, if it succeeds: what [`associate()`](crate::associate()) has said.
    pub associated: Vec<Change>,
}

/// The same, with what was brought along.
pub fn handle_with(
    state: &State,
    rng: &mut dyn CryptoRng,
    request: &Request<'_>,
    mut brought: Brought,
) -> Outcome {
    let entry = operations::find(request.service, request.operation);
    let mut made = std::mem::take(&mut brought.associated);
    let mut outcome = outcome(state, rng, request, entry, |cx| {
        cx.bring(brought);
        cx.count_in(&made);
        answer(cx, request, entry)
    });
    if outcome.reply.result.is_ok() {
        made.append(&mut outcome.changes);
        outcome.changes = made;
    }
    outcome
}

fn answer(cx: &mut Cx<'_>, request: &Request<'_>, entry: Option<&Entry>) -> Answer {
    match entry {
        Some(entry) => entry.answer(cx, request.body),
        None => unanswered(cx, request, Error::UnknownOperation(request.operation.to_owned())),
    }
}

/// Answers a call that follows on others whose changes are not made yet. Of these, grants, keys and aliases count.
pub fn handle_after<'a>(
    state: &'a State,
    made: &'a [Change],
    rng: &'a mut dyn CryptoRng,
    request: &Request<'a>,
) -> Outcome {
    let entry = operations::find(request.service, request.operation);
    outcome(state, rng, request, entry, |cx| {
        cx.count_in(made);
        answer(cx, request, entry)
    })
}

/// Refuses a call for which its account has no [quota](crate::Quotas) left.
pub fn throttled(state: &State, rng: &mut dyn CryptoRng, request: &Request<'_>) -> Outcome {
    let entry = operations::find(request.service, request.operation);
    outcome(state, rng, request, entry, |cx| unanswered(cx, request, Error::Throttled))
}

/// Whether the caller's own policies let it do something with another service, such as `s3:PutObject`, to what is its
/// account's; and how that was decided.
pub fn allowed(
    state: &State,
    rng: &mut dyn CryptoRng,
    request: &Request<'_>,
    action: &str,
    resource: &str,
) -> (Result<(), ApiError>, Trace) {
    let mut cx = Cx::new(state, rng, request);
    let answer = cx.allow(action, resource).map(drop).map_err(ApiError::from);
    (answer, cx.end().trace)
}

fn outcome<'a>(
    state: &'a State,
    rng: &'a mut dyn CryptoRng,
    request: &Request<'a>,
    entry: Option<&Entry>,
    answer: impl FnOnce(&mut Cx<'a>) -> Answer,
) -> Outcome {
    let mut cx = Cx::new(state, rng, request);
    let answer = answer(&mut cx);
    let ids = [cx.uuid(), cx.uuid()];
    let Remains { changes, mut trace, given, resources, additional_event_data, events } = cx.end();
    let result = answer.result.map_err(ApiError::from);
    let call = audit::Call {
        ids,
        read_only: entry.is_none_or(|entry| entry.read_only),
        resources: &resources,
        refusal: result.as_ref().err(),
        request_parameters: answer.request_parameters,
        response_elements: answer.response_elements,
        additional_event_data: additional_event_data.filter(|_| result.is_ok()),
    };
    let audit = audit::call(request, call);
    let (changes, notes, events) = match result {
        Ok(_) => (changes, usage::notes(request, &audit, resources), events),
        Err(_) => (Vec::new(), Vec::new(), Vec::new()),
    };
    trace.push(last_step(request.operation, &result, given));
    Outcome { reply: Reply { result, trace, audit }, events, changes, notes }
}

/// A refusal of a call that was not looked into.
fn unanswered(cx: &mut Cx<'_>, request: &Request<'_>, error: Error) -> Answer {
    cx.begin(request.operation, request.body.len());
    Answer { result: Err(error), request_parameters: None, response_elements: None }
}

/// How the call ended.
fn last_step(operation: &str, result: &Result<String, ApiError>, items: Vec<Item>) -> Step {
    let operation = operation.to_owned();
    match result {
        Ok(body) => Step::Reply { operation, length: body.len() as u64, items },
        Err(error) => Step::Refused {
            operation,
            length: length(error),
            code: error.code.to_string(),
            message: error.message.clone(),
        },
    }
}

/// The length of a refusal's JSON body.
fn length(error: &ApiError) -> u64 {
    serde_json::to_string(error).map_or(0, |body| body.len() as u64)
}
