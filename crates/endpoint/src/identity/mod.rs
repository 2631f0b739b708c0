//! Who calls: from a request's signature to a caller.

mod authorization;
mod signature;

use axum::http::request::Parts;
use waxseal_api::{AccountId, Place, Region, Secret};
use waxseal_crypto::equal;
use waxseal_kms::Caller;

use self::authorization::Authorization;
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
struct Credential {
    secret: Secret,
    /// Of temporary credentials.
    session_token: Option<String>,
    account: AccountId,
}

impl Identities {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            account: options.account.clone(),
            require_auth: options.require_auth,
            root_secret: options.root_secret.as_ref().map(|secret| secret.as_bytes().into()),
        }
    }

    /// Who makes a request. Unless calls have to be signed, whoever has no known access key acts as root: of the account
    /// that the access key is named like, or else of the default account.
    pub(crate) fn caller(&self, service: &str, head: &Parts, body: &[u8]) -> Result<Caller, Refusal> {
        let Some(claimed) = Authorization::of(&head.headers)? else { return self.unsigned() };
        let region = claimed.region.parse::<Region>().map_err(|_| claimed.other_region())?;
        let account = match self.who(claimed.access_key_id) {
            Some(credential) => {
                claimed.check_scope(service)?;
                check_token(head, &credential)?;
                signature::verify(&claimed, credential.secret.expose(), head, body, clock::real())?;
                credential.account
            }
            None if self.require_auth => return Err(unrecognized()),
            None => claimed.access_key_id.parse().unwrap_or_else(|_| self.account.clone()),
        };
        Ok(Caller::root(Place { account, region }))
    }

    fn unsigned(&self) -> Result<Caller, Refusal> {
        if self.require_auth {
            let message = "The request has no Authorization header with a signature of version 4.";
            return Err(Refusal::bad_request("MissingAuthenticationTokenException", message));
        }
        let region = DEFAULT_REGION.parse().map_err(|_| unrecognized())?;
        Ok(Caller::root(Place { account: self.account.clone(), region }))
    }

    /// Whose an access key is. None: nobody's that is known.
    fn who(&self, access_key_id: &str) -> Option<Credential> {
        let account = access_key_id.parse().ok().filter(|_| self.require_auth)?;
        let secret = self.root_secret.as_ref().map(Secret::duplicate);
        let secret = secret.unwrap_or_else(|| access_key_id.as_bytes().into());
        Some(Credential { secret, session_token: None, account })
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
