//! What a message says, without a key.

use js_sys::{Array, Uint8Array};
use waxseal_api::{Failure, LocalError, LocalErrorCode, inspection::Inspection};
use waxseal_envelope::Inspector;
use web_sys::Blob;

use super::{Meter, source::Source};

/// What is read at a time.
const SLICE: u64 = 1024 * 1024;
/// The most that is copied at a time; of the content nothing is.
const CHUNK: u32 = 16 * 1024;

/// Reads a file from front to back.
pub(super) async fn inspect(file: &Blob, meter: &Meter) -> Result<Inspection, LocalError> {
    let mut inspector = Inspector::default();
    let mut source = Source::new(file, SLICE);
    while let Some(bytes) = source.next().await? {
        meter.add(bytes.length().into());
        show(&mut inspector, bytes);
    }
    Ok(inspector.finish())
}

fn show(inspector: &mut Inspector, mut bytes: Uint8Array) {
    while bytes.length() > 0 {
        let length = bytes.length();
        let passed = inspector.passes().min(length.into()) as u32;
        inspector.pass(passed.into());
        let end = passed.saturating_add(CHUNK).min(length);
        inspector.feed(&bytes.subarray(passed, end).to_vec());
        bytes = bytes.subarray(end, length);
    }
}

/// The inspection as a file of JSON.
pub(super) fn as_file(inspection: &Inspection) -> Result<Blob, Failure> {
    let text = serde_json::to_string(inspection).unwrap_or_default();
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into()));
    blob.map_err(|_| {
        LocalError::new(LocalErrorCode::StorageFull, "The browser has no room for the result.").into()
    })
}
