//! The fields of a message, drawn.

use web_sys::File;
use yew::prelude::*;

use super::{
    rows::{Group, Row, Section},
    text,
};
use crate::bytes::{ByteView, Source};

/// How many rows of one section are drawn before somebody asks for more.
pub(crate) const MOST: usize = 150;

/// What is to be drawn, and how.
pub(crate) struct Drawing<'a> {
    /// The message, for its bytes.
    pub(crate) file: &'a File,
    /// What every row has to have.
    pub(crate) words: Vec<String>,
    /// How many rows a section may have.
    pub(crate) most: usize,
    /// Draws more rows.
    pub(crate) more: Callback<()>,
    /// The id of the row that the address names.
    pub(crate) here: &'a str,
}

impl Drawing<'_> {
    /// Whether a row is to be seen.
    pub(crate) fn shows(&self, row: &Row) -> bool {
        row.has(&self.words)
    }

    /// A section, `extra` at its beginning; nothing when none of its rows is to be seen.
    pub(crate) fn section(&self, section: &Section, extra: Html) -> Html {
        let groups = section.groups.iter().map(|group| (group, self.rows(group)));
        let groups: Vec<_> = groups.filter(|(_, rows)| !rows.is_empty()).collect();
        let all: usize = groups.iter().map(|(_, rows)| rows.len()).sum();
        if all == 0 {
            return Html::default();
        }
        let mut left = self.most;
        let drawn = groups.into_iter().map(|(group, mut rows)| {
            rows.truncate(left);
            left -= rows.len();
            self.group(group, &rows)
        });
        html! {
            <section class="aspect" key={section.title}>
                <h3>{ section.title }</h3>
                <div class="aspect-body">
                    { extra }
                    { for drawn.collect::<Vec<_>>() }
                    if all > self.most {
                        <p><button type="button" class="button" onclick={self.more.reform(|_| ())}>
                            { text::more(all - self.most, section.title) }
                        </button></p>
                    }
                </div>
            </section>
        }
    }

    fn rows<'b>(&self, group: &'b Group) -> Vec<&'b Row> {
        group.rows.iter().filter(|row| self.shows(row)).collect()
    }

    fn group(&self, group: &Group, rows: &[&Row]) -> Html {
        if rows.is_empty() {
            return Html::default();
        }
        html! {<>
            if !group.title.is_empty() { <h4>{ &group.title }</h4> }
            <ul class="field-list" role="list">
                { for rows.iter().map(|row| self.row(row, &group.title)) }
            </ul>
        </>}
    }

    fn row(&self, row: &Row, group: &str) -> Html {
        let here = row.id == self.here;
        html! {
            <li key={row.id.clone()} id={row.id.clone()} tabindex="-1" aria-current={here.then_some("location")}>
                <div>
                    <p class="field-name"><a href={format!("#{}", row.id)}><code>{ &*row.field.name }</code></a></p>
                    <p class="field-place small soft">{ row.place() }</p>
                </div>
                <div>
                    <div class="field-value">{ self.value(row, group) }</div>
                    <p class="field-about small">{ row.about }</p>
                </div>
            </li>
        }
    }

    fn value(&self, row: &Row, group: &str) -> Html {
        if row.field.length == 0 {
            return html! { <p class="soft">{ text::EMPTY }</p> };
        }
        if let Some(words) = row.value() {
            return html! { <p><code>{ words }</code></p> };
        }
        let (source, length) = (Source::File(self.file.clone().into(), row.field.offset), row.field.length);
        let name = format!("{} {group}", row.field.name);
        html! { <ByteView name={name.trim_end().to_owned()} {length} {source} withheld="" /> }
    }
}

/// How many fields of how many are to be seen.
pub(crate) fn count(drawing: &Drawing<'_>, sections: &[Section]) -> String {
    let rows = || sections.iter().flat_map(|section| &section.groups).flat_map(|group| &group.rows);
    text::hits(rows().filter(|row| drawing.shows(row)).count(), rows().count())
}
