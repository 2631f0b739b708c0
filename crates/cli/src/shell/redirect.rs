//! Where streams come from and go to.

use super::run::Machine;

/// Where a stream goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sink {
    /// To whoever reads the output.
    Output,
    /// To the complaints.
    Complaints,
    File(String),
}

/// Where output and complaints go by these signs and names. `merged`: complaints go where output goes, anyway.
pub(super) fn sinks(merged: bool, outputs: &[(&'static str, String)]) -> (Sink, Sink) {
    let (mut out, mut err) = (Sink::Output, if merged { Sink::Output } else { Sink::Complaints });
    for (sign, name) in outputs {
        let file = match name.as_str() {
            "/dev/stdout" => out.clone(),
            "/dev/stderr" => err.clone(),
            name => Sink::File(name.to_owned()),
        };
        match *sign {
            "2>&1" => err = out.clone(),
            ">&2" => out = err.clone(),
            "&>" => (out, err) = (file.clone(), file),
            sign if sign.starts_with('2') => err = file,
            _ => out = file,
        }
    }
    (out, err)
}

/// Brings both streams where they go; what is left is the output. Where both go the same way, complaints go first, since
/// programs keep their output back until it is enough to be written.
pub(super) fn output(
    machine: &mut Machine<'_>,
    stdout: Vec<u8>,
    stderr: String,
    outputs: &[(&'static str, String)],
    (out, err): (Sink, Sink),
) -> Vec<u8> {
    for (sign, name) in outputs {
        if matches!(*sign, ">" | "2>" | "&>") && !name.starts_with("/dev/") {
            machine.shell.files.write(name, Vec::new());
        }
    }
    let mut left = Vec::new();
    for (sink, bytes) in [(err, stderr.into_bytes()), (out, stdout)] {
        match sink {
            Sink::Output => left.extend(bytes),
            Sink::Complaints => machine.stderr.push_str(&String::from_utf8_lossy(&bytes)),
            Sink::File(name) if name == "/dev/null" => {}
            Sink::File(name) => machine.shell.files.append(&name, &bytes),
        }
    }
    left
}

/// A file that is read from.
pub(super) fn read(machine: &Machine<'_>, name: &str) -> Result<Vec<u8>, String> {
    if name == "/dev/null" {
        return Ok(Vec::new());
    }
    machine.shell.files.read(name).map(|bytes| bytes.to_vec()).map_err(|error| format!("{name}: {error}"))
}
