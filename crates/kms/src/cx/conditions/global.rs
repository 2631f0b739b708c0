//! Keys that every service knows: `aws:…`.

use std::collections::BTreeMap;

use serde_json::Value;
use waxseal_policy::Principal;

use super::{Conditions, maybe, one};

impl Conditions<'_, '_> {
    /// The values of `aws:<name>`, in lower case.
    pub(super) fn global(&self, name: &str) -> Vec<String> {
        let caller = self.cx.caller;
        let principal = &caller.principal;
        match name {
            "principalarn" => one(principal.principal_arn()),
            "principalaccount" => maybe(principal.account()),
            "principaltype" => maybe(principal_type(principal)),
            "principalisawsservice" => one(matches!(principal, Principal::Service { .. })),
            "principalservicename" => maybe(match principal {
                Principal::Service { name } => Some(name),
                _ => None,
            }),
            "userid" => maybe(self.cx.user_id()),
            "username" => maybe(match principal {
                Principal::User { name, .. } => Some(name),
                _ => None,
            }),
            "currenttime" => one(self.cx.now.to_iso8601()),
            "epochtime" => one(self.cx.now.as_millis() / 1000),
            "requestedregion" => one(&caller.place.region),
            "resourceaccount" => one(self.wish.owner),
            // AWS is spoken to over TLS only.
            "securetransport" => one(true),
            "viaawsservice" => one(caller.via.is_some()),
            "calledvia" | "calledviafirst" | "calledvialast" => maybe(
                caller
                    .via
                    .as_ref()
                    .and_then(|via| via.split('.').next())
                    .map(|it| format!("{it}.amazonaws.com")),
            ),
            "tagkeys" => self.tag_keys(),
            _ => self.tag(name),
        }
    }

    /// `requesttag/<key>`, `resourcetag/<key>` and `principaltag/<key>`; tag keys without regard to case.
    fn tag(&self, name: &str) -> Vec<String> {
        let Some((whose, key)) = name.split_once('/') else { return Vec::new() };
        let is_it = |tag_key: &str| tag_key.to_lowercase() == key;
        match whose {
            "requesttag" => {
                let tags = self.request_tags();
                tags.into_iter().filter(|(key, _)| is_it(key)).map(|(_, value)| value.to_owned()).collect()
            }
            "resourcetag" => {
                let tags = self.wish.key.into_iter().flat_map(|key| &key.tags);
                tags.filter(|tag| is_it(&tag.tag_key)).map(|tag| tag.tag_value.clone()).collect()
            }
            "principaltag" => {
                let tags = self.principal_tags().into_iter().flatten();
                tags.filter(|(key, _)| is_it(key)).map(|(_, value)| value.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Those of the user, or of the session's role.
    fn principal_tags(&self) -> Option<&BTreeMap<String, String>> {
        match &self.cx.caller.principal {
            Principal::User { account, name, .. } => self.cx.view.user(account, name).map(|user| &user.tags),
            Principal::Session { account, role, .. } => {
                self.cx.view.role(account, role).map(|role| &role.tags)
            }
            _ => None,
        }
    }

    fn request_tags(&self) -> Vec<(&str, &str)> {
        let tags = self.cx.members.get("Tags").and_then(Value::as_array).into_iter().flatten();
        tags.filter_map(|tag| {
            let key = tag.get("TagKey").or_else(|| tag.get("Key"))?.as_str()?;
            let value = tag.get("TagValue").or_else(|| tag.get("Value"))?.as_str()?;
            Some((key, value))
        })
        .collect()
    }

    fn tag_keys(&self) -> Vec<String> {
        let named = self.cx.members.get("TagKeys").and_then(Value::as_array).into_iter().flatten();
        let named = named.filter_map(Value::as_str);
        named.chain(self.request_tags().into_iter().map(|(key, _)| key)).map(str::to_owned).collect()
    }
}

fn principal_type(principal: &Principal) -> Option<&'static str> {
    match principal {
        Principal::Root { .. } => Some("Account"),
        Principal::User { .. } => Some("User"),
        Principal::Session { .. } => Some("AssumedRole"),
        Principal::Federated { .. } => Some("FederatedUser"),
        Principal::Service { .. } => None,
    }
}
