//! The pages of Waxseal. They hold no key and link no cipher: whatever they show, a worker has told it.
//!
//! There are four documents, each with a binary of its own that links only what it uses: the vault's, for people's real
//! files and keys, the workbench's, for sandboxes, that of a sandbox's files, and the course's, which comes alive in pages
//! that are there to be read.

mod app;
mod backup;
mod bridge;
mod bytes;
mod components;
#[cfg(feature = "workbench")]
mod course;
#[cfg(test)]
mod engine;
mod failure;
mod files;
mod flow;
mod keys;
mod pages;
mod route;
mod sandbox;
#[cfg(feature = "workbench")]
mod sandbox_files;
mod shapes;
mod site;
mod theme;
mod words;
#[cfg(feature = "workbench")]
mod workbench;

/// Starts the document of the vault. Its own binary does not come this way; see there.
pub fn vault() {
    theme::restore();
    site::hold_icon();
    yew::Renderer::<app::App>::new().render();
}

/// Starts the document of the workbench.
#[cfg(feature = "workbench")]
pub fn workbench() {
    theme::restore();
    site::hold_icon();
    yew::Renderer::<workbench::Workbench>::new().render();
}

/// Starts the document of a sandbox's files.
#[cfg(feature = "workbench")]
pub fn sandbox_files() {
    theme::restore();
    site::hold_icon();
    route::leave_others();
    yew::Renderer::<sandbox_files::SandboxFiles>::new().render();
}

/// Starts what comes alive in a page of the course.
#[cfg(feature = "workbench")]
pub fn course() {
    theme::restore();
    route::leave_others();
    if let Some(place) = course::place() {
        yew::Renderer::<course::Course>::with_root(place).render();
    }
}
