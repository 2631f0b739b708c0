//! An engine with something in it, the same every time.

use std::{convert::Infallible, sync::OnceLock};

use rand_core::{TryCryptoRng, TryRng};
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
        handle(&self.state, &mut SplitMix(7), &request)
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

/// The same numbers every time.
struct SplitMix(u64);

impl TryRng for SplitMix {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|n| n as u32)
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(z ^ (z >> 31))
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let random = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for SplitMix {}
