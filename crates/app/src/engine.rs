//! For native tests: the real key service in the same process, and components drawn as text.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use rand_core::UnwrapErr;
use waxseal_api::{Answer, Client, LocalError, LocalErrorCode, Place, Service, Timestamp, Transport};
use waxseal_kms::{Caller, Request, State, handle};
use yew::prelude::*;

use crate::bridge::KmsProvider;

/// A key service over memory, whose clock moves a second with every call.
#[derive(Clone, Default)]
pub(crate) struct Engine(Rc<(RefCell<State>, Cell<i64>)>);

impl Engine {
    /// A client of a fresh, empty service.
    pub(crate) fn client() -> Client<Self> {
        Client(Self::default())
    }
}

impl Transport for Engine {
    async fn send(
        &self,
        service: Service,
        operation: &'static str,
        body: String,
    ) -> Result<Answer, LocalError> {
        let Engine(inner) = self;
        let (state, seconds) = &**inner;
        seconds.set(seconds.get() + 1);
        let now = Timestamp::from_millis(1_795_000_000_000 + seconds.get() * 1000);
        let mut rng = UnwrapErr(getrandom::SysRng);
        let caller = Caller::root(place());
        let outcome = handle(
            &state.borrow(),
            &mut rng,
            &Request { caller: &caller, now, service, operation, body: &body },
        );
        for change in outcome.changes {
            state.borrow_mut().apply(change);
        }
        Ok(outcome.reply.into())
    }
}

/// The account and Region of the tests.
pub(crate) fn place() -> Place {
    Place { account: "111122223333".parse().unwrap(), region: "us-east-1".parse().unwrap() }
}

/// Waits for what does not take long.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    pollster::block_on(future)
}

/// Draws something below a service that is not there yet, as a page does at first.
pub(crate) fn drawn(children: Html) -> String {
    let renderer = yew::LocalServerRenderer::<Bare>::with_props(BareProps { children });
    now(renderer.hydratable(false).render())
}

#[derive(Properties, PartialEq)]
struct BareProps {
    children: Html,
}

#[component]
fn Bare(props: &BareProps) -> Html {
    let starter = Callback::from(|_| Err(LocalError::new(LocalErrorCode::WorkerCrashed, "no browser here")));
    html! { <KmsProvider {starter}>{ props.children.clone() }</KmsProvider> }
}
