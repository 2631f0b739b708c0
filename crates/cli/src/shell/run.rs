//! Runs a line.

use super::{
    Outcome, Shell, Waits, expand,
    lex::{self, Piece, Token},
    openssl, settle, tools,
};
use crate::{aws::Aws, call::Answers};

/// How deep `$(…)` may be in each other.
const DEPTH: usize = 20;

/// A terminal while a line runs.
pub(super) struct Machine<'a> {
    pub(super) shell: &'a mut Shell,
    pub(super) answers: &'a mut Answers,
    /// What has been complained about so far.
    pub(super) stderr: String,
    /// Files of `<(…)` so far.
    pub(super) pipes: usize,
    depth: usize,
}

/// Runs a line from its beginning.
pub(super) fn line(shell: &mut Shell, answers: &mut Answers, line: &str) -> Waits<Outcome> {
    let mut machine = Machine { shell, answers, stderr: String::new(), pipes: 0, depth: 0 };
    let (stdout, exit) = script(&mut machine, line)?;
    for n in 0..machine.pipes.min(60) {
        machine.shell.files.remove(&format!("/dev/fd/{}", 63 - n));
    }
    Ok(Outcome { stdout, stderr: machine.stderr, exit })
}

/// What a command within another prints.
pub(super) fn nested(machine: &mut Machine<'_>, command: &str) -> Waits<Vec<u8>> {
    if machine.depth == DEPTH {
        machine.stderr.push_str("bash: commands are too deep in each other\n");
        return Ok(Vec::new());
    }
    machine.depth += 1;
    let ran = script(machine, command);
    machine.depth -= 1;
    let (stdout, exit) = ran?;
    machine.shell.last = exit;
    Ok(stdout)
}

fn script(machine: &mut Machine<'_>, line: &str) -> Waits<(Vec<u8>, u8)> {
    let tokens = match lex::tokens(line) {
        Ok(tokens) => tokens,
        Err(error) => {
            machine.stderr.push_str(&format!("bash: {error}\n"));
            return Ok((Vec::new(), 2));
        }
    };
    let (mut out, mut exit, mut sign) = (Vec::new(), machine.shell.last, ";");
    for (pipeline, next) in split(&tokens, &[";", "&&", "||", "&"]) {
        let wanted = match sign {
            "&&" => exit == 0,
            "||" => exit != 0,
            _ => true,
        };
        if pipeline.is_empty() && (next == "&&" || next == "||" || next == "&") {
            machine.stderr.push_str(&format!("bash: syntax error near unexpected token `{next}'\n"));
            return Ok((out, 2));
        }
        if wanted && !pipeline.is_empty() {
            let (stdout, code) = self::pipeline(machine, pipeline)?;
            out.extend(stdout);
            exit = code;
            machine.shell.last = exit;
        }
        // A part that was passed over hands its sign on only if the chain goes on.
        sign = next;
    }
    Ok((out, exit))
}

/// The parts between signs, each with the sign behind it.
fn split<'a>(tokens: &'a [Token], signs: &[&str]) -> Vec<(&'a [Token], &'static str)> {
    let (mut parts, mut start) = (Vec::new(), 0);
    for (at, token) in tokens.iter().enumerate() {
        if let Token::Sign(sign) = token
            && signs.contains(sign)
        {
            parts.push((&tokens[start..at], *sign));
            start = at + 1;
        }
    }
    parts.push((&tokens[start..], ";"));
    parts
}

fn pipeline(machine: &mut Machine<'_>, tokens: &[Token]) -> Waits<(Vec<u8>, u8)> {
    let negated = |token: &&Token| matches!(token, Token::Word(pieces, false) if pieces == &[Piece::Text("!".to_owned())]);
    let nots = tokens.iter().take_while(negated).count();
    let (mut input, mut exit) = (Vec::new(), 0);
    for (command, _) in split(&tokens[nots..], &["|"]) {
        if command.is_empty() {
            machine.stderr.push_str("bash: syntax error near unexpected token `|'\n");
            return Ok((Vec::new(), 2));
        }
        (input, exit) = self::command(machine, command, input)?;
    }
    Ok((input, if nots % 2 == 1 { u8::from(exit == 0) } else { exit }))
}

