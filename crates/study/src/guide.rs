//! A first walk: stations, at each of which a few lines are run in a sandbox that goes on from one to the next.

use serde::{Deserialize, Serialize};
use waxseal_api::trace::Role;

/// A walk from its first station to its end. It begins in a sandbox in which nothing is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Its title.
    pub title: String,
    /// What it is, in one sentence.
    pub summary: String,
    /// What is said before the first station; Markdown.
    pub lead: String,
    /// The stations, in order.
    #[serde(rename = "station")]
    pub stations: Vec<Station>,
    /// What is said after the last.
    pub ending: Ending,
}

/// Something to be run, and what to see in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Station {
    /// Its name in addresses.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What is to be done, and why; Markdown.
    pub before: String,
    /// Lines of the terminal that do it.
    pub line: String,
    /// What holds when it is done, by whatever lines.
    pub check: String,
    /// What is not there as long as it does not hold; a line of Markdown.
    pub missing: String,
    /// What to notice; Markdown.
    pub after: String,
    /// The files that are looked at then.
    #[serde(default)]
    pub looks: Vec<Look>,
    /// The operations whose bytes are counted then, as far as they have crossed the boundary of KMS.
    #[serde(default)]
    pub counts: Vec<String>,
    /// What the text says, and must hold when these lines and those before them have run. `printed` has only these.
    pub shows: Vec<String>,
}

/// A file to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// Its name.
    pub file: String,
    /// What it is.
    pub role: Role,
}

/// What is said in the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Its title.
    pub title: String,
    /// Markdown.
    pub text: String,
    /// Where to go from here.
    #[serde(rename = "door")]
    pub doors: Vec<Door>,
}

/// A way on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// An address from the root of the site, which begins with `./`.
    pub to: String,
    /// What is there.
    pub title: String,
    /// A few words more.
    pub text: String,
}
