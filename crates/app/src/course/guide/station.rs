//! How stations are drawn.

use waxseal_study::{Ending, Station, words::Word};
use yew::prelude::*;

use super::{
    run::{Ran, Seen},
    walk::Walked,
};
use crate::{
    bytes::hex,
    course::{
        step::lines,
        words::{rich, say},
    },
    shapes, words,
};

/// So many bytes of a file are shown.
const SHOWN: usize = 32;

/// A station that is done; the last one is where the reader is.
pub(super) fn done(station: &Station, place: usize, ran: &Ran, last: bool) -> Html {
    let came = html! {<>
        { lines(&ran.tried) }
        { looks(ran) }
        { crossed(ran) }
        { rich(&station.after) }
    </>};
    section(station, place, came_of(Word::GuideDone, last, came))
}

/// The station where one is.
pub(super) fn here(station: &Station, place: usize, walked: &Walked, entry: Html) -> Html {
    let missed = |ran: &Ran| {
        let came = html! {<>
            { lines(&ran.tried) }
            <p class="verdict"><strong>{ say(Word::GuideNotYet) }{ " " }</strong>{ rich(&station.missing) }</p>
        </>};
        came_of(Word::GuideMissed, true, came)
    };
    section(station, place, html! {<>{ entry }{ for walked.missed.as_deref().map(missed) }</>})
}

/// What came of a line; the newest gets the focus.
fn came_of(label: Word, newest: bool, content: Html) -> Html {
    html! { <div class="came" id={newest.then_some("came")} role="group" aria-label={say(label)} tabindex="-1">{ content }</div> }
}

fn section(station: &Station, place: usize, content: Html) -> Html {
    html! {
        <section id={station.id.clone()} key={place}>
            <h2>{ format!("{}. ", place + 1) }{ rich(&station.title) }</h2>
            { rich(&station.before) }
            { content }
        </section>
    }
}

/// What runs the line; `back` takes back what was changed in it.
pub(super) fn buttons(busy: bool, back: Option<Callback<MouseEvent>>) -> Html {
    html! {
        <p class="actions">
            <button class="button primary">{ say(Word::StepRun) }</button>
            if let Some(back) = back { <button type="button" class="button" onclick={back}>{ say(Word::GuideBack) }</button> }
            <span class="soft" role="status">{ if busy { say(Word::StepRunning) } else { "" } }</span>
        </p>
    }
}

/// The files that are looked at, side by side.
fn looks(ran: &Ran) -> Html {
    let look = |seen: &Seen| {
        let Seen { name, role, bytes } = seen;
        let groups: Vec<String> = bytes[..bytes.len().min(SHOWN)].chunks(4).map(group).collect();
        html! {
            <div class={shapes::class(*role)}>
                <dt><code>{ name }</code>{ ", " }{ words::bytes(bytes.len() as u64) }{ shapes::named(*role) }</dt>
                <dd><code>{ groups.join(" ") }{ if bytes.len() > SHOWN { " …" } else { "" } }</code></dd>
            </div>
        }
    };
    html! { if !ran.seen.is_empty() { <dl class="looks">{ for ran.seen.iter().map(look) }</dl> } }
}

fn group(bytes: &[u8]) -> String {
    bytes.iter().copied().map(hex).collect()
}

/// What has crossed the boundary, beside what would have if the file had gone there.
fn crossed(ran: &Ran) -> Html {
    if ran.crossed.is_empty() {
        return Html::default();
    }
    let row = |name: Html, bytes: u64| html! { <tr><th scope="row">{ name }</th><td>{ words::bytes(bytes) }</td></tr> };
    let sum = ran.crossed.iter().map(|(_, bytes)| bytes).sum();
    let sent = ran.seen.first().map_or(0, |seen| seen.bytes.len() as u64 * 4);
    html! {
        <table>
            <caption>{ say(Word::GuideCrossed) }</caption>
            <tbody>
                { for ran.crossed.iter().map(|(name, bytes)| row(html! { <code>{ name }</code> }, *bytes)) }
                { row(say(Word::GuideTogether).into(), sum) }
                { row(say(Word::GuideLetter).into(), sent) }
            </tbody>
        </table>
    }
}

/// What it was, and where to go from here. `root` is the path of the site's root.
pub(super) fn ending(ending: &Ending, root: &str) -> Html {
    let doors = ending.doors.iter().map(|door| {
        html! {
            <li><a href={format!("{root}{}", door.to.trim_start_matches("./"))}>{ &door.title }</a><p class="soft">{ &door.text }</p></li>
        }
    });
    html! {
        <section id="ending">
            <h2>{ &ending.title }</h2>
            { rich(&ending.text) }
            <ul class="ways">{ for doors }</ul>
        </section>
    }
}
