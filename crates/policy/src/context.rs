//! What is known of a request, by condition key.

use std::collections::BTreeMap;

/// What condition keys stand for in one request. It is asked key by key, so nothing is computed that no policy asks for.
pub trait Context {
    /// The values of a key; none when the request does not have it. `key` is in lower case, as condition keys are
    /// compared without regard to case: `kms:viaservice`.
    fn values(&self, key: &str) -> Vec<String>;
}

/// Values by key in lower case.
impl Context for BTreeMap<String, Vec<String>> {
    fn values(&self, key: &str) -> Vec<String> {
        self.get(key).cloned().unwrap_or_default()
    }
}
