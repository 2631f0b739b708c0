//! GetParametersForImport.

use waxseal_api::{
    operations::{GetParametersForImport, GetParametersForImportInput, GetParametersForImportOutput},
    types::{KeySpec, WrappingAlgorithm, WrappingKeySpec},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
};

impl Rule for GetParametersForImport {
    const REQUIRED: &'static [&'static str] = &["KeyId", "WrappingAlgorithm", "WrappingKeySpec"];
    const RECORDED: &'static [&'static str] = &["KeyId", "WrappingAlgorithm", "WrappingKeySpec"];

    fn run(
        cx: &mut Cx<'_>,
        input: GetParametersForImportInput,
    ) -> Result<GetParametersForImportOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        let algorithm = check.value("wrappingAlgorithm", Some(&input.wrapping_algorithm));
        let spec = check.value("wrappingKeySpec", Some(&input.wrapping_key_spec));
        let (algorithm, spec) = check.done_with(algorithm.zip(spec))?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::GetParametersForImport, key)?;
        key.must_be_external()?;
        check_wrapping(key.key().key_spec, algorithm, spec)?;
        let (token, public_key) = key.make_wrapping_key(cx, spec, algorithm)?;
        Ok(GetParametersForImportOutput {
            key_id: key.key().arn.to_string(),
            import_token: token.encode().into(),
            public_key: public_key.der().into(),
            parameters_valid_to: token.expires,
        })
    }
}

/// Whether the wrapping key can do what the algorithm says, and is large enough for what it has to wrap.
fn check_wrapping(key: KeySpec, algorithm: WrappingAlgorithm, spec: WrappingKeySpec) -> Result<(), Error> {
    use WrappingAlgorithm::{RsaAesKeyWrapSha1, RsaAesKeyWrapSha256, RsaesPkcs1V15, Sm2Pke};
    if algorithm == RsaesPkcs1V15 {
        return Err(Error::Unsupported("RSAES_PKCS1_V1_5"));
    }
    let two_steps = matches!(algorithm, RsaAesKeyWrapSha1 | RsaAesKeyWrapSha256);
    let fits = two_steps || !is_long(key, spec);
    let goes_together = (algorithm == Sm2Pke) == (spec == WrappingKeySpec::Sm2);
    if fits && goes_together { Ok(()) } else { Err(Error::Wrapping { algorithm, spec, key }) }
}

/// Whether material is longer than what a wrapping key encrypts at once.
fn is_long(key: KeySpec, wrapping: WrappingKeySpec) -> bool {
    match key {
        KeySpec::Rsa2048
        | KeySpec::Rsa3072
        | KeySpec::Rsa4096
        | KeySpec::MlDsa44
        | KeySpec::MlDsa65
        | KeySpec::MlDsa87
        | KeySpec::MlKem512
        | KeySpec::MlKem768
        | KeySpec::MlKem1024 => true,
        KeySpec::EccNistP521 => wrapping == WrappingKeySpec::Rsa2048,
        _ => false,
    }
}
