//! Where things stand in the picture: three lanes beside one another, as on the page, time downwards.

use waxseal_api::trace::{Lane, Role};

use super::{Font, INK, LINE, Mark, PAPER, Picture, SOFT, WIDTH};
use crate::{
    flow::{
        model::{Path, Piece, Scene, Story},
        text,
    },
    words::bytes,
};

/// From one lane to the next, and how much of that is free between them.
const LANE: u32 = 352;
const GAP: u32 = 56;
const MARGIN: u32 = 24;
/// So many letters fit into a lane.
const LETTERS: usize = 38;
/// What is seen of a thing's bytes.
pub(super) const FIRST: usize = 12;

/// A story drawn, with the first bytes of its things in their order where they may be seen, and what stands below the title.
pub(super) fn layout(story: &Story, first: &[Vec<u8>], below: &str) -> Picture {
    let mut first = first.iter();
    let mut marks = vec![
        text_mark((MARGIN, 44), Font::Title, INK, vec![text::TITLE.to_owned()]),
        text_mark((MARGIN, 70), Font::Plain, SOFT, vec![below.to_owned()]),
    ];
    for lane in [Lane::Service, Lane::App, Lane::Storage] {
        let at = (left(lane), 112);
        marks.push(text_mark(at, Font::Strong, INK, vec![text::lane(lane).to_owned()]));
    }
    let mut top = 144;
    for (n, scene) in story.scenes.iter().enumerate() {
        marks.push(Mark::Bar([MARGIN, top, WIDTH - 2 * MARGIN, 1], "#d9d2c4"));
        top = row(&mut marks, top, n, scene, &mut first) + 16;
    }
    // The wall, behind everything.
    marks.insert(0, Mark::Bar([LANE - GAP / 2 + MARGIN, 92, 3, top - 92], SOFT));
    marks.insert(0, Mark::Bar([0, 0, WIDTH, top + MARGIN], PAPER));
    Picture { height: top + MARGIN, marks }
}

/// Draws a step; returns where it ends.
fn row<'a>(
    marks: &mut Vec<Mark>,
    top: u32,
    n: usize,
    scene: &Scene,
    first: &mut impl Iterator<Item = &'a Vec<u8>>,
) -> u32 {
    let (words, things) = (scene.path.words(), scene.path.things());
    let mut lines = broken(&format!("{}. {}", n + 1, scene.sentence));
    if scene.crossed > 0 {
        lines.extend(broken(&text::crossing(scene.path, scene.crossed)));
    }
    let end = top + 8 + LINE * lines.len() as u32;
    marks.push(text_mark((left(words), top + 8 + LINE - 4), Font::Plain, INK, lines));
    if let Path::Across { from, to } = scene.path {
        arrow(marks, top + 8 + LINE / 2, from, to);
    }
    let mut below = if words == things { end + 4 } else { top + 8 };
    for piece in &scene.pieces {
        below = thing(marks, (left(things), below), piece, first.next().map_or(&[], Vec::as_slice));
    }
    end.max(below)
}

/// Draws a thing: its colour, its name, its length and how it begins. Returns where it ends.
fn thing(marks: &mut Vec<Mark>, (x, y): (u32, u32), piece: &Piece, first: &[u8]) -> u32 {
    let (colour, length) = (colour(piece.item.role), piece.item.length);
    let wiped = if piece.wiped { text::WIPED } else { "" };
    let words = broken(&format!("{}{wiped}, {}", piece.name, bytes(length)));
    let mut end = y + LINE * words.len() as u32;
    marks.push(text_mark((x + 14, y + LINE - 4), Font::Plain, colour, words));
    if !first.is_empty() {
        let groups: Vec<String> = first.chunks(4).map(hex).collect();
        let more = if (first.len() as u64) < length { " …" } else { "" };
        end += LINE;
        marks.push(text_mark(
            (x + 14, end - 5),
            Font::Bytes,
            SOFT,
            vec![format!("{}{more}", groups.join(" "))],
        ));
    }
    marks.push(Mark::Bar([x, y + 4, 6, end - y - 4], colour));
    end + 6
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Through the gap between two lanes.
fn arrow(marks: &mut Vec<Mark>, y: u32, from: Lane, to: Lane) {
    let (from, to) = (left(from), left(to));
    let start = from.max(to) - GAP + 8;
    let length = GAP - 20;
    marks.push(Mark::Bar([start, y - 1, length, 2], INK));
    marks.push(Mark::Head(if to > from { start + length + 4 } else { start - 4 }, y, to > from));
}

fn left(lane: Lane) -> u32 {
    let before = match lane {
        Lane::Service => 0,
        Lane::App => 1,
        Lane::Storage => 2,
    };
    MARGIN + before * LANE
}

/// The light colours of the style sheet's tokens.
fn colour(role: Role) -> &'static str {
    match role {
        Role::Plaintext => INK,
        Role::KmsKey => "#9c1c22",
        Role::ContentKey | Role::DataKey => "#8a5200",
        Role::EncryptedDataKey => "#8e3b46",
        Role::Ciphertext => "#42566a",
        Role::Authenticated => "#3f5a46",
    }
}

/// Whether a thing's bytes may be in the picture: not those of a key in the clear.
pub(super) fn shows(piece: &Piece) -> bool {
    !matches!(piece.item.role, Role::KmsKey | Role::DataKey | Role::ContentKey)
}

/// Broken into lines between words, and inside of those that are longer than a line.
fn broken(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for mut rest in text.split_whitespace() {
        let fits = |line: &&mut String| line.chars().count() + 1 + rest.chars().count() <= LETTERS;
        if let Some(line) = lines.last_mut().filter(fits) {
            line.push(' ');
            line.push_str(rest);
            continue;
        }
        while !rest.is_empty() {
            let end = rest.char_indices().nth(LETTERS).map_or(rest.len(), |(end, _)| end);
            let (line, more) = rest.split_at(end);
            lines.push(line.to_owned());
            rest = more;
        }
    }
    lines
}

fn text_mark(at: (u32, u32), font: Font, colour: &'static str, lines: Vec<String>) -> Mark {
    Mark::Text { at, font, colour, lines }
}
