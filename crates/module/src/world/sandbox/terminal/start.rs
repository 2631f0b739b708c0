//! What a new sandbox begins with: commands of its own terminal, and so calls of the engine like any others.
//! They are made in memory, so that the sandbox is there as a whole or not at all.

use waxseal_api::sandbox::Start;

/// The commands.
pub(super) fn script(start: Start) -> &'static str {
    match start {
        Start::Empty => "",
        Start::Company => include_str!("start/company.sh"),
        Start::TwoAccounts => include_str!("start/two-accounts.sh"),
    }
}
