//! ImportKeyMaterial.

use waxseal_api::{
    Timestamp,
    operations::{ImportKeyMaterial, ImportKeyMaterialInput, ImportKeyMaterialOutput},
    types::{ExpirationModel, ImportType, KeySpec},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, Found, Imported, Permit},
    error::Error,
    state::MaterialId,
};

const NO_DATE: &str = "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES";
const DATE: &str = "A validTo date cannot be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE";
const WRONG_DATE: &str = "The validTo date must be in the future, and no more than 365 days from now";
const NEW_WITH_ID: &str = "KeyMaterialId cannot be given together with the ImportType NEW_KEY_MATERIAL";
const LONGEST_DAYS: i64 = 365;

impl Rule for ImportKeyMaterial {
    const REQUIRED: &'static [&'static str] = &["KeyId", "ImportToken", "EncryptedKeyMaterial"];
    const RECORDED: &'static [&'static str] =
        &["ExpirationModel", "ImportType", "KeyId", "KeyMaterialDescription", "KeyMaterialId", "ValidTo"];

    fn run(cx: &mut Cx<'_>, input: ImportKeyMaterialInput) -> Result<ImportKeyMaterialOutput, Error> {
        let wish = check(&input, cx.now())?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::ImportKeyMaterial, key)?;
        key.must_be_external()?;
        let material =
            key.unwrap(cx, input.import_token.as_bytes(), input.encrypted_key_material.as_bytes())?;
        let id = MaterialId::of(&key.key().arn.key_id, &material);
        if input.key_material_id.is_some_and(|expected| expected != id.to_string()) {
            return Err(Error::IncorrectKeyMaterial);
        }
        let imported =
            Imported { material, id, valid_to: wish.valid_to, description: input.key_material_description };
        if wish.is_new(&key)? {
            key.take_new(cx, imported)?;
        } else if key.key().material(id).is_some() {
            key.take(cx, imported);
        } else {
            return Err(Error::IncorrectKeyMaterial);
        }
        let symmetric = key.key().key_spec == KeySpec::SymmetricDefault;
        Ok(ImportKeyMaterialOutput {
            key_id: key.key().arn.to_string(),
            key_material_id: symmetric.then(|| id.to_string()),
        })
    }
}

/// What the request wishes, checked.
struct Wish {
    valid_to: Option<Timestamp>,
    import_type: Option<ImportType>,
}

impl Wish {
    /// Whether the material is one that the key has not had. The first one is, whatever else is the default.
    fn is_new(&self, key: &Permit<Found<'_>>) -> Result<bool, Error> {
        let first = key.key().key_materials.is_empty();
        match self.import_type {
            Some(_) if key.key().key_spec != KeySpec::SymmetricDefault && !first => Err(Error::NotSymmetric),
            Some(ImportType::NewKeyMaterial) => Ok(true),
            Some(ImportType::ExistingKeyMaterial) => Ok(false),
            None => Ok(first),
        }
    }
}

fn check(input: &ImportKeyMaterialInput, now: Timestamp) -> Result<Wish, Error> {
    let mut check = Constraints::default();
    check.key_id("keyId", &input.key_id);
    check.bytes("importToken", Some(input.import_token.as_bytes()), 1..=6144);
    check.bytes("encryptedKeyMaterial", Some(input.encrypted_key_material.as_bytes()), 1..=6144);
    let model = check.value("expirationModel", input.expiration_model.as_ref());
    let import_type = check.value("importType", input.import_type.as_ref());
    check_description(&mut check, input.key_material_description.as_deref());
    check.key_material_id(input.key_material_id.as_deref());
    check.done()?;
    if import_type == Some(ImportType::NewKeyMaterial) && input.key_material_id.is_some() {
        return Err(Error::Validation(NEW_WITH_ID));
    }
    let valid_to = valid_to(model.unwrap_or(ExpirationModel::KeyMaterialExpires), input.valid_to, now)?;
    Ok(Wish { valid_to, import_type })
}

fn valid_to(
    model: ExpirationModel,
    date: Option<Timestamp>,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    match (model, date) {
        (ExpirationModel::KeyMaterialExpires, None) => Err(Error::Validation(NO_DATE)),
        (ExpirationModel::KeyMaterialDoesNotExpire, Some(_)) => Err(Error::Validation(DATE)),
        (_, Some(date)) if date <= now || date > now.plus_days(LONGEST_DAYS) => {
            Err(Error::Validation(WRONG_DATE))
        }
        (_, date) => Ok(date),
    }
}

fn check_description(check: &mut Constraints, description: Option<&str>) {
    check.optional_text("keyMaterialDescription", description, 0..=256);
    let fits = |c: char| c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || ":/_.-".contains(c);
    if let Some(text) = description.filter(|text| !text.chars().all(fits)) {
        check.pattern("keyMaterialDescription", text, r"^[a-zA-Z0-9:/_\s.-]+$");
    }
}
