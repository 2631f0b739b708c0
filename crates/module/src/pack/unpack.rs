//! Which files an archive has, and where.

use std::ops::Range;

use tar::{EntryType, Header, PaxExtensions};
use waxseal_api::job::PackedFile;

use super::{BLOCK, MEDIA_TYPE, padding, safe_path, start};

/// The longest that is said about one file.
const MOST_SAID: u64 = 1 << 20;

/// The archive begins as one that was packed here, but does not go on like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the archive of names and files inside cannot be read")]
pub struct Damaged;

/// Walks over an archive from header to header. Whoever has its bytes reads what it [wants](Self::wants).
#[derive(Debug)]
pub struct Unpacker {
    /// Bytes of the archive.
    length: u64,
    at: u64,
    /// How long is what is said about the next file, when that comes next; otherwise a header does.
    said: Option<u64>,
    next: Said,
    found: Vec<(PackedFile, u64)>,
    ended: bool,
}

/// What an extended header says about the file after it.
#[derive(Debug, Default)]
struct Said {
    path: Option<String>,
    length: Option<u64>,
    modified: Option<i64>,
    media_type: String,
}

impl Unpacker {
    /// For an archive that begins with these bytes and has so many; none for one that was not packed here.
    pub fn new(beginning: &[u8], length: u64) -> Option<Self> {
        let start = start().ok().filter(|start| beginning.starts_with(start))?;
        let (next, found) = (Said::default(), Vec::new());
        Some(Self { length, at: start.len() as u64, said: None, next, found, ended: false })
    }

    /// How many bytes have to be there to know that an archive was packed here.
    pub fn enough() -> u64 {
        2 * BLOCK as u64
    }

    /// Which bytes to read next; none at the end.
    pub fn wants(&self) -> Option<Range<u64>> {
        (!self.ended).then(|| self.at..self.at + self.said.unwrap_or(BLOCK as u64))
    }

    /// Takes the bytes that were wanted.
    ///
    /// # Errors
    /// [`Damaged`] when they are not what has to come next, or fewer.
    pub fn read(&mut self, bytes: &[u8]) -> Result<(), Damaged> {
        match self.said.take() {
            Some(length) if bytes.len() as u64 == length => {
                self.next = Said::read(bytes)?;
                self.at += length + padding(length) as u64;
                Ok(())
            }
            Some(_) => Err(Damaged),
            None => self.header(bytes.first_chunk().ok_or(Damaged)?),
        }
    }

    fn header(&mut self, block: &[u8; BLOCK]) -> Result<(), Damaged> {
        if block.iter().all(|byte| *byte == 0) {
            self.ended = self.at + super::end().len() as u64 == self.length;
            return if self.ended { Ok(()) } else { Err(Damaged) };
        }
        let header = Header::from_byte_slice(block);
        if !is_whole(header) {
            return Err(Damaged);
        }
        self.at += BLOCK as u64;
        let length = header.entry_size().map_err(|_| Damaged)?;
        match header.entry_type() {
            EntryType::XHeader if length <= MOST_SAID => {
                self.said = Some(length);
                Ok(())
            }
            EntryType::Regular => self.file(header, length),
            _ => Err(Damaged),
        }
    }

    fn file(&mut self, header: &Header, length: u64) -> Result<(), Damaged> {
        let said = std::mem::take(&mut self.next);
        let named = || String::from_utf8_lossy(&header.path_bytes()).into_owned();
        let changed =
            || header.mtime().ok().and_then(|seconds| i64::try_from(seconds).ok()?.checked_mul(1000));
        let file = PackedFile {
            path: safe_path(&said.path.unwrap_or_else(named)),
            length: said.length.unwrap_or(length),
            media_type: said.media_type,
            modified: said.modified.or_else(changed).unwrap_or_default(),
        };
        let (at, length) = (self.at, file.length);
        let end = at.checked_add(length).and_then(|end| end.checked_add(padding(length) as u64));
        self.at = end.filter(|end| *end < self.length).ok_or(Damaged)?;
        self.found.push((file, at));
        Ok(())
    }

    /// The files, in their order, each with the offset of its first byte.
    ///
    /// # Errors
    /// [`Damaged`] before the end.
    pub fn finish(self) -> Result<Vec<(PackedFile, u64)>, Damaged> {
        if self.ended { Ok(self.found) } else { Err(Damaged) }
    }
}

/// Whether a header has the checksum of what it says.
fn is_whole(header: &Header) -> bool {
    let mut again = header.clone();
    again.set_cksum();
    matches!((header.cksum(), again.cksum()), (Ok(said), Ok(made)) if said == made)
}

impl Said {
    fn read(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut said = Self::default();
        for record in PaxExtensions::new(bytes) {
            let record = record.map_err(|_| Damaged)?;
            let value = record.value().map_err(|_| Damaged)?;
            match record.key() {
                Ok("path") => said.path = Some(value.to_owned()),
                Ok("size") => said.length = Some(value.parse().map_err(|_| Damaged)?),
                Ok("mtime") => said.modified = Some(milliseconds(value).ok_or(Damaged)?),
                Ok(MEDIA_TYPE) => value.clone_into(&mut said.media_type),
                _ => {}
            }
        }
        Ok(said)
    }
}

/// A time as pax writes it, in seconds with a fraction, which is cut off after the milliseconds.
fn milliseconds(text: &str) -> Option<i64> {
    let (sign, amount) = text.strip_prefix('-').map_or((1, text), |amount| (-1, amount));
    let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
    let digits = fraction.chars().chain(std::iter::repeat('0')).take(3);
    let thousandths =
        digits.map(|digit| digit.to_digit(10)).try_fold(0, |all, digit| Some(all * 10 + digit?))?;
    let whole = whole.parse::<i64>().ok().filter(|whole| *whole >= 0)?.checked_mul(1000)?;
    Some(sign * whole.checked_add(thousandths.into())?)
}
