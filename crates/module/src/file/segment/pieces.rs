//! The bytes that come of a segment, as few arrays as pays.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;

use super::SLICE;
use crate::browser::release;

/// Frames shorter than this are joined: from then on, copying them costs less than handling each by itself.
const SHORT: u32 = 48 * 1024;

/// `Uint8Array`s in their order, each with a buffer of its own.
#[derive(Default)]
pub(super) struct Pieces {
    pieces: Array,
    length: u64,
}

impl Pieces {
    /// Adds a batch: `ArrayBuffer`s, with what stands before each, if anything does.
    pub(super) fn add(&mut self, prefixes: &[Vec<u8>], buffers: Array) {
        let first: Uint8Array = Uint8Array::new(&buffers.get(0));
        if buffers.length() > 1 && first.length() < SHORT {
            self.join(prefixes, &buffers);
        } else {
            for (index, buffer) in buffers.iter().enumerate() {
                if let Some(prefix) = prefixes.get(index) {
                    self.push(&Uint8Array::from(prefix.as_slice()));
                }
                self.push(&Uint8Array::new(&buffer));
            }
        }
    }

    fn join(&mut self, prefixes: &[Vec<u8>], buffers: &Array) {
        let before: usize = prefixes.iter().map(Vec::len).sum();
        let lengths = buffers.iter().map(|buffer| buffer.unchecked_into::<ArrayBuffer>().byte_length());
        let joined = Uint8Array::new_with_length(before as u32 + lengths.sum::<u32>());
        let mut at = 0;
        for (index, buffer) in buffers.iter().enumerate() {
            if let Some(prefix) = prefixes.get(index) {
                let end = at + prefix.len() as u32;
                joined.subarray(at, end).copy_from(prefix);
                at = end;
            }
            let bytes = Uint8Array::new(&buffer);
            joined.set(&bytes, at);
            at += bytes.length();
        }
        release(buffers);
        self.push(&joined);
    }

    fn push(&mut self, piece: &Uint8Array) {
        self.length += u64::from(piece.length());
        self.pieces.push(piece);
    }

    /// How many bytes there are.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// All of them.
    pub(super) fn finish(self) -> Array {
        self.pieces
    }
}

/// Copies of what is read, in `Uint8Array`s with a buffer of their own.
#[derive(Default)]
pub(super) struct Copies {
    full: Array,
    last: Uint8Array,
    filled: u32,
}

impl Copies {
    /// Adds bytes that will not be there for long.
    pub(super) fn add(&mut self, bytes: &Uint8Array) {
        let length = bytes.length();
        if self.last.length() - self.filled < length {
            self.begin(length.max(SLICE as u32));
        }
        self.last.set(bytes, self.filled);
        self.filled += length;
    }

    /// All of them.
    pub(super) fn finish(mut self) -> Array {
        self.begin(0);
        self.full
    }

    fn begin(&mut self, length: u32) {
        if self.filled > 0 {
            self.full.push(&self.last.subarray(0, self.filled));
        }
        (self.last, self.filled) = (Uint8Array::new_with_length(length), 0);
    }
}
