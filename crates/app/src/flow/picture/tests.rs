use waxseal_api::trace::{Bytes, Item, Role, Step, Trace};

use super::*;
use crate::flow::model::Story;

fn story(steps: Vec<Step>) -> Story {
    Story::new(&Trace { steps }, None, &[])
}

fn request(operation: &str) -> Step {
    Step::Request { operation: operation.to_owned(), length: 142, context: Default::default() }
}

fn drawn(story: &Story, first: &[Vec<u8>]) -> String {
    svg::svg(&layout::layout(story, first, "2026-11-28"), "A & B")
}

/// The text of an SVG document.
fn told(svg: &str) -> String {
    let texts = svg.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
    texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_step_has_its_sentence_its_things_and_what_crosses() {
    let sealed = Item::here(Role::EncryptedDataKey, &[0xab; 184]);
    let key = Item { role: Role::DataKey, length: 32, bytes: Bytes::Reply("Plaintext".to_owned()) };
    let reply =
        Step::Reply { operation: "GenerateDataKey".to_owned(), length: 470, items: vec![key, sealed] };
    let story = story(vec![request("GenerateDataKey"), reply]);
    let svg = drawn(&story, &[Vec::new(), vec![0xab; 12]]);
    let told = told(&svg);
    for scene in &story.scenes {
        assert!(told.contains(&scene.sentence), "{} is not in {told}", scene.sentence);
    }
    for part in [
        "142 bytes cross the wall, inwards.",
        "data key, 32 bytes",
        "encrypted data key, 184 bytes",
        "abababab abababab abababab …",
        "A &amp; B",
        "2026-11-28",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
}

#[test]
fn names_from_outside_stay_text_and_inside_their_lane() {
    let name = format!("<script>&\u{1}{}", "x".repeat(90));
    let item = Item::withheld(Role::Plaintext, 5);
    let story = story(vec![Step::FileOpened { name, item, packed: 0 }]);
    let picture = layout::layout(&story, &[], "");
    for mark in &picture.marks {
        if let Mark::Text { lines, .. } = mark {
            assert!(lines.iter().all(|line| line.chars().count() <= 38), "{lines:?}");
        }
    }
    let svg = drawn(&story, &[]);
    assert!(svg.contains("&lt;script&gt;&amp;\u{fffd}xxx") && !svg.contains("<script"), "{svg}");
}

#[test]
fn no_mark_is_outside_of_the_picture_and_no_two_texts_meet() {
    let item = |role| Item::here(role, &[7; 64]);
    let (input, output) = (item(Role::Plaintext), item(Role::Ciphertext));
    let step = Step::Encrypted {
        key_arn: "arn".to_owned(),
        key_material_id: "id".to_owned(),
        context: Default::default(),
        input,
        output,
    };
    let picture = layout::layout(&story(vec![request("Encrypt"), step]), &vec![vec![7; 12]; 2], "");
    let mut taken: Vec<(u32, u32)> = Vec::new();
    for mark in &picture.marks {
        let Mark::Text { at: (x, y), lines, .. } = mark else { continue };
        assert!(y + LINE * (lines.len() as u32 - 1) < picture.height && *x < WIDTH);
        for n in 0..lines.len() as u32 {
            let place = (*x / 352, y + LINE * n);
            assert!(
                taken.iter().all(|(lane, at)| *lane != place.0 || at.abs_diff(place.1) >= 15),
                "{place:?}"
            );
            taken.push(place);
        }
    }
}

#[test]
fn keys_in_the_clear_are_left_out() {
    let items = [Role::KmsKey, Role::DataKey, Role::ContentKey, Role::Ciphertext]
        .map(|role| Item::here(role, &[1; 32]));
    let step = Step::Reply { operation: "GenerateDataKey".to_owned(), length: 9, items: items.to_vec() };
    let shown: Vec<bool> = story(vec![step]).scenes[0].pieces.iter().map(layout::shows).collect();
    assert_eq!(shown, [false, false, false, true]);
}
