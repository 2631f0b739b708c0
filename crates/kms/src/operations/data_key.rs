//! What the two operations that make data keys have in common.

use waxseal_api::{
    EnumValue,
    trace::Role,
    types::{DataKeySpec, EncryptionContext},
};
use waxseal_crypto::DataKey;

use crate::{
    ciphertext::Content,
    constraints::Constraints,
    cx::{Action, Cx, Sealed, unless_dry_run},
    error::Error,
};

const ONE_OF_BOTH: &str = "Please specify either number of bytes or key spec.";

/// Members that both take, as an audit record may repeat them.
pub(super) const RECORDED: &[&str] =
    &["DryRun", "EncryptionContext", "GrantTokens", "KeyId", "KeySpec", "NumberOfBytes"];

/// What is asked for.
pub(super) struct Wish<'i> {
    pub(super) key_id: &'i str,
    pub(super) number_of_bytes: Option<i64>,
    pub(super) key_spec: Option<&'i EnumValue<DataKeySpec>>,
    pub(super) encryption_context: EncryptionContext,
    pub(super) grant_tokens: Option<Vec<String>>,
    /// Whether an enclave is to get it.
    pub(super) recipient: bool,
    pub(super) dry_run: Option<bool>,
}

/// A data key in both its forms.
pub(super) struct Pair {
    pub(super) plain: DataKey,
    pub(super) sealed: Sealed,
    pub(super) key_arn: String,
}

impl Wish<'_> {
    /// Makes the data key and encrypts it.
    pub(super) fn fulfil(self, cx: &mut Cx<'_>, action: Action) -> Result<Pair, Error> {
        let length = self.check()?;
        if self.recipient {
            return Err(Error::Unsupported("Recipient"));
        }
        let key = cx.find(self.key_id)?;
        cx.present(self.grant_tokens);
        let key = cx.authorize(action, key)?;
        key.require_symmetric()?;
        unless_dry_run(self.dry_run)?;
        let plain = cx.random(Role::DataKey, length);
        let sealed = key.seal(cx, Content::DataKey, plain.expose(), self.encryption_context)?;
        Ok(Pair { plain, sealed, key_arn: key.key().arn.to_string() })
    }

    /// The constraints; the length in bytes.
    fn check(&self) -> Result<usize, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", self.key_id);
        check.number("numberOfBytes", self.number_of_bytes, 1..=1024);
        let spec = check.value("keySpec", self.key_spec);
        check.grant_tokens(self.grant_tokens.as_deref());
        check.done()?;
        let length = match (self.number_of_bytes, spec) {
            (Some(n), None) => usize::try_from(n).ok(),
            (None, Some(spec)) => Some(spec.len()),
            _ => None,
        };
        length.ok_or(Error::Validation(ONE_OF_BOTH))
    }
}
