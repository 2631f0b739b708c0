//! What a file is, by its first bytes.

/// How many bytes are enough to tell.
pub(crate) const ENOUGH: u32 = 8;

/// What a file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing we know: something to encrypt.
    Other,
    /// The beginning of an AWS Encryption SDK message: something to decrypt.
    Message,
    /// Base64 text that begins like such a message.
    Base64Message,
}

/// Recognises an AWS Encryption SDK message. Version 2 begins with `02` and the two bytes of a committing suite
/// (`0478` or `0578`), version 1 with `01 80` and the two bytes of a suite. Source: "AWS Encryption SDK message format
/// reference" and "algorithms reference".
pub(crate) fn recognise(start: &[u8]) -> Kind {
    match start {
        [2, 4 | 5, 0x78, ..] | [1, 0x80, 0..=3, 0x14 | 0x46 | 0x78, ..] => Kind::Message,
        [b'A', b'g', b'R' | b'V', b'4', ..] | [b'A', b'Y', b'A', ..] => Kind::Base64Message,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(start: &[u8], kind: Kind) {
        assert_eq!(recognise(start), kind, "{start:02x?}");
    }

    #[test]
    fn messages() {
        check(b"\x02\x04\x78\x00", Kind::Message);
        check(b"\x02\x05\x78", Kind::Message);
        check(b"\x01\x80\x03\x78", Kind::Message);
        check(b"\x01\x80\x00\x14", Kind::Message);
    }

    #[test]
    fn messages_as_text() {
        check(b"AgR4AA==", Kind::Base64Message);
        check(b"AgV4", Kind::Base64Message);
        check(b"AYADeA", Kind::Base64Message);
    }

    #[test]
    fn other_files() {
        check(b"", Kind::Other);
        check(b"\x02", Kind::Other);
        check(b"\x02\x04", Kind::Other);
        check(b"PK\x03\x04", Kind::Other);
        check(b"\x02\x04\x79", Kind::Other);
        check(b"Again and again", Kind::Other);
    }
}
