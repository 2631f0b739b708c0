//! `help`: what there is, in the words of the contract.

use crate::{
    args::Takes,
    aws::{GLOBALS, commands, globals::REFUSED, options, skeleton},
    model::{Member, OperationModel, ServiceModel, Shape, dashed, words},
};

/// How many columns a line has at most.
const WIDTH: usize = 78;

/// What the options mean that go with every command.
const MEANINGS: &[(&str, &str)] = &[
    ("--no-paginate", "Asks for the first page of a list only."),
    ("--output", "How the answer is printed; json when absent."),
    ("--query", "A JMESPath expression: what of the answer is printed."),
    ("--profile", "On whose behalf; default when absent. export AWS_PROFILE says it for all commands."),
    ("--region", "Where. export AWS_REGION, or aws configure set region, says it for all commands."),
    ("--version", "Prints the version."),
    ("--cli-binary-format", "What text that stands for bytes is; base64 when absent."),
    ("--cli-error-format", "How a refusal by the service is printed; enhanced when absent."),
];

/// `aws help`
pub(crate) fn top() -> String {
    let commands: String = commands().iter().map(|name| format!("       o {name}\n\n")).collect();
    format!(
        "NAME\n       aws\n\nSYNOPSIS\n          aws [options] <command> <subcommand> [parameters]\n\n\
         GLOBAL OPTIONS\n{}AVAILABLE COMMANDS\n{commands}",
        globals()
    )
}

/// `aws kms help`
pub(crate) fn service(model: &ServiceModel) -> String {
    let line = |operation: &OperationModel| {
        let about = words(operation.name).unwrap_or_default();
        format!("       o {}\n{}\n", dashed(operation.name), wrapped(about, 11))
    };
    let list: String = model.operations.iter().map(line).collect();
    format!("NAME\n       {}\n\nAVAILABLE COMMANDS\n{list}", model.command())
}

/// `aws configure help`
pub(crate) fn configure() -> String {
    let about = "Settings of profiles: region, output, cli_binary_format, and the access key that calls are signed with.";
    let commands = [
        "set <name> <value> [--profile <value>]",
        "get <name> [--profile <value>]",
        "list [--profile <value>]",
        "list-profiles",
    ];
    let commands: String =
        commands.iter().map(|command| format!("          aws configure {command}\n")).collect();
    format!("NAME\n       configure\n\nDESCRIPTION\n{}\nSYNOPSIS\n{commands}", wrapped(about, 7))
}

/// `aws kms encrypt help`
pub(crate) fn operation(model: &ServiceModel, operation: &OperationModel) -> String {
    let name = dashed(operation.name);
    let about = wrapped(words(operation.name).unwrap_or_default(), 7);
    let options = options(model, operation);
    let (mut synopsis, mut list) = (format!("            {name}\n"), String::new());
    for (option, member) in &options.members {
        let form = match model.shape(member.shape) {
            Shape::Bool => format!("{option} | --no-{}", &option[2..]),
            _ => format!("{option} <value>"),
        };
        let form = if member.required { form } else { format!("[{form}]") };
        synopsis.push_str(&format!("          {form}\n"));
        list.push_str(&described(model, operation, option, member));
    }
    let others = options.options.iter().filter(|option| {
        let member = option.name.strip_prefix("--no-").map(|name| format!("--{name}"));
        options.members.iter().all(|(name, _)| *name != option.name && Some(name) != member.as_ref())
    });
    others.for_each(|option| synopsis.push_str(&format!("          [{} <value>]\n", option.name)));
    format!(
        "NAME\n       {name}\n\nDESCRIPTION\n{about}\nSYNOPSIS\n{synopsis}\nOPTIONS\n{list}GLOBAL OPTIONS\n{}OUTPUT\n{}",
        globals(),
        output(model, operation)
    )
}

fn described(model: &ServiceModel, operation: &OperationModel, option: &str, member: &Member) -> String {
    let shape = model.shape(member.shape);
    let need = if member.required { " [required]" } else { "" };
    let words = words(&format!("{}.{}", operation.name, member.name)).unwrap_or_default();
    let mut out = format!("       {option} ({}){need}\n{}", kind(shape), wrapped(words, 10));
    let item = match shape {
        Shape::List(item, _) => model.shape(item),
        shape => shape,
    };
    match item {
        Shape::Text(_, choices) => {
            choices.iter().for_each(|choice| out.push_str(&format!("          o {choice}\n")));
        }
        Shape::Struct(_) | Shape::Map(..) => {
            let json = skeleton::shape(model, member.shape).pretty();
            out.push_str("\n          As JSON:\n\n");
            json.lines().for_each(|line| out.push_str(&format!("          {line}\n")));
        }
        _ => {}
    }
    out + "\n"
}

fn output(model: &ServiceModel, operation: &OperationModel) -> String {
    let mut out = String::new();
    if let Some(shape) = operation.output {
        outline(model, shape, 7, &mut out);
    }
    if out.is_empty() { "       None\n".to_owned() } else { out }
}

/// The members of an output, and theirs further in.
fn outline(model: &ServiceModel, shape: &str, indent: usize, out: &mut String) {
    match model.shape(shape) {
        Shape::Struct(members) if indent < 40 => {
            for member in members {
                let shape = model.shape(member.shape);
                out.push_str(&format!("{:indent$}{} -> ({})\n", "", member.name, kind(shape)));
                outline(model, member.shape, indent + 4, out);
            }
        }
        Shape::List(item, _) | Shape::Map(_, item) => outline(model, item, indent, out),
        _ => {}
    }
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "structure",
        Shape::List(..) => "list",
        Shape::Map(..) => "map",
        Shape::Int(_) => "integer",
        Shape::Text(..) => "string",
        Shape::Blob(_) => "blob",
        Shape::Bool => "boolean",
        Shape::Time => "timestamp",
        Shape::Raw | Shape::File => "blob",
    }
}

/// The options that go with every command, and what they mean; others are taken and mean nothing here.
fn globals() -> String {
    let known = GLOBALS.iter().filter(|(name, ..)| !REFUSED.contains(name));
    let lines = known.filter_map(|(name, takes, choices)| {
        let (_, meaning) = MEANINGS.iter().find(|(known, _)| known == name)?;
        let value = match (takes, choices) {
            (Takes::Nothing, _) => String::new(),
            (_, []) => " <value>".to_owned(),
            (_, choices) => format!(" {}", choices.join("|")),
        };
        Some(format!("       {name}{value}\n{}\n", wrapped(meaning, 10)))
    });
    lines.collect()
}

/// Words in lines; nothing for none.
fn wrapped(text: &str, indent: usize) -> String {
    let (mut out, mut column) = (String::new(), WIDTH + 1);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column + 1 + length > WIDTH {
            out.push_str(&format!("{}{:indent$}", if out.is_empty() { "" } else { "\n" }, ""));
            column = indent;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    if out.is_empty() { out } else { out + "\n" }
}
