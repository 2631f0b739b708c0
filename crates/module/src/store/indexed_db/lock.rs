//! The lock of a database: its root key kept only under a passphrase.
//!
//! `meta` then has no `root` but a `lock`: `{ v: 1, salt, logN, minutes, nonce, wrapped }` with
//! `wrapped = AES-256-GCM(scrypt(passphrase), nonce, aad = "waxseal lock v1", root key)`. `epoch` grows whenever the root
//! key becomes another one, so that other tabs notice that theirs opens nothing any more.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use waxseal_crypto::{CryptoRng, PassphraseKey, Scrypt, gcm};
use zeroize::Zeroizing;

use super::{StoreError, access::set};

const FORM: u32 = 1;
const AAD: &[u8] = b"waxseal lock v1";
const SALT_LABEL: &[u8] = b"waxseal lock v1/scrypt/";

/// A lock as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Lock {
    salt: Vec<u8>,
    log_n: u8,
    /// After how many minutes without use the page locks by itself.
    pub(crate) minutes: u32,
    nonce: gcm::Nonce,
    wrapped: Vec<u8>,
}

/// How the passphrase of a new lock is stretched.
pub(crate) struct NewLock {
    scrypt: Scrypt,
    salt: [u8; 16],
    minutes: u32,
}

impl NewLock {
    /// At the cost of backups.
    pub(crate) fn new(minutes: u32, rng: &mut dyn CryptoRng) -> Self {
        let (scrypt, salt) = Scrypt::fresh(SALT_LABEL, Scrypt::LOG_N, rng);
        Self { scrypt, salt, minutes }
    }

    /// What is to be done with the passphrase.
    pub(crate) fn scrypt(&self) -> &Scrypt {
        &self.scrypt
    }

    /// Puts a root key under what the passphrase has become.
    pub(super) fn close(
        &self,
        key: &PassphraseKey,
        root: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Result<Lock, StoreError> {
        let nonce = gcm::fresh_nonce(rng);
        let wrapped =
            gcm::seal(key, &nonce, AAD, root).map_err(|error| StoreError::Refused(error.to_string()))?;
        Ok(Lock {
            salt: self.salt.to_vec(),
            log_n: self.scrypt.log_n(),
            minutes: self.minutes,
            nonce,
            wrapped,
        })
    }
}

impl Lock {
    /// What is to be done with the passphrase.
    pub(crate) fn scrypt(&self) -> Scrypt {
        Scrypt::new(SALT_LABEL, &self.salt, self.log_n)
    }

    /// The root key.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`].
    pub(super) fn open(&self, key: &PassphraseKey) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        gcm::open(key, &self.nonce, AAD, &self.wrapped).map_err(|_| StoreError::WrongPassphrase)
    }

    /// As it is kept.
    pub(super) fn as_js(&self) -> Result<JsValue, StoreError> {
        let kept = Object::new();
        set(&kept, "v", &FORM.into())?;
        set(&kept, "salt", &Uint8Array::from(self.salt.as_slice()))?;
        set(&kept, "logN", &self.log_n.into())?;
        set(&kept, "minutes", &self.minutes.into())?;
        set(&kept, "nonce", &Uint8Array::from(self.nonce.as_slice()))?;
        set(&kept, "wrapped", &Uint8Array::from(self.wrapped.as_slice()))?;
        Ok(kept.into())
    }

    /// What was kept.
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::Damaged`].
    pub(super) fn from_js(kept: &JsValue) -> Result<Self, StoreError> {
        let field = |name: &str| Reflect::get(kept, &name.into()).unwrap_or_default();
        let number = |name: &str| field(name).as_f64().unwrap_or_default();
        let bytes = |name: &str| field(name).dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec());
        let damaged =
            |_| StoreError::Damaged { name: "lock".into(), reason: "it is not what was stored".into() };
        if number("v") > f64::from(FORM) {
            return Err(StoreError::Newer);
        }
        Ok(Self {
            salt: bytes("salt").map_err(damaged)?,
            log_n: number("logN") as u8,
            minutes: number("minutes") as u32,
            nonce: bytes("nonce").map_err(damaged)?.try_into().map_err(|_| damaged(JsValue::NULL))?,
            wrapped: bytes("wrapped").map_err(damaged)?,
        })
    }
}
