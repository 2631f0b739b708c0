//! The static site: its documents and the module, made ready for any folder of any host.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    rc::Rc,
};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{
    first,
    hash::{self, HashedFolder},
    html,
    learn::Learn,
    module::{self, Module},
    offline, styles,
    workshop::{Profile, Workshop},
};

/// The modules that the documents' workers run.
pub(crate) struct Modules {
    pub(crate) vault: Rc<Module>,
    /// With sandboxes; for workbench and course.
    pub(crate) sandboxes: Rc<Module>,
}

/// The binary of the document of a sandbox's files.
const FILES: &str = "sandbox-files";

/// What the documents are made of.
pub(crate) struct Pages {
    /// Trunk's page, with the WebAssembly of the vault's document.
    vault: PathBuf,
    /// The WebAssembly of the workbench's document.
    workbench: PathBuf,
    /// That of a sandbox's files.
    files: PathBuf,
    /// That of the course's.
    course: PathBuf,
}

impl Pages {
    /// Where a build leaves them.
    pub(crate) fn of(workshop: &Workshop, profile: Profile) -> Self {
        let place = |name| module::document(workshop, name, profile);
        Self {
            vault: place("page"),
            workbench: place("workbench"),
            files: place(FILES),
            course: place("course"),
        }
    }
}

/// Builds the vault's document with Trunk, and what the others have in its place.
pub(crate) fn build_pages(workshop: &Workshop, profile: Profile) -> Result<Pages> {
    let sh = &workshop.sh;
    let pages = Pages::of(workshop, profile);
    let (stage, option) = (&pages.vault, profile.for_trunk());
    sh.create_dir(stage)?;
    cmd!(sh, "trunk build {option...} --skip-version-check --dist {stage}")
        .env_remove("NO_COLOR")
        .run()
        .context("Trunk could not build the page")?;
    for name in ["workbench", FILES, "course"] {
        module::build_document(workshop, name, profile)?;
    }
    Ok(pages)
}

