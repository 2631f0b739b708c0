//! Makes the picture in the browser and hands it over to be saved.

use std::rc::Rc;

use js_sys::{Array, Date, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

use super::{INK, LINE, Mark, Picture, WIDTH, layout, svg};
use crate::{
    bytes::{Source, Sources, read},
    components::dom,
    flow::{model::Story, text},
};

/// What it can be taken along as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::flow) enum Format {
    Svg,
    Png,
}

/// A PNG has so many pixels for one of the picture, and browsers draw none that is higher than this.
const SHARPNESS: f64 = 2.0;
const HIGHEST: f64 = 16_000.0;

/// Has the browser save the picture of a story; none if it cannot.
pub(in crate::flow) async fn take_along(story: Rc<Story>, sources: Sources, format: Format) -> Option<()> {
    let time = String::from(Date::new_0().to_iso_string());
    let mut first = Vec::new();
    for piece in story.scenes.iter().flat_map(|scene| &scene.pieces) {
        let wanted = (layout::FIRST as u64).min(piece.item.length);
        first.push(match sources.of(&piece.item) {
            _ if !layout::shows(piece) => Vec::new(),
            Source::Here(blob) => blob.as_bytes().iter().take(layout::FIRST).copied().collect(),
            Source::File(file, offset) => read(&file, offset, wanted).await.unwrap_or_default(),
            Source::DataKey(_) | Source::Withheld => Vec::new(),
        });
    }
    let title = text::picture(&story, time.get(..16).unwrap_or(&time));
    let picture = layout::layout(&story, &first, &title);
    let (blob, name) = match format {
        Format::Svg => {
            let parts = Array::of1(&JsValue::from(svg::svg(&picture, &title)));
            (Blob::new_with_str_sequence(&parts).ok()?, "flow.svg")
        }
        Format::Png => (png(&picture).await?, "flow.png"),
    };
    dom::hand_over(name, &blob)
}

/// The picture in pixels.
async fn png(picture: &Picture) -> Option<Blob> {
    let canvas: HtmlCanvasElement = dom::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    let sharpness = SHARPNESS.min(HIGHEST / f64::from(picture.height));
    canvas.set_width((f64::from(WIDTH) * sharpness) as u32);
    canvas.set_height((f64::from(picture.height) * sharpness) as u32);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.scale(sharpness, sharpness).ok()?;
    for mark in &picture.marks {
        draw(&pen, mark)?;
    }
    let made = Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move |blob: JsValue| resolve.call1(&JsValue::NULL, &blob));
        // Without an answer the promise would not end.
        if canvas.to_blob(done.unchecked_ref()).is_err() {
            let _ = done.unchecked_ref::<js_sys::Function>().call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}

fn draw(pen: &CanvasRenderingContext2d, mark: &Mark) -> Option<()> {
    match mark {
        Mark::Bar(sides, colour) => {
            let [x, y, width, height] = sides.map(f64::from);
            pen.set_fill_style_str(colour);
            pen.fill_rect(x, y, width, height);
        }
        Mark::Head(x, y, right) => {
            let (x, y) = (f64::from(*x), f64::from(*y));
            let back = if *right { x - 8.0 } else { x + 8.0 };
            pen.set_fill_style_str(INK);
            pen.begin_path();
            pen.move_to(x, y);
            pen.line_to(back, y - 5.0);
            pen.line_to(back, y + 5.0);
            pen.fill();
        }
        Mark::Text { at: (x, y), font, colour, lines } => {
            pen.set_font(font.css());
            pen.set_fill_style_str(colour);
            for (n, line) in lines.iter().enumerate() {
                pen.fill_text(line, f64::from(*x), f64::from(*y + LINE * n as u32)).ok()?;
            }
        }
    }
    Some(())
}
