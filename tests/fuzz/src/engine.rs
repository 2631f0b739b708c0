//! An engine with something in it, the same every time.

use std::sync::OnceLock;

use chacha20::{ChaCha8Rng, rand_core::SeedableRng};
use serde_json::{Value, json};
use waxseal_api::{Blob, Place, Reply, Service, Timestamp};
use waxseal_kms::{Caller, Outcome, Request, State, handle};

const NOW: Timestamp = Timestamp::from_millis(1_795_521_600_000);

/// A state with a key, `alias/fuzz`, and a ciphertext of it. Calls are answered, their changes forgotten.
pub(crate) struct Engine {
    state: State,
    caller: Caller,
    ciphertext: Vec<u8>,
}

/// The engine of this process.
pub(crate) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(Engine::new)
}

impl Engine {
    fn new() -> Self {
        let place = Place {
            account: "111122223333".parse().expect("an account"),
            region: "eu-central-1".parse().expect("a Region"),
        };
        let mut engine =
            Self { state: State::default(), caller: Caller::root(place), ciphertext: Vec::new() };
        let key = engine.set_up("CreateKey", &json!({}));
        let key_id = &key["KeyMetadata"]["KeyId"];
        engine.set_up("CreateAlias", &json!({"AliasName": "alias/fuzz", "TargetKeyId": key_id}));
        let sealed = engine.set_up("Encrypt", &json!({"KeyId": "alias/fuzz", "Plaintext": "aGVsbG8="}));
        let blob: Blob = serde_json::from_value(sealed["CiphertextBlob"].clone()).expect("a blob");
        engine.ciphertext = blob.as_bytes().to_vec();
        engine
    }

    /// Answers a call.
    pub(crate) fn send(&self, operation: &str, body: &str) -> Reply {
        self.outcome(operation, body).reply
    }

    /// Whether a blob is opened.
    pub(crate) fn decrypt(&self, blob: &[u8]) -> bool {
        let body = json!({"CiphertextBlob": Blob::from(blob)});
        self.send("Decrypt", &body.to_string()).result.is_ok()
    }

    /// A ciphertext of the key.
    pub(crate) fn ciphertext(&self) -> &[u8] {
        &self.ciphertext
    }

    fn outcome(&self, operation: &str, body: &str) -> Outcome {
        let request = Request { caller: &self.caller, now: NOW, service: Service::Kms, operation, body };
        handle(&self.state, &mut ChaCha8Rng::seed_from_u64(7), &request)
    }

    fn set_up(&mut self, operation: &str, body: &Value) -> Value {
        let outcome = self.outcome(operation, &body.to_string());
        outcome.changes.into_iter().for_each(|change| self.state.apply(change));
        let reply = outcome.reply.result.expect(operation);
        serde_json::from_str(&reply).unwrap_or_default()
    }
}

/// `bytes` added (exclusive or) to the beginning of `genuine`.
pub(crate) fn laid_over(genuine: &[u8], bytes: &[u8]) -> Vec<u8> {
    let over = bytes.iter().chain(std::iter::repeat(&0));
    genuine.iter().zip(over).map(|(a, b)| a ^ b).collect()
}
