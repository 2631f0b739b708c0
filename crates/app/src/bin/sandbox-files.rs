//! The document of a sandbox's files.

fn main() {
    waxseal_app::sandbox_files();
}
