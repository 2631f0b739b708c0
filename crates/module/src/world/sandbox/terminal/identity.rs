//! From a profile of the terminal to whoever calls.

use waxseal_api::{Region, sandbox::Identity};
use waxseal_cli::{Call, Config, Identity as Claimed};

use super::{desk::PRINCIPAL, run::Complaint};

/// Who makes a call of the terminal, which has assumed the role of a profile that stands for one; and where.
pub(super) fn caller(config: &Config, call: &Call) -> Result<(Identity, Region), Complaint> {
    let region: Region = call.region.parse().map_err(|_| {
        let text = format!("Provided region_name '{}' doesn't match a supported format.", call.region);
        Complaint::new("ParamValidation", &text, 252)
    })?;
    let identity = match &call.identity {
        Claimed::AccessKey { id, secret, session_token } => access_key(id, secret, session_token.as_deref()),
        Claimed::Profile(name) => Profile::of(config, name)
            .and_then(|profile| profile.identity().ok())
            .ok_or_else(|| no_credentials(name))?,
    };
    Ok((identity, region))
}

/// What the settings of a profile say of who it is.
#[derive(Debug, PartialEq)]
pub(super) enum Profile<'a> {
    /// Anybody that is there.
    Principal(&'a str),
    /// Whoever the access key was made for.
    AccessKey { id: &'a str, secret: &'a str, token: Option<&'a str> },
    /// A session of a role, begun by another profile.
    Role(&'a str),
}

impl<'a> Profile<'a> {
    /// None if it has no credentials.
    pub(super) fn of(config: &'a Config, name: &str) -> Option<Self> {
        let setting = |setting: &str| config.get(name, setting);
        if let (Some(arn), Some(_)) = (setting("role_arn"), setting("source_profile")) {
            return Some(Self::Role(arn));
        }
        if let (Some(id), Some(secret)) = (setting("aws_access_key_id"), setting("aws_secret_access_key")) {
            return Some(Self::AccessKey { id, secret, token: setting("aws_session_token") });
        }
        setting(PRINCIPAL).map(Self::Principal)
    }

    /// Who that is; or the ARN of a role, for which credentials have to be asked for first.
    pub(super) fn identity(&self) -> Result<Identity, &'a str> {
        match self {
            Self::Principal(arn) => Ok(Identity::Principal((*arn).to_owned())),
            Self::AccessKey { id, secret, token } => Ok(access_key(id, secret, *token)),
            Self::Role(arn) => Err(arn),
        }
    }
}

/// An access key and what belongs to it.
fn access_key(id: &str, secret: &str, session_token: Option<&str>) -> Identity {
    Identity::AccessKey {
        id: id.to_owned(),
        secret: secret.to_owned().into(),
        session_token: session_token.map(str::to_owned),
    }
}

fn no_credentials(name: &str) -> Complaint {
    Complaint::new("NoCredentials", &format!("Unable to locate credentials of the profile {name}."), 253)
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
        let app = Profile::Role("arn:aws:iam::111122223333:role/app");
        assert_eq!(Profile::of(&config, "app"), Some(app));
    }
}
