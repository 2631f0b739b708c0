//! DescribeKey.

use waxseal_api::operations::{DescribeKey, DescribeKeyInput, DescribeKeyOutput};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
};

impl Rule for DescribeKey {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId"];

    fn run(cx: &mut Cx<'_>, input: DescribeKeyInput) -> Result<DescribeKeyOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.grant_tokens(input.grant_tokens.as_deref());
        check.done()?;
        let key = cx.find(&input.key_id)?;
        cx.present(input.grant_tokens);
        let key = cx.authorize(Action::DescribeKey, key)?;
        Ok(DescribeKeyOutput { key_metadata: key.metadata(cx) })
    }
}
