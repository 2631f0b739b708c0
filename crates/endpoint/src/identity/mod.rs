//! Who calls: from a request's signature to a caller.

mod authorization;
mod signature;

use axum::http::request::Parts;
use waxseal_api::{AccountId, Place, Region, Secret};
use waxseal_crypto::equal;
use waxseal_kms::{Caller, Principal};

pub(crate) use self::authorization::Authorization;
use crate::{clock, options::Options, refusal::Refusal};

/// The Region of calls that name none.
const DEFAULT_REGION: &str = "us-east-1";

/// How callers are recognised.
#[derive(Debug)]
pub(crate) struct Identities {
    account: AccountId,
    require_auth: bool,
    root_secret: Option<Secret>,
}

/// What belongs to an access key.
#[derive(Debug)]
pub(crate) struct Credential {
    pub(crate) secret: Secret,
    /// Of temporary credentials.
    pub(crate) session_token: Option<String>,
    /// Whether its time is over.
    pub(crate) expired: bool,
    /// Who calls with it.
    pub(crate) principal: Principal,
}

impl Identities {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            account: options.account.clone(),
            require_auth: options.require_auth,
            root_secret: options.root_secret.as_ref().map(|secret| secret.as_bytes().into()),
        }
    }

    /// Who makes a request, given what its access key is known to stand for. Unless calls have to be signed, whoever has
    /// no known access key acts as root: of the account that the access key is named like, or else of the default account.
    pub(crate) fn caller(
        &self,
        service: &str,
        claimed: &Authorization<'_>,
        issued: Option<Credential>,
        head: &Parts,
        body: &[u8],
    ) -> Result<Caller, Refusal> {
        let region = claimed.region.parse::<Region>().map_err(|_| claimed.other_region())?;
        let principal = match issued.or_else(|| self.root(claimed.access_key_id)) {
            Some(credential) => {
                claimed.check_scope(service)?;
                check_token(head, &credential)?;
                if credential.expired {
                    return Err(expired());
                }
                signature::verify(claimed, credential.secret.expose(), head, body, clock::real())?;
                credential.principal
            }
            None if self.require_auth => return Err(unrecognized()),
            None => Principal::Root { account: self.account_named(claimed.access_key_id) },
        };
        let account = principal.account().cloned().unwrap_or_else(|| self.account.clone());
        Ok(Caller { place: Place { account, region }, principal, via: None })
    }

    /// Who makes a request without a signature.
    pub(crate) fn unsigned(&self) -> Result<Caller, Refusal> {
        if self.require_auth {
            let message = "The request has no Authorization header with a signature of version 4.";
            return Err(Refusal::bad_request("MissingAuthenticationTokenException", message));
        }
        let region = DEFAULT_REGION.parse().map_err(|_| unrecognized())?;
        Ok(Caller::root(Place { account: self.account.clone(), region }))
    }

    /// The credential of a root user, where calls have to be signed.
    fn root(&self, access_key_id: &str) -> Option<Credential> {
        let account = access_key_id.parse().ok().filter(|_| self.require_auth)?;
        let secret = self.root_secret.as_ref().map(Secret::duplicate);
        let secret = secret.unwrap_or_else(|| access_key_id.as_bytes().into());
        Some(Credential {
            secret,
            session_token: None,
            expired: false,
            principal: Principal::Root { account },
        })
    }

    /// The account that an access key is named like, or else the default account.
    fn account_named(&self, access_key_id: &str) -> AccountId {
        access_key_id.parse().unwrap_or_else(|_| self.account.clone())
    }
}

/// Temporary credentials come with their token, and others without.
fn check_token(head: &Parts, credential: &Credential) -> Result<(), Refusal> {
    let given = head.headers.get("x-amz-security-token").map_or(&b""[..], |token| token.as_bytes());
    let expected = credential.session_token.as_deref().unwrap_or_default();
    if equal(given, expected.as_bytes()) { Ok(()) } else { Err(unrecognized()) }
}

fn unrecognized() -> Refusal {
    Refusal::bad_request(
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
    )
}

fn expired() -> Refusal {
    Refusal::bad_request("ExpiredTokenException", "The security token included in the request is expired")
}
