//! Users, roles and credentials, for whoever may work on them.

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use waxseal_api::{AccountId, Secret, Timestamp};
use waxseal_policy::{Kind, Policy, Principal};

use super::{Cx, decision::Wish};
use crate::{
    error::Error,
    state::{Change, Credential, IdentityName, IdentityRecord, RoleRecord, UserRecord},
};

/// Proof that the caller may do one thing to a user, a role or the account's list of them.
#[derive(Debug)]
pub(crate) struct IdentityPermit(());

/// The characters of IDs.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

impl<'a> Cx<'a> {
    /// Asks the caller's identity policies whether it may do something to an identity of its account.
    ///
    /// # Errors
    /// Access is denied.
    pub(crate) fn allow(&mut self, action: &str, resource: &str) -> Result<IdentityPermit, Error> {
        let owner = self.caller.account();
        let wish =
            Wish { action, resource, owner, key: None, trust: None, crosses_accounts: false, grant: None };
        self.conclude(wish, &self.decision(wish))?;
        Ok(IdentityPermit(()))
    }

    /// A user of the caller's account, and permission to do something to it.
    ///
    /// # Errors
    /// Access is denied, or there is no such user.
    pub(crate) fn on_user(
        &mut self,
        action: &str,
        name: &str,
    ) -> Result<(IdentityPermit, &'a UserRecord), Error> {
        let account = self.caller.account();
        let user = self.view.user(account, name);
        let arn =
            user.map_or_else(|| format!("arn:aws:iam::{account}:user/{name}"), |user| user.principal().arn());
        let permit = self.allow(action, &arn)?;
        user.map(|user| (permit, user)).ok_or_else(|| Error::NoSuchEntity("user", name.to_owned()))
    }

    /// A role of the caller's account, and permission to do something to it.
    ///
    /// # Errors
    /// Access is denied, or there is no such role.
    pub(crate) fn on_role(
        &mut self,
        action: &str,
        name: &str,
    ) -> Result<(IdentityPermit, &'a RoleRecord), Error> {
        let account = self.caller.account();
        let role = self.view.role(account, name);
        let arn = role.map_or_else(|| format!("arn:aws:iam::{account}:role/{name}"), RoleRecord::arn);
        let permit = self.allow(action, &arn)?;
        role.map(|role| (permit, role)).ok_or_else(|| Error::NoSuchEntity("role", name.to_owned()))
    }

    /// The user that is named, or the one that calls.
    ///
    /// # Errors
    /// None is named and no user calls.
    pub(crate) fn user_name(&self, given: Option<String>) -> Result<String, Error> {
        match (given, &self.caller.principal) {
            (Some(name), _) => Ok(name),
            (None, Principal::User { name, .. }) => Ok(name.clone()),
            (None, _) => {
                Err(Error::Validation("Must specify userName when calling with non-User credentials"))
            }
        }
    }

    /// Asks a role's trust policy and the caller's policies, and gives the caller a session of the role.
    ///
    /// # Errors
    /// Access is denied; of a role that is not there too.
    pub(crate) fn authorize_session(
        &mut self,
        role_arn: &str,
    ) -> Result<(IdentityPermit, &'a RoleRecord), Error> {
        let action = "sts:AssumeRole";
        let role = role_of(role_arn).and_then(|(account, name)| self.view.role(&account, name));
        let role = role.filter(|role| role.arn() == role_arn);
        let Some(role) = role else {
            let because = format!("because no resource-based policy allows the {action} action");
            let (principal, resource) = (self.caller.arn(), role_arn.to_owned());
            return Err(Error::Denied { principal, action: action.to_owned(), resource, because });
        };
        let owner = &role.account;
        let trust = Some(&role.trust_policy);
        let wish =
            Wish { action, resource: role_arn, owner, key: None, trust, crosses_accounts: true, grant: None };
        self.conclude(wish, &self.decision(wish))?;
        Ok((IdentityPermit(()), role))
    }

