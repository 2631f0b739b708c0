//! The words around labs.

pub(super) const PREPARED: &str = "What is there when it begins";
pub(super) const BEGIN: &str = "Begin";
pub(super) const GO_ON: &str = "Go on where you were";
pub(super) const BEGIN_HINT: &str = "In a sandbox of its own, right here. Nothing in it can break.";
pub(super) const OPENING: &str = "Opening the sandbox…";
pub(super) const CLEARING: &str = "Throwing the old sandbox away…";
pub(super) const SOLVED_BEFORE: &str = "You have solved it.";

pub(super) const GOALS: &str = "It is done when";
pub(super) const HOLDS: &str = "Holds";
pub(super) const NOT_YET: &str = "Not yet";
pub(super) const REACHED: &str = "Holds now: ";
pub(super) const LOST: &str = "Holds no longer: ";
pub(super) const AS_IT_IS: &str = "As it is now";
pub(super) const AND_YET: &str = "Everything on the list holds, and yet";
pub(super) const SOLVED: &str = "Solved.";
pub(super) const CHANGED_SINCE: &str = "You have solved it; something has changed since.";
pub(super) const NOTICE: &str = "What to notice";

pub(super) const WORKBENCH: &str = "Open it in the workbench";
pub(super) const WORKBENCH_HINT: &str = "There are forms, the log, the flow of each call and the bytes.";
pub(super) const AGAIN: &str = "Begin again";
pub(super) const AGAIN_SURE: &str = "Throw it away and begin again";
pub(super) const KEEP: &str = "Keep it";
pub(super) const AGAIN_WARNING: &str = "Everything that you have done in this sandbox would be gone.";

pub(super) const HINTS: [&str; 3] = ["A hint", "Another hint", "The last hint"];
pub(super) const NO_MORE_HINTS: &str = "No more hints";
pub(super) const SHOW_SOLUTION: &str = "Show a solution";
pub(super) const HIDE_SOLUTION: &str = "Hide the solution";
pub(super) const SOLUTION: &str = "A solution";

pub(super) const PLAY: &str = "Play the solution";
pub(super) const PLAY_AGAIN: &str = "Play it again";
pub(super) const PLAY_HINT: &str = "In a new sandbox beside yours, line by line.";
pub(super) const PLAYING: &str = "Playing it…";
pub(super) const STOP: &str = "Stop";
pub(super) const PLAY_ON: &str = "Play on";
pub(super) const SHOW_REST: &str = "Show the rest";
pub(super) const PLAYED: &str = "The solution as it is played";
pub(super) const PLAYED_OUT: &str = "Everything on the list holds.";
