//! Files packed into one before they are encrypted, and found again after they are decrypted. Neither copies a byte of them:
//! what is packed is a blob of blobs, and what is found a slice of the result.

use std::ops::Range;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use waxseal_api::{LocalError, LocalErrorCode, job::PackedFile};
use web_sys::{Blob, File, FilePropertyBag};

use super::{
    FileJob,
    sink::Output,
    source::{read_all, slice},
};
use crate::{
    browser::describe,
    pack::{self, Unpacker},
};

/// What is read of an archive at a time; in it there are many small files, or one header.
const WINDOW: u64 = 64 * 1024;

impl FileJob {
    /// Packs files, each under its path. The blob of them is what there is to encrypt.
    ///
    /// # Errors
    /// [`LocalErrorCode::BadRequest`] without a path for each file; [`LocalErrorCode::FileUnreadable`].
    pub(crate) fn pack(&mut self, files: &Array, paths: &[String]) -> Result<Blob, LocalError> {
        if files.length() as usize != paths.len() {
            let message = "Each file that is packed needs a path.";
            return Err(LocalError::new(LocalErrorCode::BadRequest, message));
        }
        let parts = Array::of1(&bytes(&pack::start())?);
        for (file, path) in files.iter().zip(paths) {
            let file: File = file.unchecked_into();
            let told = told(&file, path);
            parts.push(&bytes(&pack::head(&told))?);
            parts.push(&file);
            parts.push(&Uint8Array::new_with_length(pack::padding(told.length) as u32));
            self.report.contents.push(told);
        }
        parts.push(&Uint8Array::from(pack::end().as_slice()));
        Blob::new_with_blob_sequence(&parts).map_err(|error| refused(&error))
    }

    /// Finds the files that are packed in a result, in the order of the report's contents. What begins as if files were packed
    /// in it and is not whole is one file, and the report says so.
    ///
    /// # Errors
    /// [`LocalErrorCode::FileUnreadable`].
    pub(crate) async fn unpack(&mut self, output: &Output) -> Result<Array, LocalError> {
        let files = Array::new();
        let Some(blob) = output.value.dyn_ref::<Blob>() else { return Ok(files) };
        match find(blob, output.length).await? {
            None => {}
            Some(Err(pack::Damaged)) => self.report.contents_damaged = true,
            Some(Ok(found)) => {
                for (file, at) in found {
                    files.push(part(blob, &file, at)?.as_ref());
                    self.report.contents.push(file);
                }
            }
        }
        Ok(files)
    }
}

type Found = Result<Vec<(PackedFile, u64)>, pack::Damaged>;

/// The files in an archive; none when it was not packed here.
async fn find(blob: &Blob, length: u64) -> Result<Option<Found>, LocalError> {
    let mut window = Window { blob, length, from: 0, bytes: Vec::new() };
    let beginning = window.read(0..Unpacker::enough()).await?;
    let Some(mut unpacker) = Unpacker::new(beginning, length) else { return Ok(None) };
    while let Some(wanted) = unpacker.wants() {
        if let Err(damaged) = unpacker.read(window.read(wanted).await?) {
            return Ok(Some(Err(damaged)));
        }
    }
    Ok(Some(unpacker.finish()))
}

/// The part of an archive that is in memory.
struct Window<'a> {
    blob: &'a Blob,
    length: u64,
    from: u64,
    bytes: Vec<u8>,
}

impl Window<'_> {
    /// Some bytes, or fewer where the archive ends.
    async fn read(&mut self, wanted: Range<u64>) -> Result<&[u8], LocalError> {
        let (start, end) = (wanted.start.min(self.length), wanted.end.min(self.length));
        if start < self.from || end > self.from + self.bytes.len() as u64 {
            let until = end.max(start.saturating_add(WINDOW)).min(self.length);
            self.bytes = read_all(&slice(self.blob, start..until)?).await?.to_vec();
            self.from = start;
        }
        let (start, end) = ((start - self.from) as usize, (end - self.from) as usize);
        Ok(self.bytes.get(start..end).unwrap_or_default())
    }
}

fn told(file: &File, path: &str) -> PackedFile {
    PackedFile {
        path: pack::safe_path(path),
        length: file.size() as u64,
        media_type: file.type_(),
        modified: file.last_modified() as i64,
    }
}

/// A file in an archive, with its own name, type and time.
fn part(archive: &Blob, file: &PackedFile, at: u64) -> Result<File, LocalError> {
    let options = FilePropertyBag::new();
    options.set_type(&file.media_type);
    options.set_last_modified(file.modified as f64);
    let bytes = Array::of1(slice(archive, at..at + file.length)?.as_ref());
    let name = file.path.rsplit('/').next().unwrap_or_default();
    File::new_with_blob_sequence_and_options(&bytes, name, &options).map_err(|error| refused(&error))
}

fn bytes(made: &std::io::Result<Vec<u8>>) -> Result<JsValue, LocalError> {
    match made {
        Ok(bytes) => Ok(Uint8Array::from(bytes.as_slice()).into()),
        Err(error) => {
            Err(LocalError::new(LocalErrorCode::BadRequest, format!("The file cannot be packed: {error}.")))
        }
    }
}

fn refused(error: &JsValue) -> LocalError {
    let message = format!("The browser could not pack the files: {}.", describe(error));
    LocalError::new(LocalErrorCode::FileUnreadable, message)
}
