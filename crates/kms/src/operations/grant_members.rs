//! Members that the operations on grants share.

use waxseal_api::AccountId;

use crate::{error::Error, state::Party};

/// Reads one side of a grant: a principal or a service principal, or neither. `both` is told when both are given.
pub(super) fn party(
    principal: Option<String>,
    service: Option<String>,
    both: &'static str,
) -> Result<Option<Party>, Error> {
    match (principal, service) {
        (Some(_), Some(_)) => Err(Error::Validation(both)),
        (Some(arn), None) if account_of(&arn).is_some() => Ok(Some(Party::Principal(arn))),
        (Some(arn), None) => Err(Error::PrincipalArn(arn)),
        (None, service) => Ok(service.map(Party::Service)),
    }
}

/// The account of a principal's ARN: `arn:<partition>:iam::<account>:root`, a `user/…` or `role/…` there, or an
/// `assumed-role/…` or `federated-user/…` of `sts`.
pub(super) fn account_of(arn: &str) -> Option<AccountId> {
    let mut parts = arn.splitn(6, ':');
    let ("arn", partition, service, "") = (parts.next()?, parts.next()?, parts.next()?, parts.next()?) else {
        return None;
    };
    let (account, identity) = (parts.next()?, parts.next()?);
    let named = |kinds: &[&str]| {
        identity.split_once('/').is_some_and(|(kind, name)| kinds.contains(&kind) && !name.is_empty())
    };
    let known = match service {
        "iam" => identity == "root" || named(&["user", "role"]),
        "sts" => named(&["assumed-role", "federated-user"]),
        _ => false,
    };
    account.parse().ok().filter(|_| known && !partition.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_and_what_is_none() {
        for good in [
            "arn:aws:iam::111122223333:root",
            "arn:aws-cn:iam::111122223333:user/alice",
            "arn:aws:iam::111122223333:role/path/to/reader",
            "arn:aws:sts::111122223333:assumed-role/reader/session",
            "arn:aws:sts::111122223333:federated-user/bob",
        ] {
            assert_eq!(account_of(good).map(String::from).as_deref(), Some("111122223333"), "{good}");
        }
        for bad in [
            "alice",
            "111122223333",
            "arn:aws:iam::1:root",
            "arn:aws:iam:eu-central-1:111122223333:root",
            "arn:aws:iam::111122223333:group/readers",
            "arn:aws:iam::111122223333:user/",
            "arn:aws:sts::111122223333:root",
            "arn::iam::111122223333:root",
            "arn:aws:kms:eu-central-1:111122223333:key/x",
        ] {
            assert_eq!(account_of(bad), None, "{bad}");
        }
    }
}
