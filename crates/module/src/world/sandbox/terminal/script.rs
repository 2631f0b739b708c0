//! Scripts: lines of the terminal, and beside them what a person does with the page. Lessons are made of them.

use waxseal_api::{LocalError, LocalErrorCode, sandbox::Printed};

use super::{Sandbox, run};
use crate::store::{SandboxTurn, Store};

const DAY: i64 = 24 * HOUR;
const HOUR: i64 = 60 * MINUTE;
const MINUTE: i64 = 60_000;

/// What a person does beside the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Deed {
    /// `@as ana`: becomes somebody.
    Be(String),
    /// `@in eu-central-1`: goes to a Region.
    Move(String),
    /// `@wait 366 days`: moves the clock, by milliseconds.
    Wait(i64),
    /// `@flip sealed.bin 40`: changes the lowest bit of the byte at an offset of a file.
    Flip(String, usize),
    /// `@quotas on`: holds callers to the request quotas of KMS; `@quotas off`: no more.
    Hold(bool),
}

impl Deed {
    /// Reads a line that begins with `@`.
    fn read(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        Some(match words.as_slice() {
            ["@as", who] => Self::Be((*who).to_owned()),
            ["@in", region] => Self::Move((*region).to_owned()),
            ["@wait", number, unit] => {
                let unit = match unit.trim_end_matches('s') {
                    "day" => DAY,
                    "hour" => HOUR,
                    "minute" => MINUTE,
                    "second" => MINUTE / 60,
                    _ => return None,
                };
                Self::Wait(number.parse::<i64>().ok()?.checked_mul(unit)?)
            }
            ["@quotas", "on"] => Self::Hold(true),
            ["@quotas", "off"] => Self::Hold(false),
            ["@flip", file, at] => Self::Flip((*file).to_owned(), at.parse().ok()?),
            _ => return None,
        })
    }
}

impl<S: Store<Turn: SandboxTurn>> Sandbox<S> {
    /// Does a line of a script.
    pub(super) async fn play(&self, line: &str) -> Result<Printed, LocalError> {
        if !line.starts_with('@') {
            return self.enter(line).await;
        }
        let failed = |text: String| Printed { stderr: text, exit: 1, ..Printed::default() };
        Ok(match Deed::read(line) {
            None => failed(format!("{line}: there is no such line in a script")),
            Some(deed) => self.do_beside(deed).await?.err().map_or_else(Printed::default, failed),
        })
    }

    async fn do_beside(&self, deed: Deed) -> Result<Result<(), String>, LocalError> {
        match deed {
            Deed::Be(who) => {
                let people = self.stands().await?.people;
                if !people.contains(&who) {
                    return Ok(Err(format!("There is nobody called {who}")));
                }
                self.become_somebody(&who).await?;
            }
            Deed::Move(region) => self.go_to(&region).await?,
            Deed::Wait(millis) => {
                let to = self.clock().await?.now.as_millis().saturating_add(millis);
                self.advance(waxseal_api::Timestamp::from_millis(to)).await?;
            }
            Deed::Hold(on) => _ = self.hold(on).await?,
            Deed::Flip(name, at) => {
                let Ok(bytes) = self.shell().await?.files.read(&name) else {
                    return Ok(Err(format!("There is no file {name}")));
                };
                let mut bytes = bytes.to_vec();
                let Some(byte) = bytes.get_mut(at) else {
                    return Ok(Err(format!("{name} has no byte {at}")));
                };
                *byte ^= 1;
                let line = format!("@flip {name} {at}");
                self.change_as(Some(line), |shell| shell.files.write(&name, bytes)).await?;
            }
        }
        Ok(Ok(()))
    }

    /// Does a script whose lines have to succeed, as one that begins a lesson. They are not remembered as lines that somebody
    /// has entered.
    pub(super) async fn begun(self, script: &str) -> Result<Self, LocalError> {
        for line in run::lines(script).lines {
            let printed = self.play(&line).await?;
            if printed.exit != 0 {
                let text =
                    format!("The sandbox was not made as it should be: {line}: {}", printed.stderr.trim());
                return Err(LocalError::new(LocalErrorCode::BadRequest, text));
            }
        }
        self.change(|shell, _, _| shell.history.clear()).await?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_does_beside_the_terminal_is_read() {
        let read = Deed::read;
        assert_eq!(read("@as ana"), Some(Deed::Be("ana".to_owned())));
        assert_eq!(read("@in  eu-central-1 "), Some(Deed::Move("eu-central-1".to_owned())));
        assert_eq!(read("@wait 1 day"), Some(Deed::Wait(DAY)));
        assert_eq!(read("@wait 25 hours"), Some(Deed::Wait(25 * HOUR)));
        assert_eq!(read("@flip a.bin 3"), Some(Deed::Flip("a.bin".to_owned(), 3)));
        assert_eq!(read("@quotas on"), Some(Deed::Hold(true)));
        for line in [
            "@",
            "@quotas",
            "@as",
            "@as ana ben",
            "@wait 1",
            "@wait x days",
            "@wait 9999999999999 days",
            "@flip a -1",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
