//! The functions of JMESPath.

use std::cmp::Ordering;

use jmespath::ast::Ast;

use super::{number, same, search};
use crate::{json, value::Value};

type Result<T> = std::result::Result<T, String>;

/// What a function takes: a letter an argument (`s`tring, `n`umber, `a`rray, `o`bject, a`N`y value, `&` an expression; a
/// `l`ength or `r`everse takes several, `A` is an array of numbers, `S` one of strings, `C` one of either), `*` for more.
const FUNCTIONS: &[(&str, &str)] = &[
    ("abs", "n"),
    ("avg", "A"),
    ("ceil", "n"),
    ("contains", "rN"),
    ("ends_with", "ss"),
    ("floor", "n"),
    ("join", "sS"),
    ("keys", "o"),
    ("length", "l"),
    ("map", "&a"),
    ("max", "C"),
    ("max_by", "a&"),
    ("merge", "o*"),
    ("min", "C"),
    ("min_by", "a&"),
    ("not_null", "N*"),
    ("reverse", "r"),
    ("sort", "C"),
    ("sort_by", "a&"),
    ("starts_with", "ss"),
    ("sum", "A"),
    ("to_array", "N"),
    ("to_number", "N"),
    ("to_string", "N"),
    ("type", "N"),
    ("values", "o"),
];

/// An argument: a value, or an expression to be evaluated for each item.
enum Arg<'a> {
    Value(Value),
    Expression(&'a Ast),
}

/// Calls a function.
pub(super) fn call(name: &str, asts: &[Ast], current: &Value) -> Result<Value> {
    let Some((_, takes)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
        return Err(format!("Unknown function: {name}()"));
    };
    let (fixed, more) = (takes.trim_end_matches('*'), takes.ends_with('*'));
    if asts.len() < fixed.len() || (!more && asts.len() > fixed.len()) {
        let (least, wanted) = if more { ("at least ", fixed.len()) } else { ("", fixed.len()) };
        let plural = if wanted == 1 { "argument" } else { "arguments" };
        let got = asts.len();
        return Err(format!("Expected {least}{wanted} {plural} for function {name}(), received {got}"));
    }
    let last = fixed.chars().last().unwrap_or('N');
    let kinds = fixed.chars().chain(std::iter::repeat(last));
    let arguments = asts.iter().zip(kinds).map(|(ast, kind)| argument(name, kind, ast, current));
    let mut arguments = arguments.collect::<Result<Vec<_>>>()?.into_iter();
    let rest = |arguments: std::vec::IntoIter<Arg<'_>>| -> Vec<Value> {
        arguments
            .filter_map(|argument| if let Arg::Value(value) = argument { Some(value) } else { None })
            .collect()
    };
    match (arguments.next(), name) {
        (Some(Arg::Expression(each)), _) => {
            let list = rest(arguments).into_iter().next().unwrap_or(Value::Null);
            items(list).iter().map(|item| search(each, item)).collect::<Result<_>>().map(Value::List)
        }
        (Some(Arg::Value(list)), "max_by" | "min_by" | "sort_by") => match arguments.next() {
            Some(Arg::Expression(each)) => by(name, items(list), each),
            _ => Ok(Value::Null),
        },
        (Some(Arg::Value(first)), _) => of_values(name, first, rest(arguments)),
        (None, _) => Ok(Value::Null),
    }
}

fn argument<'a>(function: &str, kind: char, ast: &'a Ast, current: &Value) -> Result<Arg<'a>> {
    match (kind, ast) {
        ('&', Ast::Expref { ast, .. }) => return Ok(Arg::Expression(ast)),
        ('&', _) => return wrong(function, &search(ast, current)?, &["expref"]),
        (_, Ast::Expref { .. }) => {
            return Err(format!("In function {function}(), invalid type for value: an expression"));
        }
        _ => {}
    }
    let value = search(ast, current)?;
    let all = |fits: fn(&Value) -> bool| value.as_list().is_some_and(|items| items.iter().all(fits));
    let is_number = |value: &Value| number(value).is_some();
    let (fits, names): (bool, &[&str]) = match kind {
        's' => (value.as_text().is_some(), &["string"]),
        'n' => (is_number(&value), &["number"]),
        'a' => (value.as_list().is_some(), &["array"]),
        'o' => (matches!(value, Value::Map(_)), &["object"]),
        'A' => (all(|item| number(item).is_some()), &["array-number"]),
        'S' => (all(|item| item.as_text().is_some()), &["array-string"]),
        'C' => (
            all(|item| number(item).is_some()) || all(|item| item.as_text().is_some()),
            &["array-number", "array-string"],
        ),
        'r' => (value.as_list().is_some() || value.as_text().is_some(), &["array", "string"]),
        'l' => {
            (matches!(value, Value::List(_) | Value::Map(_) | Value::Text(_)), &["string", "array", "object"])
        }
        _ => (true, &[]),
    };
    if fits { Ok(Arg::Value(value)) } else { wrong(function, &value, names) }
}

fn wrong<T>(function: &str, value: &Value, names: &[&str]) -> Result<T> {
    let expected: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    Err(format!(
        "In function {function}(), invalid type for value: {}, expected one of: [{}], received: \"{}\"",
        value.shown(),
        expected.join(", "),
        kind(value)
    ))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Int(_) | Value::Float(_) => "number",
        Value::Text(_) | Value::Bytes(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
    }
}

