//! The calls that make a key with a name, after those that make the people whom its policy names. If the last one fails,
//! the key is there all the same and only its name is missing.

use waxseal_api::{
    Client, ErrorCode, Failure, KeyId, Place, Service, Transport,
    operations::{CreateAlias, CreateAliasInput, CreateKey, DescribeKey, DescribeKeyInput},
    types::KeyMetadata,
};

use super::{draft::Draft, policy::Identity};

/// A new key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Made {
    /// The key.
    pub(crate) key: KeyMetadata,
    /// The alias that was meant for it.
    pub(crate) alias: String,
    /// Why it does not have that alias, if so.
    pub(crate) unnamed: Option<Failure>,
}

/// Makes a key and names it. The key of an ID that another has elsewhere is made by `again`.
///
/// # Errors
/// The key could not be made. A key without its name is no error; see [`Made::unnamed`].
pub(crate) async fn make<T: Transport>(
    kms: &Client<T>,
    draft: &Draft,
    place: &Place,
    again: impl AsyncFnOnce(KeyId, String) -> Result<(), Failure>,
) -> Result<Made, Failure> {
    introduce(kms, &draft.administrators, place).await?;
    introduce(kms, &draft.users, place).await?;
    let input = draft.create_key(place);
    let key = match draft.key_elsewhere().ok().flatten() {
        None => kms.call::<CreateKey>(&input).await?.key_metadata,
        Some(id) => {
            let input = serde_json::to_string(&input).unwrap_or_default();
            let described = DescribeKeyInput { key_id: id.to_string(), grant_tokens: None };
            again(id, input).await?;
            kms.call::<DescribeKey>(&described).await?.key_metadata
        }
    };
    let unnamed = name(kms, &draft.create_alias(&key.key_id)).await.err();
    Ok(Made { key, alias: draft.alias_name(), unnamed })
}

/// Makes the users and roles that are not there yet, as a policy can only name those who are.
///
/// # Errors
/// One of them could not be made.
async fn introduce<T: Transport>(kms: &Client<T>, people: &[Identity], place: &Place) -> Result<(), Failure> {
    for person in people {
        let (operation, input) = person.creation(place);
        match kms.0.send(Service::Iam, operation, input.to_string()).await?.result {
            Err(error) if error.code != ErrorCode::AlreadyExistsException => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Gives a key its name.
///
/// # Errors
/// The name is taken, for example.
pub(crate) async fn name<T: Transport>(kms: &Client<T>, input: &CreateAliasInput) -> Result<(), Failure> {
    kms.call::<CreateAlias>(input).await.map(drop)
}

/// No key is to be made again.
#[cfg(test)]
pub(super) async fn unused(id: KeyId, _: String) -> Result<(), Failure> {
    unreachable!("{id}")
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use waxseal_api::operations::CreateKeyInput;

    use super::*;
    use crate::{
        engine::{Engine, now, place},
        keys,
    };

    #[test]
    fn a_key_elsewhere_is_made_again_and_not_anew() {
        let kms = Engine::client();
        let id = "mrk-1234abcd12ab34cd56ef1234567890ab".to_owned();
        let draft = Draft { alias: "docs".into(), own: true, elsewhere: id.clone(), ..Draft::default() };
        let asked = RefCell::default();
        let again = async |key_id, body: String| {
            asked.replace(Some((key_id, body)));
            Ok(())
        };
        let refusal = now(make(&kms, &draft, &place(), again)).unwrap_err();
        assert_eq!(refusal.name(), "NotFoundException", "it was described, and this service has made none");
        let (key_id, body) = asked.take().unwrap();
        assert_eq!(key_id, id.parse().unwrap());
        assert_eq!(serde_json::from_str::<CreateKeyInput>(&body).unwrap(), draft.create_key(&place()));
    }

    #[test]
    fn a_name_that_is_taken_loses_no_key() {
        let kms = Engine::client();
        let draft = Draft { alias: "docs".into(), ..Draft::default() };
        let first = now(make(&kms, &draft, &place(), unused)).unwrap();
        assert_eq!(first.unnamed, None);
        let second = now(make(&kms, &draft, &place(), unused)).unwrap();
        assert_eq!(second.unnamed.map(|failure| failure.name()), Some("AlreadyExistsException"));
        let other =
            CreateAliasInput { alias_name: "alias/other".into(), target_key_id: second.key.key_id.clone() };
        now(name(&kms, &other)).unwrap();
        let all = now(keys::all(&kms)).unwrap();
        assert_eq!(all.iter().map(|key| key.name()).collect::<Vec<_>>(), ["docs", "other"]);
    }
}
