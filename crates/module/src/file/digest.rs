//! Bytes on the JavaScript side, on their way to the digest of a signed message.

use std::cell::RefCell;

use js_sys::Uint8Array;

/// What takes the frames of a message as they are in it, byte after byte; nothing when the message is not signed.
pub(super) type Digest<'a> = Option<&'a dyn Fn(&Uint8Array)>;

/// The most bytes that are copied at a time.
const CHUNK: u32 = 64 * 1024;

/// Copies bytes and hands them on. Whatever their number, few of them are in memory here.
pub(super) fn copying(take: impl FnMut(&[u8])) -> impl Fn(&Uint8Array) {
    let inner = RefCell::new((vec![0; CHUNK as usize], take));
    move |bytes| {
        let (buffer, take) = &mut *inner.borrow_mut();
        let mut rest = bytes.clone();
        while rest.length() > 0 {
            let length = rest.length().min(CHUNK);
            let Some(chunk) = buffer.get_mut(..length as usize) else { return };
            rest.subarray(0, length).copy_to(chunk);
            take(chunk);
            rest = rest.subarray(length, rest.length());
        }
    }
}
