//! `cargo xtask fuzz der`
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| waxseal_fuzz::der(bytes));

#[cfg(not(fuzzing))]
fn main() {
    waxseal_fuzz::replay(waxseal_fuzz::der);
}
