//! Whether what a file says can be a sandbox: every record, every step, every entry is tried before anything is kept.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, de::IgnoredAny};
use waxseal_kms::{State, Stored};

use super::ShareError;
use crate::{
    store::{Everything, tree::Tree},
    world,
};

/// No number and no time is larger than what a database keeps exactly.
const LARGEST: u64 = 1 << 53;
/// So far ahead a clock can be: ten thousand years, in milliseconds.
const FARTHEST: i64 = 10_000 * 366 * 86_400_000;

/// An entry of the log. Nothing but the page looks into it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "they have to be there, whatever they are")]
struct Entry {
    record: IgnoredAny,
    trace: IgnoredAny,
}

/// Tries all of it.
///
/// # Errors
/// [`ShareError::Damaged`]
pub fn check(everything: &Everything) -> Result<(), ShareError> {
    let Everything { ahead, entered, records, log, kept, .. } = everything;
    ensure((0..=FARTHEST).contains(ahead), "its clock is too far away")?;
    ensure(*entered < LARGEST, "its log is too long")?;
    let mut names = BTreeSet::new();
    ensure(records.iter().all(|it| names.insert((it.table, &it.key))), "a record is in it twice")?;
    restore(records.iter().map(Stored::duplicate))?;
    steps(everything)?;
    let rising = log.windows(2).all(|pair| pair[0].0 < pair[1].0);
    ensure(
        rising && log.last().is_none_or(|(last, _)| last <= entered),
        "the entries of its log are not in order",
    )?;
    for (number, entry) in log {
        let read = serde_json::from_str::<Entry>(entry);
        read.map_err(|error| {
            ShareError::Damaged(format!("entry {number} of its log cannot be read: {error}"))
        })?;
    }
    let reads = kept.as_ref().is_none_or(|text| world::is_terminal(text.expose()));
    ensure(reads, "what its terminal keeps cannot be read")
}

fn steps(everything: &Everything) -> Result<(), ShareError> {
    let Everything { head, shape, entered, steps, .. } = everything;
    let ends = (steps.first(), steps.last());
    let kept = (ends.0.map_or(0, |step| step.number), ends.1.map_or(0, |step| step.number));
    let follow = steps
        .windows(2)
        .all(|pair| pair[0].number + 1 == pair[1].number && pair[0].entries.1 <= pair[1].entries.0);
    let hold = steps.iter().all(|step| step.entries.0 <= step.entries.1 && step.entries.1 <= entered + 1);
    ensure(follow && hold && kept.1 < LARGEST, "its steps are not in order")?;
    ensure(shape.is_sound(kept.1), "its steps do not follow on one another")?;
    let tree = Tree { head: *head, kept, shape: shape.clone() };
    let at = steps.iter().find(|step| step.number == *head);
    let until = if *head == kept.1 {
        None
    } else {
        at.map(|it| it.entries.1).or(shape.ways.first().map(|it| it.entry))
    };
    ensure(at.is_some() || *head == 0, "the step where it stands is not there")?;
    ensure(tree.shape.until == until, "its log does not end where it stands")?;
    // What one step leaves is what the next one finds, so most records are there twice.
    let mut tried = BTreeMap::new();
    for step in steps {
        let rows = world::rows_of(&step.text)
            .map_err(|error| ShareError::Damaged(format!("step {} cannot be read: {error}", step.number)))?;
        for row in rows {
            let name = (row.table, row.key.clone());
            if tried.get(&name) != Some(&row) {
                restore([row.duplicate()])?;
                tried.insert(name, row);
            }
        }
    }
    Ok(())
}

/// Whether the engine takes records.
fn restore(records: impl IntoIterator<Item = Stored>) -> Result<(), ShareError> {
    let mut state = State::default();
    let restored = records.into_iter().try_for_each(|record| state.restore(record));
    restored.map_err(|damaged| ShareError::Damaged(damaged.to_string()))
}

fn ensure(holds: bool, otherwise: &str) -> Result<(), ShareError> {
    if holds { Ok(()) } else { Err(ShareError::Damaged(otherwise.to_owned())) }
}
