//! What a permit to import material opens.

use waxseal_api::{
    Timestamp,
    types::{KeySpec, Origin, WrappingAlgorithm, WrappingKeySpec},
};
use waxseal_crypto::{Encryption, KeyMaterial, PublicKey, Wrapping};

use super::{Cx, Found, Permit};
use crate::{
    algorithms,
    error::Error,
    import_token::ImportToken,
    state::{
        Change, Import, KeyRecord, MaterialEntry, MaterialId, MaterialRecord, Rank, WrappingKeyBody,
        WrappingKeyRecord, wrapping_primitive,
    },
};

/// Days for which a wrapping key can be used.
const WRAPPING_KEY_DAYS: i64 = 1;

/// What is being imported, and how it is to be kept.
pub(crate) struct Imported {
    pub(crate) material: KeyMaterial,
    pub(crate) id: MaterialId,
    pub(crate) valid_to: Option<Timestamp>,
    pub(crate) description: Option<String>,
}

impl Permit<Found<'_>> {
    /// Whether the key's material is brought by its owner.
    ///
    /// # Errors
    /// It is not.
    pub(crate) fn must_be_external(&self) -> Result<(), Error> {
        let key = self.key();
        if key.origin == Origin::External { Ok(()) } else { Err(Error::Origin(key.arn.clone(), key.origin)) }
    }

    /// Makes a wrapping key for this key: the token that names it, and its public half.
    pub(crate) fn make_wrapping_key(
        &self,
        cx: &mut Cx<'_>,
        spec: WrappingKeySpec,
        algorithm: WrappingAlgorithm,
    ) -> Result<(ImportToken, PublicKey), Error> {
        let failed = |error: waxseal_crypto::Error| Error::Internal(error.to_string());
        let private_key = cx.material(wrapping_primitive(spec))?;
        let public_key = private_key.public_key().map_err(failed)?;
        let mut id = [0; 16];
        cx.rng.fill_bytes(&mut id);
        let token = ImportToken { id, expires: cx.now.plus_days(WRAPPING_KEY_DAYS) };
        let (key_arn, id, expires) = (self.key().arn.clone(), token.wrapping_key_id(), token.expires);
        let body = WrappingKeyBody { key_arn, id, spec, algorithm, expires };
        let record = WrappingKeyRecord { body, private_key };
        let resource = self.key().arn.to_string();
        cx.changed("wrapping key", resource, Change::PutWrappingKey(Box::new(record)));
        Ok((token, public_key))
    }

    /// Unwraps material with the wrapping key that a token names.
    ///
    /// # Errors
    /// The token is of another key, or too old, or none; the material does not unwrap, or is not of the key's spec.
    pub(crate) fn unwrap(&self, cx: &mut Cx<'_>, token: &[u8], wrapped: &[u8]) -> Result<KeyMaterial, Error> {
        let arn = &self.key().arn;
        let token = ImportToken::parse(token).ok_or(Error::ImportToken)?;
        let Some(wrapping_key) = cx.view.wrapping_key(arn, &token.wrapping_key_id()) else {
            let expired = token.expires <= cx.now;
            return Err(if expired { Error::ExpiredImportToken } else { Error::ImportToken });
        };
        let how = wrapping(wrapping_key.body.algorithm).ok_or(Error::InvalidCiphertext)?;
        let bytes =
            wrapping_key.private_key.unwrap(how, wrapped, cx.rng).map_err(|_| Error::InvalidCiphertext)?;
        KeyMaterial::from_bytes(algorithms::spec(self.key().key_spec), &bytes)
            .map_err(|_| Error::IncorrectKeyMaterial)
    }

    /// Takes material that the key has had before, or is to have next.
    pub(crate) fn take(&self, cx: &mut Cx<'_>, imported: Imported) {
        let mut key = self.key().clone();
        let entry = key.key_materials.iter_mut().find(|entry| entry.id == imported.id);
        let Some(import) = entry.and_then(|entry| entry.import.as_mut()) else { return };
        import.present = true;
        import.valid_to = imported.valid_to;
        import.description = imported.description.or(import.description.take());
        key.follow_material();
        cx.put_material(MaterialRecord::new(key.arn.clone(), imported.material, cx.now));
        cx.put_key("imported key material", key);
    }

    /// Takes material that the key has not had before: its first, or one that waits for the next rotation. The related
    /// keys of other Regions wait for it too.
    ///
    /// # Errors
    /// The key can only have the material that it has had, or another one is waiting.
    pub(crate) fn take_new(&self, cx: &mut Cx<'_>, imported: Imported) -> Result<(), Error> {
        let rank = self.rank_of_new(cx, imported.id)?;
        let import = Import { present: true, valid_to: imported.valid_to, description: imported.description };
        let entry = MaterialEntry { id: imported.id, rank, import: Some(import) };
        self.update_all(cx, "imported key material", |key| {
            key.key_materials.retain(|it| it.rank != Rank::Pending);
            key.key_materials.push(entry);
            key.follow_material();
        });
        cx.put_material(MaterialRecord::new(self.key().arn.clone(), imported.material, cx.now));
        Ok(())
    }

    /// One that waits and is nowhere any more gives way.
    fn rank_of_new(&self, cx: &Cx<'_>, id: MaterialId) -> Result<Rank, Error> {
        let key = self.key();
        if key.key_materials.is_empty() {
            return Ok(Rank::First);
        }
        if key.key_spec != KeySpec::SymmetricDefault || key.material(id).is_some() {
            return Err(Error::IncorrectKeyMaterial);
        }
        self.must_be_primary()?;
        let waits = |key: &KeyRecord| {
            let mut all = key.key_materials.iter();
            all.find(|entry| entry.rank == Rank::Pending && entry.is_present()).map(|entry| entry.id)
        };
        match waits(key).or_else(|| self.related(cx).find_map(waits)) {
            Some(pending) => Err(Error::AnotherIsPending {
                arn: key.arn.clone(),
                id: id.to_string(),
                pending: pending.to_string(),
            }),
            None => Ok(Rank::Pending),
        }
    }

    /// Destroys imported material, here only. It can be imported again.
    pub(crate) fn drop_material(&self, cx: &mut Cx<'_>, id: MaterialId) {
        let mut key = self.key().clone();
        let entry = key.key_materials.iter_mut().find(|entry| entry.id == id);
        let Some(entry) = entry.filter(|entry| entry.is_present()) else { return };
        entry.drop_import();
        key.follow_material();
        let arn = key.arn.clone();
        cx.changed("key material deleted", arn.to_string(), Change::DeleteMaterial(arn, id));
        cx.put_key("key material deleted", key);
    }
}

/// How material is wrapped; none for a way that is no longer accepted.
pub(crate) fn wrapping(algorithm: WrappingAlgorithm) -> Option<Wrapping> {
    match algorithm {
        WrappingAlgorithm::RsaesPkcs1V15 => None,
        WrappingAlgorithm::RsaesOaepSha1 => Some(Wrapping::Direct(Encryption::OaepSha1)),
        WrappingAlgorithm::RsaesOaepSha256 => Some(Wrapping::Direct(Encryption::OaepSha256)),
        WrappingAlgorithm::RsaAesKeyWrapSha1 => Some(Wrapping::AesKeyWrap(Encryption::OaepSha1)),
        WrappingAlgorithm::RsaAesKeyWrapSha256 => Some(Wrapping::AesKeyWrap(Encryption::OaepSha256)),
        WrappingAlgorithm::Sm2Pke => Some(Wrapping::Direct(Encryption::Sm2)),
    }
}
