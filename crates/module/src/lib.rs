#![doc = include_str!("../README.md")]

pub mod backup;
mod faults;
pub mod import;
mod memory;
pub mod pack;
pub mod share;
pub mod store;
pub mod world;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod file;
#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(target_arch = "wasm32")]
mod stretch;
#[cfg(target_arch = "wasm32")]
mod worker;

#[cfg(target_arch = "wasm32")]
pub use file::start_lane;
#[cfg(target_arch = "wasm32")]
pub use js::{Waxseal, operation_names};
#[cfg(target_arch = "wasm32")]
pub use stretch::stretch;
#[cfg(target_arch = "wasm32")]
pub use worker::start_worker;

/// Whom calls are made as: the root user of the account that documentation uses, which is nobody's.
#[cfg(target_arch = "wasm32")]
#[expect(clippy::expect_used, reason = "constants")]
fn vault_caller() -> waxseal_kms::Caller {
    let name = "every part of this is a valid name";
    waxseal_kms::Caller::root(waxseal_api::Place {
        account: "111122223333".parse().expect(name),
        region: "us-east-1".parse().expect(name),
    })
}

/// Fresh randomness of the system: `crypto.getRandomValues` in browsers and in Node.
pub fn entropy() -> Box<dyn waxseal_crypto::CryptoRng> {
    Box::new(rand_core::UnwrapErr(getrandom::SysRng))
}
