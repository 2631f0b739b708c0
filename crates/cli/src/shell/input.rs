//! What commands read.

use std::rc::Rc;

/// Bytes to be read, and how many have been.
#[derive(Clone)]
pub(super) struct Input {
    bytes: Rc<[u8]>,
    at: usize,
}

impl Input {
    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    /// The next line without its end, and whether it had one; None at the end.
    pub(super) fn line(&mut self) -> Option<(String, bool)> {
        let line = self.rest().split_inclusive(|b| *b == b'\n').next()?;
        let (text, whole) = line.strip_suffix(b"\n").map_or((line, false), |line| (line, true));
        let (text, length) = (String::from_utf8_lossy(text).into_owned(), line.len());
        self.at += length;
        Some((text, whole))
    }
}

impl From<Vec<u8>> for Input {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes: bytes.into(), at: 0 }
    }
}
