//! A record as an object of the database: `{ v: 1, body, nonce?, sealed? }`, by the record's name.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use waxseal_kms::{Stored, Table};

use super::access::set;
use crate::store::{
    StoreError,
    seal::{RootKey, Sealed},
};

/// Of the objects, and of what their seals are bound to.
pub(super) const FORM: u32 = 1;

/// A record as it is stored.
pub(super) async fn sealed(root: &RootKey, stored: &Stored) -> Result<Object, StoreError> {
    let row = Object::new();
    set(&row, "v", &FORM.into())?;
    set(&row, "body", &stored.body.as_str().into())?;
    if let Some(secret) = &stored.secret {
        let sealed = root.seal(&sealed_name(stored.table, &stored.key), secret).await?;
        set(&row, "nonce", &sealed.nonce)?;
        set(&row, "sealed", &sealed.bytes)?;
    }
    Ok(row)
}

/// A stored record, opened.
pub(super) async fn opened(
    root: &RootKey,
    table: Table,
    key: String,
    row: &JsValue,
) -> Result<Stored, StoreError> {
    let field = |name: &str| Reflect::get(row, &name.into()).ok().filter(|value| !value.is_undefined());
    let damaged = |reason: &str| StoreError::Damaged { name: key.clone(), reason: reason.into() };
    match field("v").and_then(|v| v.as_f64()) {
        Some(v) if v == f64::from(FORM) => {}
        Some(v) if v > f64::from(FORM) => return Err(StoreError::Newer),
        _ => return Err(damaged("it has no version")),
    }
    let body = field("body").and_then(|body| body.as_string()).ok_or_else(|| damaged("it has no body"))?;
    let secret = match (field("nonce"), field("sealed")) {
        (Some(nonce), Some(bytes)) => {
            let sealed = Sealed { nonce: Uint8Array::new(&nonce), bytes: Uint8Array::new(&bytes) };
            Some(root.unseal(&sealed_name(table, &key), &sealed).await?)
        }
        (None, None) => None,
        _ => return Err(damaged("half of its seal is missing")),
    };
    Ok(Stored { table, key, body, secret })
}

/// What a secret is bound to: the form, the table and the name of its record.
fn sealed_name(table: Table, key: &str) -> String {
    format!("waxseal v{FORM}/{table}/{key}")
}
