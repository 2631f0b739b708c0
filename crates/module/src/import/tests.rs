use pollster::block_on;
use serde_json::{Value, json};
use waxseal_api::{ErrorCode, Place, Service};
use waxseal_crypto::KeyMaterial;
use waxseal_kms::Caller;

use super::*;
use crate::{
    store::memory::MemoryStore,
    world::{Surroundings, World},
};

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

struct Bench(World<MemoryStore>);

impl Bench {
    fn new() -> Self {
        let surroundings = Surroundings {
            clock: Box::new(|| NOW),
            entropy: Box::new(crate::entropy),
            key_pair: Box::new(|_| Box::pin(async { None })),
            quotas: None,
            changed: Box::new(|| {}),
        };
        let place = Place { account: "111122223333".parse().unwrap(), region: "us-east-1".parse().unwrap() };
        let world = World::open(MemoryStore::default(), Caller::root(place), surroundings);
        Self(block_on(world).unwrap())
    }

    fn call(&self, operation: &str, body: Value) -> Result<Value, ErrorCode> {
        let reply = block_on(self.0.call(Service::Kms, operation, &body.to_string())).unwrap();
        let output = reply.result.map_err(|error| error.code)?;
        Ok(serde_json::from_str(&output).unwrap_or_default())
    }

    fn key(&self, spec: &str, usage: &str) -> String {
        let input = json!({ "Origin": "EXTERNAL", "KeySpec": spec, "KeyUsage": usage });
        let made = self.call("CreateKey", input).unwrap();
        made["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned()
    }

    fn import(&self, key_id: &str, material: &[u8]) -> Result<(), Failure> {
        block_on(import(&self.0, key_id.to_owned(), None, material))
    }

    fn described(&self, key_id: &str) -> Value {
        self.call("DescribeKey", json!({ "KeyId": key_id })).unwrap()["KeyMetadata"].take()
    }
}

#[track_caller]
fn check_refused(result: Result<(), Failure>, name: &str) {
    assert_eq!(result.map_err(|failure| failure.name()), Err(name));
}

#[test]
fn whoever_has_the_bytes_has_what_the_key_does() {
    let bench = Bench::new();
    let key = bench.key("HMAC_256", "GENERATE_VERIFY_MAC");
    assert_eq!(bench.described(&key)["KeyState"], "PendingImport");
    bench.import(&key, &[7; 32]).unwrap();
    let input = json!({ "KeyId": key, "Message": "aGVsbG8=", "MacAlgorithm": "HMAC_SHA_256" });
    let mac = bench.call("GenerateMac", input).unwrap();
    let expect = waxseal_crypto::hmac_sha256(&[7; 32], b"hello");
    assert_eq!(mac["Mac"], serde_json::to_value(waxseal_api::Blob::from(&expect[..])).unwrap());
}

#[test]
fn keys_of_every_length_are_wrapped() {
    let bench = Bench::new();
    for (name, spec) in
        [("ECC_NIST_P521", Spec::P521), ("RSA_4096", Spec::Rsa4096), ("ML_DSA_87", Spec::MlDsa87)]
    {
        let key = bench.key(name, "SIGN_VERIFY");
        let material = KeyMaterial::generate(spec, &mut *crate::entropy()).unwrap();
        bench.import(&key, material.expose()).unwrap();
        let public = bench.call("GetPublicKey", json!({ "KeyId": key })).unwrap();
        let expect = waxseal_api::Blob::from(material.public_key().unwrap().der());
        assert_eq!(public["PublicKey"], serde_json::to_value(expect).unwrap(), "{name}");
    }
}

#[test]
fn material_that_was_deleted_comes_back_as_the_same_bytes_and_no_others() {
    let bench = Bench::new();
    let key = bench.key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    bench.import(&key, &[1; 32]).unwrap();
    let sealed = bench.call("Encrypt", json!({ "KeyId": key, "Plaintext": "aGVsbG8=" })).unwrap();
    let open = || bench.call("Decrypt", json!({ "CiphertextBlob": sealed["CiphertextBlob"] }));
    bench.call("DeleteImportedKeyMaterial", json!({ "KeyId": key })).unwrap();
    assert_eq!(open(), Err(ErrorCode::KMSInvalidStateException));
    check_refused(bench.import(&key, &[2; 32]), "IncorrectKeyMaterialException");
    assert_eq!(open(), Err(ErrorCode::KMSInvalidStateException));
    bench.import(&key, &[1; 32]).unwrap();
    assert_eq!(open().unwrap()["Plaintext"], "aGVsbG8=");
}

#[test]
fn what_is_no_material_of_the_key_is_refused() {
    let bench = Bench::new();
    let key = bench.key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    for length in [1, 31, 33, 4000] {
        check_refused(bench.import(&key, &vec![1; length]), "IncorrectKeyMaterialException");
    }
    assert_eq!(bench.described(&key)["KeyState"], "PendingImport");
    let made_here = bench.call("CreateKey", json!({})).unwrap();
    let made_here = made_here["KeyMetadata"]["KeyId"].as_str().unwrap();
    check_refused(bench.import(made_here, &[1; 32]), "UnsupportedOperationException");
}

#[test]
fn material_expires_when_that_is_wished() {
    let bench = Bench::new();
    let key = bench.key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    let expires = NOW.plus_days(30);
    block_on(import(&bench.0, key.clone(), Some(expires), &[1; 32])).unwrap();
    assert_eq!(bench.described(&key)["ValidTo"], serde_json::to_value(expires).unwrap());
    bench.import(&key, &[1; 32]).unwrap();
    assert_eq!(bench.described(&key)["ExpirationModel"], "KEY_MATERIAL_DOES_NOT_EXPIRE");
    let past = block_on(import(&bench.0, key, Some(NOW), &[1; 32]));
    check_refused(past, "ValidationException");
}

#[test]
fn the_same_key_is_made_in_another_world() {
    let (first, second) = (Bench::new(), Bench::new());
    let input = json!({ "Origin": "EXTERNAL", "MultiRegion": true });
    let made = first.call("CreateKey", input.clone()).unwrap()["KeyMetadata"].take();
    let key_id = made["KeyId"].as_str().unwrap();
    let again = |world: &Bench, input: &Value| {
        let reply = block_on(world.0.create_again(key_id.parse().unwrap(), &input.to_string())).unwrap();
        reply.result.map(drop).map_err(|error| error.code)
    };
    assert_eq!(again(&second, &json!({ "Origin": "EXTERNAL" })), Err(ErrorCode::ValidationException));
    assert_eq!(again(&second, &json!({ "MultiRegion": true })), Err(ErrorCode::ValidationException));
    assert_eq!(again(&second, &input), Ok(()));
    assert_eq!(again(&second, &input), Err(ErrorCode::AlreadyExistsException));
    assert_eq!(second.described(key_id)["Arn"], made["Arn"]);
    assert_eq!(second.described(key_id)["KeyState"], "PendingImport");

    first.import(key_id, &[7; 32]).unwrap();
    let sealed = first.call("Encrypt", json!({ "KeyId": key_id, "Plaintext": "AAAA" })).unwrap();
    let open = |world: &Bench| world.call("Decrypt", json!({ "CiphertextBlob": sealed["CiphertextBlob"] }));
    second.import(key_id, &[7; 32]).unwrap();
    assert_eq!(open(&second).unwrap()["Plaintext"], "AAAA");

    let third = Bench::new();
    again(&third, &input).unwrap();
    third.import(key_id, &[8; 32]).unwrap();
    assert_eq!(open(&third), Err(ErrorCode::InvalidCiphertextException), "it is another key");
}
