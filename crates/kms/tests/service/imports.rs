//! Imported key material.

use serde_json::{Value, json};
use waxseal_crypto::{Encryption, KeyMaterial, PublicKey, Spec, Wrapping};

use crate::world::{START, World, arn, b64, bytes, rng, text};

const OTHER: &str = "us-east-1";

/// A key without material.
fn external(world: &mut World, more: Value) -> String {
    let mut body = more;
    body["Origin"] = json!("EXTERNAL");
    text(&world.ok("CreateKey", body)["KeyMetadata"]["KeyId"])
}

/// What an import begins with; SM2 is the quickest to make.
fn parameters(world: &mut World, id: &str) -> Value {
    let body = json!({"KeyId": id, "WrappingAlgorithm": "SM2PKE", "WrappingKeySpec": "SM2"});
    world.ok("GetParametersForImport", body)
}

fn wrap(spec: Spec, how: Wrapping, parameters: &Value, material: &[u8]) -> String {
    let public_key = PublicKey::from_der(spec, &bytes(&text(&parameters["PublicKey"]))).unwrap();
    b64(&public_key.wrap(how, material, &mut rng(7)).unwrap())
}

/// The body of an import with these parameters, for ever.
pub(crate) fn import_body(id: &str, parameters: &Value, material: &[u8]) -> Value {
    json!({
        "KeyId": id, "ImportToken": parameters["ImportToken"], "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE",
        "EncryptedKeyMaterial": wrap(Spec::Sm2, Wrapping::Direct(Encryption::Sm2), parameters, material),
    })
}

/// Imports material with more members; the material's ID.
#[track_caller]
fn import(world: &mut World, id: &str, material: &[u8], more: Value) -> Value {
    let body = body_with(world, id, material, more);
    world.ok("ImportKeyMaterial", body)["KeyMaterialId"].take()
}

