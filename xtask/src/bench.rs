//! Speed and size of the release build.

use anyhow::{Result, bail};
use xshell::cmd;

use crate::{browser, dist, python, workshop::Workshop};

/// `cargo xtask bench [part]`
pub(crate) fn run(workshop: &Workshop, part: &[&str]) -> Result<()> {
    match part {
        [] => {
            site(workshop)?;
            endpoint(workshop)
        }
        ["site"] => site(workshop),
        ["endpoint"] => endpoint(workshop),
        _ => bail!("bench takes site or endpoint"),
    }
}

/// The page, in Chromium.
fn site(workshop: &Workshop) -> Result<()> {
    let sh = &workshop.sh;
    dist::build(workshop)?;
    let _site = sh.push_env("WAXSEAL_SITE", workshop.site());
    let _chromium = sh.push_env("WAXSEAL_CHROMIUM", browser::chromium(workshop)?);
    Ok(cmd!(sh, "node tests/browser/bench.mjs").run()?)
}

/// The endpoint, beside moto's server.
fn endpoint(workshop: &Workshop) -> Result<()> {
    let sh = &workshop.sh;
    let python = python::interpreter(workshop, "python-bench", "tests/bench/requirements.txt")?;
    cmd!(sh, "cargo build --release --package waxseal-endpoint --bins --example bench").run()?;
    let release = workshop.target.join("release");
    let (bench, endpoint) = (release.join("examples/bench"), release.join("waxseal-endpoint"));
    Ok(cmd!(sh, "{bench} {endpoint} {python}").run()?)
}
