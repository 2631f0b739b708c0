//! The lessons and the languages that there are.

use std::{collections::BTreeMap, fmt::Display, fs, path::Path};

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use waxseal_study::{
    Index, Lesson, Minutes, Text,
    words::{self, PageWord, Word, Words, fill},
};

use super::markdown::in_html;

/// The language that has all of it, whose pages lie in the root.
const FIRST: &str = "en";

/// A language with what the course says in it.
pub(super) struct Tongue {
    /// `de`
    pub(super) code: String,
    pub(super) words: Words<Word>,
    pub(super) pages: Words<PageWord>,
}

impl Tongue {
    fn read(path: &Path) -> Result<Self> {
        let code = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let read = words::read(parsed(path)?).map_err(anyhow::Error::msg);
        let (words, pages) = read.with_context(|| path.display().to_string())?;
        Ok(Self { code, words, pages })
    }

    pub(super) fn is_first(&self) -> bool {
        self.code == FIRST
    }

    /// The folder of its pages and of its lessons, from the root of either.
    pub(super) fn below(&self) -> String {
        if self.is_first() { String::new() } else { format!("{}/", self.code) }
    }

    /// Where a page is: the map has no name.
    pub(super) fn route(&self, name: &str) -> String {
        format!("{}learn/{name}", self.below()).trim_end_matches('/').to_owned()
    }

    pub(super) fn say(&self, word: Word) -> &str {
        self.words.say(word)
    }

    pub(super) fn page(&self, word: PageWord) -> &str {
        self.pages.say(word)
    }

    pub(super) fn number(&self, word: PageWord, number: usize) -> String {
        fill(self.page(word), &[("n", &number)])
    }

    /// What a lesson takes: going through it, and then its labs and questions.
    pub(super) fn time(&self, word: PageWord, lesson: &Lesson, text: &Text) -> String {
        let (labs, questions) = (lesson.labs.len(), lesson.questions.len());
        let Minutes { steps, practice } = Minutes::of(lesson, text);
        let values: [(&str, &dyn Display); 4] =
            [("minutes", &steps), ("practice", &practice), ("labs", &labs), ("questions", &questions)];
        fill(self.page(word), &values)
    }
}

/// The whole course. Texts are HTML.
pub(super) struct Course {
    pub(super) lessons: Vec<Lesson>,
    /// By slug and language.
    pub(super) texts: BTreeMap<(String, String), Text>,
    /// English is the first of them.
    pub(super) tongues: Vec<Tongue>,
}

impl Course {
    /// Reads the folders `lessons` and `words`.
    pub(super) fn read(from: &Path) -> Result<Self> {
        let listed = |folder: &Path| -> Result<Vec<_>> {
            let mut all: Vec<_> = fs::read_dir(folder)?.map(|it| Ok(it?.path())).collect::<Result<_>>()?;
            all.sort();
            Ok(all)
        };
        let files = listed(&from.join("words"))?;
        let mut tongues: Vec<Tongue> = files.iter().map(|it| Tongue::read(it)).collect::<Result<_>>()?;
        tongues.sort_by_key(|it| !it.is_first());
        let mut course = Self { lessons: Vec::new(), texts: BTreeMap::new(), tongues };
        for folder in listed(&from.join("lessons"))?.iter().filter(|it| it.is_dir()) {
            let lesson: Lesson = parsed(&folder.join("lesson.toml"))?;
            for code in course.tongues.iter().map(|it| it.code.clone()) {
                let path = folder.join(format!("{code}.toml"));
                if code == FIRST || path.exists() {
                    course.texts.insert((lesson.slug.clone(), code), in_html(parsed(&path)?));
                }
            }
            course.lessons.push(lesson);
        }
        Ok(course)
    }

    /// A lesson's text, if there is one in this language.
    pub(super) fn own_text(&self, tongue: &Tongue, lesson: &Lesson) -> Option<&Text> {
        self.texts.get(&(lesson.slug.clone(), tongue.code.clone()))
    }

    /// A lesson's text in this language, or else in English; and of which language it is then.
    pub(super) fn text(&self, tongue: &Tongue, lesson: &Lesson) -> Option<(&Text, Option<&'static str>)> {
        let own = self.own_text(tongue, lesson).map(|text| (text, None));
        own.or_else(|| Some((self.texts.get(&(lesson.slug.clone(), FIRST.to_owned()))?, Some(FIRST))))
    }

    /// Whether a page is there in a language. Exam and review ask questions of all lessons.
    pub(super) fn has(&self, tongue: &Tongue, name: &str) -> bool {
        match name {
            "" => true,
            "start" => tongue.is_first(),
            "exam" | "review" => self.lessons.iter().all(|it| self.own_text(tongue, it).is_some()),
            slug => self.texts.contains_key(&(slug.to_owned(), tongue.code.clone())),
        }
    }

    /// The languages that have a page.
    pub(super) fn tongues_of(&self, name: &str) -> impl Iterator<Item = &Tongue> {
        self.tongues.iter().filter(move |it| self.has(it, name))
    }

    /// The attributes of a link to a page: in this language or else in English.
    pub(super) fn link(&self, tongue: &Tongue, name: &str) -> String {
        if self.has(tongue, name) {
            return format!("href=\"./{}/\"", tongue.route(name));
        }
        format!("href=\"./{}/\" hreflang=\"{FIRST}\"", format!("learn/{name}").trim_end_matches('/'))
    }

    /// Links to a page in the other languages that have it, each after a separator.
    pub(super) fn elsewhere(&self, tongue: &Tongue, name: &str, separator: &str) -> String {
        let others = self.tongues_of(name).filter(|it| it.code != tongue.code);
        let link = |it: &Tongue| {
            let (route, code, title) = (it.route(name), &it.code, it.page(PageWord::LanguageName));
            format!("{separator}<a href=\"./{route}/\" hreflang=\"{code}\" lang=\"{code}\">{title}</a>")
        };
        others.map(link).collect()
    }

    /// What the course has.
    pub(super) fn index(&self, tongue: &Tongue) -> Index {
        let of = |lesson: &Lesson| {
            let (text, other) = self.text(tongue, lesson)?;
            Some(((lesson.clone(), text.clone()), other.map(str::to_owned)))
        };
        let (texts, others): (Vec<_>, Vec<_>) = self.lessons.iter().filter_map(of).unzip();
        let mut index = Index::of(&texts);
        index.lessons.iter_mut().zip(others).for_each(|(entry, other)| entry.language = other);
        index
    }
}

/// Reads a file of TOML.
pub(super) fn parsed<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let told = || path.display().to_string();
    toml::from_str(&fs::read_to_string(path).with_context(told)?).with_context(told)
}
