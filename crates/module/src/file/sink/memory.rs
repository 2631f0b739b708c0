//! A result in memory.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use waxseal_api::LocalError;
use waxseal_envelope::MAX_FOOTER_LENGTH;

use super::refused;

/// One array, at least as long as the result will be.
pub(crate) struct Memory {
    bytes: RefCell<Uint8Array>,
    /// Whether the array is the caller's.
    lent: Cell<bool>,
}

impl Memory {
    /// Of a signed message the length that is expected counts the footer, so an array may be that much shorter.
    pub(super) fn new(length: u64, into: Option<Uint8Array>) -> Result<Self, LocalError> {
        let least = length.saturating_sub(MAX_FOOTER_LENGTH as u64);
        let lent = into.filter(|bytes| u64::from(bytes.length()) >= least);
        let is_lent = Cell::new(lent.is_some());
        let bytes = RefCell::new(lent.map_or_else(|| allocate(length), Ok)?);
        Ok(Self { bytes, lent: is_lent })
    }

    pub(super) fn write(&self, position: u64, pieces: &Array) -> Result<(), LocalError> {
        let mut bytes = self.bytes.borrow_mut();
        let mut at = position;
        for piece in pieces.iter() {
            let piece: Uint8Array = piece.unchecked_into();
            let end = at + u64::from(piece.length());
            if end > bytes.length().into() {
                let longer = allocate(end)?;
                longer.set(&bytes, 0);
                self.erase(&bytes);
                *bytes = longer;
                self.lent.set(false);
            }
            bytes.set(&piece, at as u32);
            at = end;
        }
        Ok(())
    }

    pub(super) fn finish(self, length: u64) -> Uint8Array {
        let bytes = self.bytes.borrow().clone();
        let part = if u64::from(bytes.length()) == length {
            bytes
        } else if self.lent.get() {
            bytes.subarray(0, length as u32)
        } else {
            bytes.slice(0, length as u32)
        };
        self.lent.set(false);
        part
    }

    /// Whoever has lent an array finds nothing in it that has not been verified.
    fn erase(&self, bytes: &Uint8Array) {
        if self.lent.get() {
            bytes.fill(0, 0, bytes.length());
        }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.erase(&self.bytes.borrow());
    }
}

/// Browsers throw when there is no room.
fn allocate(length: u64) -> Result<Uint8Array, LocalError> {
    let constructor: Function =
        Reflect::get(&js_sys::global(), &"Uint8Array".into()).unwrap_or_default().unchecked_into();
    let arguments = Array::of1(&JsValue::from_f64(length as f64));
    let made = Reflect::construct(&constructor, &arguments).map_err(|error| refused(&error))?;
    Ok(made.unchecked_into())
}
