//! AWS Lambda, for the environment of its functions.
//! See "Securing Lambda environment variables" in the AWS Lambda developer guide.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use waxseal_api::{Blob, ErrorCode};

use crate::{
    Run,
    cx::{Cx, bytes},
    input::{Input, base64},
    refusal::Refusal,
};

/// Bytes of all variables as JSON; KMS encrypts no more at once.
const LONGEST: usize = 4096;

/// An operation by its name.
pub(crate) fn find(operation: &str) -> Option<Run> {
    Some(match operation {
        "CreateFunction" => create,
        "DeleteFunction" => delete,
        "GetFunctionConfiguration" => get,
        "UpdateFunctionConfiguration" => update,
        _ => return None,
    })
}

/// A function.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Function {
    name: String,
    role: String,
    runtime: Option<String>,
    handler: Option<String>,
    code_size: usize,
    /// As it was named. None: the AWS managed key.
    key: Option<String>,
    /// By which the function itself can read its environment.
    grant: Option<Grant>,
    /// The variables as JSON, under the key.
    environment: Option<Blob>,
    changed: String,
}

/// A grant that a function has.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Grant {
    key_arn: String,
    id: String,
}

fn create(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let (name, role) = (input.need("FunctionName")?, input.need("Role")?);
    let arn = arn(cx, name);
    cx.may("lambda:CreateFunction", &arn)?;
    if cx.state.resource(&record(cx, name)).is_some() {
        let text = format!("Function already exist: {name}");
        return Err(Refusal::new("ResourceConflictException", text));
    }
    let code = input.part("Code").map(|code| code.bytes("ZipFile")).transpose()?.flatten();
    let mut function = Function {
        name: name.to_owned(),
        role: role.to_owned(),
        runtime: input.text("Runtime").map(str::to_owned),
        handler: input.text("Handler").map(str::to_owned),
        code_size: code.map_or(0, |code| code.len()),
        key: None,
        grant: None,
        environment: None,
        changed: String::new(),
    };
    let variables = variables(*input);
    configure(cx, *input, &mut function, variables.clone())?;
    Ok(told(cx, &function, variables.map(|variables| json!({"Variables": variables}))))
}

/// What is not said stays; under another key it is encrypted anew.
fn update(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let mut function = on_function(cx, input, "lambda:UpdateFunctionConfiguration")?;
    for (member, field) in [("Runtime", &mut function.runtime), ("Handler", &mut function.handler)] {
        if let Some(text) = input.text(member) {
            *field = Some(text.to_owned());
        }
    }
    let kept = match (variables(*input), &function.environment) {
        (Some(new), _) => Some(new),
        (None, Some(_)) => Some(opened(cx, &function)?),
        (None, None) => None,
    };
    configure(cx, *input, &mut function, kept.clone())?;
    Ok(told(cx, &function, kept.map(|variables| json!({"Variables": variables}))))
}

fn get(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let function = on_function(cx, input, "lambda:GetFunctionConfiguration")?;
    let environment = match &function.environment {
        None => None,
        Some(_) => Some(match opened(cx, &function) {
            Ok(variables) => json!({"Variables": variables}),
            Err(Refusal::Kms(error)) => {
                let denied = error.code == ErrorCode::AccessDeniedException;
                let why = if denied { "KMS access was denied" } else { "the KMS key cannot be used" };
                let text = format!(
                    "Lambda was unable to decrypt your environment variables because {why}. Please check your KMS \
                     permissions. KMS Exception: {} KMS Message: {}",
                    error.code, error.message
                );
                let code =
                    if denied { "AccessDeniedException".to_owned() } else { format!("KMS{}", error.code) };
                json!({"Error": {"ErrorCode": code.replace("KMSKMS", "KMS"), "Message": text}})
            }
            Err(other) => return Err(other),
        }),
    };
    Ok(told(cx, &function, environment))
}

fn delete(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let function = on_function(cx, input, "lambda:DeleteFunction")?;
    retire(cx, &function);
    cx.delete(&record(cx, &function.name));
    Ok(json!({}))
}

