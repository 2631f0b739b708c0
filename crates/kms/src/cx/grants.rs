//! Grants of a key: making, finding and ending them, and what they allow.

use serde_json::json;
use waxseal_api::{AccountId, trace::Step, types::GrantOperation};

use super::{Action, Cx, Found, Permit, access::Resource, decision::Wish, find::Account};
use crate::{
    error::Error,
    grant_token,
    request::{Caller, Principal},
    state::{Change, Deed, GrantRecord, GrantTerms, Party},
};

/// The most grants a key can have.
const GRANT_LIMIT: usize = 50_000;

/// A grant that is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundGrant<'a>(&'a GrantRecord);

impl Party {
    /// Whether this is the caller, or the role that the caller has assumed.
    fn is(&self, caller: &Caller) -> bool {
        match self {
            Self::Principal(arn) => *arn == caller.arn() || *arn == caller.principal.principal_arn(),
            Self::Service(name) => {
                matches!(&caller.principal, Principal::Service { name: own } if own == name)
            }
        }
    }
}

impl<'a> Cx<'a> {
    /// A grant that allows the caller to do something to a key. A grant counts from the moment it is made, with or
    /// without its token.
    pub(super) fn grant_for(&self, action: Action, resource: &impl Resource) -> Option<&'a GrantRecord> {
        let deed = Deed {
            operation: action.to_string().parse().ok()?,
            encryption_context: &self.encryption_context,
            source_arn: None,
            child: self.grant_to_be.as_ref(),
        };
        let key_arn = &resource.record()?.arn;
        let new = self.made.iter().filter_map(move |change| match change {
            Change::PutGrant(grant) if grant.key_arn == *key_arn => Some(&**grant),
            _ => None,
        });
        let mut grants = self.view.grants(key_arn, None).chain(new);
        grants.find(|grant| grant.terms.grantee.is(self.caller) && grant.terms.allow(deed))
    }

    /// Checks the tokens that the request shows: each has to be of a grant that is there.
    pub(super) fn check_grant_tokens(&self) -> Result<(), Error> {
        let mut tokens = self.grant_tokens.iter();
        if tokens.all(|token| self.grant_of_token(token).is_some()) { Ok(()) } else { Err(Error::GrantToken) }
    }

    /// Checks that the principals whom a grant names are there.
    ///
    /// # Errors
    /// Which is not.
    pub(crate) fn check_parties(&self, terms: &GrantTerms) -> Result<(), Error> {
        let is_there = |arn: &str| arn.parse().is_ok_and(|name| self.is_there(&name));
        for party in [Some(&terms.grantee), terms.retiring.as_ref()].into_iter().flatten() {
            match party {
                Party::Principal(arn) if !is_there(arn) => return Err(Error::PrincipalArn(arn.clone())),
                Party::Principal(_) | Party::Service(_) => {}
            }
        }
        Ok(())
    }

    /// Says which grant is to be made, for the decision about it.
    pub(crate) fn wish_for(&mut self, terms: GrantTerms) {
        self.grant_to_be = Some(terms);
    }

    /// Finds a grant of a key by its ID.
    pub(crate) fn find_grant(&self, key: Found<'a>, grant_id: &str) -> Result<FoundGrant<'a>, Error> {
        let grant = self.view.grant(key.arn(), grant_id);
        grant.map(FoundGrant).ok_or_else(|| Error::NoSuchGrant(grant_id.to_owned()))
    }

    /// Finds a grant by one of its tokens.
    pub(crate) fn find_grant_by_token(&mut self, token: &str) -> Result<FoundGrant<'a>, Error> {
        let grant = self.grant_of_token(token).ok_or(Error::GrantToken)?;
        self.find_key(&grant.key_arn.to_string()).map(|_| FoundGrant(grant))
    }

    /// Asks whether the caller may end a grant because of what the grant says.
    ///
    /// # Errors
    /// Access is denied.
    pub(crate) fn authorize_retiring(
        &mut self,
        found: FoundGrant<'a>,
    ) -> Result<Permit<FoundGrant<'a>>, Error> {
        let action = format!("kms:{}", Action::RetireGrant);
        let resource = found.0.key_arn.to_string();
        let (principal, because) = (self.caller.arn(), found.retired_because(self.caller));
        if let Some(because) = because.map(str::to_owned) {
            self.trace.push(Step::Permitted { principal, action, resource, because });
        } else if found.0.issuing_account == *self.caller.account() {
            let owner = self.caller.account();
            let wish = Wish {
                action: &action,
                resource: &resource,
                owner,
                key: None,
                trust: None,
                crosses_accounts: true,
                grant: None,
            };
            self.conclude(wish, &self.decision(wish))?;
        } else {
            let because = format!("because no resource-based policy allows the {action} action");
            return Err(Error::Denied { principal, action, resource, because });
        }
        Ok(Permit::granted(Action::RetireGrant, found))
    }

    fn grant_of_token(&self, token: &str) -> Option<&'a GrantRecord> {
        let (key, grant_id) = grant_token::read(token)?;
        self.view.grant(&key, &grant_id)
    }
}

