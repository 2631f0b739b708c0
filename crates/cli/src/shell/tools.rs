//! The small programs beside `aws`.

mod bytes;
mod files;

use super::Shell;

/// The programs that there are.
pub(crate) const NAMES: &[&str] = &[
    "aws", "base64", "cat", "clear", "cp", "echo", "env", "export", "false", "head", "history", "ls", "mv",
    "od", "printf", "rm", "tail", "tr", "true", "unset", "wc", "xxd",
];

/// Why a program has failed, and what it has printed until then.
pub(super) struct Complaint {
    pub(super) stdout: Vec<u8>,
    pub(super) message: String,
    pub(super) exit: u8,
}

impl From<String> for Complaint {
    fn from(message: String) -> Self {
        Self { stdout: Vec::new(), message, exit: 1 }
    }
}

pub(super) type Printed = Result<Vec<u8>, Complaint>;

/// Runs a program; None if there is none of this name.
pub(super) fn run(shell: &mut Shell, name: &str, words: &[String], input: &[u8]) -> Option<Printed> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let flags: Vec<&str> =
        words.iter().copied().filter(|word| word.starts_with('-') && word.len() > 1).collect();
    let names: Vec<&str> =
        words.iter().copied().filter(|word| !word.starts_with('-') || word.len() == 1).collect();
    Some(match name {
        "echo" => echo(&words),
        "printf" => printf(&words),
        "true" => Ok(Vec::new()),
        "false" => Err(String::new().into()),
        "env" | "export" | "unset" => variables(shell, name, &names),
        "history" => Ok((1..)
            .zip(&shell.history)
            .map(|(n, line)| format!("{n:5}  {line}\n"))
            .collect::<String>()
            .into()),
        "clear" => {
            shell.cleared = true;
            Ok(Vec::new())
        }
        "cat" => files::inputs(shell, &names, input),
        "ls" => files::ls(shell, &flags, &names),
        "rm" => files::rm(shell, &flags, &names),
        "cp" | "mv" => files::copy(shell, name == "mv", &names),
        "base64" => bytes::base64(shell, &words, input),
        "head" | "tail" => bytes::ends(shell, name == "head", &words, input),
        "wc" => bytes::wc(shell, &flags, &names, input),
        "tr" => bytes::tr(&words, input),
        "xxd" => bytes::xxd(shell, &flags, &names, input),
        "od" => bytes::od(shell, &words, input),
        _ => return None,
    })
}

fn echo(words: &[&str]) -> Printed {
    let silent = words.first() == Some(&"-n");
    let text = words[usize::from(silent)..].join(" ");
    Ok(if silent { text } else { text + "\n" }.into())
}

/// `%s`, `%d`, `%%` and escapes; the format is used again for further arguments.
fn printf(words: &[&str]) -> Printed {
    let Some((format, arguments)) = words.split_first() else {
        return Err(Complaint { exit: 2, ..Complaint::from("usage: printf format [arguments]".to_owned()) });
    };
    let (mut out, mut arguments) = (String::new(), arguments.iter());
    loop {
        let mut used = false;
        let mut chars = format.chars();
        while let Some(c) = chars.next() {
            match c {
                '%' => match chars.next() {
                    Some('s' | 'd' | 'b') => {
                        used = true;
                        out.push_str(arguments.next().copied().unwrap_or_default());
                    }
                    Some('%') | None => out.push('%'),
                    Some(other) => return Err(format!("%{other}: invalid directive").into()),
                },
                '\\' => match chars.next() {
                    Some('n') => out.push('\n'),
                    Some('t') => out.push('\t'),
                    Some('r') => out.push('\r'),
                    Some('0') => out.push('\0'),
                    Some('\\') | None => out.push('\\'),
                    Some(other) => out.extend(['\\', other]),
                },
                c => out.push(c),
            }
        }
        if !used || arguments.len() == 0 {
            return Ok(out.into());
        }
    }
}

fn variables(shell: &mut Shell, name: &str, words: &[&str]) -> Printed {
    for word in words {
        match word.split_once('=') {
            Some((key, value)) => _ = shell.variables.insert(key.to_owned(), value.to_owned()),
            None if name == "unset" => _ = shell.variables.remove(*word),
            None => {}
        }
    }
    let list = name != "unset" && words.is_empty();
    let prefix = if name == "export" { "declare -x " } else { "" };
    let lines =
        shell.variables.iter().filter(|_| list).map(|(key, value)| format!("{prefix}{key}={value}\n"));
    Ok(lines.collect::<String>().into())
}
