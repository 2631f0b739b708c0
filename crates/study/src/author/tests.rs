use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::*;

/// What both parts of a file are read as.
#[derive(Deserialize)]
struct File {
    lab: Vec<Lab>,
    labs: BTreeMap<String, LabText>,
}

fn draft() -> Draft {
    let [title, task, notice] =
        ["A name", "Give the key a name.", "No ciphertext knows it."].map(str::to_owned);
    Draft {
        id: "a-name".to_owned(),
        objectives: "2.1, 2.5".to_owned(),
        start: Start::Empty,
        prepare: "aws kms create-key\n".to_owned(),
        solution: "\naws kms create-alias --alias-name alias/a --target-key-id $KEY\n\n".to_owned(),
        route: "true".to_owned(),
        goals: vec![
            Goal {
                check: "keys[?contains(Aliases, 'alias/a')]".to_owned(),
                words: "It has a name".to_owned(),
            },
            Goal::default(),
        ],
        mistakes: vec![Slip {
            name: "refused".to_owned(),
            when: "log[?errorCode]".to_owned(),
            script: "aws kms create-alias".to_owned(),
            words: "It was refused.".to_owned(),
        }],
        title,
        task,
        hints: ["one", "two", "three"].map(str::to_owned),
        notice,
    }
}

#[track_caller]
fn check_file(draft: &Draft) {
    let file = draft.file();
    let read: File = toml::from_str(&file).unwrap_or_else(|error| panic!("{error}\n{file}"));
    assert_eq!(read.lab, [draft.lab()], "{file}");
    assert_eq!(read.labs, BTreeMap::from([(draft.lab().id, draft.text())]), "{file}");
}

#[test]
fn a_lab_is_what_its_file_says() {
    let draft = draft();
    assert_eq!(draft.problems(), Vec::<String>::new());
    assert_eq!((draft.lab().goals.len(), &*draft.lab().routes[0]), (1, "true\n"));
    check_file(&draft);
    for start in [Start::TwoAccounts, Start::Company] {
        check_file(&Draft { start, ..draft.clone() });
    }
    check_file(&Draft::default());
}

