//! The WebAssembly module: built once, used by the site's worker and by the npm package.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::cmd;

use crate::{
    hash::sha256_hex,
    tools::WASM,
    workshop::{Profile, Workshop},
};

/// Which module to build.
#[derive(Clone, Copy)]
pub(crate) struct Variant {
    /// How it is optimised.
    pub(crate) profile: Profile,
    /// Whether its worker opens sandboxes.
    pub(crate) sandboxes: bool,
    /// Whether tests can stop it in the middle of a write. Never published.
    pub(crate) faults: bool,
}

/// What rustc's `wasm32-unknown-unknown` makes use of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// A module that is built: `<name>.js`, `<name>_bg.wasm` and their types.
pub(crate) struct Module {
    pub(crate) folder: PathBuf,
    pub(crate) name: &'static str,
}

/// Builds the module: `waxseal`, or `sandboxes` when it has those.
pub(crate) fn build(workshop: &Workshop, variant: Variant) -> Result<Module> {
    let sh = &workshop.sh;
    let profile = variant.profile.for_cargo();
    let mut features = Vec::new();
    features.extend(variant.sandboxes.then_some("--features=sandboxes"));
    features.extend(variant.faults.then_some("--features=faults"));
    cmd!(sh, "cargo build --package waxseal --lib --target {WASM} {profile...} {features...}").run()?;
    let built = workshop.target.join(WASM).join(variant.profile.folder()).join("waxseal.wasm");
    let folder = workshop.target.join("module").join(variant.name());
    let name = if variant.sandboxes { "sandboxes" } else { "waxseal" };
    // What only tests run is not worth the minutes.
    let optimised = variant.profile == Profile::Release && !variant.faults;
    bind_if_changed(workshop, optimised, &built, name, &folder)?;
    Ok(Module { folder, name })
}

/// Builds the WebAssembly of a document other than the vault's, and leaves its glue and its `…_bg.wasm` in
/// [`document`]'s folder.
/// Trunk builds that of the vault; all but the last step is the same and is not done twice.
pub(crate) fn build_document(workshop: &Workshop, name: &str, profile: Profile) -> Result<()> {
    let sh = &workshop.sh;
    let option = profile.for_cargo();
    cmd!(sh, "cargo build --package waxseal-app --bin {name} --target {WASM} {option...}").run()?;
    let built = workshop.target.join(WASM).join(profile.folder()).join(format!("{name}.wasm"));
    let folder = document(workshop, name, profile);
    bind_if_changed(workshop, profile == Profile::Release, &built, name, &folder)
}

/// Where [`build_document`] leaves a document.
pub(crate) fn document(workshop: &Workshop, name: &str, profile: Profile) -> PathBuf {
    workshop.target.join(name).join(profile.folder())
}

/// Builds what the bench measures the digest of signed messages with, as the module is built, and returns its folder.
pub(crate) fn build_digest(workshop: &Workshop) -> Result<PathBuf> {
    let sh = &workshop.sh;
    let name = "waxseal-bench-digest";
    let profile = Profile::Release.for_cargo();
    cmd!(sh, "cargo build --package {name} --lib --target {WASM} {profile...}").run()?;
    let built = workshop.target.join(WASM).join(Profile::Release.folder()).join("waxseal_bench_digest.wasm");
    let folder = workshop.target.join("bench-digest");
    cmd!(sh, "wasm-bindgen --target web --out-dir {folder} {built}").run()?;
    optimise(workshop, &folder.join("waxseal_bench_digest_bg.wasm"))?;
    Ok(folder)
}

impl Variant {
    fn name(self) -> String {
        let (sandboxes, faults) =
            (if self.sandboxes { "-sandboxes" } else { "" }, if self.faults { "-faults" } else { "" });
        format!("{}{sandboxes}{faults}", self.profile.folder())
    }
}

/// Does nothing when `folder` was made from the very same bytes by the same passes.
fn bind_if_changed(
    workshop: &Workshop,
    optimised: bool,
    built: &Path,
    name: &str,
    folder: &Path,
) -> Result<()> {
    let sh = &workshop.sh;
    let mut made_of = sh.read_binary_file(built)?;
    made_of.extend(PASSES.concat().bytes());
    let digest = sha256_hex(&made_of);
    let stamp = folder.with_extension("sha256");
    if sh.read_file(&stamp).is_ok_and(|before| before == digest) && sh.path_exists(folder) {
        return Ok(());
    }
    sh.remove_path(folder)?;
    cmd!(sh, "wasm-bindgen --target web --out-name {name} --out-dir {folder} {built}").run()?;
    if optimised {
        optimise(workshop, &folder.join(format!("{name}_bg.wasm")))?;
    }
    Ok(sh.write_file(stamp, digest)?)
}

/// For size: the bulk of the bytes goes to WebCrypto, and all of this is downloaded. Flattened and looped anew, and functions
/// by name beside their like, a module compresses to 15 kB less with brotli than after `-Oz` alone. Long functions are left
/// where they are though they have one caller only: a page takes 1 kB less by that, the vault's worker 67, the sandboxes' 100.
const PASSES: [&str; 15] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--simplify-globals-optimizing",
    "--merge-blocks",
    "--code-folding",
    "--optimize-instructions",
    "--precompute-propagate",
    "--vacuum",
    "--one-caller-inline-max-function-size",
    "40",
    "--reorder-functions-by-name",
    "--strip-producers",
    "--strip-target-features",
];

fn optimise(workshop: &Workshop, wasm: &Path) -> Result<()> {
    let sh = &workshop.sh;
    Ok(cmd!(sh, "wasm-opt {FEATURES...} {PASSES...} {wasm} --output {wasm}").run()?)
}