/// Makes a site of the documents and their modules in `site`, which is emptied first.
pub(crate) fn assemble(workshop: &Workshop, pages: &Pages, modules: &Modules, site: &Path) -> Result<()> {
    let sh = &workshop.sh;
    sh.remove_path(site)?;
    sh.create_dir(site)?;
    copy(workshop, &pages.vault, site)?;
    let documents = documents(workshop, pages, modules, site)?;
    let learn = Learn::new(workshop, &documents.course, site)?;
    write_routes(workshop, &documents, &learn, site)?;
    let not_found = not_found_page(workshop)?;
    sh.write_file(site.join("404.html"), &not_found)?;
    offline::put_manifest(workshop, site)?;
    let common = common_headers(&documents.vault, &not_found)?;
    sh.write_file(site.join("_headers"), headers(workshop, &common, site)?)?;
    offline::put_service_worker(workshop, &common, site)?;
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

/// The HTML of the documents, as it is in the site's root.
struct Documents {
    vault: String,
    workbench: String,
    files: String,
    course: String,
}

/// Adds the start scripts, the workers and their modules to the site, and tells the documents their names. The documents
/// differ in nothing but the script that starts them and the worker.
fn documents(workshop: &Workshop, pages: &Pages, modules: &Modules, site: &Path) -> Result<Documents> {
    let staged = workshop.sh.read_file(pages.vault.join("index.html"))?;
    // The text comes first: nothing of the app is loaded before its script asks for it.
    let staged = html::without_preloads(&staged);
    let staged = styles::merge(workshop, &staged, site)?;
    let staged = ["theme.js", "offline.js"].iter().try_fold(staged, |page, name| {
        let script = hashed_script(workshop, name, site)?;
        html::replace(&page, &format!("src=\"./{name}\""), &script)
    })?;
    for folder in
        [&modules.vault.folder, &modules.sandboxes.folder, &pages.workbench, &pages.files, &pages.course]
    {
        if workshop.sh.path_exists(folder.join("snippets")) {
            copy(workshop, &folder.join("snippets"), &site.join("snippets"))?;
        }
    }
    let with_worker = |module: &Module| -> Result<String> {
        let worker = worker(workshop, module, site)?;
        html::replace(&staged, "content=\"./worker.js\"", &format!("content=\"./{worker}\""))
    };
    let (js, wasm) = (html::attribute(&staged, "data-js")?, html::attribute(&staged, "data-wasm")?);
    let vault = started(workshop, &with_worker(&modules.vault)?, site, [js, wasm])?;
    let with_sandboxes = with_worker(&modules.sandboxes)?;
    let other = |folder, name| other_document(workshop, &with_sandboxes, site, [js, wasm], (folder, name));
    let workbench = other(&pages.workbench, "workbench")?;
    let (files, course) = (other(&pages.files, FILES)?, other(&pages.course, "course")?);
    Ok(Documents { vault, workbench, files, course })
}

/// Adds glue and WebAssembly of a document that Trunk has not made, and puts them in the place of `theirs`, the vault's.
fn other_document(
    workshop: &Workshop,
    html: &str,
    site: &Path,
    theirs: [&str; 2],
    (folder, name): (&Path, &str),
) -> Result<String> {
    let mut files = HashedFolder::new(workshop, site);
    let wasm = files.put(&folder.join(format!("{name}_bg.wasm")))?;
    let js = files.put(&folder.join(format!("{name}.js")))?;
    let own = [js.as_str(), &wasm];
    let html = theirs
        .into_iter()
        .zip(own)
        .try_fold(html.to_owned(), |html, (theirs, own)| html::replace(&html, theirs, own))?;
    started(workshop, &html, site, own)
}

/// Adds a module and the script of a worker that runs it, and returns the script's name.
fn worker(workshop: &Workshop, Module { folder, name }: &Module, site: &Path) -> Result<String> {
    let mut files = HashedFolder::new(workshop, site);
    files.put(&folder.join(format!("{name}_bg.wasm")))?;
    let js = files.put(&folder.join(format!("{name}.js")))?;
    files.know("waxseal.js", &js);
    files.put(&workshop.root.join("www/worker.js"))
}

/// Adds a script of `www` to the site, and returns the attributes that name it.
fn hashed_script(workshop: &Workshop, source: &str, site: &Path) -> Result<String> {
    let name = HashedFolder::new(workshop, site).put(&workshop.root.join("www").join(source))?;
    let integrity = integrity(workshop, &site.join(&name))?;
    Ok(format!("src=\"./{name}\" integrity=\"{integrity}\""))
}

fn integrity(workshop: &Workshop, file: &Path) -> Result<String> {
    Ok(hash::integrity(&workshop.sh.read_binary_file(file)?))
}

/// Adds the script that starts a document with this glue and this WebAssembly, both verified, and has the document name it.
fn started(workshop: &Workshop, html: &str, site: &Path, [js, wasm]: [&str; 2]) -> Result<String> {
    let mut files = HashedFolder::new(workshop, site);
    files.know("waxseal-app.js", js);
    files.know("waxseal-app_bg.wasm", wasm);
    files.know("GLUE_INTEGRITY", &integrity(workshop, &site.join(js))?);
    files.know("WASM_INTEGRITY", &integrity(workshop, &site.join(wasm))?);
    let start = files.put(&workshop.root.join("www/start.js"))?;
    let sum = integrity(workshop, &site.join(&start))?;
    html::replace(html, "src=\"./start.js\"", &format!("src=\"./{start}\" integrity=\"{sum}\""))
}

/// One real page for each route, so that every address answers 200 on any static host. A line of the list is a route and
/// the document that it is of; those of the course have a text of their own, and are there in other languages, too.
fn write_routes(workshop: &Workshop, documents: &Documents, learn: &Learn, site: &Path) -> Result<()> {
    for line in workshop.sh.read_file("www/routes.txt")?.lines() {
        let (route, document) =
            line.split_once(' ').context("a route does not say of which document it is")?;
        let html = match document {
            "vault" => first::with_text(workshop, route, &documents.vault)?,
            "workbench" => documents.workbench.clone(),
            "files" => documents.files.clone(),
            "learn" => learn.page(workshop, route)?,
            other => anyhow::bail!("there is no document {other}"),
        };
        write_page(workshop, site, route, &html)?;
    }
    for route in learn.routes(workshop)?.iter().filter(|route| !site.join(route).join("index.html").exists())
    {
        write_page(workshop, site, route, &learn.page(workshop, route)?)?;
    }
    Ok(())
}

/// Writes the page of a route.
fn write_page(workshop: &Workshop, site: &Path, route: &str, html: &str) -> Result<()> {
    let depth =
        Path::new(route).components().filter(|part| matches!(part, std::path::Component::Normal(_))).count();
    Ok(workshop.sh.write_file(site.join(route).join("index.html"), html::at_depth(html, depth))?)
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

/// The headers of every file. The policy is the page's, widened by what stands inline in `404.html`, and with what only a
/// header can say.
fn common_headers(home: &str, not_found: &str) -> Result<String> {
    let mut csp = html::csp(home)?.to_owned();
    for (directive, source) in html::inline_sources(not_found)? {
        csp = html::allow(&csp, directive, &source)?;
    }
    Ok(format!(
        "/*\n  Content-Security-Policy: {csp}; frame-ancestors 'none'\n  Cross-Origin-Opener-Policy: same-origin\n  \
         Cross-Origin-Resource-Policy: same-origin\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n"
    ))
}

/// Response headers, in the form that Netlify and Cloudflare Pages read: those of every file, and how long each is kept.
fn headers(workshop: &Workshop, common: &str, site: &Path) -> Result<String> {
    let mut text = format!("{common}/{}\n  Cache-Control: no-cache\n", offline::SERVICE_WORKER);
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
