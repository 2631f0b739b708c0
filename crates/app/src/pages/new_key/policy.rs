//! The key policy that the five steps write. Source: "Default key policy" in the AWS KMS developer guide: the account's
//! statement, and for those who were named the three statements that the console adds.

use serde::Serialize;
use serde_json::{Value, json};
use waxseal_api::Place;

/// An IAM user or role of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// Which of the two.
    pub(crate) kind: Kind,
    /// Its name, without a path.
    pub(crate) name: String,
}

/// What an identity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    User,
    Role,
}

impl Kind {
    /// As it stands in an ARN.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Role => "role",
        }
    }
}

impl Identity {
    /// A user.
    #[cfg(test)]
    pub(crate) fn user(name: &str) -> Self {
        Self { kind: Kind::User, name: name.to_owned() }
    }

    /// A role.
    #[cfg(test)]
    pub(crate) fn role(name: &str) -> Self {
        Self { kind: Kind::Role, name: name.to_owned() }
    }

    /// `arn:aws:iam::<account>:user/<name>`
    pub(crate) fn arn(&self, account: &str) -> String {
        format!("arn:aws:iam::{account}:{}/{}", self.kind.word(), self.name)
    }

    /// The call of IAM that makes it; a role for whoever its account lets assume it.
    pub(crate) fn creation(&self, place: &Place) -> (&'static str, Value) {
        let name = &self.name;
        match self.kind {
            Kind::User => ("CreateUser", json!({ "UserName": name })),
            Kind::Role => {
                let trust = json!({ "Statement": {
                    "Effect": "Allow", "Principal": { "AWS": place.root_arn() }, "Action": "sts:AssumeRole",
                } });
                let document = trust.to_string();
                ("CreateRole", json!({ "RoleName": name, "AssumeRolePolicyDocument": document }))
            }
        }
    }

    /// An identity by the name that was entered, or why it cannot be one. Source: "IAM identifiers" in the AWS IAM user
    /// guide: 1 to 64 letters, digits and `+ = , . @ _ -`.
    ///
    /// # Errors
    /// What is wrong with the name, in words.
    pub(crate) fn named(kind: Kind, entered: &str) -> Result<Self, String> {
        let name = entered.trim();
        if name.is_empty() {
            return Err(format!("Enter the name of a {}.", kind.word()));
        }
        if name.len() > 64 {
            return Err(format!("The name of a {} has at most 64 characters.", kind.word()));
        }
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte)) {
            return Err("A name is made of letters, digits and + = , . @ _ -".to_owned());
        }
        Ok(Self { kind, name: name.to_owned() })
    }
}

const ADMINISTER: &[&str] = &[
    "kms:Create*",
    "kms:Describe*",
    "kms:Enable*",
    "kms:List*",
    "kms:Put*",
    "kms:Update*",
    "kms:Revoke*",
    "kms:Disable*",
    "kms:Get*",
    "kms:Delete*",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
    "kms:RotateKeyOnDemand",
];
const USE: &[&str] =
    &["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];
const ATTACH: &[&str] = &["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"];

/// The policy as JSON text, to be read by people too.
pub(crate) fn text(place: &Place, administrators: &[Identity], users: &[Identity]) -> String {
    let account = place.account.as_str();
    let arns = |people: &[Identity]| people.iter().map(|person| person.arn(account)).collect::<Vec<_>>();
    let statement = statements(vec![place.root_arn()], arns(administrators), arns(users));
    let policy = Policy { version: "2012-10-17", id: "key-consolepolicy-3", statement };
    serde_json::to_string_pretty(&policy).unwrap_or_default()
}

/// The `Sid`s of the statements, in their order. The last two are of those who use the key.
pub(crate) const SIDS: [&str; 4] = [
    "Enable IAM User Permissions",
    "Allow access for Key Administrators",
    "Allow use of the key",
    "Allow attachment of persistent resources",
];

/// The statements for these principals, of each those that concern somebody.
pub(crate) fn statements(
    account: Vec<String>,
    administrators: Vec<String>,
    users: Vec<String>,
) -> Vec<Statement> {
    let attach = Statement::allow(SIDS[3], users.clone(), ATTACH);
    let all = [
        Statement::allow(SIDS[0], account, &["kms:*"]),
        Statement::allow(SIDS[1], administrators, ADMINISTER),
        Statement::allow(SIDS[2], users, USE),
        Statement { condition: Some(Condition::default()), ..attach },
    ];
    all.into_iter().filter(|statement| !statement.principal.aws.is_empty()).collect()
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    version: &'static str,
    id: &'static str,
    statement: Vec<Statement>,
}

/// A statement of the console.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Statement {
    sid: &'static str,
    effect: &'static str,
    principal: Principal,
    action: OneOrMany<&'static str>,
    resource: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
}

