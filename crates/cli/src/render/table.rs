//! `--output table`: boxes of columns, each nested one further in.

use super::width::width as width_of;
use crate::value::Value;

/// How wide a table may be before rows become columns.
const TERMINAL: usize = 80;

/// A table under a title.
pub(crate) fn table(title: &str, value: &Value) -> String {
    let mut table = Table(Vec::new());
    if !table.build(Some(title), value, 0) {
        return String::new();
    }
    table.render()
}

#[derive(Default)]
struct Section {
    title: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    level: usize,
}

struct Table(Vec<Section>);

impl Table {
    fn section(&mut self, title: &str, level: usize) {
        self.0.push(Section { title: title.to_owned(), level, ..Section::default() });
    }

    fn row(&mut self, cells: Vec<String>) {
        if self.0.is_empty() {
            self.0.push(Section::default());
        }
        self.0.iter_mut().last().into_iter().for_each(|section| section.rows.push(cells.clone()));
    }

    fn headers(&mut self, headers: &[&str]) {
        let headers: Vec<String> = headers.iter().map(ToString::to_string).collect();
        self.0.iter_mut().last().into_iter().for_each(|section| section.headers = headers.clone());
    }

    fn build(&mut self, title: Option<&str>, value: &Value, level: usize) -> bool {
        if value.is_empty() {
            return false;
        }
        if let Some(title) = title {
            self.section(title, level);
        }
        match value {
            Value::List(items) if matches!(items.first(), Some(Value::Map(_))) => {
                self.list(items, level, title.unwrap_or_default());
            }
            Value::List(items) => {
                for item in items {
                    match item {
                        Value::List(cells) if cells.iter().all(Value::is_scalar) => {
                            self.row(cells.iter().map(Value::shown).collect());
                        }
                        Value::List(_) => _ = self.build(None, item, 0),
                        Value::Map(_) => _ = self.build(None, item, level),
                        scalar => self.row(vec![scalar.shown()]),
                    }
                }
            }
            Value::Map(members) => self.map(members, level),
            scalar => self.row(vec![scalar.shown()]),
        }
        true
    }

    fn map(&mut self, members: &[(String, Value)], level: usize) {
        let (scalars, nested) = parted(members.iter());
        let of = |key: &&str| members.iter().find(|(name, _)| name == key).map(|(_, value)| value);
        let shown = |key: &&str| of(key).map(Value::shown).unwrap_or_default();
        match scalars[..] {
            [] => {}
            [key] => self.row(vec![key.to_owned(), shown(&key)]),
            _ => {
                self.headers(&scalars);
                self.row(scalars.iter().map(shown).collect());
            }
        }
        for key in nested {
            of(&key).into_iter().for_each(|value| _ = self.build(Some(key), value, level + 1));
        }
    }

    fn list(&mut self, items: &[Value], level: usize, title: &str) {
        let members =
            items.iter().filter_map(|item| if let Value::Map(members) = item { Some(members) } else { None });
        let (headers, nested) = parted(members.flatten());
        self.headers(&headers);
        for (n, item) in items.iter().enumerate() {
            if n > 0 && !nested.is_empty() {
                self.section(title, level);
                self.headers(&headers);
            }
            let cell = |key: &&str| item.get(key).map(Value::shown).unwrap_or_default();
            self.row(headers.iter().map(cell).collect());
            for key in &nested {
                item.get(key).into_iter().for_each(|value| _ = self.build(Some(key), value, level + 1));
            }
        }
    }

    fn render(&mut self) -> String {
        let width = |sections: &[Section]| sections.iter().map(Section::width).max().unwrap_or_default();
        if width(&self.0) > TERMINAL {
            self.0.iter_mut().for_each(Section::turn);
        }
        let width = width(&self.0);
        let mut out = format!("{}\n", "-".repeat(width));
        for section in &self.0 {
            let bars = "|".repeat(section.level);
            let mut lines = Vec::new();
            section.lines(width.saturating_sub(2 * section.level), &mut lines);
            lines.iter().for_each(|line| out.push_str(&format!("{bars}{line}{bars}\n")));
        }
        out
    }
}

