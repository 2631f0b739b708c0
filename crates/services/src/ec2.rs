//! Amazon EC2, for the volumes of Elastic Block Store: a volume is made under a data key that only the host of an instance
//! opens, by a grant. See "How Amazon EBS uses AWS KMS" in the AWS KMS developer guide.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use waxseal_api::{Blob, Place};
use waxseal_kms::{Caller, Principal};

use crate::{
    Run,
    cx::{Cx, bytes, read},
    input::{Input, base64},
    refusal::Refusal,
};

/// The role of the hosts that instances run on.
const HOST_ROLE: &str = "aws:ec2-infrastructure";

/// An operation by its name.
pub(crate) fn find(operation: &str) -> Option<Run> {
    Some(match operation {
        "AttachVolume" => attach,
        "CreateVolume" => create,
        "DeleteVolume" => delete,
        "DescribeVolumes" => describe,
        "DetachVolume" => detach,
        _ => return None,
    })
}

/// A volume.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Volume {
    id: String,
    place: Place,
    zone: String,
    size: i64,
    kind: String,
    /// Seconds.
    created: i64,
    /// Of an encrypted one.
    key_arn: Option<String>,
    encrypted_key: Option<Blob>,
    attachment: Option<Attachment>,
}

/// Where a volume is in use.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attachment {
    instance: String,
    device: String,
    /// Seconds.
    since: i64,
    /// By which the host opens the data key, which it then has in its memory.
    grant: Option<String>,
}

fn create(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let zone = input.text("AvailabilityZone").ok_or_else(|| missing("AvailabilityZone"))?;
    let id = format!("vol-0{}", &hex::encode(cx.random::<8>()));
    cx.may("ec2:CreateVolume", &arn(cx, &id))?;
    if !zone.starts_with(cx.place.region.as_str()) || zone.len() == cx.place.region.as_str().len() {
        let text = format!("The zone '{zone}' does not exist.");
        return Err(Refusal::new("InvalidZone.NotFound", text));
    }
    let key = input.text("KmsKeyId");
    let encrypted = input.flag("Encrypted") == Some(true);
    if key.is_some() && !encrypted {
        let text = "The parameter KmsKeyId requires the parameter Encrypted to be set.";
        return Err(Refusal::new("InvalidParameterDependency", text));
    }
    let mut volume = Volume {
        id: id.clone(),
        place: cx.place.clone(),
        zone: zone.to_owned(),
        size: input.number("Size").ok_or_else(|| missing("Size"))?,
        kind: input.text("VolumeType").unwrap_or("gp2").to_owned(),
        created: cx.seconds(),
        key_arn: None,
        encrypted_key: None,
        attachment: None,
    };
    if encrypted {
        let key = cx.key(key, "ebs")?;
        let body = json!({"KeyId": key, "NumberOfBytes": 64, "EncryptionContext": context(&id)});
        let made = cx.kms("GenerateDataKeyWithoutPlaintext", body)?;
        volume.key_arn = made["KeyId"].as_str().map(str::to_owned);
        volume.encrypted_key = Some(bytes(&made["CiphertextBlob"]).into());
    }
    cx.put(&record(&id), &volume, None);
    Ok(told(&volume, "creating"))
}

/// The caller grants the host the use of the key for this volume, and the host opens the volume's data key.
fn attach(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let instance = input.text("InstanceId").ok_or_else(|| missing("InstanceId"))?;
    let mut volume = on_volume(cx, input, "ec2:AttachVolume")?;
    let hexadecimal = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_hexdigit());
    if !instance.strip_prefix("i-").is_some_and(hexadecimal) {
        let text = format!("Invalid id: \"{instance}\"");
        return Err(Refusal::new("InvalidInstanceID.Malformed", text));
    }
    if volume.attachment.is_some() {
        let text = format!("{} is already attached to an instance", volume.id);
        return Err(Refusal::new("VolumeInUse", text));
    }
    let grant = match (&volume.key_arn, &volume.encrypted_key) {
        (Some(key_arn), Some(encrypted_key)) => Some(open(cx, &volume.id, key_arn, encrypted_key, instance)?),
        _ => None,
    };
    let device = input.text("Device").ok_or_else(|| missing("Device"))?.to_owned();
    let attachment = Attachment { instance: instance.to_owned(), device, since: cx.seconds(), grant };
    let output = attached(&volume.id, &attachment, "attaching");
    volume.attachment = Some(attachment);
    cx.put(&record(&volume.id), &volume, None);
    Ok(output)
}

