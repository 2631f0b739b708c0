//! What the page knows of its sandbox, asked anew after every command and whenever another tab has changed something.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    AccountId, Failure, Place, Region,
    sandbox::{Clock, Entry, Task},
};
use waxseal_cli::{Config, Shell};
use yew::prelude::*;

use super::{desk, identity::Profile};
use crate::bridge::{Bridge, Readiness, use_service};

/// The entries of the log that are shown, the newest first.
pub(crate) const SHOWN: usize = 500;

/// What is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Known {
    /// The time, and what is due.
    pub(crate) clock: Option<Clock>,
    /// The log, the newest entry first.
    pub(crate) log: Vec<Rc<Entry>>,
    /// The ARNs of all users.
    pub(crate) people: Vec<String>,
    /// Who the terminal is now; none: nobody.
    pub(crate) who: Option<String>,
    /// What keys can be called here.
    pub(crate) names: Vec<String>,
}

/// The profile that commands have when they name none.
pub(crate) fn profile(shell: &Shell) -> &str {
    let variable = |name: &str| shell.variables.get(name).map(String::as_str);
    variable("AWS_PROFILE").or_else(|| variable("AWS_DEFAULT_PROFILE")).unwrap_or("default")
}

/// The Region that commands have when they name none.
pub(crate) fn region(shell: &Shell) -> &str {
    let variable = |name: &str| shell.variables.get(name).map(String::as_str);
    let own = || shell.config.get(profile(shell), "region");
    variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION")).or_else(own).unwrap_or(desk::REGION)
}

/// The account in an ARN.
pub(crate) fn account(arn: &str) -> Option<&str> {
    arn.split(':').nth(4).filter(|account| !account.is_empty())
}

impl Known {
    /// Asks for all of it; of the log only for what is new.
    async fn ask(bridge: &Bridge, shell: Shell, mut log: Vec<Rc<Entry>>) -> Result<Self, Failure> {
        let clock: Clock = bridge.perform(Task::Clock).await?;
        let after = log.first().map_or(0, |entry| entry.number);
        let new: Vec<Entry> = bridge.perform(Task::Log { after }).await?;
        log.splice(0..0, new.into_iter().rev().map(Rc::new));
        log.truncate(SHOWN);
        let people = bridge.perform(Task::People).await?;
        let who = who(bridge, &shell.config, profile(&shell)).await?;
        let place = who.as_deref().and_then(account).and_then(|account| {
            Some(Place {
                account: account.parse::<AccountId>().ok()?,
                region: region(&shell).parse::<Region>().ok()?,
            })
        });
        let names = match place {
            Some(place) => bridge.perform(Task::Names { place }).await?,
            None => Vec::new(),
        };
        Ok(Self { clock: Some(clock), log, people, who, names })
    }
}

/// Who a profile is.
async fn who(bridge: &Bridge, config: &Config, name: &str) -> Result<Option<String>, Failure> {
    match Profile::of(config, name) {
        Some(Profile::Role(arn)) => Ok(Some(arn.to_owned())),
        Some(profile) => match profile.identity() {
            Some(identity) => bridge.perform(Task::Who { identity }).await,
            None => Ok(None),
        },
        None => Ok(None),
    }
}

/// What is known of the sandbox; `version` grows whenever its terminal has changed.
#[hook]
pub(crate) fn use_known(shell: Option<Shell>, version: u32) -> (Rc<Known>, Option<Failure>) {
    let service = use_service();
    let ready = matches!(service.readiness, Readiness::Ready(_)) && shell.is_some();
    let known = use_state_eq(|| (Rc::new(Known::default()), None));
    use_effect_with((ready, service.generation, version), {
        let known = known.clone();
        move |(ready, ..)| {
            if let (true, Some(shell)) = (*ready, shell) {
                spawn_local(async move {
                    let asked = Known::ask(&service.bridge, shell, known.0.log.clone()).await;
                    known.set(match asked {
                        Ok(new) => (Rc::new(new), None),
                        Err(failure) => (known.0.clone(), Some(failure)),
                    });
                });
            }
        }
    });
    (*known).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profile_and_region_are_found_as_the_command_line_finds_them() {
        let mut shell = desk::fresh();
        assert_eq!((profile(&shell), region(&shell)), ("default", "us-east-1"));
        shell.config.set("ana", "region", "eu-central-1");
        shell.variables.insert("AWS_PROFILE".to_owned(), "ana".to_owned());
        assert_eq!((profile(&shell), region(&shell)), ("ana", "eu-central-1"));
        shell.variables.insert("AWS_REGION".to_owned(), "eu-west-1".to_owned());
        assert_eq!(region(&shell), "eu-west-1");
        assert_eq!(account("arn:aws:iam::111122223333:user/ana"), Some("111122223333"));
        assert_eq!(account("nobody"), None);
    }
}
