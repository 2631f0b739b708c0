//! The part of a file that is in memory: what has been read and not yet been used.

use js_sys::Uint8Array;
use waxseal_api::LocalError;

use super::source::Source;

/// Bytes of a [`Source`], from where the reader stands.
pub(super) struct Window {
    source: Source,
    bytes: Uint8Array,
}

impl Window {
    /// Nothing of the source yet.
    pub(super) fn new(source: Source) -> Self {
        Self { source, bytes: Uint8Array::new_with_length(0) }
    }

    /// Reads until at least so many bytes are there, or the file ends. Returns how many are there.
    pub(super) async fn fill(&mut self, wanted: u64) -> Result<u64, LocalError> {
        while u64::from(self.bytes.length()) < wanted {
            // They may be a part of the source's slice, which is gone with the next.
            let unused = self.bytes.slice(0, self.bytes.length());
            let Some(more) = self.source.next().await? else { break };
            self.bytes = joined(&unused, more);
        }
        Ok(self.bytes.length().into())
    }

    /// A copy of the first bytes, at most so many.
    pub(super) fn peek(&self, most: u32) -> Vec<u8> {
        self.bytes.subarray(0, most.min(self.bytes.length())).to_vec()
    }

    /// Takes so many bytes, which are there. They are to be used before more is read.
    pub(super) fn take(&mut self, length: u32) -> Uint8Array {
        let taken = self.bytes.subarray(0, length);
        self.bytes = self.bytes.subarray(length, self.bytes.length());
        taken
    }

    /// Whether there is nothing more to read.
    pub(super) fn is_all(&self) -> bool {
        self.source.is_all()
    }

    /// Whether nothing is in memory.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.length() == 0
    }
}

fn joined(first: &Uint8Array, second: Uint8Array) -> Uint8Array {
    if first.length() == 0 {
        return second;
    }
    let both = Uint8Array::new_with_length(first.length() + second.length());
    both.set(first, 0);
    both.set(&second, first.length());
    both
}
