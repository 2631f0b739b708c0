//! Signatures and tags.

use serde_json::{Value, json};

use crate::world::{World, arn, b64, bytes, text};

const SIGNERS: [(&str, &str); 9] = [
    ("ECC_NIST_P256", "ECDSA_SHA_256"),
    ("ECC_NIST_P384", "ECDSA_SHA_384"),
    ("ECC_NIST_P521", "ECDSA_SHA_512"),
    ("ECC_SECG_P256K1", "ECDSA_SHA_256"),
    ("ECC_NIST_EDWARDS25519", "ED25519_SHA_512"),
    ("SM2", "SM2DSA"),
    ("ML_DSA_44", "ML_DSA_SHAKE_256"),
    ("ML_DSA_65", "ML_DSA_SHAKE_256"),
    ("ML_DSA_87", "ML_DSA_SHAKE_256"),
];

#[test]
fn what_a_key_signs_it_verifies() {
    let mut world = World::new();
    for (spec, algorithm) in SIGNERS {
        let key = world.key_of(spec, "SIGN_VERIFY");
        let mut request = json!({"KeyId": key, "Message": b64(b"hello"), "SigningAlgorithm": algorithm});
        let signed = world.ok("Sign", request.clone());
        assert_eq!((&signed["KeyId"], &signed["SigningAlgorithm"]), (&json!(arn(&key)), &json!(algorithm)));
        request["Signature"] = signed["Signature"].clone();
        let verified = json!({"KeyId": arn(&key), "SignatureValid": true, "SigningAlgorithm": algorithm});
        assert_eq!(world.ok("Verify", request.clone()), verified);
        refuse_what_was_changed(&mut world, &request);
        request["KeyId"] = json!(world.key_of(spec, "SIGN_VERIFY"));
        world.refused("Verify", request, "KMSInvalidSignatureException");
    }
}

fn refuse_what_was_changed(world: &mut World, request: &Value) {
    let mut changed = request.clone();
    changed["Message"] = json!(b64(b"hullo"));
    world.refused("Verify", changed, "KMSInvalidSignatureException");
    let mut changed = request.clone();
    let mut signature = bytes(&text(&request["Signature"]));
    *signature.last_mut().unwrap() ^= 1;
    changed["Signature"] = json!(b64(&signature));
    world.refused("Verify", changed.clone(), "KMSInvalidSignatureException");
    changed["Signature"] = json!(b64(&signature[1..]));
    changed["DryRun"] = json!(true);
    world.refused("Verify", changed, "KMSInvalidSignatureException");
}

#[test]
fn a_digest_is_as_good_as_the_message() {
    let mut world = World::new();
    let message = b64(b"abc");
    for (spec, algorithm, digest) in [
        (
            "ECC_NIST_P256",
            "ECDSA_SHA_256",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            "ECC_NIST_P384",
            "ECDSA_SHA_384",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        ),
    ] {
        let key = world.key_of(spec, "SIGN_VERIFY");
        let digest = b64(&hex::decode(digest).unwrap());
        let body = |message: &str, kind: &str| json!({"KeyId": key, "Message": message, "MessageType": kind, "SigningAlgorithm": algorithm});
        for (signed, verified) in
            [(("RAW", &message), ("DIGEST", &digest)), (("DIGEST", &digest), ("RAW", &message))]
        {
            let signature = world.ok("Sign", body(signed.1, signed.0))["Signature"].clone();
            let mut request = body(verified.1, verified.0);
            request["Signature"] = signature;
            world.ok("Verify", request);
        }
        for operation in ["Sign", "Verify"] {
            let mut request = body(&message, "DIGEST");
            request["Signature"] = json!(message);
            let expect = format!("ValidationException: Digest is invalid length for algorithm {algorithm}.");
            world.refused(operation, request, &expect);
        }
    }
}

#[test]
fn algorithms_take_messages_in_their_own_form() {
    let mut world = World::new();
    let edwards = world.key_of("ECC_NIST_EDWARDS25519", "SIGN_VERIFY");
    let lattice = world.key_of("ML_DSA_44", "SIGN_VERIFY");
    let curve = world.key_of("ECC_NIST_P256", "SIGN_VERIFY");
    for (key, algorithm, kind, fits) in [
        (&edwards, "ED25519_SHA_512", "RAW", true),
        (&edwards, "ED25519_SHA_512", "DIGEST", false),
        (&edwards, "ED25519_SHA_512", "EXTERNAL_MU", false),
        (&edwards, "ED25519_PH_SHA_512", "RAW", false),
        (&edwards, "ED25519_PH_SHA_512", "DIGEST", true),
        (&lattice, "ML_DSA_SHAKE_256", "RAW", true),
        (&lattice, "ML_DSA_SHAKE_256", "DIGEST", false),
        (&lattice, "ML_DSA_SHAKE_256", "EXTERNAL_MU", true),
        (&curve, "ECDSA_SHA_256", "EXTERNAL_MU", false),
    ] {
        let mut body = json!({
            "KeyId": key, "Message": b64(&[5; 64]), "MessageType": kind, "SigningAlgorithm": algorithm,
        });
        if fits {
            body["Signature"] = world.ok("Sign", body.clone())["Signature"].clone();
            world.ok("Verify", body);
        } else {
            let expect =
                format!("ValidationException: Algorithm {algorithm} does not take a message of type {kind}.");
            world.refused("Sign", body, &expect);
        }
    }
}

