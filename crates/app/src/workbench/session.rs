//! The terminal of an open sandbox, whose files, profiles and history all tabs share.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use waxseal_api::{
    Failure, LocalError, LocalErrorCode,
    sandbox::{Clock, Task},
};
use waxseal_cli::Shell;

use super::{desk, run, screen::Printed, start::Start};
use crate::bridge::Bridge;

/// An open terminal; clones share it.
#[derive(Clone)]
pub(crate) struct Session(Rc<Inner>);

struct Inner {
    bridge: Bridge,
    shell: RefCell<Shell>,
    /// Whether the line that runs was given up.
    stopped: Cell<bool>,
    /// Whether a line runs; then nobody else changes the terminal.
    running: Cell<bool>,
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Session {
    /// Opens what the sandbox keeps. A sandbox that keeps nothing yet begins as it was asked to.
    ///
    /// # Errors
    /// The sandbox cannot be read or written, or a command of its beginning has failed.
    pub(crate) async fn open(bridge: Bridge, start: Start) -> Result<Self, Failure> {
        let stopped = Cell::new(false);
        let kept = kept(&bridge).await?;
        let is_new = kept.is_none();
        let shell = RefCell::new(kept.unwrap_or_else(desk::fresh));
        let session = Self(Rc::new(Inner { bridge, shell, stopped, running: Cell::default() }));
        if is_new {
            session.begin(start).await?;
        }
        Ok(session)
    }

    async fn begin(&self, start: Start) -> Result<(), Failure> {
        let mut shell = self.shell();
        let begun = start.begin(&self.0.bridge, &mut shell).await;
        begun.map_err(|(line, printed)| {
            let text = format!("The sandbox was not made as it should be: {line}: {}", printed.stderr.trim());
            printed.broken.unwrap_or_else(|| LocalError::new(LocalErrorCode::BadRequest, text))
        })?;
        self.0.shell.replace(shell);
        self.save().await
    }

    /// The terminal as it is now.
    pub(crate) fn shell(&self) -> Shell {
        self.0.shell.borrow().clone()
    }

    /// The way to the worker.
    pub(crate) fn bridge(&self) -> &Bridge {
        &self.0.bridge
    }

    /// Runs a line and keeps what it has changed.
    pub(crate) async fn enter(&self, line: &str) -> Printed {
        self.0.stopped.set(false);
        self.0.running.set(true);
        let printed = self.run(line).await;
        self.0.running.set(false);
        printed
    }

    async fn run(&self, line: &str) -> Printed {
        let mut shell = match self.current().await {
            Ok(shell) => shell,
            Err(failure) => return broken(failure),
        };
        desk::remember(&mut shell, line);
        match self.0.bridge.perform::<Clock>(Task::Clock).await {
            Ok(clock) => shell.now = clock.now.as_millis(),
            Err(failure) => return broken(failure),
        }
        let printed = run::run(&self.0.bridge, &mut shell, line, &self.0.stopped).await;
        self.0.shell.replace(shell);
        match self.save().await {
            Err(failure) if printed.broken.is_none() => broken(failure),
            _ => printed,
        }
    }

    /// Gives up the line that runs. A call that is under way comes to its end all the same.
    pub(crate) fn stop(&self) {
        self.0.stopped.set(true);
    }

    /// Changes the terminal beside its commands, and keeps it.
    ///
    /// # Errors
    /// It could not be kept.
    pub(crate) async fn change(&self, change: impl FnOnce(&mut Shell)) -> Result<(), Failure> {
        let mut shell = self.current().await?;
        change(&mut shell);
        self.0.shell.replace(shell);
        self.save().await
    }

    /// Takes over what another tab has changed; says whether there was anything.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) async fn refresh(&self) -> Result<bool, Failure> {
        let current = self.current().await?;
        let changed = !self.0.running.get() && current != self.shell();
        if changed {
            self.0.shell.replace(current);
        }
        Ok(changed)
    }

    /// With the files, profiles and history that another tab may have changed; variables are this tab's.
    async fn current(&self) -> Result<Shell, Failure> {
        let kept = kept(&self.0.bridge).await?;
        let own = self.shell();
        Ok(match kept {
            Some(kept) => Shell { variables: own.variables, private: own.private, last: own.last, ..kept },
            None => own,
        })
    }

    async fn save(&self) -> Result<(), Failure> {
        let text = desk::written(&self.0.shell.borrow()).into();
        self.0.bridge.perform(Task::Keep { text }).await
    }
}

async fn kept(bridge: &Bridge) -> Result<Option<Shell>, Failure> {
    let text: Option<String> = bridge.perform(Task::Kept).await?;
    text.map(|text| {
        let damaged =
            || LocalError::new(LocalErrorCode::DatabaseDamaged, "What the terminal keeps cannot be read.");
        desk::read(&text).ok_or_else(|| damaged().into())
    })
    .transpose()
}

fn broken(failure: Failure) -> Printed {
    let error = match failure {
        Failure::Local(error) => error,
        Failure::Service(error) => LocalError::new(LocalErrorCode::BadRequest, error.to_string()),
    };
    Printed { broken: Some(error), exit: 255, ..Printed::default() }
}
