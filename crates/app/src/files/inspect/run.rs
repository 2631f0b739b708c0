//! A job of which something is told on the page: none yet, one under way, or how the last one ended.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::JsValue;
use waxseal_api::{
    Failure,
    job::{Job, JobReport},
};
use web_sys::{Blob, File};
use yew::prelude::*;

use crate::{
    bridge::{Freight, JobEvent, JobHandle, use_service},
    components::dom,
    files::{
        pace::Pace,
        work::{Gait, Order},
    },
};

/// How it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Run {
    /// Nothing was asked for.
    Idle,
    /// A job is under way.
    Going(Pace, Gait),
    /// A job has ended.
    Ended(Rc<End>),
}

/// How a job ended.
#[derive(Debug, PartialEq)]
pub(crate) struct End {
    /// What came out, if something does, or why not.
    pub(crate) result: Result<Option<Blob>, Failure>,
    /// What happened.
    pub(crate) report: JobReport,
}

/// What happens to it.
pub(crate) enum Act {
    Begin(f64, u64),
    Progress(f64, u64, u64),
    Order(f64, Order),
    End(End),
}

impl Reducible for Run {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        Rc::new(match (&*self, act) {
            (_, Act::Begin(now, total)) => Self::Going(Pace::new(now, total), Gait::Going),
            (Self::Going(pace, gait), Act::Progress(now, done, total)) => {
                Self::Going(pace.at(now, done, total), *gait)
            }
            (Self::Going(pace, gait), Act::Order(now, order)) => {
                Self::Going(pace.resumed(now), gait.after(order))
            }
            (Self::Going(..), Act::End(end)) => Self::Ended(Rc::new(end)),
            (same, _) => same.clone(),
        })
    }
}

/// A run, what starts it with a file, in place of one under way, and what gives it orders. It stops with its component.
#[hook]
pub(crate) fn use_run() -> (UseReducerHandle<Run>, Callback<(File, Job)>, Callback<Order>) {
    let (bridge, run) = (use_service().bridge, use_reducer(|| Run::Idle));
    let (handle, age) = (use_mut_ref(|| None::<JobHandle>), use_memo((), |()| Cell::new(0)));
    use_effect_with((), {
        let handle = handle.clone();
        move |()| move || handle.take().iter().for_each(JobHandle::cancel)
    });
    let act = run.dispatcher();
    let start = Callback::from({
        let (act, handle) = (act.clone(), handle.clone());
        move |(file, job): (File, Job)| {
            age.set(age.get() + 1);
            act.dispatch(Act::Begin(dom::now() as f64, file.size() as u64));
            let (act, age, mine) = (act.clone(), age.clone(), age.get());
            let events = Callback::from(move |event| {
                // What a job says that another has replaced is not heard.
                if age.get() == mine {
                    act.dispatch(heard(event));
                }
            });
            let job = bridge.start_job(
                file.name(),
                Some(Freight { files: vec![file], target: JsValue::UNDEFINED }),
                job,
                false,
                events,
            );
            handle.replace(Some(job)).iter().for_each(JobHandle::cancel);
        }
    });
    let orders = Callback::from(move |order: Order| {
        act.dispatch(Act::Order(dom::now() as f64, order));
        handle.borrow().iter().for_each(|job| order.give(job));
    });
    (run, start, orders)
}

fn heard(event: JobEvent) -> Act {
    match event {
        JobEvent::Progress { done, total } => Act::Progress(dom::now() as f64, done, total),
        JobEvent::Done { report, attached } => Act::End(End { result: Ok(attached.file), report }),
        JobEvent::Failed { failure, report, .. } => Act::End(End { result: Err(failure), report }),
    }
}
