//! Where the statements of a policy stand in its text.

use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};
use waxseal_api::{
    dissection::{BlobKind, Dissection},
    inspection::Field,
};

use super::text::part;

/// A policy with its statements; the text is JSON.
pub(super) fn dissect(text: &str) -> Dissection {
    let problem = waxseal_kms::policy_problem(text);
    let fields = fields(text).unwrap_or_default();
    Dissection { kind: BlobKind::Policy, fields, problem }
}

/// The statements, and what stands before, between and after them.
fn fields(text: &str) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    let mut at = 0;
    for statement in statements(text)? {
        fields.push(part("betweenStatements", at..statement.start));
        at = statement.end;
        fields.push(part("statement", statement));
    }
    fields.push(part("betweenStatements", at..text.len()));
    fields.retain(|field| field.length > 0);
    Some(fields)
}

/// Where each statement of an object's `Statement` is, which is one of them or a list.
fn statements(text: &str) -> Option<Vec<Range<usize>>> {
    let mut walk = Walk { text, at: 0 };
    walk.sign("{")?;
    loop {
        let name: String = walk.value()?.0;
        walk.sign(":")?;
        if name == "Statement" {
            break;
        }
        walk.value::<IgnoredAny>()?;
        walk.sign(",")?;
    }
    if walk.sign("[").is_none() {
        return Some(vec![walk.value::<IgnoredAny>()?.1]);
    }
    let mut found = Vec::new();
    while walk.sign("]").is_none() {
        found.push(walk.value::<IgnoredAny>()?.1);
        let _ = walk.sign(",");
    }
    Some(found)
}

/// A position in a JSON text, between two values.
struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    /// Goes past white space.
    fn skip(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let next = rest.trim_start();
        self.at += rest.len() - next.len();
        next
    }

    /// Goes past a sign, if that is what comes.
    fn sign(&mut self, sign: &str) -> Option<()> {
        self.skip().starts_with(sign).then(|| self.at += sign.len())
    }

    /// Goes past a value, and says where it is.
    fn value<T: DeserializeOwned>(&mut self) -> Option<(T, Range<usize>)> {
        let mut values = serde_json::Deserializer::from_str(self.skip()).into_iter::<T>();
        let value = values.next()?.ok()?;
        let start = self.at;
        self.at += values.byte_offset();
        Some((value, start..self.at))
    }
}
