//! JavaScript's values and the wire's: `Uint8Array` and base64, `Date` and seconds, objects and JSON objects.

use js_sys::{Array, Date, Object, Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use wasm_bindgen::{JsCast, JsValue};
use waxseal_api::{
    LocalError, LocalErrorCode, Secret, Timestamp,
    types::EncryptionContext,
    wire::{BLOBS, TIMESTAMPS},
};

use super::thrown;

/// No shape of the service is nested as deeply; an object that contains itself would be.
const DEPTH: u32 = 16;

/// A value for the service.
///
/// # Errors
/// It is nothing that the wire knows.
pub(super) fn to_wire(value: &JsValue) -> Result<Value, JsValue> {
    wire(value, DEPTH)
}

fn wire(value: &JsValue, depth: u32) -> Result<Value, JsValue> {
    let depth = depth.checked_sub(1).ok_or_else(|| unusable("The input is nested too deeply."))?;
    if value.is_null() || value.is_undefined() {
        Ok(Value::Null)
    } else if let Some(is) = value.as_bool() {
        Ok(Value::Bool(is))
    } else if let Some(number) = value.as_f64() {
        Ok(self::number(number))
    } else if let Some(text) = value.as_string() {
        Ok(Value::String(text))
    } else if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        told(serde_json::to_value(Secret::new(bytes.to_vec())))
    } else if let Some(date) = value.dyn_ref::<Date>() {
        told(serde_json::to_value(Timestamp::from_millis(date.get_time() as i64)))
    } else if let Some(items) = value.dyn_ref::<Array>() {
        items.iter().map(|item| wire(&item, depth)).collect()
    } else if value.is_object() && !value.is_function() {
        object(value.unchecked_ref(), depth)
    } else {
        Err(unusable("The input holds a value that has no place in JSON."))
    }
}

/// What is undefined is not there.
fn object(object: &Object, depth: u32) -> Result<Value, JsValue> {
    let mut members = Map::new();
    for entry in Object::entries(object) {
        let entry: Array = entry.unchecked_into();
        let value = entry.get(1);
        if !value.is_undefined() {
            members.insert(entry.get(0).as_string().unwrap_or_default(), wire(&value, depth)?);
        }
    }
    Ok(Value::Object(members))
}

/// JavaScript has one kind of number; whole ones are whole on the wire.
fn number(number: f64) -> Value {
    let whole = number as i64;
    if whole as f64 == number { whole.into() } else { number.into() }
}

/// A value of the service.
///
/// # Errors
/// The text is not JSON.
pub(super) fn from_wire(body: &str) -> Result<JsValue, JsValue> {
    let value: Value = told(serde_json::from_str(body))?;
    Ok(js("", value))
}

/// A value under its name. The caller's own names in an encryption context mean nothing.
fn js(name: &str, value: Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(is) => is.into(),
        Value::Number(number) if TIMESTAMPS.binary_search(&name).is_ok() => {
            Date::new(&(number.as_f64().unwrap_or(f64::NAN) * 1000.0).into()).into()
        }
        Value::Number(number) => number.as_f64().unwrap_or(f64::NAN).into(),
        Value::String(text) if BLOBS.binary_search(&name).is_ok() => {
            let bytes: Secret = serde_json::from_value(Value::String(text)).unwrap_or_default();
            Uint8Array::from(bytes.expose()).into()
        }
        Value::String(text) => text.into(),
        Value::Array(items) => items.into_iter().map(|item| js("", item)).collect::<Array>().into(),
        Value::Object(members) => {
            let bare = name.contains("EncryptionContext");
            let object = Object::new();
            for (name, value) in members {
                let value = js(if bare { "" } else { &name }, value);
                // A new object takes every member.
                let _ = Reflect::set(&object, &name.into(), &value);
            }
            object.into()
        }
    }
}

/// An encryption context as an object.
pub(super) fn context(context: &EncryptionContext) -> JsValue {
    let members = context.iter().map(|(key, value)| (key.clone(), value.clone().into())).collect();
    js("EncryptionContext", Value::Object(members))
}

/// Options, from an object.
///
/// # Errors
/// They are not what they should be.
pub(super) fn read<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsValue> {
    told(serde_json::from_value(to_wire(value)?))
}

fn told<T>(result: serde_json::Result<T>) -> Result<T, JsValue> {
    result.map_err(|error| unusable(&error.to_string()))
}

fn unusable(why: &str) -> JsValue {
    thrown(&LocalError::new(LocalErrorCode::BadRequest, why).into())
}
