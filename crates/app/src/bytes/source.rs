//! Where the bytes of a thing are, and how they are fetched when someone wants to see them.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use waxseal_api::{
    Blob,
    trace::{Bytes, Item, Role},
};
use yew::prelude::*;

use super::{WatchedKey, rows::Window};

/// What a story's bytes can be read from.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Sources {
    /// The file that went in.
    pub(crate) input: Option<web_sys::Blob>,
    /// The file that came out.
    pub(crate) output: Option<web_sys::Blob>,
    /// The data key, when it is being watched.
    pub(crate) data_key: Option<Rc<WatchedKey>>,
}

/// Where the bytes of one thing are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Source {
    /// Here.
    Here(Blob),
    /// In a file, from this offset.
    File(web_sys::Blob, u64),
    /// The page's copy of the data key.
    DataKey(Rc<WatchedKey>),
    /// Nowhere that the page can see.
    Withheld,
}

impl Sources {
    /// Where to read a thing. A job has one data key, so a data key of the right length is the one that is watched.
    pub(crate) fn of(&self, item: &Item) -> Source {
        let key = self.data_key.as_ref().filter(|key| key.expose().len() as u64 == item.length);
        match (&item.bytes, item.role) {
            (Bytes::Here(blob), _) => Source::Here(blob.clone()),
            (Bytes::Input(offset), _) => in_file(self.input.as_ref(), *offset),
            (Bytes::Output(offset), _) => in_file(self.output.as_ref(), *offset),
            (Bytes::Reply(_) | Bytes::Withheld, Role::DataKey) => {
                key.map_or(Source::Withheld, |key| Source::DataKey(key.clone()))
            }
            (Bytes::Reply(_) | Bytes::Withheld, _) => Source::Withheld,
        }
    }
}

fn in_file(file: Option<&web_sys::Blob>, offset: u64) -> Source {
    file.map_or(Source::Withheld, |file| Source::File(file.clone(), offset))
}

/// Bytes that may have to be fetched.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fetched {
    /// On their way.
    Pending,
    /// The browser cannot read the file any more.
    Unreadable,
    /// Here.
    Ready(Rc<[u8]>),
}

/// The bytes in a window onto a file; while others are on their way, there are none.
#[hook]
pub(crate) fn use_file_bytes(source: &Source, window: Window) -> Fetched {
    let fetched = use_state_eq(|| (None, Fetched::Pending));
    let question = match source {
        Source::File(file, offset) => Some((file.clone(), offset + window.from, window.len())),
        Source::Here(_) | Source::DataKey(_) | Source::Withheld => None,
    };
    let current = if fetched.0 == question { fetched.1.clone() } else { Fetched::Pending };
    use_effect_with(question, move |question| {
        if let Some((file, from, length)) = question.clone() {
            spawn_local(async move {
                let result = read(&file, from, length).await;
                let answer = result.map_or(Fetched::Unreadable, |bytes| Fetched::Ready(bytes.into()));
                fetched.set((Some((file, from, length)), answer));
            });
        }
    });
    current
}

/// Reads part of a file.
pub(crate) async fn read(file: &web_sys::Blob, from: u64, length: u64) -> Result<Vec<u8>, JsValue> {
    let slice = file.slice_with_f64_and_f64(from as f64, (from + length) as f64)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_data_key_of_its_length_is_shown_as_the_watched_key() {
        let data_key = Some(Rc::new(WatchedKey::from_bytes(&[7; 32])));
        let sources = Sources { data_key, ..Sources::default() };
        let shown = |role, length| matches!(sources.of(&Item::withheld(role, length)), Source::DataKey(_));
        assert!(shown(Role::DataKey, 32));
        assert!(!shown(Role::DataKey, 16));
        assert!(!shown(Role::KmsKey, 32));
        assert!(!shown(Role::ContentKey, 32));
        assert!(!shown(Role::Plaintext, 32));
    }

    #[test]
    fn without_files_nothing_can_be_read_from_them() {
        let item = Item { role: Role::Ciphertext, length: 9, bytes: Bytes::Output(4) };
        assert_eq!(Sources::default().of(&item), Source::Withheld);
    }
}
