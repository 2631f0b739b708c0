//! The console's own statements in a key policy: whom they name, and how others come in or go. Pure.

use serde::Serialize;
use serde_json::Value;

use crate::pages::new_key_policy::{SIDS, Statement, statements};

/// Whom the console's statements name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Named {
    /// The account, whose identity policies count then.
    pub(super) account: Vec<String>,
    pub(super) administrators: Vec<String>,
    pub(super) users: Vec<String>,
}

/// A policy with statements in it; None where a text is none.
fn policy(text: &str) -> Option<(Value, Vec<Value>)> {
    let mut policy: Value = serde_json::from_str(text).ok()?;
    let statements = match policy.as_object_mut()?.remove("Statement")? {
        Value::Array(statements) => statements,
        one => vec![one],
    };
    Some((policy, statements))
}

/// Whom the console's statements of a policy name; None where it cannot be read.
pub(super) fn named(text: &str) -> Option<Named> {
    let (_, statements) = policy(text)?;
    let of = |sid: &str| {
        let statement = statements.iter().find(|statement| statement["Sid"] == sid);
        let aws = statement.map_or(&Value::Null, |statement| &statement["Principal"]["AWS"]);
        let all = aws.as_array().map_or(std::slice::from_ref(aws), Vec::as_slice);
        all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    Some(Named { account: of(SIDS[0]), administrators: of(SIDS[1]), users: of(SIDS[2]) })
}

/// The policy with the console's statements naming these; its other statements stay, behind them.
pub(super) fn naming(text: &str, named: &Named) -> Option<String> {
    let (policy, others) = policy(text)?;
    let Named { account, administrators, users } = named.clone();
    let own = |statement: &Value| SIDS.iter().any(|sid| statement["Sid"] == *sid);
    let others = others.into_iter().filter(|statement| !own(statement)).map(Line::Other);
    let statement =
        statements(account, administrators, users).into_iter().map(Line::Own).chain(others).collect();
    let text = |name: &str| policy[name].as_str();
    let policy = Policy { version: text("Version"), id: text("Id"), statement };
    serde_json::to_string_pretty(&policy).ok()
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Policy<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    statement: Vec<Line>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Own(Statement),
    Other(Value),
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ROOT: &str = "arn:aws:iam::111122223333:root";

    fn all() -> Named {
        let arn = |name: &str| format!("arn:aws:iam::111122223333:user/{name}");
        Named {
            account: vec![ROOT.to_owned()],
            administrators: vec![arn("ana")],
            users: vec![arn("ana"), arn("ben")],
        }
    }

    #[test]
    fn those_who_were_named_are_found_again() {
        let other = json!({ "Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*" });
        let text = json!({ "Version": "2012-10-17", "Statement": other }).to_string();
        assert_eq!(named(&text), Some(Named::default()));
        for wanted in [all(), Named { users: Vec::new(), ..all() }, Named::default()] {
            let text = naming(&text, &wanted).unwrap();
            assert_eq!(named(&text), Some(wanted.clone()), "{text}");
            let policy: Value = serde_json::from_str(&text).unwrap();
            let statements = policy["Statement"].as_array().unwrap();
            let count = wanted.account.len() + wanted.administrators.len() + wanted.users.len();
            assert_eq!((statements.len(), statements.last()), (count + 1, Some(&other)), "{text}");
            let again = naming(&text, &wanted).unwrap();
            assert_eq!(again, text, "nothing comes twice");
        }
    }

    #[test]
    fn what_is_no_policy_stays() {
        for text in ["", "{", "[]", "{}", "1"] {
            assert_eq!((named(text), naming(text, &all())), (None, None), "{text}");
        }
    }
}
