//! The way from the page to the worker and back.
//!
//! [`Bridge`] pairs answers with calls and knows whether the worker is there; [`Port`] is the worker itself, or a test's
//! stand-in. Components use the hooks.

mod hooks;
mod link;
mod port;
mod sandbox;
mod vault;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use hooks::Status;
pub(crate) use hooks::{Action, KmsProvider, Remote, Service, use_action, use_query, use_service};
pub(crate) use link::{
    Attached, Bridge, Event, Freight, Incoming, JobEvent, JobHandle, Port, Readiness, Starter, World,
};
pub(crate) use port::{WorkerAddress, start_worker};
pub(crate) use vault::{Errand, Finished, use_errand};

/// The service's operations as typed calls, carried out by the worker.
pub(crate) type Kms = waxseal_api::Client<Bridge>;
