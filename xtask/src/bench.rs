//! Speed and size of the release build.

use std::path::PathBuf;

use anyhow::{Result, bail};
use xshell::cmd;

use crate::{browser, dist, module, python, tools, workshop::Workshop};

/// `cargo xtask bench [part]`
pub(crate) fn run(workshop: &Workshop, part: &[&str]) -> Result<()> {
    match part {
        [] => {
            site(workshop, &[files, sandboxes])?;
            endpoint(workshop)
        }
        ["site"] => site(workshop, &[files, sandboxes]),
        ["sandboxes"] => site(workshop, &[sandboxes]),
        ["endpoint"] => endpoint(workshop),
        _ => bail!("bench takes site, sandboxes or endpoint"),
    }
}

/// Parts that need the page, in Chromium.
fn site(workshop: &Workshop, parts: &[fn(&Workshop) -> Result<()>]) -> Result<()> {
    let sh = &workshop.sh;
    dist::build(workshop)?;
    let _site = sh.push_env("WAXSEAL_SITE", workshop.site());
    let _chromium = sh.push_env("WAXSEAL_CHROMIUM", browser::chromium(workshop)?);
    parts.iter().try_for_each(|part| part(workshop))
}

/// A large sandbox: saved, shared, opened and gone back in; and what a line of the terminal costs the page.
fn sandboxes(workshop: &Workshop) -> Result<()> {
    Ok(cmd!(workshop.sh, "node tests/bench/sandboxes.mjs").run()?)
}

/// Encrypting and decrypting files.
fn files(workshop: &Workshop) -> Result<()> {
    let sh = &workshop.sh;
    let _npm = sh.push_env("WAXSEAL_NPM", workshop.npm());
    let _peers = sh.push_env("WAXSEAL_PEERS", peers(workshop)?);
    let _digest = sh.push_env("WAXSEAL_DIGEST", module::build_digest(workshop)?);
    Ok(cmd!(sh, "node tests/bench/files.mjs").run()?)
}

/// The programs that the file path is measured beside, as one script for a page.
fn peers(workshop: &Workshop) -> Result<PathBuf> {
    let sh = &workshop.sh;
    tools::npm_packages(workshop, "tests/bench")?;
    let script = workshop.target.join("bench-peers.js");
    let _in = sh.push_dir("tests/bench");
    cmd!(sh, "npx esbuild peers.mjs --bundle --format=esm --define:global=globalThis --log-level=warning --outfile={script}")
        .run()?;
    Ok(script)
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