#[test]
fn parts_look_like_those_of_the_lessons() {
    let draft = draft();
    let expect = "[[lab]]
id = \"a-name\"
objectives = [\"2.1\", \"2.5\"]
prepare = '''
aws kms create-key
'''
goals = [
    \"keys[?contains(Aliases, 'alias/a')]\",
]
solution = '''
aws kms create-alias --alias-name alias/a --target-key-id $KEY
'''
routes = ['''
true
''']

[[lab.mistake]]
name = \"refused\"
when = \"log[?errorCode]\"
script = '''
aws kms create-alias
'''
";
    assert_eq!(draft.lesson_part(), expect);
    assert!(draft.words_part().ends_with("[labs.a-name.mistakes]\nrefused = \"It was refused.\"\n"));
}

#[test]
fn whatever_is_written_comes_back() {
    for text in [
        "it's",
        "a \"quote\"",
        r#"both ' and " and \ "#,
        "'''",
        "\"\"\"\"",
        "a\n\"b\"\"\"\n\\c\"",
        "tab\there",
        "bell\u{7}",
        "line\r\nend",
        "ends with '",
        "ümläut ✓",
    ] {
        let mut draft = draft();
        for place in
            [&mut draft.prepare, &mut draft.solution, &mut draft.route, &mut draft.title, &mut draft.notice]
        {
            *place = text.to_owned();
        }
        draft.goals[0] = Goal { check: text.to_owned(), words: text.to_owned() };
        draft.hints[1] = text.to_owned();
        draft.mistakes[0] = Slip {
            name: text.to_owned(),
            when: text.to_owned(),
            script: text.to_owned(),
            words: text.to_owned(),
        };
        draft.id = text.to_owned();
        check_file(&draft);
    }
}

#[test]
fn a_draft_is_kept_and_read_by_later_versions() {
    for start in [Start::Empty, Start::TwoAccounts, Start::Company] {
        let draft = Draft { start, ..draft() };
        assert_eq!(Draft::kept(&serde_json::to_string(&draft).unwrap()), Some(draft));
    }
    let earlier = Draft::kept(r#"{"title":"A name"}"#);
    assert_eq!(earlier, Some(Draft { title: "A name".to_owned(), ..Draft::default() }));
    for other in ["", "{", "[]", "\"text\"", "null"] {
        assert_eq!(Draft::kept(other), None, "{other}");
    }
}

#[test]
fn what_is_missing_is_said() {
    let problems = Draft::default().problems();
    for part in [
        "its name",
        "an objective",
        "lacks a goal",
        "lacks a solution",
        "another way",
        "lacks a mistake",
        "a title is empty",
        "a hint is empty",
    ] {
        assert_eq!(problems.iter().filter(|it| it.contains(part)).count(), 1, "{part} in {problems:?}");
    }
    let spoilt = |change: &dyn Fn(&mut Draft)| {
        let mut draft = draft();
        change(&mut draft);
        draft.problems().join("\n")
    };
    assert!(spoilt(&|it| it.objectives = "2.9".to_owned()).contains("2.9 that there is none of"));
    assert!(spoilt(&|it| it.goals[0].check = "!a.b".to_owned()).contains("parentheses"));
    assert!(spoilt(&|it| it.mistakes[0].when = "printed[0].exit".to_owned()).contains("no `printed`"));
    assert!(spoilt(&|it| it.mistakes.push(it.mistakes[0].clone())).contains("a name of its own"));
    assert!(spoilt(&|it| it.id = "A".to_owned()).contains("its name"));
}

#[test]
fn goals_are_suggested_from_keys_files_and_the_log() {
    let record = |event: &str, error: Option<&str>, arn: &str, key: &str| {
        let json = json!({
            "eventVersion": "1.11", "userIdentity": { "type": "Root", "arn": arn }, "eventTime": "", "eventSource": "", "eventName": event,
            "awsRegion": "", "errorCode": error, "requestParameters": { "keyId": key }, "requestID": "", "eventID": "", "readOnly": false,
            "eventType": "AwsApiCall", "recipientAccountId": "",
        });
        serde_json::from_value(json).unwrap()
    };
    let root = "arn:aws:iam::111122223333:root";
    let log: [waxseal_api::audit::AuditRecord; 4] = [
        record("ListKeys", None, root, ""),
        record("Encrypt", None, "arn:aws:iam::111122223333:user/ana", "alias/app"),
        record("Encrypt", None, root, "1234"),
        record("Decrypt", Some("DisabledException"), root, "alias/app"),
    ];
    let key = json!({ "i": "1", "n": ["alias/app"], "s": "Disabled", "k": "RSA_2048", "c": 0 });
    let keys = [serde_json::from_value(key).unwrap()];
    let files = [waxseal_api::sandbox::File { name: "it's".to_owned(), length: 1 }];
    let found = suggested(log.iter(), &keys, &files);
    let checks: Vec<&str> = found.iter().map(|it| &*it.check).collect();
    assert_eq!(
        checks,
        [
            "keys[?contains(Aliases, 'alias/app')]",
            "keys[?contains(Aliases, 'alias/app') && KeyState=='Disabled']",
            "keys[?contains(Aliases, 'alias/app') && KeySpec=='RSA_2048']",
            r"files[?name=='it\'s']",
            "log[?eventName=='Encrypt' && !errorCode]",
            "log[?eventName=='Encrypt' && !errorCode && requestParameters.keyId=='alias/app']",
            "log[?eventName=='Encrypt' && !errorCode && userIdentity.arn=='arn:aws:iam::111122223333:user/ana']",
            "log[?eventName=='Decrypt' && errorCode=='DisabledException']",
        ]
    );
    assert_eq!(found[6].words, "`Encrypt` was done by ana");
}
