//! A result in the file that the user has chosen. Browsers write it beside that file and put it in its place at the end.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;
use waxseal_api::LocalError;
use web_sys::{FileSystemFileHandle, FileSystemWritableFileStream};

use super::refused;

/// The chosen file, and what is written to take its place.
pub(crate) struct Picked {
    file: FileSystemFileHandle,
    /// None when it is finished.
    writable: Option<FileSystemWritableFileStream>,
}

impl Picked {
    pub(super) async fn new(file: FileSystemFileHandle) -> Result<Self, LocalError> {
        let writable = JsFuture::from(file.create_writable()).await.map_err(|error| refused(&error))?;
        Ok(Self { file, writable: Some(writable.unchecked_into()) })
    }

    pub(super) async fn write(&self, position: u64, pieces: &Array) -> Result<(), LocalError> {
        let Some(writable) = &self.writable else { return Ok(()) };
        let data = joined(pieces);
        let command = command(position, &data).map_err(|error| refused(&error))?;
        JsFuture::from(write(writable.unchecked_ref(), &command).map_err(|error| refused(&error))?)
            .await
            .map_err(|error| refused(&error))?;
        Ok(())
    }

    /// Puts what was written in the file's place.
    pub(super) async fn finish(mut self, length: u64) -> Result<JsValue, LocalError> {
        if let Some(writable) = &self.writable {
            // What is longer than it should be was never written: this only settles that it is so long.
            let settled = writable.truncate_with_f64(length as f64).map_err(|error| refused(&error))?;
            JsFuture::from(settled).await.map_err(|error| refused(&error))?;
            JsFuture::from(writable.close()).await.map_err(|error| refused(&error))?;
        }
        self.writable = None;
        JsFuture::from(self.file.get_file()).await.map_err(|error| refused(&error))
    }
}

impl Drop for Picked {
    /// Throws away what was written, and the file too: choosing it has emptied it.
    fn drop(&mut self) {
        if let Some(writable) = self.writable.take() {
            let aborted = JsFuture::from(writable.abort());
            let file = self.file.clone();
            wasm_bindgen_futures::spawn_local(async move {
                // Nobody waits for it.
                let _ = aborted.await;
                if let Ok(removed) = remove(file.unchecked_ref()) {
                    let _ = JsFuture::from(removed).await;
                }
            });
        }
    }
}

fn command(position: u64, data: &Uint8Array) -> Result<Object, JsValue> {
    let command = Object::new();
    Reflect::set(&command, &"type".into(), &"write".into())?;
    Reflect::set(&command, &"position".into(), &(position as f64).into())?;
    Reflect::set(&command, &"data".into(), data)?;
    Ok(command)
}

/// One write of megabytes costs much less than several of less.
fn joined(pieces: &Array) -> Uint8Array {
    let length = pieces.iter().map(|piece| piece.unchecked_into::<Uint8Array>().length()).sum();
    let all = Uint8Array::new_with_length(length);
    let mut at = 0;
    for piece in pieces.iter() {
        let piece: Uint8Array = piece.unchecked_into();
        all.set(&piece, at);
        at += piece.length();
    }
    all
}

#[wasm_bindgen]
extern "C" {
    type Handle;
    /// `FileSystemFileHandle.remove()`; not in every browser.
    #[wasm_bindgen(catch, method, js_name = remove)]
    fn remove_file(this: &Handle) -> Result<js_sys::Promise, JsValue>;

    type Writable;
    #[wasm_bindgen(catch, method, js_name = write)]
    fn write_command(this: &Writable, command: &Object) -> Result<js_sys::Promise, JsValue>;
}

fn remove(handle: &Handle) -> Result<js_sys::Promise, JsValue> {
    handle.remove_file()
}

fn write(writable: &Writable, command: &Object) -> Result<js_sys::Promise, JsValue> {
    writable.write_command(command)
}
