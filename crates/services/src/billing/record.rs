//! What the meter keeps. Both forms of record are of version 1, which is not told: what a later version adds has to be optional, or
//! to have another name.

use serde::{Deserialize, Serialize};
use waxseal_api::{KeyArn, Reply, Timestamp, trace::Step};
use waxseal_kms::{Change, Holding, ResourceRecord, State};

use super::{
    calendar::Month,
    prices::{Class, REQUESTS},
};

/// The requests of an account in a month.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Used {
    #[serde(skip)]
    pub(super) name: String,
    /// How many of each class, in the order of the price list.
    pub(super) requests: [u64; REQUESTS.len()],
    /// Bytes of their bodies.
    pub(super) sent: u64,
    /// Bytes of the replies' bodies.
    pub(super) received: u64,
}

impl Used {
    /// `billing/requests/111122223333/2026-11`
    pub(super) fn name(account: &str, at: Timestamp) -> String {
        format!("{}{}", Self::prefix(account), Month::of(at))
    }

    fn prefix(account: &str) -> String {
        format!("{}requests/{account}/", super::PREFIX)
    }

    pub(super) fn read(state: &State, name: String) -> Self {
        let kept = state.resource(&name).and_then(|record| serde_json::from_str(&record.value).ok());
        Self { name, ..kept.unwrap_or_default() }
    }

    /// All months of an account, in order.
    pub(super) fn all(state: &State, account: &str) -> Vec<(Month, Self)> {
        let prefix = Self::prefix(account);
        let names: Vec<String> = state.resources(&prefix).map(|record| record.name.clone()).collect();
        let month = |name: String| Some((Month::parse(name.rsplit('/').next()?)?, Self::read(state, name)));
        names.into_iter().filter_map(month).collect()
    }

    pub(super) fn of(&self, class: Class) -> u64 {
        self.requests.get(class as usize).copied().unwrap_or_default()
    }

    pub(super) fn add(&mut self, class: Class, reply: &Reply) {
        if let Some(count) = self.requests.get_mut(class as usize) {
            *count += 1;
        }
        for step in &reply.trace.steps {
            match step {
                Step::Request { .. } => self.sent += step.crossed(),
                _ => self.received += step.crossed(),
            }
        }
    }

    pub(super) fn written(self) -> Change {
        put(self.name.clone(), &self)
    }
}

/// A key that waits for its deletion, or is gone: what was to be paid for until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ended {
    created: Timestamp,
    /// When its deletion was scheduled.
    ended: Timestamp,
    replica: bool,
    rotations: Vec<Timestamp>,
}

/// A key for as long as it is paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tenure {
    pub(super) created: Timestamp,
    pub(super) ended: Option<Timestamp>,
    pub(super) replica: bool,
    pub(super) rotations: Vec<Timestamp>,
}

impl Ended {
    /// `billing/ended/arn:aws:kms:…/1795521600000`: a replica can be made again where one is gone, and is another key then.
    fn name(holding: &Holding) -> String {
        format!("{}ended/{}/{}", super::PREFIX, holding.arn, holding.created.as_millis())
    }

    pub(super) fn knows(state: &State, holding: &Holding) -> bool {
        state.resource(&Self::name(holding)).is_some()
    }

    pub(super) fn written(holding: &Holding, ended: Timestamp) -> Change {
        let Holding { created, replica, ref rotations, .. } = *holding;
        put(Self::name(holding), &Self { created, ended, replica, rotations: rotations.clone() })
    }

    pub(super) fn forgotten(holding: &Holding) -> Change {
        Change::DeleteResource(Self::name(holding))
    }

    /// Those of an account.
    pub(super) fn all(state: &State, account: &str) -> Vec<(KeyArn, Tenure)> {
        let prefix = format!("{}ended/", super::PREFIX);
        let records = state.resources(&prefix).filter_map(|record| {
            let (arn, _) = record.name.strip_prefix(&prefix)?.rsplit_once('/')?;
            let arn: KeyArn = arn.parse().ok()?;
            let Self { created, ended, replica, rotations } = serde_json::from_str(&record.value).ok()?;
            Some((arn, Tenure { created, ended: Some(ended), replica, rotations }))
        });
        records.filter(|(arn, _)| arn.place.account.to_string() == account).collect()
    }
}

fn put(name: String, value: &impl Serialize) -> Change {
    let value = serde_json::to_string(value).unwrap_or_default();
    Change::PutResource(Box::new(ResourceRecord { name, value, secret: None }))
}
