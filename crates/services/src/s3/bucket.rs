//! CreateBucket, ListBuckets and DeleteBucket.

use serde_json::{Value, json};

use super::{Bucket, encryption::Encryption};
use crate::{
    cx::{Cx, read},
    input::Input,
    refusal::Refusal,
};

/// The Region that has no location constraint.
const FIRST_REGION: &str = "us-east-1";

pub(super) fn create(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let name = input.need("Bucket")?;
    cx.may("s3:CreateBucket", &Bucket::arn(name))?;
    check_name(name)?;
    let (account, region) = (cx.place.account.clone(), cx.place.region.clone());
    let configuration = input.part("CreateBucketConfiguration");
    check_region(configuration.and_then(|it| it.text("LocationConstraint")), region.as_str())?;
    let location = if region.as_str() == FIRST_REGION {
        format!("/{name}")
    } else {
        format!("http://{name}.s3.amazonaws.com/")
    };
    let output = json!({"Location": location, "BucketArn": Bucket::arn(name)});
    if let Some(there) = cx.find::<Bucket>(&Bucket::record(name)) {
        return match there.account == account {
            true if region.as_str() == FIRST_REGION && there.region == region => Ok(output),
            true => {
                let text =
                    "Your previous request to create the named bucket succeeded and you already own it.";
                Err(Refusal::new("BucketAlreadyOwnedByYou", text))
            }
            false => {
                let text = "The requested bucket name is not available. The bucket namespace is shared by all users of \
                            the system. Please select a different name and try again.";
                Err(Refusal::new("BucketAlreadyExists", text))
            }
        };
    }
    let bucket = Bucket {
        name: name.to_owned(),
        account,
        region,
        created: cx.seconds(),
        encryption: Encryption::default(),
        customer_keys: false,
    };
    cx.put(&Bucket::record(name), &bucket, None);
    Ok(output)
}

pub(super) fn list(cx: &mut Cx<'_>, _input: &Input<'_>) -> Result<Value, Refusal> {
    cx.may("s3:ListAllMyBuckets", "arn:aws:s3:::*")?;
    let all = cx.state.resources("s3/bucket/").filter_map(read::<Bucket>);
    let own = all.filter(|bucket| bucket.account == cx.place.account);
    let entry = |bucket: Bucket| {
        let arn = Bucket::arn(&bucket.name);
        json!({"Name": bucket.name, "CreationDate": bucket.created, "BucketRegion": bucket.region, "BucketArn": arn})
    };
    let buckets: Vec<Value> = own.map(entry).collect();
    Ok(json!({"Buckets": buckets, "Owner": {"ID": cx.owner_id()}}))
}

pub(super) fn delete(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let name = input.need("Bucket")?;
    Bucket::find(cx, name, "s3:DeleteBucket", &Bucket::arn(name))?;
    if cx.state.resources(&format!("s3/object/{name}/")).next().is_some() {
        let text = "The bucket you tried to delete is not empty";
        return Err(Refusal::new("BucketNotEmpty", text));
    }
    cx.forget(&format!("s3/key/{name}/"));
    cx.delete(&Bucket::record(name));
    Ok(json!({}))
}

/// See "General purpose bucket naming rules" in the Amazon S3 user guide.
fn check_name(name: &str) -> Result<(), Refusal> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let fits = (3..=63).contains(&name.len())
        && name.starts_with(plain)
        && name.ends_with(plain)
        && name.chars().all(|c| plain(c) || c == '-' || c == '.')
        && !name.contains("..");
    if fits { Ok(()) } else { Err(Refusal::new("InvalidBucketName", "The specified bucket is not valid.")) }
}

fn check_region(constraint: Option<&str>, region: &str) -> Result<(), Refusal> {
    let fits = match constraint {
        None => region == FIRST_REGION,
        Some(constraint) => constraint == region && region != FIRST_REGION,
    };
    if fits {
        return Ok(());
    }
    let constraint = constraint.unwrap_or("unspecified");
    let text = format!(
        "The {constraint} location constraint is incompatible for the region specific endpoint this request was sent to."
    );
    Err(Refusal::new("IllegalLocationConstraintException", text))
}
