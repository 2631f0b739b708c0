//! Sandboxes of database version 5: each step had the number of the one before it, `parent`, and kept the entries of the log that
//! were its own, `left`, when it was gone back over. They become a shape, and the entries go back into the log.

use idb::Transaction;
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbDatabase;

use super::{
    LOG, META, STEPS,
    access::{field, finish, get, look_up, number, refused, set, writing},
    block::key,
    steps::{HEAD, SHAPE, put_shape},
};
use crate::store::{StoreError, tree::Shape};

/// Makes the shape where there is none yet.
pub(super) async fn migrate(database: &IdbDatabase) -> Result<(), StoreError> {
    let [shape] = look_up(database, META, [SHAPE]).await?;
    if shape.is_some() {
        return Ok(());
    }
    let changing = writing(database, &[META, LOG, STEPS])?;
    let transaction = Transaction::from(changing.clone());
    let head = number(get(&transaction, META, HEAD).await?);
    let steps = transaction.object_store(STEPS).map_err(refused)?;
    let log = transaction.object_store(LOG).map_err(refused)?;
    let keys = steps.get_all_keys(None, None).map_err(refused)?;
    let rows = steps.get_all(None, None).map_err(refused)?;
    let (keys, rows) = (keys.await.map_err(refused)?, rows.await.map_err(refused)?);
    let (mut shape, mut ends) = (Shape::default(), Vec::new());
    for (step, row) in keys.into_iter().map(|key| number(Some(key))).zip(rows) {
        let of = |name: &str| number(Some(field(&row, name)));
        let (parent, first) = (of("parent"), of("first"));
        match shape.ways.first() {
            None => drop(shape.grow(1, 0, first)),
            Some(root) => {
                let root = root.entry;
                shape.until = (parent + 1 != step).then(|| end_of(&ends, parent).unwrap_or(root));
                shape.grow(step, parent, first);
            }
        }
        ends.push((step, of("end")));
        for (at, entry) in (first..).zip(field(&row, "left").dyn_into::<Array>().unwrap_or_default().iter()) {
            log.put(&entry, Some(&key(at))).map_err(refused)?;
        }
        set(row.unchecked_ref::<Object>(), "left", &JsValue::UNDEFINED)?;
        steps.put(&row, Some(&key(step))).map_err(refused)?;
    }
    let root = shape.ways.first().map(|way| way.entry);
    shape.until =
        if ends.last().is_none_or(|(last, _)| *last == head) { None } else { end_of(&ends, head).or(root) };
    put_shape(&transaction, &shape)?;
    finish(changing).await
}

fn end_of(ends: &[(u64, u64)], step: u64) -> Option<u64> {
    ends.iter().find(|(number, _)| *number == step).map(|(_, end)| *end)
}