fn items(value: Value) -> Vec<Value> {
    if let Value::List(items) = value { items } else { Vec::new() }
}

fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        _ => number(a).partial_cmp(&number(b)).unwrap_or(Ordering::Equal),
    }
}

/// The greatest, the least, or all in order, by what an expression says of each.
fn by(name: &str, list: Vec<Value>, each: &Ast) -> Result<Value> {
    let keys = list.iter().map(|item| search(each, item)).collect::<Result<Vec<_>>>()?;
    let text = keys.first().is_some_and(|key| key.as_text().is_some());
    let fits = |key: &&Value| if text { key.as_text().is_some() } else { number(key).is_some() };
    if let Some(key) = keys.iter().find(|key| !fits(key)) {
        return wrong(name, key, if text { &["string"] } else { &["number", "string"] });
    }
    let mut pairs: Vec<(Value, Value)> = keys.into_iter().zip(list).collect();
    let first = |mut pairs: Vec<(Value, Value)>| {
        if pairs.is_empty() { Value::Null } else { pairs.swap_remove(0).1 }
    };
    Ok(match name {
        "max_by" => {
            pairs.sort_by(|a, b| order(&b.0, &a.0));
            first(pairs)
        }
        "min_by" => {
            pairs.sort_by(|a, b| order(&a.0, &b.0));
            first(pairs)
        }
        _ => {
            pairs.sort_by(|a, b| order(&a.0, &b.0));
            Value::List(pairs.into_iter().map(|(_, item)| item).collect())
        }
    })
}

fn whole(number: f64) -> Value {
    if number.abs() < 9e15 { Value::Int(number as i64) } else { Value::Float(number) }
}

fn of_values(name: &str, first: Value, rest: Vec<Value>) -> Result<Value> {
    let second = rest.first().cloned().unwrap_or(Value::Null);
    Ok(match name {
        "abs" => match first {
            Value::Int(number) => Value::Int(number.saturating_abs()),
            other => number(&other).map_or(Value::Null, |number| Value::Float(number.abs())),
        },
        "ceil" => number(&first).map_or(Value::Null, |number| whole(number.ceil())),
        "floor" => number(&first).map_or(Value::Null, |number| whole(number.floor())),
        "sum" => sum(&items(first)),
        "avg" => match items(first) {
            list if list.is_empty() => Value::Null,
            list => number(&sum(&list)).map_or(Value::Null, |sum| Value::Float(sum / list.len() as f64)),
        },
        "max" => items(first).into_iter().max_by(order).unwrap_or(Value::Null),
        "min" => items(first).into_iter().min_by(order).unwrap_or(Value::Null),
        "sort" => {
            let mut list = items(first);
            list.sort_by(order);
            Value::List(list)
        }
        "join" => {
            let list = items(second);
            let texts: Vec<&str> = list.iter().filter_map(Value::as_text).collect();
            Value::Text(texts.join(first.as_text().unwrap_or_default()))
        }
        "contains" => Value::Bool(contains(&first, &second)),
        "starts_with" | "ends_with" => {
            let (text, part) = (first.as_text().unwrap_or_default(), second.as_text().unwrap_or_default());
            Value::Bool(if name == "starts_with" { text.starts_with(part) } else { text.ends_with(part) })
        }
        "length" => Value::Int(match &first {
            Value::List(items) => items.len() as i64,
            Value::Map(members) => members.len() as i64,
            other => other.as_text().unwrap_or_default().chars().count() as i64,
        }),
        "reverse" => match first {
            Value::List(items) => Value::List(items.into_iter().rev().collect()),
            other => Value::Text(other.as_text().unwrap_or_default().chars().rev().collect()),
        },
        "merge" => {
            let mut all = first;
            for map in rest {
                let Value::Map(members) = map else { continue };
                members.into_iter().for_each(|(key, value)| all.put(&key, value));
            }
            all
        }
        "not_null" => {
            std::iter::once(first).chain(rest).find(|value| *value != Value::Null).unwrap_or(Value::Null)
        }
        _ => converted(name, first),
    })
}

fn converted(name: &str, value: Value) -> Value {
    match (name, value) {
        ("keys", Value::Map(members)) => {
            Value::List(members.into_iter().map(|(key, _)| Value::Text(key)).collect())
        }
        ("values", Value::Map(members)) => Value::List(members.into_iter().map(|(_, value)| value).collect()),
        ("type", value) => Value::from(kind(&value)),
        ("to_array", list @ Value::List(_)) => list,
        ("to_array", value) => Value::List(vec![value]),
        ("to_string", text @ Value::Text(_)) => text,
        ("to_string", value) => Value::Text(value.compact()),
        ("to_number", number @ (Value::Int(_) | Value::Float(_))) => number,
        ("to_number", Value::Text(text)) => match json::parse(&text) {
            Ok(number @ (Value::Int(_) | Value::Float(_))) => number,
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}

fn sum(items: &[Value]) -> Value {
    let whole = items.iter().try_fold(0_i64, |sum, item| match item {
        Value::Int(number) => sum.checked_add(*number),
        _ => None,
    });
    whole.map_or_else(|| Value::Float(items.iter().filter_map(number).sum()), Value::Int)
}

fn contains(value: &Value, part: &Value) -> bool {
    match (value, part) {
        (Value::List(items), part) => items.iter().any(|item| same(item, part)),
        (Value::Text(text), Value::Text(part)) => text.contains(part.as_str()),
        _ => false,
    }
}
