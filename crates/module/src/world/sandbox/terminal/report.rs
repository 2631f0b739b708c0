//! What there is and what was done, as one JSON value, for the checks of lessons: expressions in JMESPath. `docs/lessons.md`
//! describes it.

use serde_json::{Value, json};
use waxseal_api::{
    LocalError, Place, Service, Timestamp,
    sandbox::{Entry, Holds, Played},
    trace::{Bytes, Role, Step},
    types::EncryptionContext,
};
use waxseal_cli::{Shell, parse_json, query};
use waxseal_kms::{Brought, Caller, Request};

use super::{Sandbox, desk};
use crate::store::{SandboxTurn, Store};

/// Fewer bytes are in files by chance.
const SHORTEST: usize = 16;

impl<S: Store<Turn: SandboxTurn>> Sandbox<S> {
    /// Says of each check whether it holds.
    pub(super) async fn judge(&self, checks: &[String], played: &[Played]) -> Result<Vec<Holds>, LocalError> {
        let report = parse_json(&self.report(played).await?.to_string());
        let holds = |check: &String| {
            let value = query::search(&query::parse(check)?, report.as_ref().map_err(String::clone)?);
            value.map(|value| query::truthy(&value))
        };
        Ok(checks.iter().map(holds).collect())
    }

    async fn report(&self, played: &[Played]) -> Result<Value, LocalError> {
        let (clock, shell) = (self.clock().await?, self.shell().await?);
        let log = self.log(0, usize::MAX).await?;
        let entries = serde_json::from_str::<waxseal_api::sandbox::Logged>(&log)
            .unwrap_or_else(|_| waxseal_api::sandbox::Logged { whole: true, entries: Vec::new() });
        let data_keys = self.data_keys(&entries.entries, clock.now);
        let state = &self.world.known.borrow().state;
        let resources: serde_json::Map<String, Value> = state
            .resources("")
            .filter(|it| !it.name.starts_with(waxseal_services::billing::PREFIX))
            .map(|it| (it.name.clone(), serde_json::from_str(&it.value).unwrap_or_default()))
            .collect();
        Ok(json!({
            "now": clock.now,
            "profile": desk::profile(&shell),
            "region": desk::region(&shell),
            "keys": waxseal_kms::survey(state, clock.now),
            "resources": resources,
            "log": entries.entries.iter().map(logged).collect::<Vec<_>>(),
            "files": files(&shell, &data_keys),
            "variables": variables(&shell, &data_keys),
            "printed": played.iter().map(printed).collect::<Vec<_>>(),
        }))
    }

