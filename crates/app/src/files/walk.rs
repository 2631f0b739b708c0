//! Folders that are dropped, with all that is in them.

use futures_util::future::join_all;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};
use yew::Callback;

use super::{
    intake::{Intake, looked_at},
    state::Part,
};

/// Takes all that was dropped, with the paths that it has, and tells the paths of what cannot be read.
pub(super) fn take(transfer: &DataTransfer, intake: &Intake, missed: &Callback<Vec<String>>) {
    // The entries are there while the event is; their files later too.
    let items = transfer.items();
    let entries = (0..items.length()).filter_map(|n| items.get(n)?.webkit_get_as_entry().ok().flatten());
    let (entries, intake, missed) = (entries.collect::<Vec<_>>(), intake.clone(), missed.clone());
    let files = transfer.files();
    spawn_local(async move {
        let (mut parts, mut unread) = (Vec::new(), Vec::new());
        for entry in entries {
            gather(entry, &mut parts, &mut unread).await;
        }
        if parts.is_empty() && unread.is_empty() {
            let files = files.iter().flat_map(|files| (0..files.length()).filter_map(|n| files.get(n)));
            parts = files.map(|file| Part { path: file.name(), file }).collect();
        }
        missed.emit(unread);
        intake.emit(looked_at(parts).await);
    });
}

/// Gathers the files in an entry, folder by folder, and the paths of what the browser cannot read.
async fn gather(entry: FileSystemEntry, parts: &mut Vec<Part<File>>, unread: &mut Vec<String>) {
    let mut folders = Vec::new();
    let mut entries = vec![entry];
    loop {
        let (inner, files): (Vec<_>, Vec<_>) = entries.into_iter().partition(FileSystemEntry::is_directory);
        folders.extend(inner.into_iter().rev());
        for file in join_all(files.into_iter().map(part)).await {
            match file {
                Ok(part) => parts.push(part),
                Err(path) => unread.push(path),
            }
        }
        let Some(folder) = folders.pop() else { return };
        entries = list(folder.unchecked_ref()).await.unwrap_or_else(|_| {
            unread.push(path(&folder));
            Vec::new()
        });
    }
}

/// Where an entry is in what was dropped: `letters/2026/may.txt`.
fn path(entry: &FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}

/// A file, or the path of one that cannot be had.
async fn part(entry: FileSystemEntry) -> Result<Part<File>, String> {
    let path = path(&entry);
    let entry: FileSystemFileEntry = entry.unchecked_into();
    match called(|resolve, reject| entry.file_with_callback_and_callback(resolve, reject)).await {
        Ok(file) => Ok(Part { path, file: file.unchecked_into() }),
        Err(_) => Err(path),
    }
}

/// What is in a folder. Browsers tell some of it at a time, and nothing when that was all.
async fn list(folder: &FileSystemDirectoryEntry) -> Result<Vec<FileSystemEntry>, JsValue> {
    let reader = folder.create_reader();
    let mut entries = Vec::new();
    loop {
        let some = called(|resolve, reject| {
            // It throws in no browser.
            let _ = reader.read_entries_with_callback_and_callback(resolve, reject);
        });
        let some: Array = some.await?.unchecked_into();
        if some.length() == 0 {
            return Ok(entries);
        }
        entries.extend(some.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

/// What a function of the older kind, with two callbacks, has to say.
async fn called(mut call: impl FnMut(&Function, &Function)) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::new(&mut |resolve, reject| call(&resolve, &reject))).await
}
