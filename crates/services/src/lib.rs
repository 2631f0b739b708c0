#![doc = include_str!("../README.md")]

mod audit;
pub mod billing;
mod cx;
mod dynamodb;
mod ec2;
mod input;
mod lambda;
mod refusal;
mod s3;
mod seal;
mod secrets_manager;
mod ssm;
mod trail;

use rand_core::CryptoRng;
use serde_json::Value;
use waxseal_api::{ApiError, Reply, Service, trace::Step};
use waxseal_kms::{Change, Outcome, Request, State};

use crate::{cx::Cx, input::Input, refusal::Refusal};

/// How a service asks KMS: with what its calls before have changed. See [`waxseal_kms::handle_after`].
pub type Kms<'k> = &'k mut dyn FnMut(&Request<'_>, &[Change]) -> Outcome;

/// What a call of a service leads to.
#[derive(Debug)]
pub enum Next {
    /// These changes belong to the call: it is to be made again over a state in which they are true. An AWS managed key appears
    /// when a service first needs it.
    Before(Vec<Change>),
    /// It has come to its end.
    Done(Box<Done>),
}

/// A call that has come to its end.
#[derive(Debug)]
pub struct Done {
    /// For the caller.
    pub reply: Reply,
    /// The calls of KMS that were made for it, in order.
    pub calls: Vec<Reply>,
    /// For the store, in order; empty for a refused call.
    pub changes: Vec<Change>,
    /// Changes that the reply need not wait for.
    pub notes: Vec<Change>,
}

/// An operation of a service.
type Run = fn(&mut Cx<'_>, &Input<'_>) -> Result<Value, Refusal>;

/// The services that have an AWS managed key, by the name in its alias.
pub const WITH_KEYS: [&str; 6] = ["dynamodb", "ebs", "lambda", "s3", "secretsmanager", "ssm"];

/// Whether a service is answered here, and not by the engine.
pub fn answers(service: Service) -> bool {
    !matches!(service, Service::Kms | Service::Iam | Service::Sts)
}

/// Whether a service is asked for the records that calls have left.
pub fn reads_log(service: Service) -> bool {
    service == Service::CloudTrail
}

/// Answers one call. The state stays as it is. `log` are the audit records of earlier calls as JSON texts, oldest first, for a
/// service that [reads](reads_log) them.
pub fn handle(
    state: &State,
    rng: &mut dyn CryptoRng,
    kms: Kms<'_>,
    log: &[&str],
    request: &Request<'_>,
) -> Next {
    let mut cx = Cx::new(state, rng, kms, log, request);
    match answer(&mut cx) {
        Ok(output) => done(cx, Ok(output.to_string())),
        Err(Refusal::NeedsKey(service)) => match cx.managed_key(service) {
            Ok(changes) => Next::Before(changes),
            Err(refusal) => done(cx, Err(refusal.told(request.service))),
        },
        Err(refusal) => done(cx, Err(refusal.told(request.service))),
    }
}

fn answer(cx: &mut Cx<'_>) -> Result<Value, Refusal> {
    let request = cx.request;
    let value = serde_json::from_str(request.body)
        .map_err(|error| Refusal::new("SerializationException", error.to_string()))?;
    let run = match request.service {
        Service::S3 => s3::find(request.operation),
        Service::Ec2 => ec2::find(request.operation),
        Service::DynamoDb => dynamodb::find(request.operation),
        Service::SecretsManager => secrets_manager::find(request.operation),
        Service::Ssm => ssm::find(request.operation),
        Service::Lambda => lambda::find(request.operation),
        Service::CloudTrail => trail::find(request.operation),
        Service::Kms | Service::Iam | Service::Sts => None,
    };
    let run = run.ok_or_else(|| Refusal::new("UnknownOperationException", request.operation))?;
    run(cx, &Input(&value))
}

fn done(cx: Cx<'_>, result: Result<String, ApiError>) -> Next {
    let audit = audit::record(&cx, &result);
    let request = cx.request;
    let Cx { mut trace, calls, mut changes, mut notes, .. } = cx;
    if result.is_err() {
        (changes, notes) = (Vec::new(), Vec::new());
    }
    let operation = request.operation.to_owned();
    trace.push(match &result {
        Ok(body) => Step::Reply { operation, length: body.len() as u64, items: Vec::new() },
        Err(error) => Step::Refused {
            operation,
            length: error.message.len() as u64,
            code: refusal::name(error),
            message: error.message.clone(),
        },
    });
    Next::Done(Box::new(Done { reply: Reply { result, trace, audit }, calls, changes, notes }))
}
