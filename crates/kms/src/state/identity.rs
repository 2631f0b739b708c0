//! Who there is: users, roles, and the credentials that calls are signed with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waxseal_api::{AccountId, Secret, Timestamp, blob::SecretText};
use waxseal_policy::Principal;

use super::{PolicyText, State, View, record};

/// A user, a role or a credential.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum IdentityRecord {
    /// Someone with permissions of their own.
    User(UserRecord),
    /// Permissions that someone can take on.
    Role(RoleRecord),
    /// What proves who calls.
    Credential(Credential),
}

/// The name of a record in [`Table::Identities`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityName {
    /// Unique in its account, whatever its path.
    User(AccountId, String),
    /// Unique in its account, whatever its path.
    Role(AccountId, String),
    /// By access key ID, unique everywhere.
    Credential(String),
}

/// An IAM user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRecord {
    pub(crate) account: AccountId,
    pub(crate) path: String,
    pub(crate) name: String,
    /// `AIDA…`
    pub(crate) id: String,
    pub(crate) create_date: Timestamp,
    pub(crate) tags: BTreeMap<String, String>,
    /// Inline policies, by name, as they were given.
    pub(crate) policies: BTreeMap<String, PolicyText>,
}

/// An IAM role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleRecord {
    pub(crate) account: AccountId,
    pub(crate) path: String,
    pub(crate) name: String,
    /// `AROA…`
    pub(crate) id: String,
    pub(crate) create_date: Timestamp,
    pub(crate) description: Option<String>,
    /// Seconds.
    pub(crate) max_session_duration: i64,
    /// Who may assume it, as it was given.
    pub(crate) trust_policy: PolicyText,
    pub(crate) tags: BTreeMap<String, String>,
    /// Inline policies, by name, as they were given.
    pub(crate) policies: BTreeMap<String, PolicyText>,
}

/// An access key of a user, or of a session.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// `AKIA…`, or `ASIA…` for a session.
    pub access_key_id: String,
    /// Who calls with it.
    pub principal: Principal,
    /// What has to come along with calls of a session.
    pub session_token: Option<String>,
    /// When a session ends.
    pub expiration: Option<Timestamp>,
    pub(crate) create_date: Timestamp,
    /// What calls are signed with: 40 characters.
    #[serde(skip)]
    pub secret: Secret,
}

/// All records of this kind.
#[derive(Debug, Default)]
pub(super) struct Identities {
    users: BTreeMap<(AccountId, String), UserRecord>,
    roles: BTreeMap<(AccountId, String), RoleRecord>,
    credentials: BTreeMap<String, Credential>,
}

impl State {
    /// What an access key stands for, unless it has expired.
    pub fn credential(&self, access_key_id: &str, now: Timestamp) -> Option<&Credential> {
        let credential = self.identities.credentials.get(access_key_id)?;
        credential.expiration.is_none_or(|end| now < end).then_some(credential)
    }
}

impl State {
    /// Every user of every account.
    pub fn people(&self) -> impl Iterator<Item = Principal> {
        self.identities.users.values().map(UserRecord::principal)
    }

    /// Every role of every account, by its ARN: as a session of it, whatever that is called.
    pub(crate) fn roles(&self) -> impl Iterator<Item = (String, Principal)> {
        self.identities.roles.values().map(|role| {
            let principal = Principal::Session {
                account: role.account.clone(),
                path: role.path.clone(),
                role: role.name.clone(),
                session: "session".to_owned(),
            };
            (role.arn(), principal)
        })
    }

    /// Who an ARN means: an account's root user, or a user that is there.
    pub fn principal(&self, arn: &str) -> Option<Principal> {
        let (account, resource) = arn.strip_prefix("arn:aws:iam::")?.split_once(':')?;
        let account: AccountId = account.parse().ok()?;
        if resource == "root" {
            return Some(Principal::Root { account });
        }
        let name = resource.strip_prefix("user/")?.rsplit('/').next()?.to_owned();
        let user = self.identities.users.get(&(account, name))?.principal();
        (user.arn() == arn).then_some(user)
    }
}

impl Identities {
    pub(super) fn put(&mut self, record: IdentityRecord) {
        match record {
            IdentityRecord::User(it) => drop(self.users.insert((it.account.clone(), it.name.clone()), it)),
            IdentityRecord::Role(it) => drop(self.roles.insert((it.account.clone(), it.name.clone()), it)),
            IdentityRecord::Credential(it) => drop(self.credentials.insert(it.access_key_id.clone(), it)),
        }
    }

