//! `--output text`: scalars in a row, separated by tabs, and what is nested below, named in capitals.

use crate::value::Value;

/// Rows.
pub(crate) fn text(value: &Value) -> String {
    let mut out = String::new();
    write(value, None, None, &mut out);
    out
}

fn write(value: &Value, name: Option<&str>, keys: Option<&[&str]>, out: &mut String) {
    match value {
        Value::Map(members) => map(members, name, keys, out),
        Value::List(items) => list(items, name, out),
        scalar => line(&[scalar.shown()], out),
    }
}

fn line(cells: &[String], out: &mut String) {
    out.push_str(&cells.join("\t"));
    out.push('\n');
}

fn list(items: &[Value], name: Option<&str>, out: &mut String) {
    if items.iter().any(|item| matches!(item, Value::Map(_))) {
        let maps =
            items.iter().filter_map(|item| if let Value::Map(members) = item { Some(members) } else { None });
        let scalars = maps.flatten().filter(|(_, value)| value.is_scalar());
        let mut keys: Vec<&str> = scalars.map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        items.iter().for_each(|item| write(item, name, Some(&keys), out));
        return;
    }
    let (scalars, nested): (Vec<_>, Vec<_>) = items.iter().partition(|item| item.is_scalar());
    match name {
        _ if scalars.is_empty() => {}
        Some(name) => scalars.iter().for_each(|item| line(&[name.to_uppercase(), item.shown()], out)),
        None => line(&scalars.iter().map(|item| item.shown()).collect::<Vec<_>>(), out),
    }
    nested.iter().for_each(|item| write(item, name, None, out));
}

fn map(members: &[(String, Value)], name: Option<&str>, keys: Option<&[&str]>, out: &mut String) {
    let mut sorted: Vec<&(String, Value)> = members.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut cells: Vec<String> = match keys {
        Some(keys) => {
            let of = |key: &&str| sorted.iter().find(|(name, _)| name == key).map(|(_, value)| value.shown());
            keys.iter().map(|key| of(key).unwrap_or_default()).collect()
        }
        None => {
            sorted.iter().filter(|(_, value)| value.is_scalar()).map(|(_, value)| value.shown()).collect()
        }
    };
    if !cells.is_empty() {
        if let Some(name) = name {
            cells.insert(0, name.to_uppercase());
        }
        line(&cells, out);
    }
    for (key, value) in sorted {
        let in_row = keys.map_or(value.is_scalar(), |keys| keys.contains(&key.as_str()));
        if !in_row {
            write(value, Some(key), None, out);
        }
    }
}
