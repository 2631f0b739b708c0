//! Amazon DynamoDB: a table has a table key, under which its items are; DynamoDB keeps it open for a while.
//! See "DynamoDB encryption at rest: How it works" in the Amazon DynamoDB developer guide.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use waxseal_api::{Blob, Secret};
use waxseal_crypto::WrappingKey;

use crate::{
    Run,
    cx::{Cx, read},
    input::Input,
    refusal::Refusal,
    seal,
};

/// For so many seconds each caller can use a table key without KMS being asked.
const LIFETIME: i64 = 300;

/// Bytes of an item as JSON, which is roughly how AWS counts.
const LONGEST: usize = 400 << 10;

/// An operation by its name.
pub(crate) fn find(operation: &str) -> Option<Run> {
    Some(match operation {
        "CreateTable" => create,
        "DeleteItem" => delete_item,
        "DeleteTable" => delete,
        "DescribeTable" => describe,
        "GetItem" => get,
        "PutItem" => put,
        "Scan" => scan,
        _ => return None,
    })
}

/// A table.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Table {
    name: String,
    id: String,
    /// Seconds.
    created: i64,
    /// Of its key, as they were given.
    key_schema: Value,
    attributes: Value,
    billing: String,
    /// None: a key that DynamoDB owns.
    key_arn: Option<String>,
    /// The table key under the KMS key.
    encrypted_key: Option<Blob>,
    grant: Option<String>,
}

fn create(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let name = input.need("TableName")?;
    cx.may("dynamodb:CreateTable", &arn(cx, name))?;
    if cx.state.resource(&record(cx, name)).is_some() {
        return Err(Refusal::new("ResourceInUseException", format!("Table already exists: {name}")));
    }
    let mut table = Table {
        name: name.to_owned(),
        id: cx.uuid(),
        created: cx.seconds(),
        key_schema: input.get("KeySchema").cloned().unwrap_or_default(),
        attributes: input.get("AttributeDefinitions").cloned().unwrap_or_default(),
        billing: input.text("BillingMode").unwrap_or("PROVISIONED").to_owned(),
        key_arn: None,
        encrypted_key: None,
        grant: None,
    };
    if key_names(&table).next().is_none() {
        let text = "One or more parameter values were invalid: KeySchema names no attribute";
        return Err(Refusal::new("ValidationException", text));
    }
    let specification = input.part("SSESpecification");
    let key = specification.and_then(|it| it.text("KMSMasterKeyId"));
    if specification.is_some_and(|it| it.flag("Enabled") == Some(true)) {
        protect(cx, &mut table, key)?;
    } else if key.is_some() {
        let text = "One or more parameter values were invalid: KMSMasterKeyId can only be specified when SSE is enabled";
        return Err(Refusal::new("ValidationException", text));
    }
    cx.put(&record(cx, name), &table, None);
    Ok(json!({"TableDescription": told(cx, &table, "CREATING")}))
}

/// A table key from KMS, and a grant by which DynamoDB can go on with the table by itself.
fn protect(cx: &mut Cx<'_>, table: &mut Table, key: Option<&str>) -> Result<(), Refusal> {
    let named = cx.key(key, "dynamodb")?;
    let context = context(cx, &table.name);
    let described = cx.kms("DescribeKey", json!({"KeyId": named}))?;
    let key_arn = described["KeyMetadata"]["Arn"].as_str().unwrap_or_default().to_owned();
    let service = "dynamodb.amazonaws.com";
    let terms = json!({
        "KeyId": key_arn,
        "GranteeServicePrincipal": service,
        "RetiringServicePrincipal": service,
        "Operations": ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey", "RetireGrant", "DescribeKey"],
        "Constraints": {"EncryptionContextSubset": context, "SourceArn": arn(cx, &table.name)},
    });
    let granted = cx.kms("CreateGrant", terms)?;
    let made = cx.data_key(&key_arn, &context)?;
    table.grant = granted["GrantId"].as_str().map(str::to_owned);
    table.encrypted_key = Some(made.blob);
    keep(cx, &table.name, &made.key);
    table.key_arn = Some(key_arn);
    Ok(())
}

/// The grant goes with the table.
fn delete(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let table = on_table(cx, input, "dynamodb:DeleteTable")?;
    if let (Some(key_arn), Some(grant)) = (&table.key_arn, &table.grant) {
        cx.retire(key_arn, grant);
    }
    cx.forget(&format!("{}/", record(cx, &table.name)));
    cx.delete(&record(cx, &table.name));
    Ok(json!({"TableDescription": told(cx, &table, "DELETING")}))
}

fn describe(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let table = on_table(cx, input, "dynamodb:DescribeTable")?;
    Ok(json!({"Table": told(cx, &table, "ACTIVE")}))
}

fn put(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let table = on_table(cx, input, "dynamodb:PutItem")?;
    let item = input.get("Item").cloned().unwrap_or_default();
    let name = item_name(cx, &table, &item)?;
    if item.to_string().len() > LONGEST {
        return Err(Refusal::new("ValidationException", "Item size has exceeded the maximum allowed size"));
    }
    let key = table_key(cx, &table)?;
    let sealed = cx.seal(&key, &name, item.to_string().as_bytes())?;
    cx.put(&name, &sealed, None);
    Ok(json!({}))
}

