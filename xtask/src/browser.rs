//! Chromium, its driver and Firefox: found, or installed.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use xshell::cmd;

use crate::{tools::apt_install, workshop::Workshop};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APPS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// A Chromium or Chrome: the one that `CHROME` names, one on the `PATH`, an application of macOS, or Playwright's.
pub(crate) fn chromium(workshop: &Workshop) -> Result<PathBuf> {
    if let Some(found) = find_chromium(workshop) {
        return Ok(found);
    }
    println!("Installing Chromium");
    apt_install(workshop, &["chromium", "chromium-driver"]);
    if find_chromium(workshop).is_none() {
        playwright_install(workshop);
    }
    match find_chromium(workshop) {
        Some(found) => Ok(found),
        None => bail!("the tests need Chromium or Chrome; please install it, or name its program in CHROME"),
    }
}

/// A Firefox: the one that `FIREFOX` names, or one on the `PATH`; installed where that can be done.
pub(crate) fn firefox(workshop: &Workshop) -> Option<PathBuf> {
    let find = || {
        let named = env::var_os("FIREFOX").map(PathBuf::from);
        named.or_else(|| ["firefox-esr", "firefox"].into_iter().find_map(which))
    };
    find().or_else(|| {
        println!("Installing Firefox");
        apt_install(workshop, &["firefox-esr"]);
        find()
    })
}

/// The ChromeDriver that `CHROMEDRIVER` names, or the one on the `PATH`.
pub(crate) fn chromedriver(workshop: &Workshop) -> Result<PathBuf> {
    let find = || env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| which("chromedriver"));
    if find().is_none() {
        println!("Installing ChromeDriver");
        apt_install(workshop, &["chromium-driver"]);
    }
    match find() {
        Some(found) => Ok(found),
        None => bail!(
            "the tests of the module in the browser need the chromedriver that belongs to your Chromium; please \
             install it, or name its program in CHROMEDRIVER"
        ),
    }
}

/// A file that tells ChromeDriver which Chromium to start, and how: alone and silent on the network.
pub(crate) fn driver_settings(workshop: &Workshop) -> Result<PathBuf> {
    let binary = chromium(workshop)?;
    let arguments = "\"disable-background-networking\", \"disable-component-update\", \"disable-gpu\", \
                     \"disable-quic\", \"disable-sync\", \"no-first-run\"";
    let settings =
        format!("{{\"goog:chromeOptions\": {{\"binary\": {binary:?}, \"args\": [{arguments}]}}}}\n");
    let file = workshop.target.join("webdriver.json");
    workshop.sh.write_file(&file, settings)?;
    Ok(file)
}

fn find_chromium(workshop: &Workshop) -> Option<PathBuf> {
    let named = env::var_os("CHROME").map(PathBuf::from);
    named
        .or_else(|| NAMES.into_iter().find_map(which))
        .or_else(|| MAC_APPS.into_iter().map(PathBuf::from).find(|path| path.exists()))
        .or_else(|| playwright_chromium(workshop))
}

pub(crate) fn which(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Where Playwright keeps its own Chromium, if it has one.
fn playwright_chromium(workshop: &Workshop) -> Option<PathBuf> {
    let sh = &workshop.sh;
    let _in = sh.push_dir("tests/browser");
    let script = "import('playwright-core').then((p) => console.log(p.chromium.executablePath()))";
    let path = cmd!(sh, "node -e {script}").quiet().ignore_stderr().read().ok()?;
    Path::new(&path).is_file().then(|| path.into())
}

fn playwright_install(workshop: &Workshop) {
    let sh = &workshop.sh;
    let _in = sh.push_dir("tests/browser");
    let _ = cmd!(sh, "npx playwright-core install chromium").run();
}
