//! A sandbox as a whole: saved, filled from another one, and begun in memory.

use waxseal_api::{LocalError, LocalErrorCode};

use super::Sandbox;
use crate::{
    share::Shared,
    store::{Everything, SandboxTurn, Store, StoreError},
    world::{Surroundings, World},
};

impl<S: Store<Turn: SandboxTurn>> Sandbox<S> {
    /// All of it as it is now, under a name.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn save(&self, name: &str) -> Result<Shared, LocalError> {
        let everything = self.world.store.turn().await?.everything().await?;
        Ok(Shared { name: name.to_owned(), made: (self.world.surroundings.clock)(), everything })
    }

    /// An empty one in memory, in which nobody is told of changes.
    pub(super) async fn scratch(&self) -> Result<Self, LocalError> {
        let store = self.world.store.scratch();
        let store = store.ok_or_else(|| StoreError::Missing("nothing can be made in memory".to_owned()))?;
        let of = || self.world.surroundings.clone();
        let (clock, entropy, pairs) = (of(), of(), of());
        let surroundings = Surroundings {
            clock: Box::new(move || (clock.clock)()),
            entropy: Box::new(move || (entropy.entropy)()),
            key_pair: Box::new(move |spec| (pairs.key_pair)(spec)),
            quotas: None,
            changed: Box::new(|| {}),
        };
        let world = World::open(store, self.world.caller.clone(), surroundings).await?;
        Ok(Self::new(world))
    }

    /// Becomes what another sandbox is, at once, unless something is here already: then another tab has begun.
    pub(super) async fn take_over(&self, other: &Self) -> Result<(), LocalError> {
        let everything = other.world.store.turn().await?.everything().await?;
        let mut turn = self.world.store.turn().await?;
        if is_new(&turn).await? {
            turn.fill(&everything).await?;
        }
        Ok(())
    }
}

/// Fills a store with what was saved.
///
/// # Errors
/// Something is in it, or it cannot be written; then nothing has changed.
pub async fn fill(turn: &mut impl SandboxTurn, everything: &Everything) -> Result<(), LocalError> {
    if !is_new(turn).await? {
        let text = "There is a sandbox of this name already. Nothing was changed.";
        return Err(LocalError::new(LocalErrorCode::BadRequest, text));
    }
    turn.fill(everything).await?;
    Ok(())
}

async fn is_new(turn: &impl SandboxTurn) -> Result<bool, StoreError> {
    Ok(turn.generation() == 0 && turn.kept().await?.is_none())
}

/// Files and names are the worker's, which knows where sandboxes are kept.
pub(super) fn not_here() -> LocalError {
    LocalError::new(
        LocalErrorCode::BadRequest,
        "A sandbox without a database is not saved, opened or renamed.",
    )
}
