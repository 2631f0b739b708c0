//! Commands that are made of others, and those that act on the shell itself.

use super::{
    Outcome, Waits, arithmetic, conditional, expand, function, glob,
    lex::{Token, is_name},
    parse::{Compound, List},
    run::{self, Leave, Machine},
};

pub(super) fn run(machine: &mut Machine<'_>, compound: &Compound<'_>) -> Waits<(Vec<u8>, u8)> {
    match compound {
        Compound::Group(list) => run::list(machine, list),
        Compound::Apart(list) => run::apart(machine, |machine| run::list(machine, list)),
        Compound::If(arms, otherwise) => conditions(machine, arms, otherwise),
        Compound::While { until, condition, body } => looped(machine, |machine, out| {
            let (stdout, exit) = run::list(machine, condition)?;
            out.extend(stdout);
            if machine.leaving.is_some() || (exit == 0) == *until {
                return Ok(None);
            }
            run::list(machine, body).map(Some)
        }),
        Compound::For { name, words, body } => each(machine, name, words, body),
        Compound::Sum(sum) => Ok((Vec::new(), u8::from(self::sum(machine, sum)? == Some(0)))),
        Compound::Count { sums, body } => count(machine, sums, body),
        Compound::Case(word, cases) => self::cases(machine, word, cases),
        Compound::Test(test) => Ok((Vec::new(), conditional::run(machine, test)?)),
        Compound::Function { name, body } => Ok((Vec::new(), function::define(machine, name, body))),
    }
}

fn conditions(
    machine: &mut Machine<'_>,
    arms: &[(List<'_>, List<'_>)],
    otherwise: &List<'_>,
) -> Waits<(Vec<u8>, u8)> {
    let mut out = Vec::new();
    for (condition, then) in arms {
        let (stdout, exit) = run::list(machine, condition)?;
        out.extend(stdout);
        if machine.leaving.is_some() {
            return Ok((out, exit));
        }
        if exit == 0 {
            let (stdout, exit) = run::list(machine, then)?;
            out.extend(stdout);
            return Ok((out, exit));
        }
    }
    let (stdout, exit) = run::list(machine, otherwise)?;
    out.extend(stdout);
    Ok((out, exit))
}

fn cases(machine: &mut Machine<'_>, word: &Token, cases: &[(Vec<&Token>, List<'_>)]) -> Waits<(Vec<u8>, u8)> {
    let Token::Word(pieces, _) = word else { return Ok((Vec::new(), 1)) };
    let text = expand::text(machine, pieces)?;
    for (patterns, then) in cases {
        for pattern in patterns {
            let Token::Word(pieces, _) = pattern else { continue };
            if glob::matches(&text, &expand::pattern(machine, pieces)?) {
                return run::list(machine, then);
            }
        }
    }
    Ok((Vec::new(), 0))
}

fn each(
    machine: &mut Machine<'_>,
    name: &str,
    words: &Option<&[Token]>,
    body: &List<'_>,
) -> Waits<(Vec<u8>, u8)> {
    if !is_name(name) {
        machine.complain(&format!("`{name}': not a valid identifier"));
        return Ok((Vec::new(), 1));
    }
    let mut values = if words.is_some() { Vec::new() } else { machine.words.clone() };
    for token in words.unwrap_or_default() {
        if let Token::Word(pieces, quoted) = token {
            values.extend(expand::words(machine, pieces, *quoted)?);
        }
    }
    if let Some(fault) = machine.fault.take() {
        machine.complain(&fault);
        machine.leaving = Some(Leave::Exit(1));
        return Ok((Vec::new(), 1));
    }
    let mut values = values.into_iter();
    looped(machine, |machine, _| {
        let Some(value) = values.next() else { return Ok(None) };
        machine.shell.assign(name, value);
        run::list(machine, body).map(Some)
    })
}

/// What comes of a `((…))`; 0 where it cannot be computed, which is told.
fn sum(machine: &mut Machine<'_>, token: &Token) -> Waits<Option<i64>> {
    let Token::Word(pieces, _) = token else { return Ok(None) };
    let text = expand::text(machine, pieces)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(arithmetic::evaluate(&text, machine.shell).unwrap_or_else(|fault| {
        machine.complain(&format!("((: {fault}"));
        0
    })))
}

