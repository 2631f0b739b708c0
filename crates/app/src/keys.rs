//! Keys as the pages show them: everything about one, gathered from several calls.

use waxseal_api::{
    AliasName, Client, Failure, Transport,
    operations::{
        DescribeKey, DescribeKeyInput, GetKeyPolicy, GetKeyPolicyInput, ListAliases, ListAliasesInput,
        ListKeys, ListKeysInput,
    },
    types::{AliasListEntry, KeyMetadata, KeyState},
};
use yew::hook;

use crate::bridge::{Remote, use_query};

/// A key and its names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KeyEntry {
    /// What the service says of it.
    pub(crate) metadata: KeyMetadata,
    /// Its aliases with their prefix, in order.
    pub(crate) aliases: Vec<String>,
}

impl KeyEntry {
    /// What a person calls it: its first alias without the prefix, or else its key ID.
    pub(crate) fn name(&self) -> &str {
        self.alias().map_or(&self.metadata.key_id, |alias| short(alias))
    }

    /// Its first alias, with the prefix.
    pub(crate) fn alias(&self) -> Option<&str> {
        self.aliases.first().map(String::as_str)
    }

    /// Whether it can encrypt and decrypt now.
    pub(crate) fn usable(&self) -> bool {
        self.metadata.key_state == KeyState::Enabled
    }
}

/// `alias/docs` → `docs`
pub(crate) fn short(alias: &str) -> &str {
    alias.strip_prefix(AliasName::PREFIX).unwrap_or(alias)
}

/// Every key of the account and Region: those with names first, in order of name, then the newest.
///
/// # Errors
/// The first failure of any of the calls.
pub(crate) async fn all<T: Transport>(kms: &Client<T>) -> Result<Vec<KeyEntry>, Failure> {
    let names = aliases(kms, None).await?;
    let mut entries = Vec::new();
    for key_id in key_ids(kms).await? {
        let own = names.iter().filter(|alias| alias.target_key_id.as_ref() == Some(&key_id));
        let aliases = own.map(|alias| alias.alias_name.clone()).collect();
        entries.push(KeyEntry { metadata: describe(kms, key_id).await?, aliases });
    }
    entries.sort_by(|a, b| {
        let newest = b.metadata.creation_date.cmp(&a.metadata.creation_date);
        a.aliases.is_empty().cmp(&b.aliases.is_empty()).then_with(|| a.aliases.cmp(&b.aliases)).then(newest)
    });
    Ok(entries)
}

/// Every key, as [`all`] gives them, and again after every change: one question for all pages, and its code once.
#[hook]
pub(crate) fn use_keys() -> Remote<Vec<KeyEntry>> {
    use_query((), |kms, ()| async move { all(&kms).await })
}

/// One key and its policy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KeyDetails {
    /// The key.
    pub(crate) entry: KeyEntry,
    /// Its key policy, as JSON text.
    pub(crate) policy: String,
}

/// One key, by its key ID.
///
/// # Errors
/// The first failure of any of the calls.
pub(crate) async fn details<T: Transport>(kms: &Client<T>, key_id: String) -> Result<KeyDetails, Failure> {
    let metadata = describe(kms, key_id).await?;
    let key_id = metadata.key_id.clone();
    let aliases =
        aliases(kms, Some(key_id.clone())).await?.into_iter().map(|alias| alias.alias_name).collect();
    let policy = kms.call::<GetKeyPolicy>(&GetKeyPolicyInput { key_id, policy_name: None }).await?.policy;
    Ok(KeyDetails { entry: KeyEntry { metadata, aliases }, policy })
}

/// The aliases of a key, or of all keys, in order of name.
///
/// # Errors
/// The first failure of any of the calls.
pub(crate) async fn aliases<T: Transport>(
    kms: &Client<T>,
    key_id: Option<String>,
) -> Result<Vec<AliasListEntry>, Failure> {
    let (mut all, mut marker) = (Vec::new(), None);
    loop {
        let input = ListAliasesInput { key_id: key_id.clone(), limit: Some(100), marker };
        let page = kms.call::<ListAliases>(&input).await?;
        all.extend(page.aliases);
        marker = page.next_marker;
        if marker.is_none() {
            return Ok(all);
        }
    }
}

async fn key_ids<T: Transport>(kms: &Client<T>) -> Result<Vec<String>, Failure> {
    let (mut all, mut marker) = (Vec::new(), None);
    loop {
        let page =
            kms.call::<ListKeys>(&ListKeysInput { limit: Some(1000), marker, resource_owners: None }).await?;
        all.extend(page.keys.into_iter().map(|key| key.key_id));
        marker = page.next_marker;
        if marker.is_none() {
            return Ok(all);
        }
    }
}

async fn describe<T: Transport>(kms: &Client<T>, key_id: String) -> Result<KeyMetadata, Failure> {
    let input = DescribeKeyInput { key_id, grant_tokens: None };
    Ok(kms.call::<DescribeKey>(&input).await?.key_metadata)
}

#[cfg(test)]
mod tests {
    use waxseal_api::operations::{CreateAlias, CreateAliasInput, CreateKey, CreateKeyInput};

    use super::*;
    use crate::engine::{Engine, now};

    async fn make(kms: &Client<Engine>, aliases: &[String]) -> String {
        let key_id = kms.call::<CreateKey>(&CreateKeyInput::default()).await.unwrap().key_metadata.key_id;
        for alias in aliases {
            let input = CreateAliasInput { alias_name: alias.clone(), target_key_id: key_id.clone() };
            now(kms.call::<CreateAlias>(&input)).unwrap();
        }
        key_id
    }

    #[test]
    fn keys_with_names_come_first() {
        let kms = Engine::client();
        let nameless = now(make(&kms, &[]));
        let taxes = now(make(&kms, &["alias/taxes".into()]));
        let docs = now(make(&kms, &["alias/letters".into(), "alias/docs".into()]));
        let all = now(all(&kms)).unwrap();
        let ids: Vec<_> = all.iter().map(|key| &key.metadata.key_id).collect();
        assert_eq!(ids, [&docs, &taxes, &nameless]);
        assert_eq!(all[0].aliases, ["alias/docs", "alias/letters"]);
        assert_eq!((all[0].name(), all[2].name()), ("docs", nameless.as_str()));
    }

    #[test]
    fn no_page_of_names_is_left_out() {
        let kms = Engine::client();
        let names: Vec<String> = (0..120).map(|n| format!("alias/n{n:03}")).collect();
        for names in names.chunks(40) {
            now(make(&kms, names));
        }
        let all: Vec<_> =
            now(aliases(&kms, None)).unwrap().into_iter().map(|alias| alias.alias_name).collect();
        assert_eq!(all, names);
    }

    #[test]
    fn an_unknown_key_is_a_refusal() {
        let id = "1234abcd-12ab-34cd-56ef-1234567890ab".to_owned();
        let failure = now(details(&Engine::client(), id)).unwrap_err();
        assert_eq!(failure.name(), "NotFoundException");
    }
}