    /// The plaintext data keys that were given out, as far as they can be opened now; opening them leaves no trace.
    fn data_keys(&self, entries: &[Entry], now: Timestamp) -> Vec<Vec<u8>> {
        let steps = entries.iter().flat_map(|entry| &entry.trace.steps);
        let found = steps.filter_map(|step| {
            let (Step::Encrypted { key_arn, output: sealed, context, .. }
            | Step::Decrypted { key_arn, input: sealed, context, .. }) = step
            else {
                return None;
            };
            let Bytes::Here(blob) = &sealed.bytes else { return None };
            (sealed.role == Role::EncryptedDataKey).then(|| self.opened(key_arn, blob, context, now))?
        });
        let mut keys: Vec<Vec<u8>> = found.filter(|key| key.len() >= SHORTEST).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn opened(
        &self,
        key_arn: &str,
        blob: &waxseal_api::Blob,
        context: &EncryptionContext,
        now: Timestamp,
    ) -> Option<Vec<u8>> {
        let key: waxseal_api::KeyArn = key_arn.parse().ok()?;
        let Place { account, region } = key.place;
        let caller = Caller::root(Place { account, region });
        let input = json!({ "CiphertextBlob": blob, "EncryptionContext": context }).to_string();
        let request =
            Request { caller: &caller, now, service: Service::Kms, operation: "Decrypt", body: &input };
        let reply = self.world.handle(&request, Brought::default()).reply.result.ok()?;
        let output: Value = serde_json::from_str(&reply).ok()?;
        let plaintext: waxseal_api::Blob = serde_json::from_value(output["Plaintext"].clone()).ok()?;
        Some(plaintext.into_bytes())
    }
}

/// An audit record, and how many bytes have crossed the boundary of the service for it.
fn logged(entry: &Entry) -> Value {
    let mut value = json!(entry.record);
    value["crossed"] = json!(entry.trace.crossed());
    value
}

fn files(shell: &Shell, data_keys: &[Vec<u8>]) -> Vec<Value> {
    let file = |(name, bytes): (&str, &std::rc::Rc<[u8]>)| {
        json!({
            "name": name,
            "length": bytes.len(),
            "text": std::str::from_utf8(bytes).ok(),
            "base64": desk::blob(bytes),
            "exposes": data_keys.iter().any(|key| exposes(bytes, key)),
        })
    };
    shell.files.iter().map(file).collect()
}

fn variables(shell: &Shell, data_keys: &[Vec<u8>]) -> Vec<Value> {
    let variable = |(name, value): (&String, &String)| {
        let exposes = data_keys.iter().any(|key| exposes(value.as_bytes(), key));
        json!({ "name": name, "value": value, "exposes": exposes })
    };
    shell.variables.iter().map(variable).collect()
}

/// Whether a key is among bytes: as it is, or as base64 or hexadecimal, in lines or in a dump of `xxd`.
fn exposes(bytes: &[u8], key: &[u8]) -> bool {
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let base64 = serde_json::to_value(desk::blob(key)).ok();
    let base64 = base64.as_ref().and_then(Value::as_str).unwrap_or_default().trim_end_matches('=');
    let text = String::from_utf8_lossy(bytes);
    // Of a dump, what is between the offset and the characters.
    let digits = text.lines().map(|line| line.split_once(": ").map_or(line, |(_, rest)| rest));
    let digits: String =
        digits.map(|line| line.split_once("  ").map_or(line, |(digits, _)| digits)).collect();
    let packed = |text: &str| text.split_whitespace().collect::<String>();
    let raw = !key.is_empty() && bytes.windows(key.len()).any(|window| window == key);
    raw || !key.is_empty()
        && (packed(&text).contains(base64)
            || [&*text, &digits].iter().any(|text| packed(text).to_lowercase().contains(&hex)))
}

fn printed(played: &Played) -> Value {
    let mut value = json!(played);
    value["json"] = serde_json::from_str(&played.stdout).unwrap_or_default();
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_in_each_form_that_it_can_have_in_a_file() {
        let key = *b"0123456789abcdefghijklmnopqrst\xfe\xff";
        let shown = |text: &str| [b"x ", text.as_bytes(), b"\n"].concat();
        assert!(exposes(&[&b"before"[..], &key, b"after"].concat(), &key));
        assert!(exposes(&shown("MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0/v8="), &key));
        assert!(exposes(
            &shown(
                "303132333435363738396162636465666768696a6b6c6d6e6f70717273 74feff".replace(' ', "").as_str()
            ),
            &key
        ));
        assert!(exposes(&shown("MDEyMzQ1Njc4OWFiY2RlZmdo\naWprbG1ub3BxcnN0/v8="), &key));
        assert!(exposes(
            &shown("30313233 34353637 38396162 63646566 6768696A\n6B6C6D6E6F70717273 74FEFF"),
            &key
        ));
        let dump = "00000000: 3031 3233 3435 3637 3839 6162 6364 6566  0123456789abcdef\n00000010: 6768 696a 6b6c 6d6e 6f70 7172 7374 feff  ghijklmnopqrst..\n";
        assert!(exposes(dump.as_bytes(), &key));
        assert!(exposes(b" 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66\n 67 68 69 6a 6b 6c 6d 6e 6f 70 71 72 73 74 fe ff\n", &key));
        assert!(!exposes(&key[1..], &key));
        assert!(!exposes(b"", &key));
    }
}
