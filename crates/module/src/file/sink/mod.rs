//! Where the bytes of a job gather until they are a file. Nobody sees any of it before it is finished, and nothing of it is
//! left when it is dropped.

mod blobs;
mod disk;
mod memory;
mod picked;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use waxseal_api::{LocalError, LocalErrorCode};
use web_sys::FileSystemFileHandle;

use crate::browser::{describe, release};
pub(crate) use disk::{Kept, sweep};

/// Results shorter than this stay in memory, out of which browsers make a file more quickly than a disk would.
const SMALL: u64 = 16 * 1024 * 1024;

/// What a job's result is to be.
pub(crate) enum Target {
    /// A `Uint8Array`: the beginning of this one, where all of it fits into that, or else a new one.
    Memory(Option<Uint8Array>),
    /// A `Blob` or a `File`: on the browser's private disk, or in memory where it has none.
    File,
    /// This file, which the user has chosen.
    Picked(FileSystemFileHandle),
    /// Nothing: what comes out is let go of at once.
    Nothing,
}

/// What came of a job.
pub(crate) struct Output {
    /// A `Uint8Array`, or else a `Blob` or `File`; `undefined` when nothing was to be kept.
    pub(crate) value: JsValue,
    /// Bytes in it, or that would have been.
    pub(crate) length: u64,
    /// What the value is there as long as, if that ever ends.
    pub(crate) kept: Option<Kept>,
}

/// Bytes that are written in any order. Each knows its place.
pub(crate) enum Sink {
    Memory(memory::Memory),
    Blobs(blobs::Blobs),
    Disk(disk::Disk),
    Picked(picked::Picked),
    Nothing,
}

impl Sink {
    /// Makes room for about so many bytes.
    ///
    /// # Errors
    /// [`LocalErrorCode::StorageFull`] when it is known by now that there is none.
    pub(crate) async fn open(target: Target, length: u64) -> Result<Self, LocalError> {
        match target {
            Target::Memory(into) => Ok(Self::Memory(memory::Memory::new(length, into)?)),
            Target::Picked(file) => Ok(Self::Picked(picked::Picked::new(file).await?)),
            Target::Nothing => Ok(Self::Nothing),
            Target::File if length < SMALL => Ok(Self::Blobs(blobs::Blobs::new(length)?)),
            Target::File => match disk::Disk::new(length).await? {
                Some(disk) => Ok(Self::Disk(disk)),
                None => Ok(Self::Blobs(blobs::Blobs::new(length)?)),
            },
        }
    }

    /// Writes pieces, which are `Uint8Array`s with a buffer of their own, one after the other from here on, and gives their
    /// memory back.
    ///
    /// # Errors
    /// [`LocalErrorCode::StorageFull`], [`LocalErrorCode::StorageRefused`].
    pub(crate) async fn write(&self, position: u64, pieces: &Array) -> Result<(), LocalError> {
        match self {
            Self::Memory(memory) => memory.write(position, pieces)?,
            Self::Blobs(blobs) => blobs.write(position, pieces)?,
            Self::Disk(disk) => disk.write(position, pieces)?,
            Self::Picked(picked) => picked.write(position, pieces).await?,
            Self::Nothing => {}
        }
        release(&pieces.iter().map(|piece| piece.unchecked_into::<Uint8Array>().buffer()).collect());
        Ok(())
    }

    /// All of it, which is so many bytes.
    ///
    /// # Errors
    /// [`LocalErrorCode::StorageFull`], [`LocalErrorCode::StorageRefused`].
    pub(crate) async fn finish(self, length: u64) -> Result<Output, LocalError> {
        let (value, kept) = match self {
            Self::Memory(memory) => (memory.finish(length).into(), None),
            Self::Blobs(blobs) => (blobs.finish(length).await?.into(), None),
            Self::Disk(disk) => {
                let (file, kept) = disk.finish(length).await?;
                (file, Some(kept))
            }
            Self::Picked(picked) => (picked.finish(length).await?, None),
            Self::Nothing => (JsValue::UNDEFINED, None),
        };
        Ok(Output { value, length, kept })
    }
}

/// Whatever a browser says when it cannot write.
fn refused(error: &JsValue) -> LocalError {
    let why = describe(error);
    if why.starts_with("QuotaExceeded") || why.starts_with("RangeError") {
        return full(&why);
    }
    LocalError::new(LocalErrorCode::StorageRefused, format!("The browser could not write the result: {why}."))
}

fn full(why: &str) -> LocalError {
    LocalError::new(LocalErrorCode::StorageFull, format!("The browser has no room for the result: {why}."))
}
