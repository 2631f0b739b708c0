//! All tests, in order.

use std::{
    path::{Path, PathBuf},
    thread::{self, JoinHandle},
};

use anyhow::{Result, anyhow, bail};
use xshell::cmd;

use crate::{
    browser, dist, python,
    tally::Tally,
    tools::{self, WASM},
    workshop::Workshop,
};

/// Files of tests of the browser that have it, and the machine, to themselves.
const MEASURING: [&str; 7] = ["console", "lanes", "large", "lighthouse", "memory", "pace", "queue"];

/// `cargo xtask test [part [name]]`
pub(crate) fn run(workshop: &Workshop, selection: &[&str]) -> Result<()> {
    let (part, name) = match selection {
        [] => (None, None),
        [part @ ("native" | "clients" | "wasm" | "browser")] => (Some(*part), None),
        [part @ ("native" | "clients" | "wasm" | "browser"), name] => (Some(*part), Some(*name)),
        _ => bail!("test takes native, clients, wasm or browser, and after it the name of a test"),
    };
    let chosen = |candidate| part.is_none_or(|part| part == candidate);
    let mut tally = Tally::default();
    // Tools and WebAssembly are linked for minutes by one processor, while the others wait for crates and for AWS's clients.
    let site = part.is_none().then(|| build_meanwhile(workshop)).transpose()?;
    if chosen("native") {
        tally.part("native", |tally| native(workshop, tally, name));
    }
    if chosen("clients") {
        tally.part("clients", |tally| clients(workshop, tally, name));
    }
    if chosen("wasm") {
        tally.part("wasm", |tally| wasm(workshop, tally, name));
    }
    if chosen("browser") {
        tally.part("browser", |tally| browser(workshop, tally, name, site));
    }
    tally.conclude()
}

/// Everything that runs without a browser.
fn native(workshop: &Workshop, tally: &mut Tally, name: Option<&str>) -> Result<bool> {
    let sh = &workshop.sh;
    tally.run(cmd!(sh, "cargo test --workspace --no-fail-fast {name...}"))
}

/// AWS's own clients, in Python and in Node: messages exchanged with them, and their calls to the endpoint. And age.
fn clients(workshop: &Workshop, tally: &mut Tally, name: Option<&str>) -> Result<bool> {
    let sh = &workshop.sh;
    let python = python::interpreter(workshop, "python", "tests/clients/requirements.txt")?;
    let alike = name.is_some_and(|name| name != "contract") || contract(workshop, tally, &python)?;
    if name == Some("contract") {
        return Ok(alike);
    }
    tools::npm_packages(workshop, "tests/clients/js")?;
    for program in ["openssl", "xxd"] {
        if browser::which(program).is_none() {
            println!("Installing {program}");
            tools::apt_install(workshop, &[program]);
        }
    }
    let _python = sh.push_env("WAXSEAL_PYTHON", python);
    let _node = sh.push_env("WAXSEAL_NODE", "node");
    let messages =
        tally.run(cmd!(sh, "cargo test --package waxseal-envelope --test python_client {name...}"))?;
    let backups = tally.run(cmd!(sh, "cargo test --package waxseal-crypto --test age_client {name...}"))?;
    let terminal = tally.run(cmd!(sh, "cargo test --package waxseal-cli --test cli {name...}"))?;
    let only = name.unwrap_or("clients::");
    Ok(tally.run(cmd!(sh, "cargo test --package waxseal-endpoint --test endpoint {only}"))?
        && messages
        && backups
        && terminal
        && alike)
}

/// The contract beside AWS's own description of the service.
fn contract(workshop: &Workshop, tally: &mut Tally, python: &Path) -> Result<bool> {
    let sh = &workshop.sh;
    let listing = workshop.target.join("contract.json");
    let example = ["--package", "waxseal-api", "--features", "typescript", "--example", "contract"];
    sh.write_file(&listing, cmd!(sh, "cargo run --quiet {example...}").read()?)?;
    Ok(tally.run(cmd!(sh, "{python} tests/clients/contract.py {listing}"))?
        && tally.run(cmd!(sh, "{python} tests/clients/cli_model.py . --check"))?)
}

