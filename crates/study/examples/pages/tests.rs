//! All pages in a language that nobody speaks: what is not in brackets is in no catalogue.

use std::path::Path;

use waxseal_study::words::pseudo;

use super::*;
use crate::markdown::in_html;

fn www() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www")
}

/// The course with everything said in a language of brackets only.
fn bracketed() -> (Course, Guide) {
    let mut course = Course::read(&www()).unwrap();
    course.tongues.truncate(1);
    course.texts.retain(|(_, code), _| code == "en");
    for tongue in &mut course.tongues {
        tongue.words = tongue.words.clone().map(|it| pseudo(it));
        tongue.pages = tongue.pages.clone().map(|it| pseudo(it));
    }
    let said = |value: &mut serde_json::Value| each_text(value, &|it| pseudo(it));
    for text in course.texts.values_mut() {
        let mut value = serde_json::to_value(&*text).unwrap();
        said(&mut value);
        *text = serde_json::from_value(value).unwrap();
    }
    for source in course.lessons.iter_mut().flat_map(|it| &mut it.sources) {
        source.fact = pseudo(&source.fact);
    }
    let mut guide: Guide = course::parsed(&www().join("lessons/start.toml")).unwrap();
    for text in [
        &mut guide.title,
        &mut guide.summary,
        &mut guide.lead,
        &mut guide.ending.title,
        &mut guide.ending.text,
    ] {
        *text = "⟦said⟧".to_owned();
    }
    for station in &mut guide.stations {
        for text in [&mut station.title, &mut station.before, &mut station.after] {
            *text = "⟦said⟧".to_owned();
        }
    }
    for door in &mut guide.ending.doors {
        door.title = "⟦said⟧".to_owned();
        door.text = "⟦said⟧".to_owned();
    }
    (course, guide)
}

fn each_text(value: &mut serde_json::Value, change: &dyn Fn(&str) -> String) {
    match value {
        serde_json::Value::String(text) => *text = change(text),
        serde_json::Value::Array(all) => all.iter_mut().for_each(|it| each_text(it, change)),
        serde_json::Value::Object(all) => all.values_mut().for_each(|it| each_text(it, change)),
        _ => {}
    }
}

/// Texts with letters that are neither in brackets nor in code nor addresses; attributes that are read, too.
fn unsaid(html: &str) -> Vec<String> {
    let (mut out, mut code) = (Vec::new(), false);
    for part in html.split('<').filter(|part| !part.is_empty()) {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        code = (code || tag.starts_with("code")) && tag != "/code";
        let read = tag.split_once("aria-label=\"").or_else(|| tag.split_once("data-unloaded=\""));
        let read = read.and_then(|(_, it)| it.split('"').next()).unwrap_or_default();
        for text in [read, text].into_iter().filter(|_| !code) {
            let mut left = text.trim().to_owned();
            while let Some((before, after)) = left.split_once('⟦') {
                left = format!("{before}{}", after.split_once('⟧').map_or("", |(_, rest)| rest));
            }
            let plain =
                left.replace("&quot;", "").replace("&amp;", "").replace("&lt;", "").replace("&gt;", "");
            if plain.chars().any(char::is_alphabetic) && !text.starts_with("https://") {
                out.push(text.to_owned());
            }
        }
    }
    out
}

#[test]
fn every_text_of_every_page_is_in_a_catalogue() {
    let (course, guide) = bracketed();
    let tongue = &course.tongues[0];
    let pages = pages(&course, tongue, &guide);
    assert_eq!(pages.len(), course.lessons.len() + 4);
    for Page { route, html } in pages {
        let parts: Vec<&str> = html.splitn(4, '\n').collect();
        let [language, title, description, content] = parts[..] else { panic!("{route}: {html}") };
        assert_eq!(language, "en");
        assert!(title.contains('⟦') && description.contains('⟦'), "{title}: {description}");
        assert_eq!(unsaid(content), Vec::<String>::new(), "{route}");
    }
    let frame = frame::around(&course, tongue).replace("CONTENT", "").replace("<span>Waxseal</span>", "");
    assert_eq!(unsaid(&frame), Vec::<String>::new());
}

#[test]
fn a_text_that_is_in_none_is_seen() {
    assert_eq!(unsaid("<p>⟦said⟧ <code>aws</code> 12</p>"), Vec::<String>::new());
    assert_eq!(unsaid("<p aria-label=\"Main\">⟦said⟧, minutes</p>"), ["Main", "⟦said⟧, minutes"]);
}

#[test]
fn a_language_has_the_map_and_the_lessons_that_are_told_in_it() {
    let course = Course::read(&www()).unwrap();
    let guide: Guide = course::parsed(&www().join("lessons/start.toml")).unwrap();
    let german = course.tongues.iter().find(|it| it.code == "de").unwrap();
    let pages = pages(&course, german, &guide);
    let told = course.texts.keys().filter(|(_, code)| code == "de").count();
    assert_eq!(pages.len(), told + 1);
    let page = |route: &str| &pages.iter().find(|it| it.route == route).unwrap().html;
    let lesson = page("de/learn/envelope-encryption");
    assert!(lesson.starts_with("de\nEnvelope-Verschlüsselung\n"), "{lesson}");
    for part in [
        "<a href=\"./learn/envelope-encryption/\" hreflang=\"en\" lang=\"en\">English</a>",
        "<a href=\"./learn/encryption-context/\" hreflang=\"en\" lang=\"en\">",
    ] {
        assert!(lesson.contains(part), "{part}");
    }
    let map = page("de/learn");
    assert!(map.contains("<h2><a href=\"./de/learn/envelope-encryption/\">Envelope-Verschlüsselung</a>"));
    assert!(
        map.contains("<h2 lang=\"en\"><a href=\"./learn/rotation/\" hreflang=\"en\">Rotation</a>"),
        "{map}"
    );
    let index = course.index(german);
    let languages = index.lessons.iter().map(|it| it.language.as_deref());
    assert_eq!(languages.filter(Option::is_none).count(), told);
}

#[test]
fn markdown_is_html_once() {
    let lesson = www().join("lessons/04-envelope-encryption/de.toml");
    let text = in_html(course::parsed(&lesson).unwrap());
    assert!(text.steps["random"].text.contains("<em>aus</em>"));
    assert_eq!(plain("A <code>name</code> \"x\" &amp;\n y"), "A name &quot;x&quot; &amp; y");
}
