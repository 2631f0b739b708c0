//! Runs a line.

use super::{
    Outcome, Shell, Waits, compound, expand, function,
    input::Input,
    lex::{self, Piece, Token, assignment},
    openssl,
    parse::{self, Command, Fault, List, Pipeline},
    redirect, settle, tools,
};
use crate::{aws::Aws, call::Answers};

/// How deep `$(…)` and functions may be in each other.
pub(super) const DEPTH: usize = 20;

/// How much a line may do before it is stopped: each command counts for [`COMMAND`], each byte that it writes or reads for one.
const MOST: usize = 25_000 * COMMAND;

const COMMAND: usize = 10_000;

/// A terminal while a line runs.
pub(super) struct Machine<'a> {
    pub(super) shell: &'a mut Shell,
    pub(super) answers: &'a mut Answers,
    /// What has been complained about so far.
    pub(super) stderr: String,
    /// Files of `<(…)` so far.
    pub(super) pipes: usize,
    /// What is left to be read.
    pub(super) input: Input,
    /// Why the command at hand cannot be run.
    pub(super) fault: Option<String>,
    /// What is on its way out.
    pub(super) leaving: Option<Leave>,
    /// Loops around the command at hand.
    pub(super) loops: usize,
    /// Whether what is complained about goes where output goes.
    pub(super) merged: bool,
    /// What the function at hand was called with: `$1` and so on.
    pub(super) words: Vec<String>,
    /// What the function at hand has made its own, and what it was before; None outside of functions.
    pub(super) locals: Option<Vec<(String, function::Before)>>,
    depth: usize,
    left: usize,
}

impl Machine<'_> {
    pub(super) fn complain(&mut self, text: &str) {
        self.stderr.push_str(&format!("bash: {text}\n"));
    }

    /// Goes into a command within another, if that is not too deep.
    pub(super) fn deeper(&mut self) -> bool {
        let may = self.depth < DEPTH;
        self.depth += usize::from(may);
        may
    }

    pub(super) fn higher(&mut self) {
        self.depth -= 1;
    }

    /// Counts what the line does. It is stopped when that is too much.
    fn spend(&mut self, cost: usize) {
        match self.left.checked_sub(cost) {
            Some(left) => self.left = left,
            None if self.leaving == Some(Leave::Stop) => {}
            None => {
                self.complain("this line does too much and was stopped. Has it a loop without an end?");
                self.leaving = Some(Leave::Stop);
            }
        }
    }
}

/// What ends more than one command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    /// `break`, out of so many loops.
    Break(usize),
    /// `continue`, with the loop so far outside.
    Continue(usize),
    /// `return`
    Return(u8),
    /// `exit`, or something that cannot be gone on with.
    Exit(u8),
    /// The line has done too much.
    Stop,
}

/// Runs a line from its beginning.
pub(super) fn line(shell: &mut Shell, answers: &mut Answers, line: &str) -> Waits<Outcome> {
    let mut machine = Machine {
        shell,
        answers,
        stderr: String::new(),
        pipes: 0,
        input: Vec::new().into(),
        fault: None,
        leaving: None,
        loops: 0,
        merged: false,
        words: Vec::new(),
        locals: None,
        depth: 0,
        left: MOST,
    };
    let (stdout, exit) = script(&mut machine, line)?;
    let exit = match machine.leaving {
        Some(Leave::Exit(exit)) => exit,
        Some(Leave::Stop) => 1,
        _ => exit,
    };
    for n in 0..machine.pipes.min(60) {
        machine.shell.files.remove(&format!("/dev/fd/{}", 63 - n));
    }
    Ok(Outcome { stdout, stderr: machine.stderr, exit })
}

/// What a command within another prints.
pub(super) fn nested(machine: &mut Machine<'_>, command: &str) -> Waits<Vec<u8>> {
    if !machine.deeper() {
        machine.complain("commands are too deep in each other");
        return Ok(Vec::new());
    }
    let ran = apart(machine, |machine| {
        machine.merged = false;
        script(machine, command)
    });
    machine.higher();
    let (stdout, exit) = ran?;
    machine.shell.last = exit;
    Ok(stdout)
}