/// The names of scalars and of everything else, each in order.
fn parted<'a>(members: impl Iterator<Item = &'a (String, Value)>) -> (Vec<&'a str>, Vec<&'a str>) {
    let (scalars, nested): (Vec<_>, Vec<_>) = members.partition(|(_, value)| value.is_scalar());
    [scalars, nested]
        .map(|members| {
            let mut names: Vec<&str> = members.into_iter().map(|(name, _)| name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            names
        })
        .into()
}

impl Section {
    /// One row with headers becomes a row a header.
    fn turn(&mut self) {
        if self.rows.len() == 1 && !self.headers.is_empty() {
            let headers = std::mem::take(&mut self.headers);
            let cells = std::mem::take(&mut self.rows).into_iter().flatten();
            self.rows = headers.into_iter().zip(cells).map(|(header, cell)| vec![header, cell]).collect();
        }
    }

    fn columns(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = Vec::new();
        let headers = Some(&self.headers).filter(|headers| !headers.is_empty());
        for row in headers.into_iter().chain(&self.rows) {
            widths.resize(widths.len().max(row.len()), 0);
            widths.iter_mut().zip(row).for_each(|(width, cell)| *width = (*width).max(width_of(cell)));
        }
        widths
    }

    fn width(&self) -> usize {
        let columns: usize = self.columns().iter().map(|width| width + 4).sum();
        (width_of(&self.title) + 2).max(columns + 2) + 2 * self.level
    }

    /// The columns' widths when together they have to be so much.
    fn scaled(&self, most: usize) -> Vec<usize> {
        let widths: Vec<usize> = self.columns().iter().map(|width| width + 4).collect();
        let sum: usize = widths.iter().sum();
        if sum == 0 {
            return widths;
        }
        let scale = |width: &usize| (most as f64 / sum as f64 * *width as f64).round_ties_even() as usize;
        let mut scaled: Vec<usize> = widths.iter().map(scale).collect();
        let count = scaled.len();
        let mut at = 0;
        while scaled.iter().sum::<usize>() > most {
            scaled[at % count] = scaled[at % count].saturating_sub(1);
            at += 1;
        }
        at = 0;
        while scaled.iter().sum::<usize>() < most {
            scaled[count - 1 - at % count] += 1;
            at += 1;
        }
        scaled
    }

    fn lines(&self, width: usize, out: &mut Vec<String>) {
        if !self.title.is_empty() {
            out.push(centred(&self.title, width, true));
            if self.headers.is_empty() && self.rows.is_empty() {
                out.push(format!("+{}+", "-".repeat(width.saturating_sub(2))));
            }
        }
        let widths = self.scaled(width);
        let rule: String = widths
            .iter()
            .enumerate()
            .map(|(n, width)| match n {
                0 => format!("+{}+", "-".repeat(width.saturating_sub(2))),
                _ => format!("{}+", "-".repeat(width.saturating_sub(1))),
            })
            .collect();
        if !self.headers.is_empty() {
            out.push(rule.clone());
            let cells = widths.iter().zip(&self.headers).enumerate();
            out.push(cells.map(|(n, (width, header))| centred(header, *width, n == 0)).collect());
        }
        if !self.rows.is_empty() && !widths.is_empty() {
            out.push(rule.clone());
            for row in &self.rows {
                let cells = widths.iter().zip(row).enumerate();
                out.push(cells.map(|(n, (width, cell))| left(cell, *width, n == 0)).collect());
            }
            out.push(rule);
        }
    }
}

fn centred(text: &str, width: usize, first: bool) -> String {
    let edge = if first { "|" } else { "" };
    let before = (width / 2).saturating_sub(width_of(text) / 2 + 1);
    let after = width.saturating_sub(edge.len() + before + width_of(text) + 1);
    format!("{edge}{}{text}{}|", " ".repeat(before), " ".repeat(after))
}

fn left(text: &str, width: usize, first: bool) -> String {
    let edge = if first { "|" } else { "" };
    let taken = width_of(text) + edge.len() + 1;
    let before = if width >= taken + 2 { 2 } else { 0 };
    format!("{edge}{}{text}{}|", " ".repeat(before), " ".repeat(width.saturating_sub(taken + before)))
}
