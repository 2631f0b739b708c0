//! The constraints of the service model: lengths, ranges, enumerations.
//!
//! All violations of a request are told at once, in the wording of AWS, members in lower camel case and list positions
//! from 1.

use std::{fmt::Display, ops::RangeInclusive};

use strum::VariantNames;
use waxseal_api::{EnumValue, Region, SecretText, types::Tag};

use crate::error::Error;

/// Violations found so far.
#[derive(Debug, Default)]
pub(crate) struct Constraints(Vec<String>);

impl Constraints {
    /// Ends the check.
    pub(crate) fn done(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Constraints(self.0)) }
    }

    /// Ends the check of a value that is there when nothing has failed.
    pub(crate) fn done_with<T>(self, value: Option<T>) -> Result<T, Error> {
        self.done()?;
        value.ok_or_else(|| Error::Internal("a value that has passed its check is not there".to_owned()))
    }

    /// A member that has to be there.
    pub(crate) fn missing(&mut self, member: &str) {
        self.fail(&format!("Value at '{member}'"), "Member must not be null");
    }

    /// A text's length in characters.
    pub(crate) fn text(&mut self, member: &str, text: &str, range: RangeInclusive<usize>) {
        self.bounds(&value_at(text, member), "have length", &text.chars().count(), range);
    }

    /// An absent text, or its length in characters.
    pub(crate) fn optional_text(&mut self, member: &str, text: Option<&str>, range: RangeInclusive<usize>) {
        if let Some(text) = text {
            self.text(member, text, range);
        }
    }

    /// How a key is named: 1 to 2,048 characters.
    pub(crate) fn key_id(&mut self, member: &str, text: &str) {
        self.text(member, text, 1..=2048);
    }

    /// The length of a text that is not repeated.
    pub(crate) fn secret(&mut self, member: &str, text: &SecretText, range: RangeInclusive<usize>) {
        self.bounds(&format!("Value at '{member}'"), "have length", &text.expose().chars().count(), range);
    }

    /// Bytes that have to be there. Their value is not repeated.
    pub(crate) fn bytes(&mut self, member: &str, bytes: Option<&[u8]>, range: RangeInclusive<usize>) {
        match bytes {
            Some(bytes) => {
                self.bounds(&format!("Value at '{member}'"), "have length", &bytes.len(), range);
            }
            None => self.missing(member),
        }
    }

    /// An absent number, or one in its range.
    pub(crate) fn number(&mut self, member: &str, number: Option<i64>, range: RangeInclusive<i64>) {
        if let Some(number) = number {
            self.bounds(&value_at(number, member), "have value", &number, range);
        }
    }

    /// An absent value, or one of an enumeration.
    pub(crate) fn value<T: Copy + VariantNames>(
        &mut self,
        member: &str,
        given: Option<&EnumValue<T>>,
    ) -> Option<T> {
        match given? {
            EnumValue::Known(value) => Some(*value),
            EnumValue::Other(text) => {
                self.fail(&value_at(text, member), &enum_rule(T::VARIANTS));
                None
            }
        }
    }

    /// A list of texts, each of an enumeration.
    pub(crate) fn texts(&mut self, member: &str, given: Option<&[String]>, allowed: &[&str]) {
        let given = given.unwrap_or_default();
        if given.iter().any(|text| !allowed.contains(&text.as_str())) {
            let rule = format!("Member must satisfy constraint: [{}]", enum_rule(allowed));
            self.fail(&value_at(format_args!("[{}]", given.join(", ")), member), &rule);
        }
    }

    /// An alias name as far as the model constrains it.
    pub(crate) fn alias_name(&mut self, member: &str, name: &str) {
        self.text(member, name, 1..=256);
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b":/_-".contains(&b)) {
            self.pattern(member, name, "^[a-zA-Z0-9:/_-]+$");
        }
    }

    /// The name of a Region.
    pub(crate) fn region(&mut self, member: &str, text: &str) -> Option<Region> {
        self.text(member, text, 1..=32);
        let region = is_region(text).then(|| text.parse().ok()).flatten();
        if region.is_none() {
            self.pattern(member, text, r"^([a-z]+-){2,3}\d+$");
        }
        region
    }

    /// A text that does not match a pattern.
    pub(crate) fn pattern(&mut self, member: &str, text: &str, pattern: &str) {
        let rule = format!("Member must satisfy regular expression pattern: {pattern}");
        self.fail(&value_at(text, member), &rule);
    }

    /// An absent key material ID, or one of the right form.
    pub(crate) fn key_material_id(&mut self, id: Option<&str>) {
        self.optional_text("keyMaterialId", id, 64..=64);
        let hex = |text: &&str| text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if let Some(id) = id.filter(|id| !hex(id)) {
            self.pattern("keyMaterialId", id, "^[a-f0-9]+$");
        }
    }

    /// At most ten grant tokens of at most 8,192 characters.
    pub(crate) fn grant_tokens(&mut self, tokens: Option<&[String]>) {
        let tokens = tokens.unwrap_or_default();
        let list = value_at(format_args!("[{}]", tokens.join(", ")), "grantTokens");
        self.bounds(&list, "have length", &tokens.len(), 0..=10);
        for (position, token) in (1..).zip(tokens) {
            self.text(&format!("grantTokens.{position}.member"), token, 1..=8192);
        }
    }

    /// The lengths of labels.
    pub(crate) fn tags(&mut self, tags: &[Tag]) {
        for (position, tag) in (1..).zip(tags) {
            self.text(&format!("tags.{position}.member.tagKey"), &tag.tag_key, 1..=128);
            self.text(&format!("tags.{position}.member.tagValue"), &tag.tag_value, 0..=256);
        }
    }

    pub(crate) fn bounds<N: PartialOrd + Display>(
        &mut self,
        value: &str,
        property: &str,
        n: &N,
        range: RangeInclusive<N>,
    ) {
        let (least, most) = range.into_inner();
        if *n < least {
            self.fail(value, &format!("Member must {property} greater than or equal to {least}"));
        } else if *n > most {
            self.fail(value, &format!("Member must {property} less than or equal to {most}"));
        }
    }

    fn fail(&mut self, value: &str, rule: &str) {
        self.0.push(format!("{value} failed to satisfy constraint: {rule}"));
    }
}

/// `^([a-z]+-){2,3}\d+$`
fn is_region(text: &str) -> bool {
    let Some((words, number)) = text.rsplit_once('-') else { return false };
    let lower = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    (2..=3).contains(&words.split('-').count())
        && words.split('-').all(lower)
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
}

pub(crate) fn value_at(value: impl Display, member: &str) -> String {
    format!("Value '{value}' at '{member}'")
}

fn enum_rule(allowed: &[&str]) -> String {
    format!("Member must satisfy enum value set: [{}]", allowed.join(", "))
}
