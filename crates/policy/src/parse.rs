//! From JSON to a policy.
//! See "Grammar of the IAM JSON policy language" in the AWS IAM user guide.

use serde_json::{Map, Value};

use crate::{
    condition::Condition,
    json,
    operator::Operator,
    pattern::Pattern,
    principal::Name,
    statement::{Effect, Policy, Scope, Statement, Version},
};

/// Where a policy is not one, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {what}")]
pub struct PolicyError {
    /// Such as `Statement[0].Condition.Bool`; `policy` for the whole.
    pub at: String,
    /// What is wrong there.
    pub what: String,
}

impl PolicyError {
    pub(crate) fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: at.into(), what: what.into() }
    }
}

type Parsed<T> = Result<T, PolicyError>;

/// A value and where it stands.
#[derive(Clone, Copy)]
struct Node<'a> {
    at: &'a str,
    value: &'a Value,
}

impl Policy {
    /// Reads a policy of any kind.
    ///
    /// # Errors
    /// Where and why it is not one.
    pub fn parse(text: &str) -> Parsed<Self> {
        let value = json::read(text).map_err(|error| PolicyError::new("policy", error.to_string()))?;
        let members = Node { at: "policy", value: &value }.object(&["Version", "Id", "Statement"])?;
        let version = version(members)?;
        let statement =
            members.get("Statement").ok_or_else(|| PolicyError::new("policy", "it has no Statement"))?;
        let list = one_or_many(statement);
        if list.is_empty() {
            return Err(PolicyError::new("Statement", "it has no statement"));
        }
        let variables = version == Version::Current;
        let statements = list.iter().enumerate().map(|(index, value)| {
            read_statement(Node { at: &format!("Statement[{index}]"), value }, variables)
        });
        Ok(Self {
            version,
            id: text_of(members, "policy", "Id")?,
            statements: statements.collect::<Parsed<_>>()?,
        })
    }
}

fn version(members: &Map<String, Value>) -> Parsed<Version> {
    match text_of(members, "policy", "Version")?.as_deref() {
        None | Some("2008-10-17") => Ok(Version::Old),
        Some("2012-10-17") => Ok(Version::Current),
        Some(_) => Err(PolicyError::new("Version", "it is 2012-10-17 or 2008-10-17")),
    }
}

