//! A lab as the page of the workbench makes it, played as a lesson's.

use std::collections::BTreeMap;

use serde::Deserialize;
use waxseal_lessons::lab_problems;
use waxseal_study::{
    Lab, LabText,
    author::{Draft, Goal, Slip},
};

/// What an emitted file is read as.
#[derive(Deserialize)]
struct File {
    lab: Vec<Lab>,
    labs: BTreeMap<String, LabText>,
}

fn draft() -> Draft {
    let [id, title, task, notice] = [
        "off-and-on-again",
        "Off and on again",
        "Disable the key of `alias/app`.",
        "The key still has its name.",
    ]
    .map(str::to_owned);
    Draft {
        id,
        objectives: "2.5 6.1".to_owned(),
        prepare: "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)\n\
            aws kms create-alias --alias-name alias/app --target-key-id $KEY"
            .to_owned(),
        solution: "aws kms disable-key --key-id $KEY".to_owned(),
        route: "aws kms disable-key --key-id $(aws kms describe-key --key-id alias/app --query KeyMetadata.Arn --output text)"
            .to_owned(),
        goals: vec![Goal {
            check: "keys[?contains(Aliases, 'alias/app') && KeyState=='Disabled']".to_owned(),
            words: "The key of `alias/app` is disabled".to_owned(),
        }],
        mistakes: vec![Slip {
            name: "by-its-alias".to_owned(),
            when: "log[?eventName=='DisableKey' && errorCode] && !(keys[?KeyState=='Disabled'])".to_owned(),
            script: "aws kms disable-key --key-id alias/app".to_owned(),
            words: "`disable-key` does not understand aliases. Use the key's ID.".to_owned(),
        }],
        title,
        task,
        hints: ["Which ID has it?", "`aws kms disable-key`", "`aws kms disable-key --key-id $KEY`"].map(str::to_owned),
        notice,
        ..Draft::default()
    }
}

#[test]
fn a_lab_from_the_workbench_passes_as_one_of_a_lesson() {
    let draft = draft();
    assert_eq!(draft.problems(), Vec::<String>::new());
    let file: File = toml::from_str(&draft.file()).unwrap();
    assert_eq!(lab_problems(&file.lab[0]).unwrap(), Vec::<String>::new());
    assert_eq!(file.labs["off-and-on-again"], draft.text());
}

#[test]
fn what_does_not_pass_is_said() {
    let spoilt = |change: &dyn Fn(&mut Draft)| {
        let mut draft = draft();
        change(&mut draft);
        lab_problems(&draft.lab()).unwrap().join("\n")
    };
    let solved = spoilt(&|it| it.goals[0].check = "keys".to_owned());
    assert!(solved.contains("is solved before anything was done"), "{solved}");
    let unsolved = spoilt(&|it| it.route = "true".to_owned());
    assert!(unsolved.contains("a route does not solve it: what does not hold is keys["), "{unsolved}");
    let untold = spoilt(&|it| it.mistakes[0].script = "true".to_owned());
    assert!(untold.contains("the mistake by-its-alias is told as nothing"), "{untold}");
}
