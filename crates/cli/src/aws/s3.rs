//! `aws s3`: buckets and objects by address, as files are.

use waxseal_api::Service;

use crate::{
    args::{self, Given, Opt, Takes},
    aws::{Aws, globals::Globals, operation},
    blob,
    call::Call,
    fail::{Fail, Stop},
    model,
    value::Value,
};

pub(crate) const COMMANDS: [&str; 6] = ["cp", "ls", "mb", "mv", "rb", "rm"];

/// Options that are members of an upload's input, and of a download's where it says so.
const OPTIONS: &[(&str, Takes, &str)] = &[
    ("--sse", Takes::Maybe, "ServerSideEncryption"),
    ("--sse-kms-key-id", Takes::One, "SSEKMSKeyId"),
    ("--sse-c", Takes::Maybe, "SSECustomerAlgorithm"),
    ("--sse-c-key", Takes::One, "SSECustomerKey"),
    ("--sse-c-copy-source", Takes::Maybe, "CopySourceSSECustomerAlgorithm"),
    ("--sse-c-copy-source-key", Takes::One, "CopySourceSSECustomerKey"),
    ("--content-type", Takes::One, "ContentType"),
    ("--recursive", Takes::Nothing, ""),
    ("--quiet", Takes::Nothing, ""),
    ("--only-show-errors", Takes::Nothing, ""),
    ("--no-progress", Takes::Nothing, ""),
];

/// Where something is: in a bucket, or in a file.
enum Place<'a> {
    Object(&'a str, &'a str),
    File(&'a str),
}

/// A command that has been read.
struct Transfer<'a> {
    globals: &'a Globals,
    given: Vec<Given>,
    /// Whether what was copied is removed.
    moves: bool,
}

impl<'a> Place<'a> {
    fn read(text: &'a str) -> Self {
        match text.strip_prefix("s3://") {
            Some(rest) => {
                let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
                Self::Object(bucket, key)
            }
            None => Self::File(text),
        }
    }
}

impl Transfer<'_> {
    fn has(&self, name: &str) -> bool {
        self.given.iter().any(|given| given.name == name)
    }

    /// What is said to have been done.
    fn deed<'w>(&self, word: &'w str) -> &'w str {
        if self.moves { "move" } else { word }
    }

    fn quiet(&self) -> bool {
        self.has("--quiet") || self.has("--only-show-errors")
    }
}

