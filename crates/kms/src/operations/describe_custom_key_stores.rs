//! DescribeCustomKeyStores.

use waxseal_api::{
    Operation,
    operations::{DescribeCustomKeyStores, DescribeCustomKeyStoresInput, DescribeCustomKeyStoresOutput},
    types::{CustomKeyStoreType, CustomKeyStoresListEntry},
};

use super::Rule;
use crate::{
    constraints::Constraints,
    cx::{Action, Cx},
    error::Error,
    page::{self, Wanted},
    state::{Backing, Connection, KeyStoreRecord},
};

const ONE_OF_BOTH: &str = "CustomKeyStoreId and CustomKeyStoreName cannot be given together.";

impl Rule for DescribeCustomKeyStores {
    const REQUIRED: &'static [&'static str] = &[];
    const RECORDED: &'static [&'static str] = &["CustomKeyStoreId", "CustomKeyStoreName", "Limit", "Marker"];

    fn run(
        cx: &mut Cx<'_>,
        input: DescribeCustomKeyStoresInput,
    ) -> Result<DescribeCustomKeyStoresOutput, Error> {
        let (id, name) = (input.custom_key_store_id.as_deref(), input.custom_key_store_name.as_deref());
        let mut check = Constraints::default();
        check.optional_text("customKeyStoreId", id, 1..=64);
        check.optional_text("customKeyStoreName", name, 1..=256);
        check.number("limit", input.limit, 1..=1000);
        check.optional_text("marker", input.marker.as_deref(), 1..=1024);
        check.done()?;
        if id.is_some() && name.is_some() {
            return Err(Error::Validation(ONE_OF_BOTH));
        }
        let account = cx.authorize_key_stores(Action::DescribeCustomKeyStores)?;
        let meant = |store: &&KeyStoreRecord| {
            id.is_none_or(|id| store.id == id) && name.is_none_or(|name| store.name == name)
        };
        let stores = account.key_stores(cx).filter(meant);
        let wanted =
            Wanted { list: Self::NAME, limit: input.limit.unwrap_or(100), marker: input.marker.as_deref() };
        let page = page::cut(stores, |store| store.id.clone(), wanted)?;
        match id.or(name) {
            Some(meant) if page.items.is_empty() => Err(Error::NoSuchKeyStore(meant.to_owned())),
            _ => Ok(DescribeCustomKeyStoresOutput {
                custom_key_stores: page.items.into_iter().map(entry).collect(),
                truncated: page.next_marker.is_some(),
                next_marker: page.next_marker,
            }),
        }
    }
}

fn entry(store: &KeyStoreRecord) -> CustomKeyStoresListEntry {
    let (cluster, proxy) = match &store.backing {
        Backing::CloudHsm { cluster_id, trust_anchor_certificate } => {
            (Some((cluster_id.clone(), trust_anchor_certificate.clone())), None)
        }
        Backing::External(proxy) => (None, Some(proxy.clone())),
    };
    let (cloud_hsm_cluster_id, trust_anchor_certificate) = cluster.unzip();
    CustomKeyStoresListEntry {
        custom_key_store_id: store.id.clone(),
        custom_key_store_name: store.name.clone(),
        cloud_hsm_cluster_id,
        trust_anchor_certificate,
        connection_state: store.connection.state(),
        connection_error_code: match store.connection {
            Connection::Failed(code) => Some(code),
            _ => None,
        },
        creation_date: store.creation_date,
        custom_key_store_type: if proxy.is_some() {
            CustomKeyStoreType::ExternalKeyStore
        } else {
            CustomKeyStoreType::AwsCloudHsm
        },
        xks_proxy_configuration: proxy,
    }
}
