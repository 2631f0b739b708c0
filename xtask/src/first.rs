//! What stands in a page of the vault until the app has started, so that there is something to read at once. It is made of
//! what the app draws, by `tests/browser/first.mjs`.

use std::path::Path;

use anyhow::{Context, Result};

use crate::{html, workshop::Workshop};

/// The page of a route with its first text, under a title and a description of its own; as it is where there is none.
pub(crate) fn with_text(workshop: &Workshop, route: &str, page: &str) -> Result<String> {
    let name = if route == "." { "home" } else { route };
    let file = Path::new("www/first").join(format!("{name}.html"));
    if !workshop.root.join(&file).exists() {
        return Ok(page.to_owned());
    }
    let text = workshop.sh.read_file(&file)?;
    let mut lines = text.lines();
    let mut line = || lines.next().with_context(|| format!("{} is not whole", file.display()));
    let (title, description, content) = (line()?, line()?, line()?);
    let described = html::attribute(page, "name=\"description\" content")?.to_owned();
    let page = html::replace(page, &described, description)?;
    let page = html::replace(&page, "<title>Waxseal</title>", &format!("<title>{title}</title>"))?;
    html::replace(&page, "<body>", &format!("<body>\n    {content}"))
}
