//! The small programs beside `aws`.

mod bytes;
mod compare;
mod condition;
mod date;
pub(super) mod escape;
mod files;
mod grep;
mod lines;
mod pattern;
mod printf;
mod text;

pub(super) use self::{
    condition::{is_unary, unary},
    pattern::{Pattern, is_in_class},
};
use super::Shell;

/// The programs that there are, and what each does.
pub(crate) const PROGRAMS: &[(&str, &str)] = &[
    ("aws", "the command line of AWS: aws help, aws kms help, aws kms encrypt help"),
    ("[[", "asks without splitting: [[ $a == b* && $c =~ ^[0-9]+$ ]]"),
    ("base64", "bytes as text, and back with -d"),
    ("case", "does what fits: case $x in a*) echo one;; b|c) echo two;; esac"),
    ("cat", "prints files"),
    ("clear", "empties the screen"),
    ("cmp", "says where two files differ first; -s nothing"),
    ("cp", "copies a file"),
    ("cut", "takes fields (-d, -f2) or characters (-c1-8) of each line"),
    ("date", "tells the time: date -u -d '+30 days' +%FT%TZ"),
    ("diff", "prints the lines in which two files differ; -q whether they do"),
    ("echo", "prints its words; -n without a line's end, -e with escapes"),
    ("env", "prints the variables that programs see"),
    ("exit", "ends the line, with a code"),
    ("export", "lets programs see a variable: export AWS_PROFILE=alice"),
    ("false", "fails"),
    ("for", "does commands for each word: for n in 1 2 3; do echo $n; done"),
    ("function", "commands under a name: f() { echo \"$1 of $#\"; return 1; }; f a b"),
    ("grep", "prints lines that fit: -i -v -c -n -q -o -l -w -x -m 1, -E, -F"),
    ("head", "prints the first lines (-n 3) or bytes (-c 16)"),
    ("help", "prints this"),
    ("history", "prints the lines that were entered before"),
    ("if", "if cmp -s a b; then echo same; else echo different; fi"),
    ("local", "keeps a variable to the function"),
    ("ls", "lists files; -l with their lengths"),
    ("mv", "renames a file"),
    ("od", "prints bytes as numbers (-An -tx1) or characters (-c)"),
    ("openssl", "enc, dgst, rand and pkeyutl -encrypt, as OpenSSL has them"),
    ("printf", "prints words in a format: printf '%s\\n' a b"),
    ("read", "takes the words of a line: while read -r name; do …; done < file"),
    ("return", "ends a function, with a code"),
    ("rm", "deletes files"),
    ("seq", "counts: seq 3, seq 2 5, seq 10 -2 0"),
    ("shift", "drops the first of a function's words"),
    ("sleep", "does not wait: the clock is moved beside the terminal"),
    ("sort", "puts lines in order; -r backwards, -u each once, -n by number"),
    ("tail", "prints the last lines (-n 3) or bytes (-c 16)"),
    ("tee", "prints what comes in and writes it to files; -a adds to them"),
    ("test", "asks: [ -e file ], [ \"$a\" = b ], [ 1 -lt 2 ]; ! -a -o"),
    ("tr", "replaces characters (tr a-z A-Z) or deletes them (tr -d '\\n')"),
    ("true", "succeeds"),
    ("uniq", "takes equal lines once; -c counts them"),
    ("unset", "forgets a variable"),
    ("wc", "counts lines, words and bytes"),
    ("while", "goes on as long as something holds, until as long as it does not"),
    ("xxd", "prints bytes in hexadecimal; -p plain, -r -p back; -c -s -l"),
];

/// Programs that are part of the shell, which complains in their place.
pub(super) const BUILTIN: [&str; 6] = ["printf", "export", "unset", "history", "test", "["];

/// Programs that read all that comes in where they are given no file.
pub(super) const FILTERS: [&str; 14] = [
    "base64", "cat", "cut", "grep", "head", "od", "openssl", "sort", "tail", "tee", "tr", "uniq", "wc", "xxd",
];

/// Why a program has failed, and what it has printed until then.
pub(super) struct Complaint {
    pub(super) stdout: Vec<u8>,
    pub(super) message: String,
    pub(super) exit: u8,
}

impl From<&str> for Complaint {
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
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
        "printf" => printf::printf(&words),
        "true" | ":" => Ok(Vec::new()),
        "help" => help(),
        "date" => date::date(shell, &words),
        "tee" => files::tee(shell, &flags, &names, input),
        "cut" => text::cut(shell, &words, input),
        "grep" => grep::grep(shell, &words, input),
        "test" | "[" => condition::test(shell, name == "[", &words),
        "cmp" => compare::cmp(shell, &flags, &names, input),
        "diff" => compare::diff(shell, &flags, &names, input),
        "seq" => lines::seq(&words),
        "sleep" => lines::sleep(&words),
        "sort" => lines::sort(shell, &flags, &names, input),
        "uniq" => lines::uniq(shell, &flags, &names, input),
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
        "head" | "tail" => text::ends(shell, name == "head", &words, input),
        "wc" => text::wc(shell, &flags, &names, input),
        "tr" => bytes::tr(&words, input),
        "xxd" => bytes::xxd(shell, &words, input),
        "od" => bytes::od(shell, &words, input),
        _ => return None,
    })
}

/// `-n`: without a line's end; `-e`: with escapes.
fn echo(words: &[&str]) -> Printed {
    let is_flag = |word: &&&str| {
        word.len() > 1 && word.starts_with('-') && word[1..].chars().all(|c| "neE".contains(c))
    };
    let flags = words.iter().take_while(is_flag).count();
    let (flags, words) = words.split_at(flags);
    let text = words.join(" ");
    let escaped = flags.concat().chars().rfind(|c| matches!(c, 'e' | 'E')) == Some('e');
    let mut out = if escaped { escape::unescaped(&text) } else { text.into_bytes() };
    if !flags.iter().any(|flag| flag.contains('n')) {
        out.push(b'\n');
    }
    Ok(out)
}

/// `env`, `export` and `unset`.
fn variables(shell: &mut Shell, name: &str, words: &[&str]) -> Printed {
    for word in words {
        match word.split_once('=') {
            Some((key, value)) => {
                shell.variables.insert(key.to_owned(), value.to_owned());
                shell.private.remove(key);
            }
            None if name == "unset" => super::function::unset(shell, word),
            None => _ = shell.private.remove(*word),
        }
    }
    let list = name != "unset" && words.is_empty();
    let line = |(key, value): (&String, &String)| match name {
        "export" => format!("declare -x {key}=\"{value}\"\n"),
        _ => format!("{key}={value}\n"),
    };
    let lines = shell.variables.iter().filter(|(key, _)| list && !shell.private.contains(*key)).map(line);
    Ok(lines.collect::<String>().into())
}

/// The programs, a line each.
fn help() -> Printed {
    let line = |(name, about): &(&str, &str)| format!("{name:<9} {about}\n");
    Ok(PROGRAMS.iter().map(line).collect::<String>().into())
}
