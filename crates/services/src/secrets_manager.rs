//! AWS Secrets Manager: each version of a secret has a data key of its own.
//! See "How AWS Secrets Manager uses AWS KMS" in the AWS KMS developer guide.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use waxseal_api::{Blob, ErrorCode};

use crate::{
    Run,
    cx::{Cx, read},
    input::{Input, base64},
    refusal::Refusal,
    seal,
};

/// An operation by its name.
pub(crate) fn find(operation: &str) -> Option<Run> {
    Some(match operation {
        "CreateSecret" => create,
        "DeleteSecret" => delete,
        "DescribeSecret" => describe,
        "GetSecretValue" => value,
        "ListSecrets" => list,
        "PutSecretValue" => put,
        _ => return None,
    })
}

/// A secret.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Secret {
    arn: String,
    name: String,
    description: Option<String>,
    /// As it was named. None: the AWS managed key.
    key: Option<String>,
    /// Seconds.
    created: i64,
    changed: i64,
    /// The newest first; two of them are kept.
    versions: Vec<Version>,
}

/// One value that a secret has or had.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    id: String,
    created: i64,
    /// Whether it is text.
    text: bool,
    encrypted_key: Blob,
    data: Blob,
}

/// Bytes of a value.
const LONGEST: usize = 65_536;

const STAGES: [&str; 2] = ["AWSCURRENT", "AWSPREVIOUS"];

fn create(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let name = input.need("Name")?;
    cx.may("secretsmanager:CreateSecret", &cx.arn("secretsmanager", &format!("secret:{name}-*")))?;
    if named(cx, name).is_some() {
        let text = format!("The operation failed because the secret {name} already exists.");
        return Err(Refusal::new("ResourceExistsException", text));
    }
    let ending = &hex::encode(cx.random::<3>());
    let now = cx.seconds();
    let mut secret = Secret {
        arn: cx.arn("secretsmanager", &format!("secret:{name}-{ending}")),
        name: name.to_owned(),
        description: input.text("Description").map(str::to_owned),
        key: input.text("KmsKeyId").map(str::to_owned),
        created: now,
        changed: now,
        versions: Vec::new(),
    };
    let version = new_version(cx, *input, &secret)?;
    let id = version.as_ref().map(|version| version.id.clone());
    secret.versions.extend(version);
    cx.put(&record(cx, name), &secret, None);
    Ok(json!({"ARN": secret.arn, "Name": name, "VersionId": id}))
}

fn put(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let mut secret = on_secret(cx, input, "secretsmanager:PutSecretValue")?;
    let version = new_version(cx, *input, &secret)?.ok_or_else(|| {
        Refusal::new("InvalidRequestException", "You must provide either SecretString or SecretBinary.")
    })?;
    let id = version.id.clone();
    secret.versions.insert(0, version);
    secret.versions.truncate(STAGES.len());
    secret.changed = cx.seconds();
    cx.put(&record(cx, &secret.name), &secret, None);
    Ok(json!({"ARN": secret.arn, "Name": secret.name, "VersionId": id, "VersionStages": [STAGES[0]]}))
}

fn value(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let secret = on_secret(cx, input, "secretsmanager:GetSecretValue")?;
    let stage = input.text("VersionStage").unwrap_or(STAGES[0]);
    let fits = |version: &Version, at: usize| match input.text("VersionId") {
        Some(id) => version.id == id,
        None => STAGES.get(at) == Some(&stage),
    };
    let mut versions = secret.versions.iter().enumerate();
    let (at, version) = versions.find(|(at, version)| fits(version, *at)).ok_or_else(|| {
        let text =
            format!("Secrets Manager can't find the specified secret value for staging label: {stage}");
        Refusal::new("ResourceNotFoundException", text)
    })?;
    let opened = cx.open_data_key(&version.encrypted_key, &context(&secret.arn, &version.id));
    let key = opened.map_err(|refusal| unusable(refusal, false))?;
    let plaintext = seal::open(&key, &version.id, &version.data)?;
    let text = String::from_utf8(plaintext.clone()).ok().filter(|_| version.text);
    Ok(json!({
        "ARN": secret.arn,
        "Name": secret.name,
        "VersionId": version.id,
        "SecretBinary": text.is_none().then(|| base64(&plaintext)),
        "SecretString": text,
        "VersionStages": STAGES.get(at).map(|stage| [stage]),
        "CreatedDate": version.created,
    }))
}

fn describe(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let secret = on_secret(cx, input, "secretsmanager:DescribeSecret")?;
    Ok(told(&secret, "VersionIdsToStages"))
}