const ELEMENTS: &[&str] = &[
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

fn read_statement(node: Node<'_>, variables: bool) -> Parsed<Statement> {
    let members = node.object(ELEMENTS)?;
    let effect = match members.get("Effect").and_then(Value::as_str) {
        Some("Allow") => Effect::Allow,
        Some("Deny") => Effect::Deny,
        _ => return Err(node.error("its Effect is Allow or Deny")),
    };
    let pattern = |node: Node<'_>| Ok(Pattern::new(node.text()?, variables));
    let resource = |it: Node<'_>| check_resource(it).and_then(|()| pattern(it));
    let action = |it: Node<'_>| check_action(it).and_then(|()| pattern(it));
    let list = |read: &dyn Fn(Node<'_>) -> Parsed<Pattern>, node: Node<'_>| {
        let items = node.items().into_iter().map(|(at, value)| read(Node { at: &at, value }));
        items.collect::<Parsed<Vec<_>>>()
    };
    Ok(Statement {
        sid: text_of(members, node.at, "Sid")?,
        effect,
        principals: scope(node, members, "Principal", &principals)?,
        actions: scope(node, members, "Action", &|node| list(&action, node))?,
        resources: scope(node, members, "Resource", &|node| list(&resource, node))?,
        conditions: match members.get("Condition") {
            Some(value) => conditions(Node { at: &format!("{}.Condition", node.at), value }, variables)?,
            None => Vec::new(),
        },
    })
}

/// An element or its `Not…`, but not both.
fn scope<T>(
    node: Node<'_>,
    members: &Map<String, Value>,
    name: &str,
    read: &dyn Fn(Node<'_>) -> Parsed<Vec<T>>,
) -> Parsed<Option<Scope<T>>> {
    let negative = format!("Not{name}");
    let (negated, name, value) = match (members.get(name), members.get(&negative)) {
        (Some(_), Some(_)) => return Err(node.error(format!("it has either {name} or {negative}, not both"))),
        (Some(value), None) => (false, name, value),
        (None, Some(value)) => (true, negative.as_str(), value),
        (None, None) => return Ok(None),
    };
    let at = format!("{}.{name}", node.at);
    read(Node { at: &at, value }).map(|items| Some(Scope { negated, items }))
}

fn check_action(node: Node<'_>) -> Parsed<()> {
    let text = node.text()?;
    let valid = text == "*"
        || text.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty());
    if valid { Ok(()) } else { Err(node.error("an action is \"*\" or like \"kms:Decrypt\"")) }
}

fn check_resource(node: Node<'_>) -> Parsed<()> {
    let text = node.text()?;
    let valid = text == "*" || text.starts_with("arn:");
    if valid { Ok(()) } else { Err(node.error("a resource is \"*\" or begins with \"arn:\"")) }
}

/// `"*"`, or names by kind.
fn principals(node: Node<'_>) -> Parsed<Vec<Name>> {
    if node.value.as_str() == Some("*") {
        return Ok(vec![Name::Everyone]);
    }
    let members = node
        .object(&["AWS", "Service", "Federated"])
        .map_err(|_| node.error("a principal is \"*\", or an object of AWS, Service or Federated"))?;
    if members.is_empty() {
        return Err(node.error("it names nobody"));
    }
    let mut names = Vec::new();
    for (kind, value) in members {
        let node = Node { at: &format!("{}.{kind}", node.at), value };
        for (at, value) in node.items() {
            let node = Node { at: &at, value };
            names.push(read_name(kind, node)?);
        }
    }
    Ok(names)
}

fn read_name(kind: &str, node: Node<'_>) -> Parsed<Name> {
    let text = node.text()?;
    match kind {
        "AWS" => text.parse().map_err(|_| node.error(format!("'{text}' is not a principal"))),
        "Service" if text.contains('.') && !text.contains(['*', '?']) => Ok(Name::Service(text.to_owned())),
        "Service" => Err(node.error(format!("'{text}' is not a service such as \"logs.amazonaws.com\""))),
        _ => Ok(Name::Provider(text.to_owned())),
    }
}

fn conditions(node: Node<'_>, variables: bool) -> Parsed<Vec<Condition>> {
    let mut list = Vec::new();
    for (operator_name, value) in node.any_object()? {
        let at = format!("{}.{operator_name}", node.at);
        let node = Node { at: &at, value };
        let operator =
            Operator::parse(operator_name).ok_or_else(|| node.error("there is no such operator"))?;
        for (key, value) in node.any_object()? {
            let node = Node { at: &format!("{at}.{key}"), value };
            let condition = Condition {
                operator_name: operator_name.clone(),
                key: key.clone(),
                key_in_lower_case: key.to_lowercase(),
                operator,
                values: condition_values(node, operator, variables)?,
            };
            list.push(condition);
        }
    }
    Ok(list)
}

/// Texts, numbers and truth values, one or many.
fn condition_values(node: Node<'_>, operator: Operator, variables: bool) -> Parsed<Vec<Pattern>> {
    let read = |(at, value): (String, &Value)| {
        let node = Node { at: &at, value };
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            _ => return Err(node.error("it is a text, a number, true or false")),
        };
        if operator.test.accepts(&text) {
            Ok(Pattern::new(&text, variables))
        } else {
            Err(node.error(format!("'{text}' cannot be compared by this operator")))
        }
    };
    node.items().into_iter().map(read).collect()
}

fn text_of(members: &Map<String, Value>, at: &str, name: &str) -> Parsed<Option<String>> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let error = || PolicyError::new(format!("{at}.{name}"), "it is a text");
    members.get(name).map(|value| text(value).ok_or_else(error)).transpose()
}

fn one_or_many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

impl<'a> Node<'a> {
    fn error(self, what: impl Into<String>) -> PolicyError {
        PolicyError::new(self.at, what)
    }

    fn text(self) -> Parsed<&'a str> {
        self.value.as_str().ok_or_else(|| self.error("it is a text"))
    }

    fn any_object(self) -> Parsed<&'a Map<String, Value>> {
        self.value.as_object().ok_or_else(|| self.error("it is an object"))
    }

    /// An object with no other members than these.
    fn object(self, known: &[&str]) -> Parsed<&'a Map<String, Value>> {
        let members = self.any_object()?;
        match members.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(self.error(format!("there is no element \"{name}\" here"))),
            None => Ok(members),
        }
    }

    /// Each item of a list with where it stands; one that stands alone is a list of one.
    fn items(self) -> Vec<(String, &'a Value)> {
        match self.value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| (format!("{}[{index}]", self.at), item))
                .collect(),
            one => vec![(self.at.to_owned(), one)],
        }
    }
}
