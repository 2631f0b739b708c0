//! What a call tells of itself, step by step.

use expect_test::{Expect, expect};
use serde_json::{Value, json};

use crate::world::{World, b64};

/// The steps of a call, each with its members; long texts are cut.
fn steps(world: &mut World, operation: &str, body: Value) -> String {
    let reply = world.send(operation, &body.to_string());
    let crossed = reply
        .result
        .as_ref()
        .map(String::len)
        .unwrap_or_else(|error| serde_json::to_string(error).unwrap().len());
    assert_eq!(reply.trace.crossed(), (body.to_string().len() + crossed) as u64);
    let lines = reply.trace.steps.iter().map(|step| {
        let Value::Object(step) = serde_json::to_value(step).unwrap() else { panic!("a step") };
        let (name, members) = step.iter().next().unwrap();
        let members = members.as_object().unwrap().iter();
        let members: Vec<String> = members.map(|(name, value)| format!("{name}={}", short(value))).collect();
        format!("{name} {}\n", members.join(" "))
    });
    lines.collect()
}

fn short(value: &Value) -> String {
    match value {
        Value::String(text) if text.len() > 24 && !text.contains(' ') => {
            format!("…{}", &text[text.len() - 8..])
        }
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(short).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{name}: {}", short(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
        other => other.to_string(),
    }
}

#[track_caller]
fn check(operation: &str, body: impl Fn(&mut World, &str) -> Value, expect: Expect) {
    let mut world = World::new();
    let id = world.key();
    world.alias("alias/docs", &id);
    let body = body(&mut world, &id);
    expect.assert_eq(&steps(&mut world, operation, body));
}

