//! AWS Systems Manager Parameter Store: a standard secure string is encrypted by KMS itself, an advanced one under a data key.
//! See "How AWS Systems Manager Parameter Store uses AWS KMS" in the AWS KMS developer guide.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use waxseal_api::Blob;

use crate::{
    Run,
    cx::{Cx, bytes},
    input::{Input, base64},
    refusal::Refusal,
    seal,
};

/// Bytes of a value, by tier.
const STANDARD_LIMIT: usize = 4096;
const ADVANCED_LIMIT: usize = 8192;

/// An operation by its name.
pub(crate) fn find(operation: &str) -> Option<Run> {
    Some(match operation {
        "DeleteParameter" => delete,
        "GetParameter" => get,
        "PutParameter" => put,
        _ => return None,
    })
}

/// A parameter.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameter {
    name: String,
    kind: String,
    version: i64,
    /// Seconds.
    changed: i64,
    content: Content,
}

/// What a parameter holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Content {
    Plain(String),
    /// What Encrypt has made of it.
    Encrypted(Blob),
    /// The data key as GenerateDataKey has made it, and what is under it.
    Enveloped(Blob, Blob),
}

fn put(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let (name, value) = (input.need("Name")?, input.need("Value")?);
    let arn = arn(cx, name);
    cx.may("ssm:PutParameter", &arn)?;
    let old: Option<Parameter> = cx.find(&record(cx, name));
    if old.is_some() && input.flag("Overwrite") != Some(true) {
        let text = "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.";
        return Err(Refusal::new("ParameterAlreadyExists", text));
    }
    let kind = input.text("Type").map(str::to_owned).or(old.as_ref().map(|old| old.kind.clone()));
    let kind = kind.ok_or_else(|| {
        let text = "A parameter type is required when you create a parameter.";
        Refusal::new("ValidationException", text)
    })?;
    if !["String", "StringList", "SecureString"].contains(&kind.as_str()) {
        let text = format!("The parameter type {kind} is not supported.");
        return Err(Refusal::new("UnsupportedParameterType", text));
    }
    let tier = input.text("Tier").unwrap_or("Standard");
    check_length(tier, value)?;
    let key = input.text("KeyId");
    if key.is_some() && kind != "SecureString" {
        let text = "KeyId is required for SecureString type parameter only.";
        return Err(Refusal::new("ValidationException", text));
    }
    let content = if kind == "SecureString" {
        secure(cx, &arn, key, value, tier == "Advanced")?
    } else {
        Content::Plain(value.to_owned())
    };
    let version = old.map_or(1, |old| old.version + 1);
    let parameter = Parameter { name: name.to_owned(), kind, version, changed: cx.seconds(), content };
    cx.put(&record(cx, name), &parameter, None);
    Ok(json!({"Version": version, "Tier": tier}))
}

fn secure(
    cx: &mut Cx<'_>,
    arn: &str,
    key: Option<&str>,
    value: &str,
    advanced: bool,
) -> Result<Content, Refusal> {
    let key = cx.key(key, "ssm")?;
    if advanced {
        let made = cx.data_key(&key, &context(arn))?;
        return Ok(Content::Enveloped(made.blob, cx.seal(&made.key, arn, value.as_bytes())?));
    }
    let body =
        json!({"KeyId": key, "Plaintext": base64(value.as_bytes()), "EncryptionContext": context(arn)});
    Ok(Content::Encrypted(bytes(&cx.kms("Encrypt", body)?["CiphertextBlob"]).into()))
}

fn get(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let name = input.need("Name")?;
    let arn = arn(cx, name);
    cx.may("ssm:GetParameter", &arn)?;
    let parameter: Parameter = cx.find(&record(cx, name)).ok_or_else(not_found)?;
    let value = match (&parameter.content, input.flag("WithDecryption") == Some(true)) {
        (Content::Plain(text), _) => text.clone(),
        (Content::Encrypted(blob), true) => {
            let body = json!({"CiphertextBlob": base64(blob.as_bytes()), "EncryptionContext": context(&arn)});
            String::from_utf8_lossy(&bytes(&cx.kms("Decrypt", body)?["Plaintext"])).into_owned()
        }
        (Content::Enveloped(encrypted_key, data), true) => {
            let key = cx.open_data_key(encrypted_key, &context(&arn))?;
            String::from_utf8_lossy(&seal::open(&key, &arn, data)?).into_owned()
        }
        (Content::Encrypted(blob), false) => base64(blob.as_bytes()),
        (Content::Enveloped(_, data), false) => base64(data.as_bytes()),
    };
    Ok(json!({"Parameter": {
        "Name": parameter.name,
        "Type": parameter.kind,
        "Value": value,
        "Version": parameter.version,
        "LastModifiedDate": parameter.changed,
        "ARN": arn,
        "DataType": "text",
    }}))
}

fn delete(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let name = input.need("Name")?;
    cx.may("ssm:DeleteParameter", &arn(cx, name))?;
    let record = record(cx, name);
    cx.state.resource(&record).ok_or_else(not_found)?;
    cx.delete(&record);
    Ok(json!({}))
}

fn check_length(tier: &str, value: &str) -> Result<(), Refusal> {
    let (limit, text) = match tier {
        "Advanced" => {
            (ADVANCED_LIMIT, "Advanced tier parameters support a maximum parameter value of 8192 characters.")
        }
        _ => (
            STANDARD_LIMIT,
            "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter \
             value, upgrade the parameter to use the advanced-parameter tier.",
        ),
    };
    if value.len() <= limit { Ok(()) } else { Err(Refusal::new("ValidationException", text)) }
}

fn not_found() -> Refusal {
    Refusal::new("ParameterNotFound", "")
}

/// The slash that a name begins with is not said twice.
fn arn(cx: &Cx<'_>, name: &str) -> String {
    cx.arn("ssm", &format!("parameter/{}", name.trim_start_matches('/')))
}

fn record(cx: &Cx<'_>, name: &str) -> String {
    format!("ssm/{}/{}/{name}", cx.place.region, cx.place.account)
}

fn context(arn: &str) -> Value {
    json!({"PARAMETER_ARN": arn})
}
