//! Speed and size of the release build, measured in Chromium.

use anyhow::Result;
use xshell::cmd;

use crate::{browser, dist, workshop::Workshop};

/// `cargo xtask bench`
pub(crate) fn run(workshop: &Workshop) -> Result<()> {
    let sh = &workshop.sh;
    dist::build(workshop)?;
    let _site = sh.push_env("WAXSEAL_SITE", workshop.site());
    let _chromium = sh.push_env("WAXSEAL_CHROMIUM", browser::chromium(workshop)?);
    Ok(cmd!(sh, "node tests/browser/bench.mjs").run()?)
}
