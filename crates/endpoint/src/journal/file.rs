//! The state file: read once, appended to, and now and then written anew.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::{
    entry::Contents,
    frame::{self, Entries, HEADER, Line},
};

/// Entries of one frame of a file that is written anew, in bytes.
const FRAME_SIZE: usize = 1 << 20;
/// The file is written anew when it has more than doubled and grown by this many bytes.
const SLACK: u64 = 4 << 20;

/// Why a state file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system says no.
    #[error("{path}: {1}", path = .0.display())]
    Io(PathBuf, #[source] io::Error),
    /// Another endpoint has it.
    #[error("{}: another process is using this state file", .0.display())]
    InUse(PathBuf),
    /// It holds something else, or was written by a later version.
    #[error("{}: this is not a state file that this version can read", .0.display())]
    Foreign(PathBuf),
    /// It was changed, or the disk lost some of it.
    #[error("{path}: the state file is damaged in line {1}: {2}", path = .0.display())]
    Damaged(PathBuf, usize, String),
}

/// Keeps other processes from using a state file, for as long as it lives.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "the lock goes when the file is closed")] File);

/// An open state file. What is in it up to `length` is durable.
#[derive(Debug)]
pub(super) struct StateFile {
    path: PathBuf,
    file: File,
    length: u64,
    /// What `length` was when the file was last written anew.
    compact_length: u64,
}

impl Lock {
    /// Locks `FILE.lock`; the state file itself is replaced now and then.
    pub(super) fn take(path: &Path) -> Result<Self, FileError> {
        let path = beside(path, "lock");
        let file = private().write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(|error| FileError::Io(path.clone(), error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(FileError::InUse(path)),
            Err(TryLockError::Error(error)) => Err(FileError::Io(path, error)),
        }
    }
}

impl StateFile {
    /// Opens or makes the file and reads it. A frame at its end that was not finished is cut off.
    pub(super) fn open(path: &Path) -> Result<(Self, Contents), FileError> {
        let io = |error| FileError::Io(path.to_owned(), error);
        if fs::metadata(path).map_or(0, |found| found.len()) == 0 {
            let (file, length) = write_anew(path, Contents::default()).map_err(io)?;
            let this = Self { path: path.to_owned(), file, length, compact_length: length };
            return Ok((this, Contents::default()));
        }
        let mut file = private().read(true).write(true).open(path).map_err(io)?;
        let (contents, length) = read(path, &file)?;
        if file.metadata().map_err(io)?.len() > length {
            file.set_len(length).and_then(|()| file.sync_all()).map_err(io)?;
        }
        file.seek(SeekFrom::End(0)).map_err(io)?;
        Ok((Self { path: path.to_owned(), file, length, compact_length: length }, contents))
    }

    /// Makes entries durable; with `forget`, also leaves nothing of what they replace. After an error the file is as it
    /// was before, as far as the disk still obeys.
    pub(super) fn append(&mut self, entries: &Entries, forget: bool) -> Result<(), FileError> {
        let before = self.length;
        let result = self.write(entries).and_then(|written| {
            self.length = before + written;
            if forget || self.length > 2 * self.compact_length + SLACK { self.compact() } else { Ok(()) }
        });
        if result.is_err() && self.length >= before {
            // The error that is told is the first one.
            let _ = self.file.set_len(before).and_then(|()| self.file.sync_all());
        }
        result
    }

    fn write(&mut self, entries: &Entries) -> Result<u64, FileError> {
        let frame = entries.frame();
        let written = self.file.write_all(&frame).and_then(|()| self.file.sync_data());
        written.map(|()| frame.len() as u64).map_err(|error| FileError::Io(self.path.clone(), error))
    }

    /// Writes the file anew, without what is no longer true.
    fn compact(&mut self) -> Result<(), FileError> {
        let io = |error| FileError::Io(self.path.clone(), error);
        let file = File::open(&self.path).map_err(io)?;
        let (contents, _) = read(&self.path, &file)?;
        let (file, length) = write_anew(&self.path, contents).map_err(io)?;
        (self.file, self.length, self.compact_length) = (file, length, length);
        Ok(())
    }
}

/// What the file says, and how many of its bytes say it.
fn read(path: &Path, file: &File) -> Result<(Contents, u64), FileError> {
    let io = |error| FileError::Io(path.to_owned(), error);
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut header = Vec::new();
    reader.read_until(b'\n', &mut header).map_err(io)?;
    if header != HEADER {
        return Err(FileError::Foreign(path.to_owned()));
    }
    let (mut contents, mut length) = (Contents::default(), HEADER.len() as u64);
    for number in 2.. {
        let damaged = |why: String| FileError::Damaged(path.to_owned(), number, why);
        match frame::read(&mut reader).map_err(io)? {
            Line::Frame(entries, size) => {
                for entry in entries {
                    contents.apply(entry).map_err(|_| damaged("it names an unknown table".into()))?;
                }
                length += size;
            }
            Line::End | Line::Torn => break,
            Line::Damaged(why) => return Err(damaged(why)),
        }
    }
    Ok((contents, length))
}

/// Writes a new file beside the old one and puts it in its place. Returns the new file and its length.
fn write_anew(path: &Path, contents: Contents) -> io::Result<(File, u64)> {
    let beside = beside(path, "new");
    let file = private().read(true).write(true).create(true).truncate(true).open(&beside)?;
    let mut writer = BufWriter::with_capacity(1 << 16, &file);
    writer.write_all(HEADER)?;
    let mut length = HEADER.len();
    let mut entries = Entries::default();
    let mut rest = contents.entries().peekable();
    while let Some(entry) = rest.next() {
        entries.push(&entry?)?;
        if entries.len() >= FRAME_SIZE || rest.peek().is_none() {
            let frame = std::mem::take(&mut entries).frame();
            writer.write_all(&frame)?;
            length += frame.len();
        }
    }
    writer.flush()?;
    drop(writer);
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_folder(path)?;
    Ok((file, length as u64))
}

/// Makes the names in the file's folder durable.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// `FILE.<suffix>`
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

/// How files with secrets are made: readable for nobody else.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
