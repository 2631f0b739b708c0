//! The condition operators. See "IAM JSON policy elements: Condition operators" in the AWS IAM user guide.

use std::{cmp::Ordering, net::IpAddr};

use base64ct::{Base64, Encoding};
use waxseal_api::Timestamp;

use crate::{context::Context, pattern::Pattern};

/// An operator as a policy writes it: `ForAnyValue:StringLikeIfExists`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operator {
    pub(crate) quantifier: Quantifier,
    pub(crate) test: Test,
    pub(crate) negated: bool,
    pub(crate) if_exists: bool,
}

/// Which of the request's values have to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    /// The one that there is.
    One,
    /// `ForAnyValue:`
    Any,
    /// `ForAllValues:`
    All,
}

/// How one value of the request is compared with one of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Test {
    Text { ignore_case: bool },
    Like,
    Arn,
    Number(Compare),
    Date(Compare),
    Bool,
    Binary,
    Ip,
    Null,
}

/// An order that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

const TEXT: Test = Test::Text { ignore_case: false };
const TEXT_IGNORING_CASE: Test = Test::Text { ignore_case: true };

/// Every operator's name, test and whether it is negated.
const OPERATORS: &[(&str, Test, bool)] = &[
    ("StringEquals", TEXT, false),
    ("StringNotEquals", TEXT, true),
    ("StringEqualsIgnoreCase", TEXT_IGNORING_CASE, false),
    ("StringNotEqualsIgnoreCase", TEXT_IGNORING_CASE, true),
    ("StringLike", Test::Like, false),
    ("StringNotLike", Test::Like, true),
    ("NumericEquals", Test::Number(Compare::Equal), false),
    ("NumericNotEquals", Test::Number(Compare::Equal), true),
    ("NumericLessThan", Test::Number(Compare::Less), false),
    ("NumericLessThanEquals", Test::Number(Compare::LessOrEqual), false),
    ("NumericGreaterThan", Test::Number(Compare::Greater), false),
    ("NumericGreaterThanEquals", Test::Number(Compare::GreaterOrEqual), false),
    ("DateEquals", Test::Date(Compare::Equal), false),
    ("DateNotEquals", Test::Date(Compare::Equal), true),
    ("DateLessThan", Test::Date(Compare::Less), false),
    ("DateLessThanEquals", Test::Date(Compare::LessOrEqual), false),
    ("DateGreaterThan", Test::Date(Compare::Greater), false),
    ("DateGreaterThanEquals", Test::Date(Compare::GreaterOrEqual), false),
    ("Bool", Test::Bool, false),
    ("BinaryEquals", Test::Binary, false),
    ("IpAddress", Test::Ip, false),
    ("NotIpAddress", Test::Ip, true),
    ("ArnEquals", Test::Arn, false),
    ("ArnNotEquals", Test::Arn, true),
    ("ArnLike", Test::Arn, false),
    ("ArnNotLike", Test::Arn, true),
    ("Null", Test::Null, false),
];

impl Operator {
    /// Reads an operator's name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let (quantifier, name) = match name.split_once(':') {
            Some(("ForAnyValue", name)) => (Quantifier::Any, name),
            Some(("ForAllValues", name)) => (Quantifier::All, name),
            Some(_) => return None,
            None => (Quantifier::One, name),
        };
        let (base, if_exists) = match name.strip_suffix("IfExists") {
            Some(base) => (base, true),
            None => (name, false),
        };
        let (_, test, negated) = *OPERATORS.iter().find(|(known, ..)| *known == base)?;
        let plain = quantifier == Quantifier::One && !if_exists;
        (plain || test != Test::Null).then_some(Self { quantifier, test, negated, if_exists })
    }
}

impl Test {
    /// Whether a policy may compare with this value. Texts and ARNs can be anything.
    pub(crate) fn accepts(self, value: &str) -> bool {
        match self {
            Self::Text { .. } | Self::Like | Self::Arn => true,
            Self::Number(_) => number(value).is_some(),
            Self::Date(_) => date(value).is_some(),
            Self::Bool | Self::Null => ["true", "false"].iter().any(|it| value.eq_ignore_ascii_case(it)),
            Self::Binary => Base64::decode_vec(value).is_ok(),
            Self::Ip => Network::parse(value).is_some(),
        }
    }

    /// Whether a value of the request passes against one of the policy.
    pub(crate) fn passes(self, value: &str, policy: &Pattern, context: &dyn Context) -> bool {
        match self {
            Self::Text { ignore_case } => policy.equals(value, ignore_case, context),
            Self::Like => policy.is_like(value, context),
            Self::Arn => policy.is_like_arn(value, context),
            Self::Number(wanted) => order(number(value), number(policy.as_str()), wanted),
            Self::Date(wanted) => order(date(value), date(policy.as_str()), wanted),
            Self::Bool | Self::Null => value.eq_ignore_ascii_case(policy.as_str()),
            Self::Binary => {
                let decode = |text: &str| Base64::decode_vec(text).ok();
                decode(value).is_some_and(|bytes| Some(bytes) == decode(policy.as_str()))
            }
            Self::Ip => Network::parse(policy.as_str())
                .is_some_and(|network| value.parse().is_ok_and(|address| network.contains(address))),
        }
    }
}

