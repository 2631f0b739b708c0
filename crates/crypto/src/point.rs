//! Public keys as SEC 1 writes points in compressed form (section 2.3.3): `02` or `03`, by the last bit of y, then x.

use crate::{Error, PublicKey, Spec};

/// What stands before the point in a SubjectPublicKeyInfo (RFC 5480). The two lengths in it are those of a compressed
/// point; with one that is not compressed, as many bytes stand there.
const P256: &[u8] =
    b"\x30\x39\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x22\0";
const P384: &[u8] =
    b"\x30\x46\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22\x03\x32\0";

impl PublicKey {
    /// A public key on P-256 or P-384 from its compressed point.
    ///
    /// # Errors
    /// [`Error::NotForThisKey`] on other curves; [`Error::NotAKey`] when it is no such point.
    pub fn from_compressed_point(spec: Spec, point: &[u8]) -> Result<Self, Error> {
        let (prefix, coordinate) = shape(spec)?;
        if point.len() != 1 + coordinate {
            return Err(Error::NotAKey);
        }
        Self::from_der(spec, &[prefix, point].concat())
    }

    /// The compressed point of a public key on P-256 (33 bytes) or P-384 (49 bytes).
    ///
    /// # Errors
    /// [`Error::NotForThisKey`] on other curves.
    pub fn compressed_point(&self) -> Result<Vec<u8>, Error> {
        let (prefix, coordinate) = shape(self.spec())?;
        match self.der().get(prefix.len()..).and_then(<[u8]>::split_first) {
            Some((4, point)) if point.len() == 2 * coordinate => {
                let (x, y) = point.split_at(coordinate);
                let odd = y.last().is_some_and(|last| last & 1 == 1);
                Ok([&[2 + u8::from(odd)], x].concat())
            }
            Some((&sign @ 2..=3, x)) if x.len() == coordinate => Ok([&[sign], x].concat()),
            _ => Err(Error::NotAKey),
        }
    }
}

/// What stands before a point, and how many bytes a coordinate has.
fn shape(spec: Spec) -> Result<(&'static [u8], usize), Error> {
    match spec {
        Spec::P256 => Ok((P256, 32)),
        Spec::P384 => Ok((P384, 48)),
        _ => Err(Error::NotForThisKey),
    }
}

#[cfg(test)]
mod tests {
    use getrandom::SysRng;
    use rand_core::UnwrapErr;

    use super::*;
    use crate::{Hash, KeyMaterial, Message, Signing};

    #[test]
    fn a_point_is_the_same_key() {
        let mut rng = UnwrapErr(SysRng);
        for (spec, length) in [(Spec::P256, 33), (Spec::P384, 49)] {
            for _ in 0..8 {
                let pair = KeyMaterial::generate(spec, &mut rng).unwrap();
                let point = pair.public_key().unwrap().compressed_point().unwrap();
                assert_eq!(point.len(), length);
                let key = PublicKey::from_compressed_point(spec, &point).unwrap();
                assert_eq!(key.compressed_point().unwrap(), point);
                let (how, message) = (Signing::Ecdsa(Hash::Sha384), Message::Raw(b"signed"));
                let signature = pair.sign(how, message, &mut rng).unwrap();
                assert_eq!(key.verify(how, message, &signature), Ok(()));
                let mut other = point.clone();
                other[0] ^= 1;
                let other = PublicKey::from_compressed_point(spec, &other).unwrap();
                assert_eq!(other.verify(how, message, &signature), Err(Error::NotAuthentic));
            }
        }
    }

    /// SEC 2, section 2.4.2: the base point of P-256, in both forms.
    #[test]
    fn the_base_point() {
        let x = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
        let y = "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
        let whole =
            hex::decode(format!("3059301306072a8648ce3d020106082a8648ce3d03010703420004{x}{y}")).unwrap();
        let key = PublicKey::from_der(Spec::P256, &whole).unwrap();
        assert_eq!(hex::encode(key.compressed_point().unwrap()), format!("03{x}"));
    }

    #[test]
    fn what_is_no_point() {
        for (spec, length) in [(Spec::P256, 33), (Spec::P384, 49)] {
            for bytes in
                [vec![], vec![2; length - 1], vec![2; length + 1], vec![0xff; length], vec![4; length]]
            {
                assert_eq!(PublicKey::from_compressed_point(spec, &bytes).err(), Some(Error::NotAKey));
            }
        }
        assert_eq!(PublicKey::from_compressed_point(Spec::P521, &[2; 67]).err(), Some(Error::NotForThisKey));
    }
}
