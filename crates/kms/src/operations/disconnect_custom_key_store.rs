//! DisconnectCustomKeyStore.

use waxseal_api::{
    operation::Nothing,
    operations::{DisconnectCustomKeyStore, DisconnectCustomKeyStoreInput},
    types::ConnectionState,
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx},
    error::Error,
    state::Connection,
};

impl Rule for DisconnectCustomKeyStore {
    const REQUIRED: &'static [&'static str] = &["CustomKeyStoreId"];
    const RECORDED: &'static [&'static str] = &["CustomKeyStoreId"];

    fn run(cx: &mut Cx<'_>, input: DisconnectCustomKeyStoreInput) -> Result<Nothing, Error> {
        names::key_store_id(&input.custom_key_store_id)?;
        let account = cx.authorize_key_stores(Action::DisconnectCustomKeyStore)?;
        let store = account.key_store(cx, &input.custom_key_store_id)?;
        store.record().must_be(&[
            ConnectionState::Connected,
            ConnectionState::Connecting,
            ConnectionState::Failed,
        ])?;
        let until = cx.soon();
        store.set_connection(cx, Connection::Disconnecting { until });
        Ok(Nothing {})
    }
}
