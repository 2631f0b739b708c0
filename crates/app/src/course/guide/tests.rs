//! What is drawn of stations.

use std::rc::Rc;

use waxseal_api::{
    sandbox::{Played, Tried},
    trace::Role,
};
use waxseal_study::{Door, Ending, Station};
use yew::prelude::*;

use super::{
    run::{Ran, Seen},
    station,
    walk::Walked,
};
use crate::components::html_text;

fn at() -> Station {
    Station {
        id: "pair".into(),
        title: "One call".into(),
        before: "<p>You ask.</p>".into(),
        line: "aws kms generate-data-key".into(),
        check: "keys".into(),
        missing: "No <code>data.key</code> yet.".into(),
        after: "<p>The same key, twice.</p>".into(),
        looks: Vec::new(),
        counts: Vec::new(),
        shows: Vec::new(),
    }
}

fn ran(holds: bool) -> Ran {
    let played =
        Played { line: "wc -c a".into(), stdout: "60990 a\n".into(), stderr: String::new(), exit: 0 };
    Ran {
        tried: Tried { played: vec![played], holds: vec![Ok(holds)] },
        seen: vec![Seen { name: "data.key".into(), role: Role::DataKey, bytes: vec![0xab; 40] }],
        crossed: vec![("GenerateDataKey".into(), 1000), ("Decrypt".into(), 500)],
    }
}

#[track_caller]
fn has(html: &str, parts: &[&str]) {
    parts.iter().for_each(|part| assert!(html.contains(part), "{part} is not in {html}"));
}

#[test]
fn a_station_that_is_done_shows_its_values_and_what_has_crossed() {
    let html = html_text(station::done(&at(), 2, &ran(true), true));
    has(
        &html,
        &["3. ", "60990 a", "id=\"came\"", "data.key", "40 bytes", "data key", "abababab abababab", " …"],
    );
    has(&html, &["1,000 bytes", "500 bytes", "1,500 bytes", "160 bytes", "The same key, twice."]);
    assert!(!html_text(station::done(&at(), 2, &ran(true), false)).contains("id=\"came\""));
}

#[test]
fn what_is_missing_is_said_and_only_then() {
    let mut walked = Walked::default();
    let here = |walked: &Walked| html_text(station::here(&at(), 0, walked, html! { "the line" }));
    assert!(!here(&walked).contains("Not yet"));
    walked.missed = Some(Rc::new(ran(false)));
    has(&here(&walked), &["the line", "60990 a", "Not yet. ", "<code>data.key</code>"]);
    assert!(!here(&walked).contains("The same key, twice."));
}

#[test]
fn a_changed_line_can_be_put_back() {
    assert!(!html_text(station::buttons(false, None)).contains("Put the commands back"));
    let html = html_text(station::buttons(true, Some(Callback::noop())));
    has(&html, &["Put the commands back", "Running…", "role=\"status\""]);
}

#[test]
fn doors_lead_from_the_root_of_the_site() {
    let door = Door { to: "./files/".into(), title: "A file".into(), text: "In earnest.".into() };
    let ending = Ending { title: "That was it".into(), text: "<p>So.</p>".into(), doors: vec![door] };
    has(
        &html_text(station::ending(&ending, "/deep/")),
        &["href=\"/deep/files/\"", "That was it", "In earnest."],
    );
}
