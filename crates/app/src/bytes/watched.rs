//! The one secret that the page ever holds: the data key of a job that is being watched.

use js_sys::{ArrayBuffer, Uint8Array};
use waxseal_api::Secret;

/// A display copy of a data key, overwritten with zeros when it is dropped. Never printed, stored or put into an address.
#[derive(PartialEq)]
pub(crate) struct WatchedKey(Secret);

impl WatchedKey {
    /// Takes over the bytes and overwrites the buffer that they came in.
    pub(crate) fn take(buffer: &ArrayBuffer) -> Self {
        let view = Uint8Array::new(buffer);
        let key = Self(Secret::new(view.to_vec()));
        view.fill(0, 0, view.length());
        key
    }

    /// The bytes, in the clear.
    pub(crate) fn expose(&self) -> &[u8] {
        self.0.expose()
    }

    /// A key for a test that runs outside a browser.
    #[cfg(test)]
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

impl std::fmt::Debug for WatchedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WatchedKey([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_not_printed() {
        assert_eq!(format!("{:?}", WatchedKey::from_bytes(b"secret")), "WatchedKey([REDACTED])");
    }
}