fn list(cx: &mut Cx<'_>, _input: &Input<'_>) -> Result<Value, Refusal> {
    cx.may("secretsmanager:ListSecrets", "*")?;
    let prefix = record(cx, "");
    let all = cx.state.resources(&prefix).filter_map(read::<Secret>);
    let told = all.map(|secret| told(&secret, "SecretVersionsToStages"));
    Ok(json!({"SecretList": told.collect::<Vec<_>>()}))
}

/// At once: there is no recovery window here.
fn delete(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let secret = on_secret(cx, input, "secretsmanager:DeleteSecret")?;
    if input.flag("ForceDeleteWithoutRecovery") != Some(true) {
        let text = "Only deletion without recovery is simulated; please set ForceDeleteWithoutRecovery.";
        return Err(Refusal::new("InvalidParameterException", text));
    }
    cx.delete(&record(cx, &secret.name));
    Ok(json!({"ARN": secret.arn, "Name": secret.name, "DeletionDate": cx.seconds()}))
}

/// Encrypts what the call brings under a new data key; None where it brings nothing.
fn new_version(cx: &mut Cx<'_>, input: Input<'_>, secret: &Secret) -> Result<Option<Version>, Refusal> {
    let text = input.text("SecretString");
    let bytes = match (text, input.bytes("SecretBinary")?) {
        (Some(_), Some(_)) => {
            let text =
                "You can't specify both a binary secret value and a string secret value in the same secret.";
            return Err(Refusal::new("InvalidParameterException", text));
        }
        (Some(text), None) => text.as_bytes().to_vec(),
        (None, Some(bytes)) => bytes,
        (None, None) => return Ok(None),
    };
    if bytes.len() > LONGEST {
        let text = "The secret value can have at most 65536 bytes.";
        return Err(Refusal::new("InvalidParameterException", text));
    }
    let id = match input.text("ClientRequestToken") {
        Some(token) => token.to_owned(),
        None => cx.uuid(),
    };
    let key = cx.key(secret.key.as_deref(), "secretsmanager")?;
    let made = cx.data_key(&key, &context(&secret.arn, &id)).map_err(|refusal| unusable(refusal, true))?;
    let data = cx.seal(&made.key, &id, &bytes)?;
    let created = cx.seconds();
    Ok(Some(Version { id, created, text: text.is_some(), encrypted_key: made.blob, data }))
}

/// A key that cannot be used is told in the service's own words; that access is denied, as ever.
fn unusable(refusal: Refusal, encrypts: bool) -> Refusal {
    match refusal {
        Refusal::Kms(error) if error.code != ErrorCode::AccessDeniedException => {
            let (name, does) =
                if encrypts { ("EncryptionFailure", "encrypt") } else { ("DecryptionFailure", "decrypt") };
            let text = format!(
                "Secrets Manager can't {does} the protected secret text using the provided KMS key: {}",
                error.message
            );
            Refusal::new(name, text)
        }
        other => other,
    }
}

fn on_secret(cx: &mut Cx<'_>, input: &Input<'_>, action: &str) -> Result<Secret, Refusal> {
    let id = input.need("SecretId")?;
    let secret = named(cx, id);
    let unknown = || cx.arn("secretsmanager", &format!("secret:{id}-*"));
    let arn = secret.as_ref().map_or_else(unknown, |secret| secret.arn.clone());
    cx.may(action, &arn)?;
    secret.ok_or_else(|| {
        Refusal::new("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
    })
}

/// By name or by ARN.
fn named(cx: &Cx<'_>, id: &str) -> Option<Secret> {
    let prefix = record(cx, "");
    cx.find(&record(cx, id)).or_else(|| {
        let mut all = cx.state.resources(&prefix).filter_map(read::<Secret>);
        all.find(|secret| secret.arn == id)
    })
}

fn record(cx: &Cx<'_>, name: &str) -> String {
    format!("secretsmanager/{}/{}/{name}", cx.place.region, cx.place.account)
}

fn context(arn: &str, version: &str) -> Value {
    json!({"SecretARN": arn, "SecretVersionId": version})
}

fn told(secret: &Secret, versions: &str) -> Value {
    let stages = secret.versions.iter().zip(STAGES).map(|(it, stage)| (it.id.clone(), json!([stage])));
    json!({
        "ARN": secret.arn,
        "Name": secret.name,
        "Description": secret.description,
        "KmsKeyId": secret.key,
        "LastChangedDate": secret.changed,
        versions: stages.collect::<serde_json::Map<_, _>>(),
        "CreatedDate": secret.created,
    })
}
