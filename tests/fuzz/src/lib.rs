//! One function for each place where bytes from outside are read. A function that returns is content: whatever it is
//! given ends in a result or an error of the contract, never in a panic.
//!
//! `cargo xtask fuzz TARGET` looks for bytes that break this; what it has found worth keeping lies in `corpus`, and the
//! test here runs all of that, and neighbours of it, each time.

#![expect(clippy::expect_used, reason = "what is set up here is known to work")]

mod engine;

use std::{collections::BTreeMap, path::Path};

use waxseal_api::AccountId;
use waxseal_crypto::{KeyMaterial, PublicKey, Spec, WrappingKey};
use waxseal_envelope::{CommitmentPolicy, DecryptOptions, Header, Inspector, RawAesKeyring, decrypt_bytes};
use waxseal_policy::{Document, Kind, Policy, Principal, Question, decide};

use engine::{engine, laid_over};

/// A target: its name, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub static TARGETS: &[Target] =
    &[("ciphertext", ciphertext), ("der", der), ("message", message), ("policy", policy), ("wire", wire)];

/// A request: a line with the name of the operation, then its body.
pub fn wire(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (operation, body) = text.split_once('\n').unwrap_or((text, ""));
    drop(engine().send(operation, body));
}

/// A ciphertext blob: as it is, and laid over a genuine one, to come past its first checks.
pub fn ciphertext(bytes: &[u8]) {
    let genuine = engine().ciphertext();
    engine().decrypt(bytes);
    let forged = laid_over(genuine, bytes);
    assert_eq!(engine().decrypt(&forged), forged == genuine, "only what was encrypted opens");
}

/// Key material as it is imported, and a public key as another party sends it. The first byte says of which spec.
pub fn der(bytes: &[u8]) {
    let Some((spec, der)) = bytes.split_first() else { return };
    let spec = Spec::ALL[usize::from(*spec) % Spec::ALL.len()];
    drop(PublicKey::from_der(spec, der));
    let Ok(material) = KeyMaterial::from_bytes(spec, der) else { return };
    let again = KeyMaterial::from_bytes(spec, material.expose()).expect("what was written is read");
    assert_eq!(again.expose(), material.expose(), "a key has one form");
    assert_eq!(material.public_key().is_ok(), spec.symmetric_length().is_none());
}

/// A whole AWS Encryption SDK message, of any suite. What it says is the same in whatever pieces it comes.
pub fn message(bytes: &[u8]) {
    let said = |size: usize| {
        let mut inspector = Inspector::default();
        bytes.chunks(size).for_each(|piece| inspector.feed(piece));
        inspector.finish()
    };
    assert_eq!(said(bytes.len().max(1)), said(61));
    let commitment_policy = CommitmentPolicy::RequireEncryptAllowDecrypt;
    let options = &DecryptOptions { commitment_policy, ..DecryptOptions::default() };
    drop(Header::parse(bytes, options));
    let key: [u8; 32] = std::array::from_fn(|n| n as u8);
    let key = WrappingKey::from_bytes(&key).expect("32 bytes");
    let keyring = RawAesKeyring::new("vectors-raw", "aes-256", key).expect("not a reserved namespace");
    drop(decrypt_bytes(bytes, options, |header| keyring.unwrap(header)));
}

/// A policy of a key, and if it is one, what it says about a call.
pub fn policy(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(policy) = Policy::parse_as(Kind::Key, text) else { return };
    let owner: AccountId = "111122223333".parse().expect("an account");
    let name = "ann".to_owned();
    let question = Question {
        principal: &Principal::User { account: owner.clone(), path: "/".into(), name },
        action: "kms:Decrypt",
        resource: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        owner: &owner,
        context: &condition_context(),
        resource_policy: Some(Document { kind: Kind::Key, name: "default", policy: &policy }),
        identity_policies: &[],
        grant: None,
    };
    drop(decide(&question).to_string());
}

/// Something of every type that conditions compare.
fn condition_context() -> BTreeMap<String, Vec<String>> {
    let pairs = [
        ("kms:encryptioncontext:purpose", "backup"),
        ("kms:viaservice", "s3.eu-central-1.amazonaws.com"),
        ("kms:rotationperiodindays", "365"),
        ("aws:currenttime", "2026-11-24T12:00:00Z"),
        ("aws:sourceip", "192.0.2.1"),
        ("aws:principalarn", "arn:aws:iam::111122223333:user/ann"),
        ("kms:multiregion", "false"),
    ];
    pairs.map(|(name, value)| (name.to_owned(), vec![value.to_owned()])).into()
}

/// Runs a target over the files that the command line names.
///
/// # Panics
/// When the target does, or a file cannot be read.
pub fn replay(target: fn(&[u8])) {
    for file in std::env::args_os().skip(1) {
        target(&std::fs::read(Path::new(&file)).expect("a file that can be read"));
    }
}
