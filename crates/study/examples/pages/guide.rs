//! The page of the first walk.

use std::fmt::Write as _;

use waxseal_study::{Guide, Station, words::PageWord};

use super::{
    course::{Course, Tongue},
    head,
    markdown::{block, commands, escaped, inline},
};

/// The page as it is read. What is alive stands behind it and hides it once it is there.
pub(super) fn page(guide: &Guide, course: &Course, tongue: &Tongue) -> String {
    let Guide { title, summary, lead, ending, .. } = guide;
    let title = inline(title);
    let mut out = head(tongue, &title, &inline(summary));
    let _ = write!(
        out,
        "<article class=\"page course\"><p class=\"label\"><a {}>{}</a>, {}</p><h1>{title}</h1><div class=\"lead\">{}</div><div class=\"guide\" id=\"read\">",
        course.link(tongue, ""),
        tongue.page(PageWord::PageLearn),
        tongue.page(PageWord::PageWalkMinutes),
        block(lead)
    );
    guide.stations.iter().enumerate().for_each(|(at, it)| station(&mut out, tongue, at + 1, it));
    let _ =
        write!(out, "<section><h2>{}</h2>{}<ul class=\"ways\">", inline(&ending.title), block(&ending.text));
    for door in &ending.doors {
        let (title, text) = (inline(&door.title), inline(&door.text));
        let _ =
            write!(out, "<li><a href=\"{}\">{title}</a><p class=\"soft\">{text}</p></li>", escaped(&door.to));
    }
    out + "</ul></section></div><div class=\"alive\" data-alive=\"guide\" data-id=\"start\"></div></article>\n"
}

fn station(out: &mut String, tongue: &Tongue, number: usize, station: &Station) {
    let Station { title, before, line, after, .. } = station;
    let _ = write!(
        out,
        "<section><h2>{number}. {}</h2>{}{}{}</section>",
        inline(title),
        block(before),
        commands(line, &tongue.words),
        block(after)
    );
}

/// The walk with HTML in the place of Markdown.
pub(super) fn in_html(mut guide: Guide) -> Guide {
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
