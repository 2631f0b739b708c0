//! What the page knows of its sandbox, asked anew after every command and whenever another tab has changed something.

use std::rc::Rc;

use futures_util::future::try_join4;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    bill::Meter,
    sandbox::{Clock, End, Entry, Logged, Steps, Task, Terminal},
};
use yew::prelude::*;

use crate::bridge::{Bridge, use_service};

/// The entries of the log that are shown, the newest first.
pub(crate) const SHOWN: usize = 500;

/// What is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    /// How the terminal stands.
    pub(crate) terminal: Rc<Terminal>,
    /// The time, and what is due.
    pub(crate) clock: Clock,
    /// The log, the newest entry first.
    pub(crate) log: Vec<Rc<Entry>>,
    /// What the account has used; nothing where one is nobody.
    pub(crate) meter: Option<Rc<Meter>>,
    /// Where steps end that were gone back over.
    pub(crate) ends: Vec<End>,
}

impl Known {
    /// What the place chip shows of it.
    pub(crate) fn standing(&self) -> (&Terminal, &Clock) {
        (&self.terminal, &self.clock)
    }

    /// Asks for all of it; of the log only for what is new.
    async fn ask(bridge: &Bridge, mut log: Vec<Rc<Entry>>, ends: &[End]) -> Result<Self, Failure> {
        let after = log.first().map_or(0, |entry| entry.number);
        let (clock, Logged { whole, entries }, meter, terminal) = try_join4(
            bridge.perform(Task::Clock),
            bridge.perform(Task::Log { after, most: SHOWN }),
            bridge.perform::<Option<Meter>>(Task::Meter),
            bridge.perform(Task::Terminal),
        )
        .await?;
        if whole {
            log.clear();
        }
        log.splice(0..0, entries.into_iter().rev().map(Rc::new));
        log.truncate(SHOWN);
        let ends = if whole || !ends.is_empty() {
            bridge.perform::<Steps>(Task::Steps).await?.ends
        } else {
            Vec::new()
        };
        Ok(Self { terminal: Rc::new(terminal), clock, log, meter: meter.map(Rc::new), ends })
    }
}

/// What is known of the sandbox, once it has begun, and why it is not known better.
#[hook]
pub(crate) fn use_known(begun: bool) -> (Option<Rc<Known>>, Option<Failure>) {
    let service = use_service();
    let known = use_state_eq(|| (None::<Rc<Known>>, None));
    // The newest that was asked for, since answers may overtake each other's effects.
    let newest = use_mut_ref(|| (0_u32, None::<Rc<Known>>));
    use_effect_with((begun, service.generation), {
        let known = known.setter();
        move |&(begun, generation)| {
            if begun {
                spawn_local(async move {
                    let (log, ends) = newest
                        .borrow()
                        .1
                        .as_ref()
                        .map(|known| (known.log.clone(), known.ends.clone()))
                        .unwrap_or_default();
                    let asked = Known::ask(&service.bridge, log, &ends).await;
                    let mut newest = newest.borrow_mut();
                    if newest.0 > generation {
                        return;
                    }
                    let failure = match asked {
                        Ok(new) => {
                            *newest = (generation, Some(Rc::new(new)));
                            None
                        }
                        Err(failure) => Some(failure),
                    };
                    known.set((newest.1.clone(), failure));
                });
            }
        }
    });
    (*known).clone()
}
