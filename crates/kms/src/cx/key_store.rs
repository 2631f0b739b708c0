//! Custom key stores, for whoever may see or change them.

use waxseal_api::types::{ConnectionState, KeySpec, Origin};

use super::{Action, Cx, Permit, find::Account};
use crate::{
    error::Error,
    state::{Backing, Change, Connection, KeyStoreRecord, Membership},
};

/// The most custom key stores of an account in a Region.
const LIMIT: usize = 10;

/// A custom key store that is there, with the account whose it is.
pub(crate) struct Store<'a> {
    account: Permit<Account>,
    record: &'a KeyStoreRecord,
}

impl Cx<'_> {
    /// Asks whether the caller may do this with custom key stores. They have no ARN, so the question is about all.
    pub(crate) fn authorize_key_stores(&mut self, action: Action) -> Result<Permit<Account>, Error> {
        let account = self.account();
        self.authorize(action, account)
    }

    /// A new custom key store's ID.
    pub(crate) fn key_store_id(&mut self) -> String {
        let digits = self.uuid().simple().to_string();
        format!("cks-{}", digits.get(..17).unwrap_or_default())
    }
}

impl Permit<Account> {
    /// The stores of the account in this Region, in order of ID.
    pub(crate) fn key_stores<'a>(&self, cx: &Cx<'a>) -> impl Iterator<Item = &'a KeyStoreRecord> {
        cx.view.key_stores(&self.resource.0)
    }

    /// One of them.
    ///
    /// # Errors
    /// There is none of this ID.
    pub(crate) fn key_store<'a>(self, cx: &Cx<'a>, id: &str) -> Result<Store<'a>, Error> {
        match cx.view.key_store(&self.resource.0, id) {
            Some(record) => Ok(Store { account: self, record }),
            None => Err(Error::NoSuchKeyStore(id.to_owned())),
        }
    }

    /// Adds a store.
    ///
    /// # Errors
    /// What it needs for itself belongs to another, or there are as many as can be.
    pub(crate) fn create_key_store(
        &self,
        cx: &mut Cx<'_>,
        name: String,
        backing: Backing,
    ) -> Result<String, Error> {
        self.check_unique(cx, None, &name, &backing)?;
        if self.key_stores(cx).count() >= LIMIT {
            return Err(Error::TooManyKeyStores(LIMIT));
        }
        let id = cx.key_store_id();
        cx.put_key_store(KeyStoreRecord {
            place: self.resource.0.clone(),
            id: id.clone(),
            name,
            creation_date: cx.now,
            connection: Connection::Disconnected,
            backing,
        });
        Ok(id)
    }

    /// Whether a key can be made in a store; where it will be.
    ///
    /// # Errors
    /// The store is of another kind, or out of reach, or has the external key already.
    pub(crate) fn room_in(
        &self,
        cx: &Cx<'_>,
        id: &str,
        key_spec: KeySpec,
        origin: Origin,
        xks_key_id: Option<String>,
    ) -> Result<Membership, Error> {
        let place = &self.resource.0;
        let store = cx.view.key_store(place, id).ok_or_else(|| Error::NoSuchKeyStore(id.to_owned()))?;
        if store.origin() != origin || key_spec != KeySpec::SymmetricDefault {
            return Err(Error::WrongKeyStore);
        }
        store.must_be(&[ConnectionState::Connected])?;
        let member = Membership { id: id.to_owned(), xks_key_id };
        let taken = |it: &Membership| it.xks_key_id.is_some() && *it == member;
        if cx.view.keys(place, None).filter_map(|key| key.custom_key_store.as_ref()).any(taken) {
            return Err(Error::XksKeyInUse);
        }
        Ok(member)
    }

    fn check_unique(
        &self,
        cx: &Cx<'_>,
        own: Option<&str>,
        name: &str,
        backing: &Backing,
    ) -> Result<(), Error> {
        for other in self.key_stores(cx).filter(|store| own != Some(store.id.as_str())) {
            if other.name == name {
                return Err(Error::KeyStoreNameInUse(name.to_owned()));
            }
            backing.check_apart_from(&other.backing)?;
        }
        Ok(())
    }
}

impl Store<'_> {
    /// What is known of it.
    pub(crate) fn record(&self) -> &KeyStoreRecord {
        self.record
    }

    /// Begins to connect it, or to disconnect it.
    pub(crate) fn set_connection(&self, cx: &mut Cx<'_>, connection: Connection) {
        cx.put_key_store(KeyStoreRecord { connection, ..self.record.clone() });
    }

    /// Changes its name, or what is behind it.
    ///
    /// # Errors
    /// What it needs for itself belongs to another.
    pub(crate) fn update(&self, cx: &mut Cx<'_>, name: String, backing: Backing) -> Result<(), Error> {
        self.account.check_unique(cx, Some(&self.record.id), &name, &backing)?;
        cx.put_key_store(KeyStoreRecord { name, backing, ..self.record.clone() });
        Ok(())
    }

    /// Removes it.
    ///
    /// # Errors
    /// Keys are in it, even if they wait for their deletion.
    pub(crate) fn delete(&self, cx: &mut Cx<'_>) -> Result<(), Error> {
        let KeyStoreRecord { place, id, .. } = self.record;
        let mut members = cx.view.keys(place, None).filter_map(|key| key.custom_key_store.as_ref());
        if members.any(|member| member.id == *id) {
            return Err(Error::KeyStoreHasKeys(id.clone()));
        }
        cx.changed("custom key store deleted", id.clone(), Change::DeleteKeyStore(place.clone(), id.clone()));
        Ok(())
    }
}

impl Cx<'_> {
    fn put_key_store(&mut self, store: KeyStoreRecord) {
        self.changed("custom key store", store.id.clone(), Change::PutKeyStore(Box::new(store)));
    }
}

impl KeyStoreRecord {
    /// Where the material of its keys is.
    pub(crate) fn origin(&self) -> Origin {
        match self.backing {
            Backing::CloudHsm { .. } => Origin::AwsCloudHsm,
            Backing::External(_) => Origin::ExternalKeyStore,
        }
    }

    /// Whether its connection is in one of these states.
    ///
    /// # Errors
    /// It is not.
    pub(crate) fn must_be(&self, states: &[ConnectionState]) -> Result<(), Error> {
        let state = self.connection.state();
        if states.contains(&state) { Ok(()) } else { Err(Error::KeyStoreState(self.id.clone(), state)) }
    }
}

impl Backing {
    /// Whether two stores can be behind their own things.
    fn check_apart_from(&self, other: &Self) -> Result<(), Error> {
        match (self, other) {
            (Self::CloudHsm { cluster_id, .. }, Self::CloudHsm { cluster_id: taken, .. })
                if cluster_id == taken =>
            {
                Err(Error::ClusterInUse(cluster_id.clone()))
            }
            (Self::External(mine), Self::External(taken)) => {
                let service = &mine.vpc_endpoint_service_name;
                if service.is_some() && *service == taken.vpc_endpoint_service_name {
                    return Err(Error::VpcEndpointServiceInUse);
                }
                match (mine.uri_endpoint == taken.uri_endpoint, mine.uri_path == taken.uri_path) {
                    (true, true) => Err(Error::UriInUse),
                    (true, false) if service.is_some() || taken.vpc_endpoint_service_name.is_some() => {
                        Err(Error::UriEndpointInUse)
                    }
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
}
