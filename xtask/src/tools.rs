//! The tools that a build needs; what is missing is installed, aloud.

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{browser::which, workshop::Workshop};

const TRUNK_VERSION: &str = "0.21.14";
/// It downloads nothing here, so it needs no TLS, and has so little to do that it need not be fast.
const TRUNK_OPTIONS: [&str; 3] = ["--no-default-features", "--config", "profile.release.opt-level=0"];
const CARGO_FUZZ_VERSION: &str = "0.13.2";
/// The target that page and module are built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// What building the site takes: the wasm target, Trunk, wasm-bindgen and wasm-opt.
pub(crate) fn for_building(workshop: &Workshop) -> Result<()> {
    wasm_target(workshop)?;
    cargo_tool(workshop, "trunk", "trunk", TRUNK_VERSION, &TRUNK_OPTIONS)?;
    wasm_bindgen(workshop)?;
    npm_packages(workshop, "tests/browser")
}

/// The wasm32 target of the toolchain.
pub(crate) fn wasm_target(workshop: &Workshop) -> Result<()> {
    let sh = &workshop.sh;
    let libraries = cmd!(sh, "rustc --print target-libdir --target {WASM}").quiet().read()?;
    if sh.path_exists(libraries) {
        return Ok(());
    }
    println!("Installing the {WASM} target of Rust");
    cmd!(sh, "rustup target add {WASM}").run().context("rustup could not add the target")
}

/// wasm-bindgen and its test runner, in the version of the library.
pub(crate) fn wasm_bindgen(workshop: &Workshop) -> Result<()> {
    let version = workshop.locked_version("wasm-bindgen")?;
    cargo_tool(workshop, "wasm-bindgen-cli", "wasm-bindgen", &version, &[])
}

/// The packages of a folder's package.json. Those of tests/browser are Playwright, axe-core and Binaryen.
pub(crate) fn npm_packages(workshop: &Workshop, folder: &str) -> Result<()> {
    let sh = &workshop.sh;
    let _in = sh.push_dir(folder);
    let wanted = sh.read_file("package-lock.json")?;
    let stamp = "node_modules/.installed-lock.json";
    if sh.read_file(stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("Installing the npm packages of {folder}");
    cmd!(sh, "npm ci --no-audit --no-fund").run().context("npm is needed; it comes with Node 20 or newer")?;
    Ok(sh.write_file(stamp, wanted)?)
}

/// cargo-fuzz, and the nightly compiler that it builds with.
pub(crate) fn cargo_fuzz(workshop: &Workshop) -> Result<()> {
    let sh = &workshop.sh;
    if cmd!(sh, "cargo +nightly --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        println!("Installing the nightly toolchain of Rust");
        cmd!(sh, "rustup toolchain install nightly --profile minimal").run()?;
    }
    cargo_tool(workshop, "cargo-fuzz", "cargo-fuzz", CARGO_FUZZ_VERSION, &[])
}

fn cargo_tool(
    workshop: &Workshop,
    package: &str,
    binary: &str,
    version: &str,
    options: &[&str],
) -> Result<()> {
    let sh = &workshop.sh;
    let found = cmd!(sh, "{binary} --version").quiet().ignore_stderr().read();
    if found.is_ok_and(|text| text.split_whitespace().any(|word| word == version)) {
        return Ok(());
    }
    println!("Installing {package} {version} into .tools; this takes some minutes, once");
    // What takes long is to optimise the tools, not to run them.
    let _lto = sh.push_env("CARGO_PROFILE_RELEASE_LTO", "off");
    let _units = sh.push_env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    let _level = sh.push_env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    cmd!(sh, "cargo install --locked {options...} --root .tools {package}@{version}")
        .run()
        .with_context(|| format!("{package} {version} could not be installed"))
}

/// Needs Debian and root; does nothing elsewhere. Whether it helped is seen afterwards.
pub(crate) fn apt_install(workshop: &Workshop, packages: &[&str]) {
    let sh = &workshop.sh;
    let is_root = cmd!(sh, "id -u").quiet().ignore_stderr().read().is_ok_and(|id| id == "0");
    if is_root && which("apt-get").is_some() {
        let _quiet = sh.push_env("DEBIAN_FRONTEND", "noninteractive");
        let _ = cmd!(sh, "apt-get update").ignore_stdout().run();
        let _ = cmd!(sh, "apt-get install --yes --no-install-recommends {packages...}").ignore_stdout().run();
    }
}