impl Statement {
    fn allow(sid: &'static str, aws: Vec<String>, action: &'static [&'static str]) -> Self {
        Self {
            sid,
            effect: "Allow",
            principal: Principal { aws: aws.into() },
            action: action.to_vec().into(),
            resource: "*",
            condition: None,
        }
    }
}

#[derive(Serialize)]
struct Principal {
    #[serde(rename = "AWS")]
    aws: OneOrMany<String>,
}

/// A list of one is written as its only member, as is the custom.
#[derive(Serialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Many(list) if list.is_empty())
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(mut list: Vec<T>) -> Self {
        match list.pop() {
            Some(only) if list.is_empty() => Self::One(only),
            Some(last) => Self::Many(list.into_iter().chain([last]).collect()),
            None => Self::Many(list),
        }
    }
}

/// Grants are given only where an AWS service needs them.
#[derive(Serialize)]
struct Condition {
    #[serde(rename = "Bool")]
    bool: ForResource,
}

#[derive(Serialize)]
struct ForResource {
    #[serde(rename = "kms:GrantIsForAWSResource")]
    grant_is_for_aws_resource: &'static str,
}

impl Default for Condition {
    fn default() -> Self {
        Self { bool: ForResource { grant_is_for_aws_resource: "true" } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::place;

    fn sids(administrators: &[Identity], users: &[Identity]) -> Vec<String> {
        let policy: serde_json::Value = serde_json::from_str(&text(&place(), administrators, users)).unwrap();
        policy["Statement"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["Sid"].as_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn only_those_who_were_named_get_statements() {
        const ACCOUNT: &str = "Enable IAM User Permissions";
        const ADMINS: &str = "Allow access for Key Administrators";
        const USERS: [&str; 2] = ["Allow use of the key", "Allow attachment of persistent resources"];
        let (ana, backup) = ([Identity::user("ana")], [Identity::role("backup")]);
        assert_eq!(sids(&[], &[]), [ACCOUNT]);
        assert_eq!(sids(&ana, &[]), [ACCOUNT, ADMINS]);
        assert_eq!(sids(&[], &backup), [ACCOUNT, USERS[0], USERS[1]]);
        assert_eq!(sids(&ana, &backup), [ACCOUNT, ADMINS, USERS[0], USERS[1]]);
    }

    #[test]
    fn identities_become_arns_of_the_account() {
        let text = text(&place(), &[Identity::user("ana")], &[Identity::role("backup")]);
        for arn in ["arn:aws:iam::111122223333:user/ana", "arn:aws:iam::111122223333:role/backup"] {
            assert!(text.contains(arn), "{text}");
        }
        assert!(text.contains(r#""kms:GrantIsForAWSResource": "true""#), "{text}");
    }

    #[test]
    fn names_are_checked() {
        assert_eq!(Identity::named(Kind::User, " ana@example.com "), Ok(Identity::user("ana@example.com")));
        for name in ["", " ", "two words", "a/b", &"x".repeat(65)] {
            assert!(Identity::named(Kind::Role, name).is_err(), "{name}");
        }
    }
}
