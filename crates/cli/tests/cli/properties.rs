//! What holds for any input.

use base64ct::Encoding as _;
use proptest::{prelude::*, test_runner::TestRunner};
use waxseal_cli::{
    OUTFILE, Shell, Value, command_of,
    model::{self, OperationModel, ServiceModel, Shape},
    parse_json, query,
};

use crate::terminal::{run, shell};

/// Lines made of what a shell and a command have a meaning for.
fn line() -> impl Strategy<Value = String> {
    let parts = "(aws|kms|sts|encrypt|list-keys|get-caller-identity|--key-id|--plaintext|--query|--output|--tags|--encryption-context|table|yaml|text|a=b,c=\\[d|'|\"|\\$\\(|\\)|`|\\$X|X=|>|>>|<|\\||&&|;|\\\\|f|-|=|\n|fileb://f|base64|od|xxd|tail|-c|-n|tr|cut|-d|-f2|sort|wc|printf|%5s|%-0\\+\\*d|date|-d|\\+%F|tee|head|z-a|\\\\c|\\$'|<<|<<-|\\$\\{|:-|\\}|\\*|\\?|!|echo|-e|for|in|do|done|while|until|if|then|else|fi|true|break|\\[|\\]|\\(\\(|\\)\\)|\\{a,|\\{1\\.\\.3\\}|\\$\\(\\(|1\\+|\\*\\*|%|\\$\\{X%|grep|-E|\\[a-|\\\\\\(|seq|read|exit|&>|>&2|cmp|diff|uniq|case|esac|;;|\\[\\[|\\]\\]|=~|==|-z|f\\(\\)|function|return|local|shift|\"\\$@\"|\\$\\*|\\[!a|\\PC| )";
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

    /// What is open is closed by more, or wrong anyway: a line never ends neither way.
    #[test]
    fn what_is_not_open_can_be_run(line in line()) {
        let open = Shell::is_open(&line);
        let (_, outcome) = run(&mut shell(), &line, |_| Ok("{}".to_owned()));
        let told = ["bash: syntax error: unexpected end of file", "bash: unexpected EOF while looking for matching"];
        if told.iter().any(|told| outcome.stderr.lines().next().is_some_and(|first| first.starts_with(told))) {
            prop_assert!(open || line.contains(['(', '`']), "{line}");
        }
    }

    #[test]
    fn no_expression_panics(text in "[-+*/%<>=!&|^~?:(),0-9a-cx# ]{0,40}", pattern in "[\\]\\[(){}|*+?.^$\\\\a-c0-9,:-]{0,30}") {
        run(&mut shell(), &format!("echo $(({text}))"), |_| Ok("{}".to_owned()));
        for flags in ["-E", "-o", "-wc", "-x"] {
            let line = format!("grep {flags} -e {} <<< 'abcab 0-9'", quoted(&pattern));
            let (_, outcome) = run(&mut shell(), &line, |_| Ok("{}".to_owned()));
            prop_assert!(outcome.exit < 2 || outcome.stderr.starts_with("grep: "), "{line}: {}", outcome.stderr);
        }
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

    /// Any text can be said in quotes.
    #[test]
    fn quotes_keep_a_text(text in "\\PC{0,40}", control in "[\t\n -~]{0,40}") {
        for text in [text, control] {
            let single = format!("printf %s {}", quoted(&text));
            let special = |c: char| "\"\\$`".contains(c);
            let escape = |c: char| if special(c) { format!("\\{c}") } else { c.to_string() };
            let double = format!("printf %s \"{}\"", text.chars().map(escape).collect::<String>());
            let below = format!("cat <<'END OF IT'\n{text}\nEND OF IT");
            for (line, expected) in [(single, text.clone()), (double, text.clone()), (below, format!("{text}\n"))] {
                prop_assert!(!waxseal_cli::Shell::is_open(&line), "{line}");
                let (_, outcome) = run(&mut shell(), &line, |_| Ok("{}".to_owned()));
                prop_assert_eq!(String::from_utf8(outcome.stdout).unwrap(), expected, "{}", line);
            }
        }
    }

    #[test]
    fn no_file_panics(text in "([a-z]+: |- |[|>]-?|\"|'|\\{|\\[|\\]|\\}|,|#|\n|\n  |\\\\|\\PC){0,40}", bytes in any::<Vec<u8>>()) {
        for (name, content) in [("text", text.into_bytes()), ("bytes", bytes)] {
            for option in ["--cli-input-yaml file://", "--cli-input-json file://", "--tags file://", "--tags fileb://"] {
                let mut shell = shell();
                shell.files.write(name, content.clone());
                run(&mut shell, &format!("aws kms create-key {option}{name}; xxd {name}; od -c {name}; cut -c2 {name}"), |_| Ok("{}".to_owned()));
            }
        }
    }

    /// What is printed as YAML is read as what it was.
    #[test]
    fn yaml_goes_to_and_fro(description in "\\PC{0,40}", lines in "[ -~\n]{0,200}", long in "[a-z' \"]{60,160}") {
        let tag = |key: &str, value: &str| Value::Map(vec![
            ("TagKey".into(), Value::from(key)), ("TagValue".into(), Value::from(value)),
        ]);
        let body = Value::Map(vec![
            ("Description".into(), Value::from(description.as_str())),
            ("Policy".into(), Value::Text(format!("x{lines}"))),
            ("Tags".into(), Value::List(vec![tag("yes", "1"), tag(&format!("x{long}"), &lines)])),
        ]);
        let mut shell = shell();
        shell.variables.insert("AWS_DEFAULT_OUTPUT".into(), "yaml".into());
        let query = format!("`{}`", body.compact().replace('`', "\\`"));
        let print = format!("aws kms list-keys --query {} > body.yaml", quoted(&query));
        let (_, outcome) = run(&mut shell, &print, |_| Ok("{}".to_owned()));
        prop_assert_eq!(outcome.stderr, "");
        let yaml = shell.files.read("body.yaml").unwrap();
        let yaml = String::from_utf8_lossy(&yaml).into_owned();
        let (calls, outcome) = run(&mut shell, "aws kms create-key --cli-input-yaml file://body.yaml", |_| Ok("{}".to_owned()));
        prop_assert!(calls.len() == 1, "{}\n{}", outcome.stderr, yaml);
        let sent = parse_json(&calls[0].body).unwrap();
        prop_assert!(query::same(&sent, &body), "{}\n{}", yaml, sent.pretty());
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A value of a shape, as it goes on the wire.
fn of_shape(model: &'static ServiceModel, name: &'static str, depth: usize) -> BoxedStrategy<Value> {
    let least = |least: &Option<i64>| least.unwrap_or_default().max(0);
    match model.shape(name) {
        Shape::Struct(members) if depth < 6 => members
            .iter()
            .fold(Just(Vec::new()).boxed(), |all, member| {
                let value = of_shape(model, member.shape, depth + 1);
                let value = if member.required {
                    value.prop_map(Some).boxed()
                } else {
                    prop::option::of(value).boxed()
                };
                (all, value)
                    .prop_map(|(mut all, value)| {
                        all.extend(value.map(|value| (member.name.to_owned(), value)));
                        all
                    })
                    .boxed()
            })
            .prop_map(Value::Map)
            .boxed(),
        Shape::Struct(_) => Just(Value::Map(Vec::new())).boxed(),
        Shape::List(item, few) => {
            let few = least(few) as usize;
            prop::collection::vec(of_shape(model, item, depth + 1), few..few + 3)
                .prop_map(Value::List)
                .boxed()
        }
        Shape::Map(_, item) => {
            prop::collection::btree_map("\\PC{1,8}", of_shape(model, item, depth + 1), 1..3)
                .prop_map(|map| Value::Map(map.into_iter().collect()))
                .boxed()
        }
        Shape::Int(few) => (least(few)..least(few) + 10_000).prop_map(Value::Int).boxed(),
        Shape::Time => (0_i64..4_000_000_000).prop_map(Value::Int).boxed(),
        Shape::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Shape::Raw | Shape::File => "(fileb://|file://|-|)[ -~\\PC]{1,20}".prop_map(Value::Text).boxed(),
        Shape::Blob(few) => {
            let few = least(few) as usize;
            prop::collection::vec(any::<u8>(), few..few + 40)
                .prop_map(|bytes| Value::Text(base64ct::Base64::encode_string(&bytes)))
                .boxed()
        }
        Shape::Text(few, choices) => {
            let few = least(few);
            let text = |form: String| prop::string::string_regex(&form).unwrap();
            let any = prop_oneof![
                text(format!("\\PC{{{few},{}}}", few + 12)),
                text(format!("(-|file://|fileb://|\\[|\\{{|'|\"| )[ -~\n]{{{few},{}}}", few + 30)),
            ];
            if choices.is_empty() {
                any.prop_map(Value::Text).boxed()
            } else {
                prop::sample::select(choices.clone()).prop_map(Value::from).boxed()
            }
        }
    }
}

/// A request of an operation, with where its answer goes.
fn request(model: &'static ServiceModel, operation: &'static OperationModel) -> BoxedStrategy<Value> {
    let input = of_shape(model, operation.input, 0);
    if !model.has_outfile(operation) {
        return input;
    }
    let with = |(input, name): (Value, String)| {
        let Value::Map(mut members) = input else { return input };
        members.push((OUTFILE.to_owned(), Value::Text(name)));
        Value::Map(members)
    };
    (input, "[^-\\pC]\\PC{0,12}").prop_map(with).boxed()
}

/// A request as a command makes the same request: for every operation, those that name files among them.
#[test]
fn a_command_says_its_request() {
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() });
    let naming = || Shell { naming: true, ..shell() };
    for model in model::services() {
        for operation in &model.operations {
            let checked = runner.run(&request(model, operation), |body| {
                let command = command_of(model.service, operation.name, &body.compact()).unwrap();
                let (calls, outcome) = run(&mut naming(), &command, |_| Ok("{}".to_owned()));
                prop_assert!(calls.len() == 1, "{command}: {}", outcome.stderr);
                prop_assert_eq!((calls[0].service, calls[0].operation), (model.service, operation.name));
                prop_assert!(
                    query::same(&parse_json(&calls[0].body).unwrap(), &body),
                    "{command}\n{}",
                    calls[0].body
                );
                Ok(())
            });
            if let Err(error) = checked {
                panic!("{}: {error}", operation.name)
            }
        }
    }
}
