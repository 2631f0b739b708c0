//! A result on the browser's private disk, the origin private file system.

use std::{cell::Cell, mem, rc::Rc};

use js_sys::{Array, AsyncIterator, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use waxseal_api::LocalError;
use web_sys::{
    DedicatedWorkerGlobalScope, FileSystemDirectoryHandle, FileSystemFileHandle,
    FileSystemGetDirectoryOptions, FileSystemGetFileOptions, FileSystemReadWriteOptions,
    FileSystemSyncAccessHandle,
};

use super::{full, refused};
use crate::browser::{self, LockGuard, describe};

/// The folder of results. In it, whoever holds the Web Lock with a file's name needs the file.
const FOLDER: &str = "waxseal-results";
/// A removal that is refused is tried so often again, each time after twice as many milliseconds as before.
const TRIES: u32 = 10;
const PAUSE: u32 = 10;

/// A file that is being written. What is declared first is dropped first: it is closed, and then removed.
pub(crate) struct Disk {
    access: Access,
    file: FileSystemFileHandle,
    kept: Kept,
}

struct Access(FileSystemSyncAccessHandle);

impl Drop for Access {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// A result on the disk; there as long as this, or as long as its tab.
pub(crate) struct Kept {
    folder: FileSystemDirectoryHandle,
    name: String,
    _lock: LockGuard,
}

impl Drop for Kept {
    fn drop(&mut self) {
        // Nobody waits for it, and what cannot be removed by then is swept later.
        let (folder, name) = (self.folder.clone(), mem::take(&mut self.name));
        spawn_local(async move { remove(&folder, &name).await });
    }
}

impl Disk {
    /// A new file with room for so many bytes; none where the browser has no private disk.
    ///
    /// # Errors
    /// [`LocalErrorCode::StorageFull`](waxseal_api::LocalErrorCode::StorageFull).
    pub(super) async fn new(length: u64) -> Result<Option<Self>, LocalError> {
        // Made to its end even if the job is given up meanwhile, and dropped then: what is half made cannot be removed.
        let made = Rc::new(Cell::new(None));
        let place = made.clone();
        let end = future_to_promise(async move {
            place.set(Self::create().await.ok());
            Ok(JsValue::UNDEFINED)
        });
        let _ = JsFuture::from(end).await;
        let Some(disk) = made.take() else { return Ok(None) };
        disk.resize(length)?;
        Ok(Some(disk))
    }

    async fn create() -> Result<Self, JsValue> {
        let folder = folder(true).await?;
        let name = browser::fresh_name();
        let lock = LockGuard::acquire(&name).await?;
        let options = FileSystemGetFileOptions::new();
        options.set_create(true);
        let file = JsFuture::from(folder.get_file_handle_with_options(&name, &options)).await?;
        let kept = Kept { folder, name, _lock: lock };
        let file: FileSystemFileHandle = file.unchecked_into();
        let access = JsFuture::from(file.create_sync_access_handle()).await?;
        Ok(Self { access: Access(access.unchecked_into()), file, kept })
    }

    pub(super) fn write(&self, position: u64, pieces: &Array) -> Result<(), LocalError> {
        let options = FileSystemReadWriteOptions::new();
        let mut at = position as f64;
        for piece in pieces.iter() {
            let piece: Uint8Array = piece.unchecked_into();
            options.set_at(at);
            let access = &self.access.0;
            let written = access
                .write_with_js_u8_array_and_options(&piece, &options)
                .map_err(|error| refused(&error))?;
            if written != f64::from(piece.length()) {
                return Err(full("it took only a part of it"));
            }
            at += written;
        }
        Ok(())
    }

    fn resize(&self, length: u64) -> Result<(), LocalError> {
        self.access.0.truncate_with_f64(length as f64).map_err(|error| refused(&error))
    }

    pub(super) async fn finish(self, length: u64) -> Result<(JsValue, Kept), LocalError> {
        self.resize(length)?;
        let Self { access, file, kept } = self;
        drop(access);
        let file = JsFuture::from(file.get_file()).await.map_err(|error| refused(&error))?;
        Ok((file, kept))
    }
}

async fn folder(create: bool) -> Result<FileSystemDirectoryHandle, JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    let storage = scope.navigator().storage();
    if !Reflect::has(&storage, &"getDirectory".into())? {
        return Err(JsValue::UNDEFINED);
    }
    let root: FileSystemDirectoryHandle = JsFuture::from(storage.get_directory()).await?.unchecked_into();
    let options = FileSystemGetDirectoryOptions::new();
    options.set_create(create);
    let folder = JsFuture::from(root.get_directory_handle_with_options(FOLDER, &options)).await?;
    Ok(folder.unchecked_into())
}

/// Removes what tabs have left that are gone, and waits for those that are there: what one of them needs is removed as soon
/// as it goes, however it goes.
pub(crate) async fn sweep() {
    // Where there is nothing to sweep, or no broom, nothing is done.
    let _ = swept().await;
}

async fn swept() -> Result<(), JsValue> {
    let folder = folder(false).await?;
    let names: AsyncIterator = folder.keys();
    loop {
        let entry = JsFuture::from(names.next()?).await?;
        let Some(name) = Reflect::get(&entry, &"value".into())?.as_string() else { return Ok(()) };
        let folder = folder.clone();
        spawn_local(async move {
            if let Ok(_lock) = LockGuard::acquire(&name).await {
                remove(&folder, &name).await;
            }
        });
    }
}

/// Removes a file, which its tab may have removed. One that is open is not removed, and one that was closed, or whose tab has
/// gone, may count as open for a moment.
async fn remove(folder: &FileSystemDirectoryHandle, name: &str) {
    for tried in 0..TRIES {
        match JsFuture::from(folder.remove_entry(name)).await {
            Err(why) if describe(&why).starts_with("NoModificationAllowed") => {
                browser::pause(PAUSE << tried).await;
            }
            _ => return,
        }
    }
}
