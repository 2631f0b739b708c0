//! EnableKeyRotation.

use waxseal_api::{
    operation::Nothing,
    operations::{EnableKeyRotation, EnableKeyRotationInput},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    state::Automatic,
};

const DEFAULT_PERIOD: i64 = 365;

impl Rule for EnableKeyRotation {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId", "RotationPeriodInDays"];

    fn run(cx: &mut Cx<'_>, input: EnableKeyRotationInput) -> Result<Nothing, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.number("rotationPeriodInDays", input.rotation_period_in_days, 90..=2560);
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::EnableKeyRotation, key)?;
        key.must_rotate_by_itself()?;
        let period = input.rotation_period_in_days.unwrap_or(DEFAULT_PERIOD);
        let automatic = Automatic::every(period, cx.now());
        key.update_all(cx, "automatic rotation on", |key| key.rotation.automatic = Some(automatic));
        Ok(Nothing {})
    }
}
