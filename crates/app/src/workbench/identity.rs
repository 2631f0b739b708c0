//! From a profile of the terminal to whoever calls.

use std::{cell::RefCell, collections::BTreeMap, pin::Pin};

use waxseal_api::{
    Answer, ApiError, LocalError, Operation as _, Region, Service,
    sandbox::Identity,
    sts::{AssumeRole, AssumeRoleInput, AssumeRoleOutput, Credentials},
};
use waxseal_cli::{Call, Config, Identity as Claimed};

use super::desk::PRINCIPAL;
use crate::bridge::Bridge;

/// How many profiles may stand behind each other.
const DEPTH: u8 = 5;

/// Why a call was not made.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Problem {
    /// The command line says so, and ends with this code.
    Said(String, u8),
    /// The worker or its store has failed.
    Broken(LocalError),
}

impl From<LocalError> for Problem {
    fn from(error: LocalError) -> Self {
        Self::Broken(error)
    }
}

/// Makes calls on behalf of profiles, and remembers the sessions of those that stand for a role.
#[derive(Default)]
pub(crate) struct Callers(RefCell<BTreeMap<String, Credentials>>);

/// An identity that is on its way: assuming a role is a call of its own.
type Finding<'a> = Pin<Box<dyn Future<Output = Result<Identity, Problem>> + 'a>>;

impl Callers {
    /// Makes a call of the terminal. Where a session is over, a new one is begun.
    pub(crate) async fn call(
        &self,
        bridge: &Bridge,
        config: &Config,
        call: &Call,
    ) -> Result<Answer, Problem> {
        let region: Region = call.region.parse().map_err(|_| {
            let text = format!("Provided region_name '{}' doesn't match a supported format.", call.region);
            said("ParamValidation", &text, 252)
        })?;
        let again = self.is_session(&call.identity);
        let answer = self.attempt(bridge, config, call, region.clone()).await?;
        match &answer.result {
            Err(error) if again && error.message.contains("security token") => {
                self.0.borrow_mut().clear();
                self.attempt(bridge, config, call, region).await
            }
            _ => Ok(answer),
        }
    }

    async fn attempt(
        &self,
        bridge: &Bridge,
        config: &Config,
        call: &Call,
        region: Region,
    ) -> Result<Answer, Problem> {
        let identity = match &call.identity {
            Claimed::AccessKey { id, secret, session_token } => {
                access_key(id, secret, session_token.as_deref())
            }
            Claimed::Profile(name) => self.profile(bridge, config, name, DEPTH).await?,
        };
        Ok(bridge.call_as((identity, region), call.service, call.operation, call.body.clone()).await?)
    }

    fn is_session(&self, identity: &Claimed) -> bool {
        matches!(identity, Claimed::Profile(name) if self.0.borrow().contains_key(name))
    }

    /// Whom a profile stands for.
    fn profile<'a>(
        &'a self,
        bridge: &'a Bridge,
        config: &'a Config,
        name: &'a str,
        depth: u8,
    ) -> Finding<'a> {
        Box::pin(async move {
            match Profile::of(config, name) {
                Some(Profile::Principal(arn)) => Ok(Identity::Principal(arn.to_owned())),
                Some(Profile::AccessKey { id, secret, token }) => Ok(access_key(id, secret, token)),
                Some(Profile::Role { arn, source }) if depth > 0 => {
                    if !self.0.borrow().contains_key(name) {
                        let identity = self.profile(bridge, config, source, depth - 1).await?;
                        let session = assume(bridge, identity, arn).await?;
                        self.0.borrow_mut().insert(name.to_owned(), session);
                    }
                    let known = self.0.borrow();
                    let session = known.get(name).ok_or_else(|| no_credentials(name))?;
                    let (id, secret) = (&session.access_key_id, session.secret_access_key.expose());
                    Ok(access_key(id, secret, Some(&session.session_token)))
                }
                Some(Profile::Role { .. }) | None => Err(no_credentials(name)),
            }
        })
    }
}

