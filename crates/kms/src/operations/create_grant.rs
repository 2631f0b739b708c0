//! CreateGrant.

use waxseal_api::{
    operations::{CreateGrant, CreateGrantInput, CreateGrantOutput},
    types::{EncryptionContext, GrantConstraints, GrantOperation, KeySpec, KeyUsage},
};

use super::{Rule, grant_members};
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, unless_dry_run},
    error::Error,
    state::{GrantTerms, KeyRecord, Party},
};

const PAIR_LIMIT: usize = 8;
const VALUE_LIMIT: usize = 384;
const ONE_GRANTEE: &str = "Please specify either GranteePrincipal or GranteeServicePrincipal.";
const ONE_RETIRING: &str = "Please specify either RetiringPrincipal or RetiringServicePrincipal, not both.";
const SERVICE_ALONE: &str =
    "A grant to a service principal needs the SourceArn constraint and a retiring principal.";
const TOO_MANY_PAIRS: &str = "A grant constraint can have at most 8 encryption context pairs.";
const LONG_VALUE: &str = "An encryption context value in a grant constraint can have at most 384 characters.";
const NO_CONTEXT: &str =
    "Encryption context constraints are only valid in grants for symmetric encryption KMS keys.";

impl Rule for CreateGrant {
    const REQUIRED: &'static [&'static str] = &["KeyId", "Operations"];
    const RECORDED: &'static [&'static str] = &[
        "Constraints",
        "DryRun",
        "GrantTokens",
        "GranteePrincipal",
        "GranteeServicePrincipal",
        "KeyId",
        "Name",
        "Operations",
        "RetiringPrincipal",
        "RetiringServicePrincipal",
    ];
    const UNTOLD: &'static [&'static str] = &["GrantToken"];

    fn run(cx: &mut Cx<'_>, mut input: CreateGrantInput) -> Result<CreateGrantOutput, Error> {
        let operations = check(&input)?;
        let (grant_tokens, dry_run) = (input.grant_tokens.take(), input.dry_run);
        let key = cx.find_key(&input.key_id)?;
        let terms = terms(input, operations)?;
        cx.present(grant_tokens);
        cx.wish_for(terms.clone());
        let key = cx.authorize(Action::CreateGrant, key)?;
        suits(&terms, key.key())?;
        cx.check_parties(&terms)?;
        unless_dry_run(dry_run)?;
        let (grant_id, grant_token) = key.create_grant(cx, terms)?;
        Ok(CreateGrantOutput { grant_token, grant_id })
    }
}

fn check(input: &CreateGrantInput) -> Result<Vec<GrantOperation>, Error> {
    let mut check = Constraints::default();
    check.key_id("keyId", &input.key_id);
    check.principal("granteePrincipal", input.grantee_principal.as_deref());
    check.principal("retiringPrincipal", input.retiring_principal.as_deref());
    let operations = check.values("operations", &input.operations, 1..=usize::MAX);
    let source_arn = input.constraints.as_ref().and_then(|it| it.source_arn.as_deref());
    check.source_arn("constraints.sourceArn", source_arn);
    check.grant_tokens(input.grant_tokens.as_deref());
    check.grant_name("name", input.name.as_deref());
    check.service_principal("granteeServicePrincipal", input.grantee_service_principal.as_deref());
    check.service_principal("retiringServicePrincipal", input.retiring_service_principal.as_deref());
    check.done()?;
    Ok(operations)
}

/// What the grant is to say.
fn terms(input: CreateGrantInput, operations: Vec<GrantOperation>) -> Result<GrantTerms, Error> {
    let grantee =
        grant_members::party(input.grantee_principal, input.grantee_service_principal, ONE_GRANTEE)?;
    let grantee = grantee.ok_or(Error::Validation(ONE_GRANTEE))?;
    let retiring =
        grant_members::party(input.retiring_principal, input.retiring_service_principal, ONE_RETIRING)?;
    let constraints = input.constraints.unwrap_or_default();
    let alone = retiring.is_none() || constraints.source_arn.is_none();
    if matches!(grantee, Party::Service(_)) && alone {
        return Err(Error::Validation(SERVICE_ALONE));
    }
    contexts(&constraints).try_for_each(check_context)?;
    Ok(GrantTerms {
        name: input.name,
        grantee,
        retiring,
        operations: operations.into_iter().collect(),
        constraints,
    })
}

fn contexts(constraints: &GrantConstraints) -> impl Iterator<Item = &EncryptionContext> {
    constraints.encryption_context_equals.iter().chain(&constraints.encryption_context_subset)
}

fn check_context(context: &EncryptionContext) -> Result<(), Error> {
    if context.len() > PAIR_LIMIT {
        return Err(Error::Validation(TOO_MANY_PAIRS));
    }
    let long = context.values().any(|value| value.chars().count() > VALUE_LIMIT);
    if long { Err(Error::Validation(LONG_VALUE)) } else { Ok(()) }
}

/// Whether a key can be used in the way that a grant says.
fn suits(terms: &GrantTerms, key: &KeyRecord) -> Result<(), Error> {
    if let Some(operation) = terms.operations.iter().find(|it| !can(key.key_spec, key.key_usage, **it)) {
        return Err(Error::GrantOperation(*operation, key.key_usage));
    }
    let bound = contexts(&terms.constraints).next().is_some();
    if bound && key.key_spec != KeySpec::SymmetricDefault {
        return Err(Error::Validation(NO_CONTEXT));
    }
    Ok(())
}

/// See "Grant operations" in the AWS KMS developer guide.
fn can(spec: KeySpec, usage: KeyUsage, operation: GrantOperation) -> bool {
    use GrantOperation as G;
    let symmetric = spec == KeySpec::SymmetricDefault;
    match operation {
        G::CreateGrant | G::DescribeKey | G::RetireGrant => true,
        G::Decrypt | G::Encrypt | G::ReEncryptFrom | G::ReEncryptTo => usage == KeyUsage::EncryptDecrypt,
        G::GenerateDataKey
        | G::GenerateDataKeyWithoutPlaintext
        | G::GenerateDataKeyPair
        | G::GenerateDataKeyPairWithoutPlaintext => symmetric,
        G::Sign | G::Verify => usage == KeyUsage::SignVerify,
        G::GenerateMac | G::VerifyMac => usage == KeyUsage::GenerateVerifyMac,
        G::DeriveSharedSecret => usage == KeyUsage::KeyAgreement,
        G::Encapsulate | G::Decapsulate => usage == KeyUsage::EncapsulateDecapsulate,
        G::GetPublicKey => !symmetric && usage != KeyUsage::GenerateVerifyMac,
    }
}
