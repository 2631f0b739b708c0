//! Has the files of a queue worked on, one after the other.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use waxseal_api::{
    Failure, LocalError, LocalErrorCode,
    job::{DecryptOptions, Job, JobReport},
};
use web_sys::{Blob, File};
use yew::prelude::*;

use super::{Act, Entry, Plan, Queue};
use crate::{
    bridge::{Attached, Bridge, Freight, JobEvent, JobHandle, Readiness, use_service},
    components::dom,
    files::{neutral_name, state::Direction, text, work::Order},
};

/// Milliseconds between two words about one file: more often, nobody could read it.
const INTERVAL: f64 = 100.0;

/// How often a worker that does not come is started unasked.
const RESTARTS: u32 = 3;

/// The jobs of a queue, each with its result for as long as it is needed.
type Held = Rc<RefCell<Vec<(u32, JobHandle, Option<Keeper>)>>>;

/// Works on a queue. Returns what gives orders to the file that is being worked on.
#[hook]
pub(crate) fn use_queue(queue: Option<&Queue<File, Blob>>, act: Callback<Act<Blob>>) -> Callback<Order> {
    let (service, held, restarts) = (use_service(), use_mut_ref(Vec::new), use_mut_ref(|| 0));
    let turn = queue.and_then(|queue| Some((queue.turn_of()?.clone(), queue.plan.clone()?)));
    let id = turn.as_ref().map(|(entry, _)| entry.id);
    let ready = matches!(service.readiness, Readiness::Ready(_) | Readiness::Closed(_));
    let crashed = matches!(service.readiness, Readiness::Crashed(_));
    use_effect_with((id, ready, crashed), {
        let held = held.clone();
        move |_| match turn {
            Some((entry, plan)) if ready => {
                restarts.replace(0);
                start(&service.bridge, entry, &plan, &held, act);
            }
            Some(_) if crashed && restarts.replace_with(|count| *count + 1) < RESTARTS => service.restart(),
            Some(_) if crashed => act.emit(Act::Pause(dom::now() as f64, true)),
            _ => {}
        }
    });
    use_effect_with(queue.is_some(), {
        let held = held.clone();
        move |_| move || release(&held)
    });
    let working = queue.and_then(Queue::working).map(|entry| entry.id);
    Callback::from(move |order: Order| {
        held.borrow().iter().filter(|(id, ..)| Some(*id) == working).for_each(|(_, job, _)| order.give(job));
    })
}

fn release(held: &Held) {
    held.take().iter().for_each(|(_, job, _)| job.cancel());
}

fn start(bridge: &Bridge, entry: Entry<File, Blob>, plan: &Plan, held: &Held, act: Callback<Act<Blob>>) {
    let Entry { id, picked, .. } = entry;
    let job = match (picked.direction, &plan.encrypt) {
        (Direction::Encrypt, Some(options)) => Job::Encrypt(options.clone()),
        _ => Job::Decrypt(DecryptOptions::default()),
    };
    let hide = plan.hide && picked.direction == Direction::Encrypt;
    let (job, output) = picked.prepare(job, hide.then(neutral_name).flatten());
    let path = picked.parts.first().map(|part| part.path.as_str()).unwrap_or_default();
    let path = if hide { output } else { beside(path, &output) };
    let files = picked.parts.iter().map(|part| part.file.clone()).collect();
    act.emit(Act::Start(id));
    let events = Callback::from({
        let (held, last) = (held.clone(), Cell::new(0.0));
        move |event| {
            let now = dom::now() as f64;
            act.emit(match event {
                JobEvent::Progress { done, .. } if now - last.get() >= INTERVAL => {
                    last.set(now);
                    Act::Progress(now, id, done)
                }
                JobEvent::Progress { .. } => return,
                JobEvent::Done { report, attached } => {
                    Act::End(now, id, done(report, attached, &path, id, &held))
                }
                JobEvent::Failed { failure, .. } => Act::End(now, id, Err(failure)),
            });
        }
    });
    let freight = Freight { files, target: JsValue::UNDEFINED };
    let job = bridge.start_job(picked.name, Some(freight), job, false, events);
    held.borrow_mut().push((id, job, None));
}

/// What came out, each under the path that it is to be saved at.
fn done(
    report: JobReport,
    attached: Attached,
    path: &str,
    id: u32,
    held: &Held,
) -> Result<Vec<(String, Blob)>, Failure> {
    let missing = || LocalError::new(LocalErrorCode::BadFrame, text::NOTHING_OUT);
    let file = attached.file.ok_or_else(missing)?;
    if let Some(on_disk) = file.dyn_ref::<File>() {
        let mut held = held.borrow_mut();
        if let Some((_, _, keeper)) = held.iter_mut().rev().find(|(known, ..)| *known == id) {
            *keeper = Keeper::of(&on_disk.name());
        }
    }
    if attached.files.is_empty() {
        return Ok(vec![(path.to_owned(), file)]);
    }
    Ok(report.contents.into_iter().map(|file| file.path).zip(attached.files).collect())
}

/// A name in the folder that a path is in.
fn beside(path: &str, name: &str) -> String {
    path.rsplit_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"))
}

/// Keeps a result on the private disk when the worker that wrote it is gone: whoever holds the Web Lock with its name needs
/// it, and this asks for the lock, which it gets when the worker no longer has it.
struct Keeper(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    /// Whether nobody needs the result any more.
    over: bool,
    /// Gives the lock back.
    release: Option<Function>,
}

impl Keeper {
    fn of(name: &str) -> Option<Self> {
        let state = Rc::new(RefCell::new(State::default()));
        let shared = state.clone();
        let granted = Closure::once_into_js(move || {
            Promise::new(&mut |resolve, _| {
                let mut state = shared.borrow_mut();
                if state.over {
                    // It fails in no browser: nobody else has this promise.
                    let _ = resolve.call0(&JsValue::UNDEFINED);
                } else {
                    state.release = Some(resolve);
                }
            })
        });
        let locks = Reflect::get(dom::window()?.navigator().as_ref(), &"locks".into()).ok()?;
        let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        request.call2(&locks, &name.into(), &granted).ok()?;
        Some(Self(state))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let mut state = self.0.borrow_mut();
        state.over = true;
        if let Some(release) = state.release.take() {
            // As above.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_out_is_kept_beside_what_went_in() {
        assert_eq!(beside("letters/2026/may.txt", "may.txt.esdk"), "letters/2026/may.txt.esdk");
        assert_eq!(beside("may.txt", "may.txt.esdk"), "may.txt.esdk");
    }
}