pub(crate) fn body_with(world: &mut World, id: &str, material: &[u8], more: Value) -> Value {
    let parameters = parameters(world, id);
    let mut body = import_body(id, &parameters, material);
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[track_caller]
fn code(world: &mut World, operation: &str, body: Value, expect: &str) {
    let error = world.send(operation, &body.to_string()).result.expect_err(operation);
    assert_eq!(error.code.to_string(), expect, "{operation}: {}", error.message);
}

/// A world with a key that has the material 1.
fn imported() -> (World, String) {
    let mut world = World::new();
    let id = external(&mut world, json!({}));
    import(&mut world, &id, &[1; 32], json!({}));
    (world, id)
}

fn materials(world: &mut World, id: &str) -> Vec<Value> {
    let body = json!({"KeyId": id, "IncludeKeyMaterial": "ALL_KEY_MATERIAL"});
    world.ok("ListKeyRotations", body)["Rotations"].as_array().unwrap().clone()
}

fn states(world: &mut World, id: &str) -> Vec<(String, String)> {
    let state = |it: Value| (text(&it["KeyMaterialState"]), text(&it["ImportState"]));
    materials(world, id).into_iter().map(state).collect()
}

#[test]
fn a_key_waits_for_its_material() {
    let mut world = World::new();
    let id = external(&mut world, json!({}));
    let metadata = world.describe(&id);
    assert_eq!(
        (&metadata["KeyState"], &metadata["Enabled"], &metadata["Origin"]),
        (&json!("PendingImport"), &json!(false), &json!("EXTERNAL"))
    );
    assert_eq!((metadata.get("CurrentKeyMaterialId"), metadata.get("ExpirationModel")), (None, None));
    let parameters = parameters(&mut world, &id);
    assert_eq!(parameters["KeyId"], arn(&id));
    assert_eq!(parameters["ParametersValidTo"], START.plus_days(1).as_millis() / 1000);
    let answer = world.ok("ImportKeyMaterial", import_body(&id, &parameters, &[1; 32]));
    let metadata = world.describe(&id);
    assert_eq!(answer, json!({"KeyId": arn(&id), "KeyMaterialId": metadata["CurrentKeyMaterialId"]}));
    assert_eq!(
        (&metadata["KeyState"], &metadata["ExpirationModel"]),
        (&json!("Enabled"), &json!("KEY_MATERIAL_DOES_NOT_EXPIRE"))
    );
    let blob = world.encrypted(&id, json!({}));
    assert_eq!(world.ok("Decrypt", json!({"CiphertextBlob": blob}))["Plaintext"], b64(b"hello"));
}

#[test]
fn every_way_of_wrapping() {
    for (spec_name, spec) in [("RSA_2048", Spec::Rsa2048), ("RSA_3072", Spec::Rsa3072)] {
        for (algorithm, how) in [
            ("RSAES_OAEP_SHA_1", Wrapping::Direct(Encryption::OaepSha1)),
            ("RSAES_OAEP_SHA_256", Wrapping::Direct(Encryption::OaepSha256)),
            ("RSA_AES_KEY_WRAP_SHA_1", Wrapping::AesKeyWrap(Encryption::OaepSha1)),
            ("RSA_AES_KEY_WRAP_SHA_256", Wrapping::AesKeyWrap(Encryption::OaepSha256)),
        ] {
            if spec == Spec::Rsa3072 && algorithm != "RSAES_OAEP_SHA_256" {
                continue;
            }
            let mut world = World::new();
            let id = external(&mut world, json!({}));
            let body = json!({"KeyId": id, "WrappingAlgorithm": algorithm, "WrappingKeySpec": spec_name});
            let parameters = world.ok("GetParametersForImport", body);
            let body = json!({
                "KeyId": id, "ImportToken": parameters["ImportToken"],
                "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE",
                "EncryptedKeyMaterial": wrap(spec, how, &parameters, &[1; 32]),
            });
            world.ok("ImportKeyMaterial", body);
            world.encrypted(&id, json!({}));
        }
    }
}

#[test]
fn ways_that_do_not_go_together() {
    let mut world = World::new();
    let symmetric = external(&mut world, json!({}));
    let rsa = external(&mut world, json!({"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"}));
    let p521 = external(&mut world, json!({"KeySpec": "ECC_NIST_P521", "KeyUsage": "SIGN_VERIFY"}));
    for (id, algorithm, spec, expect) in [
        (&symmetric, "SM2PKE", "RSA_2048", "ValidationException"),
        (&symmetric, "RSAES_OAEP_SHA_256", "SM2", "ValidationException"),
        (&symmetric, "RSAES_PKCS1_V1_5", "RSA_2048", "UnsupportedOperationException"),
        (&symmetric, "ROT13", "RSA_2048", "ValidationException"),
        (&rsa, "RSAES_OAEP_SHA_256", "RSA_4096", "ValidationException"),
        (&p521, "RSAES_OAEP_SHA_256", "RSA_2048", "ValidationException"),
    ] {
        let body = json!({"KeyId": id, "WrappingAlgorithm": algorithm, "WrappingKeySpec": spec});
        code(&mut world, "GetParametersForImport", body, expect);
    }
}

#[test]
fn a_token_is_for_one_key_and_one_day() {
    let mut world = World::new();
    let (one, two) = (external(&mut world, json!({})), external(&mut world, json!({})));
    let parameters = parameters(&mut world, &one);
    let other = import_body(&two, &parameters, &[1; 32]);
    code(&mut world, "ImportKeyMaterial", other, "InvalidImportTokenException");
    let mut body = import_body(&one, &parameters, &[1; 32]);
    world.now = waxseal_api::Timestamp::from_millis(START.plus_days(1).as_millis() - 1);
    world.ok("ImportKeyMaterial", body.clone());
    world.ok("ImportKeyMaterial", body.clone());
    world.now = START.plus_days(1);
    code(&mut world, "ImportKeyMaterial", body.clone(), "ExpiredImportTokenException");
    assert!(world.tick().is_empty());
    code(&mut world, "ImportKeyMaterial", body.clone(), "ExpiredImportTokenException");
    let left = world.store.keys().filter(|(table, _)| table.as_str() == "wrappingkeys").count();
    assert_eq!(left, 0, "the wrapping key is gone from the store");
    body["ImportToken"] = json!(b64(b"a token"));
    code(&mut world, "ImportKeyMaterial", body, "InvalidImportTokenException");
}

#[test]
fn a_token_and_its_public_key_belong_together() {
    let mut world = World::new();
    let id = external(&mut world, json!({}));
    let (one, two) = (parameters(&mut world, &id), parameters(&mut world, &id));
    let mut body = import_body(&id, &one, &[1; 32]);
    body["ImportToken"] = two["ImportToken"].clone();
    code(&mut world, "ImportKeyMaterial", body, "InvalidCiphertextException");
    for length in [31, 33] {
        let body = import_body(&id, &one, &vec![1; length]);
        code(&mut world, "ImportKeyMaterial", body, "IncorrectKeyMaterialException");
    }
}

#[test]
fn dates_of_expiry() {
    let mut world = World::new();
    let id = external(&mut world, json!({}));
    let mut body = body_with(&mut world, &id, &[1; 32], json!({}));
    body.as_object_mut().unwrap().remove("ExpirationModel");
    let expect =
        "ValidationException: A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES";
    world.refused("ImportKeyMaterial", body.clone(), expect);
    let seconds = |days: i64| START.plus_days(days).as_millis() / 1000;
    for wrong in [seconds(0), seconds(366)] {
        body["ValidTo"] = json!(wrong);
        code(&mut world, "ImportKeyMaterial", body.clone(), "ValidationException");
    }
    body["ValidTo"] = json!(seconds(30));
    body["ExpirationModel"] = json!("KEY_MATERIAL_DOES_NOT_EXPIRE");
    code(&mut world, "ImportKeyMaterial", body.clone(), "ValidationException");
    body["ExpirationModel"] = json!("KEY_MATERIAL_EXPIRES");
    world.ok("ImportKeyMaterial", body);
    assert_eq!(world.describe(&id)["ValidTo"], seconds(30));
}

#[test]
fn material_expires_and_can_come_back() {
    let mut world = World::new();
    let id = external(&mut world, json!({}));
    let date = json!(START.plus_days(30).as_millis() / 1000);
    let expiring = json!({"ExpirationModel": "KEY_MATERIAL_EXPIRES", "ValidTo": date});
    let material = import(&mut world, &id, &[1; 32], expiring);
    let blob = world.encrypted(&id, json!({}));
    world.later(30);
    let before_due = world.send("Decrypt", &json!({"CiphertextBlob": blob}).to_string());
    assert!(before_due.result.is_err(), "expired material is of no use, whether or not it has been removed");
    assert_eq!(world.tick(), ["DeleteExpiredKeyMaterial"]);
    assert!(!world.store.keys().any(|(table, _)| table.as_str() == "materials"));
    let metadata = world.describe(&id);
    assert_eq!(
        (&metadata["KeyState"], &metadata["CurrentKeyMaterialId"]),
        (&json!("PendingImport"), &material)
    );
    assert_eq!(metadata.get("ExpirationModel"), None);
    let pending = format!("KMSInvalidStateException: {} is pending import.", arn(&id));
    world.refused("Decrypt", json!({"CiphertextBlob": blob}), &pending);
    let other = body_with(&mut world, &id, &[2; 32], json!({}));
    code(&mut world, "ImportKeyMaterial", other, "IncorrectKeyMaterialException");
    assert_eq!(import(&mut world, &id, &[1; 32], json!({})), material, "the same bytes have the same ID");
    world.ok("Decrypt", json!({"CiphertextBlob": blob}));
}

#[test]
fn material_is_deleted_and_can_come_back() {
    let (mut world, id) = imported();
    let blob = world.encrypted(&id, json!({}));
    let current = world.describe(&id)["CurrentKeyMaterialId"].take();
    let answer = world.ok("DeleteImportedKeyMaterial", json!({"KeyId": id}));
    assert_eq!(answer, json!({"KeyId": arn(&id), "KeyMaterialId": current}));
    assert!(!world.store.keys().any(|(table, _)| table.as_str() == "materials"), "it is really gone");
    assert_eq!(world.state_of(&id), "PendingImport");
    world.ok("DeleteImportedKeyMaterial", json!({"KeyId": id}));
    import(&mut world, &id, &[1; 32], json!({}));
    world.ok("Decrypt", json!({"CiphertextBlob": blob}));
    let none = json!({"KeyId": id, "KeyMaterialId": "0".repeat(64)});
    code(&mut world, "DeleteImportedKeyMaterial", none, "NotFoundException");
    let wrong = json!({"KeyId": id, "KeyMaterialId": "x".repeat(64)});
    code(&mut world, "DeleteImportedKeyMaterial", wrong, "ValidationException");
}

#[test]
fn new_material_waits_for_its_turn() {
    let (mut world, id) = imported();
    let old = world.encrypted(&id, json!({}));
    let first = world.describe(&id)["CurrentKeyMaterialId"].take();
    let nothing = format!(
        "KMSInvalidStateException: No available key material pending rotation for the key: {}.",
        arn(&id)
    );
    world.refused("RotateKeyOnDemand", json!({"KeyId": id}), &nothing);
    let new = json!({"ImportType": "NEW_KEY_MATERIAL", "KeyMaterialDescription": "the second"});
    let second = import(&mut world, &id, &[2; 32], new.clone());
    assert_eq!(world.describe(&id)["CurrentKeyMaterialId"], first);
    let third = body_with(&mut world, &id, &[3; 32], json!({"ImportType": "NEW_KEY_MATERIAL"}));
    let error = world.send("ImportKeyMaterial", &third.to_string()).result.unwrap_err().to_string();
    let start = "KMSInvalidStateException: New key material (id: ";
    let end = format!(
        ") cannot be imported into KMS key {}, because another key material (id: {}) is pending rotation.",
        arn(&id),
        text(&second)
    );
    assert!(error.starts_with(start) && error.ends_with(&end), "{error}");
    assert_eq!(states(&mut world, &id), pairs(&[("CURRENT", "IMPORTED"), ("PENDING_ROTATION", "IMPORTED")]));
    assert_eq!(materials(&mut world, &id)[1]["KeyMaterialDescription"], "the second");
    assert_eq!(world.ok("ListKeyRotations", json!({"KeyId": id}))["Rotations"], json!([]));
    world.ok("RotateKeyOnDemand", json!({"KeyId": id}));
    assert_eq!(world.describe(&id)["CurrentKeyMaterialId"], second);
    assert_eq!(states(&mut world, &id), pairs(&[("NON_CURRENT", "IMPORTED"), ("CURRENT", "IMPORTED")]));
    assert_eq!(world.ok("Decrypt", json!({"CiphertextBlob": old}))["KeyMaterialId"], first);
    let new_blob = world.encrypted(&id, json!({}));
    assert_eq!(world.ok("Decrypt", json!({"CiphertextBlob": new_blob}))["KeyMaterialId"], second);
    let again = body_with(&mut world, &id, &[1; 32], new);
    code(&mut world, "ImportKeyMaterial", again, "IncorrectKeyMaterialException");
}

fn pairs(expect: &[(&str, &str)]) -> Vec<(String, String)> {
    expect.iter().map(|(one, two)| ((*one).to_owned(), (*two).to_owned())).collect()
}

#[test]
fn a_key_needs_all_its_materials() {
    let (mut world, id) = imported();
    let first = world.describe(&id)["CurrentKeyMaterialId"].take();
    import(&mut world, &id, &[2; 32], json!({"ImportType": "NEW_KEY_MATERIAL"}));
    world.ok("RotateKeyOnDemand", json!({"KeyId": id}));
    world.ok("DeleteImportedKeyMaterial", json!({"KeyId": id, "KeyMaterialId": first}));
    assert_eq!(world.state_of(&id), "PendingImport");
    assert_eq!(states(&mut world, &id)[0], ("NON_CURRENT".to_owned(), "PENDING_IMPORT".to_owned()));
    import(&mut world, &id, &[1; 32], json!({"KeyMaterialId": first}));
    assert_eq!(world.state_of(&id), "Enabled");
    let wrong = body_with(&mut world, &id, &[2; 32], json!({"KeyMaterialId": first}));
    code(&mut world, "ImportKeyMaterial", wrong, "IncorrectKeyMaterialException");
    let both = json!({"KeyMaterialId": first, "ImportType": "NEW_KEY_MATERIAL"});
    let both = body_with(&mut world, &id, &[1; 32], both);
    code(&mut world, "ImportKeyMaterial", both, "ValidationException");
}

#[test]
fn one_that_waits_and_is_gone_gives_way() {
    let (mut world, id) = imported();
    let new = json!({"ImportType": "NEW_KEY_MATERIAL"});
    let second = import(&mut world, &id, &[2; 32], new.clone());
    world.ok("DeleteImportedKeyMaterial", json!({"KeyId": id, "KeyMaterialId": second}));
    assert_eq!(world.state_of(&id), "Enabled");
    code(&mut world, "RotateKeyOnDemand", json!({"KeyId": id}), "KMSInvalidStateException");
    let third = import(&mut world, &id, &[3; 32], new);
    world.ok("RotateKeyOnDemand", json!({"KeyId": id}));
    assert_eq!(world.describe(&id)["CurrentKeyMaterialId"], third);
    assert_eq!(materials(&mut world, &id).len(), 2);
}

#[test]
fn deletion_does_not_hurry_because_material_is_gone() {
    let (mut world, id) = imported();
    world.ok("ScheduleKeyDeletion", json!({"KeyId": id, "PendingWindowInDays": 7}));
    world.ok("DeleteImportedKeyMaterial", json!({"KeyId": id}));
    assert_eq!(world.state_of(&id), "PendingDeletion");
    world.ok("CancelKeyDeletion", json!({"KeyId": id}));
    assert_eq!(world.state_of(&id), "PendingImport");
    world.ok("ScheduleKeyDeletion", json!({"KeyId": id, "PendingWindowInDays": 7}));
    world.later(7);
    assert_eq!(world.tick(), ["DeleteKey"]);
    assert!(world.store.is_empty(), "{:?}", world.store.keys());
}

#[test]
fn other_kinds_of_keys_take_one_material_only() {
    let hmac = KeyMaterial::generate(Spec::Hmac256, &mut rng(3)).unwrap();
    let p256 = KeyMaterial::generate(Spec::P256, &mut rng(4)).unwrap();
    for (kind, material, other) in [
        (json!({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}), &hmac, vec![2; 32]),
        (
            json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}),
            &p256,
            KeyMaterial::generate(Spec::P256, &mut rng(5)).unwrap().expose().to_vec(),
        ),
    ] {
        let mut world = World::new();
        let id = external(&mut world, kind);
        assert_eq!(import(&mut world, &id, material.expose(), json!({})), Value::Null);
        assert_eq!(world.state_of(&id), "Enabled");
        let wrong = body_with(&mut world, &id, &other, json!({}));
        code(&mut world, "ImportKeyMaterial", wrong, "IncorrectKeyMaterialException");
        let new = body_with(&mut world, &id, &other, json!({"ImportType": "NEW_KEY_MATERIAL"}));
        code(&mut world, "ImportKeyMaterial", new, "UnsupportedOperationException");
        world.ok("DeleteImportedKeyMaterial", json!({"KeyId": id}));
        assert_eq!(world.state_of(&id), "PendingImport");
        let wrong = body_with(&mut world, &id, &other, json!({}));
        code(&mut world, "ImportKeyMaterial", wrong, "IncorrectKeyMaterialException");
        import(&mut world, &id, material.expose(), json!({}));
        let not_a_key = body_with(&mut world, &id, &[1; 5], json!({}));
        code(&mut world, "ImportKeyMaterial", not_a_key, "IncorrectKeyMaterialException");
    }
}

