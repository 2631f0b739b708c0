//! What an operation of a service works with.

use rand_core::CryptoRng;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use waxseal_api::{
    Blob, Place, Reply, Secret, Service,
    trace::{Step, Trace},
    types::EncryptionContext,
};
use waxseal_crypto::{WrappingKey, sha256};
use waxseal_kms::{Caller, Change, Principal, Request, ResourceRecord, State};

use crate::{Kms, input::base64, refusal::Refusal, seal};

/// One call being answered.
pub(crate) struct Cx<'a> {
    pub(crate) state: &'a State,
    pub(crate) rng: &'a mut dyn CryptoRng,
    pub(crate) request: &'a Request<'a>,
    /// Where the call works: the caller's account, in the Region of what it is about.
    pub(crate) place: Place,
    /// Of the request and of its audit record.
    pub(crate) ids: [uuid::Uuid; 2],
    pub(crate) trace: Trace,
    pub(crate) calls: Vec<Reply>,
    pub(crate) changes: Vec<Change>,
    pub(crate) notes: Vec<Change>,
    /// The records of earlier calls, oldest first, where they are needed.
    pub(crate) log: &'a [&'a str],
    kms: Kms<'a>,
}

/// A data key that KMS has made.
pub(crate) struct DataKey {
    pub(crate) key: WrappingKey,
    pub(crate) blob: Blob,
    pub(crate) key_arn: String,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(
        state: &'a State,
        rng: &'a mut dyn CryptoRng,
        kms: Kms<'a>,
        log: &'a [&'a str],
        request: &'a Request<'a>,
    ) -> Self {
        let ids = [uuid(rng), uuid(rng)];
        let begin = Step::Request {
            operation: request.operation.to_owned(),
            length: request.body.len() as u64,
            context: EncryptionContext::default(),
        };
        Self {
            state,
            rng,
            request,
            place: request.caller.place.clone(),
            ids,
            trace: Trace { steps: vec![begin] },
            calls: Vec::new(),
            changes: Vec::new(),
            notes: Vec::new(),
            log,
            kms,
        }
    }

    /// `arn:aws:<service>:<region>:<account>:<resource>`
    pub(crate) fn arn(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{resource}", self.place.region, self.place.account)
    }

    /// The moment of the call in seconds.
    pub(crate) fn seconds(&self) -> i64 {
        self.request.now.as_millis() / 1000
    }

    /// Asks the caller's policies whether the call is allowed.
    pub(crate) fn may(&mut self, action: &str, resource: &str) -> Result<(), Refusal> {
        let (answer, trace) = waxseal_kms::allowed(self.state, self.rng, self.request, action, resource);
        self.trace.append(trace);
        answer.map_err(Refusal::Denied)
    }

    /// Calls KMS on the caller's behalf.
    pub(crate) fn kms(&mut self, operation: &str, body: Value) -> Result<Value, Refusal> {
        let via = format!("{}.{}.amazonaws.com", self.request.service, self.place.region);
        let principal = self.request.caller.principal.clone();
        self.kms_as(Caller { place: self.place.clone(), principal, via: Some(via) }, operation, body)
    }

    /// Calls KMS as somebody else.
    pub(crate) fn kms_as(&mut self, caller: Caller, operation: &str, body: Value) -> Result<Value, Refusal> {
        let (now, body) = (self.request.now, body.to_string());
        let request = Request { caller: &caller, now, service: Service::Kms, operation, body: &body };
        let outcome = (self.kms)(&request, &self.changes);
        self.changes.extend(outcome.changes);
        self.notes.extend(outcome.notes);
        let result = outcome.reply.result.clone();
        self.calls.push(outcome.reply);
        let text = result.map_err(Refusal::Kms)?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// Ends a grant that the service was to end. One whose key is gone has gone with it.
    pub(crate) fn retire(&mut self, key_arn: &str, grant_id: &str) {
        let name = format!("{}.amazonaws.com", self.request.service);
        let caller = Caller { place: self.place.clone(), principal: Principal::Service { name }, via: None };
        let _gone = self.kms_as(caller, "RetireGrant", json!({"KeyId": key_arn, "GrantId": grant_id}));
    }

    /// The key to use: the one that is named, or else the AWS managed key of this service.
    ///
    /// # Errors
    /// That one has to be made first.
    pub(crate) fn key<'k>(
        &self,
        named: Option<&'k str>,
        service: &'static str,
    ) -> Result<std::borrow::Cow<'k, str>, Refusal> {
        debug_assert!(crate::WITH_KEYS.contains(&service), "{service} has no alias before its first use");
        let alias = format!("alias/aws/{service}");
        let Some(named) = named.filter(|named| *named != alias && !named.ends_with(&format!(":{alias}")))
        else {
            let there = waxseal_kms::has_managed_key(self.state, self.request.now, &self.place, service);
            return if there { Ok(alias.into()) } else { Err(Refusal::NeedsKey(service)) };
        };
        Ok(named.into())
    }

    /// What makes the AWS managed key of a service.
    pub(crate) fn managed_key(&mut self, service: &'static str) -> Result<Vec<Change>, Refusal> {
        let made = waxseal_kms::managed_key(self.state, self.rng, self.request.now, &self.place, service);
        made.map_err(|error| Refusal::new("InternalError", error.to_string()))
    }

    /// Has KMS make a data key of 32 bytes.
    pub(crate) fn data_key(&mut self, key: &str, context: &Value) -> Result<DataKey, Refusal> {
        let body = json!({"KeyId": key, "KeySpec": "AES_256", "EncryptionContext": context});
        let made = self.kms("GenerateDataKey", body)?;
        Ok(DataKey {
            key: seal::key(&bytes(&made["Plaintext"]))?,
            blob: bytes(&made["CiphertextBlob"]).into(),
            key_arn: made["KeyId"].as_str().unwrap_or_default().to_owned(),
        })
    }

    /// Has KMS open a data key.
    pub(crate) fn open_data_key(&mut self, blob: &Blob, context: &Value) -> Result<WrappingKey, Refusal> {
        let body = json!({"CiphertextBlob": base64(blob.as_bytes()), "EncryptionContext": context});
        let opened = self.kms("Decrypt", body)?;
        seal::key(&bytes(&opened["Plaintext"]))
    }

    /// A key that belongs to the service and is nobody's to see. It is there from its first use on.
    pub(crate) fn own_key(&mut self, name: &str) -> Result<WrappingKey, Refusal> {
        let name = format!("own/{}/{}/{name}", self.request.service, self.place.region);
        let new = self.changes.iter().find_map(|change| match change {
            Change::PutResource(record) if record.name == name => Some(&**record),
            _ => None,
        });
        if let Some(secret) = self.state.resource(&name).or(new).and_then(|record| record.secret.as_ref()) {
            return seal::key(secret.expose());
        }
        let made = self.random::<32>();
        self.put(&name, &json!({}), Some(Secret::from(&made[..])));
        seal::key(&made)
    }

    pub(crate) fn random<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }

    pub(crate) fn seal(&mut self, key: &WrappingKey, bound: &str, plaintext: &[u8]) -> Result<Blob, Refusal> {
        seal::seal(self.rng, key, bound, plaintext)
    }

    /// A record, if it is there.
    pub(crate) fn find<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        read(self.state.resource(name)?)
    }

    /// Writes a record.
    pub(crate) fn put(&mut self, name: &str, value: &impl Serialize, secret: Option<Secret>) {
        let value = serde_json::to_string(value).unwrap_or_default();
        let record = ResourceRecord { name: name.to_owned(), value, secret };
        self.changes.push(Change::PutResource(Box::new(record)));
    }

    /// Removes all records whose names begin like this.
    pub(crate) fn forget(&mut self, prefix: &str) {
        let names: Vec<String> = self.state.resources(prefix).map(|record| record.name.clone()).collect();
        self.changes.extend(names.into_iter().map(Change::DeleteResource));
    }

    /// A random UUID.
    pub(crate) fn uuid(&mut self) -> String {
        uuid(self.rng).to_string()
    }

    /// A short name for whoever calls: sessions of one role are one requester.
    pub(crate) fn requester(&self) -> String {
        let requester = self.request.caller.principal.principal_arn();
        hex::encode(&sha256(&[requester.as_bytes()])[..8])
    }

    /// What S3 calls an account.
    pub(crate) fn owner_id(&self) -> String {
        hex::encode(sha256(&[self.place.account.as_str().as_bytes()]))
    }

    /// Removes a record that is there.
    pub(crate) fn delete(&mut self, name: &str) {
        self.changes.push(Change::DeleteResource(name.to_owned()));
    }
}

/// What a record says.
pub(crate) fn read<T: DeserializeOwned>(record: &ResourceRecord) -> Option<T> {
    serde_json::from_str(&record.value).ok()
}

/// The bytes of a member of a reply.
pub(crate) fn bytes(value: &Value) -> Vec<u8> {
    serde_json::from_value::<Blob>(value.clone()).unwrap_or_default().into_bytes()
}

fn uuid(rng: &mut dyn CryptoRng) -> uuid::Uuid {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
