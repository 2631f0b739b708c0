//! The document of the course: what comes alive in its pages.

fn main() {
    waxseal_app::course();
}
