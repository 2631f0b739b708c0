//! What makes the site an app that works without a network: its manifest, and the service worker with its list of files.

use std::{fmt::Write as _, path::Path};

use anyhow::Result;

use crate::{hash, html, workshop::Workshop};

/// The service worker. Its name never changes, for a browser asks for a new version of it by that.
pub(crate) const SERVICE_WORKER: &str = "service-worker.js";

/// What nobody needs without a network.
const NOT_KEPT: [&str; 2] = ["_headers", SERVICE_WORKER];

/// What the manifest names, which browsers ask for by these names when the site is installed.
const ICONS: [(&str, &str); 6] = [
    ("favicon.svg", "seal.svg"),
    ("seal-192.png", "seal-192.png"),
    ("seal-512.png", "seal-512.png"),
    ("seal-maskable-192.png", "seal-maskable-192.png"),
    ("seal-maskable-512.png", "seal-maskable-512.png"),
    ("apple-touch-icon.png", "apple-touch-icon.png"),
];

/// Adds the manifest and its icons.
pub(crate) fn put_manifest(workshop: &Workshop, site: &Path) -> Result<()> {
    let sh = &workshop.sh;
    sh.create_dir(site.join("icons"))?;
    for (source, name) in ICONS {
        sh.copy_file(Path::new("www/icons").join(source), site.join("icons").join(name))?;
    }
    Ok(sh.copy_file("www/manifest.webmanifest", site.join("manifest.webmanifest"))?)
}

/// Adds the service worker, which is told all files that are in the site by then and the headers they come with.
pub(crate) fn put_service_worker(workshop: &Workshop, headers: &str, site: &Path) -> Result<()> {
    let mut list = String::from("{\n");
    for file in hash::files_below(workshop, site)? {
        let name = file.display().to_string();
        if !NOT_KEPT.contains(&name.as_str()) {
            let sum = hash::sha256_integrity(&workshop.sh.read_binary_file(site.join(&file))?);
            writeln!(list, "  {name:?}: {sum:?},")?;
        }
    }
    list.push('}');
    let script = workshop.sh.read_file(Path::new("www").join(SERVICE_WORKER))?;
    let script = html::replace(&script, "FILES = {}", &format!("FILES = {list}"))?;
    let version = &hash::sha256_hex(headers.as_bytes())[..16];
    let script = html::replace(&script, "HEADERS = \"\"", &format!("HEADERS = {version:?}"))?;
    Ok(workshop.sh.write_file(site.join(SERVICE_WORKER), script)?)
}