/// What only a browser can show of the module: IndexedDB, WebCrypto.
fn wasm(workshop: &Workshop, tally: &mut Tally, name: Option<&str>) -> Result<bool> {
    let sh = &workshop.sh;
    tools::wasm_target(workshop)?;
    tools::wasm_bindgen(workshop)?;
    let _settings = sh.push_env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", browser::driver_settings(workshop)?);
    let _driver = sh.push_env("CHROMEDRIVER", browser::chromedriver(workshop)?);
    let _runner = sh.push_env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    // They take a minute where nothing else runs. These are for a browser or a driver that hangs.
    let _timeout = sh.push_env("WASM_BINDGEN_TEST_TIMEOUT", "600");
    let _driver_timeout = sh.push_env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    tally.run(cmd!(sh, "cargo test --package waxseal --target {WASM} --no-fail-fast {name...}"))
}

/// Builds the site and the one that tests can stop, which is where the other end says, while something else goes on.
fn build_meanwhile(workshop: &Workshop) -> Result<JoinHandle<Result<PathBuf>>> {
    // Not while the same toolchain compiles.
    tools::wasm_target(workshop)?;
    #[expect(clippy::disallowed_methods, reason = "this runs on this machine alone")]
    Ok(thread::spawn(|| build_sites(&Workshop::open()?)))
}

/// Builds the site, and the one that tests can stop; returns where that is.
fn build_sites(workshop: &Workshop) -> Result<PathBuf> {
    dist::build(workshop)?;
    dist::build_faults_site(workshop)
}

/// The release build in Chromium, which may be on its way. `name` is that of a file (`site` for `site.test.mjs`) or of a test.
fn browser(
    workshop: &Workshop,
    tally: &mut Tally,
    name: Option<&str>,
    site: Option<JoinHandle<Result<PathBuf>>>,
) -> Result<bool> {
    let sh = &workshop.sh;
    tools::npm_packages(workshop, "tests/lighthouse")?;
    let faults = match site {
        Some(site) => site.join().map_err(|_| anyhow!("building the site came to a sudden end"))??,
        None => build_sites(workshop)?,
    };
    let _faults = sh.push_env("WAXSEAL_FAULTS_SITE", faults);
    let _site = sh.push_env("WAXSEAL_SITE", workshop.site());
    let _npm = sh.push_env("WAXSEAL_NPM", workshop.npm());
    let _chromium = sh.push_env("WAXSEAL_CHROMIUM", browser::chromium(workshop)?);
    let _firefox = browser::firefox(workshop).map(|path| sh.push_env("WAXSEAL_FIREFOX", path));
    let files = test_files(workshop)?;
    let named = name.and_then(|name| files.iter().find(|file| file.ends_with(&format!("/{name}.test.mjs"))));
    let pattern = name.filter(|_| named.is_none()).map(|name| format!("--test-name-pattern={name}"));
    let files = named.map_or(files.as_slice(), std::slice::from_ref);
    let (alone, together): (Vec<&String>, Vec<&String>) = files.iter().partition(|file| measures(file));
    let (pattern, mut passed) = (&pattern, true);
    for (files, at_once) in [(together, together_at_once()), (alone, 1)] {
        if !files.is_empty() {
            let options = [&*format!("--test-concurrency={at_once}"), "--test-reporter=spec"];
            passed &= tally
                .run(cmd!(sh, "node --test {options...} --test-timeout=600000 {pattern...} {files...}"))?;
        }
    }
    Ok(passed)
}

/// How many files of tests run at the same time: a browser often waits, and so does what drives it.
fn together_at_once() -> usize {
    thread::available_parallelism().map_or(2, |processors| processors.get().max(2))
}

/// Whether a file of tests looks at memory, frames or delays, which others at the same time would change.
fn measures(file: &str) -> bool {
    let name = Path::new(file).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    MEASURING.iter().any(|measuring| name.strip_suffix(".test.mjs") == Some(measuring))
}

fn test_files(workshop: &Workshop) -> Result<Vec<String>> {
    let paths = workshop.sh.read_dir("tests/browser")?;
    let names = paths.into_iter().filter_map(|path| path.into_os_string().into_string().ok());
    Ok(names.filter(|name| name.ends_with(".test.mjs")).collect())
}
