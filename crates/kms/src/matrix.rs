//! Who may do what to a key.

use std::collections::BTreeSet;

use rand_core::CryptoRng;
use waxseal_api::{
    ApiError, Place, Service, Timestamp,
    sandbox::{Matrix, Standing, Verdict},
};
use waxseal_policy::Principal;

use crate::{
    cx::{Action, Cx},
    error::Error,
    request::{Caller, Request},
    state::{KeyRecord, State},
};

/// Who asks, and when.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// Whom a policy that is tried must not lock out.
    pub caller: &'a Caller,
    /// When.
    pub now: Timestamp,
}

/// Says who may do what to a key, by its own policy or by one that is tried.
///
/// # Errors
/// There is no such key.
pub fn matrix(
    state: &State,
    rng: &mut dyn CryptoRng,
    asker: Asker<'_>,
    key_id: &str,
    policy: Option<String>,
) -> Result<Matrix, ApiError> {
    let mut key = asked(state, rng, asker, |cx| cx.named_key(key_id).cloned())?;
    let checked =
        policy.as_deref().map_or(Ok(()), |text| asked(state, rng, asker, |cx| cx.check_policy(text)));
    let lockout = checked == Err(Error::Lockout);
    let problem = checked.err().filter(|_| !lockout).map(ApiError::from);
    if let (Some(policy), None) = (policy, &problem) {
        key.policy = policy.into();
    }
    let actions: Vec<Action> = Action::on_keys().collect();
    let mut reasons = Vec::new();
    let everybody = everybody(state, &key);
    let rows = everybody.into_iter().map(|(name, principal)| {
        let verdicts = verdicts(state, rng, asker.now, &key, principal, &actions, &mut reasons);
        Standing { principal: name, verdicts }
    });
    Ok(Matrix {
        rows: rows.collect(),
        key: key.arn.to_string(),
        policy: key.policy.as_str().to_owned(),
        problem,
        lockout,
        actions: actions.iter().map(Action::to_string).collect(),
        reasons,
    })
}

/// All who could call: the accounts that there are, their users and their roles, by the ARN of each.
fn everybody(state: &State, key: &KeyRecord) -> Vec<(String, Principal)> {
    let people: Vec<(String, Principal)> =
        state.people().map(|user| (user.arn(), user)).chain(state.roles()).collect();
    let accounts = people.iter().filter_map(|(_, principal)| principal.account().cloned());
    let accounts: BTreeSet<_> = accounts.chain([key.arn.place.account.clone()]).collect();
    let roots = accounts.into_iter().map(|account| Principal::Root { account });
    roots.map(|root| (root.arn(), root)).chain(people).collect()
}

fn verdicts(
    state: &State,
    rng: &mut dyn CryptoRng,
    now: Timestamp,
    key: &KeyRecord,
    principal: Principal,
    actions: &[Action],
    reasons: &mut Vec<String>,
) -> Vec<Verdict> {
    let account = principal.account().unwrap_or(&key.arn.place.account).clone();
    let caller =
        Caller { place: Place { account, region: key.arn.place.region.clone() }, principal, via: None };
    asked(state, rng, Asker { caller: &caller, now }, |cx| {
        let each = actions.iter().map(|action| {
            let (allowed, because) = cx.verdict(*action, key);
            let known = reasons.iter().position(|reason| *reason == because);
            let because = known.unwrap_or_else(|| {
                reasons.push(because);
                reasons.len() - 1
            });
            Verdict { allowed, because: because as u32 }
        });
        each.collect()
    })
}

/// Asks as somebody who makes no call.
fn asked<T>(
    state: &State,
    rng: &mut dyn CryptoRng,
    asker: Asker<'_>,
    ask: impl FnOnce(&mut Cx<'_>) -> T,
) -> T {
    let request =
        Request { caller: asker.caller, now: asker.now, service: Service::Kms, operation: "", body: "" };
    ask(&mut Cx::new(state, rng, &request))
}
