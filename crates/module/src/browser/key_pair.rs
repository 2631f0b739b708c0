//! RSA key pairs by WebCrypto, which makes them beside this worker and faster than WebAssembly does.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use waxseal_crypto::{KeyMaterial, Spec};
use web_sys::CryptoKey;
use zeroize::Zeroizing;

use super::subtle;
use crate::world::Making;

/// 65,537, big-endian.
const PUBLIC_EXPONENT: [u8; 3] = [1, 0, 1];

/// A new key pair; none where WebCrypto makes none.
pub(crate) fn rsa_key_pair(spec: Spec) -> Making {
    Box::pin(async move {
        let pkcs8 = generate(spec).await.ok()?;
        KeyMaterial::from_bytes(spec, &pkcs8).ok()
    })
}

/// A private key as PKCS#8 in DER. What the key is said to be for does not matter: none of that is in its bytes.
async fn generate(spec: Spec) -> Result<Zeroizing<Vec<u8>>, JsValue> {
    let subtle = subtle().ok_or(JsValue::UNDEFINED)?;
    let algorithm = Object::new();
    for (name, value) in [
        ("name", "RSA-OAEP".into()),
        ("hash", "SHA-256".into()),
        ("modulusLength", spec.modulus_bits().into()),
        ("publicExponent", Uint8Array::from(&PUBLIC_EXPONENT[..]).into()),
    ] {
        Reflect::set(&algorithm, &name.into(), &value)?;
    }
    let usages = Array::of1(&"decrypt".into());
    let pair = JsFuture::from(subtle.generate_key_with_object(&algorithm, true, &usages)?).await?;
    let private: CryptoKey = Reflect::get(&pair, &"privateKey".into())?.unchecked_into();
    let exported = Uint8Array::new(&JsFuture::from(subtle.export_key("pkcs8", &private)?).await?);
    let bytes = Zeroizing::new(exported.to_vec());
    exported.fill(0, 0, exported.length());
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;
    use waxseal_crypto::{Hash, Message, Signing};

    use super::*;

    const PSS: Signing = Signing::RsaPss(Hash::Sha256);

    #[wasm_bindgen_test]
    async fn key_pairs_of_every_size_sign() {
        for spec in [Spec::Rsa2048, Spec::Rsa3072, Spec::Rsa4096] {
            let pair = rsa_key_pair(spec).await.unwrap();
            let public = pair.public_key().unwrap();
            let message = Message::Raw(b"hello");
            let signature = pair.sign(PSS, message, &mut *crate::entropy()).unwrap();
            assert_eq!(signature.len() * 8, usize::from(spec.modulus_bits().unwrap()));
            assert_eq!(public.verify(PSS, message, &signature), Ok(()));
        }
    }

    #[wasm_bindgen_test]
    async fn other_specs_are_left_to_the_engine() {
        assert!(rsa_key_pair(Spec::P256).await.is_none());
    }
}