#[test]
fn what_is_checked_before_anything_is_signed() {
    let mut world = World::new();
    let key = world.key_of("ECC_NIST_P256", "SIGN_VERIFY");
    let mut body =
        json!({"KeyId": key, "Message": b64(b"m"), "SigningAlgorithm": "ECDSA_SHA_256", "DryRun": true});
    let dry = "DryRunOperationException: The request would have succeeded, but the DryRun option is set.";
    world.refused("Sign", body.clone(), dry);
    body["Message"] = json!(b64(&[0; 4097]));
    let expect = "ValidationException: 1 validation error detected: Value at 'message' failed to satisfy \
                  constraint: Member must have length less than or equal to 4096";
    world.refused("Sign", body.clone(), expect);
    body["SigningAlgorithm"] = json!("ECDSA");
    body["Message"] = json!(b64(b"m"));
    let error = world.send("Sign", &body.to_string()).result.unwrap_err();
    assert!(error.message.contains("Value 'ECDSA' at 'signingAlgorithm' failed"), "{error}");
    world.ok("DisableKey", json!({"KeyId": key}));
    body["SigningAlgorithm"] = json!("HMAC");
    body["SigningAlgorithm"] = json!("ECDSA_SHA_384");
    world.refused("Sign", body, &format!("DisabledException: {} is disabled.", arn(&key)));
}

#[test]
fn tags_verify_whole_and_unchanged() {
    let mut world = World::new();
    for (spec, algorithm, length) in [
        ("HMAC_224", "HMAC_SHA_224", 28),
        ("HMAC_256", "HMAC_SHA_256", 32),
        ("HMAC_384", "HMAC_SHA_384", 48),
        ("HMAC_512", "HMAC_SHA_512", 64),
    ] {
        let key = world.key_of(spec, "GENERATE_VERIFY_MAC");
        let mut body = json!({"KeyId": key, "Message": b64(b"hello"), "MacAlgorithm": algorithm});
        let made = world.ok("GenerateMac", body.clone());
        assert_eq!((&made["KeyId"], &made["MacAlgorithm"]), (&json!(arn(&key)), &json!(algorithm)));
        let tag = bytes(&text(&made["Mac"]));
        assert_eq!(tag.len(), length);
        body["Mac"] = made["Mac"].clone();
        let verified = json!({"KeyId": arn(&key), "MacValid": true, "MacAlgorithm": algorithm});
        assert_eq!(world.ok("VerifyMac", body.clone()), verified);
        let changed = [&tag[1..], &[&tag[..length - 1], &[tag[length - 1] ^ 1]].concat()].map(b64);
        for changed in changed {
            body["Mac"] = json!(changed);
            world.refused("VerifyMac", body.clone(), "KMSInvalidMacException");
        }
    }
}

#[test]
fn a_trace_tells_what_was_signed_with_which_key() {
    let mut world = World::new();
    let key = world.key_of("ECC_NIST_P256", "SIGN_VERIFY");
    let body = json!({"KeyId": key, "Message": b64(b"secret message"), "SigningAlgorithm": "ECDSA_SHA_256"});
    let reply = world.send("Sign", &body.to_string());
    let trace = serde_json::to_value(&reply.trace).unwrap();
    let used = trace["steps"].as_array().unwrap().iter().find_map(|step| step.get("keyUsed")).unwrap();
    let body: Value = serde_json::from_str(&reply.result.unwrap()).unwrap();
    assert_eq!(used["keyArn"], arn(&key));
    assert_eq!((&used["action"], &used["algorithm"]), (&json!("signs the message"), &json!("ECDSA_SHA_256")));
    assert_eq!(used["input"], json!({"role": "plaintext", "length": 14, "bytes": "withheld"}));
    assert_eq!(used["output"]["bytes"]["here"], body["Signature"]);
    let audit = serde_json::to_value(&reply.audit).unwrap();
    assert_eq!(
        audit["requestParameters"],
        json!({"keyId": key, "messageType": "RAW", "signingAlgorithm": "ECDSA_SHA_256"})
    );
}
