//! Encrypting and decrypting what is in an object.

use serde_json::{Map, Value};
use waxseal_api::Blob;
use waxseal_crypto::WrappingKey;

use super::{
    Algorithm, Bucket, Encryption, Object, Protection, bucket_key,
    customer_key::{self, Proof},
};
use crate::{cx::Cx, input::Input, refusal::Refusal, seal};

const MANAGED: &str = "s3";
/// Names of S3's own keys.
const OWN: &str = "objects";
const SECOND_LAYER: &str = "second layer";

/// Encrypts an object's bytes as its upload asks, or as its bucket does.
pub(super) fn protect(
    cx: &mut Cx<'_>,
    input: Input<'_>,
    bucket: &Bucket,
    key: &str,
    plaintext: &[u8],
) -> Result<(Protection, Blob), Refusal> {
    let arn = Object::arn(&bucket.name, key);
    if let Some(given) = customer_key::given(input, "")? {
        if !bucket.customer_keys {
            let text =
                "Server-side encryption with customer-provided keys (SSE-C) is blocked for this bucket";
            return Err(Refusal::new("AccessDenied", text));
        }
        let customer = Some(Proof::of(cx, &given));
        let data = cx.seal(&given, &arn, plaintext)?;
        return Ok((Protection { customer, ..Protection::default() }, data));
    }
    let encryption = Encryption::of_upload(input, bucket)?;
    let context = given_context(input)?;
    let (data_key, mut protection) = match encryption.algorithm {
        Algorithm::S3 => wrapped(cx, &arn, None)?,
        Algorithm::Kms if encryption.bucket_key => {
            let named = cx.key(encryption.key.as_deref(), MANAGED)?;
            wrapped(cx, &arn, Some((&bucket.name, &named)))?
        }
        Algorithm::Kms | Algorithm::Dual => {
            let named = cx.key(encryption.key.as_deref(), MANAGED)?;
            let made = cx.data_key(&named, &full_context(&context, &arn)?)?;
            let protection = Protection {
                key_arn: Some(made.key_arn),
                encrypted_key: Some(made.blob),
                ..Protection::default()
            };
            (made.key, protection)
        }
    };
    protection.algorithm = Some(encryption.algorithm);
    protection.context = context;
    let mut data = cx.seal(&data_key, &arn, plaintext)?;
    if encryption.algorithm == Algorithm::Dual {
        let own = cx.own_key(SECOND_LAYER)?;
        data = cx.seal(&own, &arn, data.as_bytes())?;
    }
    Ok((protection, data))
}

/// A data key of S3's making, under a bucket key or under S3's own key.
fn wrapped(
    cx: &mut Cx<'_>,
    arn: &str,
    bucket_key: Option<(&str, &str)>,
) -> Result<(WrappingKey, Protection), Refusal> {
    let data_key = seal::key(&cx.random::<32>())?;
    let mut protection = Protection { bucket_key: bucket_key.is_some(), ..Protection::default() };
    let above = match bucket_key {
        None => cx.own_key(OWN)?,
        Some((bucket, named)) => {
            let made = bucket_key::for_writing(cx, bucket, named)?;
            protection.key_arn = Some(made.key_arn);
            protection.encrypted_key = Some(made.blob);
            made.key
        }
    };
    protection.wrapped_key = Some(cx.seal(&above, arn, data_key.expose())?);
    Ok((data_key, protection))
}

/// Decrypts an object's bytes; `prefix` is that of the members with the caller's key.
pub(super) fn unprotect(
    cx: &mut Cx<'_>,
    input: Input<'_>,
    prefix: &str,
    bucket: &str,
    object: &Object,
) -> Result<Vec<u8>, Refusal> {
    let arn = Object::arn(bucket, &object.key);
    let protection = &object.protection;
    if let Some(key) = check_customer_key(input, prefix, protection)? {
        return seal::open(&key, &arn, &object.data);
    }
    let encrypted = protection.encrypted_key.as_ref();
    let data_key = match (&protection.wrapped_key, encrypted) {
        (Some(wrapped), None) => seal::key(&seal::open(&cx.own_key(OWN)?, &arn, wrapped)?)?,
        (Some(wrapped), Some(encrypted)) => {
            let key_arn = protection.key_arn.as_deref().unwrap_or_default();
            let above = bucket_key::for_reading(cx, bucket, encrypted, key_arn)?;
            seal::key(&seal::open(&above, &arn, wrapped)?)?
        }
        (None, Some(encrypted)) => cx.open_data_key(encrypted, &full_context(&protection.context, &arn)?)?,
        (None, None) => return Err(Refusal::new("InternalError", "The object's key is lost.")),
    };
    if protection.algorithm == Some(Algorithm::Dual) {
        let outer = seal::open(&cx.own_key(SECOND_LAYER)?, &arn, &object.data)?;
        return seal::open(&data_key, &arn, &outer.into());
    }
    seal::open(&data_key, &arn, &object.data)
}

/// The caller's key, where the object is under one.
pub(super) fn check_customer_key(
    input: Input<'_>,
    prefix: &str,
    protection: &Protection,
) -> Result<Option<WrappingKey>, Refusal> {
    match (customer_key::given(input, prefix)?, &protection.customer) {
        (None, None) => Ok(None),
        (Some(key), Some(proof)) if proof.fits(&key) => Ok(Some(key)),
        (Some(_), Some(_)) => Err(Refusal::new("AccessDenied", "Access Denied")),
        (None, Some(_)) => {
            let text = "The object was stored using a form of Server Side Encryption. The correct parameters must be \
                        provided to retrieve the object.";
            Err(Refusal::new("InvalidRequest", text))
        }
        (Some(_), None) => {
            let text = "The encryption parameters are not applicable to this object.";
            Err(Refusal::new("InvalidRequest", text))
        }
    }
}

/// What the caller adds to the encryption context: JSON in base64.
fn given_context(input: Input<'_>) -> Result<Value, Refusal> {
    let Some(bytes) = input.bytes("SSEKMSEncryptionContext")? else { return Ok(Value::Null) };
    let context: Option<Map<String, Value>> = serde_json::from_slice(&bytes).ok();
    let context = context.filter(|context| context.values().all(Value::is_string));
    context.map(Value::from).ok_or_else(|| {
        let text = "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON \
                    which represents a string-string map";
        Refusal::new("InvalidArgument", text)
    })
}

/// With what S3 adds: the object's ARN.
fn full_context(given: &Value, arn: &str) -> Result<Value, Refusal> {
    let mut context = given.as_object().cloned().unwrap_or_default();
    let own = context.entry("aws:s3:arn").or_insert_with(|| arn.into());
    if own != arn {
        let text = "The encryption context's aws:s3:arn is not the object's ARN";
        return Err(Refusal::new("InvalidArgument", text));
    }
    Ok(context.into())
}
