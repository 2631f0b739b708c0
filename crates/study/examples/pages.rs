//! Makes the pages of the course that are read: `pages WWW OUT` reads lessons and words in the folder `WWW` and leaves in `OUT`
//! what `cargo xtask dist` makes pages of the site of: `pages/<route>.html`, whose first lines are the language, the title,
//! and the description, and the rest what stands in `<main>`; `frame/<language>.html`, the page around it; and `lessons`, which the app loads: lessons with their texts, the Markdown in them made HTML, what the course
//! has, and the words of the course. A language has the map and those lessons that have a text in it; English has all.
//!
//! What is marked `data-alive` is drawn anew by the app once it runs.
#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]

#[path = "pages/course.rs"]
mod course;
#[path = "pages/frame.rs"]
mod frame;
#[path = "pages/guide.rs"]
mod guide;
#[path = "pages/lesson.rs"]
mod lesson;
#[path = "pages/map.rs"]
mod map;
#[path = "pages/markdown.rs"]
mod markdown;
#[cfg(test)]
#[path = "pages/tests.rs"]
mod tests;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde::Serialize;
use waxseal_study::{Guide, Ready};

use self::{
    course::{Course, Tongue},
    markdown::plain,
};

fn main() -> Result<()> {
    let mut words = env::args().skip(1).map(PathBuf::from);
    let (from, to) = words.next().zip(words.next()).context("pages WWW OUT")?;
    let course = Course::read(&from)?;
    let guide = course::parsed(&from.join("lessons/start.toml"))?;
    for tongue in &course.tongues {
        put(&to.join("frame").join(format!("{}.html", tongue.code)), &frame::around(&course, tongue))?;
        for Page { route, html } in pages(&course, tongue, &guide) {
            println!("{route}");
            put(&to.join("pages").join(format!("{route}.html")), &html)?;
        }
        data(&course, tongue, &to.join("lessons").join(tongue.below()))?;
    }
    put_data(&to.join("lessons/start.json"), &guide::in_html(guide))
}

/// A page of the course.
struct Page {
    route: String,
    html: String,
}

/// All pages in a language.
fn pages(course: &Course, tongue: &Tongue, guide: &Guide) -> Vec<Page> {
    let slugs = course.lessons.iter().map(|it| it.slug.as_str());
    let names = ["", "exam", "review", "start"].into_iter().chain(slugs);
    let page = |name: &str| Page {
        route: tongue.route(name),
        html: match name {
            "" => map::map(course, tongue),
            "exam" => map::exam(course, tongue),
            "review" => map::review(course, tongue),
            "start" => guide::page(guide, course, tongue),
            slug => lesson::page(course, tongue, slug),
        },
    };
    names.filter(|name| course.has(tongue, name)).map(page).collect()
}

/// What the app loads in a language.
fn data(course: &Course, tongue: &Tongue, to: &Path) -> Result<()> {
    put_data(&to.join("words.json"), &tongue.words.to_list())?;
    put_data(&to.join("index.json"), &course.index(tongue))?;
    for (lesson, text) in course.lessons.iter().filter_map(|it| Some((it, course.own_text(tongue, it)?))) {
        let ready = Ready { lesson: lesson.clone(), text: text.clone() };
        put_data(&to.join(format!("{}.json", lesson.slug)), &ready)?;
    }
    Ok(())
}

fn put_data(path: &Path, data: &impl Serialize) -> Result<()> {
    put(path, &serde_json::to_string(data)?)
}

fn put(path: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
    fs::write(path, text).with_context(|| path.display().to_string())
}

/// The first lines of a page. Title and description are HTML.
fn head(tongue: &Tongue, title: &str, description: &str) -> String {
    format!("{}\n{}\n{}\n", tongue.code, plain(title), plain(description))
}