impl Aws<'_> {
    pub(super) fn s3(&mut self, globals: &Globals, words: &[String]) -> Result<String, Stop> {
        let options: Vec<Opt> = OPTIONS.iter().map(|(name, takes, _)| Opt::new(*name, *takes)).collect();
        let (given, words) = args::take(&options, words)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let command = Transfer { globals, given, moves: words.first() == Some(&"mv") };
        match words[..] {
            ["help"] => Ok(help()),
            ["mb", address] => self.make_bucket(&command, address),
            ["rb", address] => self.on_bucket(
                &command,
                "rb",
                "remove_bucket",
                address,
                "DeleteBucket",
                Value::Map(Vec::new()),
            ),
            ["ls"] => self.list_buckets(&command),
            ["ls", address] => self.list_objects(&command, address),
            ["rm", address] => self.remove(&command, address),
            ["cp" | "mv", from, to] => self.copy(&command, from, to),
            ["mb" | "rb" | "rm"] => Err(Fail::usage("the following arguments are required: path").into()),
            ["cp" | "mv"] | ["cp" | "mv", _] => {
                Err(Fail::usage("the following arguments are required: paths").into())
            }
            ["cp" | "ls" | "mb" | "mv" | "rb" | "rm", .., last] => {
                Err(Fail::unknown_options(vec![last.to_owned()]).into())
            }
            [] => Err(Fail::usage("the following arguments are required: subcommand").into()),
            [word, ..] => Err(Fail::choice("subcommand", word, &COMMANDS.map(str::to_owned)).into()),
        }
    }

    /// Calls S3. A refusal is told in the words of the command line, without its frame.
    fn ask(
        &mut self,
        command: &Transfer<'_>,
        operation: &'static str,
        input: Value,
    ) -> Result<Result<Value, String>, Stop> {
        let profile = self.profile(command.globals);
        self.known(&profile, command.globals.profile.is_some())?;
        let region = self.region(command.globals, &profile)?;
        let identity = self.identity(command.globals, &profile, &region)?;
        let body = input.compact();
        let answer = self.answers.to(|| Call { service: Service::S3, operation, region, identity, body })?;
        Ok(match &*answer {
            Ok(output) => Ok(output.clone()),
            Err(error) => {
                let code = operation::code(Service::S3, error);
                let message = &error.message;
                Err(format!("An error occurred ({code}) when calling the {operation} operation: {message}"))
            }
        })
    }

    fn make_bucket(&mut self, command: &Transfer<'_>, address: &str) -> Result<String, Stop> {
        let profile = self.profile(command.globals);
        let region = self.region(command.globals, &profile)?;
        let mut more = Value::Map(Vec::new());
        if region != "us-east-1" {
            more.put("CreateBucketConfiguration", map(&[("LocationConstraint", &region)]));
        }
        self.on_bucket(command, "mb", "make_bucket", address, "CreateBucket", more)
    }

    fn on_bucket(
        &mut self,
        command: &Transfer<'_>,
        word: &str,
        done: &str,
        address: &str,
        operation: &'static str,
        mut input: Value,
    ) -> Result<String, Stop> {
        let bucket = match Place::read(address) {
            Place::Object(bucket, "") if !bucket.is_empty() => bucket,
            _ => return Err(usage(word, "<S3Uri>").into()),
        };
        input.put("Bucket", bucket.into());
        match self.ask(command, operation, input)? {
            Ok(_) => Ok(format!("{done}: {bucket}\n")),
            Err(error) => Err(failed(&format!("{done} failed: {address} {error}")).into()),
        }
    }

    fn list_buckets(&mut self, command: &Transfer<'_>) -> Result<String, Stop> {
        let output =
            self.ask(command, "ListBuckets", Value::Map(Vec::new()))?.map_err(|error| frame(&error))?;
        let line =
            |bucket: &Value| format!("{} {}\n", date(bucket.get("CreationDate")), text(bucket, "Name"));
        Ok(list(&output, "Buckets").iter().map(line).collect())
    }

    /// Folder by folder, or everything below. Nothing at all is a failure, as of `ls`.
    fn list_objects(&mut self, command: &Transfer<'_>, address: &str) -> Result<String, Stop> {
        let address = address.strip_prefix("s3://").unwrap_or(address);
        let (bucket, prefix) = address.split_once('/').unwrap_or((address, ""));
        let recursive = command.has("--recursive");
        let mut input = map(&[("Bucket", bucket), ("Prefix", prefix)]);
        if !recursive {
            input.put("Delimiter", "/".into());
        }
        let folder = if recursive { 0 } else { prefix.rfind('/').map_or(0, |at| at + 1) };
        let mut out = String::new();
        loop {
            let page = self.ask(command, "ListObjectsV2", input.clone())?.map_err(|error| frame(&error))?;
            for common in list(&page, "CommonPrefixes") {
                let name = text(common, "Prefix");
                out.push_str(&format!("{:>30} {}\n", "PRE", name.get(folder..).unwrap_or(name)));
            }
            for object in list(&page, "Contents") {
                let name = text(object, "Key");
                let size = object.get("Size").map(Value::compact).unwrap_or_default();
                let date = date(object.get("LastModified"));
                out.push_str(&format!("{date} {size:>10} {}\n", name.get(folder..).unwrap_or(name)));
            }
            match page.get("NextContinuationToken") {
                Some(token @ Value::Text(_)) => input.put("ContinuationToken", token.clone()),
                _ => break,
            }
        }
        if out.is_empty() && !prefix.is_empty() {
            return Err(Fail { text: String::new(), exit: 1 }.into());
        }
        Ok(out)
    }

    fn remove(&mut self, command: &Transfer<'_>, address: &str) -> Result<String, Stop> {
        let (bucket, key) = match Place::read(address) {
            Place::Object(bucket, key) if !bucket.is_empty() => (bucket, key),
            _ => return Err(usage("rm", "<S3Uri>").into()),
        };
        if !command.has("--recursive") {
            return match key {
                "" => Err(usage("rm", "<S3Uri>").into()),
                key => self.remove_one(command, bucket, key).map(|()| said(command, deleted(bucket, key))),
            };
        }
        let (mut out, mut input) = (String::new(), map(&[("Bucket", bucket), ("Prefix", key)]));
        loop {
            let page = self.ask(command, "ListObjectsV2", input.clone())?;
            let page = page.map_err(|error| failed(&format!("fatal error: {error}")))?;
            for object in list(&page, "Contents") {
                let key = text(object, "Key");
                self.remove_one(command, bucket, key)?;
                out.push_str(&deleted(bucket, key));
            }
            match page.get("NextContinuationToken") {
                Some(token @ Value::Text(_)) => input.put("ContinuationToken", token.clone()),
                _ => return Ok(said(command, out)),
            }
        }
    }

    fn remove_one(&mut self, command: &Transfer<'_>, bucket: &str, key: &str) -> Result<(), Stop> {
        match self.ask(command, "DeleteObject", map(&[("Bucket", bucket), ("Key", key)]))? {
            Ok(_) => Ok(()),
            Err(error) => Err(failed(&format!("delete failed: s3://{bucket}/{key} {error}")).into()),
        }
    }

    fn copy(&mut self, command: &Transfer<'_>, from: &str, to: &str) -> Result<String, Stop> {
        one_object(command)?;
        let copied = self.copied(command, from, to)?;
        match Place::read(from) {
            Place::File(file) if command.moves => _ = self.files.remove(file),
            Place::Object(bucket, key) if command.moves => self.remove_one(command, bucket, key)?,
            _ => {}
        }
        Ok(copied)
    }

    fn copied(&mut self, command: &Transfer<'_>, from: &str, to: &str) -> Result<String, Stop> {
        match (Place::read(from), Place::read(to)) {
            (Place::File(_), Place::File(_)) => {
                let word = if command.moves { "mv" } else { "cp" };
                Err(usage(word, "<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>").into())
            }
            (Place::File(file), Place::Object(bucket, key)) => self.upload(command, file, bucket, key),
            (Place::Object(bucket, key), Place::File(file)) => self.download(command, bucket, key, file),
            (Place::Object(from_bucket, from_key), Place::Object(bucket, key)) => {
                let key = within(key, from_key);
                if command.moves && (from_bucket, from_key) == (bucket, key.as_str()) {
                    return Err(Fail::general(&format!(
                        "Cannot mv a file onto itself: {from} - s3://{bucket}/{key}"
                    ))
                    .into());
                }
                let mut input = self.members(command, &["--content-type"])?;
                input.put("CopySource", format!("{from_bucket}/{from_key}").as_str().into());
                self.transfer(command, "CopyObject", input, from, (bucket, &key), "copy")
            }
        }
    }

    fn upload(
        &mut self,
        command: &Transfer<'_>,
        file: &str,
        bucket: &str,
        key: &str,
    ) -> Result<String, Stop> {
        let bytes = match file {
            "-" => self.stdin.to_vec(),
            name => match self.files.read(name) {
                Ok(bytes) => bytes.to_vec(),
                Err(_) => {
                    return Err(
                        Fail::general(&format!("The user-provided path {file} does not exist.")).into()
                    );
                }
            },
        };
        let key = within(key, file);
        let mut input = self.members(command, &["--sse-c-copy-source", "--sse-c-copy-source-key"])?;
        if input.get("ContentType").is_none()
            && let Some(kind) = media_type(file)
        {
            input.put("ContentType", kind.into());
        }
        input.put("Body", Value::Bytes(bytes));
        let from = if file == "-" { file.to_owned() } else { local(file) };
        self.transfer(command, "PutObject", input, &from, (bucket, &key), "upload")
    }

    fn transfer(
        &mut self,
        command: &Transfer<'_>,
        operation: &'static str,
        mut input: Value,
        from: &str,
        (bucket, key): (&str, &str),
        word: &str,
    ) -> Result<String, Stop> {
        input.put("Bucket", bucket.into());
        input.put("Key", key.into());
        let (to, word) = (format!("s3://{bucket}/{key}"), command.deed(word));
        match self.ask(command, operation, input)? {
            Ok(_) => Ok(said(command, format!("{word}: {from} to {to}\n"))),
            Err(error) => Err(failed(&format!("{word} failed: {from} to {to} {error}")).into()),
        }
    }

    /// Asks what there is first, as the real one does.
    fn download(
        &mut self,
        command: &Transfer<'_>,
        bucket: &str,
        key: &str,
        file: &str,
    ) -> Result<String, Stop> {
        let not_here =
            ["--sse", "--sse-kms-key-id", "--content-type", "--sse-c-copy-source", "--sse-c-copy-source-key"];
        let mut input = self.members(command, &not_here)?;
        input.put("Bucket", bucket.into());
        input.put("Key", key.into());
        let from = format!("s3://{bucket}/{key}");
        if let Err(error) = self.ask(command, "HeadObject", input.clone())? {
            let error = error.replace(": Not Found", &format!(": Key \"{key}\" does not exist"));
            return Err(failed(&format!("fatal error: {error}")).into());
        }
        let word = command.deed("download");
        let name = match file {
            "-" | "." | "./" => within("", key),
            name => within(name, key),
        };
        match self.ask(command, "GetObject", input)? {
            Ok(output) => {
                let body = output.get("Body").and_then(Value::as_text).and_then(blob::decode);
                let body = body.unwrap_or_default();
                if file == "-" {
                    return Ok(String::from_utf8_lossy(&body).into_owned());
                }
                self.files.write(&name, body);
                Ok(said(command, format!("{word}: {from} to {}\n", local(&name))))
            }
            Err(error) => {
                let to = if file == "-" { file.to_owned() } else { local(&name) };
                Err(failed(&format!("{word} failed: {from} to {to} {error}")).into())
            }
        }
    }

    /// What the options say, without those that do not go here.
    fn members(&self, command: &Transfer<'_>, without: &[&str]) -> Result<Value, Fail> {
        let mut input = Value::Map(Vec::new());
        for given in command.given.iter().filter(|given| !without.contains(&given.name.as_str())) {
            let option = OPTIONS.iter().find(|(name, _, member)| *name == given.name && !member.is_empty());
            let Some((name, takes, member)) = option else { continue };
            let word = given.words.first().map(String::as_str);
            let value = match (word, *takes) {
                (None, _) => "AES256".into(),
                (Some(word), _) if name.ends_with("-key") => self.bytes(name, word)?,
                (Some(word), _) => word.into(),
            };
            input.put(member, value);
        }
        Ok(input)
    }

    /// A key: in a file, or as it is.
    fn bytes(&self, option: &str, word: &str) -> Result<Value, Fail> {
        let Some(name) = word.strip_prefix("fileb://") else {
            return Ok(Value::Bytes(word.as_bytes().to_vec()));
        };
        let read = self.files.read(name);
        let bytes = read.map_err(|error| {
            let name = Value::from(name).repr();
            Fail::parsing(option, &format!("Unable to load paramfile {word}: [Errno 2] {error}: {name}"))
        })?;
        Ok(Value::Bytes(bytes.to_vec()))
    }
}

