//! Experiments: something is tried in a sandbox that is forgotten afterwards, so whoever asks learns and loses nothing.

use waxseal_api::{
    LocalError,
    sandbox::{Experiment, Played, Printed, Tried},
};

use super::{Sandbox, run};
use crate::store::{SandboxTurn, Store};

impl<S: Store<Turn: SandboxTurn>> Sandbox<S> {
    /// Tries something in a sandbox that is made for it.
    pub(super) async fn try_out(&self, experiment: Experiment) -> Result<Result<Tried, String>, LocalError> {
        let Experiment { start, prepare, script, checks } = experiment;
        let trial = self.scratch().await?;
        // In a box, since one sandbox is inside the other.
        if let Err(error) = Box::pin(trial.begin(start, &prepare)).await {
            return Ok(Err(error.message));
        }
        let mut played = Vec::new();
        for line in run::lines(&script).lines {
            let Printed { stdout, stderr, exit, .. } = trial.play(&line).await?;
            played.push(Played { line, stdout, stderr, exit });
        }
        let holds = trial.judge(&checks, &played).await?;
        Ok(Ok(Tried { played, holds }))
    }
}
