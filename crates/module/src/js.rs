//! The module's JavaScript API.
//!
//! Shapes are those of the service, with `Uint8Array` for bytes and `Date` for times, as AWS's JavaScript clients have
//! them. A refusal is thrown as an `Error` whose `name` is the exception.

use js_sys::{Date, Error, Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use waxseal_api::{Client, Failure, LocalError, LocalErrorCode, Operation, Service, job::Job, operations::*};
use web_sys::Blob;

use crate::{
    browser,
    file::{self, FileJob, Lanes},
    store::any::AnyStore,
    world::{Surroundings, World},
};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** How to open a key service. */
export interface OpenOptions {
  /** Where keys are kept: "indexeddb" (this browser, sealed) or "memory" (until the program ends). Default: "memory". */
  store?: "indexeddb" | "memory";
  /** The name of the world in IndexedDB. Each has its own keys. Default: "module". */
  world?: string;
}

/** Pairs that are bound to a ciphertext as associated data. Not secret. */
export type EncryptionContext = Record<string, string>;

/** How to encrypt a file. */
export interface EncryptFileOptions {
  /** Key ID, key ARN, alias name or alias ARN. */
  keyId: string;
  encryptionContext?: EncryptionContext;
  /** Bytes of plaintext in a frame. Default: 262144. */
  frameLength?: number;
}

/** A decrypted file. */
export interface DecryptedFile {
  plaintext: Uint8Array;
  encryptionContext: EncryptionContext;
}
"#;

/// A key management service in this program.
#[wasm_bindgen]
pub struct Waxseal {
    world: World<AnyStore>,
}

#[derive(serde::Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OpenOptions {
    store: Option<String>,
    world: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EncryptFileOptions {
    key_id: String,
    #[serde(default)]
    encryption_context: waxseal_api::types::EncryptionContext,
    frame_length: Option<u32>,
}

#[wasm_bindgen]
impl Waxseal {
    /// Opens a key service; it makes a new, empty one where there is none.
    pub async fn open(
        #[wasm_bindgen(unchecked_optional_param_type = "OpenOptions")] options: JsValue,
    ) -> Result<Waxseal, JsValue> {
        let options: OpenOptions =
            if options.is_undefined() { OpenOptions::default() } else { read(options)? };
        let (store, world) = (options.store.as_deref(), options.world.as_deref().unwrap_or("module"));
        let store = AnyStore::open(store.unwrap_or("memory"), world).await.map_err(|e| thrown(&e.into()))?;
        let surroundings = Surroundings {
            clock: Box::new(browser::now),
            entropy: Box::new(crate::entropy),
            changed: Box::new(|| {}),
        };
        let world = World::open(store, crate::vault_caller(), surroundings).await;
        Ok(Self { world: world.map_err(|e| thrown(&e.into()))? })
    }

    /// Calls any operation by name, with JSON text in and out, as on the wire.
    pub async fn call(&self, operation: String, body: String) -> Result<String, JsValue> {
        let reply = self.world.call(Service::Kms, &operation, &body).await.map_err(|e| thrown(&e.into()))?;
        reply.result.map_err(|e| thrown(&e.into()))
    }

    /// Encrypts a file's bytes as an AWS Encryption SDK message.
    #[wasm_bindgen(js_name = encryptFile)]
    pub async fn encrypt_file(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Uint8Array | Blob")] file: JsValue,
        #[wasm_bindgen(unchecked_param_type = "EncryptFileOptions")] options: JsValue,
    ) -> Result<Uint8Array, JsValue> {
        let options: EncryptFileOptions = read(options)?;
        let job = Job::Encrypt {
            key_id: options.key_id,
            context: options.encryption_context,
            frame_length: options.frame_length,
        };
        let (bytes, _) = self.run(job, file).await?;
        Ok(bytes)
    }

    /// Verifies and decrypts an AWS Encryption SDK message.
    #[wasm_bindgen(js_name = decryptFile, unchecked_return_type = "DecryptedFile")]
    pub async fn decrypt_file(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Uint8Array | Blob")] message: JsValue,
    ) -> Result<JsValue, JsValue> {
        let (bytes, context) = self.run(Job::Decrypt, message).await?;
        let result = Object::new();
        Reflect::set(&result, &"plaintext".into(), &bytes)?;
        Reflect::set(&result, &"encryptionContext".into(), &write(&context)?)?;
        Ok(result.into())
    }

    async fn run(
        &self,
        job: Job,
        file: JsValue,
    ) -> Result<(Uint8Array, waxseal_api::types::EncryptionContext), JsValue> {
        let mut running = FileJob::new(String::new(), false, None, Box::new(|_, _| {}));
        let result = running.run(&self.world, &Lanes::in_place(), job, &blob(file)?).await;
        let (report, _) = running.finish();
        crate::memory::scrub_stack();
        let blob = result.map_err(|failure| thrown(&failure))?;
        let bytes = file::read_all(&blob).await.map_err(|e| thrown(&e.into()))?;
        Ok((bytes, report.context))
    }

    async fn operate<O: Operation>(&self, input: JsValue) -> Result<JsValue, JsValue> {
        let input: O::Input = read(if input.is_undefined() { Object::new().into() } else { input })?;
        let output = Client(&self.world).call::<O>(&input).await;
        write(&output.map_err(|failure| thrown(&failure))?)
    }
}

/// The operations of the service; see the documentation of each in `waxseal_api::operations`.
#[wasm_bindgen]
impl Waxseal {
    /// CancelKeyDeletion.
    #[wasm_bindgen(js_name = cancelKeyDeletion, unchecked_return_type = "CancelKeyDeletionOutput")]
    pub async fn cancel_key_deletion(
        &self,
        #[wasm_bindgen(unchecked_param_type = "CancelKeyDeletionInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<CancelKeyDeletion>(input).await
    }

    /// CreateAlias.
    #[wasm_bindgen(js_name = createAlias, unchecked_return_type = "{}")]
    pub async fn create_alias(
        &self,
        #[wasm_bindgen(unchecked_param_type = "CreateAliasInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<CreateAlias>(input).await
    }

    /// CreateKey.
    #[wasm_bindgen(js_name = createKey, unchecked_return_type = "CreateKeyOutput")]
    pub async fn create_key(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "CreateKeyInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<CreateKey>(input).await
    }

    /// Decrypt.
    #[wasm_bindgen(js_name = decrypt, unchecked_return_type = "DecryptOutput")]
    pub async fn decrypt(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DecryptInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<Decrypt>(input).await
    }

    /// DeleteAlias.
    #[wasm_bindgen(js_name = deleteAlias, unchecked_return_type = "{}")]
    pub async fn delete_alias(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DeleteAliasInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<DeleteAlias>(input).await
    }

    /// DescribeKey.
    #[wasm_bindgen(js_name = describeKey, unchecked_return_type = "DescribeKeyOutput")]
    pub async fn describe_key(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DescribeKeyInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<DescribeKey>(input).await
    }

    /// DisableKey.
    #[wasm_bindgen(js_name = disableKey, unchecked_return_type = "{}")]
    pub async fn disable_key(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DisableKeyInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<DisableKey>(input).await
    }

    /// EnableKey.
    #[wasm_bindgen(js_name = enableKey, unchecked_return_type = "{}")]
    pub async fn enable_key(
        &self,
        #[wasm_bindgen(unchecked_param_type = "EnableKeyInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<EnableKey>(input).await
    }

    /// Encrypt.
    #[wasm_bindgen(js_name = encrypt, unchecked_return_type = "EncryptOutput")]
    pub async fn encrypt(
        &self,
        #[wasm_bindgen(unchecked_param_type = "EncryptInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<Encrypt>(input).await
    }

    /// GenerateDataKey.
    #[wasm_bindgen(js_name = generateDataKey, unchecked_return_type = "GenerateDataKeyOutput")]
    pub async fn generate_data_key(
        &self,
        #[wasm_bindgen(unchecked_param_type = "GenerateDataKeyInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<GenerateDataKey>(input).await
    }

    /// GenerateDataKeyWithoutPlaintext.
    #[wasm_bindgen(js_name = generateDataKeyWithoutPlaintext, unchecked_return_type = "GenerateDataKeyWithoutPlaintextOutput")]
    pub async fn generate_data_key_without_plaintext(
        &self,
        #[wasm_bindgen(unchecked_param_type = "GenerateDataKeyWithoutPlaintextInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<GenerateDataKeyWithoutPlaintext>(input).await
    }

    /// GenerateRandom.
    #[wasm_bindgen(js_name = generateRandom, unchecked_return_type = "GenerateRandomOutput")]
    pub async fn generate_random(
        &self,
        #[wasm_bindgen(unchecked_param_type = "GenerateRandomInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<GenerateRandom>(input).await
    }

    /// GetKeyPolicy.
    #[wasm_bindgen(js_name = getKeyPolicy, unchecked_return_type = "GetKeyPolicyOutput")]
    pub async fn get_key_policy(
        &self,
        #[wasm_bindgen(unchecked_param_type = "GetKeyPolicyInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<GetKeyPolicy>(input).await
    }

    /// ListAliases.
    #[wasm_bindgen(js_name = listAliases, unchecked_return_type = "ListAliasesOutput")]
    pub async fn list_aliases(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ListAliasesInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<ListAliases>(input).await
    }

    /// ListKeys.
    #[wasm_bindgen(js_name = listKeys, unchecked_return_type = "ListKeysOutput")]
    pub async fn list_keys(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ListKeysInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<ListKeys>(input).await
    }

    /// ReEncrypt.
    #[wasm_bindgen(js_name = reEncrypt, unchecked_return_type = "ReEncryptOutput")]
    pub async fn re_encrypt(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ReEncryptInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<ReEncrypt>(input).await
    }

    /// ScheduleKeyDeletion.
    #[wasm_bindgen(js_name = scheduleKeyDeletion, unchecked_return_type = "ScheduleKeyDeletionOutput")]
    pub async fn schedule_key_deletion(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ScheduleKeyDeletionInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<ScheduleKeyDeletion>(input).await
    }

    /// UpdateAlias.
    #[wasm_bindgen(js_name = updateAlias, unchecked_return_type = "{}")]
    pub async fn update_alias(
        &self,
        #[wasm_bindgen(unchecked_param_type = "UpdateAliasInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<UpdateAlias>(input).await
    }

    /// UpdateKeyDescription.
    #[wasm_bindgen(js_name = updateKeyDescription, unchecked_return_type = "{}")]
    pub async fn update_key_description(
        &self,
        #[wasm_bindgen(unchecked_param_type = "UpdateKeyDescriptionInput")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        self.operate::<UpdateKeyDescription>(input).await
    }
}

/// A JavaScript value as one of the service's shapes.
fn read<T: serde::de::DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|e| thrown(&LocalError::new(LocalErrorCode::BadRequest, e.to_string()).into()))
}

