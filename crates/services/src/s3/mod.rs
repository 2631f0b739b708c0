//! Amazon S3: buckets and the objects in them, each encrypted.
//! See "Protecting data with server-side encryption" in the Amazon S3 user guide.

mod bucket;
mod bucket_key;
mod customer_key;
mod encryption;
mod list;
mod object;
mod protect;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use waxseal_api::{AccountId, Blob, Region};

use crate::{Run, cx::Cx, refusal::Refusal};

use self::encryption::{Algorithm, Encryption};

/// An operation by its name.
pub(crate) fn find(operation: &str) -> Option<Run> {
    Some(match operation {
        "CopyObject" => object::copy,
        "CreateBucket" => bucket::create,
        "DeleteBucket" => bucket::delete,
        "DeleteObject" => object::delete,
        "GetBucketEncryption" => encryption::read,
        "GetObject" => object::read,
        "HeadObject" => object::head,
        "ListBuckets" => bucket::list,
        "ListObjectsV2" => list::objects,
        "PutBucketEncryption" => encryption::write,
        "PutObject" => object::write,
        _ => return None,
    })
}

/// A bucket.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bucket {
    name: String,
    account: AccountId,
    region: Region,
    /// Seconds.
    created: i64,
    /// What its objects get when their upload says nothing.
    encryption: Encryption,
    /// Whether uploads may bring their own key.
    customer_keys: bool,
}

/// An object.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Object {
    key: String,
    /// Of its plaintext.
    size: usize,
    e_tag: String,
    /// Seconds.
    last_modified: i64,
    content_type: String,
    metadata: Value,
    protection: Protection,
    /// The ciphertext.
    data: Blob,
}

/// How an object is encrypted, and by what its key is found again.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Protection {
    /// None: under a key that the caller has.
    algorithm: Option<Algorithm>,
    key_arn: Option<String>,
    /// What KMS has made: the object's data key, or the bucket key.
    encrypted_key: Option<Blob>,
    bucket_key: bool,
    /// The data key under a bucket key or under S3's own key.
    wrapped_key: Option<Blob>,
    /// What the caller has added to the encryption context.
    context: Value,
    /// What tells whether a caller's key is the one that was used.
    customer: Option<customer_key::Proof>,
}

impl Bucket {
    fn record(name: &str) -> String {
        format!("s3/bucket/{name}")
    }

    fn arn(name: &str) -> String {
        format!("arn:aws:s3:::{name}")
    }

    /// A bucket of the caller's account, and permission to do something to it. The call works in its Region from then on.
    fn find(cx: &mut Cx<'_>, name: &str, action: &str, resource: &str) -> Result<Self, Refusal> {
        let bucket: Option<Self> = cx.find(&Self::record(name));
        let bucket =
            bucket.ok_or_else(|| Refusal::new("NoSuchBucket", "The specified bucket does not exist"))?;
        cx.may(action, resource)?;
        if bucket.account != cx.place.account {
            return Err(Refusal::new("AccessDenied", "Access Denied"));
        }
        cx.place.region = bucket.region.clone();
        Ok(bucket)
    }
}

impl Object {
    fn record(bucket: &str, key: &str) -> String {
        format!("s3/object/{bucket}/{key}")
    }

    fn arn(bucket: &str, key: &str) -> String {
        format!("{}/{key}", Bucket::arn(bucket))
    }
}
