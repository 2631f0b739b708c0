//! How components reach the service.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen_futures::spawn_local;
use waxseal_api::Failure;
use yew::prelude::*;

use super::{Bridge, Event, Kms, Readiness, Starter};

/// What every component may know: the bridge, whether it leads anywhere, and how often what is stored has changed.
#[derive(Clone, PartialEq)]
pub(crate) struct Service {
    /// For calls and jobs.
    pub(crate) bridge: Bridge,
    /// Whether the service can be called.
    pub(crate) readiness: Readiness,
    /// Grows with every change to what is stored, here or in another tab.
    pub(crate) generation: u32,
    dispatch: UseReducerDispatcher<Known>,
}

impl Service {
    /// Starts the worker again after a crash, or after the world could not be opened.
    pub(crate) fn restart(&self) {
        self.bridge.start();
    }

    /// Makes every query run again.
    pub(crate) fn refresh(&self) {
        self.dispatch.dispatch(Event::Changed);
    }
}

/// The part of [`Service`] that changes.
#[derive(Clone, PartialEq)]
struct Known {
    readiness: Readiness,
    generation: u32,
}

impl Reducible for Known {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        match event {
            Event::Readiness(readiness) => Rc::new(Self { readiness, generation: self.generation + 1 }),
            Event::Changed => Rc::new(Self { generation: self.generation + 1, ..(*self).clone() }),
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct KmsProviderProps {
    /// Starts the worker.
    pub(crate) starter: Starter,
    /// Which world it is to open.
    #[prop_or(AttrValue::Static("vault"))]
    pub(crate) world: AttrValue,
    /// Whether it is not needed yet.
    #[prop_or_default]
    pub(crate) asleep: bool,
    pub(crate) children: Html,
}

/// Starts the worker and gives the components below it their [`Service`].
#[component]
pub(crate) fn KmsProvider(props: &KmsProviderProps) -> Html {
    let known = use_reducer(|| Known { readiness: Readiness::Starting, generation: 0 });
    let dispatch = known.dispatcher();
    let bridge = use_memo((), |()| {
        let dispatch = dispatch.clone();
        Bridge::new(
            props.world.clone(),
            props.starter.clone(),
            Callback::from(move |event| dispatch.dispatch(event)),
        )
    });
    use_effect_with(props.asleep, {
        let bridge = bridge.clone();
        move |asleep| {
            if !asleep {
                bridge.start();
            }
        }
    });
    let service = Service {
        bridge: (*bridge).clone(),
        readiness: known.readiness.clone(),
        generation: known.generation,
        dispatch,
    };
    html! { <ContextProvider<Service> context={service}>{ props.children.clone() }</ContextProvider<Service>> }
}

/// The service and whether it is there. Only below a [`KmsProvider`].
#[hook]
#[expect(clippy::expect_used, reason = "a component outside the provider is a programmer's error")]
pub(crate) fn use_service() -> Service {
    use_context().expect("a KmsProvider above")
}

/// The service's operations.
#[hook]
fn use_kms() -> Kms {
    waxseal_api::Client(use_service().bridge)
}

/// Something that has to be asked for.
#[derive(Debug)]
pub(crate) enum Remote<T> {
    /// Asked for.
    Pending,
    /// Refused.
    Failed(Failure),
    /// Here.
    Ready(Rc<T>),
}

impl<T> Clone for Remote<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Pending => Self::Pending,
            Self::Failed(failure) => Self::Failed(failure.clone()),
            Self::Ready(value) => Self::Ready(value.clone()),
        }
    }
}

impl<T: PartialEq> PartialEq for Remote<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Pending, Self::Pending) => true,
            (Self::Failed(a), Self::Failed(b)) => a == b,
            (Self::Ready(a), Self::Ready(b)) => a == b,
            _ => false,
        }
    }
}

impl<T> Remote<T> {
    /// What is made of the value, when it is here.
    #[cfg(not(feature = "workbench"))]
    pub(crate) fn map<U>(self, make: impl FnOnce(&T) -> U) -> Remote<U> {
        match self {
            Self::Pending => Remote::Pending,
            Self::Failed(failure) => Remote::Failed(failure),
            Self::Ready(value) => Remote::Ready(Rc::new(make(&value))),
        }
    }

    /// The value, when it is here.
    pub(crate) fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Pending | Self::Failed(_) => None,
        }
    }
}

/// Asks the service, and asks again whenever the question or what is stored changes. The last answer to the same
/// question stays until the next is there.
#[hook]
pub(crate) fn use_query<Q, T, F>(question: Q, ask: impl Fn(Kms, Q) -> F + 'static) -> Remote<T>
where
    Q: Clone + PartialEq + 'static,
    T: PartialEq + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    let service = use_service();
    let answer = use_state_eq(|| (question.clone(), Remote::Pending));
    let current = if answer.0 == question { answer.1.clone() } else { Remote::Pending };
    use_effect_with((question, service.generation), move |(question, _)| {
        let (question, wanted) = (question.clone(), Rc::new(Cell::new(true)));
        let still_wanted = wanted.clone();
        spawn_local(async move {
            let result = ask(waxseal_api::Client(service.bridge), question.clone()).await;
            if still_wanted.get() {
                let remote = result.map_or_else(Remote::Failed, |value| Remote::Ready(Rc::new(value)));
                answer.set((question, remote));
            }
        });
        move || wanted.set(false)
    });
    current
}

/// How an action goes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Status {
    /// It was not asked for, or is done.
    Idle,
    /// It goes on.
    Busy,
    /// It was refused.
    Failed(Failure),
}

/// Something that changes what is stored, on demand and one at a time.
#[derive(Clone, PartialEq)]
pub(crate) struct Action<A> {
    /// How it goes.
    pub(crate) status: Status,
    /// Starts it; without effect while it goes on.
    pub(crate) run: Callback<A>,
}

impl<A> Action<A> {
    /// Whether it goes on.
    pub(crate) fn busy(&self) -> bool {
        self.status == Status::Busy
    }

    /// Why it was refused.
    pub(crate) fn failure(&self) -> Option<Failure> {
        match &self.status {
            Status::Failed(failure) => Some(failure.clone()),
            Status::Idle | Status::Busy => None,
        }
    }
}

/// An action that a button starts.
#[hook]
pub(crate) fn use_action<A, F>(act: impl Fn(Kms, A) -> F + 'static) -> Action<A>
where
    A: 'static,
    F: Future<Output = Result<(), Failure>> + 'static,
{
    let (kms, status) = (use_kms(), use_state_eq(|| Status::Idle));
    let run = {
        let status = status.clone();
        Callback::from(move |argument| {
            if *status != Status::Busy {
                status.set(Status::Busy);
                let (status, future) = (status.clone(), act(kms.clone(), argument));
                spawn_local(async move {
                    status.set(future.await.map_or_else(Status::Failed, |()| Status::Idle));
                });
            }
        })
    };
    Action { status: (*status).clone(), run }
}
