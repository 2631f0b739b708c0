//! Access keys.

use waxseal_api::{
    iam::{
        AccessKey, AccessKeyMetadata, CreateAccessKey, CreateAccessKeyOutput, DeleteAccessKey,
        DeleteAccessKeyInput, ListAccessKeys, ListAccessKeysOutput, UserInput,
    },
    operation::Nothing,
};

use super::super::Rule;
use crate::{
    cx::Cx,
    error::Error,
    state::{IdentityName, IdentityRecord},
};

/// The most access keys of a user.
const LIMIT: usize = 2;
const ACTIVE: &str = "Active";

impl Rule for CreateAccessKey {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &["UserName"];
    const UNTOLD: &'static [&'static str] = &["SecretAccessKey"];

    fn run(cx: &mut Cx<'_>, input: UserInput) -> Result<CreateAccessKeyOutput, Error> {
        let user_name = cx.user_name(input.user_name)?;
        let (permit, user) = cx.on_user("iam:CreateAccessKey", &user_name)?;
        if permit.access_keys(cx, user).len() >= LIMIT {
            return Err(Error::TooManyAccessKeys(LIMIT));
        }
        let credential = cx.credential(user.principal(), None);
        let access_key = AccessKey {
            user_name,
            access_key_id: credential.access_key_id.clone(),
            status: ACTIVE.to_owned(),
            secret_access_key: credential.secret_text(),
            create_date: cx.now(),
        };
        permit.put(cx, "access key", IdentityRecord::Credential(credential));
        Ok(CreateAccessKeyOutput { access_key })
    }
}

impl Rule for ListAccessKeys {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &["UserName"];

    fn run(cx: &mut Cx<'_>, input: UserInput) -> Result<ListAccessKeysOutput, Error> {
        let user_name = cx.user_name(input.user_name)?;
        let (permit, user) = cx.on_user("iam:ListAccessKeys", &user_name)?;
        let entry = |credential: &crate::state::Credential| AccessKeyMetadata {
            user_name: user_name.clone(),
            access_key_id: credential.access_key_id.clone(),
            status: ACTIVE.to_owned(),
            create_date: credential.create_date,
        };
        let access_key_metadata = permit.access_keys(cx, user).into_iter().map(entry).collect();
        Ok(ListAccessKeysOutput { access_key_metadata, is_truncated: false })
    }
}

impl Rule for DeleteAccessKey {
    const REQUIRED: &'static [&'static str] = &["AccessKeyId"];
    const RECORDED: &'static [&'static str] = &["AccessKeyId", "UserName"];

    fn run(cx: &mut Cx<'_>, input: DeleteAccessKeyInput) -> Result<Nothing, Error> {
        let user_name = cx.user_name(input.user_name)?;
        let (permit, user) = cx.on_user("iam:DeleteAccessKey", &user_name)?;
        let id = input.access_key_id;
        if !permit.access_keys(cx, user).iter().any(|credential| credential.access_key_id == id) {
            return Err(Error::NoSuchEntity("access key", id));
        }
        permit.delete(cx, "access key deleted", IdentityName::Credential(id));
        Ok(Nothing {})
    }
}
