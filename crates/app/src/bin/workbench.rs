//! The document of the workbench: sandboxes and their terminal.

fn main() {
    waxseal_app::workbench();
}
