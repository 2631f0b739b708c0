//! DeleteImportedKeyMaterial.

use waxseal_api::operations::{
    DeleteImportedKeyMaterial, DeleteImportedKeyMaterialInput, DeleteImportedKeyMaterialOutput,
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    state::MaterialEntry,
};

impl Rule for DeleteImportedKeyMaterial {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["KeyId", "KeyMaterialId"];

    /// The current material where none is named. Without effect where it is not here.
    fn run(
        cx: &mut Cx<'_>,
        input: DeleteImportedKeyMaterialInput,
    ) -> Result<DeleteImportedKeyMaterialOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        check.key_material_id(input.key_material_id.as_deref());
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::DeleteImportedKeyMaterial, key)?;
        key.must_be_external()?;
        let record = key.key();
        let meant = match &input.key_material_id {
            None => record.current_material(),
            Some(id) => {
                let found = id.parse().ok().and_then(|id| record.material(id));
                Some(found.ok_or_else(|| Error::NoSuchMaterial(id.clone(), record.arn.clone()))?)
            }
        };
        let id = meant.map(|MaterialEntry { id, .. }| *id);
        if let Some(id) = id {
            key.drop_material(cx, id);
        }
        Ok(DeleteImportedKeyMaterialOutput {
            key_id: record.arn.to_string(),
            key_material_id: id.map(|id| id.to_string()),
        })
    }
}
