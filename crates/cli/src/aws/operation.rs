//! An operation: from its options to what is printed.

use waxseal_api::{ApiError, ErrorCode, Service};

use crate::{
    args::{self, Given, Opt, Takes},
    aws::{
        Aws,
        globals::Globals,
        page::{self, Pages},
        skeleton,
    },
    blob,
    call::Call,
    fail::{Fail, Stop},
    json,
    model::{Member, OperationModel, ServiceModel, Shape, dashed},
    params, query, render, validate,
    value::Value,
};

/// How often a call is made when it is throttled, and how often where somebody wants more.
const ATTEMPTS: usize = 3;
const MOST_ATTEMPTS: usize = 100;

/// The options of an operation and what they stand for.
pub(crate) struct Options {
    pub(crate) options: Vec<Opt>,
    /// Members of the input, by option.
    pub(crate) members: Vec<(String, Member)>,
}

/// The options of an operation, its members first.
pub(crate) fn options(model: &ServiceModel, operation: &OperationModel) -> Options {
    let mut all = Options { options: Vec::new(), members: Vec::new() };
    let paging: &[&str] = if operation.page.is_some() { &PAGING } else { &[] };
    for member in model.members(operation) {
        let name = format!("--{}", dashed(member.name));
        if paging.contains(&name.as_str()) {
            continue;
        }
        let shape = model.shape(member.shape);
        let takes = match shape {
            Shape::Bool => Takes::Nothing,
            Shape::List(..) => Takes::All,
            _ => Takes::One,
        };
        all.options.push(Opt::new(name.clone(), takes));
        if matches!(shape, Shape::Bool) {
            all.options.push(Opt::new(format!("--no-{}", dashed(member.name)), takes));
        }
        all.members.push((name, *member));
    }
    if model.service == Service::Lambda && operation.name == "CreateFunction" {
        all.options.push(Opt::new(ZIP_FILE, Takes::One));
    }
    let inputs = ["--cli-input-json", "--cli-input-yaml"].iter().chain(paging);
    all.options.extend(inputs.map(|name| Opt::new(*name, Takes::One)));
    let skeletons = &["input", "output", "yaml-input"];
    all.options.push(Opt { choices: skeletons, ..Opt::new("--generate-cli-skeleton", Takes::Maybe) });
    all
}

/// What the word is called that says where the bytes of an answer go.
pub const OUTFILE: &str = "outfile";

/// Whether the word for a member names a file, or may do so.
pub(crate) fn names_a_file(model: &ServiceModel, member: &Member) -> bool {
    matches!(model.shape(member.shape), Shape::Raw | Shape::File)
}

/// The code of a function, by itself.
const ZIP_FILE: &str = "--zip-file";

const PAGING: [&str; 3] = ["--starting-token", "--page-size", "--max-items"];

/// An operation whose options have been read.
struct Command<'a> {
    globals: &'a Globals,
    model: &'static ServiceModel,
    operation: &'static OperationModel,
    given: Vec<Given>,
    profile: String,
    /// Where the bytes of the answer go.
    outfile: Option<String>,
}

impl Command<'_> {
    fn given(&self, name: &str) -> Option<&Given> {
        self.given.iter().rev().find(|option| option.name == name)
    }

    fn word(&self, name: &str) -> Option<&str> {
        self.given(name)?.words.first().map(String::as_str)
    }

    /// The service has refused a call.
    fn refused(&self, error: &ApiError, retries: Option<usize>) -> Fail {
        let code = code(self.model.service, error);
        Fail::service(self.operation.name, code, error, retries, &self.globals.error_format)
    }
}

