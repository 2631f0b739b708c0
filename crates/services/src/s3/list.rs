//! ListObjectsV2.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Bucket, Object};
use crate::{
    cx::{Cx, read},
    input::Input,
    refusal::Refusal,
};

/// So many at once.
const MOST: i64 = 1000;

/// Keys in order, those below a common prefix as one.
pub(super) fn objects(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let name = input.need("Bucket")?;
    Bucket::find(cx, name, "s3:ListBucket", &Bucket::arn(name))?;
    let prefix = input.text("Prefix").unwrap_or_default();
    let delimiter = input.text("Delimiter").filter(|delimiter| !delimiter.is_empty());
    let most = input.number("MaxKeys").unwrap_or(MOST).clamp(0, MOST) as usize;
    let after = input.text("ContinuationToken").or(input.text("StartAfter")).unwrap_or_default();
    let below = Object::record(name, prefix);
    let keys =
        cx.state.resources(&below).filter_map(read::<Object>).filter(|object| object.key.as_str() > after);
    let (mut contents, mut common, mut last, mut more) = (Vec::new(), BTreeSet::new(), String::new(), false);
    for object in keys {
        let group = delimiter.and_then(|delimiter| {
            let end = object.key[prefix.len()..].find(delimiter)? + prefix.len() + delimiter.len();
            Some(object.key[..end].to_owned())
        });
        if group.as_ref().is_some_and(|group| common.contains(group) || after.starts_with(group.as_str())) {
            continue;
        }
        if contents.len() + common.len() == most {
            more = most > 0;
            break;
        }
        match group {
            Some(group) => {
                last.clone_from(&group);
                common.insert(group);
            }
            None => {
                last.clone_from(&object.key);
                contents.push(entry(&object));
            }
        }
    }
    let count = contents.len() + common.len();
    let common: Vec<Value> = common.iter().map(|prefix| json!({"Prefix": prefix})).collect();
    Ok(json!({
        "Contents": Some(contents).filter(|list| !list.is_empty()),
        "CommonPrefixes": Some(common).filter(|list| !list.is_empty()),
        "Name": name,
        "Prefix": prefix,
        "Delimiter": delimiter,
        "MaxKeys": most,
        "KeyCount": count,
        "IsTruncated": more,
        "ContinuationToken": input.text("ContinuationToken"),
        "NextContinuationToken": more.then_some(last),
    }))
}

fn entry(object: &Object) -> Value {
    json!({
        "Key": object.key,
        "LastModified": object.last_modified,
        "ETag": object.e_tag,
        "Size": object.size,
        "StorageClass": "STANDARD",
    })
}
