//! The keys that files can be encrypted under, and making one on the way.

#[cfg(feature = "workbench")]
use waxseal_api::sandbox::{KeyRow, Task, Terminal};
use waxseal_api::{
    AliasName, Client, Failure, Transport,
    operations::{CreateAlias, CreateAliasInput, CreateKey, CreateKeyInput},
    types::{KeyMetadata, KeySpec, KeyState},
};
use yew::hook;

use super::text;
#[cfg(feature = "workbench")]
use crate::{bridge::Bridge, sandbox::account};
use crate::{
    bridge::Remote,
    keys::{self, KeyEntry},
};

/// A key, as far as whoever encrypts a file has to know it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FileKey {
    /// Its ARN.
    pub(crate) arn: String,
    /// What a person calls it.
    pub(crate) name: String,
    /// Its aliases with their prefix, in order.
    pub(crate) aliases: Vec<String>,
    /// Whether it can make data keys now.
    pub(crate) usable: bool,
}

impl FileKey {
    fn new(arn: String, id: &str, aliases: Vec<String>, state: KeyState, spec: KeySpec) -> Self {
        let name = aliases.first().map_or(id, |alias| keys::short(alias)).to_owned();
        let usable = state == KeyState::Enabled && spec == KeySpec::SymmetricDefault;
        Self { arn, name, aliases, usable }
    }
}

impl From<&KeyEntry> for FileKey {
    fn from(KeyEntry { metadata, aliases }: &KeyEntry) -> Self {
        let KeyMetadata { arn, key_id, key_state, key_spec, .. } = metadata;
        Self::new(arn.clone(), key_id, aliases.clone(), *key_state, *key_spec)
    }
}

/// The keys of the vault, and again after every change.
#[cfg(not(feature = "workbench"))]
#[hook]
pub(crate) fn use_file_keys() -> Remote<Vec<FileKey>> {
    keys::use_keys().map(|keys| keys.iter().map(FileKey::from).collect())
}

/// The keys of the vault, or of where a sandbox's terminal stands, and again after every change.
#[cfg(feature = "workbench")]
#[hook]
pub(crate) fn use_file_keys() -> Remote<Vec<FileKey>> {
    crate::bridge::use_query((), |kms, ()| async move {
        match kms.0.sandbox() {
            Some(_) => of_sandbox(&kms.0).await,
            None => Ok(keys::all(&kms).await?.iter().map(FileKey::from).collect()),
        }
    })
}

/// Asks without calling the service: to look at keys leaves no entry in the log, which other pages would look at in turn.
#[cfg(feature = "workbench")]
async fn of_sandbox(bridge: &Bridge) -> Result<Vec<FileKey>, Failure> {
    let terminal: Terminal = bridge.perform(Task::Terminal).await?;
    let mut rows: Vec<KeyRow> = bridge.perform(Task::Keys { after: None, limit: usize::MAX }).await?;
    rows.sort_by(|one, other| {
        let named = one.names.is_empty().cmp(&other.names.is_empty());
        named.then_with(|| one.names.cmp(&other.names)).then(other.created.cmp(&one.created))
    });
    let account = terminal.who.as_deref().and_then(account).unwrap_or_default();
    let key = |KeyRow { id, names, state, spec, .. }| {
        let arn = format!("arn:aws:kms:{}:{account}:key/{id}", terminal.region);
        FileKey::new(arn, &id, names, state, spec)
    };
    Ok(rows.into_iter().map(key).collect())
}

/// What is wrong with the name for a new key, without the prefix.
pub(crate) fn problem(name: &str, keys: &[FileKey]) -> Option<&'static str> {
    let full = format!("{}{name}", AliasName::PREFIX);
    match full.parse::<AliasName>() {
        Err(_) => Some(text::NAME_NOT_ALLOWED),
        Ok(alias) if alias.is_reserved() => Some(text::NAME_RESERVED),
        Ok(_) => keys.iter().any(|key| key.aliases.contains(&full)).then_some(text::NAME_TAKEN),
    }
}

/// Makes a key and names it; returns its full name.
///
/// # Errors
/// The refusal of either call. When only the name was refused, the key is there and known by its ID.
pub(crate) async fn make<T: Transport>(kms: &Client<T>, name: &str) -> Result<String, Failure> {
    let key = kms.call::<CreateKey>(&CreateKeyInput::default()).await?.key_metadata;
    let alias_name = format!("{}{name}", AliasName::PREFIX);
    kms.call::<CreateAlias>(&CreateAliasInput { alias_name, target_key_id: key.key_id }).await?;
    Ok(key.arn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, now};

    #[test]
    fn a_new_key_can_be_used_at_once() {
        let kms = Engine::client();
        let arn = now(make(&kms, "files")).unwrap();
        let all: Vec<FileKey> = now(keys::all(&kms)).unwrap().iter().map(FileKey::from).collect();
        let expected =
            FileKey { arn, name: "files".into(), aliases: vec!["alias/files".into()], usable: true };
        assert_eq!(all, [expected]);
    }

    #[test]
    fn a_key_that_makes_no_data_keys_is_not_offered() {
        for (state, spec, usable) in [
            (KeyState::Enabled, KeySpec::SymmetricDefault, true),
            (KeyState::Disabled, KeySpec::SymmetricDefault, false),
            (KeyState::Enabled, KeySpec::Rsa2048, false),
        ] {
            let key = FileKey::new("arn".into(), "1234", vec![], state, spec);
            assert_eq!((key.usable, key.name.as_str()), (usable, "1234"));
        }
    }

    #[test]
    fn names_that_cannot_be() {
        let kms = Engine::client();
        now(make(&kms, "files")).unwrap();
        let all: Vec<FileKey> = now(keys::all(&kms)).unwrap().iter().map(FileKey::from).collect();
        assert_eq!(problem("letters", &all), None);
        assert_eq!(problem("files", &all), Some(text::NAME_TAKEN));
        assert_eq!(problem("", &all), Some(text::NAME_NOT_ALLOWED));
        assert_eq!(problem("späth", &all), Some(text::NAME_NOT_ALLOWED));
        assert_eq!(problem("aws/s3", &all), Some(text::NAME_RESERVED));
    }
}
