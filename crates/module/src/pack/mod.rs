//! Several files as one, so that their names, types and times travel inside the message: a tar archive that every `tar` opens.
//!
//! It is in the pax interchange format (POSIX.1-2017, "pax", extended header) and begins with a global header that marks it as
//! packed here: a user's own archive stays one. Sans-IO: this makes and reads what stands between the files' bytes.

mod name;
mod unpack;

#[cfg(test)]
mod tests;

use std::{io, mem};

use tar::{Builder, EntryType, Header};
use waxseal_api::job::PackedFile;

pub use name::safe_path;
pub use unpack::{Damaged, Unpacker};

/// Bytes in a block; headers and files begin at one.
const BLOCK: usize = 512;
/// The longest name in a header itself.
const NAME: usize = 100;
/// The longest file of which a header itself says the length, in 11 octal digits.
const MOST: u64 = 0o777_7777_7777;
/// What the archive begins with: a comment to all other programs.
const MARK: (&str, &[u8]) = ("comment", b"waxseal.contents=1");
/// The extended attribute that holds a file's media type. Source: freedesktop.org, "Guidelines for extended attributes".
const MEDIA_TYPE: &str = "SCHILY.xattr.user.mime_type";

/// What an archive begins with.
///
/// # Errors
/// None that is known: nothing is written but memory.
pub fn start() -> io::Result<Vec<u8>> {
    extension(EntryType::XGlobalHeader, "pax_global_header", &[MARK])
}

/// What stands before the bytes of a file.
///
/// # Errors
/// None that is known: nothing is written but memory.
pub fn head(file: &PackedFile) -> io::Result<Vec<u8>> {
    let path = safe_path(&file.path);
    let (modified, length) = (seconds(file.modified), file.length.to_string());
    let mut records = vec![("mtime", modified.as_bytes())];
    if path.len() > NAME || !path.is_ascii() {
        records.push(("path", path.as_bytes()));
    }
    if file.length > MOST {
        records.push(("size", length.as_bytes()));
    }
    if !file.media_type.is_empty() && !file.media_type.contains(char::is_control) {
        records.push((MEDIA_TYPE, file.media_type.as_bytes()));
    }
    let mut bytes = extension(EntryType::XHeader, "PaxHeaders", &records)?;
    bytes.extend_from_slice(header(&path, file).as_bytes());
    Ok(bytes)
}

/// How many zeros follow a file of this length.
pub fn padding(length: u64) -> usize {
    (length.wrapping_neg() % BLOCK as u64) as usize
}

/// What an archive ends with.
pub fn end() -> [u8; 2 * BLOCK] {
    [0; 2 * BLOCK]
}

/// A header of what is said about the next file, or about all. Only a program that does not know such headers sees its name.
fn extension(kind: EntryType, name: &str, records: &[(&str, &[u8])]) -> io::Result<Vec<u8>> {
    let mut builder = Builder::new(Vec::new());
    builder.append_pax_extensions(records.iter().copied())?;
    let mut bytes = mem::take(builder.get_mut());
    if let Some(block) = bytes.first_chunk_mut::<BLOCK>() {
        let mut header = Header::from_byte_slice(block).clone();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(kind);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_cksum();
        block.copy_from_slice(header.as_bytes());
    }
    Ok(bytes)
}

fn header(path: &str, file: &PackedFile) -> Header {
    let mut header = Header::new_ustar();
    let short = &path.as_bytes()[..path.floor_char_boundary(NAME)];
    header.as_old_mut().name[..short.len()].copy_from_slice(short);
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_size(file.length);
    header.set_mtime(u64::try_from(file.modified / 1000).unwrap_or_default());
    header.set_cksum();
    header
}

/// Milliseconds as pax writes times: `-1500` → `-1.500`.
fn seconds(milliseconds: i64) -> String {
    let (sign, amount) = (if milliseconds < 0 { "-" } else { "" }, milliseconds.unsigned_abs());
    format!("{sign}{}.{:03}", amount / 1000, amount % 1000)
}
