//! The compliance suite of JMESPath; its source and licence stand beside it.

use std::fs;

use waxseal_cli::{Value, parse_json, query};

/// Cases that the library's grammar has otherwise: its file, and the expression.
const KNOWN: &[(&str, &str)] = &[];

#[test]
fn the_compliance_suite_passes() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/jmespath");
    let (mut count, mut failed) = (0, Vec::new());
    for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let suites = parse_json(&fs::read_to_string(&file).unwrap()).unwrap();
        for suite in suites.as_list().unwrap() {
            for case in suite.get("cases").and_then(Value::as_list).unwrap() {
                count += 1;
                let expression = case.get("expression").and_then(Value::as_text).unwrap();
                if !passes(suite.get("given").unwrap(), case, expression) {
                    failed.push((name.clone(), expression.to_owned()));
                }
            }
        }
    }
    let failed: Vec<(&str, &str)> =
        failed.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    assert!(count > 700, "{count}");
    assert_eq!(failed, KNOWN, "of {count}");
}

fn passes(given: &Value, case: &Value, expression: &str) -> bool {
    let found = query::parse(expression).and_then(|ast| query::search(&ast, given));
    match (case.get("result"), found) {
        (Some(expected), Ok(found)) => query::same(expected, &found),
        (None, found) => found.is_err(),
        _ => false,
    }
}
