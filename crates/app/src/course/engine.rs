//! Trying things out on the engine, which starts when something is tried for the first time.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure, LocalError, LocalErrorCode,
    sandbox::{Experiment, Task, Tried, understood},
};
use yew::prelude::*;

use crate::{
    bridge::{Bridge, KmsProvider, Readiness, use_service},
    site,
};

/// The sandbox beside which things are tried. Nothing is kept in it.
const WORLD: &str = "sandbox-course";

/// Has the engine start.
#[derive(Clone, PartialEq)]
struct Wake(Callback<()>);

#[derive(Properties, PartialEq)]
pub(crate) struct EngineProps {
    pub(crate) children: Html,
}

/// Gives what is below it an engine of its own.
#[component]
pub(crate) fn Engine(props: &EngineProps) -> Html {
    let starter = use_memo((), |()| site::worker_starter());
    let awake = use_state_eq(|| false);
    let wake = Wake(Callback::from({
        let awake = awake.setter();
        move |()| awake.set(true)
    }));
    html! {
        <KmsProvider starter={(*starter).clone()} world={WORLD} asleep={!*awake}>
            <ContextProvider<Wake> context={wake}>{ props.children.clone() }</ContextProvider<Wake>>
        </KmsProvider>
    }
}

/// How trying something goes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Trying {
    /// It was not asked for.
    Idle,
    /// It goes on.
    Busy,
    /// What came of each of the experiments.
    Done(Rc<Vec<Tried>>),
    /// Why nothing came of it.
    Failed(Failure),
}

/// Tries experiments, one after the other, each in a sandbox that is made for it and forgotten.
#[hook]
pub(crate) fn use_trial() -> (Trying, Callback<Vec<Experiment>>) {
    let (service, wake) = (use_service(), use_context::<Wake>());
    let (trying, waiting) = (use_state_eq(|| Trying::Idle), use_state_eq(|| None::<Rc<Vec<Experiment>>>));
    use_effect_with(((*waiting).clone(), service.readiness.clone()), {
        let (trying, waiting, bridge) = (trying.setter(), waiting.setter(), service.bridge.clone());
        move |(wanted, readiness)| {
            let Some(wanted) = wanted.clone() else { return };
            match readiness {
                Readiness::Starting | Readiness::Locked => {}
                Readiness::Ready(_) => {
                    waiting.set(None);
                    spawn_local(async move { trying.set(outcome(&bridge, &wanted).await) });
                }
                Readiness::Closed(error) | Readiness::Crashed(error) => {
                    waiting.set(None);
                    trying.set(Trying::Failed(error.clone().into()));
                }
            }
        }
    });
    let start = {
        let (trying, waiting) = (trying.setter(), waiting.setter());
        Callback::from(move |experiments| {
            if let Some(Wake(wake)) = &wake {
                wake.emit(());
            }
            if matches!(service.readiness, Readiness::Closed(_) | Readiness::Crashed(_)) {
                service.restart();
            }
            trying.set(Trying::Busy);
            waiting.set(Some(Rc::new(experiments)));
        })
    };
    ((*trying).clone(), start)
}

async fn outcome(bridge: &Bridge, experiments: &[Experiment]) -> Trying {
    let mut all = Vec::new();
    for experiment in experiments {
        let tried: Result<Tried, String> = match bridge.perform(Task::Try(experiment.clone())).await {
            Ok(tried) => tried,
            Err(failure) => return Trying::Failed(failure),
        };
        match tried.and_then(|it| understood(&experiment.checks, &it.holds).map(|_| it)) {
            Ok(tried) => all.push(tried),
            // What the site's own lessons do not cause, since all of them were played before.
            Err(text) => return Trying::Failed(LocalError::new(LocalErrorCode::BadFrame, text).into()),
        }
    }
    Trying::Done(Rc::new(all))
}
