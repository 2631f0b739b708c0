//! Going back. Each write of a sandbox is a step, noted with what there was before and what there is after it, so any step
//! can be taken back and made again. Steps that were gone back over stay: whoever then does something else has two ends.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waxseal_api::{
    LocalError, LocalErrorCode, Secret, SecretText, Timestamp,
    sandbox::{self, Clock, End},
};
use waxseal_kms::{Change, Stored, Table, Write};

use super::{Sandbox, json};
use crate::store::{SandboxTurn, Steps, Store, StoreError, Travel, Turn};

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
        changes: Vec<Change>,
        label: Label<'_>,
    ) -> Result<(), StoreError> {
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
        let steps = turn.steps().await?;
        let here = path(&steps, steps.head);
        let mut ends: Vec<u64> = steps.all.keys().copied().collect();
        ends.retain(|step| !here.contains(step) && !steps.all.values().any(|other| other.parent == *step));
        ends.reverse();
        let texts = turn.step_texts(&ends).await?;
        let ends = ends.into_iter().zip(texts).map(|(step, text)| {
            let (left, back) = way(&here, &path(&steps, step));
            let Kept { label, at, .. } = read(&text)?;
            Ok(End { step, on: back.len(), back: left.len(), label, at })
        });
        Ok(sandbox::Steps { made: here.len(), ends: ends.collect::<Result<_, LocalError>>()? })
    }

    /// Goes back to before the step that an entry of the log is of.
    pub(super) async fn go_back(&self, entry: u64) -> Result<String, LocalError> {
        let turn = self.world.turn().await?;
        let steps = turn.steps().await?;
        let is_it = |step: &&u64| {
            let (first, end) = steps.all[*step].entries;
            (first..end).contains(&entry)
        };
        let here = path(&steps, steps.head);
        let step = here.iter().find(is_it).copied();
        let Some(step) = step.filter(|step| is_kept(&steps, *step)) else { return Err(too_long_ago()) };
        let first = cause(&turn, &steps, step).await?;
        self.go(turn, &steps, steps.all[&first].parent).await
    }

    /// Goes to a step that was gone back over.
    pub(super) async fn come_back(&self, step: u64) -> Result<String, LocalError> {
        let turn = self.world.turn().await?;
        let steps = turn.steps().await?;
        if !steps.all.contains_key(&step) {
            return Err(too_long_ago());
        }
        self.go(turn, &steps, step).await
    }

    async fn go(&self, mut turn: S::Turn, steps: &Steps, to: u64) -> Result<String, LocalError> {
        let (left, back) = way(&path(steps, steps.head), &path(steps, to));
        let numbers: Vec<u64> = left.iter().chain(&back).copied().collect();
        if numbers.iter().any(|step| !is_kept(steps, *step)) {
            return Err(too_long_ago());
        }
        let mut rows = BTreeMap::new();
        let mut ahead = None;
        for (at, text) in turn.step_texts(&numbers).await?.iter().enumerate() {
            let Kept { undo, redo, ahead: moved, .. } = read(text)?;
            let is_left = at < left.len();
            for row in if is_left { undo } else { redo } {
                rows.insert((row.table.clone(), row.name.clone()), row);
            }
            ahead = moved.map(|(before, after)| if is_left { before } else { after }).or(ahead);
        }
        let writes = rows.into_values().filter_map(Row::write).collect();
        turn.travel(Travel { head: to, writes, ahead, left, back }).await?;
        drop(turn);
        (self.world.surroundings.changed)();
        let clock: Clock = self.clock().await?;
        json(&clock)
    }
}

/// What has happened by itself would happen again at once, so it is taken back with the jump of the clock that brought it.
async fn cause(turn: &impl SandboxTurn, steps: &Steps, step: u64) -> Result<u64, LocalError> {
    let mut at = step;
    loop {
        let texts = turn.step_texts(&[at]).await?;
        let kept = texts.first().map(read).transpose()?.ok_or_else(too_long_ago)?;
        match (kept.event, steps.all.get(&at)) {
            (true, Some(before)) if steps.all.contains_key(&before.parent) => at = before.parent,
            (false, _) if kept.ahead.is_some() => return Ok(at),
            _ => return Ok(step),
        }
    }
}

/// Whether a step and the one before it are known, so that it can be taken back and made again.
fn is_kept(steps: &Steps, step: u64) -> bool {
    steps.all.get(&step).is_some_and(|it| it.parent == 0 || steps.all.contains_key(&it.parent))
}

/// The steps that lead to one, which is the first of them.
fn path(steps: &Steps, to: u64) -> Vec<u64> {
    std::iter::successors(Some(to), |step| steps.all.get(step).map(|it| it.parent))
        .take_while(|step| steps.all.contains_key(step))
        .collect()
}

/// From the end of one path to that of another: the steps to take back, and the steps to make again, in their order.
fn way(from: &[u64], to: &[u64]) -> (Vec<u64>, Vec<u64>) {
    let shared = from.iter().rev().zip(to.iter().rev()).take_while(|(a, b)| a == b).count();
    let left = from[..from.len() - shared].to_vec();
    let mut back = to[..to.len() - shared].to_vec();
    back.reverse();
    (left, back)
}

fn text(kept: &Kept) -> SecretText {
    serde_json::to_string(kept).unwrap_or_default().into()
}

fn read(text: &SecretText) -> Result<Kept, LocalError> {
    let damaged = |error: serde_json::Error| {
        LocalError::new(LocalErrorCode::DatabaseDamaged, format!("A step cannot be read: {error}."))
    };
    serde_json::from_str(text.expose()).map_err(damaged)
}

fn too_long_ago() -> LocalError {
    let text = "This step is not kept any more, so there is no way back to before it.";
    LocalError::new(LocalErrorCode::BadRequest, text)
}