fn get(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let table = on_table(cx, input, "dynamodb:GetItem")?;
    let name = item_name(cx, &table, input.get("Key").unwrap_or(&Value::Null))?;
    let key = table_key(cx, &table)?;
    let Some(sealed) = cx.find::<Blob>(&name) else { return Ok(json!({})) };
    Ok(json!({"Item": open_item(&key, &name, &sealed)?}))
}

fn delete_item(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let table = on_table(cx, input, "dynamodb:DeleteItem")?;
    let name = item_name(cx, &table, input.get("Key").unwrap_or(&Value::Null))?;
    if cx.state.resource(&name).is_some() {
        cx.delete(&name);
    }
    Ok(json!({}))
}

fn scan(cx: &mut Cx<'_>, input: &Input<'_>) -> Result<Value, Refusal> {
    let table = on_table(cx, input, "dynamodb:Scan")?;
    let key = table_key(cx, &table)?;
    let prefix = format!("{}/item/", record(cx, &table.name));
    let records = cx.state.resources(&prefix);
    let sealed = records.filter_map(|record| Some((record.name.as_str(), read::<Blob>(record)?)));
    let items = sealed.map(|(name, sealed)| open_item(&key, name, &sealed)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"Items": items, "Count": items.len(), "ScannedCount": items.len()}))
}

fn open_item(key: &WrappingKey, name: &str, sealed: &Blob) -> Result<Value, Refusal> {
    Ok(serde_json::from_slice(&seal::open(key, name, sealed)?).unwrap_or_default())
}

/// The table key: open already, or opened by KMS on the caller's behalf.
fn table_key(cx: &mut Cx<'_>, table: &Table) -> Result<WrappingKey, Refusal> {
    let Some(encrypted) = &table.encrypted_key else { return cx.own_key("tables") };
    let kept = cx.state.resource(&kept_name(cx, &table.name));
    let fresh = kept.filter(|it| read::<i64>(it).is_some_and(|until| cx.seconds() < until));
    if let Some(secret) = fresh.and_then(|record| record.secret.as_ref()) {
        return seal::key(secret.expose());
    }
    let context = context(cx, &table.name);
    let key = cx.open_data_key(encrypted, &context)?;
    keep(cx, &table.name, &key);
    Ok(key)
}

fn keep(cx: &mut Cx<'_>, table: &str, key: &WrappingKey) {
    let (name, until) = (kept_name(cx, table), cx.seconds() + LIFETIME);
    cx.put(&name, &until, Some(Secret::from(key.expose())));
}

/// Each caller's own, since KMS has to be asked about each.
fn kept_name(cx: &Cx<'_>, table: &str) -> String {
    format!("{}/key/{}", record(cx, table), cx.requester())
}

/// What an item's record is called: by a digest of its key, since that is data too.
fn item_name(cx: &Cx<'_>, table: &Table, item: &Value) -> Result<String, Refusal> {
    let key = key_names(table).map(|name| Some((name.to_owned(), item.get(name)?.clone())));
    let key = key.collect::<Option<Map<String, Value>>>().ok_or_else(|| {
        let text = "One or more parameter values were invalid: Missing the key in the item";
        Refusal::new("ValidationException", text)
    })?;
    let digest = waxseal_crypto::sha256(&[table.id.as_bytes(), json!(key).to_string().as_bytes()]);
    Ok(format!("{}/item/{}", record(cx, &table.name), hex::encode(digest)))
}

fn key_names(table: &Table) -> impl Iterator<Item = &str> {
    let schema = table.key_schema.as_array().into_iter().flatten();
    schema.filter_map(|part| part["AttributeName"].as_str())
}

fn on_table(cx: &mut Cx<'_>, input: &Input<'_>, action: &str) -> Result<Table, Refusal> {
    let name = input.need("TableName")?;
    cx.may(action, &arn(cx, name))?;
    cx.find(&record(cx, name)).ok_or_else(|| {
        let text = format!("Requested resource not found: Table: {name} not found");
        Refusal::new("ResourceNotFoundException", text)
    })
}

fn told(cx: &Cx<'_>, table: &Table, status: &str) -> Value {
    let description = table.key_arn.as_ref();
    json!({
        "AttributeDefinitions": table.attributes,
        "TableName": table.name,
        "KeySchema": table.key_schema,
        "TableStatus": status,
        "CreationDateTime": table.created,
        "TableArn": arn(cx, &table.name),
        "TableId": table.id,
        "BillingModeSummary": (table.billing != "PROVISIONED").then(|| json!({"BillingMode": table.billing})),
        "SSEDescription": description.map(|key_arn| {
            json!({"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": key_arn})
        }),
    })
}

fn arn(cx: &Cx<'_>, table: &str) -> String {
    cx.arn("dynamodb", &format!("table/{table}"))
}

fn record(cx: &Cx<'_>, table: &str) -> String {
    format!("dynamodb/{}/{}/{table}", cx.place.region, cx.place.account)
}

fn context(cx: &Cx<'_>, table: &str) -> Value {
    json!({"aws:dynamodb:tableName": table, "aws:dynamodb:subscriberId": cx.place.account})
}