impl Aws<'_> {
    /// Runs an operation.
    pub(crate) fn operation(
        &mut self,
        globals: &Globals,
        model: &'static ServiceModel,
        operation: &'static OperationModel,
        words: &[String],
    ) -> Result<String, Stop> {
        let options = options(model, operation);
        let (given, mut rest) = args::take(&options.options, words)?;
        let has_outfile = model.has_outfile(operation);
        let outfile = (has_outfile && !rest.is_empty()).then(|| rest.remove(0));
        let profile = self.profile(globals);
        let command = Command { globals, model, operation, given, profile, outfile };
        page::numbers(&command.given)?;
        required(&command, &options)?;
        if !rest.is_empty() {
            return Err(Fail::unknown_options(rest).into());
        }
        let input = self.input(&command, &options)?;
        match command.given("--generate-cli-skeleton").map(|given| given.words.first().map_or("input", |w| w))
        {
            Some("output") => {
                self.checked(&command, input)?;
                let output = operation.output.map(|shape| skeleton::output(model, shape));
                let pages = Pages::single(output.unwrap_or(Value::Map(Vec::new())));
                Ok(self.print(&command, &pages)?)
            }
            Some("yaml-input") => Ok(skeleton::yaml(model, operation)),
            Some(_) => Ok(format!("{}\n", skeleton::input(model, operation).pretty())),
            None => self.call(&command, input),
        }
    }

    /// The input, from JSON and from options, which go before.
    fn input(&self, command: &Command<'_>, options: &Options) -> Result<Value, Fail> {
        let load = |text: &str| self.load(text);
        let mut input = self.whole_input(command)?;
        for (name, member) in &options.members {
            let no = format!("--no-{}", &name[2..]);
            let Some(given) =
                command.given.iter().rev().find(|given| given.name == *name || given.name == no)
            else {
                continue;
            };
            let value = if given.name == no && no != *name {
                Value::Bool(false)
            } else if self.naming && names_a_file(command.model, member) {
                Value::from(given.words.first().map_or("", |word| word))
            } else {
                params::read(command.model, member, name, &given.words, &load)?
            };
            input.put(member.name, value);
        }
        if let Some(zip) = command.word(ZIP_FILE) {
            let loaded = load(zip).map_err(|error| Fail::parsing(ZIP_FILE, &error))?;
            let bytes = loaded.ok_or_else(|| {
                let text = "--zip-file must be a zip file with the fileb:// prefix.\nExample usage:  --zip-file fileb://path/to/file.zip";
                Fail::parameter(text)
            })?;
            input.put("Code", Value::Map(vec![("ZipFile".to_owned(), bytes)]));
        }
        Ok(input)
    }

    /// What `--cli-input-json` or `--cli-input-yaml` bring along.
    fn whole_input(&self, command: &Command<'_>) -> Result<Value, Fail> {
        let [json, yaml] = ["--cli-input-json", "--cli-input-yaml"].map(|name| command.word(name));
        let (option, text) = match (json, yaml) {
            (None, None) => return Ok(Value::Map(Vec::new())),
            (Some(_), Some(_)) => {
                return Err(Fail::parameter("Only one --cli-input- parameter may be specified."));
            }
            (Some(json), None) => ("cli-input-json", json),
            (None, Some(yaml)) => ("cli-input-yaml", yaml),
        };
        let loaded = self.load(text).map_err(|error| Fail::parsing(&format!("--{option}"), &error))?;
        let text = loaded.unwrap_or_else(|| Value::from(text)).shown();
        let value = if json.is_some() {
            json::parse(&text).map_err(|_| Fail::parsing(option, "Invalid JSON received."))?
        } else {
            crate::yaml::parse(&text).map_err(|_| Fail::parsing(option, "Invalid YAML received."))?
        };
        match value {
            Value::Map(_) => Ok(value),
            other => {
                let message = format!("Invalid type: expecting map, received {}", other.type_name());
                Err(Fail::parsing(&format!("--{option}"), &message))
            }
        }
    }

    /// The contents of a file that is named by `file://` or `fileb://`.
    fn load(&self, text: &str) -> Result<Option<Value>, String> {
        let (name, binary) = match (text.strip_prefix("file://"), text.strip_prefix("fileb://")) {
            (Some(name), _) => (name, false),
            (_, Some(name)) => (name, true),
            _ => return Ok(None),
        };
        let bytes = match name {
            "/dev/stdin" => self.stdin.into(),
            name => self.files.read(name).map_err(|error| {
                format!("Unable to load paramfile {text}: [Errno 2] {error}: {}", Value::from(name).repr())
            })?,
        };
        if binary {
            return Ok(Some(Value::Bytes(bytes.to_vec())));
        }
        let undecodable = |_| {
            format!(
                "Unable to load paramfile ({name}), text contents could not be decoded.  If this is a binary file, please use \
                 the fileb:// prefix instead of the file:// prefix."
            )
        };
        String::from_utf8(bytes.to_vec()).map(|text| Some(Value::Text(text))).map_err(undecodable)
    }

    fn call(&mut self, command: &Command<'_>, input: Value) -> Result<String, Stop> {
        self.known(&command.profile, command.globals.profile.is_some())?;
        let region = self.region(command.globals, &command.profile)?;
        let input = self.checked(command, input)?;
        let input = if self.naming { named(command, input) } else { input };
        let identity = self.identity(command.globals, &command.profile, &region)?;
        let ask = |input: &Value| Call {
            service: command.model.service,
            operation: command.operation.name,
            region: region.clone(),
            identity: identity.clone(),
            body: input.compact(),
        };
        let paging =
            page::Paging::read(command.operation, command.globals.paginate, |name| command.word(name))?;
        let attempts = self.attempts(&command.profile);
        let mut pages = page::read(&paging, command.model, command.operation, input, |input| {
            let mut retries = 0;
            loop {
                let answer = self.answers.to(|| ask(input))?;
                let Err(error) = &*answer else { return Ok(answer) };
                let throttled = error.code == ErrorCode::ThrottlingException;
                if !throttled || retries + 1 >= attempts {
                    return Err(command.refused(error, throttled.then_some(retries)).into());
                }
                retries += 1;
            }
        })?;
        let printed = command.outfile.as_deref().map(|name| self.save(name, &mut pages)).unwrap_or_default();
        Ok(printed + &self.print(command, &pages)?)
    }

    /// How often a call is made at most, when it is throttled. The real one waits a while before each but the first.
    fn attempts(&self, profile: &str) -> usize {
        let own = self.variable(&["AWS_MAX_ATTEMPTS"]);
        let own = own.or_else(|| self.config.get(profile, "max_attempts").map(str::to_owned));
        own.and_then(|own| own.parse().ok()).filter(|own| *own > 0).unwrap_or(ATTEMPTS).min(MOST_ATTEMPTS)
    }

    /// Writes the bytes of an answer into a file; returns what is to be printed of them.
    fn save(&mut self, name: &str, pages: &mut Pages) -> String {
        let body = pages.take("Body");
        let bytes = body.and_then(|body| blob::decode(body.as_text()?)).unwrap_or_default();
        if name == "/dev/stdout" {
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        self.files.write(name, bytes);
        String::new()
    }

    /// The input with its blobs read, after the checks that need no service.
    fn checked(&self, command: &Command<'_>, mut input: Value) -> Result<Value, Fail> {
        let shape = command.model.shape(command.operation.input);
        let setting = self.config.get(&command.profile, "cli_binary_format");
        let format = command.globals.binary_format.as_deref().or(setting);
        params::decode_blobs(command.model, shape, &mut input, format == Some("raw-in-base64-out"))?;
        let wrong = validate::input(command.model, shape, &input);
        if wrong.is_empty() && self.naming {
            let words = members_with(&input, command, names_a_file);
            let mut wire = validate::on_the_wire(command.model, shape, input);
            words.into_iter().for_each(|(name, word)| wire.put(name, word));
            return Ok(wire);
        }
        if wrong.is_empty() {
            return Ok(validate::on_the_wire(command.model, shape, input));
        }
        Err(Fail::parameter(&format!("Parameter validation failed:\n{}", wrong.join("\n"))))
    }

    fn print(&self, command: &Command<'_>, pages: &Pages) -> Result<String, Fail> {
        let search = |value: Value| match &command.globals.query {
            Some(query) => query::search(query, &value).map_err(|error| Fail::general(&error)),
            None => Ok(value),
        };
        let each = |pages: Vec<Value>, write: fn(&Value) -> String| {
            pages.into_iter().map(|page| Ok(write(&search(page)?))).collect::<Result<String, Fail>>()
        };
        match self.format(command).as_str() {
            "off" => Ok(String::new()),
            "text" => each(pages.as_text(), render::text),
            "yaml-stream" => each(pages.pages(), render::yaml_item),
            format => {
                let value = search(pages.whole())?;
                match format {
                    _ if value == Value::Map(Vec::new()) => Ok(String::new()),
                    "json" => Ok(format!("{}\n", value.pretty())),
                    "yaml" => Ok(render::yaml(&value)),
                    "table" => Ok(render::table(command.operation.name, &value)),
                    other => Err(Fail::parameter(&format!("Unknown output type: {other}"))),
                }
            }
        }
    }

    /// The format of what is printed: by option, variable or setting.
    fn format(&self, command: &Command<'_>) -> String {
        let format = command.globals.output.clone().or_else(|| self.variable(&["AWS_DEFAULT_OUTPUT"]));
        let setting = || self.config.get(&command.profile, "output").map(str::to_owned);
        format.or_else(setting).unwrap_or_else(|| "json".to_owned())
    }
}

