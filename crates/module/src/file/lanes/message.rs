//! What travels between a worker and its lanes: an object `{ frame, … }`, `frame` being the JSON text of one of these.

use js_sys::{Object, Reflect};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;
use waxseal_api::LocalError;

use crate::file::segment::{Done, Segment};

/// Pairs a segment with what is said of it. Never used twice in a lane.
pub(super) type TaskId = u32;

/// To a lane.
#[derive(Serialize, Deserialize)]
pub(super) enum ToLane {
    /// Work on a segment of a file: the part of it that is attached as `file`, under the `CryptoKey` attached as `key`.
    Run { id: TaskId, segment: Segment },
    /// The segment is not wanted any more.
    Stop { id: TaskId },
}

/// From a lane.
#[derive(Serialize, Deserialize)]
pub(super) enum FromLane {
    /// The module has started.
    Ready,
    /// So many more bytes of the segment's input are done.
    Worked { id: TaskId, bytes: u64 },
    /// The segment is done, what came of it attached as `pieces` and the frames it kept, if it did, as `kept`; or it is not
    /// done, and why.
    Finished { id: TaskId, result: Result<Done, LocalError> },
}

/// A message to post.
pub(super) fn write<T: Serialize>(frame: &T, attached: &[(&str, &JsValue)]) -> Result<JsValue, JsValue> {
    let message = Object::new();
    let text = serde_json::to_string(frame).unwrap_or_default();
    Reflect::set(&message, &"frame".into(), &text.into())?;
    for (name, value) in attached {
        Reflect::set(&message, &(*name).into(), value)?;
    }
    Ok(message.into())
}

/// The frame of a message, if it is one.
pub(super) fn read<T: DeserializeOwned>(message: &JsValue) -> Option<T> {
    serde_json::from_str(&attached(message, "frame").as_string()?).ok()
}

/// What is attached to a message under this name.
pub(super) fn attached(message: &JsValue, name: &str) -> JsValue {
    Reflect::get(message, &name.into()).unwrap_or_default()
}
