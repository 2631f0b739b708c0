//! The terminal's files: names and bytes, in memory.

use std::{collections::BTreeMap, rc::Rc};

/// Files by name. Copies share their bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, Rc<[u8]>>);

impl Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// There is none: the reason in the words of a Unix system.
    pub fn read(&self, name: &str) -> Result<Rc<[u8]>, &'static str> {
        self.0.get(plain(name)).cloned().ok_or("No such file or directory")
    }

    /// Writes a file, in place of one of the same name.
    pub fn write(&mut self, name: &str, bytes: impl Into<Rc<[u8]>>) {
        self.0.insert(plain(name).to_owned(), bytes.into());
    }

    /// Adds to the end of a file.
    pub fn append(&mut self, name: &str, bytes: &[u8]) {
        let old = self.0.get(plain(name)).map_or(&[][..], |bytes| bytes);
        self.write(name, [old, bytes].concat());
    }

    /// Takes a file away; false if there was none.
    pub fn remove(&mut self, name: &str) -> bool {
        self.0.remove(plain(name)).is_some()
    }

    /// Names and bytes, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Rc<[u8]>)> {
        self.0.iter().map(|(name, bytes)| (name.as_str(), bytes))
    }
}

/// `./name` and `~/name` are `name`: there is one folder.
fn plain(name: &str) -> &str {
    name.strip_prefix("./").or_else(|| name.strip_prefix("~/")).unwrap_or(name)
}
