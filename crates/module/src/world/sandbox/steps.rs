//! Going back. Each write of a sandbox is a step, noted with what there was before and what there is after it, so any step
//! can be taken back and made again. Steps that were gone back over stay: whoever then does something else has two ends.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use waxseal_api::{
    LocalError, LocalErrorCode, Secret, SecretText, Timestamp,
    sandbox::{self, Clock, End},
};
use waxseal_kms::{Change, Stored, Table, Write};
use waxseal_services::billing;

use super::{Sandbox, json};
use crate::store::{
    SandboxTurn, Store, StoreError, Travel, Turn,
    tree::{Tree, count},
};

/// A step, as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    label: String,
    at: Timestamp,
    /// Whether it has happened by itself.
    #[serde(default)]
    event: bool,
    undo: Vec<Row>,
    redo: Vec<Row>,
    /// How far the clock is ahead before and after, if it was moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ahead: Option<(i64, i64)>,
}

/// How a step is taken back.
#[derive(Deserialize)]
struct Undo {
    undo: Vec<Row>,
    #[serde(default)]
    ahead: Option<(i64, i64)>,
}

/// How a step is made again.
#[derive(Deserialize)]
struct Redo {
    redo: Vec<Row>,
    #[serde(default)]
    ahead: Option<(i64, i64)>,
}

/// A record as it is before or after a step; without a body it is not there.
#[derive(Serialize, Deserialize)]
struct Row {
    table: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret: Option<Secret>,
}

impl Row {
    fn of(stored: Stored) -> Self {
        let Stored { table, key, body, secret } = stored;
        Self { table: table.as_str().to_owned(), name: key, body: Some(body), secret }
    }

    fn gone(table: Table, name: String) -> Self {
        Self { table: table.as_str().to_owned(), name, body: None, secret: None }
    }

    fn write(self) -> Option<Write> {
        let table = self.table.parse().ok()?;
        Some(match self.body {
            Some(body) => Write::Put(Stored { table, key: self.name, body, secret: self.secret }),
            None => Write::Delete { table, key: self.name },
        })
    }
}

/// What a step is: its name, when it is made, and whether it happens by itself.
pub(super) struct Label<'a> {
    pub(super) name: &'a str,
    pub(super) at: Timestamp,
    pub(super) event: bool,
}

impl<S: Store<Turn: SandboxTurn>> Sandbox<S> {
    /// Makes changes durable, and true, as a step; a call that changes nothing is one too.
    pub(super) async fn commit(
        &self,
        turn: &mut S::Turn,
        mut changes: Vec<Change>,
        label: Label<'_>,
    ) -> Result<(), StoreError> {
        let noted = billing::follow(&self.world.known.borrow().state, &changes, label.at);
        changes.extend(noted);
        let mut redo = BTreeMap::new();
        for write in changes.iter().map(Change::write) {
            let (name, row) = match write {
                Write::Put(stored) => ((stored.table, stored.key.clone()), Row::of(stored)),
                Write::Delete { table, key } => ((table, key.clone()), Row::gone(table, key)),
            };
            redo.insert(name, row);
        }
        let names: Vec<_> = redo.keys().cloned().collect();
        let before = turn.records(&names).await?;
        let mut undo: BTreeMap<_, _> =
            names.into_iter().map(|(table, name)| ((table, name.clone()), Row::gone(table, name))).collect();
        undo.extend(before.into_iter().map(|stored| ((stored.table, stored.key.clone()), Row::of(stored))));
        let (undo, redo) = (undo.into_values().collect(), redo.into_values().collect());
        let Label { name, at, event } = label;
        let kept = Kept { label: name.to_owned(), at, event, undo, redo, ahead: None };
        turn.step(&text(&kept)).await?;
        self.world.commit(turn, changes).await?;
        turn.flush().await
    }

    /// Moves the clock, as a step.
    pub(super) async fn set_ahead(
        &self,
        turn: &mut S::Turn,
        ahead: i64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let before = turn.ahead().await?;
        let label = "AdvanceClock".to_owned();
        let (undo, redo) = (Vec::new(), Vec::new());
        let kept = Kept { label, at, event: false, undo, redo, ahead: Some((before, ahead)) };
        turn.step(&text(&kept)).await?;
        turn.set_ahead(ahead).await?;
        self.world.known.borrow_mut().generation = turn.generation();
        Ok(())
    }

    /// Where there is to go.
    pub(super) async fn told_steps(&self) -> Result<sandbox::Steps, LocalError> {
        let turn = self.world.turn().await?;
        let tree = turn.tree().await?;
        let mut ends = Vec::new();
        for step in tree.ends() {
            let (left, back) = tree.between(tree.head, step);
            let Kept { label, at, .. } = the(&turn, step).await?;
            ends.push(End { step, on: count(&back) as usize, back: count(&left) as usize, label, at });
        }
        let made = tree.between(tree.head, 0).0;
        Ok(sandbox::Steps { made: count(&made) as usize, ends })
    }

