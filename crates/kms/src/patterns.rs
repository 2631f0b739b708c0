//! The constraints of the service model that are regular expressions, and of members that many operations have.

use std::ops::RangeInclusive;

use strum::VariantNames;
use waxseal_api::EnumValue;

use crate::constraints::{Constraints, value_at};

impl Constraints {
    /// Which page of a list: at most so many items, after a marker.
    pub(crate) fn page(&mut self, limit: Option<i64>, most: i64, marker: Option<&str>) {
        self.number("limit", limit, 1..=most);
        self.optional_text("marker", marker, 1..=1024);
    }

    /// The values of a list of an enumeration, and how many there may be.
    pub(crate) fn values<T: Copy + Into<&'static str> + VariantNames>(
        &mut self,
        member: &str,
        given: &[EnumValue<T>],
        length: RangeInclusive<usize>,
    ) -> Vec<T> {
        let texts: Vec<String> = given.iter().map(EnumValue::text).collect();
        let list = value_at(format_args!("[{}]", texts.join(", ")), member);
        self.bounds(&list, "have length", &texts.len(), length);
        self.texts(member, Some(&texts), T::VARIANTS);
        given.iter().filter_map(EnumValue::known).collect()
    }

    /// The ARN of a principal, as far as the model constrains it.
    pub(crate) fn principal(&mut self, member: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.text(member, text, 1..=256);
        if !all(text, |b| is_word(b) || b"+=,.@:/-".contains(&b)) {
            self.pattern(member, text, r"^[\w+=,.@:/-]+$");
        }
    }

    /// The name of an AWS service: at least three words with dots between.
    pub(crate) fn service_principal(&mut self, member: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.text(member, text, 1..=128);
        let word = |part: &str| all(part, |b| b.is_ascii_alphanumeric() || b == b'-');
        let words = text.split('.').filter(|part| !part.is_empty() && word(part)).count();
        if !text.is_empty() && (words < 3 || words < text.split('.').count()) {
            self.pattern(member, text, r"^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$");
        }
    }

    /// The ARN of a resource of some account.
    pub(crate) fn source_arn(&mut self, member: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.text(member, text, 20..=512);
        if !is_source_arn(text) {
            let pattern = "^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$";
            self.pattern(member, text, pattern);
        }
    }

    /// The name of a grant.
    pub(crate) fn grant_name(&mut self, member: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.text(member, text, 1..=256);
        if !all(text, |b| b.is_ascii_alphanumeric() || b":/_-".contains(&b)) {
            self.pattern(member, text, "^[a-zA-Z0-9:/_-]+$");
        }
    }

    /// The name of a key policy.
    pub(crate) fn policy_name(&mut self, text: Option<&str>) {
        let Some(text) = text else { return };
        self.text("policyName", text, 1..=128);
        if !all(text, is_word) {
            self.pattern("policyName", text, r"[\w]+");
        }
    }

    /// The text of a key policy.
    pub(crate) fn policy(&mut self, text: Option<&str>) {
        let Some(text) = text else { return };
        self.text("policy", text, 1..=131_072);
        if !text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}')) {
            self.pattern("policy", text, r"[\u0009\u000A\u000D\u0020-\u00FF]+");
        }
    }
}

fn all(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    text.bytes().all(allowed)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_source_arn(text: &str) -> bool {
    let lower = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", partition, service, region, account, resource] = parts.as_slice() else { return false };
    partition.strip_prefix("aws").is_some_and(lower)
        && !service.is_empty()
        && lower(service)
        && lower(region)
        && account.len() == 12
        && account.bytes().all(|b| b.is_ascii_digit())
        && !resource.is_empty()
}
