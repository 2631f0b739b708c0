//! What AWS asks, as data. Source: <https://aws.amazon.com/kms/pricing/>, for us-east-1 and the Regions that cost the same.

use waxseal_api::bill::DOLLAR;

/// When the page was read.
pub(super) const CHECKED: &str = "2026-11";

/// A customer managed key for a month, by the hour; a replica is a key of its own.
pub(super) const KEY_MONTH: u64 = DOLLAR;

/// So many rotations of a key add as much as a key each; later ones add nothing.
pub(super) const PAID_ROTATIONS: usize = 2;

/// So many requests a month are free, over all Regions.
pub(super) const FREE_REQUESTS: u64 = 20_000;

/// What requests are told apart by, the dearest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// All that no other class has.
    Symmetric,
    /// With a key pair of RSA-2048.
    Rsa2048,
    /// A data key pair on an elliptic curve.
    EccPair,
    /// With any other key pair.
    Asymmetric,
    /// An RSA data key pair.
    RsaPair,
}

/// What requests of a class cost.
pub(super) struct Price {
    pub(super) class: Class,
    pub(super) what: &'static str,
    pub(super) words: &'static str,
    /// One request.
    pub(super) each: u64,
    /// Whether the free requests are of this class.
    pub(super) free: bool,
}

/// The cent for ten thousand requests, as what one request costs.
const CENT: u64 = DOLLAR / 100 / 10_000;

/// All classes, in order.
pub(super) const REQUESTS: [Price; 5] = [
    price(Class::Symmetric, "Requests", "$0.03 per 10,000", 3 * CENT, true),
    price(Class::Rsa2048, "Requests with RSA-2048 key pairs", "$0.03 per 10,000", 3 * CENT, false),
    price(Class::EccPair, "Data key pairs on elliptic curves", "$0.10 per 10,000", 10 * CENT, false),
    price(Class::Asymmetric, "Requests with other key pairs", "$0.15 per 10,000", 15 * CENT, false),
    price(Class::RsaPair, "RSA data key pairs", "$12 per 10,000", 1200 * CENT, false),
];

const fn price(class: Class, what: &'static str, words: &'static str, each: u64, free: bool) -> Price {
    Price { class, what, words, each, free }
}