/// Encrypts the environment. With a key of the caller's, the function's role is granted to read it.
fn configure(
    cx: &mut Cx<'_>,
    input: Input<'_>,
    function: &mut Function,
    variables: Option<Map<String, Value>>,
) -> Result<(), Refusal> {
    let arn = arn(cx, &function.name);
    if let Some(key) = input.text("KMSKeyArn") {
        function.key = Some(key.to_owned()).filter(|key| !key.is_empty());
    }
    if let Some(variables) = variables {
        let plaintext = json!(variables).to_string();
        if plaintext.len() > LONGEST {
            let text = "Lambda was unable to configure your environment variables because the environment variables you have \
                        provided exceeded the 4KB limit.";
            return Err(Refusal::new("InvalidParameterValueException", text));
        }
        let key = cx.key(function.key.as_deref(), "lambda")?.into_owned();
        retire(cx, function);
        function.grant = None;
        if function.key.is_some() {
            let terms = json!({
                "KeyId": key,
                "GranteePrincipal": function.role,
                "RetiringServicePrincipal": "lambda.amazonaws.com",
                "Operations": ["Decrypt"],
                "Constraints": {"EncryptionContextEquals": context(&arn)},
            });
            let granted = cx.kms("CreateGrant", terms)?;
            let id = granted["GrantId"].as_str().unwrap_or_default().to_owned();
            function.grant = Some(Grant { key_arn: key.clone(), id });
        }
        let body = json!({"KeyId": key, "Plaintext": base64(plaintext.as_bytes()), "EncryptionContext": context(&arn)});
        let made = cx.kms("Encrypt", body)?;
        function.environment = Some(bytes(&made["CiphertextBlob"]).into());
    }
    function.changed = cx.request.now.to_iso8601().replace('Z', ".000+0000");
    cx.put(&record(cx, &function.name), function, None);
    Ok(())
}

fn retire(cx: &mut Cx<'_>, function: &Function) {
    if let Some(Grant { key_arn, id }) = &function.grant {
        cx.retire(key_arn, id);
    }
}

/// The environment's variables, for the caller to see.
fn opened(cx: &mut Cx<'_>, function: &Function) -> Result<Map<String, Value>, Refusal> {
    let Some(blob) = &function.environment else { return Ok(Map::new()) };
    let context = context(&arn(cx, &function.name));
    let body = json!({"CiphertextBlob": base64(blob.as_bytes()), "EncryptionContext": context});
    let plaintext = bytes(&cx.kms("Decrypt", body)?["Plaintext"]);
    Ok(serde_json::from_slice(&plaintext).unwrap_or_default())
}

fn variables(input: Input<'_>) -> Option<Map<String, Value>> {
    input.part("Environment")?.get("Variables")?.as_object().cloned()
}

fn on_function(cx: &mut Cx<'_>, input: &Input<'_>, action: &str) -> Result<Function, Refusal> {
    let name = input.need("FunctionName")?;
    let name = name.rsplit(':').next().unwrap_or(name);
    cx.may(action, &arn(cx, name))?;
    cx.find(&record(cx, name)).ok_or_else(|| {
        Refusal::new("ResourceNotFoundException", format!("Function not found: {}", arn(cx, name)))
    })
}

fn told(cx: &Cx<'_>, function: &Function, environment: Option<Value>) -> Value {
    json!({
        "FunctionName": function.name,
        "FunctionArn": arn(cx, &function.name),
        "Runtime": function.runtime,
        "Role": function.role,
        "Handler": function.handler,
        "CodeSize": function.code_size,
        "LastModified": function.changed,
        "Version": "$LATEST",
        "Environment": environment,
        "KMSKeyArn": function.key,
    })
}

fn arn(cx: &Cx<'_>, name: &str) -> String {
    cx.arn("lambda", &format!("function:{name}"))
}

fn record(cx: &Cx<'_>, name: &str) -> String {
    format!("lambda/{}/{}/{name}", cx.place.region, cx.place.account)
}

fn context(arn: &str) -> Value {
    json!({"aws:lambda:FunctionArn": arn})
}
