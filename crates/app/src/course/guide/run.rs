//! Running the line of a station, and what is seen then.

use waxseal_api::{
    Blob, Failure,
    sandbox::{Lines, Logged, Played, Printed, Start, Task, Tried},
    trace::Role,
};
use waxseal_study::{Look, Station};

use crate::bridge::Bridge;

/// What came of a line.
#[derive(Debug, PartialEq)]
pub(super) struct Ran {
    /// What was printed.
    pub(super) tried: Tried,
    /// The files that are looked at.
    pub(super) seen: Vec<Seen>,
    /// The calls that are counted, each with the bytes that have crossed the boundary for it.
    pub(super) crossed: Vec<(String, u64)>,
}

/// A file that is looked at.
#[derive(Debug, PartialEq)]
pub(super) struct Seen {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) bytes: Vec<u8>,
}

impl Ran {
    /// Whether the station is done with it.
    pub(super) fn done(&self) -> bool {
        self.tried.holds == [Ok(true)]
    }
}

/// Runs what was entered at a station, and judges what there is then.
///
/// # Errors
/// The worker could not be asked.
pub(super) async fn run(bridge: &Bridge, station: &Station, entered: &str) -> Result<Ran, Failure> {
    // Only a new sandbox begins.
    bridge.perform::<()>(Task::Begin { start: Start::Empty, prepare: String::new() }).await?;
    let read: Lines = bridge.perform(Task::Read { text: entered.to_owned() }).await?;
    let lines = if read.open { vec![entered.to_owned()] } else { read.lines };
    let mut played = Vec::new();
    for line in lines {
        let Printed { stdout, stderr, exit, .. } = bridge.perform(Task::Play { line: line.clone() }).await?;
        played.push(Played { line, stdout, stderr, exit });
    }
    let holds = bridge.perform(Task::Judge { checks: vec![station.check.clone()] }).await?;
    let tried = Tried { played, holds };
    Ok(Ran {
        tried,
        seen: seen(bridge, &station.looks).await?,
        crossed: crossed(bridge, &station.counts).await?,
    })
}

async fn seen(bridge: &Bridge, looks: &[Look]) -> Result<Vec<Seen>, Failure> {
    let mut all = Vec::new();
    for Look { file, role } in looks {
        let found: Option<Blob> = bridge.perform(Task::ReadFile { name: file.clone() }).await?;
        all.extend(found.map(|it| Seen { name: file.clone(), role: *role, bytes: it.into_bytes() }));
    }
    Ok(all)
}

async fn crossed(bridge: &Bridge, counts: &[String]) -> Result<Vec<(String, u64)>, Failure> {
    if counts.is_empty() {
        return Ok(Vec::new());
    }
    let logged: Logged = bridge.perform(Task::Log { after: 0, most: usize::MAX }).await?;
    let counted = logged.entries.into_iter().filter(|entry| counts.contains(&entry.record.event_name));
    Ok(counted.map(|entry| (entry.record.event_name, entry.trace.crossed())).collect())
}
