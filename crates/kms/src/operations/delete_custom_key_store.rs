//! DeleteCustomKeyStore.

use waxseal_api::{
    operation::Nothing,
    operations::{DeleteCustomKeyStore, DeleteCustomKeyStoreInput},
    types::ConnectionState,
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx},
    error::Error,
};

impl Rule for DeleteCustomKeyStore {
    const REQUIRED: &'static [&'static str] = &["CustomKeyStoreId"];
    const RECORDED: &'static [&'static str] = &["CustomKeyStoreId"];

    fn run(cx: &mut Cx<'_>, input: DeleteCustomKeyStoreInput) -> Result<Nothing, Error> {
        names::key_store_id(&input.custom_key_store_id)?;
        let account = cx.authorize_key_stores(Action::DeleteCustomKeyStore)?;
        let store = account.key_store(cx, &input.custom_key_store_id)?;
        store.record().must_be(&[ConnectionState::Disconnected])?;
        store.delete(cx)?;
        Ok(Nothing {})
    }
}
