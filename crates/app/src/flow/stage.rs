//! The step in sight: its sentence, its bytes, and who could see them.

use waxseal_api::{trace::Role, types::EncryptionContext};
use yew::prelude::*;

use super::{
    model::{Ending, Frames, Piece, Story},
    text,
};
use crate::{
    bytes::{ByteView, Source, Sources},
    shapes::{self, shape},
    words::{bytes, grouped},
};

/// One step in full; nothing where there is no such step.
pub(crate) fn stage(story: &Story, at: usize, sources: &Sources) -> Html {
    let Some(scene) = story.scenes.get(at) else { return Html::default() };
    let went_wrong = scene.ending != Ending::Well;
    html! {
        <div key={at} class={classes!("stage", went_wrong.then_some("stage-wrong"))}>
            <p class="stage-place">{ text::place(scene.path) }</p>
            <p class="stage-sentence" aria-live="polite">{ &scene.sentence }</p>
            if scene.crossed > 0 {
                <p class="stage-crossed">{ text::crossing(scene.path, scene.crossed) }</p>
            }
            if let Some(frames) = scene.frames { { strip(frames) } }
            <div class="stage-things">
                { for scene.pieces.iter().map(|piece| thing(piece, story, sources)) }
                if !scene.context.is_empty() { { context(&scene.context) } }
            </div>
            <dl class="stage-facts">
                { for scene.facts.iter().map(|(name, value)| html! {
                    <div><dt>{ *name }</dt><dd>{ value }</dd></div>
                }) }
                <div class="stage-seen"><dt>{ text::SEEN }</dt><dd>{ &scene.seen }</dd></div>
            </dl>
        </div>
    }
}

/// A thing with its shape, its length and its bytes.
fn thing(piece: &Piece, story: &Story, sources: &Sources) -> Html {
    let Piece { name, item, wiped } = piece;
    let source = sources.of(item);
    let shown_key = matches!(source, Source::DataKey(_));
    let look = if *wiped {
        "shape-wiped"
    } else if item.role == Role::DataKey {
        "shape-alive"
    } else {
        ""
    };
    html! {
        <div class={classes!("thing", shapes::class(item.role))}>
            <p class="thing-name">
                { shape(item.role, look) }
                <strong>{ *name }</strong>
                <span class="thing-length">{ bytes(item.length) }</span>
            </p>
            <ByteView name={*name} length={item.length} {source} wiped={*wiped}
                withheld={text::withheld(item.role, *wiped)} />
            if let Some((born, wiped)) = story.data_key_span().filter(|_| shown_key && !wiped) {
                <p class="thing-note">{ text::display_copy(born, wiped) }</p>
            }
        </div>
    }
}

fn context(context: &EncryptionContext) -> Html {
    html! {
        <div class={classes!("thing", shapes::class(Role::Authenticated))}>
            <p class="thing-name">{ shape(Role::Authenticated, "") }<strong>{ text::CONTEXT }</strong></p>
            <dl class="stage-context">
                { for context.iter().map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }
            </dl>
            <p class="thing-note">{ text::CONTEXT_NOTE }</p>
        </div>
    }
}

/// How many frames are drawn one by one.
const DRAWN: u32 = 24;

/// The frames of a message, the last few one by one, and the one that failed by its number.
fn strip(frames: Frames) -> Html {
    let last = frames.bad.unwrap_or(frames.good);
    let first = last.saturating_sub(DRAWN - 1).max(1);
    html! {
        <div class="frames">
            <div class="frames-strip" aria-hidden="true">
                if first > 1 { <span class="frames-more">{ format!("{} more", grouped(u64::from(first) - 1)) }</span> }
                { for (first..=last).map(|n| html! {
                    <span class={classes!("frame", (frames.bad == Some(n)).then_some("frame-bad"))}></span>
                }) }
            </div>
            <p>{ text::frames(frames) }</p>
        </div>
    }
}