/// A command's words and where its streams go.
#[derive(Default)]
struct Parts {
    assignments: Vec<(String, String)>,
    words: Vec<String>,
    input: Option<Vec<u8>>,
    /// The sign and the file's name, in order.
    outputs: Vec<(&'static str, String)>,
}

fn command(machine: &mut Machine<'_>, tokens: &[Token], input: Vec<u8>) -> Waits<(Vec<u8>, u8)> {
    let parts = match parts(machine, tokens)? {
        Ok(parts) => parts,
        Err(error) => {
            machine.stderr.push_str(&format!("bash: {error}\n"));
            return Ok((Vec::new(), if error.starts_with("syntax") { 2 } else { 1 }));
        }
    };
    let input = parts.input.unwrap_or(input);
    let outcome = if parts.words.is_empty() {
        for (name, value) in parts.assignments {
            if machine.shell.variables.insert(name.clone(), value).is_none() {
                machine.shell.private.insert(name);
            }
        }
        let exit = if tokens.is_empty() { 0 } else { substituted(tokens, machine.shell.last) };
        Outcome { stdout: Vec::new(), stderr: String::new(), exit }
    } else {
        with_variables(machine, parts.assignments, |machine| program(machine, &parts.words, &input))?
    };
    Ok(redirect(machine, outcome, &parts.outputs))
}

/// Runs a program that sees some more variables: `NAME=value program`.
fn with_variables<T>(
    machine: &mut Machine<'_>,
    assignments: Vec<(String, String)>,
    run: impl FnOnce(&mut Machine<'_>) -> T,
) -> T {
    if assignments.is_empty() {
        return run(machine);
    }
    let kept = (machine.shell.variables.clone(), machine.shell.private.clone());
    for (name, value) in assignments {
        machine.shell.private.remove(&name);
        machine.shell.variables.insert(name, value);
    }
    let ran = run(machine);
    (machine.shell.variables, machine.shell.private) = kept;
    ran
}

/// An assignment's exit code is that of the command in it, if there is one.
fn substituted(tokens: &[Token], last: u8) -> u8 {
    let command = |piece: &Piece| matches!(piece, Piece::Command(..));
    let any =
        tokens.iter().any(|token| matches!(token, Token::Word(pieces, _) if pieces.iter().any(command)));
    if any { last } else { 0 }
}

fn redirect(
    machine: &mut Machine<'_>,
    outcome: Outcome,
    outputs: &[(&'static str, String)],
) -> (Vec<u8>, u8) {
    let Outcome { mut stdout, mut stderr, exit } = outcome;
    for (sign, name) in outputs {
        let errors = sign.starts_with('2');
        if *sign == "2>&1" {
            let text = std::mem::take(&mut stderr);
            match outputs.iter().find(|(sign, _)| matches!(*sign, ">" | ">>")) {
                Some((_, name)) => machine.shell.files.append(name, text.as_bytes()),
                None => stdout.splice(0..0, text.into_bytes()).for_each(drop),
            }
            continue;
        }
        let bytes =
            if errors { std::mem::take(&mut stderr).into_bytes() } else { std::mem::take(&mut stdout) };
        match (name.as_str(), sign.ends_with(">>")) {
            ("/dev/null", _) => {}
            (name, true) => machine.shell.files.append(name, &bytes),
            (name, false) => machine.shell.files.write(name, bytes),
        }
    }
    machine.stderr.push_str(&stderr);
    (stdout, exit)
}

fn parts(machine: &mut Machine<'_>, tokens: &[Token]) -> Waits<Result<Parts, String>> {
    let mut parts = Parts::default();
    let mut tokens = tokens.iter();
    while let Some(token) = tokens.next() {
        match token {
            Token::Word(pieces, quoted) => match assignment(pieces) {
                Some((name, value)) if parts.words.is_empty() => {
                    let value = expand::text(machine, &value)?;
                    parts.assignments.push((name, value));
                }
                _ => parts.words.extend(expand::words(machine, pieces, *quoted)?),
            },
            Token::Sign("2>&1") => parts.outputs.push(("2>&1", String::new())),
            Token::Sign(sign) => {
                let Some(Token::Word(pieces, _)) = tokens.next() else {
                    return Ok(Err("syntax error near unexpected token `newline'".to_owned()));
                };
                let name = expand::text(machine, pieces)?;
                match *sign {
                    "<<" => parts.input = Some(name.into_bytes()),
                    "<<<" => parts.input = Some(format!("{name}\n").into_bytes()),
                    "<" => match machine.shell.files.read(&name) {
                        Ok(bytes) => parts.input = Some(bytes.to_vec()),
                        Err(error) => return Ok(Err(format!("{name}: {error}"))),
                    },
                    sign => parts.outputs.push((sign, name)),
                }
            }
        }
    }
    Ok(Ok(parts))
}

/// `NAME=value` of a word that begins so.
fn assignment(pieces: &[Piece]) -> Option<(String, Vec<Piece>)> {
    let Some(Piece::Text(text)) = pieces.first() else { return None };
    let (name, value) = text.split_once('=')?;
    let valid = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let rest = pieces[1..].iter().cloned();
    valid.then(|| (name.to_owned(), std::iter::once(Piece::Text(value.to_owned())).chain(rest).collect()))
}

/// What begins a command that is made of others.
const COMPOUND: [&str; 12] =
    ["{", "}", "if", "then", "fi", "for", "while", "until", "do", "done", "case", "function"];

fn program(machine: &mut Machine<'_>, words: &[String], input: &[u8]) -> Waits<Outcome> {
    let Some((name, arguments)) = words.split_first() else {
        return settle(Ok(String::new()));
    };
    if name == "aws" {
        let Shell { files, variables, private, config, naming, .. } = &mut *machine.shell;
        let seen = variables.iter().filter(|(name, _)| !private.contains(*name));
        let variables = seen.map(|(name, value)| (name.clone(), value.clone())).collect();
        let (naming, answers) = (*naming, &mut *machine.answers);
        let mut aws = Aws { files, variables: &variables, config, answers, stdin: input, naming };
        return settle(aws.run(arguments));
    }
    if name == "openssl" {
        return openssl::run(machine, arguments, input);
    }
    if COMPOUND.contains(&name.as_str()) {
        let stderr = format!("bash: {name}: only simple commands are understood here\n");
        return Ok(Outcome { stdout: Vec::new(), stderr, exit: 2 });
    }
    Ok(match tools::run(machine.shell, name, arguments, input) {
        None => {
            Outcome { stdout: Vec::new(), stderr: format!("bash: {name}: command not found\n"), exit: 127 }
        }
        Some(Ok(stdout)) => Outcome { stdout, stderr: String::new(), exit: 0 },
        Some(Err(tools::Complaint { stdout, message, exit })) => {
            let who = if tools::BUILTIN.contains(&name.as_str()) { "bash: " } else { "" };
            let stderr = if message.is_empty() { message } else { format!("{who}{name}: {message}\n") };
            Outcome { stdout, stderr, exit }
        }
    })
}
