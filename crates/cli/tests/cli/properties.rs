//! What holds for any input.

use proptest::prelude::*;
use waxseal_api::Service;
use waxseal_cli::{Value, command_of, parse_json, query};

use crate::terminal::{run, shell};

/// Lines made of what a shell and a command have a meaning for.
fn line() -> impl Strategy<Value = String> {
    let parts = "(aws|kms|sts|encrypt|list-keys|get-caller-identity|--key-id|--plaintext|--query|--output|--tags|--encryption-context|table|yaml|text|a=b,c=\\[d|'|\"|\\$\\(|\\)|`|\\$X|X=|>|>>|<|\\||&&|;|\\\\|f|-|=|\n|fileb://f|base64|od|xxd|tail|-c|\\PC| )";
    prop::collection::vec(parts, 0..24).prop_map(|parts| parts.join(" "))
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        "\\PC*".prop_map(Value::Text),
        "[ \n:'#\\-a0]{0,120}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            prop::collection::btree_map("[A-Z][a-z]{0,5}", inner, 0..5)
                .prop_map(|map| Value::Map(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_line_panics(line in line(), answer in json()) {
        run(&mut shell(), &line, |_| Ok(answer.compact()));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}", at in 0_usize..80) {
        run(&mut shell(), &text, |_| Ok("{}".to_owned()));
        _ = parse_json(&text);
        _ = query::parse(&text);
        _ = waxseal_cli::complete(&text, at, &waxseal_cli::Files::default(), &[]);
    }

    #[test]
    fn every_format_renders_anything(value in json(), format in "json|text|table|yaml|yaml-stream") {
        let answer = Value::Map(vec![("Plaintext".to_owned(), value)]).compact();
        let line = format!("aws kms decrypt --ciphertext-blob AAAA --output {format}");
        prop_assert_eq!(run(&mut shell(), &line, |_| Ok(answer.clone())).1.exit, 0);
    }

    #[test]
    fn json_goes_to_and_fro(value in json()) {
        prop_assert_eq!(parse_json(&value.compact()).unwrap(), value.clone());
        prop_assert_eq!(parse_json(&value.pretty()).unwrap(), value);
    }

    /// A request as a command makes the same request.
    #[test]
    fn a_command_says_its_request(
        description in "\\PC{0,20}",
        policy in "[ -~\n]{1,40}",
        tags in prop::collection::vec(("\\PC{1,9}", "\\PC{0,9}"), 0..3),
        multi in any::<bool>(),
        tokens in prop::collection::vec("[!-~]{1,20}", 1..3),
        context in prop::collection::btree_map("\\PC{0,8}", "\\PC{0,8}", 1..3),
    ) {
        let text = |text: String| Value::Text(text);
        let tag = |(key, value)| Value::Map(vec![("TagKey".into(), text(key)), ("TagValue".into(), text(value))]);
        let key = Value::Map(vec![
            ("Policy".into(), text(policy)),
            ("Description".into(), text(description)),
            ("Tags".into(), Value::List(tags.into_iter().map(tag).collect())),
            ("MultiRegion".into(), Value::Bool(multi)),
        ]);
        let context = context.into_iter().map(|(key, value)| (key, text(value))).collect();
        let opened = Value::Map(vec![
            ("CiphertextBlob".into(), text("AAECAw==".into())),
            ("EncryptionContext".into(), Value::Map(context)),
            ("GrantTokens".into(), Value::List(tokens.into_iter().map(text).collect())),
        ]);
        for (operation, body) in [("CreateKey", key), ("Decrypt", opened)] {
            let Some(command) = command_of(Service::Kms, operation, &body.compact()) else {
                continue;
            };
            let (calls, outcome) = run(&mut shell(), &command, |_| Ok("{}".to_owned()));
            prop_assert!(calls.len() == 1, "{command}: {}", outcome.stderr);
            prop_assert!(query::same(&parse_json(&calls[0].body).unwrap(), &body), "{command}");
        }
    }
}
