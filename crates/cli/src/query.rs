//! JMESPath: the grammar is the library's, the evaluation ours, since members keep their order here.

mod functions;

use jmespath::{
    Variable,
    ast::{Ast, Comparator},
};

use crate::value::Value;

/// How deep expressions may be in each other; the library's parser is recursive.
const DEPTH: usize = 200;

/// Reads an expression.
///
/// # Errors
/// What is wrong and where, as Python's library says it.
pub fn parse(text: &str) -> Result<Ast, String> {
    let brackets = text.bytes().filter(|b| matches!(b, b'[' | b'{' | b'(' | b'!' | b'&')).count();
    if brackets > DEPTH || text.len() > 100 * DEPTH {
        return Err("Invalid jmespath expression: too long".to_owned());
    }
    if text.is_empty() {
        return Err("Invalid JMESPath expression: cannot be empty.".to_owned());
    }
    let text = &quoted_literals(text);
    jmespath::parse(text).map_err(|error| {
        let at = error.offset.min(text.len());
        let place = format!("\"{text}\"\n{}^", " ".repeat(at + 1));
        match text.get(at..).and_then(token) {
            None => format!("Invalid jmespath expression: Incomplete expression:\n{place}"),
            Some((token, kind)) => format!(
                "Invalid jmespath expression: Parse error at column {at}, token \"{token}\" ({kind}), for expression:\n{place}"
            ),
        }
    })
}

