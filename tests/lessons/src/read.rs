//! The files of the course.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use waxseal_study::{Lesson, Text};

/// A lesson and its texts by language.
#[derive(Debug)]
pub struct Course {
    /// What happens.
    pub lesson: Lesson,
    /// What it says in each language that has it.
    pub texts: BTreeMap<String, Text>,
}

/// Reads a lesson's folder: `lesson.toml` and one file for each language.
///
/// # Errors
/// A file cannot be read or does not say what a lesson has.
pub fn read(folder: &Path) -> Result<Course> {
    let parsed = |path: &Path| fs::read_to_string(path).with_context(|| path.display().to_string());
    let path = folder.join("lesson.toml");
    let lesson = toml::from_str(&parsed(&path)?).with_context(|| path.display().to_string())?;
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if name != "lesson" && path.extension().is_some_and(|it| it == "toml") {
            let text = toml::from_str(&parsed(&path)?).with_context(|| path.display().to_string())?;
            texts.insert(name, text);
        }
    }
    Ok(Course { lesson, texts })
}

/// The folders of all lessons, in order.
///
/// # Errors
/// They cannot be listed.
pub fn folders() -> Result<Vec<PathBuf>> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/lessons");
    let entries: Vec<PathBuf> = fs::read_dir(all)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    let mut folders: Vec<PathBuf> =
        entries.into_iter().filter(|path| path.join("lesson.toml").exists()).collect();
    folders.sort();
    Ok(folders)
}
