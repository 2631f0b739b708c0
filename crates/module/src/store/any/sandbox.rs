//! The same for what a sandbox keeps.

use waxseal_api::SecretText;
use waxseal_kms::{Stored, Table};

use super::AnyTurn;
use crate::store::{
    Everything, SandboxTurn, Step, StoreError, Travel,
    tree::{Row, Tree},
};

/// Has whichever turn it is do something.
macro_rules! either {
    ($this:expr, $turn:ident => $does:expr) => {
        match $this {
            AnyTurn::Memory($turn) => $does,
            AnyTurn::IndexedDb($turn) => $does,
        }
    };
}

impl SandboxTurn for AnyTurn {
    async fn ahead(&self) -> Result<i64, StoreError> {
        either!(self, turn => turn.ahead().await)
    }

    async fn set_ahead(&mut self, millis: i64) -> Result<(), StoreError> {
        either!(self, turn => turn.set_ahead(millis).await)
    }

    fn enter(&mut self, entries: Vec<String>) {
        either!(self, turn => turn.enter(entries));
    }

    async fn records(&self, names: &[(Table, String)]) -> Result<Vec<Stored>, StoreError> {
        either!(self, turn => turn.records(names).await)
    }

    async fn step(&mut self, text: &SecretText) -> Result<(), StoreError> {
        either!(self, turn => turn.step(text).await)
    }

    async fn tree(&self) -> Result<Tree, StoreError> {
        either!(self, turn => turn.tree().await)
    }

    async fn steps(&self, row: Row) -> Result<Vec<Step>, StoreError> {
        either!(self, turn => turn.steps(row).await)
    }

    async fn step_of(&self, entry: u64) -> Result<Option<u64>, StoreError> {
        either!(self, turn => turn.step_of(entry).await)
    }

    async fn travel(&mut self, travel: Travel) -> Result<u64, StoreError> {
        either!(self, turn => turn.travel(travel).await)
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        either!(self, turn => turn.flush().await)
    }

    async fn log(&self, after: u64, most: usize) -> Result<Vec<(u64, String)>, StoreError> {
        either!(self, turn => turn.log(after, most).await)
    }

    async fn kept(&self) -> Result<Option<SecretText>, StoreError> {
        either!(self, turn => turn.kept().await)
    }

    async fn keep(&mut self, text: &SecretText) -> Result<(), StoreError> {
        either!(self, turn => turn.keep(text).await)
    }

    async fn everything(&self) -> Result<Everything, StoreError> {
        either!(self, turn => turn.everything().await)
    }

    async fn fill(&mut self, everything: &Everything) -> Result<u64, StoreError> {
        either!(self, turn => turn.fill(everything).await)
    }
}
