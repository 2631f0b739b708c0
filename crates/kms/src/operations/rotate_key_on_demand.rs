//! RotateKeyOnDemand.

use waxseal_api::{
    operations::{RotateKeyOnDemand, RotateKeyOnDemandInput, RotateKeyOnDemandOutput},
    types::{KeySpec, Origin},
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx, Found, Permit},
    error::Error,
    state::Rank,
};

/// The most rotations on demand in the life of a key.
const LIMIT: usize = 25;
/// So close to a rotation by the calendar none can be asked for: 20 minutes, in milliseconds.
const TOO_CLOSE: i64 = 20 * 60 * 1000;

impl Rule for RotateKeyOnDemand {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId"];

    fn run(cx: &mut Cx<'_>, input: RotateKeyOnDemandInput) -> Result<RotateKeyOnDemandOutput, Error> {
        names::key_id(&input.key_id)?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::RotateKeyOnDemand, key)?;
        check(cx, &key)?;
        key.rotate(cx);
        Ok(RotateKeyOnDemandOutput { key_id: key.key().arn.to_string() })
    }
}

fn check(cx: &Cx<'_>, permit: &Permit<Found<'_>>) -> Result<(), Error> {
    let key = permit.key();
    if key.key_spec != KeySpec::SymmetricDefault {
        return Err(Error::NotSymmetric);
    }
    if key.custom_key_store.is_some() {
        return Err(Error::Origin(key.arn.clone(), key.origin));
    }
    permit.must_be_primary()?;
    let close = |date: i64| date.saturating_sub(cx.now().as_millis()) <= TOO_CLOSE;
    if key.next_rotation().is_some_and(|date| close(date.as_millis())) {
        return Err(Error::RotationIsDue(key.arn.clone()));
    }
    let on_demand = key.key_materials.iter().filter(|entry| matches!(entry.rank, Rank::OnDemand(_)));
    if on_demand.count() >= LIMIT {
        return Err(Error::TooManyRotations(key.arn.clone()));
    }
    if key.origin == Origin::External && !permit.is_ready_to_rotate(cx) {
        return Err(Error::NothingToRotate(key.arn.clone()));
    }
    Ok(())
}
