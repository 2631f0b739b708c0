//! Small edits of the site's own HTML, whose form is known.

use anyhow::{Context, Result};

use crate::hash::csp_source;

const CSP: &str = "http-equiv=\"Content-Security-Policy\" content=\"";

/// Turns the home page into the page of a route that lies `depth` folders below it: every local reference, and the
/// root that the page is told of, begins with `./`.
pub(crate) fn at_depth(home: &str, depth: usize) -> String {
    match depth {
        0 => home.to_owned(),
        _ => home.replace("=\"./", &format!("=\"{}", "../".repeat(depth))),
    }
}

/// Replaces text that must be there.
pub(crate) fn replace(html: &str, from: &str, to: &str) -> Result<String> {
    anyhow::ensure!(html.contains(from), "the page does not contain {from}");
    Ok(html.replace(from, to))
}

/// The page without the elements that have a browser load ahead.
pub(crate) fn without_preloads(html: &str) -> String {
    let mut parts = html.split("<link ");
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('>').filter(|(link, _)| link.contains("preload\"")) {
            Some((_, rest)) => left += rest,
            None => left = left + "<link " + part,
        }
    }
    left
}

/// The value of the first attribute that is written `<name>="…"`.
pub(crate) fn attribute<'a>(html: &'a str, name: &str) -> Result<&'a str> {
    between(html, &format!("{name}=\""), "\"").with_context(|| format!("the page has no attribute {name}"))
}

/// The policy of the page's `<meta>` element.
pub(crate) fn csp(html: &str) -> Result<&str> {
    between(html, CSP, "\"").context("the page has no Content-Security-Policy")
}

/// Adds sources to a directive of a policy: `allow(csp, "style-src", "'sha256-…'")`.
pub(crate) fn allow(csp: &str, directive: &str, source: &str) -> Result<String> {
    replace(csp, &format!("{directive} 'self'"), &format!("{directive} 'self' {source}"))
}

/// How a policy names the one style and the one script that stand inline in a page.
pub(crate) fn inline_sources(html: &str) -> Result<[(&'static str, String); 2]> {
    let style = between(html, "<style>", "</style>").context("the page has no inline style")?;
    let script =
        between(html, "<script type=\"module\">", "</script>").context("the page has no inline script")?;
    Ok([("style-src", csp_source(style)), ("script-src", csp_source(script))])
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    Some(text.split_once(start)?.1.split_once(end)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_climb_to_the_root() {
        let home = r#"<html data-root="./"><link href="./a.css"><a href="https://example.org/./">"#;
        assert_eq!(at_depth(home, 0), home);
        let deep = r#"<html data-root="../../"><link href="../../a.css"><a href="https://example.org/./">"#;
        assert_eq!(at_depth(home, 2), deep);
    }

    #[test]
    fn nothing_is_loaded_ahead() {
        let icon = "<link rel=\"icon\" href=\"./preload.svg\">";
        let ahead = "<link rel=\"modulepreload\" href=\"./a.js\"><link rel=\"preload\" href=\"./a.wasm\" as=\"fetch\">";
        let page = |links| format!("<head>{icon}{links}</head>");
        assert_eq!(without_preloads(&page(ahead)), page(""));
    }

    #[test]
    fn a_policy_is_read_and_widened() {
        let page =
            r#"<meta http-equiv="Content-Security-Policy" content="style-src 'self'; script-src 'self'">"#;
        let widened = allow(csp(page).unwrap(), "script-src", "'sha256-x'").unwrap();
        assert_eq!(widened, "style-src 'self'; script-src 'self' 'sha256-x'");
        assert!(allow("default-src 'none'", "style-src", "'sha256-x'").is_err());
    }

    #[test]
    fn what_stands_inline_is_named_by_its_digest() {
        let page = "<style>abc</style><script type=\"module\">abc</script>";
        let abc = "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='";
        assert_eq!(
            inline_sources(page).unwrap(),
            [("style-src", abc.to_owned()), ("script-src", abc.to_owned())]
        );
        assert!(inline_sources("<style></style>").is_err());
    }
}
