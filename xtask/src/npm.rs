//! The npm package.

use std::path::Path;

use anyhow::Result;

use crate::{hash::files_below, html::replace, workshop::Workshop};

/// Packs a module into `package`, which is emptied first.
pub(crate) fn assemble(workshop: &Workshop, module: &Path, package: &Path) -> Result<()> {
    let sh = &workshop.sh;
    sh.remove_path(package)?;
    for source in [module, &workshop.root.join("crates/module/npm")] {
        for file in files_below(workshop, source)? {
            let target = package.join(&file);
            sh.create_dir(target.parent().unwrap_or(package))?;
            sh.copy_file(source.join(&file), target)?;
        }
    }
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        sh.copy_file(licence, package.join(licence))?;
    }
    let manifest = package.join("package.json");
    let version = format!("\"version\": \"{}\"", workshop.locked_version("waxseal")?);
    let text = replace(&sh.read_file(&manifest)?, "\"version\": \"0.0.0\"", &version)?;
    Ok(sh.write_file(manifest, text)?)
}
