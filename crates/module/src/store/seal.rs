//! Sealing of secrets at rest.
//!
//! `sealed = AES-256-GCM(root key, fresh nonce, aad = name, secret)`. The root key is a WebCrypto key that cannot be
//! exported: scripts can use it, but neither they nor this module ever see its bytes.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use waxseal_api::Secret;
use web_sys::{CryptoKey, SubtleCrypto};

use super::StoreError;
use crate::browser::{aes_gcm, describe};

/// The key that seals all secrets of one database.
pub(super) struct RootKey {
    subtle: SubtleCrypto,
    key: CryptoKey,
}

/// A sealed secret.
pub(super) struct Sealed {
    pub(super) nonce: Uint8Array,
    pub(super) bytes: Uint8Array,
}

impl RootKey {
    /// A new key that cannot be exported.
    pub(super) async fn generate(subtle: SubtleCrypto) -> Result<Self, StoreError> {
        let algorithm = Object::new();
        let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
        let extractable = false;
        let made = Reflect::set(&algorithm, &"name".into(), &"AES-GCM".into())
            .and_then(|_| Reflect::set(&algorithm, &"length".into(), &256.into()))
            .and_then(|_| subtle.generate_key_with_object(&algorithm, extractable, &usages));
        let key = JsFuture::from(made.map_err(refused)?).await.map_err(refused)?;
        Ok(Self { subtle, key: key.unchecked_into() })
    }

    /// A key whose bytes are known, for as long as they are under a passphrase. From here on it cannot be exported.
    pub(super) async fn import(subtle: SubtleCrypto, bytes: &[u8]) -> Result<Self, StoreError> {
        let copy = Uint8Array::from(bytes);
        let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
        let imported = subtle.import_key_with_str("raw", &copy, "AES-GCM", false, &usages);
        let key = match imported {
            Ok(promise) => JsFuture::from(promise).await,
            Err(error) => Err(error),
        };
        copy.fill(0, 0, copy.length());
        Ok(Self { subtle, key: key.map_err(refused)?.unchecked_into() })
    }

    /// A key that was kept.
    pub(super) fn kept(subtle: SubtleCrypto, key: CryptoKey) -> Self {
        Self { subtle, key }
    }

    /// As it is kept.
    pub(super) fn as_js(&self) -> &CryptoKey {
        &self.key
    }

    /// Seals a secret under a name.
    pub(super) async fn seal(&self, name: &str, secret: &Secret) -> Result<Sealed, StoreError> {
        let mut nonce = [0; 12];
        getrandom::fill(&mut nonce).map_err(|e| StoreError::Refused(e.to_string()))?;
        let copy = Uint8Array::from(secret.expose());
        let sealing = aes_gcm(&nonce, name.as_bytes()).and_then(|algorithm| {
            self.subtle.encrypt_with_object_and_js_u8_array(&algorithm, &self.key, &copy)
        });
        let sealed = match sealing {
            Ok(promise) => JsFuture::from(promise).await,
            Err(error) => Err(error),
        };
        copy.fill(0, 0, copy.length());
        Ok(Sealed { nonce: Uint8Array::from(&nonce[..]), bytes: Uint8Array::new(&sealed.map_err(refused)?) })
    }

    /// Opens what was sealed under the same name.
    pub(super) async fn unseal(&self, name: &str, sealed: &Sealed) -> Result<Secret, StoreError> {
        let not_authentic = |_: JsValue| StoreError::Damaged {
            name: name.to_owned(),
            reason: "it is not what was sealed, or it was sealed elsewhere".into(),
        };
        let opening = aes_gcm(&sealed.nonce.to_vec(), name.as_bytes()).and_then(|algorithm| {
            self.subtle.decrypt_with_object_and_js_u8_array(&algorithm, &self.key, &sealed.bytes)
        });
        let opened = JsFuture::from(opening.map_err(not_authentic)?).await.map_err(not_authentic)?;
        let copy = Uint8Array::new(&opened);
        let secret = Secret::new(copy.to_vec());
        copy.fill(0, 0, copy.length());
        Ok(secret)
    }
}

fn refused(error: JsValue) -> StoreError {
    StoreError::Refused(describe(&error))
}
