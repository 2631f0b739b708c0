//! Programs that look at files as a whole.

use super::{Complaint, Printed, Shell};

/// The contents of the files that are named, or the input; `-` is the input too.
pub(super) fn inputs(shell: &Shell, names: &[&str], input: &[u8]) -> Printed {
    if names.is_empty() {
        return Ok(input.to_vec());
    }
    let (mut stdout, mut wrong) = (Vec::new(), Vec::new());
    for name in names {
        match *name {
            "-" | "/dev/stdin" => stdout.extend(input),
            name => match shell.files.read(name) {
                Ok(bytes) => stdout.extend(&*bytes),
                Err(error) => wrong.push(format!("{name}: {error}")),
            },
        }
    }
    if wrong.is_empty() {
        Ok(stdout)
    } else {
        Err(Complaint { stdout, message: wrong.join("\ncat: "), exit: 1 })
    }
}

/// `tee` and `tee -a`.
pub(super) fn tee(shell: &mut Shell, flags: &[&str], names: &[&str], input: &[u8]) -> Printed {
    let add = flags.iter().any(|flag| *flag == "-a" || *flag == "--append");
    for name in names.iter().filter(|name| **name != "/dev/null") {
        if add {
            shell.files.append(name, input);
        } else {
            shell.files.write(name, input);
        }
    }
    Ok(input.to_vec())
}

pub(super) fn ls(shell: &Shell, flags: &[&str], names: &[&str]) -> Printed {
    let long = flags.iter().any(|flag| flag.contains('l'));
    let mut out = String::new();
    for (name, bytes) in shell.files.iter().filter(|(name, _)| names.is_empty() || names.contains(name)) {
        if long {
            out.push_str(&format!("{:>10} {name}\n", bytes.len()));
        } else {
            out.push_str(&format!("{name}\n"));
        }
    }
    match names.iter().find(|name| shell.files.read(name).is_err()) {
        Some(name) => Err(Complaint {
            stdout: out.into(),
            message: format!("cannot access '{name}': No such file or directory"),
            exit: 2,
        }),
        None => Ok(out.into()),
    }
}

pub(super) fn rm(shell: &mut Shell, flags: &[&str], names: &[&str]) -> Printed {
    let force = flags.iter().any(|flag| flag.contains('f'));
    for name in names {
        if !shell.files.remove(name) && !force {
            return Err(format!("cannot remove '{name}': No such file or directory").into());
        }
    }
    Ok(Vec::new())
}

pub(super) fn copy(shell: &mut Shell, take: bool, names: &[&str]) -> Printed {
    let [from, to] = names else { return Err("two names are needed: from and to".to_owned().into()) };
    let bytes = shell.files.read(from).map_err(|error| format!("cannot stat '{from}': {error}"))?;
    if take {
        shell.files.remove(from);
    }
    shell.files.write(to, bytes);
    Ok(Vec::new())
}
