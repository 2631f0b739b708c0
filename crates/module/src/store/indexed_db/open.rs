//! Opening a database, making and upgrading it, and letting go of it.

use std::{cell::Cell, pin::pin, rc::Rc};

use futures_util::future::{Either, select};
use idb::{DatabaseEvent as _, Factory, ObjectStoreParams};
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use waxseal_kms::Table;
use web_sys::{IdbDatabase, IdbVersionChangeEvent};

use super::{LOG, META, STEPS, access::missing, base::BASE, sandbox::is_sandbox};
use crate::{browser, store::StoreError};

/// Of the database; it grows with every new table. Version 1 had keys, materials and aliases; version 2 had no lock, and
/// whoever knows only that one would take a locked database for an empty one; version 3 did not note what a backup should
/// have, and whoever knows only that one would not note it either; version 4 had no place for what other services keep.
pub(super) const VERSION: u32 = 5;
/// Of a sandbox's. In version 5 steps had parents; in version 6 each step and each entry of the log was a row;
/// in version 7 each record.
const SANDBOX_VERSION: u32 = 8;

pub(super) async fn open_database(name: &str) -> Result<IdbDatabase, StoreError> {
    let factory = Factory::new().map_err(missing)?;
    let (version, more) =
        if is_sandbox(name) { (SANDBOX_VERSION, &[LOG, STEPS, BASE][..]) } else { (VERSION, &[][..]) };
    let mut request = factory.open(name, Some(version)).map_err(missing)?;
    request.on_upgrade_needed(move |event| {
        // A failure here aborts the upgrade, which then fails the request.
        let Ok(database) = event.database() else { return };
        for store in Table::ALL.iter().map(|table| table.as_str()).chain([META]).chain(more.iter().copied()) {
            if !database.store_names().iter().any(|there| there == store) {
                let _ = database.create_object_store(store, ObjectStoreParams::new());
            }
        }
    });
    let (blocked, tell) = browser::promise();
    request.on_blocked(move |_| browser::call(tell.as_ref()));
    match select(pin!(request.into_future()), pin!(JsFuture::from(blocked))).await {
        Either::Left((opened, _)) => opened.map(IdbDatabase::from).map_err(missing),
        Either::Right(_) => Err(StoreError::Blocked),
    }
}

/// Lets go of the database when another tab wants to upgrade or delete it, and notices when the browser has taken it.
pub(super) fn make_way(database: &IdbDatabase, lost: impl FnOnce(StoreError) + 'static) {
    let lost = Rc::new(Cell::new(Some(lost)));
    let tell = move |error| {
        if let Some(lost) = lost.take() {
            lost(error);
        }
    };
    let (ours, tell_version) = (database.clone(), tell.clone());
    let on_version_change =
        Closure::<dyn Fn(IdbVersionChangeEvent)>::new(move |event: IdbVersionChangeEvent| {
            ours.close();
            tell_version(if event.new_version().is_some() { StoreError::Newer } else { StoreError::Deleted });
        });
    let on_close = Closure::<dyn Fn()>::new(move || tell(StoreError::Deleted));
    database.set_onversionchange(Some(on_version_change.into_js_value().unchecked_ref()));
    database.set_onclose(Some(on_close.into_js_value().unchecked_ref()));
}
