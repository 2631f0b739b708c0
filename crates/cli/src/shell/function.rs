//! Functions: commands under a name, and the words that they are called with.

use super::{
    Outcome, Shell, Waits,
    lex::is_name,
    run::{self, Leave, Machine},
};

/// Where the text of a function is kept: in a variable that no `$` can name. Bash hands functions to programs like this.
fn kept(name: &str) -> String {
    format!("BASH_FUNC_{name}%%")
}

/// Makes a function of the text of a command.
pub(super) fn define(machine: &mut Machine<'_>, name: &str, body: &str) -> u8 {
    machine.shell.assign(&kept(name), body.to_owned());
    0
}

/// Calls a function with words; None where there is none of this name.
pub(super) fn call(machine: &mut Machine<'_>, name: &str, words: &[String]) -> Option<Waits<Outcome>> {
    let body = machine.shell.variables.get(&kept(name))?.clone();
    Some(within(machine, name, words, |machine| run::script(machine, &body)))
}

fn within(
    machine: &mut Machine<'_>,
    name: &str,
    words: &[String],
    run: impl FnOnce(&mut Machine<'_>) -> Waits<(Vec<u8>, u8)>,
) -> Waits<Outcome> {
    if !machine.deeper() {
        machine.complain(&format!("{name}: maximum function nesting level exceeded ({})", run::DEPTH));
        machine.leaving = Some(Leave::Exit(1));
        return Ok(Outcome { stdout: Vec::new(), stderr: String::new(), exit: 1 });
    }
    let words = std::mem::replace(&mut machine.words, words.to_vec());
    let (loops, locals) = (std::mem::take(&mut machine.loops), machine.locals.replace(Vec::new()));
    let (stdout, mut exit) = run(machine)?;
    for (name, value) in std::mem::replace(&mut machine.locals, locals).into_iter().flatten().rev() {
        restore(machine.shell, name, value);
    }
    (machine.words, machine.loops) = (words, loops);
    machine.higher();
    if let Some(Leave::Return(code)) = machine.leaving {
        (machine.leaving, exit) = (None, code);
    }
    Ok(Outcome { stdout, stderr: String::new(), exit })
}

/// What a variable was, and whether it was the shell's own.
pub(super) type Before = Option<(String, bool)>;

pub(super) fn before(shell: &Shell, name: &str) -> Before {
    shell.variables.get(name).map(|value| (value.clone(), shell.private.contains(name)))
}

/// Makes a variable what it was.
pub(super) fn restore(shell: &mut Shell, name: String, value: Before) {
    match value {
        None => {
            shell.variables.remove(&name);
            shell.private.remove(&name);
        }
        Some((value, private)) => {
            match private {
                true => shell.private.insert(name.clone()),
                false => shell.private.remove(&name),
            };
            shell.variables.insert(name, value);
        }
    }
}

/// `return`, `local` and `shift`; None for other words.
pub(super) fn builtin(machine: &mut Machine<'_>, name: &str, words: &[String]) -> Option<Outcome> {
    let inside = machine.locals.is_some();
    let told = match name {
        "return" if inside => leave(machine, words),
        "return" => Err("can only `return' from a function or sourced script".to_owned()),
        "local" if inside => words.iter().try_for_each(|word| local(machine, word)).map(|()| 0),
        "local" => Err("can only be used in a function".to_owned()),
        "shift" => shift(machine, words),
        _ => return None,
    };
    let (stderr, exit) = match told {
        Ok(exit) => (String::new(), exit),
        Err(text) => (format!("bash: {name}: {text}\n"), if name == "return" { 2 } else { 1 }),
    };
    Some(Outcome { stdout: Vec::new(), stderr, exit })
}

fn leave(machine: &mut Machine<'_>, words: &[String]) -> Result<u8, String> {
    let code = match words.first().map(|word| (word, word.parse::<i64>())) {
        None => Ok(machine.shell.last),
        Some((_, Ok(code))) => Ok(code as u8),
        Some((word, Err(_))) => Err(format!("{word}: numeric argument required")),
    };
    machine.leaving = Some(Leave::Return(*code.as_ref().unwrap_or(&2)));
    code
}

/// A variable that is what it was before once the function has come to its end.
fn local(machine: &mut Machine<'_>, word: &str) -> Result<(), String> {
    let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    if !is_name(name) {
        return Err(format!("`{word}': not a valid identifier"));
    }
    let before = before(machine.shell, name);
    let locals = machine.locals.get_or_insert_default();
    if !locals.iter().any(|(local, _)| local == name) {
        locals.push((name.to_owned(), before));
        machine.shell.variables.remove(name);
    }
    if let Some(value) = value {
        machine.shell.assign(name, value.to_owned());
    }
    Ok(())
}

fn shift(machine: &mut Machine<'_>, words: &[String]) -> Result<u8, String> {
    let count = match words.first() {
        None => 1,
        Some(word) => word.parse().map_err(|_| format!("{word}: numeric argument required"))?,
    };
    if count > machine.words.len() {
        return Ok(1);
    }
    machine.words.drain(..count);
    Ok(0)
}

/// `unset NAME`: the variable, or else the function.
pub(super) fn unset(shell: &mut Shell, name: &str) {
    if shell.variables.remove(name).is_none() {
        shell.variables.remove(&kept(name));
    }
}
