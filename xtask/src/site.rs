//! The static site: Trunk's page and the module, made ready for any folder of any host.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{
    hash::{self, HashedFolder},
    html,
    workshop::{Profile, Workshop},
};

/// Builds the page with Trunk and returns the folder it lies in.
pub(crate) fn build_page(workshop: &Workshop, profile: Profile) -> Result<PathBuf> {
    let sh = &workshop.sh;
    let stage = workshop.target.join("page").join(profile.folder());
    let option = profile.for_trunk();
    sh.create_dir(&stage)?;
    cmd!(sh, "trunk build {option...} --skip-version-check --dist {stage}")
        .env_remove("NO_COLOR")
        .run()
        .context("Trunk could not build the page")?;
    Ok(stage)
}

/// Makes a site of a page and a module in `site`, which is emptied first.
pub(crate) fn assemble(workshop: &Workshop, page: &Path, module: &Path, site: &Path) -> Result<()> {
    let sh = &workshop.sh;
    sh.remove_path(site)?;
    sh.create_dir(site)?;
    copy(workshop, page, site)?;
    let home = home_page(workshop, page, module, site)?;
    write_routes(workshop, &home, site)?;
    let not_found = not_found_page(workshop)?;
    sh.write_file(site.join("404.html"), &not_found)?;
    sh.write_file(site.join("_headers"), headers(workshop, &home, &not_found, site)?)?;
    let sums = hash::sums(workshop, site)?;
    Ok(sh.write_file(site.join("SHA256SUMS"), sums)?)
}

/// Copies all files of a folder but its `index.html`.
fn copy(workshop: &Workshop, from: &Path, to: &Path) -> Result<()> {
    for file in hash::files_below(workshop, from)? {
        if file != Path::new("index.html") {
            let target = to.join(&file);
            workshop.sh.create_dir(target.parent().unwrap_or(to))?;
            workshop.sh.copy_file(from.join(&file), target)?;
        }
    }
    Ok(())
}

/// Adds the start script, the worker and its module to the site, and tells the page their names.
fn home_page(workshop: &Workshop, page: &Path, module: &Path, site: &Path) -> Result<String> {
    let staged = workshop.sh.read_file(page.join("index.html"))?;
    let mut files = HashedFolder::new(workshop, site);
    files.know("waxseal-app.js", html::attribute(&staged, "data-js")?);
    files.know("waxseal-app_bg.wasm", html::attribute(&staged, "data-wasm")?);
    let start = files.put(&workshop.root.join("www/start.js"))?;
    files.put(&module.join("waxseal_bg.wasm"))?;
    files.put(&module.join("waxseal.js"))?;
    let worker = files.put(&workshop.root.join("www/worker.js"))?;
    if workshop.sh.path_exists(module.join("snippets")) {
        copy(workshop, &module.join("snippets"), &site.join("snippets"))?;
    }
    let integrity = hash::integrity(&workshop.sh.read_binary_file(site.join(&start))?);
    let script = format!("src=\"./{start}\" integrity=\"{integrity}\"");
    let home = html::replace(&staged, "src=\"./start.js\"", &script)?;
    html::replace(&home, "content=\"./worker.js\"", &format!("content=\"./{worker}\""))
}

/// One real page for each route, so that every address answers 200 on any static host.
fn write_routes(workshop: &Workshop, home: &str, site: &Path) -> Result<()> {
    for route in workshop.sh.read_file("www/routes.txt")?.lines() {
        let depth = Path::new(route)
            .components()
            .filter(|part| matches!(part, std::path::Component::Normal(_)))
            .count();
        workshop.sh.write_file(site.join(route).join("index.html"), html::at_depth(home, depth))?;
    }
    Ok(())
}

/// The page for addresses that do not exist. It cannot know how deep it is asked for, so it carries all it needs.
fn not_found_page(workshop: &Workshop) -> Result<String> {
    let page = workshop.sh.read_file("www/404.html")?;
    let mut csp = html::csp(&page)?.to_owned();
    for (directive, source) in html::inline_sources(&page)? {
        csp = html::allow(&csp, directive, &source)?;
    }
    html::replace(&page, html::csp(&page)?, &csp)
}

/// Response headers, in the form that Netlify and Cloudflare Pages read. The policy is the page's, widened by what
/// stands inline in `404.html`, and with what only a header can say.
fn headers(workshop: &Workshop, home: &str, not_found: &str, site: &Path) -> Result<String> {
    let mut csp = html::csp(home)?.to_owned();
    for (directive, source) in html::inline_sources(not_found)? {
        csp = html::allow(&csp, directive, &source)?;
    }
    let mut text = format!(
        "/*\n  Content-Security-Policy: {csp}; frame-ancestors 'none'\n  Cross-Origin-Opener-Policy: same-origin\n  \
         Cross-Origin-Resource-Policy: same-origin\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n"
    );
    for file in hash::files_below(workshop, site)?.iter().filter(|file| is_hashed(file)) {
        writeln!(text, "/{}\n  Cache-Control: public, max-age=31536000, immutable", file.display())?;
        if file.extension().is_some_and(|extension| extension == "wasm") {
            writeln!(text, "  Content-Type: application/wasm")?;
        }
    }
    Ok(text)
}

/// Scripts, styles and WebAssembly carry the digest of their content in their names.
fn is_hashed(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "js" || extension == "css" || extension == "wasm")
}