impl FoundGrant<'_> {
    /// Why somebody may end the grant whatever policies say: its retiring principal may, and its grantee where it allows
    /// that. See "Retiring and revoking grants" in the AWS KMS developer guide.
    fn retired_because(&self, caller: &Caller) -> Option<&'static str> {
        let terms = &self.0.terms;
        if terms.retiring.as_ref().is_some_and(|party| party.is(caller)) {
            Some("the grant names the caller as its retiring principal")
        } else if terms.operations.contains(&GrantOperation::RetireGrant) && terms.grantee.is(caller) {
            Some("the grant lets its grantee retire it")
        } else {
            None
        }
    }
}

impl<'a> Permit<Found<'a>> {
    /// Makes a grant; the same again when there is one with the same name and terms. Returns its
    /// ID and a new token.
    pub(crate) fn create_grant(&self, cx: &mut Cx<'a>, terms: GrantTerms) -> Result<(String, String), Error> {
        let key_arn = self.key().arn.clone();
        let grant_id = match self.same_grant(cx, &terms) {
            Some(grant) => grant.grant_id.clone(),
            None => self.new_grant(cx, terms)?,
        };
        let token = grant_token::write(&key_arn, &grant_id, cx.random_bytes());
        Ok((grant_id, token))
    }

    fn same_grant(&self, cx: &Cx<'a>, terms: &GrantTerms) -> Option<&'a GrantRecord> {
        terms.name.as_ref()?;
        let mut grants = cx.view.grants(&self.key().arn, None);
        grants.find(|grant| grant.terms == *terms && grant.issuing_account == *cx.caller.account())
    }

    fn new_grant(&self, cx: &mut Cx<'a>, terms: GrantTerms) -> Result<String, Error> {
        let key_arn = self.key().arn.clone();
        if cx.view.grants(&key_arn, None).count() >= GRANT_LIMIT {
            return Err(Error::TooManyGrants(key_arn, GRANT_LIMIT));
        }
        let grant_id = hex::encode(cx.random_bytes::<32>());
        let grant = GrantRecord {
            key_arn: key_arn.clone(),
            grant_id: grant_id.clone(),
            creation_date: cx.now,
            issuing_account: cx.caller.account().clone(),
            terms,
        };
        cx.changed("grant", key_arn.to_string(), Change::PutGrant(Box::new(grant)));
        Ok(grant_id)
    }

    /// Its grants in order of ID, from the one after another.
    pub(crate) fn grants(&self, cx: &Cx<'a>, after: Option<String>) -> impl Iterator<Item = &'a GrantRecord> {
        cx.view.grants(&self.key().arn, after)
    }

    /// Ends one of its grants.
    pub(crate) fn revoke(&self, cx: &mut Cx<'_>, grant: FoundGrant<'_>) {
        cx.end_grant("grant revoked", grant);
    }
}

impl Permit<Account> {
    /// Whose it is.
    pub(crate) fn account_id(&self) -> &AccountId {
        &self.resource.0.account
    }

    /// Every grant in this Region that somebody may end, in order of key and ID.
    pub(crate) fn retirable_grants<'a>(
        &self,
        cx: &Cx<'a>,
        party: Party,
    ) -> impl Iterator<Item = &'a GrantRecord> {
        let grants = cx.view.grants_in(&self.resource.0.region);
        grants.filter(move |grant| grant.terms.retiring.as_ref() == Some(&party))
    }
}

impl Permit<FoundGrant<'_>> {
    /// Ends the grant.
    pub(crate) fn retire(&self, cx: &mut Cx<'_>) {
        cx.additional_event_data = Some(json!({ "grantId": self.resource.0.grant_id }));
        cx.end_grant("grant retired", self.resource);
    }
}

impl Cx<'_> {
    fn end_grant(&mut self, what: &str, FoundGrant(grant): FoundGrant<'_>) {
        let key_arn = grant.key_arn.clone();
        let change = Change::DeleteGrant(key_arn.clone(), grant.grant_id.clone());
        self.changed(what, key_arn.to_string(), change);
    }
}
