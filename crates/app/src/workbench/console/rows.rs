//! Which keys are shown, and in which order.

use std::cmp::Ordering;

use waxseal_api::sandbox::KeyRow;

/// A key in the list, with what a filter looks at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) key: KeyRow,
    text: String,
}

impl From<KeyRow> for Row {
    fn from(key: KeyRow) -> Self {
        let names = key.names.join("\n");
        let (state, spec): (&str, &str) = (key.state.into(), key.spec.into());
        let text = [&*names, &key.id, state, spec, &key.description].join("\n").to_lowercase();
        Self { key, text }
    }
}

impl Row {
    /// The alias that it is shown by.
    pub(super) fn name(&self) -> &str {
        self.key.names.first().map_or("", |name| name.strip_prefix("alias/").unwrap_or(name))
    }
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Alias,
    Id,
    State,
    Spec,
    Created,
}

impl Column {
    /// In their order.
    pub(super) const ALL: [(Self, &'static str); 5] = [
        (Self::Alias, "Alias"),
        (Self::Id, "Key ID"),
        (Self::State, "State"),
        (Self::Spec, "Spec"),
        (Self::Created, "Created"),
    ];
}

/// What is wanted of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wish {
    pub(super) filter: String,
    pub(super) by: Column,
    pub(super) down: bool,
}

/// Where in the list the keys are that are wanted, in order. Keys without an alias come last.
pub(super) fn wanted(rows: &[Row], wish: &Wish) -> Vec<u32> {
    let filter = wish.filter.trim().to_lowercase();
    let mut found: Vec<u32> =
        (0..).zip(rows).filter(|(_, row)| row.text.contains(&filter)).map(|(at, _)| at).collect();
    let state = |row: &Row| <&str>::from(row.key.state);
    let spec = |row: &Row| <&str>::from(row.key.spec);
    // In one call of sort, which is there once then. The rows come in order of ID, and a stable sort leaves those that are equal so.
    let order: &dyn Fn(&Row, &Row) -> Ordering = match wish.by {
        Column::Alias => &|a, b| (a.name().is_empty(), a.name()).cmp(&(b.name().is_empty(), b.name())),
        Column::Id => &|_, _| Ordering::Equal,
        Column::State => &|a, b| state(a).cmp(state(b)),
        Column::Spec => &|a, b| spec(a).cmp(spec(b)),
        Column::Created => &|a, b| a.key.created.cmp(&b.key.created),
    };
    found.sort_by(|a, b| order(&rows[*a as usize], &rows[*b as usize]));
    if wish.down {
        found.reverse();
    }
    found
}

#[cfg(test)]
mod tests {
    use waxseal_api::{
        Timestamp,
        types::{KeySpec, KeyState},
    };

    use super::*;

    fn rows() -> Vec<Row> {
        let row = |(n, names, state): (i64, &[&str], KeyState)| {
            Row::from(KeyRow {
                id: format!("{n}234"),
                names: names.iter().map(|name| format!("alias/{name}")).collect(),
                state,
                spec: KeySpec::SymmetricDefault,
                created: Timestamp::from_millis(10 - n),
                description: "Of the Archive".to_owned(),
            })
        };
        let keys: [(i64, &[&str], KeyState); 3] = [
            (1, &[], KeyState::Enabled),
            (2, &["b", "c"], KeyState::Disabled),
            (3, &["a"], KeyState::Enabled),
        ];
        keys.into_iter().map(row).collect()
    }

    #[track_caller]
    fn check(filter: &str, by: Column, down: bool, expect: &[u32]) {
        let wish = Wish { filter: filter.to_owned(), by, down };
        assert_eq!(wanted(&rows(), &wish), expect, "{wish:?}");
    }

    #[test]
    fn lists_are_filtered_and_sorted() {
        check("", Column::Id, false, &[0, 1, 2]);
        check("", Column::Alias, false, &[2, 1, 0]);
        check("", Column::State, false, &[1, 0, 2]);
        check("", Column::Created, false, &[2, 1, 0]);
        check(" enabled ", Column::Id, true, &[2, 0]);
        check("ARCHIVE", Column::Id, false, &[0, 1, 2]);
        check("alias/c", Column::Id, false, &[1]);
        check("234x", Column::Id, false, &[]);
    }
}
