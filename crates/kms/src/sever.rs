//! What happens to custom key stores from outside.

use waxseal_api::{Place, types::ConnectionErrorCode};

use crate::state::{Change, Connection, KeyStoreRecord, State};

/// Loses the connection of a custom key store, as when its cluster or its key manager goes away: its keys are
/// `Unavailable` from then on, until it is disconnected and connected again. Nothing when it is not connected.
pub fn sever(state: &State, place: &Place, id: &str, why: ConnectionErrorCode) -> Option<Change> {
    let store = state.key_store(place, id).filter(|store| store.connection == Connection::Connected)?;
    let connection = Connection::Failed(why);
    Some(Change::PutKeyStore(Box::new(KeyStoreRecord { connection, ..store.clone() })))
}
