//! SM2, with the examples of GB/T 32918.5.

use waxseal_crypto::{Encryption, Error, KeyMaterial, Message, PublicKey, Signing, Spec};

use crate::support::{SM2, der, hex, on_curve, rng};

fn key() -> KeyMaterial {
    on_curve(Spec::Sm2, SM2, 32, &hex("3945208f7b2144b13f36e38ac6d39f9588939369 2860b51a42fb81ef4df7c5b8"))
}

fn integer(number: &str) -> Vec<u8> {
    let number = hex(number);
    let sign: &[u8] = if number[0] >= 0x80 { &[0] } else { &[] };
    der(0x02, &[sign, number.as_slice()].concat())
}

#[test]
fn the_public_key_of_the_example() {
    let point = hex("04 09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020 \
            ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
    assert!(key().public_key().unwrap().der().ends_with(&point));
}

#[test]
fn the_signature_of_the_example() {
    let signature = der(
        0x30,
        &[
            integer("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"),
            integer("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"),
        ]
        .concat(),
    );
    let digest = hex("f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640");
    let public = key().public_key().unwrap();
    for message in [Message::Raw(b"message digest"), Message::Digest(&digest)] {
        assert_eq!(public.verify(Signing::Sm2, message, &signature), Ok(()));
        let again = key().sign(Signing::Sm2, message, &mut rng()).unwrap();
        assert_eq!(public.verify(Signing::Sm2, Message::Raw(b"message digest"), &again), Ok(()));
    }
    let other = public.verify(Signing::Sm2, Message::Raw(b"another"), &signature);
    assert_eq!(other, Err(Error::NotAuthentic));
}

#[test]
fn the_ciphertext_of_the_example() {
    let ciphertext = der(
        0x30,
        &[
            integer("04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"),
            integer("e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"),
            der(0x04, &hex("59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766")),
            der(0x04, &hex("21886ca989ca9c7d58087307ca93092d651efa")),
        ]
        .concat(),
    );
    let plaintext = key().decrypt(Encryption::Sm2, &ciphertext, &mut rng()).unwrap();
    assert_eq!(plaintext.as_slice(), b"encryption standard");
    for length in [1, 32, 33, 1024] {
        let sealed =
            key().public_key().unwrap().encrypt(Encryption::Sm2, &vec![9; length], &mut rng()).unwrap();
        assert_eq!(*key().decrypt(Encryption::Sm2, &sealed, &mut rng()).unwrap(), vec![9; length]);
        for cut in (0..sealed.len()).step_by(11) {
            assert!(key().decrypt(Encryption::Sm2, &sealed[..cut], &mut rng()).is_err());
        }
    }
}

#[test]
fn both_sides_agree() {
    let other = KeyMaterial::generate(Spec::Sm2, &mut rng()).unwrap();
    let shared = key().agree(&other.public_key().unwrap()).unwrap();
    assert_eq!((shared.len(), &shared), (32, &other.agree(&key().public_key().unwrap()).unwrap()));
    let elsewhere = KeyMaterial::generate(Spec::P256, &mut rng()).unwrap().public_key().unwrap();
    assert_eq!(key().agree(&elsewhere), Err(Error::NotAKey));
    assert_eq!(PublicKey::from_der(Spec::Sm2, elsewhere.der()), Err(Error::NotAKey));
}
