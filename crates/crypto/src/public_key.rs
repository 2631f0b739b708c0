//! Which bytes of a SubjectPublicKeyInfo (RFC 5280) mean what.

use std::ops::Range;

use ecdsa::elliptic_curve::pkcs8::{
    ObjectIdentifier,
    der::{Decode, Header, Reader, Result, SliceReader, Tag, asn1::UintRef},
};

use crate::{PublicKey, Spec};

/// A run of bytes with a meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name in the standards: `namedCurve`.
    pub name: &'static str,
    /// Where it is.
    pub range: Range<usize>,
    /// What it says; nothing where the bytes themselves are what there is to see.
    pub says: Option<String>,
}

/// A public key, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKeyParts {
    /// As far as it could be read, one after the other.
    pub parts: Vec<Part>,
    /// Whether it is a key that could be used here.
    pub valid: bool,
}

/// The algorithms of public keys that are known here: its identifier, its name, and what a key is where it needs no parameters.
const ALGORITHMS: [(&str, &str, Option<Spec>); 9] = [
    ("1.2.840.113549.1.1.1", "rsaEncryption", None),
    ("1.2.840.10045.2.1", "id-ecPublicKey", None),
    ("1.3.101.112", "id-Ed25519", Some(Spec::Ed25519)),
    ("2.16.840.1.101.3.4.3.17", "id-ml-dsa-44", Some(Spec::MlDsa44)),
    ("2.16.840.1.101.3.4.3.18", "id-ml-dsa-65", Some(Spec::MlDsa65)),
    ("2.16.840.1.101.3.4.3.19", "id-ml-dsa-87", Some(Spec::MlDsa87)),
    ("2.16.840.1.101.3.4.4.1", "id-alg-ml-kem-512", Some(Spec::MlKem512)),
    ("2.16.840.1.101.3.4.4.2", "id-alg-ml-kem-768", Some(Spec::MlKem768)),
    ("2.16.840.1.101.3.4.4.3", "id-alg-ml-kem-1024", Some(Spec::MlKem1024)),
];

/// The curves that are known here.
const CURVES: [(&str, &str, Spec); 5] = [
    ("1.2.840.10045.3.1.7", "P-256, secp256r1", Spec::P256),
    ("1.3.132.0.34", "P-384, secp384r1", Spec::P384),
    ("1.3.132.0.35", "P-521, secp521r1", Spec::P521),
    ("1.3.132.0.10", "secp256k1", Spec::Secp256k1),
    ("1.2.156.10197.1.301", "the curve of SM2", Spec::Sm2),
];

/// Reads a public key; None where it does not even begin as one.
pub fn public_key_parts(bytes: &[u8]) -> Option<PublicKeyParts> {
    let mut key = Parts { reader: SliceReader::new(bytes).ok()?, parts: Vec::new(), spec: None, rsa: false };
    let read = key.read();
    if key.parts.len() < 3 {
        return None;
    }
    let Parts { parts, spec, .. } = key;
    let valid = read.is_ok() && spec.is_some_and(|spec| PublicKey::from_der(spec, bytes).is_ok());
    Some(PublicKeyParts { parts, valid })
}

struct Parts<'a> {
    reader: SliceReader<'a>,
    parts: Vec<Part>,
    /// What kind of key it is, once that is known.
    spec: Option<Spec>,
    rsa: bool,
}

impl<'a> Parts<'a> {
    fn read(&mut self) -> Result<()> {
        self.sequence("subjectPublicKeyInfo")?;
        let algorithm = self.sequence("algorithm")?;
        self.algorithm()?;
        if self.at() < algorithm {
            self.parameters()?;
        }
        let (start, header) = (self.at(), Header::decode(&mut self.reader)?);
        header.tag().assert_eq(Tag::BitString)?;
        let length = u32::from(header.length()).saturating_sub(1);
        let unused = self.reader.read_byte()?;
        self.mark(
            "subjectPublicKey",
            start,
            Some(format!("BIT STRING of {length} bytes, {unused} bits unused")),
        );
        if self.rsa {
            self.sequence("rsaPublicKey")?;
            self.modulus()?;
            return self.exponent();
        }
        let rest = self.reader.remaining_len();
        match (CURVES.iter().any(|(_, _, curve)| Some(*curve) == self.spec), u32::from(rest)) {
            (true, 2..) => self.point(u32::from(rest) - 1),
            _ => self.bytes("publicKey", u32::from(rest), None),
        }
    }

