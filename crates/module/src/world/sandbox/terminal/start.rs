//! What a new sandbox begins with: commands of its own terminal, and so calls of the engine like any others.

use waxseal_api::sandbox::Start;

/// The commands.
pub(super) fn script(start: Start) -> &'static str {
    match start {
        Start::Empty => "",
        Start::TwoAccounts => include_str!("start/two-accounts.sh"),
    }
}