/// The name that something gets: what is asked for, or in a folder its own.
fn within(wanted: &str, own: &str) -> String {
    let own = own.rsplit('/').next().unwrap_or(own);
    if wanted.is_empty() || wanted.ends_with('/') { format!("{wanted}{own}") } else { wanted.to_owned() }
}

fn local(name: &str) -> String {
    if name.starts_with("./") || name.starts_with('/') { name.to_owned() } else { format!("./{name}") }
}

/// What Python's `mimetypes` says of some endings.
fn media_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending {
        "txt" => "text/plain",
        "csv" => "text/csv",
        "html" => "text/html",
        "json" => "application/json",
        "pdf" => "application/pdf",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        _ => return None,
    })
}

fn one_object(command: &Transfer<'_>) -> Result<(), Fail> {
    if command.has("--recursive") {
        return Err(Fail::parameter("argument --recursive: not available here; please name one object"));
    }
    Ok(())
}

fn deleted(bucket: &str, key: &str) -> String {
    format!("delete: s3://{bucket}/{key}\n")
}

fn said(command: &Transfer<'_>, text: String) -> String {
    if command.quiet() { String::new() } else { text }
}

fn map(members: &[(&str, &str)]) -> Value {
    Value::Map(members.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect())
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_list).unwrap_or_default()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_text).unwrap_or_default()
}

