//! The first walk, done as a page does it.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use waxseal_api::sandbox::{Experiment, Start};
use waxseal_study::{Guide, Station};

use crate::bench::Bench;

/// Reads the walk.
///
/// # Errors
/// Its file cannot be read or does not say what a walk has.
pub fn guide() -> Result<Guide> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/lessons/start.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    toml::from_str(&text).with_context(|| path.display().to_string())
}

/// What is wrong with a walk: a station that is done before its lines have run, or is not after them; a text that says what is not so;
/// more to read and to run than three minutes hold.
///
/// # Errors
/// A check cannot be understood, or a line does not run.
pub fn guide_problems(guide: &Guide) -> Result<Vec<String>> {
    let bench = Bench::new(Start::Empty, "")?;
    let (mut found, mut before) = (Vec::from_iter(too_long(guide)), String::new());
    for station in &guide.stations {
        let id = &station.id;
        let done = || bench.judge(vec![station.check.clone()]);
        if done()? == [true] {
            found.push(format!("{id} is done before its line has run"));
        }
        let seen = bench.play(&station.line)?;
        if done()? != [true] {
            found.push(format!("{id} is not done by its line\n{seen}"));
        }
        found.extend(untrue(&bench, &before, station)?);
        found.extend(unproved(guide, station));
        before = format!("{before}{}\n", station.line);
    }
    Ok(found)
}

/// Three minutes are promised: 200 words are read in one, and to run a station's lines and to look at what comes takes 15 seconds.
fn too_long(guide: &Guide) -> Option<String> {
    let texts = guide.stations.iter().flat_map(|it| [&it.title, &it.before, &it.after]);
    let texts = texts.chain([&guide.lead, &guide.ending.text]);
    let words: usize = texts.map(|text| text.split_whitespace().count()).sum();
    let seconds = words * 60 / 200 + 15 * guide.stations.len();
    (seconds > 180).then(|| format!("it takes {seconds} seconds, not three minutes"))
}

/// What the text of a station says and is not so, in another sandbox with the same lines.
fn untrue(bench: &Bench, before: &str, station: &Station) -> Result<Vec<String>> {
    let Station { id, line, shows, .. } = station;
    let experiment = Experiment {
        start: Start::Empty,
        prepare: before.to_owned(),
        script: line.clone(),
        checks: shows.clone(),
    };
    let tried = bench.try_out(experiment)?;
    let failed = shows.iter().zip(&tried.holds).filter(|(_, holds)| **holds != Ok(true));
    let missing: Vec<String> = failed.map(|(check, _)| format!("{id} does not show {check}")).collect();
    let lost = tried.played.iter().find(|it| it.exit != 0).map(|it| format!("{id}: {}", it.stderr));
    Ok(missing.into_iter().chain(lost).collect())
}

/// The numbers in a station's text that nothing proves: neither its line nor any check.
fn unproved(guide: &Guide, station: &Station) -> Vec<String> {
    let proofs = guide.stations.iter().flat_map(|it| it.shows.iter().chain([&it.check]));
    let proofs: Vec<String> = proofs.chain([&station.line]).flat_map(|it| numbers(it)).collect();
    let texts = [&station.before, &station.after, &station.missing].into_iter().flat_map(|it| numbers(it));
    let missing = texts.filter(|number| !proofs.contains(number));
    missing.map(|number| format!("{}: nothing proves the number {number}", station.id)).collect()
}

/// The numbers of a text: `4096` for `4,096`.
fn numbers(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == ','));
    let plain = words.map(|word| word.replace(',', ""));
    plain.filter(|word| !word.is_empty()).collect()
}
