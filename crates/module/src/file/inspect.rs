//! What a message says, without a key.

use js_sys::{Array, Uint8Array};
use waxseal_api::{LocalError, inspection::Inspection};
use waxseal_envelope::Inspector;

use super::{
    Gate, Meter,
    sink::{Output, Sink, Target},
    source::{Input, Source},
};

/// What is read at a time.
const SLICE: u64 = 1024 * 1024;
/// The most that is copied at a time; of the content nothing is.
const CHUNK: u32 = 16 * 1024;

/// Reads a file from front to back.
pub(super) async fn inspect(input: &Input, meter: &Meter, gate: &Gate) -> Result<Inspection, LocalError> {
    let mut inspector = Inspector::default();
    let mut source = Source::new(input, SLICE);
    while let Some(bytes) = source.next().await? {
        meter.add(bytes.length().into());
        show(&mut inspector, bytes);
        gate.pass().await;
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

/// The inspection as JSON.
pub(super) async fn write(inspection: &Inspection, target: Target) -> Result<Output, LocalError> {
    let text = serde_json::to_string(inspection).unwrap_or_default();
    // What is written is given away, and has no length any more.
    let length = text.len() as u64;
    let sink = Sink::open(target, length).await?;
    sink.write(0, &Array::of1(&Uint8Array::from(text.as_bytes()))).await?;
    sink.finish(length).await
}