    pub(super) fn delete(&mut self, name: IdentityName) {
        match name {
            IdentityName::User(account, name) => drop(self.users.remove(&(account, name))),
            IdentityName::Role(account, name) => drop(self.roles.remove(&(account, name))),
            IdentityName::Credential(id) => drop(self.credentials.remove(&id)),
        }
    }
}

impl<'a> View<'a> {
    pub(crate) fn user(self, account: &AccountId, name: &str) -> Option<&'a UserRecord> {
        self.identities().users.get(&(account.clone(), name.to_owned()))
    }

    pub(crate) fn role(self, account: &AccountId, name: &str) -> Option<&'a RoleRecord> {
        self.identities().roles.get(&(account.clone(), name.to_owned()))
    }

    /// An account's users, in order of name.
    pub(crate) fn users(self, account: &AccountId) -> impl Iterator<Item = &'a UserRecord> + use<'a> {
        let first = (account.clone(), String::new());
        let account = account.clone();
        let all = self.identities().users.range(first..).map(|(_, user)| user);
        all.take_while(move |user| user.account == account)
    }

    /// An account's roles, in order of name.
    pub(crate) fn roles(self, account: &AccountId) -> impl Iterator<Item = &'a RoleRecord> + use<'a> {
        let first = (account.clone(), String::new());
        let account = account.clone();
        let all = self.identities().roles.range(first..).map(|(_, role)| role);
        all.take_while(move |role| role.account == account)
    }

    /// The credentials of a caller, in order of ID, even those that have expired.
    pub(crate) fn credentials(self, of: Principal) -> impl Iterator<Item = &'a Credential> {
        self.identities().credentials.values().filter(move |credential| credential.principal == of)
    }

    /// The credentials of a role's sessions, even those that have expired.
    pub(crate) fn sessions(self, role: &RoleRecord) -> impl Iterator<Item = &'a Credential> {
        let arn = role.arn();
        let all = self.identities().credentials.values();
        all.filter(move |it| it.expiration.is_some() && it.principal.principal_arn() == arn)
    }
}

impl Credential {
    /// The secret as text, for whoever it was made for.
    pub(crate) fn secret_text(&self) -> SecretText {
        String::from_utf8_lossy(self.secret.expose()).into_owned().into()
    }
}

impl UserRecord {
    pub(crate) fn principal(&self) -> Principal {
        Principal::User { account: self.account.clone(), path: self.path.clone(), name: self.name.clone() }
    }
}

impl RoleRecord {
    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:iam::{}:role{}{}", self.account, self.path, self.name)
    }

    /// Someone who has assumed it.
    pub(crate) fn principal(&self, session: String) -> Principal {
        Principal::Session {
            account: self.account.clone(),
            path: self.path.clone(),
            role: self.name.clone(),
            session,
        }
    }
}

impl IdentityRecord {
    pub(crate) fn name(&self) -> IdentityName {
        match self {
            Self::User(it) => IdentityName::User(it.account.clone(), it.name.clone()),
            Self::Role(it) => IdentityName::Role(it.account.clone(), it.name.clone()),
            Self::Credential(it) => IdentityName::Credential(it.access_key_id.clone()),
        }
    }

    /// The body of its record, and the secret in it.
    pub(super) fn stored(&self) -> (String, Option<Secret>) {
        let secret = match self {
            Self::Credential(it) => Some(it.secret.duplicate()),
            Self::User(_) | Self::Role(_) => None,
        };
        (record::json(self), secret)
    }

    /// Takes a stored record back.
    pub(super) fn read(body: &str, secret: Option<Secret>) -> Result<Self, String> {
        let record = serde_json::from_str(body).map_err(|error| error.to_string())?;
        Ok(match record {
            Self::Credential(it) => {
                Self::Credential(Credential { secret: secret.ok_or("it has no secret access key")?, ..it })
            }
            other => other,
        })
    }
}

/// The name in a store, such as `user/111122223333/ann`.
impl std::fmt::Display for IdentityName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::User(account, name) => write!(f, "user/{account}/{name}"),
            Self::Role(account, name) => write!(f, "role/{account}/{name}"),
            Self::Credential(id) => write!(f, "credential/{id}"),
        }
    }
}