fn order<T: PartialOrd>(value: Option<T>, policy: Option<T>, wanted: Compare) -> bool {
    let order = value.zip(policy).and_then(|(value, policy)| value.partial_cmp(&policy));
    order.is_some_and(|order| match wanted {
        Compare::Equal => order == Ordering::Equal,
        Compare::Less => order == Ordering::Less,
        Compare::LessOrEqual => order != Ordering::Greater,
        Compare::Greater => order == Ordering::Greater,
        Compare::GreaterOrEqual => order != Ordering::Less,
    })
}

/// A finite decimal number.
fn number(text: &str) -> Option<f64> {
    let numeric = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    numeric.then(|| text.parse().ok())?.filter(|number: &f64| number.is_finite())
}

/// A time in ISO 8601, a day, or seconds since 1970.
fn date(text: &str) -> Option<Timestamp> {
    let seconds = || text.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1000));
    seconds().map(Timestamp::from_millis).or_else(|| Timestamp::from_iso8601(text))
}

/// A range of addresses, `203.0.113.0/24`, or one.
struct Network {
    address: u128,
    bits: u32,
    is_v4: bool,
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let (address, is_v4) = number_of(address.parse().ok()?);
        let width = if is_v4 { 32 } else { 128 };
        let bits = bits.unwrap_or(width);
        (bits <= width).then_some(Self { address, bits, is_v4 })
    }

    fn contains(&self, address: IpAddr) -> bool {
        let (address, is_v4) = number_of(address);
        let width = if is_v4 { 32 } else { 128 };
        let differing = self.address ^ address;
        is_v4 == self.is_v4 && differing.checked_shr(width - self.bits).unwrap_or(0) == 0
    }
}

fn number_of(address: IpAddr) -> (u128, bool) {
    match address {
        IpAddr::V4(address) => (address.to_bits().into(), true),
        IpAddr::V6(address) => (address.to_bits(), false),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[track_caller]
    fn check(operator: &str, policy: &str, value: &str, expect: bool) {
        let test = Operator::parse(operator).unwrap().test;
        let pattern = Pattern::new(policy, true);
        assert_eq!(test.passes(value, &pattern, &BTreeMap::new()), expect, "{value} {operator} {policy}");
    }

    #[test]
    fn names() {
        for name in ["ForAnyValue:StringLike", "ForAllValues:ArnNotEqualsIfExists", "BoolIfExists", "Null"] {
            assert!(Operator::parse(name).is_some(), "{name}");
        }
        for name in ["", "stringEquals", "ForSomeValues:Bool", "NullIfExists", "ForAnyValue:Null", "IfExists"]
        {
            assert!(Operator::parse(name).is_none(), "{name}");
        }
    }

    #[test]
    fn texts() {
        check("StringEquals", "a*", "a*", true);
        check("StringEquals", "a*", "ab", false);
        check("StringEquals", "a", "A", false);
        check("StringEqualsIgnoreCase", "ÄB", "äb", true);
        check("StringLike", "a*", "ab", true);
    }

    #[test]
    fn numbers() {
        check("NumericEquals", "7", "7.0", true);
        check("NumericLessThan", "10", "9", true);
        check("NumericLessThan", "9", "10", false);
        check("NumericGreaterThanEquals", "30", "30", true);
        check("NumericEquals", "7", "seven", false);
        assert!(number("NaN").is_none() && number("inf").is_none() && number("1e999").is_none());
    }

    #[test]
    fn dates() {
        check("DateLessThan", "2026-11-24T12:00:00Z", "2026-11-24T12:59:59+01:00", true);
        check("DateEquals", "1795521600", "2026-11-24T12:00:00Z", true);
        check("DateGreaterThanEquals", "2026-11-24", "2026-11-24T00:00:00.5Z", true);
        check("DateGreaterThan", "2026-11-24", "yesterday", false);
    }

    #[test]
    fn addresses() {
        check("IpAddress", "203.0.113.0/24", "203.0.113.200", true);
        check("IpAddress", "203.0.113.0/24", "203.0.114.1", false);
        check("IpAddress", "0.0.0.0/0", "8.8.8.8", true);
        check("IpAddress", "::/0", "2001:db8::1", true);
        check("IpAddress", "::/0", "8.8.8.8", false);
        check("IpAddress", "2001:db8::/32", "2001:db8:ffff::1", true);
        check("IpAddress", "10.0.0.1", "10.0.0.1", true);
        assert!(!Test::Ip.accepts("10.0.0.0/33") && !Test::Ip.accepts("10.0.0"));
    }

    #[test]
    fn truths_and_bytes() {
        check("Bool", "true", "True", true);
        check("Bool", "false", "true", false);
        check("BinaryEquals", "AQI=", "AQI=", true);
        check("BinaryEquals", "AQI=", "AQM=", false);
        check("BinaryEquals", "AQI=", "not base64", false);
    }
}
