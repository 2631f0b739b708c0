//! One style sheet of many: a page waits for it once before it is drawn.

use std::path::Path;

use anyhow::{Context, Result};

use crate::{
    hash::{self, HashedFolder},
    html,
    workshop::Workshop,
};

const LINK: &str = "<link rel=\"stylesheet\"";

/// Puts the style sheets that a page names, each on a line of its own, together in their order, and has the page name that.
pub(crate) fn merge(workshop: &Workshop, page: &str, site: &Path) -> Result<String> {
    let sh = &workshop.sh;
    let mut sheet = Vec::new();
    for line in page.lines().filter(|line| line.contains(LINK)) {
        let name = html::attribute(line, "href")?.strip_prefix("./").context("a style sheet is elsewhere")?;
        sheet.extend(sh.read_binary_file(site.join(name))?);
        sheet.push(b'\n');
        sh.remove_path(site.join(name))?;
    }
    let integrity = hash::integrity(&sheet);
    let name = HashedFolder::new(workshop, site).put_content("waxseal.css", sheet)?;
    let mut link = Some(format!("    {LINK} href=\"./{name}\" integrity=\"{integrity}\">"));
    let lines = page.lines().filter_map(|line| match line.contains(LINK) {
        true => link.take(),
        false => Some(line.to_owned()),
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}
