//! The Waxseal page. It holds no key and links no cipher: whatever it shows, the worker has told it.

mod app;
mod bridge;
mod components;
mod failure;
mod pages;
mod route;
mod shapes;
mod site;
mod theme;

fn main() {
    theme::restore();
    yew::Renderer::<app::App>::new().render();
}
