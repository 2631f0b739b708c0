//! The page of the first walk.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result};
use waxseal_study::{Guide, Station};

use super::{block, commands, escaped, head, inline};

/// What leads to it, on the map of lessons.
pub(super) const DOOR: &str = "<p class=\"actions\"><a class=\"button primary\" href=\"./learn/start/\">Make an envelope by hand, in three minutes</a></p>";

/// Leaves `start.html`, which is read, and `start.json`, of which it comes alive.
pub(super) fn write(from: &Path, to: &Path) -> Result<()> {
    let text = fs::read_to_string(from).with_context(|| from.display().to_string())?;
    let guide: Guide = toml::from_str(&text).with_context(|| from.display().to_string())?;
    fs::write(to.join("start.html"), page(&guide))?;
    Ok(fs::write(to.join("start.json"), serde_json::to_vec(&in_html(guide))?)?)
}

/// The page as it is read. What is alive stands behind it and hides it once it is there.
fn page(guide: &Guide) -> String {
    let mut out = head(&guide.title, &guide.summary);
    let Guide { title, lead, ending, .. } = guide;
    let _ = write!(
        out,
        "<article class=\"page course\"><p class=\"label\"><a href=\"./learn/\">Learn</a>, three minutes</p><h1>{}</h1><div class=\"lead\">{}</div><div class=\"guide\" id=\"read\">",
        inline(title),
        block(lead)
    );
    guide.stations.iter().enumerate().for_each(|(at, it)| station(&mut out, at + 1, it));
    let _ =
        write!(out, "<section><h2>{}</h2>{}<ul class=\"ways\">", inline(&ending.title), block(&ending.text));
    for door in &ending.doors {
        let (title, text) = (inline(&door.title), inline(&door.text));
        let _ =
            write!(out, "<li><a href=\"{}\">{title}</a><p class=\"soft\">{text}</p></li>", escaped(&door.to));
    }
    out + "</ul></section></div><div class=\"alive\" data-alive=\"guide\" data-id=\"start\"></div></article>\n"
}

fn station(out: &mut String, number: usize, station: &Station) {
    let Station { title, before, line, after, .. } = station;
    let _ = write!(
        out,
        "<section><h2>{number}. {}</h2>{}{}{}</section>",
        inline(title),
        block(before),
        commands(line),
        block(after)
    );
}

/// The walk with HTML in the place of Markdown.
fn in_html(mut guide: Guide) -> Guide {
    guide.lead = block(&guide.lead);
    guide.ending.text = block(&guide.ending.text);
    for station in &mut guide.stations {
        station.title = inline(&station.title);
        station.missing = inline(&station.missing);
        station.before = block(&station.before);
        station.after = block(&station.after);
    }
    guide
}
