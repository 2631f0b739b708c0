//! Bucket keys: one key from KMS that serves many objects for a while.
//! See "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys" in the Amazon S3 user guide.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use waxseal_api::{Blob, Secret};
use waxseal_crypto::{WrappingKey, sha256};

use super::Bucket;
use crate::{
    cx::{Cx, DataKey, read},
    refusal::Refusal,
    seal,
};

/// For so many seconds S3 keeps a bucket key. How long it really is, AWS does not say.
const LIFETIME: i64 = 300;

/// What is told of a bucket key that S3 keeps. Each requester has its own, so that KMS is asked about each of them, and for
/// writing and for reading.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    encrypted_key: Blob,
    key_arn: String,
    /// How the upload named the KMS key; nothing for a bucket key that was fetched for reading.
    named: Option<String>,
    /// Seconds.
    until: i64,
}

/// The bucket key for an upload.
pub(super) fn for_writing(cx: &mut Cx<'_>, bucket: &str, key: &str) -> Result<DataKey, Refusal> {
    let kept = find(cx, bucket, |kept| kept.named.as_deref() == Some(key));
    if let Some((kept, key)) = kept {
        return Ok(DataKey { key, blob: kept.encrypted_key, key_arn: kept.key_arn });
    }
    let made = cx.data_key(key, &context(bucket))?;
    keep(cx, bucket, &made, Some(key));
    Ok(made)
}

/// The bucket key of an object that is read.
pub(super) fn for_reading(
    cx: &mut Cx<'_>,
    bucket: &str,
    encrypted_key: &Blob,
    key_arn: &str,
) -> Result<WrappingKey, Refusal> {
    let kept = find(cx, bucket, |kept| kept.named.is_none() && kept.encrypted_key == *encrypted_key);
    if let Some((_, key)) = kept {
        return Ok(key);
    }
    let key = cx.open_data_key(encrypted_key, &context(bucket))?;
    let opened = DataKey { key, blob: encrypted_key.clone(), key_arn: key_arn.to_owned() };
    keep(cx, bucket, &opened, None);
    Ok(opened.key)
}

/// What KMS is told that a bucket key belongs to.
fn context(bucket: &str) -> Value {
    json!({"aws:s3:arn": Bucket::arn(bucket)})
}

fn find(cx: &Cx<'_>, bucket: &str, fits: impl Fn(&Kept) -> bool) -> Option<(Kept, WrappingKey)> {
    let now = cx.seconds();
    cx.state.resources(&prefix(cx, bucket)).find_map(|record| {
        let kept = read::<Kept>(record).filter(|kept| now < kept.until && fits(kept))?;
        Some((kept, seal::key(record.secret.as_ref()?.expose()).ok()?))
    })
}

/// Keeps a bucket key, and drops those of the requester that are past.
fn keep(cx: &mut Cx<'_>, bucket: &str, made: &DataKey, named: Option<&str>) {
    let (now, prefix) = (cx.seconds(), prefix(cx, bucket));
    let past = |kept: Option<Kept>| kept.is_none_or(|kept| kept.until <= now);
    let records = cx.state.resources(&prefix);
    let old: Vec<String> = records.filter(|it| past(read(it))).map(|it| it.name.clone()).collect();
    let use_for = if named.is_some() { "write" } else { "read" };
    let name = format!("{prefix}{use_for}-{}", hex::encode(&sha256(&[made.blob.as_bytes()])[..8]));
    old.iter().filter(|old| **old != name).for_each(|old| cx.delete(old));
    let kept = Kept {
        encrypted_key: made.blob.clone(),
        key_arn: made.key_arn.clone(),
        named: named.map(str::to_owned),
        until: now + LIFETIME,
    };
    cx.put(&name, &kept, Some(Secret::from(made.key.expose())));
}

/// The bucket keys of one requester.
fn prefix(cx: &Cx<'_>, bucket: &str) -> String {
    format!("s3/key/{bucket}/{}/", cx.requester())
}
