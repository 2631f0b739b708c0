//! Making a key on the way to encrypting a file.

use waxseal_api::{
    AliasName, Client, Failure, Transport,
    operations::{CreateAlias, CreateAliasInput, CreateKey, CreateKeyInput},
};

use super::text;
use crate::keys::KeyEntry;

/// What is wrong with the name for a new key, without the prefix.
pub(crate) fn problem(name: &str, keys: &[KeyEntry]) -> Option<&'static str> {
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
    use crate::{
        engine::{Engine, now},
        keys,
    };

    #[test]
    fn a_new_key_can_be_used_at_once() {
        let kms = Engine::client();
        let arn = now(make(&kms, "files")).unwrap();
        let all = now(keys::all(&kms)).unwrap();
        assert_eq!((all.len(), all[0].name(), all[0].usable()), (1, "files", true));
        assert_eq!(all[0].metadata.arn, arn);
    }

    #[test]
    fn names_that_cannot_be() {
        let kms = Engine::client();
        now(make(&kms, "files")).unwrap();
        let all = now(keys::all(&kms)).unwrap();
        assert_eq!(problem("letters", &all), None);
        assert_eq!(problem("files", &all), Some(text::NAME_TAKEN));
        assert_eq!(problem("", &all), Some(text::NAME_NOT_ALLOWED));
        assert_eq!(problem("späth", &all), Some(text::NAME_NOT_ALLOWED));
        assert_eq!(problem("aws/s3", &all), Some(text::NAME_RESERVED));
    }
}
