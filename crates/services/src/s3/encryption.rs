//! What encryption an object is to have: what its upload says, or else what its bucket says.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Bucket;
use crate::{cx::Cx, input::Input, refusal::Refusal};

/// How S3 encrypts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum Algorithm {
    /// SSE-S3: under a key of S3's own.
    #[default]
    #[serde(rename = "AES256")]
    S3,
    /// SSE-KMS: under a KMS key.
    #[serde(rename = "aws:kms")]
    Kms,
    /// DSSE-KMS: under a KMS key, and then under one of S3's own.
    #[serde(rename = "aws:kms:dsse")]
    Dual,
}

/// What an object is to be encrypted with.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Encryption {
    pub(super) algorithm: Algorithm,
    /// As it was named. None: the AWS managed key.
    pub(super) key: Option<String>,
    /// Whether one key from KMS is to serve many objects.
    pub(super) bucket_key: bool,
}

impl Algorithm {
    fn read(text: &str) -> Result<Self, Refusal> {
        serde_json::from_value(text.into()).map_err(|_| {
            let text = "The encryption method specified is not supported";
            Refusal::new("InvalidEncryptionAlgorithmError", text)
        })
    }
}

impl Encryption {
    /// What an upload asks for.
    pub(super) fn of_upload(input: Input<'_>, bucket: &Bucket) -> Result<Self, Refusal> {
        let mut encryption = bucket.encryption.clone();
        if let Some(algorithm) = input.text("ServerSideEncryption") {
            let bucket_key = encryption.bucket_key;
            encryption = Self { algorithm: Algorithm::read(algorithm)?, key: None, bucket_key };
        }
        if let Some(key) = input.text("SSEKMSKeyId") {
            if input.text("ServerSideEncryption").is_none_or(|algorithm| algorithm == "AES256") {
                let text = "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption \
                            : aws:kms";
                return Err(Refusal::new("InvalidArgument", text));
            }
            encryption.key = Some(key.to_owned());
        }
        if let Some(bucket_key) = input.flag("BucketKeyEnabled") {
            encryption.bucket_key = bucket_key;
        }
        // There are bucket keys for one layer only.
        encryption.bucket_key &= encryption.algorithm == Algorithm::Kms;
        Ok(encryption)
    }
}

/// PutBucketEncryption. Whether the key can be used turns out at the first upload, as with AWS.
pub(super) fn write(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let name = input.need("Bucket")?;
    let mut bucket = Bucket::find(cx, name, "s3:PutEncryptionConfiguration", &Bucket::arn(name))?;
    let malformed = || {
        Refusal::new(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema",
        )
    };
    let configuration = input.part("ServerSideEncryptionConfiguration").ok_or_else(malformed)?;
    let rules: Vec<&Value> = configuration.list("Rules").collect();
    let [rule] = rules[..] else { return Err(malformed()) };
    let rule = Input(rule);
    if let Some(default) = rule.part("ApplyServerSideEncryptionByDefault") {
        let algorithm = Algorithm::read(default.need("SSEAlgorithm")?)?;
        let key = default.text("KMSMasterKeyID").map(str::to_owned);
        if algorithm == Algorithm::S3 && key.is_some() {
            let text = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse";
            return Err(Refusal::new("InvalidArgument", text));
        }
        bucket.encryption = Encryption { algorithm, key, bucket_key: false };
    }
    bucket.encryption.bucket_key = rule.flag("BucketKeyEnabled") == Some(true);
    if let Some(blocked) = rule.part("BlockedEncryptionTypes") {
        bucket.customer_keys = !blocked.list("EncryptionType").any(|kind| kind == "SSE-C");
    }
    cx.put(&Bucket::record(name), &bucket, None);
    Ok(json!({}))
}

/// GetBucketEncryption.
pub(super) fn read(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let name = input.need("Bucket")?;
    let bucket = Bucket::find(cx, name, "s3:GetEncryptionConfiguration", &Bucket::arn(name))?;
    let Encryption { algorithm, key, bucket_key } = bucket.encryption;
    let blocked = if bucket.customer_keys { "NONE" } else { "SSE-C" };
    Ok(json!({"ServerSideEncryptionConfiguration": {"Rules": [{
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm, "KMSMasterKeyID": key},
        "BucketKeyEnabled": bucket_key,
        "BlockedEncryptionTypes": {"EncryptionType": [blocked]},
    }]}}))
}
