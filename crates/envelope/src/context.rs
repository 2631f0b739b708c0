//! The encryption context as bytes.

use waxseal_api::types::EncryptionContext;

use crate::{
    error::Error,
    header::{Stop, put_field},
    reader::{Form, Reader, Short},
};

/// What the keys begin with that the format keeps for itself.
const RESERVED_PREFIX: &str = "aws-crypto-";
/// Under this key, signed messages carry the key that verifies them.
pub(crate) const PUBLIC_KEY: &str = "aws-crypto-public-key";

const DAMAGED: Error = Error::Malformed { what: "its encryption context is not a list of pairs of text" };

/// Whether a caller may give this context to a new message.
///
/// # Errors
/// [`Error::ReservedContextKey`], [`Error::EmptyContextKey`], [`Error::ContextTooLarge`].
pub(crate) fn check(context: &EncryptionContext) -> Result<(), Error> {
    if let Some(key) = context.keys().find(|key| key.starts_with(RESERVED_PREFIX)) {
        return Err(Error::ReservedContextKey { key: key.clone() });
    }
    if context.contains_key("") {
        return Err(Error::EmptyContextKey);
    }
    write(context).map(drop)
}

/// Nothing when empty; otherwise the number of pairs, and each key and value as a field, sorted by the bytes of the
/// keys. At most 65,535 bytes.
pub(crate) fn write(context: &EncryptionContext) -> Result<Vec<u8>, Error> {
    if context.is_empty() {
        return Ok(Vec::new());
    }
    let pairs = u16::try_from(context.len()).map_err(|_| Error::ContextTooLarge)?;
    let mut bytes = pairs.to_be_bytes().to_vec();
    for text in context.iter().flat_map(|(key, value)| [key, value]) {
        put_field(&mut bytes, text.as_bytes()).map_err(|_| Error::ContextTooLarge)?;
    }
    if bytes.len() > u16::MAX.into() { Err(Error::ContextTooLarge) } else { Ok(bytes) }
}

/// The reverse of [`write`], with its length in two bytes before it. The order of the pairs is not insisted on; a key that
/// comes twice is refused.
pub(crate) fn read(reader: &mut Reader<'_>) -> Result<EncryptionContext, Stop> {
    let length = reader.u16()?;
    reader.mark("aadLength", Form::Number);
    if length == 0 {
        return Ok(EncryptionContext::new());
    }
    let pairs = reader.within(length.into(), pairs)?.ok_or(DAMAGED)?;
    let mut context = EncryptionContext::new();
    for (key, value) in pairs {
        if context.insert(text(key)?, text(value)?).is_some() {
            return Err(Error::Malformed { what: "a key comes twice in its encryption context" }.into());
        }
    }
    if context.is_empty() { Err(DAMAGED.into()) } else { Ok(context) }
}

type Pair<'a> = (&'a [u8], &'a [u8]);

fn pairs<'a>(reader: &mut Reader<'a>) -> Result<Vec<Pair<'a>>, Short> {
    let count = reader.u16()?;
    reader.mark("aadPairCount", Form::Number);
    let pair = |_| {
        let key = reader.field(["aadKeyLength", "aadKey"], Form::Text)?;
        Ok((key, reader.field(["aadValueLength", "aadValue"], Form::Text)?))
    };
    (0..count).map(pair).collect()
}

fn text(bytes: &[u8]) -> Result<String, Error> {
    String::from_utf8(bytes.to_vec()).map_err(|_| DAMAGED)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From bytes without their length.
    fn read(bytes: &[u8]) -> Result<EncryptionContext, Error> {
        let mut field = Vec::new();
        put_field(&mut field, bytes).unwrap();
        super::read(&mut Reader::new(&field)).map_err(|stop| match stop {
            Stop::Refused(error) => error,
            Stop::Short(short) => panic!("{short:?}"),
        })
    }

    fn context(pairs: &[(&str, &str)]) -> EncryptionContext {
        pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect()
    }

    #[test]
    fn sorted_by_bytes() {
        let pairs = [("\u{1f511}", "astral"), ("a", ""), ("B", "x"), ("\u{ffff}", "bmp")];
        let bytes = write(&context(&pairs)).unwrap();
        assert_eq!(hex::encode(&bytes[..15]), "00040001420001780001610000".to_owned() + "0003");
        assert_eq!(read(&bytes).unwrap(), context(&pairs));
        assert_eq!(write(&context(&[])).unwrap(), b"");
    }

    #[track_caller]
    fn check_refused(pairs: &[(&str, &str)], error: Error) {
        assert_eq!(check(&context(pairs)), Err(error));
    }

    #[test]
    fn contexts_that_cannot_be_given() {
        let key = "aws-crypto-public-key";
        check_refused(&[(key, "x")], Error::ReservedContextKey { key: key.into() });
        check_refused(&[("", "x")], Error::EmptyContextKey);
        check_refused(&[("k", &"v".repeat(65_535 - 6))], Error::ContextTooLarge);
        check_refused(&[("k", &"v".repeat(65_536))], Error::ContextTooLarge);
        assert_eq!(check(&context(&[("k", &"v".repeat(65_535 - 7))])), Ok(()));
    }

    #[test]
    fn bytes_that_are_no_context() {
        for bytes in ["00", "0000", "0001", "000100016b", "000100016b000176ff", "00010001ff000176"] {
            assert_eq!(read(&hex::decode(bytes).unwrap()), Err(DAMAGED), "{bytes}");
        }
        let twice = hex::decode("000200016b000176".to_owned() + "00016b000177").unwrap();
        assert!(matches!(read(&twice), Err(Error::Malformed { .. })));
    }
}
