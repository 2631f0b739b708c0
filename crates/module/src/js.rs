//! The module's JavaScript API.
//!
//! Shapes are those of the service, with `Uint8Array` for bytes and `Date` for times, as AWS's JavaScript clients have
//! them. A refusal is thrown as an `Error` whose `name` is the exception.

mod value;

use js_sys::{Error, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use waxseal_api::{
    Failure, LocalError, LocalErrorCode, Service,
    job::{DecryptOptions, EncryptOptions, Job, JobReport},
    operations,
};
use waxseal_envelope::Suite;
use web_sys::Blob;

use crate::{
    browser,
    file::{FileJob, Input, Lanes, Target, Transfer},
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
  /** Whether calls beyond AWS's request quotas are refused with ThrottlingException. Default: false. */
  quotas?: boolean;
}

/** Pairs that are bound to a ciphertext as associated data. Not secret. */
export type EncryptionContext = Record<string, string>;

/** How to encrypt a file. */
export interface EncryptFileOptions {
  /** The KMS key that makes the data key: key ID, key ARN, alias name or alias ARN. */
  keyId: string;
  /** Further KMS keys, each of which will be able to open the file by itself. */
  keyIds?: string[];
  encryptionContext?: EncryptionContext;
  /** Bytes of plaintext in a frame. Default: 262144. */
  frameLength?: number;
  /** The algorithm suite, by name or number. Default: the first; the second signs the file (0x0578). */
  suite?: "AES_256_GCM_HKDF_SHA512_COMMIT_KEY" | "AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384" | 0x0478 | 0x0578;
}

/** What to insist on when a file is decrypted. */
export interface DecryptFileOptions {
  /**
   * Whether the algorithm suite has to commit to its key. Default: "REQUIRE_ENCRYPT_REQUIRE_DECRYPT". Files of suites
   * that do not are read with either of the others.
   */
  commitmentPolicy?: "REQUIRE_ENCRYPT_REQUIRE_DECRYPT" | "REQUIRE_ENCRYPT_ALLOW_DECRYPT" | "FORBID_ENCRYPT_ALLOW_DECRYPT";
  /** The most encrypted data keys that a file may hold. Default: 50. */
  maxEncryptedDataKeys?: number;
  /** Wrapping keys that are tried before KMS keys, for files that came from elsewhere. */
  rawKeys?: RawKey[];
}

/** A raw AES or RSA keyring of the AWS Encryption SDK. */
export interface RawKey {
  namespace: string;
  name: string;
  /** 16, 24 or 32 bytes for AES; for RSA the private key in PKCS #8, DER. */
  key: Uint8Array;
  /** How it wraps, when it is one for RSA. */
  padding?:
    | "RSA_PKCS1"
    | "RSA_OAEP_SHA1_MGF1"
    | "RSA_OAEP_SHA256_MGF1"
    | "RSA_OAEP_SHA384_MGF1"
    | "RSA_OAEP_SHA512_MGF1";
}

/** A run of bytes of a message, with a meaning. */
export interface MessageField {
  /** Its name in AWS's description of the message format: "keyProviderId". */
  name: string;
  offset: number;
  length: number;
  /** What it says, bytes in hexadecimal; null for content. */
  value: { number: number } | { text: string } | { bytes: string } | null;
}

/** What a message says to whoever has no key for it. None of it is verified. */
export interface MessageInspection {
  length: number;
  suite: {
    id: number;
    name: string;
    version: number;
    encryption: string;
    keyDerivation: string | null;
    keyCommitment: boolean;
    signature: string | null;
  } | null;
  /** The fields of the header, one after the other. */
  header: MessageField[];
  context: EncryptionContext;
  encryptedDataKeys: {
    providerId: string;
    keyArn: string | null;
    keyName: string | null;
    ciphertextLength: number;
  }[];
  /** Frame n begins at `offset + (n - 1) * stride`. */
  frames: {
    frameLength: number | null;
    offset: number;
    stride: number;
    count: number;
    plaintextLength: number;
    first: MessageField[];
    last: MessageField[];
  } | null;
  footer: MessageField[];
  /** Bytes after the end of the message. */
  trailing: number;
  /** Why it could not be read to its end, and up to where it was. */
  problem: { offset: number; error: { code: string; message: string; frame?: number } } | null;
}

/** What a message holds, all of which has verified. */
export interface VerifiedFile {
  /** Bytes of plaintext. */
  plaintextLength: number;
  encryptionContext: EncryptionContext;
}

/** A decrypted file. */
export interface DecryptedFile {
  plaintext: Uint8Array;
  encryptionContext: EncryptionContext;
}
"#;

#[wasm_bindgen(typescript_custom_section)]
const OPERATIONS: &str = r#"
/** The operations of the service. */
export interface Waxseal {
  cancelKeyDeletion(input: CancelKeyDeletionInput): Promise<CancelKeyDeletionOutput>;
  connectCustomKeyStore(input: ConnectCustomKeyStoreInput): Promise<Nothing>;
  createAlias(input: CreateAliasInput): Promise<Nothing>;
  createCustomKeyStore(input: CreateCustomKeyStoreInput): Promise<CreateCustomKeyStoreOutput>;
  createGrant(input: CreateGrantInput): Promise<CreateGrantOutput>;
  createKey(input?: CreateKeyInput): Promise<CreateKeyOutput>;
  decapsulate(input: DecapsulateInput): Promise<DecapsulateOutput>;
  decrypt(input?: DecryptInput): Promise<DecryptOutput>;
  deleteAlias(input: DeleteAliasInput): Promise<Nothing>;
  deleteCustomKeyStore(input: DeleteCustomKeyStoreInput): Promise<Nothing>;
  deleteImportedKeyMaterial(input: DeleteImportedKeyMaterialInput): Promise<DeleteImportedKeyMaterialOutput>;
  deriveSharedSecret(input: DeriveSharedSecretInput): Promise<DeriveSharedSecretOutput>;
  describeCustomKeyStores(input?: DescribeCustomKeyStoresInput): Promise<DescribeCustomKeyStoresOutput>;
  describeKey(input: DescribeKeyInput): Promise<DescribeKeyOutput>;
  disableKey(input: DisableKeyInput): Promise<Nothing>;
  disableKeyRotation(input: DisableKeyRotationInput): Promise<Nothing>;
  disconnectCustomKeyStore(input: DisconnectCustomKeyStoreInput): Promise<Nothing>;
  enableKey(input: EnableKeyInput): Promise<Nothing>;
  enableKeyRotation(input: EnableKeyRotationInput): Promise<Nothing>;
  encapsulate(input: EncapsulateInput): Promise<EncapsulateOutput>;
  encrypt(input: EncryptInput): Promise<EncryptOutput>;
  generateDataKey(input: GenerateDataKeyInput): Promise<GenerateDataKeyOutput>;
  generateDataKeyPair(input: GenerateDataKeyPairInput): Promise<GenerateDataKeyPairOutput>;
  generateDataKeyPairWithoutPlaintext(input: GenerateDataKeyPairWithoutPlaintextInput): Promise<GenerateDataKeyPairWithoutPlaintextOutput>;
  generateDataKeyWithoutPlaintext(input: GenerateDataKeyWithoutPlaintextInput): Promise<GenerateDataKeyWithoutPlaintextOutput>;
  generateMac(input: GenerateMacInput): Promise<GenerateMacOutput>;
  generateRandom(input?: GenerateRandomInput): Promise<GenerateRandomOutput>;
  getKeyLastUsage(input: GetKeyLastUsageInput): Promise<GetKeyLastUsageOutput>;
  getKeyPolicy(input: GetKeyPolicyInput): Promise<GetKeyPolicyOutput>;
  getKeyRotationStatus(input: GetKeyRotationStatusInput): Promise<GetKeyRotationStatusOutput>;
  getParametersForImport(input: GetParametersForImportInput): Promise<GetParametersForImportOutput>;
  getPublicKey(input: GetPublicKeyInput): Promise<GetPublicKeyOutput>;
  importKeyMaterial(input: ImportKeyMaterialInput): Promise<ImportKeyMaterialOutput>;
  listAliases(input?: ListAliasesInput): Promise<ListAliasesOutput>;
  listGrants(input: ListGrantsInput): Promise<ListGrantsOutput>;
  listKeyPolicies(input: ListKeyPoliciesInput): Promise<ListKeyPoliciesOutput>;
  listKeyRotations(input: ListKeyRotationsInput): Promise<ListKeyRotationsOutput>;
  listKeys(input?: ListKeysInput): Promise<ListKeysOutput>;
  listResourceTags(input: ListResourceTagsInput): Promise<ListResourceTagsOutput>;
  listRetirableGrants(input?: ListRetirableGrantsInput): Promise<ListGrantsOutput>;
  putKeyPolicy(input: PutKeyPolicyInput): Promise<Nothing>;
  reEncrypt(input: ReEncryptInput): Promise<ReEncryptOutput>;
  replicateKey(input: ReplicateKeyInput): Promise<ReplicateKeyOutput>;
  retireGrant(input?: RetireGrantInput): Promise<Nothing>;
  revokeGrant(input: RevokeGrantInput): Promise<Nothing>;
  rotateKeyOnDemand(input: RotateKeyOnDemandInput): Promise<RotateKeyOnDemandOutput>;
  scheduleKeyDeletion(input: ScheduleKeyDeletionInput): Promise<ScheduleKeyDeletionOutput>;
  sign(input: SignInput): Promise<SignOutput>;
  tagResource(input: TagResourceInput): Promise<Nothing>;
  untagResource(input: UntagResourceInput): Promise<Nothing>;
  updateAlias(input: UpdateAliasInput): Promise<Nothing>;
  updateCustomKeyStore(input: UpdateCustomKeyStoreInput): Promise<Nothing>;
  updateKeyDescription(input: UpdateKeyDescriptionInput): Promise<Nothing>;
  updatePrimaryRegion(input: UpdatePrimaryRegionInput): Promise<Nothing>;
  verify(input: VerifyInput): Promise<VerifyOutput>;
  verifyMac(input: VerifyMacInput): Promise<VerifyMacOutput>;
}
"#;

/// The name of every operation. The package makes a method of each.
#[wasm_bindgen(js_name = operationNames, skip_typescript)]
pub fn operation_names() -> Vec<String> {
    operations::NAMES.iter().copied().map(str::to_owned).collect()
}

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
    #[serde(default)]
    quotas: bool,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EncryptFileOptions {
    key_id: String,
    #[serde(default)]
    key_ids: Vec<String>,
    suite: Option<serde_json::Value>,
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
            if options.is_undefined() { OpenOptions::default() } else { value::read(&options)? };
        let (store, world) = (options.store.as_deref(), options.world.as_deref().unwrap_or("module"));
        let store = AnyStore::open(store.unwrap_or("memory"), world).await.map_err(|e| thrown(&e.into()))?;
        let surroundings = Surroundings {
            clock: Box::new(browser::now),
            entropy: Box::new(crate::entropy),
            key_pair: Box::new(browser::rsa_key_pair),
            quotas: options.quotas.then(Default::default),
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

    /// Calls any operation by name, with JavaScript values in and out. The methods of the operations do this.
    #[wasm_bindgen(unchecked_return_type = "any")]
    pub async fn operate(
        &self,
        operation: String,
        #[wasm_bindgen(unchecked_optional_param_type = "object")] input: JsValue,
    ) -> Result<JsValue, JsValue> {
        let input = if input.is_undefined() { Object::new().into() } else { input };
        let output = self.call(operation, value::to_wire(&input)?.to_string()).await?;
        value::from_wire(&output)
    }

    /// Encrypts a file's bytes as an AWS Encryption SDK message. It is the beginning of `into`, where it fits, or else a new
    /// array.
    #[wasm_bindgen(js_name = encryptFile)]
    pub async fn encrypt_file(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Uint8Array | Blob")] file: JsValue,
        #[wasm_bindgen(unchecked_param_type = "EncryptFileOptions")] options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Uint8Array")] into: JsValue,
    ) -> Result<Uint8Array, JsValue> {
        let options: EncryptFileOptions = value::read(&options)?;
        let mut key_ids = vec![options.key_id];
        key_ids.extend(options.key_ids);
        let job = Job::Encrypt(EncryptOptions {
            key_ids,
            context: options.encryption_context,
            frame_length: options.frame_length,
            suite: options.suite.map(|suite| suite_id(&suite)).transpose()?,
            pack: Vec::new(),
        });
        let (bytes, _) = self.run(job, file, into).await?;
        Ok(bytes)
    }

    /// Verifies and decrypts an AWS Encryption SDK message. The plaintext is the beginning of `into`, where it fits, or else a
    /// new array. After a failure there is nothing in it.
    #[wasm_bindgen(js_name = decryptFile, unchecked_return_type = "DecryptedFile")]
    pub async fn decrypt_file(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Uint8Array | Blob")] message: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DecryptFileOptions")] options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Uint8Array")] into: JsValue,
    ) -> Result<JsValue, JsValue> {
        let (bytes, report) = self.run(Job::Decrypt(decrypt_options(&options)?), message, into).await?;
        let result = Object::new();
        Reflect::set(&result, &"plaintext".into(), &bytes)?;
        Reflect::set(&result, &"encryptionContext".into(), &value::context(&report.context))?;
        Ok(result.into())
    }

    /// Verifies an AWS Encryption SDK message as `decryptFile` does, with the same errors, and keeps nothing of it.
    #[wasm_bindgen(js_name = verifyFile, unchecked_return_type = "VerifiedFile")]
    pub async fn verify_file(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Uint8Array | Blob")] message: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "DecryptFileOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let job = Job::Verify(decrypt_options(&options)?);
        let (_, report) = self.run(job, message, JsValue::UNDEFINED).await?;
        let result = Object::new();
        Reflect::set(&result, &"plaintextLength".into(), &(report.output_length as f64).into())?;
        Reflect::set(&result, &"encryptionContext".into(), &value::context(&report.context))?;
        Ok(result.into())
    }

    /// Says what an AWS Encryption SDK message says, field by field, without a key and without verifying it.
    #[wasm_bindgen(js_name = inspectFile, unchecked_return_type = "MessageInspection")]
    pub async fn inspect_file(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Uint8Array | Blob")] message: JsValue,
    ) -> Result<JsValue, JsValue> {
        let (bytes, _) = self.run(Job::Inspect, message, JsValue::UNDEFINED).await?;
        value::from_wire(&String::from_utf8_lossy(&bytes.to_vec()))
    }

    async fn run(&self, job: Job, file: JsValue, into: JsValue) -> Result<(Uint8Array, JobReport), JsValue> {
        let mut running = FileJob::new(String::new(), false, None, Box::new(|_, _| {}));
        let file = Transfer { input: &input(file)?, target: Target::Memory(into.dyn_into().ok()) };
        let result = running.run(&self.world, &Lanes::in_place(), job, file).await;
        let (report, _) = running.finish();
        crate::memory::scrub_stack();
        let output = result.map_err(|failure| thrown(&failure))?;
        Ok((output.value.unchecked_into(), report))
    }
}

fn decrypt_options(options: &JsValue) -> Result<DecryptOptions, JsValue> {
    if options.is_undefined() { Ok(DecryptOptions::default()) } else { value::read(options) }
}

/// The number of a suite that is given by number or by name.
fn suite_id(suite: &serde_json::Value) -> Result<u16, JsValue> {
    let known = match suite.as_str() {
        Some(name) => Suite::named(name),
        None => {
            let id = suite.as_u64().and_then(|id| id.try_into().ok());
            id.map_or_else(|| Suite::named(&suite.to_string()), Suite::to_write)
        }
    };
    known.map(|suite| suite.id).map_err(|error| thrown(&error.into()))
}

/// Bytes or a blob.
fn input(file: JsValue) -> Result<Input, JsValue> {
    if file.is_instance_of::<Blob>() {
        return Ok(Input::Blob(file.unchecked_into()));
    }
    let refused = |_| {
        let message = "Give the file's bytes as a Uint8Array or a Blob.";
        thrown(&LocalError::new(LocalErrorCode::BadRequest, message).into())
    };
    file.dyn_into().map(Input::Bytes).map_err(refused)
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
