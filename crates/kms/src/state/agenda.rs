//! What happens by itself, in order of time.

use std::collections::BTreeSet;

use waxseal_api::{KeyArn, Place, Timestamp};

/// The moments at which something happens, each with what it happens to; one for each thing at most.
#[derive(Debug, Default)]
pub(crate) struct Agenda(BTreeSet<(Timestamp, Matter)>);

/// What something happens to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Matter {
    Key(KeyArn),
    KeyStore(Place, String),
    WrappingKey(KeyArn, String),
}

impl Agenda {
    /// Exchanges the moment of one thing for another.
    pub(crate) fn shift(
        &mut self,
        matter: impl Fn() -> Matter,
        old: Option<Timestamp>,
        new: Option<Timestamp>,
    ) {
        if old == new {
            return;
        }
        if let Some(at) = old {
            self.0.remove(&(at, matter()));
        }
        self.0.extend(new.map(|at| (at, matter())));
    }

    /// What has come until now, earliest first.
    pub(crate) fn until(&self, now: Timestamp) -> impl Iterator<Item = &(Timestamp, Matter)> {
        self.0.iter().take_while(move |(at, _)| *at <= now)
    }
}
