use std::{collections::BTreeSet, fs, path::Path};

use super::*;

/// All catalogues that are shipped, by language.
fn shipped() -> Vec<(String, Catalogue)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/words");
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, toml::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    };
    files.map(read).collect()
}

fn english() -> Catalogue {
    shipped().into_iter().find(|(code, _)| code == "en").unwrap().1
}

/// `{n}` and its like.
fn places(text: &str) -> BTreeSet<String> {
    text.split('{').skip(1).filter_map(|it| Some(it.split_once('}')?.0.to_owned())).collect()
}

/// Tags with all their attributes.
fn tags(text: &str) -> Vec<&str> {
    text.split('<').skip(1).filter_map(|it| Some(it.split_once('>')?.0)).collect()
}

#[test]
fn every_text_is_there_in_every_language_with_the_same_places_and_tags() {
    let english = english();
    for (code, catalogue) in shipped() {
        read(catalogue.clone()).unwrap_or_else(|problem| panic!("{code}: {problem}"));
        for (part, texts) in &catalogue {
            for (name, text) in texts {
                let first = &english[part][name];
                assert!(!text.trim().is_empty(), "{code}: {part}.{name}");
                assert_eq!(text.trim(), text, "{code}: {part}.{name}");
                assert_eq!((places(text), tags(text)), (places(first), tags(first)), "{code}: {part}.{name}");
            }
        }
    }
    assert!(shipped().len() > 1);
}

#[test]
fn no_language_repeats_another() {
    let (english, german) = (english(), shipped().into_iter().find(|(code, _)| code == "de").unwrap().1);
    let same = |part: &str| {
        english[part].iter().filter(|(name, text)| german[part].get(*name) == Some(text)).count()
    };
    let parts = english.keys().filter(|part| *part != "frame");
    assert_eq!(parts.map(|part| same(part)).sum::<usize>(), 0);
}

#[test]
fn what_is_missing_or_not_known_is_said() {
    let mut catalogue = english();
    catalogue.get_mut("lab").unwrap().remove("play-hint");
    catalogue.get_mut("step").unwrap().insert("fly".into(), "Fly".into());
    let problem = read(catalogue).unwrap_err();
    assert_eq!(problem, "missing: lab.play-hint; not known: step.fly");
}

#[test]
fn a_list_is_read_by_whoever_knows_the_same_keys() {
    let (words, pages) = read(english()).unwrap();
    let list = words.to_list();
    assert_eq!(Words::<Word>::from_list(list.clone()).unwrap(), words);
    assert_eq!(words.say(Word::LabBegin), "Begin");
    assert!(Words::<Word>::from_list(list[..list.len() - 1].to_vec()).is_none());
    assert!(Words::<Word>::from_list(pages.to_list()).is_none());
    let renamed = edition(&["StepRun", "LabBegin"]);
    assert!(renamed != edition(&["StepRun", "LabBegun"]) && renamed != edition(&["LabBegin", "StepRun"]));
}

#[test]
fn values_stand_where_the_language_wants_them() {
    assert_eq!(fill("{n} of {of}", &[("n", &1), ("of", &20)]), "1 of 20");
    assert_eq!(fill("von {of}: {n}", &[("n", &1), ("of", &20)]), "von 20: 1");
    assert_eq!([0, 1, 2].map(|n| plural(n, ["one", "many"])), ["many", "one", "many"]);
}

#[test]
fn what_a_person_does_beside_the_terminal_is_read_in_words() {
    let (words, _) = read(english()).unwrap();
    for (line, read) in [
        ("@as ana", "# become ana"),
        ("@as default", "# become root"),
        ("@in eu-central-1", "# go to eu-central-1"),
        ("@wait 366 days", "# move the clock by 366 days"),
        ("@wait 1 hour", "# move the clock by 1 hour"),
        ("@flip sealed.bin 40", "# change a bit of byte 40 of sealed.bin"),
        ("aws kms list-keys", "aws kms list-keys"),
    ] {
        assert_eq!(in_words(line, &words), read);
    }
}

#[test]
fn brackets_leave_code_tags_and_places_alone() {
    for (text, expected) in [
        ("Run it", "⟦Rúñ ît ~~~⟧"),
        ("{n} of {of}", "⟦{n} öf {of} ~~~⟧"),
        ("<p>A <code>key</code>: 12</p>", "<p>⟦Á ~~~⟧ <code>key</code>: 12</p>"),
        ("R&amp;D &lt;x", "⟦R&amp;D &lt;x ~~~⟧"),
        ("this & that", "⟦thîš & thát ~~~⟧"),
        ("<a href=\"./learn/\">lesson</a>", "<a href=\"./learn/\">⟦léššöñ ~~~⟧</a>"),
        ("12", "12"),
    ] {
        assert_eq!(pseudo(text), expected);
    }
    let long = "a".repeat(100);
    assert_eq!(pseudo(&long).matches('~').count(), 30);
}
