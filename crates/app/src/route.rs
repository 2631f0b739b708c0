//! The addresses of the pages. Each is a real directory, so that a reload or a deep link finds a file there.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicBool, Ordering},
};

use yew_router::Routable;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// What this is, and the main job.
    Home,
    /// Encrypt and decrypt files.
    Files,
    /// See what an encrypted file says without its key.
    Inspect,
    /// The list of keys.
    Keys,
    /// The five steps that make a key; the query says which.
    NewKey,
    /// One key; the query says which.
    Key,
    /// Backup and restore: what keeps the keys safe.
    Backup,
    /// How it keeps its promises.
    About,
    /// The course. Its pages are made when the site is built.
    Learn,
    /// An envelope by hand: the first walk of the course.
    Start,
    /// Sandboxes and their terminal.
    Workbench,
    /// A sandbox's keys and a form for every operation.
    Console,
    /// What some bytes are made of.
    Bytes,
    /// Encrypt and decrypt files in a sandbox.
    SandboxFiles,
    /// A lab in the making.
    Lab,
    /// No page has this address.
    NotFound,
}

/// Every fixed page with its path below the site's root.
const PATHS: [(Route, &str); 15] = [
    (Route::Home, "/"),
    (Route::Files, "/files/"),
    (Route::Inspect, "/files/inspect/"),
    (Route::Keys, "/keys/"),
    (Route::NewKey, "/keys/new/"),
    (Route::Key, "/keys/key/"),
    (Route::Backup, "/keys/backup/"),
    (Route::About, "/about/"),
    (Route::Learn, "/learn/"),
    (Route::Start, "/learn/start/"),
    (Route::Workbench, "/workbench/"),
    (Route::Console, "/workbench/console/"),
    (Route::Bytes, "/workbench/bytes/"),
    (Route::SandboxFiles, "/workbench/files/"),
    (Route::Lab, "/workbench/lab/"),
];

/// Whether this document has one page only.
static ALONE: AtomicBool = AtomicBool::new(false);

/// From now on, other pages are come to by loading them.
#[cfg_attr(not(feature = "workbench"), expect(dead_code, reason = "for documents of one page"))]
pub(crate) fn leave_others() {
    ALONE.store(true, Ordering::Relaxed);
}

impl Route {
    /// Its path below the site's root, from `/` to `/`.
    pub(crate) fn path(self) -> &'static str {
        PATHS.iter().find(|(route, _)| *route == self).map_or("/404.html", |(_, path)| path)
    }

    /// Whether it is a page of this document. To those of others one comes by loading them.
    pub(crate) fn is_here(self) -> bool {
        let practice = matches!(self, Self::Workbench | Self::Console | Self::Bytes | Self::Lab);
        !matches!(self, Self::Learn | Self::Start | Self::SandboxFiles)
            && practice == cfg!(feature = "workbench")
            && !ALONE.load(Ordering::Relaxed)
    }

    /// Which page an address below the site's root means; `index.html` and the last `/` may be there or not.
    fn at(path: &str) -> Self {
        let directory = path.strip_suffix("/index.html").unwrap_or(path).trim_end_matches('/');
        PATHS
            .iter()
            .find(|(_, known)| known.trim_end_matches('/') == directory)
            .map_or(Self::NotFound, |(route, _)| *route)
    }
}

/// The value of a name in a query such as `?id=1234&step=2`. Only for values that need no escapes: IDs, ARNs, numbers.
pub(crate) fn asked<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}

impl Routable for Route {
    fn from_path(path: &str, _: &HashMap<&str, &str>) -> Option<Self> {
        Some(Self::at(path))
    }

    fn to_path(&self) -> String {
        self.path().to_owned()
    }

    fn routes() -> Vec<&'static str> {
        PATHS.iter().map(|(_, path)| *path).collect()
    }

    fn not_found_route() -> Option<Self> {
        Some(Self::NotFound)
    }

    fn recognize(path: &str) -> Option<Self> {
        Some(Self::at(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_at_its_address() {
        for (route, path) in PATHS {
            for address in [path, path.trim_end_matches('/'), &format!("{path}index.html")] {
                assert_eq!(Route::recognize(address), Some(route), "{address}");
            }
            assert!(path.starts_with('/') && path.ends_with('/'), "{path}");
        }
    }

    #[test]
    fn a_query_is_asked_by_name() {
        let arn = "arn:aws:kms:us-east-1:111122223333:key/1";
        for (query, value) in [("?id=1-2", Some("1-2")), ("a=b&id=3", Some("3")), ("", None), ("?x=1", None)]
        {
            assert_eq!(asked(query, "id"), value);
        }
        assert_eq!(asked(&format!("?key={arn}"), "key"), Some(arn));
    }

    #[test]
    fn other_addresses_are_not_found() {
        for address in ["/key", "/keys/other/", "/404.html", "/filesindex.html"] {
            assert_eq!(Route::recognize(address), Some(Route::NotFound), "{address}");
        }
    }
}
