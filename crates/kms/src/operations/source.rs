//! The ciphertext that Decrypt and ReEncrypt begin with.

use waxseal_api::{
    Blob, EnumValue, KeyArn,
    types::{EncryptionAlgorithm, EncryptionContext, KeyUsage},
};

use crate::{
    ciphertext::Ciphertext,
    constraints::Constraints,
    cx::{Action, Cx, Found, Opened, Permit},
    error::Error,
};

const IGNORE_CIPHERTEXT: &str = "IGNORE_CIPHERTEXT";
const NOT_A_DRY_RUN: &str = "DryRunModifiers can only be given together with DryRun.";
const NO_KEY_PAIR: &str = "A ciphertext of an asymmetric KMS key does not name its key: KeyId is required (SourceKeyId in ReEncrypt).";
const NO_KEY: &str = "IGNORE_CIPHERTEXT needs a key ID, as there is no ciphertext to name the key.";

/// What a request says of a ciphertext that is to be opened.
pub(super) struct Source<'i> {
    pub(super) ciphertext_blob: Option<&'i Blob>,
    pub(super) key_id: Option<&'i str>,
    pub(super) encryption_context: EncryptionContext,
    pub(super) encryption_algorithm: Option<&'i EnumValue<EncryptionAlgorithm>>,
    pub(super) dry_run: Option<bool>,
    pub(super) dry_run_modifiers: Option<&'i [String]>,
}

/// What the members are called in constraints.
pub(super) struct MemberNames {
    pub(super) key_id: &'static str,
    pub(super) encryption_algorithm: &'static str,
}

impl<'i> Source<'i> {
    /// Checks the members' constraints.
    pub(super) fn constrain(&self, check: &mut Constraints, names: &MemberNames) {
        if !self.ignores_ciphertext() {
            check.bytes("ciphertextBlob", self.ciphertext_blob.map(Blob::as_bytes), 1..=6144);
        }
        check.optional_text(names.key_id, self.key_id, 1..=2048);
        check.value(names.encryption_algorithm, self.encryption_algorithm);
        check.texts("dryRunModifiers", self.dry_run_modifiers, &[IGNORE_CIPHERTEXT]);
    }

    /// Finds the key, by its name where the request gives one and by the ciphertext otherwise, and asks for permission.
    /// A ciphertext of another key is refused before the key's usage is looked at.
    pub(super) fn authorize<'a>(&self, cx: &mut Cx<'a>, action: Action) -> Result<Permit<Found<'a>>, Error> {
        self.check_modifiers()?;
        let Some(named) = self.key_id else {
            if self.algorithm() != EncryptionAlgorithm::SymmetricDefault {
                return Err(Error::Validation(NO_KEY_PAIR));
            }
            let key = cx.find_by_ciphertext(action, &self.parse()?)?;
            return cx.authorize(action, key);
        };
        let key = cx.find(named)?;
        let permit = cx.authorize(action, key)?;
        if self.names_key_other_than(key.arn()) {
            return Err(Error::IncorrectKey);
        }
        permit.require_usage(KeyUsage::EncryptDecrypt)?;
        permit.require_algorithm(permit.key().encryption_algorithms(), self.algorithm())?;
        Ok(permit)
    }

    /// How the ciphertext was made.
    pub(super) fn algorithm(&self) -> EncryptionAlgorithm {
        match self.encryption_algorithm {
            Some(EnumValue::Known(algorithm)) => *algorithm,
            Some(EnumValue::Other(_)) | None => EncryptionAlgorithm::SymmetricDefault,
        }
    }

    fn names_key_other_than(&self, arn: &KeyArn) -> bool {
        let symmetric = self.algorithm() == EncryptionAlgorithm::SymmetricDefault;
        symmetric && !self.ignores_ciphertext() && self.parse().is_ok_and(|it| !is_of(&it, arn))
    }

    /// Opens the ciphertext, if there is one to open.
    pub(super) fn open(self, cx: &mut Cx<'_>, permit: &Permit<Found<'_>>) -> Result<Option<Opened>, Error> {
        if self.ignores_ciphertext() {
            return Ok(None);
        }
        if self.algorithm() != EncryptionAlgorithm::SymmetricDefault {
            let blob = self.ciphertext_blob.map(Blob::as_bytes).unwrap_or_default();
            return permit.decrypt(cx, self.algorithm(), blob, self.encryption_context).map(Some);
        }
        let ciphertext = self.parse()?;
        permit.open(cx, &ciphertext, self.encryption_context).map(Some)
    }

    fn parse(&self) -> Result<Ciphertext<'i>, Error> {
        let blob = self.ciphertext_blob.map(Blob::as_bytes).unwrap_or_default();
        Ciphertext::parse(blob).ok_or(Error::InvalidCiphertext)
    }

    fn ignores_ciphertext(&self) -> bool {
        self.dry_run_modifiers.is_some_and(|it| it.iter().any(|text| text == IGNORE_CIPHERTEXT))
    }

    fn check_modifiers(&self) -> Result<(), Error> {
        if self.dry_run_modifiers.is_some_and(|it| !it.is_empty()) && self.dry_run != Some(true) {
            return Err(Error::Validation(NOT_A_DRY_RUN));
        }
        if self.ignores_ciphertext() && self.key_id.is_none() {
            return Err(Error::Validation(NO_KEY));
        }
        Ok(())
    }
}

/// Whether a ciphertext is of this key, or of a related key in another Region.
fn is_of(ciphertext: &Ciphertext<'_>, key: &KeyArn) -> bool {
    let of = &ciphertext.header.key_arn;
    let here = of.place.region == key.place.region || key.key_id.is_multi_region();
    of.key_id == key.key_id && of.place.account == key.place.account && here
}