    /// The beginning of a sequence, and where it ends.
    fn sequence(&mut self, name: &'static str) -> Result<usize> {
        let (start, header) = (self.at(), Header::decode(&mut self.reader)?);
        header.tag().assert_eq(Tag::Sequence)?;
        let length = u32::from(header.length());
        self.mark(name, start, Some(format!("SEQUENCE of {length} bytes")));
        Ok(self.at().saturating_add(length as usize))
    }

    fn algorithm(&mut self) -> Result<()> {
        let (start, id) = (self.at(), <ObjectIdentifier>::decode(&mut self.reader)?.to_string());
        let known = ALGORITHMS.iter().find(|(known, ..)| *known == id);
        self.spec = known.and_then(|(.., spec)| *spec);
        self.rsa = known.is_some_and(|(_, name, _)| *name == "rsaEncryption");
        self.mark("algorithmIdentifier", start, Some(named(&id, known.map(|(_, name, _)| *name))));
        Ok(())
    }

    fn parameters(&mut self) -> Result<()> {
        let start = self.at();
        let tag = Tag::peek(&self.reader)?;
        if tag != Tag::ObjectIdentifier {
            let null = tag == Tag::Null;
            self.reader.tlv_bytes()?;
            self.mark("parameters", start, null.then(|| "NULL".to_owned()));
            return Ok(());
        }
        let id = <ObjectIdentifier>::decode(&mut self.reader)?.to_string();
        let known = CURVES.iter().find(|(known, ..)| *known == id);
        self.spec = known.map(|(.., spec)| *spec);
        self.mark("namedCurve", start, Some(named(&id, known.map(|(_, name, _)| *name))));
        Ok(())
    }

    fn modulus(&mut self) -> Result<()> {
        let (start, number) = (self.at(), UintRef::decode(&mut self.reader)?);
        let bytes = number.as_bytes();
        let leading = bytes.first().map_or(0, |first| first.leading_zeros() as usize);
        let bits = (bytes.len() * 8).saturating_sub(leading);
        let sizes = [Spec::Rsa2048, Spec::Rsa3072, Spec::Rsa4096];
        self.spec =
            sizes.into_iter().find(|spec| spec.modulus_bits().is_some_and(|own| usize::from(own) == bits));
        self.mark("modulus", start, Some(format!("INTEGER of {bits} bits")));
        Ok(())
    }

    fn exponent(&mut self) -> Result<()> {
        let (start, number) = (self.at(), UintRef::decode(&mut self.reader)?);
        let bytes = number.as_bytes();
        let value = bytes.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
        self.mark("publicExponent", start, (bytes.len() <= 8).then(|| value.to_string()));
        Ok(())
    }

    /// A point as SEC 1 writes it: its form, and its coordinates.
    fn point(&mut self, length: u32) -> Result<()> {
        let form = self.reader.peek_byte();
        let says = match form {
            Some(4) => "not compressed: x and y follow",
            Some(2 | 3) => "compressed: x follows, and this says which y",
            _ => "no form of a point",
        };
        self.bytes("pointForm", 1, Some(says.to_owned()))?;
        if form != Some(4) || length % 2 == 1 {
            return self.bytes("x", length, None);
        }
        self.bytes("x", length / 2, None)?;
        self.bytes("y", length / 2, None)
    }

    fn bytes(&mut self, name: &'static str, length: u32, says: Option<String>) -> Result<()> {
        let start = self.at();
        self.reader.read_slice(length.into())?;
        self.mark(name, start, says);
        Ok(())
    }

