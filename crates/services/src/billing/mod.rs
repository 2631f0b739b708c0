//! The meter: what accounts have used of KMS, and the bill for it.
//!
//! Like other services it keeps records in the engine's state, and it is told of each call. A request counts for the account
//! that makes it, in the month of its time, whether it is refused or not, as long as KMS has an operation of its name; so do
//! requests that services make on somebody's behalf. A key counts for the account that it is in, from its creation to the call that
//! schedules its deletion; cancelling that makes the whole time count.

mod bill;
mod calendar;
mod prices;
mod record;

use serde_json::Value;
use waxseal_api::{KeyArn, Reply, Timestamp, types::KeySpec};
use waxseal_kms::{Change, Holding, State};

use self::{
    prices::Class,
    record::{Ended, Used},
};
pub use bill::meter;

/// What the names of the records begin with, which are no service's that can be called.
pub const PREFIX: &str = "billing/";

/// Operations that cost more with a key pair than with other keys. Source: the footnotes of the price list, and what came after it.
const WITH_KEY_PAIRS: [&str; 9] = [
    "Decapsulate",
    "Decrypt",
    "DeriveSharedSecret",
    "Encapsulate",
    "Encrypt",
    "GetPublicKey",
    "ReEncrypt",
    "Sign",
    "Verify",
];

/// Counts requests that were answered at this time: what is to be written beside their own changes.
pub fn count<'a>(state: &State, replies: impl Iterator<Item = &'a Reply>, at: Timestamp) -> Vec<Change> {
    let mut all: Vec<Used> = Vec::new();
    for reply in replies {
        let record = &reply.audit;
        let unknown = record.error_code.as_deref() == Some("UnknownOperationException");
        if record.event_source != "kms.amazonaws.com" || unknown {
            continue;
        }
        let name = Used::name(&record.recipient_account_id, at);
        let known = all.iter().position(|used| used.name == name).unwrap_or_else(|| {
            all.push(Used::read(state, name));
            all.len() - 1
        });
        if let Some(used) = all.get_mut(known) {
            used.add(class(state, reply), reply);
        }
    }
    all.into_iter().map(Used::written).collect()
}

/// Notes when keys begin and cease to wait for their deletion, by what is about to change.
pub fn follow(state: &State, changes: &[Change], at: Timestamp) -> Vec<Change> {
    let mut noted: Vec<Change> = Vec::new();
    for change in changes {
        match change {
            Change::PutKey(key) => {
                let Some(holding) = key.holding() else { continue };
                match (holding.ending, Ended::knows(state, &holding)) {
                    (true, false) => noted.push(Ended::written(&holding, since(state, &holding, at))),
                    (false, true) => noted.push(Ended::forgotten(&holding)),
                    _ => {}
                }
            }
            Change::DeleteKey(arn) => {
                let gone = state.holding(arn).filter(|holding| !Ended::knows(state, holding));
                noted.extend(gone.map(|holding| Ended::written(&holding, holding.unpaid_since(at))));
            }
            _ => {}
        }
    }
    noted
}

/// Since when a key that is about to be ending is.
fn since(state: &State, holding: &Holding, at: Timestamp) -> Timestamp {
    // In a world older than the meter it may have been so before.
    match state.holding(&holding.arn) {
        Some(before) if before.ending => holding.unpaid_since(at),
        _ => at,
    }
}

/// Of a key whose end was not noted, since it is older than the meter.
trait Unnoted {
    /// The latest that its deletion can have been scheduled, as far as the longest waiting period tells; not after `at`.
    fn unpaid_since(&self, at: Timestamp) -> Timestamp;
}

/// The longest waiting period, which is that of who does not say another, in days.
const WAITING: i64 = 30;

impl Unnoted for Holding {
    fn unpaid_since(&self, at: Timestamp) -> Timestamp {
        let scheduled = self.deletion.map_or(at, |date| date.plus_days(-WAITING));
        scheduled.min(at).max(self.created)
    }
}

/// What a request costs.
fn class(state: &State, reply: &Reply) -> Class {
    let record = &reply.audit;
    let name = &*record.event_name;
    if name.starts_with("GenerateDataKeyPair") {
        let input = record.request_parameters.as_ref();
        let spec = input.and_then(|input| input.get("keyPairSpec")).and_then(Value::as_str);
        return match spec {
            Some(spec) if spec.starts_with("RSA") => Class::RsaPair,
            _ => Class::EccPair,
        };
    }
    if !WITH_KEY_PAIRS.contains(&name) {
        return Class::Symmetric;
    }
    let keys = record.resources.iter().filter_map(|resource| resource.arn.parse::<KeyArn>().ok());
    keys.filter_map(|arn| state.spec_of(&arn)).map(of_key).max().unwrap_or(Class::Symmetric)
}

fn of_key(spec: KeySpec) -> Class {
    match spec {
        KeySpec::SymmetricDefault
        | KeySpec::Hmac224
        | KeySpec::Hmac256
        | KeySpec::Hmac384
        | KeySpec::Hmac512 => Class::Symmetric,
        KeySpec::Rsa2048 => Class::Rsa2048,
        _ => Class::Asymmetric,
    }
}
