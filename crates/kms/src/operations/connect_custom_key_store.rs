//! ConnectCustomKeyStore.

use waxseal_api::{
    operation::Nothing,
    operations::{ConnectCustomKeyStore, ConnectCustomKeyStoreInput},
    types::ConnectionState,
};

use super::{Rule, names};
use crate::{
    cx::{Action, Cx},
    error::Error,
    state::Connection,
};

impl Rule for ConnectCustomKeyStore {
    const REQUIRED: &'static [&'static str] = &["CustomKeyStoreId"];
    const RECORDED: &'static [&'static str] = &["CustomKeyStoreId"];

    fn run(cx: &mut Cx<'_>, input: ConnectCustomKeyStoreInput) -> Result<Nothing, Error> {
        names::key_store_id(&input.custom_key_store_id)?;
        let account = cx.authorize_key_stores(Action::ConnectCustomKeyStore)?;
        let store = account.key_store(cx, &input.custom_key_store_id)?;
        let connected = [ConnectionState::Connected, ConnectionState::Connecting];
        store.record().must_be(&[&[ConnectionState::Disconnected], &connected[..]].concat())?;
        if store.record().must_be(&connected).is_err() {
            let until = cx.soon();
            store.set_connection(cx, Connection::Connecting { until });
        }
        Ok(Nothing {})
    }
}
