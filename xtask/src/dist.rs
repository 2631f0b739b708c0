//! What is published: the site and the npm package.

use std::{path::PathBuf, rc::Rc};

use anyhow::Result;

use crate::{
    module::{self, Variant},
    npm,
    site::{self, Modules},
    tools,
    workshop::{Profile, Workshop},
};

/// `cargo xtask dist`
pub(crate) fn run(workshop: &Workshop) -> Result<()> {
    build(workshop)?;
    println!("The site is in {}", workshop.site().display());
    println!("The npm package is in {}", workshop.npm().display());
    Ok(())
}

/// Builds site and package as they are published.
pub(crate) fn build(workshop: &Workshop) -> Result<()> {
    tools::for_building(workshop)?;
    let modules = modules(workshop, Profile::Release)?;
    let pages = site::build_pages(workshop, Profile::Release)?;
    site::assemble(workshop, &pages, &modules, &workshop.site())?;
    npm::assemble(workshop, &modules.vault.folder, &workshop.npm())
}

/// Builds the site without optimisation, and returns where it is.
pub(crate) fn build_dev_site(workshop: &Workshop) -> Result<PathBuf> {
    tools::for_building(workshop)?;
    let modules = modules(workshop, Profile::Dev)?;
    let pages = site::build_pages(workshop, Profile::Dev)?;
    let dev = workshop.target.join("site-dev");
    site::assemble(workshop, &pages, &modules, &dev)?;
    Ok(dev)
}

/// Builds the site with the module that tests can stop, from the pages that [`build`] has left, and returns where it is.
pub(crate) fn build_faults_site(workshop: &Workshop) -> Result<PathBuf> {
    let variant = Variant { profile: Profile::Release, sandboxes: true, faults: true };
    let module = Rc::new(module::build(workshop, variant)?);
    let modules = Modules { vault: module.clone(), sandboxes: module };
    let pages = site::Pages::of(workshop, Profile::Release);
    let faults = workshop.target.join("site-faults");
    site::assemble(workshop, &pages, &modules, &faults)?;
    Ok(faults)
}

/// Builds the modules of the documents.
fn modules(workshop: &Workshop, profile: Profile) -> Result<Modules> {
    let build =
        |sandboxes| module::build(workshop, Variant { profile, sandboxes, faults: false }).map(Rc::new);
    Ok(Modules { vault: build(false)?, sandboxes: build(true)? })
}
