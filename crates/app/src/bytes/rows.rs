//! Bytes as rows of a table, without a string per byte.

/// Bytes in a row: two groups of four, so that a row fits a narrow screen.
pub(crate) const PER_ROW: usize = 8;
/// Bytes shown at first.
pub(crate) const PREVIEW: u64 = 32;
/// Bytes on a page when all are wanted.
pub(crate) const PAGE: u64 = 256;

/// The two hexadecimal digits of a byte. Borrowed from a table, so that showing a secret leaves no copies of it.
pub(crate) fn hex(byte: u8) -> &'static str {
    const TABLE: [u8; 512] = table();
    static DIGITS: [u8; 512] = TABLE;
    let at = usize::from(byte) * 2;
    std::str::from_utf8(&DIGITS[at..at + 2]).unwrap_or_default()
}

const fn table() -> [u8; 512] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut table = [0; 512];
    let mut byte = 0;
    while byte < 256 {
        table[byte * 2] = DIGITS[byte >> 4];
        table[byte * 2 + 1] = DIGITS[byte & 15];
        byte += 1;
    }
    table
}

/// A byte as a character where it is one that can be printed in ASCII, else a middle dot.
pub(crate) fn character(byte: u8) -> char {
    if byte.is_ascii_graphic() || byte == b' ' { byte.into() } else { '·' }
}

/// The text column of a row.
pub(crate) fn characters(row: &[u8]) -> String {
    row.iter().map(|byte| character(*byte)).collect()
}

/// An offset in the margin, as wide as the largest one needs: at least four hexadecimal digits.
pub(crate) fn offset(at: u64, length: u64) -> String {
    let digits = length.max(1).ilog(16) as usize + 1;
    format!("{at:0width$x}", width = digits.max(4))
}

/// Which bytes are in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    /// Bytes in all.
    pub(crate) length: u64,
    /// The first byte in sight.
    pub(crate) from: u64,
    /// Whether all are wanted, page by page, and not only the first few.
    pub(crate) all: bool,
}

impl Window {
    /// The first few bytes.
    pub(crate) fn preview(length: u64) -> Self {
        Self { length, from: 0, all: false }
    }

    /// All of them, from the beginning.
    pub(crate) fn open(self) -> Self {
        Self { from: 0, all: true, ..self }
    }

    /// How many bytes are in sight.
    pub(crate) fn len(self) -> u64 {
        let most = if self.all { PAGE } else { PREVIEW };
        most.min(self.length.saturating_sub(self.from))
    }

    /// The part of all the bytes that is in sight.
    pub(crate) fn of(self, all: &[u8]) -> &[u8] {
        let from = usize::try_from(self.from).unwrap_or(usize::MAX).min(all.len());
        let length = usize::try_from(self.len()).unwrap_or(usize::MAX).min(all.len() - from);
        &all[from..from + length]
    }

    /// Whether there are bytes that only a larger window shows.
    pub(crate) fn hides_some(self) -> bool {
        !self.all && self.length > PREVIEW
    }

    /// The page after this one.
    pub(crate) fn next(self) -> Option<Self> {
        let from = self.from + PAGE;
        (self.all && from < self.length).then_some(Self { from, ..self })
    }

    /// The page before this one.
    pub(crate) fn back(self) -> Option<Self> {
        (self.all && self.from > 0).then(|| Self { from: self.from.saturating_sub(PAGE), ..self })
    }

    /// The last page.
    pub(crate) fn end(self) -> Self {
        Self { from: self.length.saturating_sub(1) / PAGE * PAGE, all: true, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_two_digits() {
        for byte in 0..=u8::MAX {
            assert_eq!(hex(byte), format!("{byte:02x}"));
        }
    }

    #[test]
    fn what_cannot_be_printed_is_a_dot() {
        assert_eq!(characters(b"PK\x03\x04 \x7f\xff"), "PK·· ··");
    }

    #[test]
    fn offsets_are_as_wide_as_the_last_one() {
        assert_eq!(offset(0, 32), "0000");
        assert_eq!(offset(256, 52_428_800), "0000100");
        assert_eq!(offset(0xffff, 0xffff), "ffff");
        assert_eq!(offset(0, 0), "0000");
    }

    #[test]
    fn a_small_thing_is_shown_whole() {
        let window = Window::preview(32);
        assert!(!window.hides_some());
        assert_eq!(window.len(), 32);
        assert_eq!(Window::preview(0).len(), 0);
        assert_eq!(Window::preview(3).of(b"abc"), b"abc");
        assert!(Window::preview(3).of(b"").is_empty());
    }

    #[test]
    fn pages_cover_everything_once() {
        for length in [33, 256, 257, 1000] {
            let mut window = Window::preview(length).open();
            let mut seen = window.len();
            while let Some(next) = window.next() {
                assert_eq!(next.from, seen);
                seen += next.len();
                window = next;
            }
            assert_eq!(seen, length);
            assert_eq!(window, window.end());
            while let Some(back) = window.back() {
                window = back;
            }
            assert_eq!(window.from, 0);
        }
    }
}