/// One of the service's shapes as a JavaScript value.
fn write<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?;
    refine(&value)?;
    Ok(value)
}

/// The members that are bytes: base64 on the wire, `Uint8Array` here.
const BYTES: [&str; 2] = ["CiphertextBlob", "Plaintext"];
/// The members that are times: seconds on the wire, `Date` here.
const TIMES: [&str; 3] = ["CreationDate", "DeletionDate", "LastUpdatedDate"];

/// Turns the wire's bytes and times into JavaScript's, at any depth.
fn refine(value: &JsValue) -> Result<(), JsValue> {
    let Some(object) = value.dyn_ref::<Object>() else { return Ok(()) };
    for entry in Object::entries(object) {
        let entry: js_sys::Array = entry.unchecked_into();
        let (name, member) = (entry.get(0), entry.get(1));
        let text = name.as_string().unwrap_or_default();
        if BYTES.contains(&text.as_str()) {
            let bytes: waxseal_api::Secret = read(member)?;
            Reflect::set(object, &name, &Uint8Array::from(bytes.expose()))?;
        } else if TIMES.contains(&text.as_str()) {
            let seconds = member.as_f64().unwrap_or(f64::NAN);
            Reflect::set(object, &name, &Date::new(&(seconds * 1000.0).into()))?;
        } else {
            refine(&member)?;
        }
    }
    Ok(())
}

/// Bytes or a blob, as a blob.
fn blob(file: JsValue) -> Result<Blob, JsValue> {
    match file.dyn_into::<Blob>() {
        Ok(blob) => Ok(blob),
        Err(bytes) if bytes.is_instance_of::<Uint8Array>() => {
            Blob::new_with_u8_array_sequence(&js_sys::Array::of1(&bytes))
        }
        Err(_) => {
            let message = "Give the file's bytes as a Uint8Array or a Blob.";
            Err(thrown(&LocalError::new(LocalErrorCode::BadRequest, message).into()))
        }
    }
}

/// A failure as JavaScript throws it.
fn thrown(failure: &Failure) -> JsValue {
    let error = Error::new(failure.message());
    error.set_name(failure.name());
    if let Failure::Local(local) = failure {
        let set = |name: &str, value: JsValue| Reflect::set(&error, &name.into(), &value);
        if let Some(frame) = local.frame {
            let _ = set("frame", frame.into());
        }
        if !local.key_arns.is_empty() {
            let arns: js_sys::Array = local.key_arns.iter().map(JsValue::from).collect();
            let _ = set("keyArns", arns.into());
        }
    }
    error.into()
}
