//! Format, lints, and rules that no lint knows.

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::{
    tools::{self, WASM},
    workshop::Workshop,
};

/// Our crates, and which others of ours each may use.
const ARROWS: [(&str, &[&str]); 11] = [
    ("waxseal-api", &[]),
    ("waxseal-crypto", &[]),
    ("waxseal-policy", &["waxseal-api"]),
    ("waxseal-kms", &["waxseal-api", "waxseal-crypto", "waxseal-policy"]),
    ("waxseal-services", &["waxseal-api", "waxseal-crypto", "waxseal-kms"]),
    ("waxseal-envelope", &["waxseal-api", "waxseal-crypto"]),
    ("waxseal-cli", &["waxseal-api"]),
    (
        "waxseal",
        &[
            "waxseal-api",
            "waxseal-cli",
            "waxseal-crypto",
            "waxseal-envelope",
            "waxseal-kms",
            "waxseal-services",
        ],
    ),
    ("waxseal-app", &["waxseal-api", "waxseal-study"]),
    ("waxseal-study", &["waxseal-api"]),
    ("waxseal-endpoint", &["waxseal-api", "waxseal-crypto", "waxseal-kms"]),
];

/// What the page must not be linked with.
const CIPHERS: [&str; 12] = [
    "aes",
    "aes-gcm",
    "aes-gcm-siv",
    "chacha20poly1305",
    "ecdsa",
    "ed25519-dalek",
    "hkdf",
    "hmac",
    "p256",
    "ring",
    "rsa",
    "sha2",
];

/// `cargo xtask lint`
pub(crate) fn run(workshop: &Workshop) -> Result<()> {
    let sh = &workshop.sh;
    tools::wasm_target(workshop)?;
    cmd!(sh, "cargo fmt --all --check").run()?;
    cmd!(sh, "cargo clippy --workspace --all-targets -- -D warnings").run()?;
    cmd!(sh, "cargo clippy --package waxseal --package waxseal-app --target {WASM} -- -D warnings").run()?;
    cmd!(sh, "cargo clippy --package waxseal --all-targets --features faults,sandboxes --target {WASM} -- -D warnings")
        .run()?;
    if_present(workshop, "cargo-deny", &["cargo", "deny", "check"])?;
    if_present(workshop, "typos", &["typos"])?;
    arrows_point_down(workshop)?;
    page_links_no_cipher(workshop)
}

/// Runs a check whose tool takes too long to build to ask for it.
fn if_present(workshop: &Workshop, tool: &str, command: &[&str]) -> Result<()> {
    let sh = &workshop.sh;
    if cmd!(sh, "{tool} --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        println!("{tool} is not installed: skipped");
        return Ok(());
    }
    let (program, arguments) = command.split_first().context("an empty command")?;
    Ok(cmd!(sh, "{program} {arguments...}").run()?)
}

fn arrows_point_down(workshop: &Workshop) -> Result<()> {
    for (package, allowed) in ARROWS {
        let tree = dependencies(workshop, package, &["--depth", "1"])?;
        if let Some(used) =
            names(&tree).find(|used| is_ours(used) && *used != package && !allowed.contains(used))
        {
            bail!("{package} must not depend on {used}");
        }
    }
    Ok(())
}

fn page_links_no_cipher(workshop: &Workshop) -> Result<()> {
    let tree = dependencies(workshop, "waxseal-app", &[])?;
    if let Some(cipher) = names(&tree).find(|used| CIPHERS.contains(used)) {
        bail!("the page must not be linked with {cipher}: see cargo tree --invert {cipher}");
    }
    Ok(())
}

/// What a package is linked with on wasm32, a line each.
fn dependencies(workshop: &Workshop, package: &str, options: &[&str]) -> Result<String> {
    let sh = &workshop.sh;
    let edges = ["--edges", "normal", "--prefix", "none", "--target", WASM];
    Ok(cmd!(sh, "cargo tree --package {package} {edges...} {options...}").quiet().read()?)
}

fn names(tree: &str) -> impl Iterator<Item = &str> {
    tree.lines().filter_map(|line| line.split(' ').next())
}

fn is_ours(package: &str) -> bool {
    package.starts_with("waxseal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_is_seen_to_have_what_the_page_must_not() {
        let workshop = Workshop::open().unwrap();
        let tree = dependencies(&workshop, "waxseal", &[]).unwrap();
        let found: Vec<&str> = names(&tree).filter(|name| CIPHERS.contains(name)).collect();
        assert!(found.contains(&"aes-gcm") && found.contains(&"sha2"), "{found:?}");
        assert!(names(&tree).any(|name| is_ours(name) && name == "waxseal-crypto"));
        page_links_no_cipher(&workshop).unwrap();
        arrows_point_down(&workshop).unwrap();
    }
}