/// Returns the grant's ID.
fn open(
    cx: &mut Cx<'_>,
    volume: &str,
    key_arn: &str,
    encrypted_key: &Blob,
    instance: &str,
) -> Result<String, Refusal> {
    let host = Principal::Session {
        account: cx.place.account.clone(),
        path: "/".to_owned(),
        role: HOST_ROLE.to_owned(),
        session: instance.to_owned(),
    };
    let terms = json!({
        "KeyId": key_arn,
        "GranteePrincipal": host.arn(),
        "RetiringServicePrincipal": "ec2.amazonaws.com",
        "Operations": ["Decrypt"],
        "Constraints": {"EncryptionContextSubset": context(volume)},
    });
    let granted = cx.kms("CreateGrant", terms)?;
    let body =
        json!({"CiphertextBlob": base64(encrypted_key.as_bytes()), "EncryptionContext": context(volume)});
    let place = cx.place.clone();
    let via = Some(format!("ec2.{}.amazonaws.com", place.region));
    cx.kms_as(Caller { place, principal: host, via }, "Decrypt", body)?;
    Ok(granted["GrantId"].as_str().unwrap_or_default().to_owned())
}

/// The host forgets the key, and nobody needs the grant any more.
fn detach(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let mut volume = on_volume(cx, input, "ec2:DetachVolume")?;
    let Some(attachment) = volume.attachment.take() else {
        let text = format!("Volume '{}' is in the 'available' state.", volume.id);
        return Err(Refusal::new("IncorrectState", text));
    };
    if let (Some(key_arn), Some(grant)) = (&volume.key_arn, &attachment.grant) {
        cx.retire(key_arn, grant);
    }
    cx.put(&record(&volume.id), &volume, None);
    Ok(attached(&volume.id, &attachment, "detaching"))
}

fn delete(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let volume = on_volume(cx, input, "ec2:DeleteVolume")?;
    if let Some(attachment) = &volume.attachment {
        let text = format!("Volume {} is currently attached to {}", volume.id, attachment.instance);
        return Err(Refusal::new("VolumeInUse", text));
    }
    cx.delete(&record(&volume.id));
    Ok(json!({}))
}

fn describe(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    cx.may("ec2:DescribeVolumes", "*")?;
    let wanted: Vec<&str> = input.list("VolumeIds").filter_map(Value::as_str).collect();
    let own = cx.state.resources("ec2/volume/").filter_map(read::<Volume>).filter(|it| it.place == cx.place);
    let volumes: Vec<Volume> =
        own.filter(|it| wanted.is_empty() || wanted.contains(&it.id.as_str())).collect();
    if let Some(id) = wanted.iter().find(|id| !volumes.iter().any(|volume| volume.id == **id)) {
        return Err(no_volume(id));
    }
    let state = |it: &Volume| if it.attachment.is_some() { "in-use" } else { "available" };
    Ok(json!({"Volumes": volumes.iter().map(|it| told(it, state(it))).collect::<Vec<_>>()}))
}

/// A volume that is there, and permission to do something to it.
fn on_volume(cx: &mut Cx<'_>, input: &Input<'_>, action: &str) -> Result<Volume, Refusal> {
    let id = input.text("VolumeId").ok_or_else(|| missing("VolumeId"))?;
    cx.may(action, &arn(cx, id))?;
    let volume: Option<Volume> = cx.find(&record(id));
    volume.filter(|volume| volume.place == cx.place).ok_or_else(|| no_volume(id))
}

fn no_volume(id: &str) -> Refusal {
    Refusal::new("InvalidVolume.NotFound", format!("The volume '{id}' does not exist."))
}

fn missing(member: &str) -> Refusal {
    Refusal::new("MissingParameter", format!("The request must contain the parameter {member}"))
}

fn context(volume: &str) -> Value {
    json!({"aws:ebs:id": volume})
}

fn record(id: &str) -> String {
    format!("ec2/volume/{id}")
}

fn arn(cx: &Cx<'_>, id: &str) -> String {
    cx.arn("ec2", &format!("volume/{id}"))
}

fn told(volume: &Volume, state: &str) -> Value {
    let attachment = volume.attachment.iter().map(|it| attached(&volume.id, it, "attached"));
    json!({
        "AvailabilityZone": volume.zone,
        "Attachments": attachment.collect::<Vec<_>>(),
        "CreateTime": volume.created,
        "Encrypted": volume.key_arn.is_some(),
        "KmsKeyId": volume.key_arn,
        "Size": volume.size,
        "State": state,
        "VolumeId": volume.id,
        "VolumeType": volume.kind,
    })
}

fn attached(volume: &str, attachment: &Attachment, state: &str) -> Value {
    json!({
        "AttachTime": attachment.since,
        "Device": attachment.device,
        "InstanceId": attachment.instance,
        "State": state,
        "VolumeId": volume,
    })
}
