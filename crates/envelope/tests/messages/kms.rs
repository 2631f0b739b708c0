//! Data keys from the key service itself.

use waxseal_api::{
    ErrorCode,
    operations::{
        Decrypt, DecryptInput, DecryptOutput, Encrypt, EncryptOutput, GenerateDataKey, GenerateDataKeyOutput,
    },
    types::EncryptionAlgorithm,
};
use waxseal_envelope::{
    EncryptedDataKey, EncryptionContext, Error, Header, KmsKeyring, Materials, Message, Parse, Suite,
    encrypt_bytes,
};

use crate::{
    service::{Service, rng},
    support::{WRITTEN, context, draft, keyring, materials, of_caller, parse, read},
};

/// What an application does with the key service.
impl Service {
    fn materials(&mut self, keyring: &KmsKeyring, suite: Suite, context: &EncryptionContext) -> Materials {
        let draft = draft(suite, context);
        let output = self.call::<GenerateDataKey>(&keyring.generate(&draft).unwrap()).unwrap();
        keyring.generated(draft, output).unwrap()
    }

    /// A message that says "hello".
    fn message(&mut self, key_arn: &str, suite: Suite, context: &EncryptionContext) -> Vec<u8> {
        let materials = self.materials(&KmsKeyring::for_key(key_arn.into()), suite, context);
        encrypt_bytes(materials, 16, b"hello", &mut rng()).unwrap()
    }

    fn open(&mut self, keyring: &KmsKeyring, message: &[u8]) -> Result<Message, Error> {
        read(message, |header| {
            for input in keyring.candidates(header)? {
                if let Ok(output) = self.call::<Decrypt>(&input) {
                    return keyring.decrypted(header, &input, output).map(Some);
                }
            }
            Ok(None)
        })
    }
}

fn header(message: &[u8]) -> Header {
    match parse(message) {
        Ok(Parse::Done(header, _)) => *header,
        other => panic!("{other:?}"),
    }
}

fn context_of_test() -> EncryptionContext {
    context(&[("purpose", "test"), ("\u{e9}", "\u{1f511}")])
}

#[test]
fn a_kms_key_opens_what_it_sealed() {
    let mut service = Service::new();
    let key_arn = service.key();
    let contexts = [context_of_test(), context(&[])];
    for (suite, context) in WRITTEN.iter().flat_map(|suite| contexts.iter().map(move |it| (*suite, it))) {
        let message = service.message(&key_arn, suite, context);
        assert_eq!(header(&message).key_arns(), [key_arn.as_str()]);
        for keyring in [KmsKeyring::discovery(), KmsKeyring::for_key(key_arn.clone())] {
            let opened = service.open(&keyring, &message).unwrap();
            assert_eq!(*opened.plaintext, b"hello");
            assert_eq!(&of_caller(&opened.context), context);
        }
    }
}

#[test]
fn a_key_may_be_named_by_its_id() {
    let mut service = Service::new();
    let key_arn = service.key();
    let id = key_arn.rsplit('/').next().unwrap();
    let message = service.message(id, Suite::SIGNED, &context_of_test());
    assert_eq!(header(&message).key_arns(), [key_arn]);
}

#[test]
fn another_key_is_not_asked_for() {
    let mut service = Service::new();
    let (key_arn, other) = (service.key(), service.key());
    let message = service.message(&key_arn, Suite::COMMITTING, &context_of_test());
    let not_here = Some(Error::KeyNotHere { key_arns: vec![key_arn] });
    assert_eq!(service.open(&KmsKeyring::for_key(other), &message).err(), not_here);
    let mut elsewhere = Service::new();
    assert_eq!(elsewhere.open(&KmsKeyring::discovery(), &message).err(), not_here);
}

/// The context in the header is what the service is asked with, so the service notices a change first.
#[test]
fn another_context_is_refused_by_the_service() {
    let mut service = Service::new();
    let key_arn = service.key();
    let mut message = service.message(&key_arn, Suite::COMMITTING, &context_of_test());
    let place = message.windows(4).position(|bytes| bytes == b"test").unwrap();
    message[place] = b'T';
    let input = KmsKeyring::discovery().candidates(&header(&message)).unwrap().remove(0);
    let refused = service.call::<Decrypt>(&input).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidCiphertextException);
}

