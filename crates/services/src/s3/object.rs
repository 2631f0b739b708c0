//! PutObject, GetObject, HeadObject, CopyObject and DeleteObject.

use serde_json::{Map, Value, json};
use waxseal_api::trace::{Item, Role, Step};
use waxseal_crypto::md5;

use super::{Algorithm, Bucket, Object, Protection, protect};
use crate::{
    cx::Cx,
    input::{Input, base64},
    refusal::Refusal,
};

/// The most bytes that an object can have here. With AWS it is 5 GB for one upload.
const LONGEST: usize = 5 << 20;

pub(super) fn write(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let (bucket, key) = (input.need("Bucket")?, input.need("Key")?);
    let place = Bucket::find(cx, bucket, "s3:PutObject", &Object::arn(bucket, key))?;
    let body = input.bytes("Body")?.unwrap_or_default();
    let object = make(cx, *input, &place, key, &body, None)?;
    let mut output = headers(&object);
    if input.text("SSEKMSEncryptionContext").is_some() {
        output.insert(
            "SSEKMSEncryptionContext".to_owned(),
            base64(object.protection.context.to_string().as_bytes()).into(),
        );
    }
    Ok(output.into())
}

pub(super) fn read(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let (bucket, key) = (input.need("Bucket")?, input.need("Key")?);
    let object = find(cx, bucket, key)?;
    let body = protect::unprotect(cx, *input, "", bucket, &object)?;
    let mut output = description(&object);
    output.insert("Body".to_owned(), base64(&body).into());
    Ok(output.into())
}

/// Needs no key but the caller's own. Its refusals have no body, so only the status is told.
pub(super) fn head(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let (bucket, key) = (input.need("Bucket")?, input.need("Key")?);
    let answer = find(cx, bucket, key).and_then(|object| {
        protect::check_customer_key(*input, "", &object.protection)?;
        Ok(description(&object).into())
    });
    answer.map_err(|refusal| match refusal {
        Refusal::Own("NoSuchBucket" | "NoSuchKey", _) => Refusal::new("404", "Not Found"),
        Refusal::Own("AccessDenied", _) | Refusal::Denied(_) => Refusal::new("403", "Forbidden"),
        Refusal::Own(..) => Refusal::new("400", "Bad Request"),
        other => other,
    })
}

pub(super) fn copy(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let (bucket, key) = (input.need("Bucket")?, input.need("Key")?);
    let source = input.need("CopySource")?.trim_start_matches('/');
    let (from_bucket, from_key) = source.split_once('/').ok_or_else(|| {
        Refusal::new(
            "InvalidArgument",
            "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
        )
    })?;
    let source = find(cx, from_bucket, from_key)?;
    let body = protect::unprotect(cx, *input, "CopySource", from_bucket, &source)?;
    cx.place = cx.request.caller.place.clone();
    let place = Bucket::find(cx, bucket, "s3:PutObject", &Object::arn(bucket, key))?;
    let kept = Some(&source).filter(|_| input.text("MetadataDirective") != Some("REPLACE"));
    let object = make(cx, *input, &place, key, &body, kept)?;
    let mut output = headers(&object);
    let e_tag = output.remove("ETag");
    output.remove("Size");
    output
        .insert("CopyObjectResult".to_owned(), json!({"ETag": e_tag, "LastModified": object.last_modified}));
    Ok(output.into())
}

/// An object that is not there is as good as deleted.
pub(super) fn delete(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let (bucket, key) = (input.need("Bucket")?, input.need("Key")?);
    Bucket::find(cx, bucket, "s3:DeleteObject", &Object::arn(bucket, key))?;
    let name = Object::record(bucket, key);
    if cx.state.resource(&name).is_some() {
        cx.delete(&name);
    }
    Ok(json!({}))
}

/// That an object is not there is told only to those who may list the bucket.
fn find(cx: &mut Cx<'_>, bucket: &str, key: &str) -> Result<Object, Refusal> {
    Bucket::find(cx, bucket, "s3:GetObject", &Object::arn(bucket, key))?;
    if let Some(object) = cx.find(&Object::record(bucket, key)) {
        return Ok(object);
    }
    cx.may("s3:ListBucket", &Bucket::arn(bucket))?;
    Err(Refusal::new("NoSuchKey", "The specified key does not exist."))
}

/// Encrypts and stores. What is said of the object is said by the upload, or was said of the source of a copy.
fn make(
    cx: &mut Cx<'_>,
    input: Input<'_>,
    bucket: &Bucket,
    key: &str,
    body: &[u8],
    source: Option<&Object>,
) -> Result<Object, Refusal> {
    if key.len() > 1024 {
        return Err(Refusal::new("KeyTooLongError", "Your key is too long"));
    }
    if body.len() > LONGEST {
        let text = "Your proposed upload exceeds the maximum allowed size, which is 5 MiB here";
        return Err(Refusal::new("EntityTooLarge", text));
    }
    let (protection, data) = protect::protect(cx, input, bucket, key, body)?;
    // Only under S3's own key it is the digest of what was uploaded.
    let digest = if protection.algorithm == Some(Algorithm::S3) { md5(body) } else { md5(data.as_bytes()) };
    let said = input.text("ContentType").unwrap_or("binary/octet-stream");
    let object = Object {
        key: key.to_owned(),
        size: body.len(),
        e_tag: format!("\"{}\"", hex::encode(digest)),
        last_modified: cx.seconds(),
        content_type: source.map_or(said, |source| &source.content_type).to_owned(),
        metadata: source
            .map(|source| &source.metadata)
            .or(input.get("Metadata"))
            .cloned()
            .unwrap_or(json!({})),
        protection,
        data,
    };
    let item = Item::here(Role::Ciphertext, object.data.as_bytes());
    cx.trace.push(Step::Stored { name: format!("{}/{key}", bucket.name), item });
    cx.put(&Object::record(&bucket.name, key), &object, None);
    Ok(object)
}

/// What is told of an object whenever it is spoken of.
fn headers(object: &Object) -> Map<String, Value> {
    let Protection { algorithm, key_arn, bucket_key, customer, .. } = &object.protection;
    let mut all = Map::new();
    let mut say = |name: &str, value: Value| _ = all.insert(name.to_owned(), value);
    say("ETag", object.e_tag.clone().into());
    if let Some(proof) = customer {
        say("SSECustomerAlgorithm", "AES256".into());
        say("SSECustomerKeyMD5", proof.md5.clone().into());
        return all;
    }
    say("ServerSideEncryption", json!(algorithm));
    if let Some(key_arn) = key_arn {
        say("SSEKMSKeyId", key_arn.clone().into());
    }
    if *bucket_key {
        say("BucketKeyEnabled", true.into());
    }
    all
}

fn description(object: &Object) -> Map<String, Value> {
    let mut all = headers(object);
    let mut say = |name: &str, value: Value| _ = all.insert(name.to_owned(), value);
    say("AcceptRanges", "bytes".into());
    say("LastModified", object.last_modified.into());
    say("ContentLength", object.size.into());
    say("ContentType", object.content_type.clone().into());
    say("Metadata", object.metadata.clone());
    all
}