#[test]
fn an_imported_signing_key_signs_as_it_did_elsewhere() {
    let material = KeyMaterial::generate(Spec::P256, &mut rng(4)).unwrap();
    let mut world = World::new();
    let id = external(&mut world, json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}));
    import(&mut world, &id, material.expose(), json!({}));
    let public = world.ok("GetPublicKey", json!({"KeyId": id}))["PublicKey"].take();
    assert_eq!(bytes(&text(&public)), material.public_key().unwrap().der());
}

#[test]
fn each_region_imports_for_itself() {
    let mut world = World::new();
    let id = external(&mut world, json!({"MultiRegion": true}));
    import(&mut world, &id, &[1; 32], json!({}));
    world.ok("ReplicateKey", json!({"KeyId": id, "ReplicaRegion": OTHER}));
    world.soon();
    world.in_region(OTHER, |world| {
        assert_eq!(world.state_of(&id), "PendingImport");
        let new = body_with(world, &id, &[2; 32], json!({"ImportType": "NEW_KEY_MATERIAL"}));
        code(world, "ImportKeyMaterial", new, "UnsupportedOperationException");
        import(world, &id, &[1; 32], json!({}));
        assert_eq!(world.state_of(&id), "Enabled");
    });
    let old = world.encrypted(&id, json!({}));
    let second = import(&mut world, &id, &[2; 32], json!({"ImportType": "NEW_KEY_MATERIAL"}));
    assert_eq!(states(&mut world, &id)[1].0, "PENDING_MULTI_REGION_IMPORT_AND_ROTATION");
    code(&mut world, "RotateKeyOnDemand", json!({"KeyId": id}), "KMSInvalidStateException");
    world.in_region(OTHER, |world| {
        assert_eq!(states(world, &id)[1].1, "PENDING_IMPORT");
        import(world, &id, &[2; 32], json!({"KeyMaterialId": second}));
    });
    assert_eq!(states(&mut world, &id)[1].0, "PENDING_ROTATION");
    world.ok("RotateKeyOnDemand", json!({"KeyId": id}));
    let new = world.encrypted(&id, json!({}));
    world.in_region(OTHER, |world| {
        assert_eq!(world.describe(&id)["CurrentKeyMaterialId"], second);
        for blob in [old, new] {
            world.ok("Decrypt", json!({"CiphertextBlob": blob}));
        }
    });
}

#[test]
fn no_secret_of_an_import_is_told() {
    let mut world = World::new();
    let id = external(&mut world, json!({}));
    let body = body_with(&mut world, &id, &[0xA5; 32], json!({}));
    let reply = world.send("ImportKeyMaterial", &body.to_string());
    let told = serde_json::to_string(&reply).unwrap();
    assert!(!told.contains(&b64(&[0xA5; 32])) && !told.contains(&hex::encode([0xA5; 32])));
    assert!(!told.contains(&text(&body["EncryptedKeyMaterial"])));
}