#[test]
fn create_key() {
    check(
        "CreateKey",
        |_, _| json!({}),
        expect![[r#"
            request context={} length=2 operation=CreateKey
            permitted action=kms:CreateKey because=the account itself needs no identity policy principal=…333:root resource=*
            randomMade item={bytes: withheld, length: 32, role: kmsKey}
            changed resource=…da11bd47 what=key material
            changed resource=…da11bd47 what=key
            reply items=[] length=561 operation=CreateKey
        "#]],
    );
}

#[test]
fn encrypt() {
    let body = |_: &mut World, _: &str| json!({"KeyId": "alias/docs", "Plaintext": b64(b"hello"), "EncryptionContext": {"a": "1"}});
    check(
        "Encrypt",
        body,
        expect![[r#"
            request context={a: 1} length=75 operation=Encrypt
            keyFound keyArn=…d8069414 named=alias/docs
            permitted action=kms:Encrypt because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account, and the account itself needs no identity policy principal=…333:root resource=…d8069414
            encrypted context={a: 1} input={bytes: withheld, length: 5, role: plaintext} keyArn=…d8069414 keyMaterialId=…597c1c60 output={bytes: {here: …ZCbkyCdo}, length: 156, role: ciphertext}
            reply items=[{bytes: {reply: CiphertextBlob}, length: 156, role: ciphertext}] length=360 operation=Encrypt
        "#]],
    );
}

#[test]
fn generate_data_key() {
    check(
        "GenerateDataKey",
        |_, id| json!({"KeyId": id, "KeySpec": "AES_256"}),
        expect![[r#"
            request context={} length=68 operation=GenerateDataKey
            keyFound keyArn=…d8069414 named=…d8069414
            permitted action=kms:GenerateDataKey because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account, and the account itself needs no identity policy principal=…333:root resource=…d8069414
            randomMade item={bytes: withheld, length: 32, role: dataKey}
            encrypted context={} input={bytes: withheld, length: 32, role: dataKey} keyArn=…d8069414 keyMaterialId=…597c1c60 output={bytes: {here: …xElCLR6R}, length: 183, role: encryptedDataKey}
            reply items=[{bytes: {reply: Plaintext}, length: 32, role: dataKey}, {bytes: {reply: CiphertextBlob}, length: 183, role: encryptedDataKey}] length=496 operation=GenerateDataKey
        "#]],
    );
}

#[test]
fn decrypt_a_data_key() {
    let body = |world: &mut World, id: &str| {
        let pair = world.ok("GenerateDataKey", json!({"KeyId": id, "NumberOfBytes": 64}));
        json!({"CiphertextBlob": pair["CiphertextBlob"]})
    };
    check(
        "Decrypt",
        body,
        expect![[r#"
            request context={} length=309 operation=Decrypt
            keyFound keyArn=…d8069414 named=…d8069414
            permitted action=kms:Decrypt because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account, and the account itself needs no identity policy principal=…333:root resource=…d8069414
            decrypted context={} input={bytes: {here: …HTLPQIY=}, length: 215, role: encryptedDataKey} keyArn=…d8069414 keyMaterialId=…597c1c60 output={bytes: withheld, length: 64, role: dataKey}
            reply items=[{bytes: {reply: Plaintext}, length: 64, role: dataKey}] length=318 operation=Decrypt
        "#]],
    );
}

#[test]
fn re_encrypt() {
    let body = |world: &mut World, id: &str| {
        let blob = world.encrypted(id, json!({}));
        json!({"CiphertextBlob": blob, "DestinationKeyId": id, "DestinationEncryptionContext": {"b": "2"}})
    };
    check(
        "ReEncrypt",
        body,
        expect![[r#"
            request context={} length=328 operation=ReEncrypt
            keyFound keyArn=…d8069414 named=…d8069414
            permitted action=kms:ReEncryptFrom because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account, and the account itself needs no identity policy principal=…333:root resource=…d8069414
            keyFound keyArn=…d8069414 named=…d8069414
            permitted action=kms:ReEncryptTo because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account, and the account itself needs no identity policy principal=…333:root resource=…d8069414
            decrypted context={} input={bytes: {here: …mwrqEKbJ}, length: 156, role: ciphertext} keyArn=…d8069414 keyMaterialId=…597c1c60 output={bytes: withheld, length: 5, role: plaintext}
            encrypted context={b: 2} input={bytes: withheld, length: 5, role: plaintext} keyArn=…d8069414 keyMaterialId=…597c1c60 output={bytes: {here: …kZcVSz5m}, length: 156, role: ciphertext}
            reply items=[{bytes: {reply: CiphertextBlob}, length: 156, role: ciphertext}] length=697 operation=ReEncrypt
        "#]],
    );
}

#[test]
fn disable_key() {
    check(
        "DisableKey",
        |_, id| json!({"KeyId": id}),
        expect![[r#"
            request context={} length=48 operation=DisableKey
            keyFound keyArn=…d8069414 named=…d8069414
            permitted action=kms:DisableKey because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account, and the account itself needs no identity policy principal=…333:root resource=…d8069414
            changed resource=…d8069414 what=state Disabled
            reply items=[] length=2 operation=DisableKey
        "#]],
    );
}

#[test]
fn delete_alias() {
    check(
        "DeleteAlias",
        |_, _| json!({"AliasName": "alias/docs"}),
        expect![[r#"
            request context={} length=26 operation=DeleteAlias
            keyFound keyArn=…d8069414 named=alias/docs
            permitted action=kms:DeleteAlias because=the account itself needs no identity policy principal=…333:root resource=…ias/docs
            permitted action=kms:DeleteAlias because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account, and the account itself needs no identity policy principal=…333:root resource=…d8069414
            changed resource=…ias/docs what=alias deleted
            reply items=[] length=2 operation=DeleteAlias
        "#]],
    );
}

#[test]
fn update_alias() {
    let body = |world: &mut World, _: &str| json!({"AliasName": "alias/docs", "TargetKeyId": world.key()});
    check(
        "UpdateAlias",
        body,
        expect![[r#"
            request context={} length=79 operation=UpdateAlias
            keyFound keyArn=…d8069414 named=alias/docs
            keyFound keyArn=…da11bd47 named=…da11bd47
            permitted action=kms:UpdateAlias because=the account itself needs no identity policy principal=…333:root resource=…ias/docs
            permitted action=kms:UpdateAlias because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account, and the account itself needs no identity policy principal=…333:root resource=…d8069414
            permitted action=kms:UpdateAlias because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account, and the account itself needs no identity policy principal=…333:root resource=…da11bd47
            changed resource=…ias/docs what=alias
            reply items=[] length=2 operation=UpdateAlias
        "#]],
    );
}

#[test]
fn generate_random() {
    check(
        "GenerateRandom",
        |_, _| json!({"NumberOfBytes": 8}),
        expect![[r#"
            request context={} length=19 operation=GenerateRandom
            permitted action=kms:GenerateRandom because=the account itself needs no identity policy principal=…333:root resource=*
            randomMade item={bytes: withheld, length: 8, role: plaintext}
            reply items=[{bytes: {reply: Plaintext}, length: 8, role: plaintext}] length=28 operation=GenerateRandom
        "#]],
    );
}

#[test]
fn refused() {
    let body = |world: &mut World, id: &str| {
        world.ok("DisableKey", json!({"KeyId": id}));
        json!({"KeyId": id, "Plaintext": "AA=="})
    };
    check(
        "Encrypt",
        body,
        expect![[r#"
            request context={} length=67 operation=Encrypt
            keyFound keyArn=…d8069414 named=…d8069414
            permitted action=kms:Encrypt because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account, and the account itself needs no identity policy principal=…333:root resource=…d8069414
            refused code=DisabledException length=134 message=arn:aws:kms:eu-central-1:111122223333:key/b10da48c-ea4c-4967-ab8e-0efcd8069414 is disabled. operation=Encrypt
        "#]],
    );
}

#[test]
fn denied() {
    let body = |world: &mut World, id: &str| {
        world.become_user("ann");
        world.let_user("ann", "Allow", "kms:Describe*", "*");
        json!({"KeyId": id, "Plaintext": "AA=="})
    };
    check(
        "Encrypt",
        body,
        expect![[r#"
            request context={} length=67 operation=Encrypt
            keyFound keyArn=…d8069414 named=…d8069414
            denied action=kms:Encrypt because=statement 1 (“Enable IAM User Permissions”) of the key policy allows the caller’s account; statement 1 of the identity policy “Allow” allows, but is about other actions principal=…user/ann resource=…d8069414
            refused code=AccessDeniedException length=284 message=User: arn:aws:iam::111122223333:user/ann is not authorized to perform: kms:Encrypt on resource: arn:aws:kms:eu-central-1:111122223333:key/b10da48c-ea4c-4967-ab8e-0efcd8069414 because no identity-based policy allows the kms:Encrypt action operation=Encrypt
        "#]],
    );
}
