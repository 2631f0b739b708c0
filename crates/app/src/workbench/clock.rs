//! The sandbox's clock, and the way to move it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure, Timestamp,
    audit::AuditRecord,
    sandbox::{Clock, Passed, Task, Upcoming},
};
use yew::prelude::*;

use super::text;
use crate::{
    bridge::{Bridge, use_service},
    components::time,
    failure::FailureNote,
    words::counted,
};

/// A year of the jump, in days.
const YEAR: i64 = 365;

#[derive(Properties, PartialEq)]
pub(crate) struct ClockProps {
    pub(crate) clock: Clock,
    /// What its heading is.
    #[prop_or("h2")]
    pub(crate) heading: &'static str,
    /// Whether it can hold calls to the quotas.
    #[prop_or(true)]
    pub(crate) quotas: bool,
}

/// What came of the last jump.
#[derive(Clone, PartialEq)]
enum Jump {
    None,
    Busy,
    Done(Rc<Vec<AuditRecord>>, i64),
    Failed(Failure),
}

/// What time it is, what is due, and buttons that jump.
#[component]
pub(crate) fn ClockPart(props: &ClockProps) -> Html {
    let (bridge, jump, clock) = (use_service().bridge, use_state_eq(|| Jump::None), &props.clock);
    let to = |at: Option<Timestamp>| {
        let (bridge, jump, from) = (bridge.clone(), jump.clone(), clock.now);
        Callback::from(move |_: MouseEvent| {
            let Some(at) = at.filter(|_| *jump != Jump::Busy) else { return };
            jump.set(Jump::Busy);
            let (bridge, jump) = (bridge.clone(), jump.clone());
            spawn_local(async move {
                let passed: Result<Passed, Failure> = advance(&bridge, at, from).await;
                jump.set(match passed {
                    Ok(passed) => Jump::Done(Rc::new(passed.records), passed.clock.ahead),
                    Err(failure) => Jump::Failed(failure),
                });
            });
        })
    };
    // One that leads nowhere by now stays where it is, and so does the focus.
    let button = |words: &'static str, at: Option<Timestamp>| {
        let nowhere = at.is_none().then_some("true");
        html! { <button type="button" class="button" aria-disabled={nowhere} onclick={to(at)}>{ words }</button> }
    };
    let hold = {
        let (bridge, jump, on) = (bridge.clone(), jump.clone(), !clock.held);
        Callback::from(move |_: Event| {
            let (bridge, jump) = (bridge.clone(), jump.clone());
            spawn_local(async move {
                if let Err(failure) = bridge.perform::<Clock>(Task::Hold { on }).await {
                    jump.set(Jump::Failed(failure));
                }
            });
        })
    };
    html! {
        <section class="bench-part" aria-labelledby="clock">
            <@{props.heading} id="clock">{ text::CLOCK }</@>
            <p>{ "It is " }{ time(clock.now, false) }{ " here" }{ ahead(clock.ahead) }{ "." }</p>
            { due(&clock.due) }
            <p class="actions">
                { button("A day on", Some(clock.now.plus_days(1))) }
                { button("A year on", Some(clock.now.plus_days(YEAR))) }
                { button("To the next event", clock.due.first().map(|next| next.at)) }
            </p>
            <div role="status">{ told(&jump) }</div>
            if props.quotas {
                <label class="check">
                    <input type="checkbox" checked={clock.held} aria-describedby="quotas" onchange={hold} />
                    <span>{ text::QUOTAS }</span>
                </label>
                <p id="quotas" class="soft">{ text::QUOTAS_WHY }</p>
            }
        </section>
    }
}

/// Moves the clock by what lies between two times of the page, as the clock has gone on meanwhile.
async fn advance(bridge: &Bridge, at: Timestamp, from: Timestamp) -> Result<Passed, Failure> {
    let clock: Clock = bridge.perform(Task::Clock).await?;
    // A moment that has come already is reached without a jump; a span is counted from now.
    let by_event = clock.due.first().is_some_and(|next| next.at == at);
    let span = at.as_millis() - from.as_millis();
    let to = if by_event { at } else { Timestamp::from_millis(clock.now.as_millis() + span) };
    bridge.perform(Task::Advance { to: to.max(clock.now) }).await
}

/// A jump falls short of its days by the moment in which it was asked for, so that is rounded.
fn ahead(millis: i64) -> String {
    const HOUR: i64 = 3_600_000;
    if millis == 0 {
        return String::new();
    }
    let (unit, one, many) = match millis {
        ..HOUR => (HOUR / 60, "minute", "minutes"),
        _ if millis < 23 * HOUR => (HOUR, "hour", "hours"),
        _ => (Timestamp::DAY, "day", "days"),
    };
    let ahead = counted(((millis + unit / 48) / unit).max(1).unsigned_abs(), one, many);
    format!(", {ahead} ahead of your clock")
}

fn due(due: &[Upcoming]) -> Html {
    if due.is_empty() {
        return html! { <p class="soft">{ text::NOTHING_DUE }</p> };
    }
    let line = |next: &Upcoming| {
        html! { <li>{ time(next.at, false) }{ ": " }{ text::event(next.event) }<br /><code>{ &next.resource }</code></li> }
    };
    html! { <ol class="due" aria-label="What is due">{ for due.iter().map(line) }</ol> }
}

fn told(jump: &Jump) -> Html {
    match jump {
        Jump::None => Html::default(),
        Jump::Busy => html! { <p class="pending">{ "Time passes…" }</p> },
        Jump::Failed(failure) => html! { <FailureNote failure={failure.clone()} /> },
        Jump::Done(records, _) if records.is_empty() => {
            html! { <p>{ "The clock has moved on. Nothing was logged on the way." }</p> }
        }
        Jump::Done(records, _) => {
            let line = |record: &AuditRecord| {
                let resource = record.resources.first().map(|it| it.arn.clone());
                html! { <li><strong>{ &record.event_name }</strong>{ format!(" at {}", record.event_time) }<br /><code>{ resource }</code></li> }
            };
            html! {<>
                <p>{ format!("{} on the way:", counted(records.len() as u64, "thing happened", "things happened")) }</p>
                <ol class="due">{ for records.iter().take(50).map(line) }</ol>
            </>}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_ahead_a_clock_is_is_told_in_one_unit() {
        const MINUTE: i64 = 60_000;
        for (millis, expect) in [
            (0, ""),
            (1, "1 minute"),
            (10 * MINUTE - 900, "10 minutes"),
            (61 * MINUTE, "1 hour"),
            (22 * 60 * MINUTE, "22 hours"),
            (Timestamp::DAY - 900, "1 day"),
            (28 * Timestamp::DAY - 900, "28 days"),
            (365 * Timestamp::DAY + 11 * 60 * MINUTE, "365 days"),
        ] {
            let told = ahead(millis);
            assert_eq!(
                told.strip_prefix(", ").unwrap_or_default().trim_end_matches(" ahead of your clock"),
                expect
            );
        }
    }
}