/// `2026-11-24 12:00:00`
fn date(seconds: Option<&Value>) -> String {
    let Some(Value::Int(seconds)) = seconds else { return String::new() };
    crate::time::shown(*seconds as f64).chars().take(19).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// A command whose work has failed.
fn failed(text: &str) -> Fail {
    Fail { text: format!("{text}\n"), exit: 1 }
}

fn frame(error: &str) -> Fail {
    Fail { text: format!("\naws: [ERROR]: {error}\n"), exit: 254 }
}

fn usage(command: &str, form: &str) -> Fail {
    Fail::parameter(&format!("usage: aws s3 {command} {form}\nError: Invalid argument type"))
}

fn help() -> String {
    let about = [
        ("cp", "Copies a file into a bucket, an object into a file, or an object."),
        ("ls", "Lists buckets, or what is in one."),
        ("mb", "Makes a bucket."),
        ("mv", "Moves a file or an object: copies it and removes it where it was."),
        ("rb", "Removes an empty bucket."),
        ("rm", "Removes an object; --recursive all that begin like this."),
    ];
    let commands: String =
        about.iter().map(|(name, text)| format!("       o {name}\n           {text}\n\n")).collect();
    let options: String = OPTIONS.iter().map(|(name, ..)| format!("       {name}\n")).collect();
    let other = model::of(Service::S3).map_or("", |model| model.command());
    format!(
        "NAME\n       s3\n\nAVAILABLE COMMANDS\n{commands}OPTIONS\n{options}\nEverything else is in aws {other}.\n"
    )
}
