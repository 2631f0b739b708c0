//! Material that its owner has brought along: whether it is here, importing it, deleting it.

use waxseal_api::types::{KeyMetadata, KeyState, Origin};
use yew::prelude::*;

use super::{
    Acting,
    act::{Act, Part},
    aspect,
    deletion::confirmation,
    import::Import,
    told::Told,
};
use crate::{
    components::{Confirm, day},
    keys::KeyEntry,
};

/// The material of a key that waits for it, or has been given it; nothing for other keys.
pub(crate) fn material(entry: &KeyEntry, acting: &Acting) -> Html {
    let metadata = &entry.metadata;
    let open = matches!(metadata.key_state, KeyState::Enabled | KeyState::Disabled | KeyState::PendingImport);
    if metadata.origin != Origin::External || !open {
        return Html::default();
    }
    let import = html! {
        <Import key_id={metadata.key_id.clone()} name={entry.name().replace('/', "-")} spec={metadata.key_spec}
            fresh={metadata.current_key_material_id.is_none()} acting={acting.clone()} />
    };
    aspect(
        "Key material",
        "material",
        html! { <>
            <p class="reading">{ standing(metadata) }</p>
            <Told part={Part::Material} acting={acting.clone()} />
            if metadata.expiration_model.is_some() {
                <details class="disclosure">
                    <summary>{ "Import the same bytes again, for another expiry" }</summary>
                    { import }
                </details>
                { deletion(entry, acting) }
            } else {
                { import }
            }
        </> },
    )
}

/// Whether the material is here, and what that means.
fn standing(metadata: &KeyMetadata) -> String {
    let here = "You brought its material along, and this browser never shows it again. Keep your copy: it alone brings \
        the material back, and whoever has it has the key.";
    match (metadata.expiration_model, metadata.valid_to) {
        (Some(_), None) => here.to_owned(),
        (Some(_), Some(until)) => {
            format!("{here} It expires on {}; then the key waits until it is imported again.", day(until))
        }
        (None, _) if metadata.current_key_material_id.is_some() => {
            "Its material is not here any more: it was deleted or has expired. No file under this key can be opened \
             until the same bytes are imported again. Other bytes are refused."
                .to_owned()
        }
        (None, _) => "It waits for bytes of yours. They are sealed here and never shown again, so keep a copy: it alone \
            brings them back when they were deleted or have expired, and whoever has it has the key."
            .to_owned(),
    }
}

fn deletion(entry: &KeyEntry, acting: &Acting) -> Html {
    let confirmed = acting.action.run.reform(|()| Act::DeleteMaterial);
    html! {
        <details class="disclosure">
            <summary>{ "Delete the material" }</summary>
            <Confirm id="confirm-material" word={confirmation(entry).to_owned()} action="Delete the material"
                busy={acting.action.busy()} {confirmed}>
                <p>{ "The key stays, and waits for the same bytes. Until they are imported again, no file under it can be opened; \
                    without your copy, never." }</p>
            </Confirm>
        </details>
    }
}
