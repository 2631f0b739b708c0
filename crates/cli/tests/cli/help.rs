//! What `help` says.

use waxseal_cli::model;

use crate::terminal::prints;

fn help(line: &str) -> String {
    let (text, stderr, exit) = prints(line, "{}");
    assert_eq!((stderr.as_str(), exit), ("", 0), "{line}");
    for line in text.lines() {
        let names = line.trim_start().starts_with(['[', '-']);
        assert!(line.chars().count() <= 80 || names, "only names of options are not broken: {line}");
    }
    text
}

#[test]
fn every_operation_has_a_page_with_all_its_options() {
    for model in model::services() {
        let list = help(&format!("aws {} help", model.command()));
        for operation in &model.operations {
            let name = model::dashed(operation.name);
            assert!(list.contains(&format!("o {name}\n           ")), "{name} is listed with its meaning");
            let page = help(&format!("aws {} {name} help", model.command()));
            assert!(page.starts_with(&format!("NAME\n       {name}\n\nDESCRIPTION\n       ")), "{page}");
            let paging = ["MaxItems"];
            for member in model.members(operation).iter().filter(|member| !paging.contains(&member.name)) {
                let option = format!("\n       --{} (", model::dashed(member.name));
                let (_, after) = page.split_once(&option).unwrap_or_else(|| panic!("{name}: {option}"));
                assert_eq!(after.lines().next().unwrap().ends_with("[required]"), member.required, "{name}");
            }
        }
    }
}

#[test]
fn the_programs_of_the_shell_and_the_settings_are_told() {
    assert!(help("help").contains("\ntee "));
    assert!(help("aws help").contains("\n       o kms\n"));
    assert!(help("aws configure help").contains("aws configure set "));
}