/// What the settings of a profile say of who it is.
#[derive(Debug, PartialEq)]
pub(crate) enum Profile<'a> {
    /// Anybody that is there.
    Principal(&'a str),
    /// Whoever the access key was made for.
    AccessKey { id: &'a str, secret: &'a str, token: Option<&'a str> },
    /// A session of a role, begun by another profile.
    Role { arn: &'a str, source: &'a str },
}

impl<'a> Profile<'a> {
    /// None if it has no credentials.
    pub(crate) fn of(config: &'a Config, name: &str) -> Option<Self> {
        let setting = |setting: &str| config.get(name, setting);
        if let (Some(arn), Some(source)) = (setting("role_arn"), setting("source_profile")) {
            return Some(Self::Role { arn, source });
        }
        if let (Some(id), Some(secret)) = (setting("aws_access_key_id"), setting("aws_secret_access_key")) {
            return Some(Self::AccessKey { id, secret, token: setting("aws_session_token") });
        }
        setting(PRINCIPAL).map(Self::Principal)
    }

    /// For asking the worker who it is; None for a role, which its ARN says.
    pub(crate) fn identity(&self) -> Option<Identity> {
        match self {
            Self::Principal(arn) => Some(Identity::Principal((*arn).to_owned())),
            Self::AccessKey { id, secret, token } => Some(access_key(id, secret, *token)),
            Self::Role { .. } => None,
        }
    }
}

/// An access key and what belongs to it.
pub(crate) fn access_key(id: &str, secret: &str, session_token: Option<&str>) -> Identity {
    Identity::AccessKey {
        id: id.to_owned(),
        secret: secret.to_owned().into(),
        session_token: session_token.map(str::to_owned),
    }
}

async fn assume(bridge: &Bridge, identity: Identity, role_arn: &str) -> Result<Credentials, Problem> {
    let input = AssumeRoleInput {
        role_arn: role_arn.to_owned(),
        role_session_name: "terminal".to_owned(),
        duration_seconds: None,
        external_id: None,
        policy: None,
        policy_arns: None,
    };
    let body = serde_json::to_string(&input).unwrap_or_default();
    let region: Region = super::desk::REGION.parse().map_err(|_| no_credentials(role_arn))?;
    let answer = bridge.call_as((identity, region), Service::Sts, AssumeRole::NAME, body).await?;
    let output = answer.result.map_err(|error| refused(&error))?;
    let output: AssumeRoleOutput = serde_json::from_str(&output).map_err(|_| no_credentials(role_arn))?;
    Ok(output.credentials)
}

/// As AWS's command line says it of a role that it may not assume.
fn refused(error: &ApiError) -> Problem {
    let text = format!(
        "\naws: [ERROR]: An error occurred ({}) when calling the AssumeRole operation: {}\n",
        error.code.query_name(),
        error.message
    );
    Problem::Said(text, 254)
}

fn no_credentials(name: &str) -> Problem {
    said("NoCredentials", &format!("Unable to locate credentials of the profile {name}."), 253)
}

fn said(name: &str, text: &str, exit: u8) -> Problem {
    Problem::Said(format!("\naws: [ERROR]: An error occurred ({name}): {text}\n"), exit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_says_who_it_is() {
        let mut config = Config::default();
        config.set("me", "principal", "arn:aws:iam::111122223333:root");
        config.set("ana", "aws_access_key_id", "AKIA1");
        config.set("app", "role_arn", "arn:aws:iam::111122223333:role/app");
        assert_eq!(Profile::of(&config, "me"), Some(Profile::Principal("arn:aws:iam::111122223333:root")));
        for name in ["ana", "app", "nobody"] {
            assert_eq!(Profile::of(&config, name), None, "{name} lacks something");
        }
        config.set("ana", "aws_secret_access_key", "s");
        config.set("app", "source_profile", "ana");
        let ana = Profile::AccessKey { id: "AKIA1", secret: "s", token: None };
        assert_eq!(Profile::of(&config, "ana"), Some(ana));
        let app = Profile::Role { arn: "arn:aws:iam::111122223333:role/app", source: "ana" };
        assert_eq!(Profile::of(&config, "app"), Some(app));
    }
}
