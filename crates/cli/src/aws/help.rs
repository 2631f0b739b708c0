//! `help`: what there is, in the words of the contract.

use crate::{
    args::Takes,
    aws::{GLOBALS, commands, options},
    model::{self, OperationModel, ServiceModel, Shape, dashed, words},
};

/// `aws help`
pub(crate) fn top() -> String {
    let commands: String = commands().iter().map(|name| format!("       o {name}\n\n")).collect();
    format!(
        "NAME\n       aws\n\nSYNOPSIS\n          aws [options] <command> <subcommand> [parameters]\n\nGLOBAL OPTIONS\n{}\n\
         AVAILABLE SERVICES\n{commands}",
        globals()
    )
}

/// `aws kms help`
pub(crate) fn service(model: &ServiceModel) -> String {
    let list: String = model
        .operations
        .iter()
        .map(|operation| {
            let words = words(operation.name).unwrap_or_default();
            format!("       o {}\n           {words}\n\n", dashed(operation.name))
        })
        .collect();
    format!("NAME\n       {}\n\nAVAILABLE COMMANDS\n{list}", model.service)
}

/// `aws kms encrypt help`
pub(crate) fn operation(model: &ServiceModel, operation: &OperationModel) -> String {
    let name = dashed(operation.name);
    let about = words(operation.name).unwrap_or_default();
    let options = options(model, operation);
    let (mut synopsis, mut list) = (format!("            {name}\n"), String::new());
    for (option, member) in &options.members {
        let no = format!("--no-{}", &option[2..]);
        let form = match model.shape(member.shape) {
            Shape::Bool => format!("{option} | {no}"),
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
    for option in others {
        synopsis.push_str(&format!("          [{} <value>]\n", option.name));
    }
    format!(
        "NAME\n       {name}\n\nDESCRIPTION\n       {about}\n\nSYNOPSIS\n{synopsis}\nOPTIONS\n{list}GLOBAL OPTIONS\n{}\nOUTPUT\n{}",
        globals(),
        output(model, operation)
    )
}

fn described(
    model: &ServiceModel,
    operation: &OperationModel,
    option: &str,
    member: &model::Member,
) -> String {
    let shape = model.shape(member.shape);
    let need = if member.required { " [required]" } else { "" };
    let words = words(&format!("{}.{}", operation.name, member.name)).unwrap_or_default();
    let mut out = format!("       {option} ({}){need}\n", kind(shape));
    if !words.is_empty() {
        out.push_str(&format!("          {words}\n"));
    }
    let choices = match shape {
        Shape::Text(_, choices) => choices,
        Shape::List(item, _) => match model.shape(item) {
            Shape::Text(_, choices) => choices,
            _ => &Vec::new(),
        },
        _ => &Vec::new(),
    };
    choices.iter().for_each(|choice| out.push_str(&format!("          o {choice}\n")));
    out.push('\n');
    out
}

fn output(model: &ServiceModel, operation: &OperationModel) -> String {
    let Some(Shape::Struct(members)) = operation.output.map(|shape| model.shape(shape)) else {
        return "       None\n".to_owned();
    };
    members
        .iter()
        .map(|member| format!("       {} -> ({})\n\n", member.name, kind(model.shape(member.shape))))
        .collect()
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
    }
}

fn globals() -> String {
    GLOBALS
        .iter()
        .map(|(name, takes, choices)| match (takes, choices) {
            (Takes::Nothing, _) => format!("       {name}\n"),
            (_, []) => format!("       {name} <value>\n"),
            (_, choices) => format!("       {name} {}\n", choices.join("|")),
        })
        .collect()
}