#[test]
fn strangers_among_the_data_keys_are_passed_over() {
    let mut service = Service::new();
    let (first, second) = (service.key(), service.key());
    let (first_keyring, second_keyring) =
        (KmsKeyring::for_key(first.clone()), KmsKeyring::for_key(second.clone()));
    let mut materials = service.materials(&first_keyring, Suite::SIGNED, &context_of_test());
    for provider_id in ["aws-kms-hierarchy", "somebody", "AWS-KMS"] {
        let stranger = EncryptedDataKey {
            provider_id: provider_id.into(),
            provider_info: b"not an ARN".to_vec(),
            ciphertext: vec![1; 40],
        };
        materials.encrypted_data_keys.insert(0, stranger);
    }
    let output = service.call::<Encrypt>(&second_keyring.wrap(&materials).unwrap()).unwrap();
    second_keyring.wrapped(&mut materials, output).unwrap();
    keyring().wrap(&mut materials, &mut rng()).unwrap();
    let message = encrypt_bytes(materials, 16, b"for three", &mut rng()).unwrap();

    assert_eq!(header(&message).encrypted_data_keys().len(), 6);
    let asked: Vec<_> = KmsKeyring::discovery().candidates(&header(&message)).unwrap();
    let asked: Vec<_> = asked.into_iter().map(|input| input.key_id.unwrap()).collect();
    assert_eq!(asked, [first, second]);
    for keyring in [first_keyring, second_keyring, KmsKeyring::discovery()] {
        assert_eq!(*service.open(&keyring, &message).unwrap().plaintext, b"for three");
    }
    let raw = keyring();
    assert_eq!(*read(&message, |header| raw.unwrap(header)).unwrap().plaintext, b"for three");
}

#[test]
fn a_message_that_names_something_else_as_its_key() {
    let mut materials = materials(Suite::COMMITTING, &context(&[]));
    let alias = "arn:aws:kms:eu-central-1:111122223333:alias/docs";
    materials.encrypted_data_keys.push(EncryptedDataKey {
        provider_id: "aws-kms".into(),
        provider_info: alias.as_bytes().to_vec(),
        ciphertext: vec![0; 100],
    });
    let message = encrypt_bytes(materials, 16, b"", &mut rng()).unwrap();
    let refused = KmsKeyring::discovery().candidates(&header(&message));
    assert_eq!(refused, Err(Error::NotAKeyArn { text: alias.into() }));
}

#[test]
fn a_message_without_a_kms_key() {
    let message = crate::support::message(1, 16);
    let refused = KmsKeyring::discovery().candidates(&header(&message));
    assert_eq!(refused, Err(Error::KeyNotHere { key_arns: vec![] }));
}

const ARN: &str = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const OTHER: &str = "arn:aws:kms:eu-central-1:111122223333:key/4321abcd-12ab-34cd-56ef-1234567890ab";

#[track_caller]
fn check_generated(keyring: &KmsKeyring, key_id: &str, length: usize, refused: Error) {
    let draft = draft(Suite::COMMITTING, &context(&[]));
    assert_eq!(keyring.generate(&draft).unwrap().number_of_bytes, Some(32));
    let output = GenerateDataKeyOutput {
        ciphertext_blob: vec![1].into(),
        plaintext: vec![7; length].as_slice().into(),
        key_id: key_id.into(),
        key_material_id: None,
    };
    assert_eq!(keyring.generated(draft, output).err(), Some(refused));
}

#[test]
fn answers_to_generate_data_key_are_judged() {
    let (by_arn, by_alias) = (KmsKeyring::for_key(ARN.into()), KmsKeyring::for_key("alias/docs".into()));
    check_generated(&by_arn, ARN, 31, Error::DataKeyLength { length: 31, needed: 32 });
    check_generated(&by_arn, OTHER, 32, Error::WrongKey { asked: ARN.into(), answered: OTHER.into() });
    check_generated(&by_alias, "alias/docs", 32, Error::NotAKeyArn { text: "alias/docs".into() });
    let nobody = KmsKeyring::discovery().generate(&draft(Suite::COMMITTING, &context(&[])));
    assert_eq!(nobody, Err(Error::NoKeyNamed));
}

#[test]
fn answers_to_encrypt_are_judged() {
    let keyring_of_arn = KmsKeyring::for_key(ARN.into());
    let mut materials = materials(Suite::COMMITTING, &context(&[]));
    let output = EncryptOutput {
        ciphertext_blob: vec![1].into(),
        key_id: OTHER.into(),
        encryption_algorithm: EncryptionAlgorithm::SymmetricDefault,
    };
    let refused = keyring_of_arn.wrapped(&mut materials, output);
    assert_eq!(refused, Err(Error::WrongKey { asked: ARN.into(), answered: OTHER.into() }));
    assert_eq!(materials.encrypted_data_keys.len(), 1);
    assert_eq!(KmsKeyring::discovery().wrap(&materials), Err(Error::NoKeyNamed));
}

#[track_caller]
fn check_decrypted(key_id: &str, length: usize, refused: Error) {
    let input = DecryptInput { key_id: Some(ARN.into()), ..Default::default() };
    let output = DecryptOutput {
        key_id: key_id.into(),
        plaintext: vec![7; length].as_slice().into(),
        encryption_algorithm: EncryptionAlgorithm::SymmetricDefault,
        key_material_id: None,
    };
    let header = header(&crate::support::message(1, 16));
    assert_eq!(KmsKeyring::discovery().decrypted(&header, &input, output).err(), Some(refused));
}

#[test]
fn answers_to_decrypt_are_judged() {
    check_decrypted(ARN, 16, Error::DataKeyLength { length: 16, needed: 32 });
    check_decrypted(OTHER, 32, Error::WrongKey { asked: ARN.into(), answered: OTHER.into() });
}