/// Runs something in a shell of its own: its variables are forgotten, and it leaves nothing but itself.
pub(super) fn apart(
    machine: &mut Machine<'_>,
    run: impl FnOnce(&mut Machine<'_>) -> Waits<(Vec<u8>, u8)>,
) -> Waits<(Vec<u8>, u8)> {
    let kept = (machine.shell.variables.clone(), machine.shell.private.clone());
    let own = (machine.words.clone(), machine.locals.clone());
    let (loops, merged) = (std::mem::take(&mut machine.loops), machine.merged);
    let (stdout, exit) = run(machine)?;
    (machine.loops, machine.merged) = (loops, merged);
    (machine.words, machine.locals) = own;
    (machine.shell.variables, machine.shell.private) = kept;
    let exit = match machine.leaving {
        Some(Leave::Exit(exit) | Leave::Return(exit)) => {
            machine.leaving = None;
            exit
        }
        _ => exit,
    };
    Ok((stdout, exit))
}

/// Runs the commands of a text.
pub(super) fn script(machine: &mut Machine<'_>, line: &str) -> Waits<(Vec<u8>, u8)> {
    let tokens = match lex::tokens(line) {
        Ok(tokens) => tokens,
        Err(error) => {
            machine.complain(error);
            return Ok((Vec::new(), 2));
        }
    };
    match parse::list(line, &tokens) {
        Ok(list) if list.is_empty() => Ok((Vec::new(), machine.shell.last)),
        Ok(list) => self::list(machine, &list),
        Err(fault) => {
            machine.complain(&match fault {
                Fault::Open => "syntax error: unexpected end of file".to_owned(),
                Fault::Unexpected(token) => format!("syntax error near unexpected token `{token}'"),
                Fault::Unknown(word) => {
                    format!("{word}: there is no such command here; `help' lists what there is")
                }
                Fault::Deep => "commands are too deep in each other".to_owned(),
            });
            Ok((Vec::new(), 2))
        }
    }
}

/// Runs commands one after the other. The exit code of none is 0.
pub(super) fn list(machine: &mut Machine<'_>, list: &List<'_>) -> Waits<(Vec<u8>, u8)> {
    let (mut out, mut exit) = (Vec::new(), 0);
    for (joint, pipeline) in list {
        // A part that is passed over hands the code on to the next.
        if (*joint == "&&" && exit != 0) || (*joint == "||" && exit == 0) {
            continue;
        }
        let (stdout, code) = self::pipeline(machine, pipeline)?;
        out.extend(stdout);
        exit = code;
        machine.shell.last = exit;
        if machine.leaving.is_some() {
            break;
        }
    }
    Ok((out, exit))
}

fn pipeline(machine: &mut Machine<'_>, pipeline: &Pipeline<'_>) -> Waits<(Vec<u8>, u8)> {
    let (mut input, mut exit) = (None, 0);
    let count = pipeline.commands.len();
    for (command, n) in pipeline.commands.iter().zip(1..) {
        let mut run = |machine: &mut Machine<'_>| {
            machine.merged &= n == count;
            self::command(machine, command, input.take())
        };
        let (stdout, code) = if count == 1 { run(machine)? } else { apart(machine, run)? };
        (input, exit) = (Some(stdout), code);
    }
    Ok((input.unwrap_or_default(), if pipeline.negated { u8::from(exit == 0) } else { exit }))
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

/// Runs a command that reads from a pipe, or what those around it read.
fn command(machine: &mut Machine<'_>, command: &Command<'_>, input: Option<Vec<u8>>) -> Waits<(Vec<u8>, u8)> {
    machine.spend(COMMAND);
    if machine.leaving.is_some() {
        return Ok((Vec::new(), 1));
    }
    let (Command::Simple(tokens) | Command::Compound(_, tokens)) = command;
    let parts = parts(machine, tokens)?;
    if let Some(fault) = machine.fault.take() {
        machine.complain(&fault);
        machine.leaving = Some(Leave::Exit(1));
        return Ok((Vec::new(), 1));
    }
    let parts = match parts {
        Ok(parts) => parts,
        Err(error) => {
            machine.complain(&error);
            return Ok((Vec::new(), 1));
        }
    };
    let sinks = redirect::sinks(machine.merged, &parts.outputs);
    let merged = std::mem::replace(&mut machine.merged, sinks.0 == sinks.1);
    let before = parts.input.or(input).map(|input| std::mem::replace(&mut machine.input, input.into()));
    let complaints = std::mem::take(&mut machine.stderr);
    let (stdout, exit) = match command {
        Command::Simple(_) => simple(machine, parts.assignments, &parts.words, tokens)?,
        Command::Compound(compound, _) => compound::run(machine, compound)?,
    };
    let stderr = std::mem::replace(&mut machine.stderr, complaints);
    machine.input = before.unwrap_or_else(|| machine.input.clone());
    machine.merged = merged;
    machine.spend(stdout.len());
    Ok((redirect::output(machine, stdout, stderr, &parts.outputs, sinks), exit))
}

/// Assignments, or a program that sees them.
fn simple(
    machine: &mut Machine<'_>,
    assignments: Vec<(String, String)>,
    words: &[String],
    tokens: &[Token],
) -> Waits<(Vec<u8>, u8)> {
    if words.is_empty() {
        for (name, value) in assignments {
            machine.shell.assign(&name, value);
        }
        return Ok((Vec::new(), substituted(tokens, machine.shell.last)));
    }
    let Outcome { stdout, stderr, exit } =
        with_variables(machine, assignments, |machine| program(machine, words))?;
    machine.stderr.push_str(&stderr);
    Ok((stdout, exit))
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
    let mut kept = Vec::new();
    for (name, value) in assignments {
        kept.push((name.clone(), function::before(machine.shell, &name)));
        machine.shell.private.remove(&name);
        machine.shell.variables.insert(name, value);
    }
    let ran = run(machine);
    kept.into_iter().rev().for_each(|(name, before)| function::restore(machine.shell, name, before));
    ran
}

/// An assignment's exit code is that of the command in it, if there is one.
fn substituted(tokens: &[Token], last: u8) -> u8 {
    let command = |piece: &Piece| matches!(piece, Piece::Command(..));
    let any =
        tokens.iter().any(|token| matches!(token, Token::Word(pieces, _) if pieces.iter().any(command)));
    if any { last } else { 0 }
}

/// What stands in a command's tokens; an error where a file cannot be read.
fn parts(machine: &mut Machine<'_>, tokens: &[Token]) -> Waits<Result<Parts, String>> {
    let mut parts = Parts::default();
    let mut tokens = tokens.iter();
    while let Some(token) = tokens.next() {
        match token {
            Token::Word(pieces, quoted) => match assignment(pieces) {
                Some((name, value)) if parts.words.is_empty() => {
                    let value = expand::text(machine, &value)?;
                    machine.spend(value.len());
                    parts.assignments.push((name, value));
                }
                _ => parts.words.extend(expand::words(machine, pieces, *quoted)?),
            },
            Token::Sign(sign) if sign.contains(">&") => parts.outputs.push((sign, String::new())),
            Token::Sign(sign) => {
                let Some(Token::Word(pieces, _)) = tokens.next() else { continue };
                let name = expand::text(machine, pieces)?;
                match *sign {
                    "<<" => parts.input = Some(name.into_bytes()),
                    "<<<" => parts.input = Some(format!("{name}\n").into_bytes()),
                    "<" => match redirect::read(machine, &name) {
                        Ok(bytes) => parts.input = Some(bytes),
                        Err(error) => return Ok(Err(error)),
                    },
                    sign => parts.outputs.push((sign, name)),
                }
            }
        }
    }
    machine.spend(parts.words.iter().map(String::len).sum());
    Ok(Ok(parts))
}

fn program(machine: &mut Machine<'_>, words: &[String]) -> Waits<Outcome> {
    let Some((name, arguments)) = words.split_first() else {
        return settle(Ok(String::new()));
    };
    if let Some(outcome) = function::call(machine, name, arguments) {
        return outcome;
    }
    let own = compound::builtin(machine, name, arguments);
    if let Some(outcome) = own.or_else(|| function::builtin(machine, name, arguments)) {
        return Ok(outcome);
    }
    let input = machine.input.clone();
    let input = input.rest();
    if tools::FILTERS.contains(&name.as_str())
        && !arguments.iter().any(|word| machine.shell.files.read(word).is_ok())
    {
        machine.input = Vec::new().into();
    }
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
