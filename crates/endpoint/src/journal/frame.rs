//! A frame: a line of the state file, written and made durable as one.
//!
//! Eight hexadecimal digits, the CRC-32 of what follows them; a space; a JSON list of entries; a line feed. JSON text has
//! no line feeds of its own, so a frame ends where its line ends.

use std::io::{self, BufRead};

use zeroize::Zeroizing;

use super::entry::Entry;

/// The first line of every state file.
pub(super) const HEADER: &[u8] = b"waxseal state 1\n";

/// Entries as they will stand in a frame. Erased when dropped, as they hold key material.
#[derive(Debug, Default)]
pub(super) struct Entries(Zeroizing<Vec<u8>>);

impl Entries {
    /// Adds an entry.
    pub(super) fn push(&mut self, entry: &Entry) -> serde_json::Result<()> {
        self.append(&Self(Zeroizing::new(serde_json::to_vec(entry)?)));
        Ok(())
    }

    /// Adds others behind these.
    pub(super) fn append(&mut self, others: &Self) {
        self.reserve(others.len() + 1);
        if !self.is_empty() && !others.is_empty() {
            self.0.push(b',');
        }
        self.0.extend_from_slice(&others.0);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Bytes of text.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The frame that holds them.
    pub(super) fn frame(&self) -> Zeroizing<Vec<u8>> {
        let checksum = checksum(&[b"[", &self.0, b"]"]);
        let mut frame = Zeroizing::new(Vec::with_capacity(self.0.len() + 12));
        for part in [checksum.as_bytes(), b" [", &self.0, b"]\n"] {
            frame.extend_from_slice(part);
        }
        frame
    }

    /// Grows without leaving a copy behind.
    fn reserve(&mut self, more: usize) {
        if self.0.capacity() - self.0.len() < more {
            let mut larger = Zeroizing::new(Vec::with_capacity((self.0.len() + more) * 2));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
    }
}

/// What stands at a place of the file.
#[derive(Debug)]
pub(super) enum Line {
    /// A whole frame of this many bytes.
    Frame(Vec<Entry>, u64),
    /// Nothing more.
    End,
    /// Something else, without anything behind it: a frame that was not finished.
    Torn,
    /// Something else, with more behind it: damage.
    Damaged(String),
}

/// Reads the next frame.
pub(super) fn read(file: &mut impl BufRead) -> io::Result<Line> {
    let mut line = Zeroizing::new(Vec::new());
    let length = file.read_until(b'\n', &mut line)? as u64;
    if length == 0 {
        return Ok(Line::End);
    }
    let Some(text) = whole(&line) else {
        let last = file.fill_buf()?.is_empty();
        return Ok(if last { Line::Torn } else { Line::Damaged("its checksum does not match".into()) });
    };
    Ok(match serde_json::from_slice(text) {
        Ok(entries) => Line::Frame(entries, length),
        Err(error) => Line::Damaged(error.to_string()),
    })
}

/// The JSON of a line whose checksum matches.
fn whole(line: &[u8]) -> Option<&[u8]> {
    let (sum, rest) = line.split_at_checked(8)?;
    let text = rest.strip_prefix(b" ")?.strip_suffix(b"\n")?;
    (checksum(&[text]).as_bytes() == sum).then_some(text)
}

fn checksum(parts: &[&[u8]]) -> String {
    let mut hasher = crc32fast::Hasher::new();
    parts.iter().for_each(|part| hasher.update(part));
    format!("{:08x}", hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(ahead: i64) -> Vec<u8> {
        let mut entries = Entries::default();
        entries.push(&Entry::Clock(ahead)).unwrap();
        entries.push(&Entry::Reset).unwrap();
        entries.frame().to_vec()
    }

    #[test]
    fn a_frame_is_a_line_with_its_checksum() {
        assert_eq!(String::from_utf8(frame(7)).unwrap(), "4348f7f8 [{\"clock\":7},\"reset\"]\n");
    }

    #[test]
    fn every_cut_is_seen_as_torn_and_every_flip_as_not_whole() {
        let whole = frame(7);
        for cut in 1..whole.len() {
            assert!(matches!(read(&mut &whole[..cut]).unwrap(), Line::Torn), "cut at {cut}");
        }
        for place in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[place] ^= 0x10;
            assert!(!matches!(read(&mut &flipped[..]).unwrap(), Line::Frame(..)), "flipped at {place}");
        }
    }

    #[test]
    fn what_is_not_last_is_not_torn_but_damaged() {
        let mut two = [frame(7), frame(8)].concat();
        assert!(matches!(read(&mut &two[..]).unwrap(), Line::Frame(entries, _) if entries.len() == 2));
        two[12] ^= 1;
        assert!(matches!(read(&mut &two[..]).unwrap(), Line::Damaged(_)));
    }
}