/// The members of an input that are such, with their values.
fn members_with(
    input: &Value,
    command: &Command<'_>,
    is: fn(&ServiceModel, &Member) -> bool,
) -> Vec<(&'static str, Value)> {
    let members = command.model.members(command.operation).iter().filter(|member| is(command.model, member));
    members.filter_map(|member| Some((member.name, input.get(member.name)?.clone()))).collect()
}

/// The input, with where the bytes of the answer go.
fn named(command: &Command<'_>, mut input: Value) -> Value {
    if let Some(name) = &command.outfile {
        input.put(OUTFILE, Value::from(name.as_str()));
    }
    input
}

/// What an error is called, in the service's own terms.
pub(super) fn code(service: Service, error: &ApiError) -> &str {
    match (&error.name, service) {
        (Some(name), _) => name,
        (None, Service::Iam | Service::Sts) => error.code.query_name(),
        (None, _) => error.code.into(),
    }
}

/// Whether everything is there that has to be.
fn required(command: &Command<'_>, options: &Options) -> Result<(), Fail> {
    let skeleton = command.given("--generate-cli-skeleton");
    let only_shape = skeleton.is_some_and(|given| given.words.first().is_none_or(|word| word != "output"));
    if only_shape || ["--cli-input-json", "--cli-input-yaml"].iter().any(|name| command.given(name).is_some())
    {
        return Ok(());
    }
    let missing = options.members.iter().filter(|(_, member)| member.required);
    let mut missing: Vec<&str> =
        missing.map(|(name, _)| name.as_str()).filter(|name| command.given(name).is_none()).collect();
    if command.given(ZIP_FILE).is_some() {
        missing.retain(|name| *name != "--code");
    }
    if command.model.has_outfile(command.operation) && command.outfile.is_none() {
        missing.push("outfile");
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(Fail::usage(&format!("the following arguments are required: {}", missing.join(", "))))
}
