//! Data keys from a key service, through its contract: requests out, answers in.

use waxseal_api::{
    KeyArn, Secret,
    operations::{
        DecryptInput, DecryptOutput, EncryptInput, EncryptOutput, GenerateDataKeyInput, GenerateDataKeyOutput,
    },
    types::EncryptionContext,
};
use waxseal_crypto::DataKey;

use crate::{
    derive::check_length,
    error::Error,
    header::{EncryptedDataKey, Header},
    keyring::{Draft, Materials},
    suite::Suite,
};

/// The provider of data keys that a KMS key wraps; their provider info is the key ARN.
pub(crate) const KMS_PROVIDER: &str = "aws-kms";

/// A keyring of KMS keys. It makes the requests and judges the answers; sending them is up to the caller.
/// Source: "AWS KMS keyrings" in the AWS Encryption SDK developer guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KmsKeyring {
    /// None: whichever key a message names.
    key_id: Option<String>,
}

impl KmsKeyring {
    /// Encrypts with one key, and opens only what names it. For opening, name it by its key ARN: that is how messages
    /// name it.
    pub fn for_key(key_id: String) -> Self {
        Self { key_id: Some(key_id) }
    }

    /// Opens with whichever KMS key a message names; cannot encrypt.
    pub fn discovery() -> Self {
        Self { key_id: None }
    }

    /// Asks for a new data key.
    ///
    /// # Errors
    /// [`Error::NoKeyNamed`] for a discovery keyring.
    pub fn generate(&self, draft: &Draft) -> Result<GenerateDataKeyInput, Error> {
        Ok(GenerateDataKeyInput {
            key_id: self.named()?,
            number_of_bytes: Some(draft.suite.key_length as i64),
            encryption_context: unless_empty(&draft.context),
            ..Default::default()
        })
    }

    /// Takes the new data key.
    ///
    /// # Errors
    /// [`Error::DataKeyLength`]; [`Error::NotAKeyArn`] and [`Error::WrongKey`] when the answer names no key, or not the
    /// one that was asked for.
    pub fn generated(&self, draft: Draft, output: GenerateDataKeyOutput) -> Result<Materials, Error> {
        let data_key = data_key(draft.suite, &output.plaintext)?;
        let wrapped = self.wrapped_by(output.key_id, output.ciphertext_blob.into_bytes())?;
        Ok(Materials { draft, data_key, encrypted_data_keys: vec![wrapped] })
    }

    /// Asks to wrap the data key of another keyring, so that this one's key can open the message as well.
    ///
    /// # Errors
    /// [`Error::NoKeyNamed`] for a discovery keyring.
    pub fn wrap(&self, materials: &Materials) -> Result<EncryptInput, Error> {
        Ok(EncryptInput {
            key_id: self.named()?,
            plaintext: Secret::from(materials.data_key.expose()),
            encryption_context: unless_empty(&materials.draft.context),
            ..Default::default()
        })
    }

    /// Adds the wrapped data key.
    ///
    /// # Errors
    /// [`Error::NotAKeyArn`], [`Error::WrongKey`].
    pub fn wrapped(&self, materials: &mut Materials, output: EncryptOutput) -> Result<(), Error> {
        let wrapped = self.wrapped_by(output.key_id, output.ciphertext_blob.into_bytes())?;
        materials.encrypted_data_keys.push(wrapped);
        Ok(())
    }

    /// Asks to open the data keys of a message that this keyring has keys for, in their order. The first that is
    /// granted is enough. Data keys of other providers are passed over.
    ///
    /// # Errors
    /// [`Error::NotAKeyArn`]; [`Error::KeyNotHere`] when there is nothing to ask for.
    pub fn candidates(&self, header: &Header) -> Result<Vec<DecryptInput>, Error> {
        let mut inputs = Vec::new();
        for key in header.encrypted_data_keys().iter().filter(|key| key.provider_id == KMS_PROVIDER) {
            let key_arn = checked_arn(String::from_utf8_lossy(&key.provider_info).into_owned())?;
            if self.takes(&key_arn) {
                inputs.push(DecryptInput {
                    ciphertext_blob: Some(key.ciphertext.as_slice().into()),
                    encryption_context: unless_empty(header.context()),
                    key_id: Some(key_arn),
                    ..Default::default()
                });
            }
        }
        if inputs.is_empty() { Err(Error::KeyNotHere { key_arns: header.key_arns() }) } else { Ok(inputs) }
    }

    /// Takes the opened data key.
    ///
    /// # Errors
    /// [`Error::WrongKey`] when another key opened it than was asked to, [`Error::DataKeyLength`].
    pub fn decrypted(
        &self,
        header: &Header,
        input: &DecryptInput,
        output: DecryptOutput,
    ) -> Result<DataKey, Error> {
        let asked = input.key_id.as_deref().unwrap_or_default();
        if asked != output.key_id || !self.takes(&output.key_id) {
            return Err(Error::WrongKey { asked: asked.into(), answered: output.key_id });
        }
        data_key(header.suite(), &output.plaintext)
    }

    fn named(&self) -> Result<String, Error> {
        self.key_id.clone().ok_or(Error::NoKeyNamed)
    }

    fn takes(&self, key_arn: &str) -> bool {
        self.key_id.as_deref().is_none_or(|key_id| key_id == key_arn)
    }

    /// An encrypted data key from the service's answer. A keyring that names its key by ARN has to be answered for it.
    fn wrapped_by(&self, answered: String, ciphertext: Vec<u8>) -> Result<EncryptedDataKey, Error> {
        let asked = self.key_id.clone().unwrap_or_default();
        if asked.parse::<KeyArn>().is_ok() && asked != answered {
            return Err(Error::WrongKey { asked, answered });
        }
        let provider_info = checked_arn(answered)?.into_bytes();
        Ok(EncryptedDataKey { provider_id: KMS_PROVIDER.into(), provider_info, ciphertext })
    }
}

fn checked_arn(text: String) -> Result<String, Error> {
    if text.parse::<KeyArn>().is_ok() { Ok(text) } else { Err(Error::NotAKeyArn { text }) }
}

fn data_key(suite: Suite, plaintext: &Secret) -> Result<DataKey, Error> {
    let bytes = plaintext.expose();
    check_length(suite, bytes.len())?;
    Ok(DataKey::new(bytes.to_vec()))
}

fn unless_empty(context: &EncryptionContext) -> Option<EncryptionContext> {
    (!context.is_empty()).then(|| context.clone())
}
