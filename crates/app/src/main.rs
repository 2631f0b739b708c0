//! The document of the vault: files, keys, backups. It holds no key and links no cipher: whatever it shows, the worker has
//! told it.
//!
//! Its modules are those of the library, compiled once more: through the library the same code is 4 kB larger with brotli.
#![cfg_attr(
    feature = "workbench",
    allow(dead_code, unused_imports, reason = "built without it for the page")
)]

mod app;
mod backup;
mod bridge;
mod bytes;
mod components;
#[cfg(test)]
mod engine;
mod failure;
mod files;
mod flow;
mod keys;
mod pages;
mod route;
mod sandbox;
mod shapes;
mod site;
mod theme;
mod words;

fn main() {
    theme::restore();
    site::hold_icon();
    yew::Renderer::<app::App>::new().render();
}
