//! Who calls, and how a policy names them.
//! See "AWS JSON policy elements: Principal" in the AWS IAM user guide.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use waxseal_api::{AccountId, arn::NameError};

/// Who makes a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Principal {
    /// The account itself.
    Root {
        /// Which.
        account: AccountId,
    },
    /// An IAM user.
    User {
        /// Of which account.
        account: AccountId,
        /// `/` or `/folder/`.
        path: String,
        /// Its name.
        name: String,
    },
    /// Someone who has assumed a role.
    Session {
        /// The role's account.
        account: AccountId,
        /// The role's path: `/` or `/folder/`.
        path: String,
        /// The role's name.
        role: String,
        /// What the session is called.
        session: String,
    },
    /// A federated user.
    Federated {
        /// Of which account.
        account: AccountId,
        /// Its name.
        name: String,
    },
    /// An AWS service that acts for itself.
    Service {
        /// Such as `logs.amazonaws.com`.
        name: String,
    },
}

impl Principal {
    /// The caller's ARN; a service's name.
    pub fn arn(&self) -> String {
        match self {
            Self::Root { account } => format!("arn:aws:iam::{account}:root"),
            Self::User { account, path, name } => format!("arn:aws:iam::{account}:user{path}{name}"),
            Self::Session { account, role, session, .. } => {
                format!("arn:aws:sts::{account}:assumed-role/{role}/{session}")
            }
            Self::Federated { account, name } => format!("arn:aws:sts::{account}:federated-user/{name}"),
            Self::Service { name } => name.clone(),
        }
    }

    /// The ARN of whom the permissions belong to: a session's role, else the caller (`aws:PrincipalArn`).
    pub fn principal_arn(&self) -> String {
        match self {
            Self::Session { account, path, role, .. } => format!("arn:aws:iam::{account}:role{path}{role}"),
            other => other.arn(),
        }
    }

    /// The account; a service has none.
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Root { account }
            | Self::User { account, .. }
            | Self::Session { account, .. }
            | Self::Federated { account, .. } => Some(account),
            Self::Service { .. } => None,
        }
    }

    /// What it is in CloudTrail's words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Root { .. } => "Root",
            Self::User { .. } => "IAMUser",
            Self::Session { .. } => "AssumedRole",
            Self::Federated { .. } => "FederatedUser",
            Self::Service { .. } => "AWSService",
        }
    }
}

/// A principal as policies and grants name one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// `*`
    Everyone,
    /// `111122223333` or `arn:aws:iam::111122223333:root`: the account and, as it decides, those in it.
    Account(AccountId),
    /// The ARN of a user, role, session or federated user.
    Arn(String),
    /// A service, such as `logs.amazonaws.com`.
    Service(String),
    /// An identity provider. Nobody comes here from one, so it names nobody.
    Provider(String),
}

/// How a name fits a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// It means the caller, or the role of the caller's session.
    Itself,
    /// It means the caller's account.
    Account,
}

impl Name {
    /// Whether, and how, it fits a caller.
    pub fn fits(&self, principal: &Principal) -> Option<Naming> {
        let itself = match self {
            Self::Everyone => true,
            Self::Account(account) => {
                return (principal.account() == Some(account)).then_some(Naming::Account);
            }
            Self::Arn(arn) => {
                principal.account().is_some()
                    && (*arn == principal.arn() || *arn == principal.principal_arn())
            }
            Self::Service(name) => matches!(principal, Principal::Service { name: own } if own == name),
            Self::Provider(_) => false,
        };
        itself.then_some(Naming::Itself)
    }
}

/// The part of an ARN after `arn:<partition>:`: service, account and resource of an IAM or STS name.
fn split(arn: &str) -> Option<(&str, AccountId, &str)> {
    let mut parts = arn.splitn(6, ':');
    let ("arn", partition, service, "") = (parts.next()?, parts.next()?, parts.next()?, parts.next()?) else {
        return None;
    };
    let account = parts.next()?.parse().ok()?;
    (!partition.is_empty()).then_some((service, account, parts.next()?))
}

/// A name under `AWS`: `*`, an account or an ARN. Wildcards do not reach into ARNs.
impl FromStr for Name {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let error = || NameError { text: text.to_owned(), expected: "the name of a principal" };
        if text == "*" {
            return Ok(Self::Everyone);
        }
        if let Ok(account) = text.parse() {
            return Ok(Self::Account(account));
        }
        let (service, account, resource) = split(text).ok_or_else(error)?;
        if (service, resource) == ("iam", "root") {
            return Ok(Self::Account(account));
        }
        let (kind, name) = resource.split_once('/').ok_or_else(error)?;
        let known = matches!((service, kind), ("iam", "user" | "role") | ("sts", "federated-user"))
            || ((service, kind) == ("sts", "assumed-role") && name.split('/').count() == 2);
        let named = !name.contains(['*', '?']) && name.split('/').all(|part| !part.is_empty());
        (known && named).then(|| Self::Arn(text.to_owned())).ok_or_else(error)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => f.write_str("*"),
            Self::Account(account) => write!(f, "arn:aws:iam::{account}:root"),
            Self::Arn(text) | Self::Service(text) | Self::Provider(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Principal {
        Principal::Session {
            account: "111122223333".parse().unwrap(),
            path: "/ops/".to_owned(),
            role: "Deploy".to_owned(),
            session: "ann".to_owned(),
        }
    }

    #[track_caller]
    fn fits(name: &str, expect: Option<Naming>) {
        assert_eq!(name.parse::<Name>().unwrap().fits(&session()), expect, "{name}");
    }

    #[test]
    fn a_role_means_its_sessions() {
        fits("*", Some(Naming::Itself));
        fits("111122223333", Some(Naming::Account));
        fits("arn:aws:iam::111122223333:root", Some(Naming::Account));
        fits("444455556666", None);
        fits("arn:aws:iam::111122223333:role/ops/Deploy", Some(Naming::Itself));
        fits("arn:aws:iam::111122223333:role/Deploy", None);
        fits("arn:aws:sts::111122223333:assumed-role/Deploy/ann", Some(Naming::Itself));
        fits("arn:aws:sts::111122223333:assumed-role/Deploy/bob", None);
        fits("arn:aws:iam::111122223333:user/ann", None);
    }

    #[test]
    fn names_that_are_none() {
        for text in [
            "",
            "me",
            "1111",
            "arn:aws:iam::111122223333:user/*",
            "arn:aws:iam::111122223333:user/",
            "arn:aws:iam::111122223333:group/x",
            "arn:aws:iam::*:root",
            "arn:aws:iam:eu-central-1:111122223333:user/x",
            "arn:aws:sts::111122223333:assumed-role/Deploy",
            "arn:aws:kms::111122223333:user/x",
        ] {
            assert!(text.parse::<Name>().is_err(), "{text}");
        }
    }
}