fn count(machine: &mut Machine<'_>, sums: &[Token], body: &List<'_>) -> Waits<(Vec<u8>, u8)> {
    let [first, condition, next] = sums else { return Ok((Vec::new(), 1)) };
    let mut before = first;
    looped(machine, |machine, _| {
        sum(machine, std::mem::replace(&mut before, next))?;
        if sum(machine, condition)? == Some(0) {
            return Ok(None);
        }
        run::list(machine, body).map(Some)
    })
}

/// Goes round until there is nothing more to do, or something ends it. The exit code is that of the last round.
fn looped(
    machine: &mut Machine<'_>,
    mut round: impl FnMut(&mut Machine<'_>, &mut Vec<u8>) -> Waits<Option<(Vec<u8>, u8)>>,
) -> Waits<(Vec<u8>, u8)> {
    let (mut out, mut exit) = (Vec::new(), 0);
    machine.loops += 1;
    while let Some((stdout, code)) = round(machine, &mut out)? {
        out.extend(stdout);
        exit = code;
        let (leaving, stays) = match machine.leaving {
            None => continue,
            Some(Leave::Continue(1)) => (None, true),
            Some(Leave::Break(1)) => (None, false),
            Some(Leave::Break(more)) => (Some(Leave::Break(more - 1)), false),
            Some(Leave::Continue(more)) => (Some(Leave::Continue(more - 1)), false),
            leaving => (leaving, false),
        };
        machine.leaving = leaving;
        if !stays {
            break;
        }
    }
    machine.loops -= 1;
    Ok((out, exit))
}

/// `break`, `continue`, `exit` and `read`; None for other words.
pub(super) fn builtin(machine: &mut Machine<'_>, name: &str, words: &[String]) -> Option<Outcome> {
    let mut stderr = String::new();
    let exit = match name {
        "read" => read(machine, words),
        "exit" => {
            let exit = match words.first().map(|word| (word, word.parse::<i64>())) {
                None => machine.shell.last,
                Some((_, Ok(exit))) => exit as u8,
                Some((word, Err(_))) => {
                    stderr = format!("bash: exit: {word}: numeric argument required\n");
                    2
                }
            };
            machine.leaving = Some(Leave::Exit(exit));
            exit
        }
        "break" | "continue" if machine.loops == 0 => {
            stderr = format!("bash: {name}: only meaningful in a `for', `while', or `until' loop\n");
            0
        }
        "break" | "continue" => match words.first().map_or(Ok(1), |word| word.parse::<usize>()) {
            Ok(loops) if loops > 0 => {
                let loops = loops.min(machine.loops);
                machine.leaving =
                    Some(if name == "break" { Leave::Break(loops) } else { Leave::Continue(loops) });
                0
            }
            _ => {
                stderr = format!("bash: {name}: {}: loop count out of range\n", words[0]);
                machine.leaving = Some(Leave::Break(machine.loops));
                1
            }
        },
        _ => return None,
    };
    Some(Outcome { stdout: Vec::new(), stderr, exit })
}

/// `read -r A B`: the words of the next line, of which the last variable gets all that is left.
fn read(machine: &mut Machine<'_>, words: &[String]) -> u8 {
    let raw = words.iter().any(|word| word.starts_with('-') && word.contains('r'));
    let names: Vec<&String> = words.iter().filter(|word| is_name(word)).collect();
    let (mut text, mut whole) = machine.input.line().unwrap_or_default();
    while !raw && whole && text.ends_with('\\') {
        text.pop();
        let (more, ends) = machine.input.line().unwrap_or_default();
        text.push_str(&more);
        whole = ends;
    }
    if !raw {
        let mut after = false;
        text.retain(|c| {
            after = c == '\\' && !after;
            !after
        });
    }
    let Some((last, others)) = names.split_last() else {
        machine.shell.assign("REPLY", text);
        return u8::from(!whole);
    };
    let mut rest = text.trim_matches([' ', '\t']);
    for name in others {
        let (word, after) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        machine.shell.assign(name, word.to_owned());
        rest = after.trim_start_matches([' ', '\t']);
    }
    machine.shell.assign(last, rest.to_owned());
    u8::from(!whole)
}