/// Literals in backquotes that are no JSON are texts, as `` `alias/a` `` in most examples: they get their quotes here.
fn quoted_literals(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(['`', '"', '\'']) {
        let quote = rest[at..].chars().next().unwrap_or('`');
        let inner = &rest[at + 1..];
        let mut escaped = false;
        let end = inner.find(|c| {
            let ends = c == quote && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let Some(end) = end else { break };
        let literal = &inner[..end];
        let text = quote == '`' && crate::json::parse(&literal.replace("\\`", "`")).is_err();
        let becomes = format!("\"{}\"", literal.trim_start());
        let fits = text && crate::json::parse(&becomes.replace("\\`", "`")).is_ok();
        out.push_str(&rest[..=at]);
        out.push_str(if fits { &becomes } else { literal });
        out.push(quote);
        rest = &inner[end + 1..];
    }
    out + rest
}

/// The token at the beginning, and what it is called.
fn token(text: &str) -> Option<(&str, &'static str)> {
    let first = text.chars().next()?;
    let run = |fits: fn(char) -> bool| text.find(|c| !fits(c)).unwrap_or(text.len());
    let (length, kind) = match first {
        'a'..='z' | 'A'..='Z' | '_' => {
            (run(|c| c.is_ascii_alphanumeric() || c == '_'), "UNQUOTED_IDENTIFIER")
        }
        '0'..='9' | '-' => (run(|c| c.is_ascii_digit() || c == '-'), "NUMBER"),
        '[' => (1, "LBRACKET"),
        ']' => (1, "RBRACKET"),
        '{' => (1, "LBRACE"),
        '}' => (1, "RBRACE"),
        '(' => (1, "LPAREN"),
        ')' => (1, "RPAREN"),
        '.' => (1, "DOT"),
        ',' => (1, "COMMA"),
        ':' => (1, "COLON"),
        '*' => (1, "STAR"),
        '@' => (1, "CURRENT"),
        '|' => (1, "PIPE"),
        _ => (first.len_utf8(), "UNKNOWN"),
    };
    Some((&text[..length], kind))
}

/// The value of an expression.
///
/// # Errors
/// A function does not exist or does not take what it was given.
pub fn search(ast: &Ast, value: &Value) -> Result<Value, String> {
    Ok(match ast {
        Ast::Identity { .. } => value.clone(),
        Ast::Field { name, .. } => value.get(name).cloned().unwrap_or(Value::Null),
        Ast::Index { idx, .. } => index(value, *idx),
        Ast::Slice { start, stop, step, .. } => slice(value, *start, *stop, *step)?,
        Ast::Literal { value, .. } => literal(value),
        Ast::Subexpr { lhs, rhs, .. } => search(rhs, &search(lhs, value)?)?,
        Ast::Or { lhs, rhs, .. } => match search(lhs, value)? {
            left if truthy(&left) => left,
            _ => search(rhs, value)?,
        },
        Ast::And { lhs, rhs, .. } => match search(lhs, value)? {
            left if truthy(&left) => search(rhs, value)?,
            left => left,
        },
        Ast::Not { node, .. } => Value::Bool(!truthy(&search(node, value)?)),
        Ast::Condition { predicate, then, .. } => match search(predicate, value)? {
            yes if truthy(&yes) => search(then, value)?,
            _ => Value::Null,
        },
        Ast::Comparison { comparator, lhs, rhs, .. } => {
            compare(comparator, &search(lhs, value)?, &search(rhs, value)?)
        }
        Ast::ObjectValues { node, .. } => match search(node, value)? {
            Value::Map(members) => Value::List(members.into_iter().map(|(_, value)| value).collect()),
            _ => Value::Null,
        },
        Ast::Flatten { node, .. } => match search(node, value)? {
            Value::List(items) => Value::List(items.into_iter().flat_map(flat).collect()),
            _ => Value::Null,
        },
        Ast::Projection { lhs, rhs, .. } => project(search(lhs, value)?, rhs)?,
        Ast::MultiList { elements, .. } => several(value, elements.iter().map(|ast| (ast, ())), |items| {
            Value::List(items.into_iter().map(|(value, ())| value).collect())
        })?,
        Ast::MultiHash { elements, .. } => {
            several(value, elements.iter().map(|pair| (&pair.value, &pair.key)), |items| {
                let mut map = Value::Map(Vec::new());
                items.into_iter().for_each(|(value, key)| map.put(key, value));
                map
            })?
        }
        Ast::Function { name, args, .. } => functions::call(name, args, value)?,
        Ast::Expref { .. } => return Err("An expression reference is no value".to_owned()),
    })
}

fn several<'a, T>(
    value: &Value,
    parts: impl Iterator<Item = (&'a Ast, T)>,
    make: impl FnOnce(Vec<(Value, T)>) -> Value,
) -> Result<Value, String> {
    if *value == Value::Null {
        return Ok(Value::Null);
    }
    let parts = parts.map(|(ast, of)| Ok((search(ast, value)?, of)));
    Ok(make(parts.collect::<Result<_, String>>()?))
}

fn project(value: Value, each: &Ast) -> Result<Value, String> {
    let Value::List(items) = value else { return Ok(Value::Null) };
    let mut found = Vec::new();
    for item in &items {
        let value = search(each, item)?;
        if value != Value::Null {
            found.push(value);
        }
    }
    Ok(Value::List(found))
}

fn flat(value: Value) -> Vec<Value> {
    if let Value::List(items) = value { items } else { vec![value] }
}

/// Whether a value counts as true: it is there, and neither `false` nor empty.
pub fn truthy(value: &Value) -> bool {
    matches!(value, Value::Int(_) | Value::Float(_)) || !value.is_empty()
}

fn index(value: &Value, at: i32) -> Value {
    let Value::List(items) = value else { return Value::Null };
    let at = if at < 0 { items.len() as i64 + i64::from(at) } else { i64::from(at) };
    usize::try_from(at).ok().and_then(|at| items.get(at)).cloned().unwrap_or(Value::Null)
}

fn slice(value: &Value, start: Option<i32>, stop: Option<i32>, step: i32) -> Result<Value, String> {
    let Value::List(items) = value else { return Ok(Value::Null) };
    if step == 0 {
        return Err("slice step cannot be zero".to_owned());
    }
    let (length, step) = (items.len() as i64, i64::from(step));
    let (low, high) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let place = |at: Option<i32>, default: i64| {
        let Some(at) = at.map(i64::from) else { return default };
        (if at < 0 { at + length } else { at }).clamp(low, high)
    };
    let (mut at, end) = if step > 0 {
        (place(start, low), place(stop, high))
    } else {
        (place(start, high), place(stop, low))
    };
    let mut found = Vec::new();
    while if step > 0 { at < end } else { at > end } {
        found.extend(usize::try_from(at).ok().and_then(|at| items.get(at)).cloned());
        at += step;
    }
    Ok(Value::List(found))
}

fn literal(value: &Variable) -> Value {
    match value {
        Variable::Null => Value::Null,
        Variable::Bool(yes) => Value::Bool(*yes),
        Variable::String(text) => Value::from(text.as_str()),
        Variable::Number(number) => {
            number.as_i64().map_or_else(|| Value::Float(number.as_f64().unwrap_or_default()), Value::Int)
        }
        Variable::Array(items) => Value::List(items.iter().map(|item| literal(item)).collect()),
        Variable::Object(members) => {
            Value::Map(members.iter().map(|(key, value)| (key.clone(), literal(value))).collect())
        }
        Variable::Expref(_) => Value::Null,
    }
}

pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// Objects are the same in whatever order their members are.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Map(members), Value::Map(others)) => {
            let found = |(key, value): &(String, Value)| b.get(key).is_some_and(|other| same(value, other));
            members.len() == others.len() && members.iter().all(found)
        }
        _ => match (number(a), number(b)) {
            (Some(a), Some(b)) => a == b,
            _ => a == b,
        },
    }
}

fn compare(comparator: &Comparator, a: &Value, b: &Value) -> Value {
    let ordered = |holds: fn(f64, f64) -> bool| match (number(a), number(b)) {
        (Some(a), Some(b)) => Value::Bool(holds(a, b)),
        _ => Value::Null,
    };
    match comparator {
        Comparator::Equal => Value::Bool(same(a, b)),
        Comparator::NotEqual => Value::Bool(!same(a, b)),
        Comparator::LessThan => ordered(|a, b| a < b),
        Comparator::LessThanEqual => ordered(|a, b| a <= b),
        Comparator::GreaterThan => ordered(|a, b| a > b),
        Comparator::GreaterThanEqual => ordered(|a, b| a >= b),
    }
}
