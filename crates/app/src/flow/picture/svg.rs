//! The picture as a file of text.

use std::fmt::Write;

use super::{INK, LINE, Mark, Picture, WIDTH};

/// An SVG document that needs nothing else, of this title.
pub(super) fn svg(picture: &Picture, title: &str) -> String {
    let height = picture.height;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\">\n<title>{}</title>\n",
        escaped(title)
    );
    for mark in &picture.marks {
        // Writing to a string does not fail.
        let _ = write(&mut text, mark);
    }
    text.push_str("</svg>\n");
    text
}

fn write(text: &mut String, mark: &Mark) -> std::fmt::Result {
    match mark {
        Mark::Bar([x, y, width, height], colour) => {
            writeln!(text, "<path fill=\"{colour}\" d=\"M{x} {y}h{width}v{height}h-{width}z\"/>")
        }
        Mark::Head(x, y, right) => {
            let back = if *right { "-" } else { "" };
            writeln!(text, "<path fill=\"{INK}\" d=\"M{x} {y}l{back}8 -5v10z\"/>")
        }
        Mark::Text { at: (x, y), font, colour, lines } => {
            write!(text, "<text y=\"{y}\" fill=\"{colour}\" style=\"font:{}\">", font.css())?;
            for (n, line) in lines.iter().enumerate() {
                let down = if n > 0 { LINE } else { 0 };
                write!(text, "<tspan x=\"{x}\" dy=\"{down}\">{} </tspan>", escaped(line))?;
            }
            writeln!(text, "</text>")
        }
    }
}

/// As text of XML, which some characters may not be in.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}
