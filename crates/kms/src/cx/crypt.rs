//! Encrypting and decrypting under a key, for whoever holds its permit.

use waxseal_api::{
    Blob, Secret,
    trace::{Item, Role, Step},
    types::EncryptionContext,
};
use waxseal_crypto::{KeyMaterial, gcm};

use super::{Cx, Found, Needs, Permit};
use crate::{
    ciphertext::{Ciphertext, Content, Header, associated_data},
    error::Error,
    state::MaterialId,
};

/// A ciphertext and the material that made it.
#[derive(Debug)]
pub(crate) struct Sealed {
    pub(crate) blob: Blob,
    /// None for key pairs, which have but one.
    pub(crate) material_id: Option<MaterialId>,
}

/// A plaintext, what it is, and the material that opened it.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) plaintext: Secret,
    pub(crate) content: Content,
    /// None for key pairs.
    pub(crate) material_id: Option<MaterialId>,
}

impl Content {
    /// What it is in the clear.
    pub(crate) fn plain_role(self) -> Role {
        match self {
            Self::Bytes => Role::Plaintext,
            Self::DataKey => Role::DataKey,
        }
    }

    /// What it is when encrypted.
    pub(crate) fn sealed_role(self) -> Role {
        match self {
            Self::Bytes => Role::Ciphertext,
            Self::DataKey => Role::EncryptedDataKey,
        }
    }
}

impl Permit<Found<'_>> {
    /// Encrypts under the key's current material.
    pub(crate) fn seal(
        &self,
        cx: &mut Cx<'_>,
        content: Content,
        plaintext: &[u8],
        context: EncryptionContext,
    ) -> Result<Sealed, Error> {
        let key = self.key();
        let material_id = key.current_material().ok_or_else(|| no_material(self))?.id;
        let material = self.material(cx, material_id).ok_or_else(|| no_material(self))?;
        let nonce = gcm::fresh_nonce(cx.rng);
        let header = Header { content, key_arn: key.arn.clone(), material_id, nonce };
        let mut blob =
            header.encode().ok_or_else(|| Error::Internal("the key ARN is too long".to_owned()))?;
        let sealed = gcm::seal(material, &nonce, &associated_data(&blob, &context), plaintext)
            .map_err(|error| Error::Internal(error.to_string()))?;
        blob.extend_from_slice(&sealed);
        cx.trace.push(Step::Encrypted {
            key_arn: key.arn.to_string(),
            key_material_id: material_id.to_string(),
            input: Item::withheld(content.plain_role(), plaintext.len()),
            output: Item::here(content.sealed_role(), &blob),
            context,
        });
        Ok(Sealed { blob: blob.into(), material_id: Some(material_id) })
    }

    /// Opens a ciphertext of this key, of whichever of its materials.
    pub(crate) fn open(
        &self,
        cx: &mut Cx<'_>,
        ciphertext: &Ciphertext<'_>,
        context: EncryptionContext,
    ) -> Result<Opened, Error> {
        let Header { content, material_id, nonce, .. } = ciphertext.header;
        if self.key().material(material_id).is_none() {
            return Err(Error::InvalidCiphertext);
        }
        let material = self.material(cx, material_id).ok_or_else(|| no_material(self))?;
        let bound_to = associated_data(ciphertext.header_bytes(), &context);
        let mut plaintext = gcm::open(material, &nonce, &bound_to, ciphertext.sealed)
            .map_err(|_| Error::InvalidCiphertext)?;
        cx.trace.push(Step::Decrypted {
            key_arn: self.key().arn.to_string(),
            key_material_id: material_id.to_string(),
            input: Item::here(content.sealed_role(), ciphertext.blob),
            output: Item::withheld(content.plain_role(), plaintext.len()),
            context,
        });
        let plaintext = Secret::new(std::mem::take(&mut *plaintext));
        Ok(Opened { plaintext, content, material_id: Some(material_id) })
    }

    /// A material, for the actions for which the key had to be usable.
    pub(super) fn material<'c>(&self, cx: &Cx<'c>, id: MaterialId) -> Option<&'c KeyMaterial> {
        let may_use = self.action.needs() == Needs::ToBeUsable;
        may_use.then(|| cx.view.material(self.key(), id))?
    }
}

pub(super) fn no_material(permit: &Permit<Found<'_>>) -> Error {
    Error::Internal(format!("The key material of {} is missing from the store.", permit.key().arn))
}