    /// Goes back to before the step that an entry of the log is of.
    pub(super) async fn go_back(&self, entry: u64) -> Result<String, LocalError> {
        let turn = self.world.turn().await?;
        let tree = turn.tree().await?;
        let step = turn.step_of(entry).await?.filter(|step| tree.has_led_here(*step) && tree.is_kept(*step));
        let first = cause(&turn, &tree, step.ok_or_else(too_long_ago)?).await?;
        self.go(turn, &tree, tree.parent(first)).await
    }

    /// Goes to a step that was gone back over.
    pub(super) async fn come_back(&self, step: u64) -> Result<String, LocalError> {
        let turn = self.world.turn().await?;
        let tree = turn.tree().await?;
        if !(tree.kept.0..=tree.kept.1).contains(&step) {
            return Err(too_long_ago());
        }
        self.go(turn, &tree, step).await
    }

    async fn go(&self, mut turn: S::Turn, tree: &Tree, to: u64) -> Result<String, LocalError> {
        let (left, back) = tree.between(tree.head, to);
        if left.iter().chain(&back).any(|(first, _)| !tree.is_kept(*first)) {
            return Err(too_long_ago());
        }
        let mut then = Then::default();
        for row in left {
            for step in turn.steps(row).await?.iter().rev() {
                let Undo { undo, ahead } = read(&step.text)?;
                then.take(undo, ahead.map(|(before, _)| before));
            }
        }
        for row in back {
            for step in turn.steps(row).await? {
                let Redo { redo, ahead } = read(&step.text)?;
                then.take(redo, ahead.map(|(_, after)| after));
            }
        }
        let writes: Vec<Write> = then.rows.into_values().filter_map(Row::write).collect();
        let put = writes.iter().map(|write| match write {
            Write::Put(stored) => Some(stored.duplicate()),
            Write::Delete { .. } => None,
        });
        let put: Option<Vec<Stored>> = put.collect();
        let generation = turn.travel(Travel { head: to, writes, ahead: then.ahead }).await?;
        // What is deleted, too, is read again from the store by the next turn.
        if let Some(put) = put {
            self.world.overwrite(put, generation)?;
        }
        drop(turn);
        (self.world.surroundings.changed)();
        let clock: Clock = self.clock().await?;
        json(&clock)
    }
}

/// How it is after steps that were taken back or made again, as far as they have changed it.
#[derive(Default)]
struct Then {
    rows: BTreeMap<(String, String), Row>,
    ahead: Option<i64>,
}

impl Then {
    fn take(&mut self, rows: Vec<Row>, ahead: Option<i64>) {
        self.rows.extend(rows.into_iter().map(|row| ((row.table.clone(), row.name.clone()), row)));
        self.ahead = ahead.or(self.ahead);
    }
}

/// What has happened by itself would happen again at once, so it is taken back with the jump of the clock that brought it.
async fn cause(turn: &impl SandboxTurn, tree: &Tree, step: u64) -> Result<u64, LocalError> {
    let mut at = step;
    loop {
        let kept = the(turn, at).await?;
        let parent = tree.parent(at);
        match kept.event {
            true if parent >= tree.kept.0 && parent > 0 => at = parent,
            false if kept.ahead.is_some() => return Ok(at),
            _ => return Ok(step),
        }
    }
}

/// A step.
async fn the(turn: &impl SandboxTurn, step: u64) -> Result<Kept, LocalError> {
    let found = turn.steps((step, step)).await?;
    read(&found.first().ok_or_else(too_long_ago)?.text)
}

/// The records that a step brings or takes back, as text has it.
///
/// # Errors
/// It is no step.
pub(crate) fn rows_of(text: &SecretText) -> Result<Vec<Stored>, String> {
    let Kept { undo, redo, .. } = serde_json::from_str(text.expose()).map_err(|error| error.to_string())?;
    let mut stored = Vec::new();
    for row in undo.into_iter().chain(redo) {
        let table = row.table.clone();
        match row.write().ok_or_else(|| format!("there is no table '{table}'"))? {
            Write::Put(record) => stored.push(record),
            Write::Delete { .. } => {}
        }
    }
    Ok(stored)
}

fn text(kept: &Kept) -> SecretText {
    serde_json::to_string(kept).unwrap_or_default().into()
}

/// What is wanted of a step.
fn read<T: DeserializeOwned>(text: &SecretText) -> Result<T, LocalError> {
    let damaged = |error: serde_json::Error| {
        LocalError::new(LocalErrorCode::DatabaseDamaged, format!("A step cannot be read: {error}."))
    };
    serde_json::from_str(text.expose()).map_err(damaged)
}

fn too_long_ago() -> LocalError {
    let text = "This step is not kept any more, so there is no way back to before it.";
    LocalError::new(LocalErrorCode::BadRequest, text)
}