    /// Who calls.
    pub(crate) fn principal(&self) -> &'a Principal {
        &self.caller.principal
    }

    /// The caller's account.
    pub(crate) fn account_id(&self) -> &'a AccountId {
        self.caller.account()
    }

    /// The caller's unique ID: the account itself, `AIDA…`, or `AROA…:session`.
    pub(crate) fn user_id(&self) -> Option<String> {
        match &self.caller.principal {
            Principal::Root { account } => Some(account.to_string()),
            Principal::User { account, name, .. } => {
                self.view.user(account, name).map(|user| user.id.clone())
            }
            Principal::Session { account, role, session, .. } => {
                self.view.role(account, role).map(|role| format!("{}:{session}", role.id))
            }
            Principal::Federated { account, name } => Some(format!("{account}:{name}")),
            Principal::Service { .. } => None,
        }
    }

    /// An ID of so many characters after its prefix: `AIDA` for users, `AROA` for roles, `AKIA` and `ASIA` for access keys.
    pub(crate) fn identity_id<const N: usize>(&mut self, prefix: &str) -> String {
        let bytes: [u8; N] = self.random_bytes();
        let character = |byte: &u8| BASE32.get(usize::from(byte % 32)).map(|it| char::from(*it));
        prefix.chars().chain(bytes.iter().filter_map(character)).collect()
    }

    /// A new credential; with an end, one of a session.
    pub(crate) fn credential(&mut self, principal: Principal, expiration: Option<Timestamp>) -> Credential {
        let prefix = if expiration.is_some() { "ASIA" } else { "AKIA" };
        let access_key_id = self.identity_id::<16>(prefix);
        let session_token = expiration.map(|_| self.session_token());
        let secret = Secret::new(Base64::encode_string(&self.random_bytes::<30>()).into_bytes());
        Credential { access_key_id, principal, session_token, expiration, create_date: self.now, secret }
    }

    /// It begins with a letter, as AWS's do: a command line would take a hyphen for the beginning of an option.
    fn session_token(&mut self) -> String {
        let mut bytes = self.random_bytes::<96>();
        bytes[0] = 0x21;
        Base64UrlUnpadded::encode_string(&bytes)
    }
}

/// Account and name of a role.
fn role_of(arn: &str) -> Option<(AccountId, &str)> {
    let (account, resource) = arn.strip_prefix("arn:aws:iam::")?.split_once(':')?;
    let (_, name) = resource.strip_prefix("role")?.rsplit_once('/')?;
    Some((account.parse().ok()?, name))
}

/// Reads a policy of a user or a role.
///
/// # Errors
/// It is too long or malformed.
pub(crate) fn check_document(kind: Kind, text: &str) -> Result<Policy, Error> {
    const LIMIT: usize = 10_240;
    if text.len() > LIMIT {
        return Err(Error::PolicyTooLong(LIMIT));
    }
    Policy::parse_as(kind, text).map_err(|error| Error::MalformedDocument(error.to_string()))
}

impl IdentityPermit {
    /// Writes a user, a role or a credential.
    pub(crate) fn put(&self, cx: &mut Cx<'_>, what: &str, record: IdentityRecord) {
        let name = record.name().to_string();
        cx.changed(what, name, Change::PutIdentity(Box::new(record)));
    }

    /// Removes a user, a role or a credential.
    pub(crate) fn delete(&self, cx: &mut Cx<'_>, what: &str, name: IdentityName) {
        cx.changed(what, name.to_string(), Change::DeleteIdentity(name));
    }

    /// The account's users, in order of name.
    pub(crate) fn users<'a>(&self, cx: &Cx<'a>) -> impl Iterator<Item = &'a UserRecord> + use<'a> {
        cx.view.users(cx.caller.account())
    }

    /// The account's roles, in order of name.
    pub(crate) fn roles<'a>(&self, cx: &Cx<'a>) -> impl Iterator<Item = &'a RoleRecord> + use<'a> {
        cx.view.roles(cx.caller.account())
    }

    /// A user's access keys, in order of ID.
    pub(crate) fn access_keys<'a>(&self, cx: &Cx<'a>, user: &UserRecord) -> Vec<&'a Credential> {
        cx.view.credentials(user.principal()).collect()
    }

    /// Removes the credentials of a role's sessions: all of them, or those that have expired.
    pub(crate) fn end_sessions(&self, cx: &mut Cx<'_>, role: &RoleRecord, all: bool) {
        let view = cx.view;
        let ended =
            view.sessions(role).filter(|it| all || it.expiration.is_none_or(|end| view.has_come(end)));
        for credential in ended {
            self.delete(cx, "session ended", IdentityName::Credential(credential.access_key_id.clone()));
        }
    }
}
