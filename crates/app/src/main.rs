//! The Waxseal page. It holds no key and links no cipher: whatever it shows, the worker has told it.

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
mod shapes;
mod site;
mod theme;
mod words;

fn main() {
    theme::restore();
    site::hold_icon();
    yew::Renderer::<app::App>::new().render();
}
