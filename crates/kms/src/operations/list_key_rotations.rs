//! ListKeyRotations.

use waxseal_api::{
    Operation,
    operations::{ListKeyRotations, ListKeyRotationsInput, ListKeyRotationsOutput},
    types::{ImportState, IncludeKeyMaterial, KeyMaterialState, RotationType, RotationsListEntry},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx, Found, Permit},
    error::Error,
    page::{self, Wanted},
    state::{Import, MaterialEntry, Rank},
};

impl Rule for ListKeyRotations {
    const REQUIRED: &'static [&'static str] = &["KeyId"];
    const RECORDED: &'static [&'static str] = &["IncludeKeyMaterial", "KeyId", "Limit", "Marker"];

    /// In the order in which the materials took over, with one that waits for its turn at the end.
    fn run(cx: &mut Cx<'_>, input: ListKeyRotationsInput) -> Result<ListKeyRotationsOutput, Error> {
        let mut check = Constraints::default();
        check.key_id("keyId", &input.key_id);
        let include = check.value("includeKeyMaterial", input.include_key_material.as_ref());
        check.number("limit", input.limit, 1..=1000);
        check.optional_text("marker", input.marker.as_deref(), 1..=1024);
        check.done()?;
        let key = cx.find_key(&input.key_id)?;
        let key = cx.authorize(Action::ListKeyRotations, key)?;
        let all = include == Some(IncludeKeyMaterial::AllKeyMaterial);
        let wanted =
            Wanted { list: Self::NAME, limit: input.limit.unwrap_or(100), marker: input.marker.as_deref() };
        let materials = key.key().key_materials.iter().enumerate();
        let materials = materials.filter(|(_, entry)| all || entry.rank.rotation_date().is_some());
        let page = page::cut(materials, |(place, _)| format!("{place:06}"), wanted)?;
        Ok(ListKeyRotationsOutput {
            rotations: page.items.into_iter().map(|(_, entry)| listed(cx, &key, entry)).collect(),
            truncated: page.next_marker.is_some(),
            next_marker: page.next_marker,
        })
    }
}

fn listed(cx: &Cx<'_>, key: &Permit<Found<'_>>, entry: &MaterialEntry) -> RotationsListEntry {
    let import = entry.import.as_ref();
    let here = import.filter(|import| import.present);
    RotationsListEntry {
        key_id: key.key().arn.key_id.to_string(),
        key_material_id: Some(entry.id.to_string()),
        key_material_description: import.and_then(|import| import.description.clone()),
        import_state: import
            .map(|it| if it.present { ImportState::Imported } else { ImportState::PendingImport }),
        key_material_state: Some(material_state(cx, key, entry)),
        expiration_model: here.map(Import::expiration_model),
        valid_to: here.and_then(|import| import.valid_to),
        rotation_date: entry.rank.rotation_date(),
        rotation_type: match entry.rank {
            Rank::Automatic(_) => Some(RotationType::Automatic),
            Rank::OnDemand(_) => Some(RotationType::OnDemand),
            Rank::First | Rank::Pending => None,
        },
    }
}

fn material_state(cx: &Cx<'_>, key: &Permit<Found<'_>>, entry: &MaterialEntry) -> KeyMaterialState {
    match entry.rank {
        Rank::Pending if key.is_ready_to_rotate(cx) => KeyMaterialState::PendingRotation,
        Rank::Pending if key.key().multi_region.is_some() => {
            KeyMaterialState::PendingMultiRegionImportAndRotation
        }
        Rank::Pending => KeyMaterialState::PendingRotation,
        _ if key.key().current_material().is_some_and(|current| current.id == entry.id) => {
            KeyMaterialState::Current
        }
        _ => KeyMaterialState::NonCurrent,
    }
}
