//! Looking for bytes that no parser expects.

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::{tools, workshop::Workshop};

/// `cargo xtask fuzz TARGET [SECONDS]`. What it finds on the way is kept in the corpus, as little of it as covers the same.
pub(crate) fn run(workshop: &Workshop, words: &[&str]) -> Result<()> {
    let (target, seconds) = match words {
        [target] => (*target, 60),
        [target, seconds] => (*target, seconds.parse::<u32>().context("how many seconds?")?),
        _ => bail!("fuzz takes a target, one of tests/fuzz/fuzz_targets, and how many seconds"),
    };
    tools::cargo_fuzz(workshop)?;
    let sh = &workshop.sh;
    // Built often, run for minutes: not linked as a whole.
    let _linked = sh.push_env("CARGO_PROFILE_RELEASE_LTO", "off");
    let _units = sh.push_env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    let _target = sh.push_env("CARGO_TARGET_DIR", workshop.target.join("fuzz"));
    let options = ["--fuzz-dir", "tests/fuzz", "--sanitizer", "none"];
    let time = format!("-max_total_time={seconds}");
    cmd!(sh, "cargo +nightly fuzz run {options...} {target} -- {time} -max_len=4096 -timeout=10").run()?;
    Ok(cmd!(sh, "cargo +nightly fuzz cmin {options...} {target}").run()?)
}
