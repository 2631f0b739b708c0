//! The whole story as three lanes. It is one numbered list: the style sheet makes a drawing of it, a screen reader and a
//! printer read it as it stands.

use waxseal_api::trace::{Lane, Role};
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::{
    model::{Ending, Life, Path, Piece, Scene, Story},
    state::Move,
    text,
};
use crate::{
    components::{breaking, dom},
    shapes::{self, shape},
    words::{bytes, size},
};

/// The lanes and their steps, the step in sight among them; a click on a step goes there.
pub(crate) fn drawing(story: &Story, at: usize, go: &Callback<Move>, list: NodeRef) -> Html {
    let scenes = &story.scenes;
    let uses_key = scenes.get(at).is_some_and(|scene| scene.uses_kms_key);
    let holds = story.data_key_span().is_some();
    let before = std::iter::once(None).chain(scenes.iter().map(Some));
    let steps = scenes.iter().zip(before).enumerate().map(|(n, (scene, before))| {
        html! { <li class={look(scene, n, at)} aria-current={(n == at).then_some("step")}>
            { step(scene, before, n, go) }
        </li> }
    });
    html! {
        <div class="drawing">
            <div class="lanes">
                { heading(Lane::Service, uses_key, holds) }
                { heading(Lane::App, false, holds) }
                { heading(Lane::Storage, false, holds) }
            </div>
            <ol class="steps" role="list" ref={list}>{ for steps }</ol>
        </div>
    }
}

/// Where the stage stands beside the drawing.
const SIDE_BY_SIDE: &str = "(min-width: 70rem)";

/// Keeps the step in sight in the window when the reader moves on, where the stage moves along. Returns what to tie to
/// the list.
#[hook]
pub(crate) fn use_follow(at: usize) -> NodeRef {
    let (list, first) = (use_node_ref(), use_mut_ref(|| true));
    let steps = list.clone();
    use_effect_with(at, move |at| {
        let step = steps.cast::<Element>().and_then(|steps| steps.children().item(*at as u32));
        if !first.replace(false)
            && dom::matches(SIDE_BY_SIDE)
            && let Some(step) = step
        {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            step.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
    list
}

fn heading(lane: Lane, lit: bool, holds: bool) -> Html {
    html! {
        <div class={classes!("lane-heading", lane_class(lane), lit.then_some("lane-lit"))}>
            if lane == Lane::Service { { shape(Role::KmsKey, "lane-seal") } }
            <p><strong>{ text::lane(lane) }</strong><span>{ text::lane_note(lane, holds) }</span></p>
        </div>
    }
}

fn lane_class(lane: Lane) -> &'static str {
    match lane {
        Lane::App => "lane-app",
        Lane::Service => "lane-service",
        Lane::Storage => "lane-storage",
    }
}

fn look(scene: &Scene, n: usize, at: usize) -> Classes {
    let time = match n.cmp(&at) {
        std::cmp::Ordering::Less => "is-past",
        std::cmp::Ordering::Equal => "is-now",
        std::cmp::Ordering::Greater => "is-ahead",
    };
    let path = match scene.path {
        Path::In(_) => "stays",
        Path::Across { from: Lane::App, to: Lane::Service } => "crosses crosses-in",
        Path::Across { from: Lane::Service, .. } => "crosses crosses-out",
        Path::Across { to: Lane::Storage, .. } => "moves moves-out",
        Path::Across { .. } => "moves moves-in",
    };
    let ending = (scene.ending != Ending::Well).then_some("ends-badly");
    let key = scene.uses_kms_key.then_some("uses-key");
    classes!("step", lane_class(scene.path.words()), path.split(' ').collect::<Classes>(), time, ending, key)
}

fn step(scene: &Scene, before: Option<&Scene>, n: usize, go: &Callback<Move>) -> Html {
    let go = go.clone();
    let onclick = move |_| go.emit(Move::To(n));
    let (data_key, content_key) = before.map_or_else(Default::default, |s| (s.data_key, s.content_key));
    html! {<>
        <span class="wall" aria-hidden="true"></span>
        { life("life-data-key", data_key, scene.data_key) }
        { life("life-content-key", content_key, scene.content_key) }
        <button type="button" class="step-words" {onclick}>
            <span class="step-lane">{ text::place(scene.path) }</span>
            <span class="step-number" aria-hidden="true">{ n + 1 }</span>
            <span class="step-sentence">{ &scene.sentence }</span>
        </button>
        { crossing(scene) }
        if !scene.pieces.is_empty() {
            <ul class={classes!("step-things", lane_class(scene.path.things()))}>
                { for scene.pieces.iter().map(small) }
            </ul>
        }
        if scene.frames.is_some() && scene.crossed == 0 { <p class="step-aside">{ text::NOT_HERE }</p> }
        <p class="step-seen">{ format!("{}: {}", text::SEEN, scene.seen) }</p>
    </>}
}

/// The line along which a key lives in your app in the clear.
fn life(class: &'static str, before: Life, after: Life) -> Html {
    let part = match (before, after) {
        (Life::Alive, Life::Alive) => "life-on",
        (_, Life::Alive) => "life-born",
        (Life::Alive, Life::Wiped) => "life-ends",
        (Life::Absent | Life::Wiped, Life::Absent | Life::Wiped) | (Life::Alive, Life::Absent) => {
            return Html::default();
        }
    };
    html! { <span class={classes!("life", class, part)} aria-hidden="true"></span> }
}

/// What moves between two lanes, drawn on its way with its length.
fn crossing(scene: &Scene) -> Html {
    let Path::Across { .. } = scene.path else { return Html::default() };
    let words = (scene.crossed > 0).then(|| bytes(scene.crossed));
    html! {
        <p class="crossing">
            if let Some(words) = words {
                <span class="crossing-bytes">
                    <span class="heard">{ text::CROSSES }</span>{ words }
                </span>
            }
            <svg class="arrow" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <path d="M0 6H100" />
            </svg>
            if let Some(operation) = &scene.operation { <code class="crossing-name">{ breaking(operation) }</code> }
        </p>
    }
}

fn small(piece: &Piece) -> Html {
    let look = match (piece.wiped, piece.item.role) {
        (true, _) => "shape-wiped",
        (false, Role::DataKey | Role::ContentKey) => "shape-alive",
        (false, _) => "",
    };
    html! {
        <li class={shapes::class(piece.item.role)}>
            { shape(piece.item.role, look) }
            <span class="thing-short">{ piece.name }{ if piece.wiped { text::WIPED } else { "" } }</span>
            <span class="thing-length">{ size(piece.item.length) }</span>
        </li>
    }
}
