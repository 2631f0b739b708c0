//! SSE-C: the caller brings the key with every call, and S3 keeps none of it.
//! See "Using server-side encryption with customer-provided keys" in the Amazon S3 user guide.

use serde::{Deserialize, Serialize};
use waxseal_api::Blob;
use waxseal_crypto::{WrappingKey, equal, hmac_sha256, md5};

use crate::{
    cx::Cx,
    input::{Input, base64},
    refusal::Refusal,
    seal,
};

/// What S3 keeps of a caller's key: a salted digest, by which it knows the key again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Proof {
    salt: Blob,
    digest: Blob,
    /// Of the key, in base64, as callers are told.
    pub(super) md5: String,
}

/// The key that a call brings; `prefix` is that of its members.
pub(super) fn given(input: Input<'_>, prefix: &str) -> Result<Option<WrappingKey>, Refusal> {
    let member = |name: &str| format!("{prefix}SSECustomer{name}");
    let algorithm = input.text(&member("Algorithm"));
    let Some(key) = input.bytes(&member("Key"))? else {
        return match algorithm {
            Some(_) => Err(invalid(
                "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
            )),
            None => Ok(None),
        };
    };
    match algorithm {
        Some("AES256") => {}
        Some(_) => {
            return Err(Refusal::new(
                "InvalidEncryptionAlgorithmError",
                "The encryption request that you specified is not valid. Supported value: AES256.",
            ));
        }
        None => {
            return Err(invalid(
                "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
            ));
        }
    }
    if key.len() != 32 {
        return Err(invalid("The secret key was invalid for the specified algorithm."));
    }
    if input.text(&member("KeyMD5")).is_some_and(|given| given != base64(&md5(&key))) {
        return Err(invalid("The calculated MD5 hash of the key did not match the hash that was provided."));
    }
    seal::key(&key).map(Some)
}

impl Proof {
    pub(super) fn of(cx: &mut Cx<'_>, key: &WrappingKey) -> Self {
        let salt = cx.random::<32>();
        let digest = hmac_sha256(&salt, key.expose());
        Self { salt: salt[..].into(), digest: digest[..].into(), md5: base64(&md5(key.expose())) }
    }

    pub(super) fn fits(&self, key: &WrappingKey) -> bool {
        equal(&hmac_sha256(self.salt.as_bytes(), key.expose()), self.digest.as_bytes())
    }
}

fn invalid(text: &str) -> Refusal {
    Refusal::new("InvalidArgument", text)
}
