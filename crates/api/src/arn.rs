//! Names of keys, aliases and places, parsed once.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A text that is not the name it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not {expected}")]
pub struct NameError {
    /// What was given.
    pub text: String,
    /// What it should have been.
    pub expected: &'static str,
}

fn name_error(text: &str, expected: &'static str) -> NameError {
    NameError { text: text.to_owned(), expected }
}

/// Twelve decimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(String);

/// A Region such as `eu-central-1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region(String);

/// A key ID: a lower-case UUID, or `mrk-` and 32 hexadecimal digits for a multi-Region key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyId(String);

/// An alias name with its prefix: `alias/…`, 1 to 256 characters of `a-z A-Z 0-9 : / _ -` in all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AliasName(String);

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

impl AliasName {
    /// What every alias name begins with.
    pub const PREFIX: &'static str = "alias/";
    /// What the names of AWS managed keys begin with; nobody else may take one.
    pub const RESERVED_PREFIX: &'static str = "alias/aws/";

    /// Whether the name belongs to an AWS managed key.
    pub fn is_reserved(&self) -> bool {
        self.0.starts_with(Self::RESERVED_PREFIX)
    }
}

impl KeyId {
    /// Whether the key can be replicated into other Regions.
    pub fn is_multi_region(&self) -> bool {
        self.0.starts_with("mrk-")
    }
}

impl FromStr for AccountId {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let valid = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| Self(text.to_owned())).ok_or_else(|| name_error(text, "an account of twelve digits"))
    }
}

impl FromStr for Region {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let valid = text.split('-').count() >= 3
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && text.split('-').all(|part| !part.is_empty());
        valid.then(|| Self(text.to_owned())).ok_or_else(|| name_error(text, "a Region such as us-east-1"))
    }
}

impl FromStr for KeyId {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let parts: Vec<&str> = text.split('-').collect();
        let valid = match parts.as_slice() {
            ["mrk", digits] => digits.len() == 32 && is_hex(digits),
            groups => groups.iter().map(|g| g.len()).eq([8, 4, 4, 4, 12]) && groups.iter().all(|g| is_hex(g)),
        };
        valid.then(|| Self(text.to_owned())).ok_or_else(|| name_error(text, "a key ID"))
    }
}

impl FromStr for AliasName {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let valid = text.len() > Self::PREFIX.len()
            && text.len() <= 256
            && text.starts_with(Self::PREFIX)
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b":/_-".contains(&b));
        valid.then(|| Self(text.to_owned())).ok_or_else(|| name_error(text, "an alias name"))
    }
}

/// Where a key lives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Whose.
    pub account: AccountId,
    /// In which Region.
    pub region: Region,
}

impl Place {
    /// `arn:aws:kms:<region>:<account>:<resource>`
    fn arn(&self, resource: impl fmt::Display) -> String {
        format!("arn:aws:kms:{}:{}:{resource}", self.region, self.account)
    }

    /// The ARN of an alias in this place.
    pub fn alias_arn(&self, alias: &AliasName) -> String {
        self.arn(alias)
    }

    /// The ARN of the account itself, its root user.
    pub fn root_arn(&self) -> String {
        format!("arn:aws:iam::{}:root", self.account)
    }
}

/// The full name of a key: place and key ID. Prints as its ARN.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyArn {
    /// Where it lives.
    pub place: Place,
    /// Which one.
    pub key_id: KeyId,
}

impl fmt::Display for KeyArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place.arn(format_args!("key/{}", self.key_id)))
    }
}

/// `arn:<partition>:kms:<region>:<account>:<resource>`, all parts non-empty → place and resource.
fn split_arn(text: &str) -> Option<(Place, &str)> {
    let mut parts = text.splitn(6, ':');
    let ("arn", partition, "kms") = (parts.next()?, parts.next()?, parts.next()?) else { return None };
    let region = parts.next()?.parse().ok()?;
    let account = parts.next()?.parse().ok()?;
    let resource = parts.next()?;
    (!partition.is_empty() && !resource.is_empty()).then_some((Place { account, region }, resource))
}

impl FromStr for KeyArn {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let parse = || {
            let (place, resource) = split_arn(text)?;
            let key_id = resource.strip_prefix("key/")?.parse().ok()?;
            Some(Self { place, key_id })
        };
        parse().ok_or_else(|| name_error(text, "a key ARN"))
    }
}

/// A key as a request may name it. See "Key identifiers" in the AWS KMS developer guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyRef {
    /// `1234abcd-12ab-34cd-56ef-1234567890ab`
    Id(KeyId),
    /// `arn:aws:kms:us-east-1:111122223333:key/…`
    Arn(KeyArn),
    /// `alias/docs`
    Alias(AliasName),
    /// `arn:aws:kms:us-east-1:111122223333:alias/docs`
    AliasArn(Place, AliasName),
}

impl FromStr for KeyRef {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let alias_arn = || {
            let (place, resource) = split_arn(text)?;
            Some(Self::AliasArn(place, resource.parse().ok()?))
        };
        None.or_else(|| text.parse().ok().map(Self::Id))
            .or_else(|| text.parse().ok().map(Self::Arn))
            .or_else(|| text.parse().ok().map(Self::Alias))
            .or_else(alias_arn)
            .ok_or_else(|| name_error(text, "a key ID, key ARN, alias name or alias ARN"))
    }
}

impl From<KeyArn> for String {
    fn from(arn: KeyArn) -> Self {
        arn.to_string()
    }
}

impl TryFrom<String> for KeyArn {
    type Error = NameError;
    fn try_from(text: String) -> Result<Self, NameError> {
        text.parse()
    }
}

/// The conversions that every text-like name has.
macro_rules! text_name {
    ($($name:ident),+) => {$(
        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = NameError;
            fn try_from(text: String) -> Result<Self, NameError> {
                text.parse()
            }
        }
    )+};
}
text_name!(AccountId, Region, KeyId, AliasName);

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";
    const MRK: &str = "mrk-1234abcd12ab34cd56ef1234567890ab";

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let kind = text.parse::<KeyRef>().ok().map(|key| match key {
            KeyRef::Id(_) => "id",
            KeyRef::Arn(_) => "arn",
            KeyRef::Alias(_) => "alias",
            KeyRef::AliasArn(..) => "alias arn",
        });
        assert_eq!(kind, expect, "{text}");
    }

    #[test]
    fn four_ways_to_name_a_key() {
        check(ID, Some("id"));
        check(MRK, Some("id"));
        check(&format!("arn:aws:kms:us-east-1:111122223333:key/{ID}"), Some("arn"));
        check("alias/docs", Some("alias"));
        check("arn:aws:kms:us-east-1:111122223333:alias/docs", Some("alias arn"));
    }

    #[test]
    fn names_that_are_not() {
        check("", None);
        check("1234ABCD-12ab-34cd-56ef-1234567890ab", None);
        check("1234abcd12ab34cd56ef1234567890ab", None);
        check("alias/", None);
        check("alias/späth", None);
        check("arn:aws:s3:us-east-1:111122223333:key/1", None);
        check("arn:aws:kms::111122223333:alias/docs", None);
        check("arn:aws:kms:us-east-1:1:alias/docs", None);
    }

    #[test]
    fn a_key_arn_prints_as_it_was_read() {
        let text = format!("arn:aws:kms:eu-central-1:111122223333:key/{MRK}");
        let arn: KeyArn = text.parse().unwrap();
        assert_eq!(arn.to_string(), text);
        assert!(arn.key_id.is_multi_region());
    }
}
