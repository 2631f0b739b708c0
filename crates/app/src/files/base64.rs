//! A file of base64 text, as the bytes that it means.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::{recognise::recognise, state::Picked};
use crate::components::dom;

/// Decodes a file. White space is skipped.
///
/// # Errors
/// When the browser cannot read the file, or it is not base64 after all.
pub(crate) async fn decoded(file: &File) -> Result<Picked<File>, JsValue> {
    let text = JsFuture::from(file.text()).await?.as_string().unwrap_or_default();
    let window = dom::window().ok_or(JsValue::UNDEFINED)?;
    // `atob` gives one character for each byte.
    let bytes: Vec<u8> = window.atob(&text)?.chars().map(|byte| byte as u8).collect();
    let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
    let name = name(&file.name());
    let file = File::new_with_u8_array_sequence(&parts, &name)?;
    Ok(Picked::new(file, name, bytes.len() as u64, recognise(&bytes)))
}

/// A name without what says that it is text.
fn name(of_text: &str) -> String {
    let endings = [".txt", ".b64", ".base64"];
    let name = endings.iter().find_map(|ending| of_text.strip_suffix(ending)).filter(|name| !name.is_empty());
    name.unwrap_or(of_text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_says_text() {
        for (text, expected) in
            [("a.esdk.b64", "a.esdk"), ("a.txt", "a"), (".b64", ".b64"), ("a.esdk", "a.esdk")]
        {
            assert_eq!(name(text), expected);
        }
    }
}
