//! The story as a picture to take along: all steps at once, in light colours, as SVG or PNG.
//!
//! Both are made of the same few marks, so that a PNG needs no image that would have to be loaded, which the page's policy
//! forbids. No key in the clear is ever in it, not even one that is being watched.

mod layout;
mod svg;
mod take;

pub(super) use take::{Format, take_along};

use layout::layout;
use svg::svg;

/// What is drawn, over paper, from the back to the front.
#[derive(Debug, Clone, PartialEq)]
struct Picture {
    /// How high it is; it is [`WIDTH`] wide.
    height: u32,
    marks: Vec<Mark>,
}

/// Something that is drawn.
#[derive(Debug, Clone, PartialEq)]
enum Mark {
    /// A filled rectangle, or a line as one: x, y, width and height.
    Bar([u32; 4], &'static str),
    /// The head of an arrow that points left or right: its point.
    Head(u32, u32, bool),
    /// Lines of text, the first with its baseline there.
    Text { at: (u32, u32), font: Font, colour: &'static str, lines: Vec<String> },
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Font {
    Title,
    Strong,
    Plain,
    Bytes,
}

impl Font {
    /// As style sheets write it.
    fn css(self) -> &'static str {
        match self {
            Self::Title => "600 22px sans-serif",
            Self::Strong => "600 15px sans-serif",
            Self::Plain => "15px sans-serif",
            Self::Bytes => "12px monospace",
        }
    }
}

/// In pixels, like all lengths here.
const WIDTH: u32 = 1080;
/// From one line of text to the next.
const LINE: u32 = 20;
const PAPER: &str = "#fbf9f4";
const INK: &str = "#211d19";
const SOFT: &str = "#5e564d";

#[cfg(test)]
mod tests;