    fn at(&self) -> usize {
        u32::from(self.reader.position()) as usize
    }

    fn mark(&mut self, name: &'static str, start: usize, says: Option<String>) {
        self.parts.push(Part { name, range: start..self.at(), says });
    }
}

fn named(id: &str, name: Option<&str>) -> String {
    name.map_or_else(|| id.to_owned(), |name| format!("{id}, {name}"))
}

#[cfg(test)]
mod tests {
    use getrandom::SysRng;
    use rand_core::UnwrapErr;

    use super::*;
    use crate::KeyMaterial;

    fn key(spec: Spec) -> Vec<u8> {
        let pair = KeyMaterial::generate(spec, &mut UnwrapErr(SysRng)).unwrap();
        pair.public_key().unwrap().der().to_vec()
    }

    fn names(found: &PublicKeyParts) -> Vec<&str> {
        found.parts.iter().map(|part| part.name).collect()
    }

    const BEGINNING: [&str; 3] = ["subjectPublicKeyInfo", "algorithm", "algorithmIdentifier"];

    #[test]
    fn every_kind_of_key_is_read_to_its_end() {
        let pairs =
            Spec::ALL.iter().filter(|spec| spec.symmetric_length().is_none() && **spec != Spec::Aes256);
        let pairs: Vec<Spec> =
            pairs.copied().filter(|spec| !matches!(spec, Spec::Rsa3072 | Spec::Rsa4096)).collect();
        assert_eq!(pairs.len(), 13);
        for spec in pairs {
            let der = key(spec);
            let found = public_key_parts(&der).unwrap();
            assert!(found.valid, "{spec:?}");
            let mut at = 0;
            for part in &found.parts {
                assert_eq!(part.range.start, at, "{spec:?}: {part:?}");
                at = part.range.end;
            }
            assert_eq!(at, der.len(), "{spec:?}");
            let rest = &names(&found)[3..];
            let expect: &[&str] = match spec {
                Spec::Rsa2048 => {
                    &["parameters", "subjectPublicKey", "rsaPublicKey", "modulus", "publicExponent"]
                }
                spec if CURVES.iter().any(|(.., curve)| *curve == spec) => {
                    &["namedCurve", "subjectPublicKey", "pointForm", "x", "y"]
                }
                _ => &["subjectPublicKey", "publicKey"],
            };
            assert_eq!((&names(&found)[..3], rest), (&BEGINNING[..], expect), "{spec:?}");
        }
    }

    #[test]
    fn parts_say_what_they_are() {
        let says = |spec: Spec, name: &str| {
            let found = public_key_parts(&key(spec)).unwrap();
            found.parts.into_iter().find(|part| part.name == name).unwrap().says.unwrap()
        };
        assert_eq!(says(Spec::Rsa2048, "modulus"), "INTEGER of 2048 bits");
        assert_eq!(says(Spec::Rsa2048, "publicExponent"), "65537");
        assert_eq!(says(Spec::P256, "namedCurve"), "1.2.840.10045.3.1.7, P-256, secp256r1");
        assert_eq!(says(Spec::P256, "pointForm"), "not compressed: x and y follow");
        assert_eq!(says(Spec::MlKem768, "algorithmIdentifier"), "2.16.840.1.101.3.4.4.2, id-alg-ml-kem-768");
    }

    #[test]
    fn a_changed_key_is_no_key_or_another_and_nothing_panics() {
        let der = key(Spec::P256);
        for at in 0..der.len() {
            for bit in 0..8 {
                let mut changed = der.clone();
                changed[at] ^= 1 << bit;
                let found = public_key_parts(&changed);
                let whole = PublicKey::from_der(Spec::P256, &changed).is_ok();
                assert_eq!(found.is_some_and(|found| found.valid), whole, "byte {at}, bit {bit}");
            }
        }
        for length in 0..der.len() {
            assert!(public_key_parts(&der[..length]).is_none_or(|found| !found.valid), "{length}");
        }
        assert_eq!(public_key_parts(b"hello"), None);
    }
}
