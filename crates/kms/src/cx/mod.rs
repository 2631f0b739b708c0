//! What an operation works with.
//!
//! An operation sees the state through its context only: it finds a key, asks for permission, and with the permit it
//! gets at the key's record and material and may change them. No other way leads there.

mod access;
mod conditions;
mod crypt;
mod decision;
mod find;
mod grants;
mod identities;
mod import;
mod key_state;
mod key_store;
mod matrix;
mod new_key;
mod new_policy;
mod permit;
mod rotation;
mod work;

use rand_core::CryptoRng;
use serde_json::Value;
use uuid::Uuid;
use waxseal_api::{
    Timestamp,
    arn::KeyArn,
    audit::AuditRecord,
    trace::{Bytes, Item, Role, Step, Trace},
    types::EncryptionContext,
};
use waxseal_crypto::{DataKey, KeyMaterial, PublicKey, Spec};

pub(crate) use self::{
    access::Action,
    crypt::{Opened, Sealed},
    find::{Account, Found},
    identities::check_document,
    import::Imported,
    key_state::Needs,
    new_key::{NewKey, Regional},
    permit::Permit,
};
use crate::{
    error::Error,
    members::Members,
    request::{Caller, Request},
    service::Brought,
    state::{Change, GrantTerms, State, View},
};

/// How long the service takes for what does not happen at once, in milliseconds: replicas, changes of the primary Region,
/// connections of custom key stores.
const MOMENT: i64 = 5000;

/// One call being answered.
pub(crate) struct Cx<'a> {
    view: View<'a>,
    rng: &'a mut dyn CryptoRng,
    brought: Brought,
    caller: &'a Caller,
    now: Timestamp,
    changes: Vec<Change>,
    trace: Trace,
    /// Of what is being decided.
    encryption_context: EncryptionContext,
    /// What the request says, without secrets.
    members: Members,
    grant_tokens: Vec<String>,
    /// What has been made just now and is not true yet.
    made: &'a [Change],
    /// What CreateGrant is to make.
    grant_to_be: Option<GrantTerms>,
    given: Vec<Item>,
    resources: Vec<KeyArn>,
    additional_event_data: Option<Value>,
    events: Vec<AuditRecord>,
}

/// What is left when a call has been answered.
pub(crate) struct Remains {
    pub(crate) changes: Vec<Change>,
    pub(crate) trace: Trace,
    /// What the reply carries.
    pub(crate) given: Vec<Item>,
    /// The keys it used.
    pub(crate) resources: Vec<KeyArn>,
    /// What the audit log would not know otherwise.
    pub(crate) additional_event_data: Option<Value>,
    /// What the service does by itself, because of the call.
    pub(crate) events: Vec<AuditRecord>,
}

impl<'a> Cx<'a> {
    /// The beginning of a call.
    pub(crate) fn new(state: &'a State, rng: &'a mut dyn CryptoRng, request: &Request<'a>) -> Self {
        Self {
            view: state.at(request.now),
            rng,
            brought: Brought::default(),
            caller: request.caller,
            now: request.now,
            changes: Vec::new(),
            trace: Trace::default(),
            encryption_context: EncryptionContext::new(),
            members: Members::default(),
            grant_tokens: Vec::new(),
            made: &[],
            grant_to_be: None,
            given: Vec::new(),
            resources: Vec::new(),
            additional_event_data: None,
            events: Vec::new(),
        }
    }

    /// Notes that the call has come in.
    pub(crate) fn begin(&mut self, operation: &str, length: usize) {
        let (operation, length) = (operation.to_owned(), length as u64);
        self.trace.push(Step::Request { operation, length, context: EncryptionContext::default() });
    }

    /// Notes the encryption context that the request gives.
    pub(crate) fn requested(&mut self, given: &EncryptionContext) {
        self.bind(given.clone());
        if let Some(Step::Request { context, .. }) = self.trace.steps.last_mut() {
            context.clone_from(given);
        }
    }

    /// Takes what the request says, for the decisions that follow.
    pub(crate) fn say(&mut self, members: Members) {
        self.members = members;
    }

    /// Gives back what the request says.
    pub(crate) fn said(&mut self) -> Members {
        std::mem::take(&mut self.members)
    }

    /// The end of a call.
    pub(crate) fn end(self) -> Remains {
        let Self { changes, trace, given, resources, additional_event_data, events, .. } = self;
        Remains { changes, trace, given, resources, additional_event_data, events }
    }

    /// When the call is made.
    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// When something is done that takes the service a moment.
    pub(crate) fn soon(&self) -> Timestamp {
        Timestamp::from_millis(self.now.as_millis().saturating_add(MOMENT))
    }

    /// A random UUID.
    pub(crate) fn uuid(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes(self.random_bytes()).into_uuid()
    }

    /// Random bytes that a caller will have: a data key, or whatever they are to be.
    pub(crate) fn random(&mut self, role: Role, length: usize) -> DataKey {
        let key = DataKey::generate(self.rng, length);
        self.trace.push(Step::RandomMade { item: Item::withheld(role, length) });
        key
    }

    /// Takes what was brought along with the call.
    pub(crate) fn bring(&mut self, brought: Brought) {
        self.brought = brought;
    }

    /// New material: what was brought, where it is of that spec.
    pub(crate) fn material(&mut self, spec: Spec) -> Result<KeyMaterial, Error> {
        match self.brought.key_pair.take_if(|brought| brought.spec() == spec) {
            Some(brought) => Ok(brought),
            None => KeyMaterial::generate(spec, self.rng).map_err(|error| Error::Internal(error.to_string())),
        }
    }

    /// A key pair that a caller will have.
    pub(crate) fn key_pair(&mut self, spec: Spec) -> Result<(KeyMaterial, PublicKey), Error> {
        let internal = |error: waxseal_crypto::Error| Error::Internal(error.to_string());
        let private = self.material(spec)?;
        let public = private.public_key().map_err(internal)?;
        let item = Item::withheld(Role::DataKey, private.expose().len());
        self.trace.push(Step::RandomMade { item });
        Ok((private, public))
    }

    /// Notes that the reply carries something in a member.
    pub(crate) fn give(&mut self, role: Role, member: &str, length: usize) {
        self.given.push(Item { role, length: length as u64, bytes: Bytes::Reply(member.to_owned()) });
    }

    /// Lets grants, keys and aliases count that are not in the state yet.
    pub(crate) fn count_in(&mut self, made: &'a [Change]) {
        self.made = made;
    }

    /// Says which encryption context the decisions that follow are about.
    pub(crate) fn bind(&mut self, context: EncryptionContext) {
        self.encryption_context = context;
    }

    /// `N` random bytes that are no secret.
    pub(crate) fn random_bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }

    /// Takes the grant tokens that the request shows, for the decisions that follow.
    pub(crate) fn present(&mut self, grant_tokens: Option<Vec<String>>) {
        self.grant_tokens = grant_tokens.unwrap_or_default();
    }
}

/// The last check of an operation that can be tried out.
pub(crate) fn unless_dry_run(dry_run: Option<bool>) -> Result<(), Error> {
    if dry_run == Some(true) { Err(Error::DryRun) } else { Ok(()) }
}
