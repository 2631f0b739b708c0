//! The words of the course itself: what stands on its buttons, around its questions and in its messages, in one language.
//!
//! A catalogue is a file `www/words/<language>.toml`, in parts. [`Word`] names what is said where something is done, and
//! [`PageWord`] what only the pages need that are made when the site is built. `Word::LabBegin` is `begin` in part `lab`.

mod keys;
mod pseudo;
mod script;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt::Display, marker::PhantomData};

pub use keys::{PageWord, Word};
pub use pseudo::pseudo;
pub use script::in_words;

/// What can be said. The order is that of the variants.
pub trait Key: Copy + 'static {
    /// The variants' names.
    const NAMES: &'static [&'static str];

    /// Which it is, from 0.
    fn at(self) -> usize;
}

/// A catalogue as its file has it: by part and name.
pub type Catalogue = BTreeMap<String, BTreeMap<String, String>>;

/// What is said in one language, for each key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words<K> {
    texts: Vec<String>,
    keys: PhantomData<K>,
}

impl<K: Key> Words<K> {
    /// Which keys this software knows, as a number: a list for others is not for it.
    const EDITION: u32 = edition(K::NAMES);

    /// Takes what is said for each key out of a catalogue.
    ///
    /// # Errors
    /// The names, `part.name`, that the catalogue does not have.
    pub fn take(catalogue: &mut Catalogue) -> Result<Self, Vec<String>> {
        let (mut texts, mut missing) = (Vec::new(), Vec::new());
        for (part, name) in K::NAMES.iter().map(|it| place(it)) {
            match catalogue.get_mut(&part).and_then(|part| part.remove(&name)) {
                Some(text) => texts.push(text),
                None => missing.push(format!("{part}.{name}")),
            }
        }
        if missing.is_empty() { Ok(Self { texts, keys: PhantomData }) } else { Err(missing) }
    }

    /// As a page loads it: what it is for, then each text.
    pub fn to_list(&self) -> Vec<String> {
        [format!("{:x}", Self::EDITION)].into_iter().chain(self.texts.iter().cloned()).collect()
    }

    /// Reads [`Words::to_list`]; none if it was made for other keys.
    pub fn from_list(mut list: Vec<String>) -> Option<Self> {
        let fits = list.len() == K::NAMES.len() + 1 && list[0] == format!("{:x}", Self::EDITION);
        fits.then(|| {
            list.remove(0);
            Self { texts: list, keys: PhantomData }
        })
    }

    /// What is said.
    pub fn say(&self, key: K) -> &str {
        self.texts.get(key.at()).map_or("", String::as_str)
    }

    /// The same with each text changed.
    pub fn map(mut self, change: impl FnMut(&String) -> String) -> Self {
        self.texts = self.texts.iter().map(change).collect();
        self
    }
}

/// Reads a catalogue, all of it.
///
/// # Errors
/// What is missing in it, and what nothing is known of.
pub fn read(mut catalogue: Catalogue) -> Result<(Words<Word>, Words<PageWord>), String> {
    let (words, pages) = (Words::take(&mut catalogue), Words::take(&mut catalogue));
    let left = catalogue.iter().flat_map(|(part, it)| it.keys().map(move |name| format!("{part}.{name}")));
    let left: Vec<String> = left.collect();
    match (words, pages) {
        (Ok(words), Ok(pages)) if left.is_empty() => Ok((words, pages)),
        (words, pages) => {
            let missing = [words.err(), pages.err()].into_iter().flatten().flatten().collect::<Vec<_>>();
            Err(format!("missing: {}; not known: {}", missing.join(", "), left.join(", ")))
        }
    }
}

/// Puts values into the places of a text: `fill("{n} of {of}", &[("n", &1), ("of", &2)])`.
pub fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let put = |text: String, (name, value): &(&str, &dyn Display)| {
        text.replace(&format!("{{{name}}}"), &value.to_string())
    };
    values.iter().fold(text.to_owned(), put)
}

/// The first for one, the second for any other number. English and German need no more.
pub fn plural<K>(number: usize, [one, many]: [K; 2]) -> K {
    if number == 1 { one } else { many }
}

/// `LabPlayHint` → `lab`, `play-hint`
fn place(key: &str) -> (String, String) {
    let mut words: Vec<String> = Vec::new();
    for letter in key.chars() {
        if letter.is_uppercase() {
            words.push(String::new());
        }
        words.iter_mut().last().into_iter().for_each(|word| word.push(letter.to_ascii_lowercase()));
    }
    let part = words.first().cloned().unwrap_or_default();
    (part, words.get(1..).unwrap_or_default().join("-"))
}

/// FNV-1a over all names.
const fn edition(names: &[&str]) -> u32 {
    let (mut sum, mut at) = (0x811c_9dc5_u32, 0);
    while at < names.len() {
        let name = names[at].as_bytes();
        let mut letter = 0;
        while letter < name.len() {
            sum = (sum ^ name[letter] as u32).wrapping_mul(0x0100_0193);
            letter += 1;
        }
        sum = (sum ^ 0xff).wrapping_mul(0x0100_0193);
        at += 1;
    }
    sum
}
