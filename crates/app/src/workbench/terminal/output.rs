//! What came of the lines before.

use std::rc::Rc;

use waxseal_api::sandbox::Printed;
use web_sys::Element;
use yew::prelude::*;

use crate::{
    components::{Copy, dom},
    failure::FailureNote,
    workbench::{
        screen::{Block, Screen},
        text,
    },
};

/// So many commands are drawn together, when one of them changes; the others stay as they are.
const TOGETHER: u32 = 8;

/// Draws the screen as a log, which screen readers read out as it grows. The commands have a list to themselves: beside what has
/// no key, each would be made anew whenever there is another one. Where there is none, something is said, and a line to begin with.
pub(super) fn output(screen: &Screen, [said, line]: [&'static str; 2]) -> Html {
    let groups = screen.blocks.chunk_by(|one, next| one.number / TOGETHER == next.number / TOGETHER);
    let group = |blocks: &[Rc<Block>]| {
        let number = blocks.first().map(|block| block.number / TOGETHER);
        number.map(|number| html! { <Group key={number} blocks={blocks.to_vec()} /> })
    };
    let shown = match screen.blocks.is_empty() {
        true => {
            html! { <p class="soft">{ text::GREETING }<br />{ said }<code>{ line }</code></p> }
        }
        false => html! { <>{ for groups.filter_map(group) }</> },
    };
    html! { <div class="terminal-output" role="log" aria-label={text::OUTPUT} tabindex="0">{ shown }</div> }
}

#[derive(Properties)]
struct GroupProps {
    blocks: Vec<Rc<Block>>,
}

/// A block changes by another one coming in its place.
impl PartialEq for GroupProps {
    fn eq(&self, other: &Self) -> bool {
        self.blocks.len() == other.blocks.len()
            && self.blocks.iter().zip(&other.blocks).all(|(one, other)| Rc::ptr_eq(one, other))
    }
}

#[component]
fn Group(props: &GroupProps) -> Html {
    html! { <>{ for props.blocks.iter().map(|block| shown(block)) }</> }
}

fn shown(block: &Block) -> Html {
    html! {
        <div key={block.number} class="terminal-block">
            <p class="terminal-entered">
                <code class="soft">{ &block.prompt }</code>
                <Copy what="command" text={block.line.clone()} shown={command(&block.line)} />
            </p>
            { for block.printed.iter().map(|it| match it {
                Ok(it) => printed(it),
                Err(failure) => html! { <FailureNote failure={failure.clone()} /> },
            }) }
        </div>
    }
}

/// A line as it is read: names of options are not broken at their hyphens.
pub(crate) fn command(line: &str) -> Html {
    let piece = |(text, option): (&str, bool)| {
        let text = text.to_owned();
        if option {
            html! { <span class="option">{ text }</span> }
        } else {
            text.into()
        }
    };
    html! {<>{ for waxseal_study::pieces(line).into_iter().map(piece) }</>}
}

/// What a line has printed.
pub(crate) fn printed(printed: &Printed) -> Html {
    let Printed { stdout, stderr, exit, .. } = printed;
    html! {<>
        if !stdout.is_empty() { <pre>{ stdout.trim_end_matches('\n') }</pre> }
        if !stderr.is_empty() { <pre class="terminal-stderr">{ stderr.trim_matches('\n') }</pre> }
        <p class={classes!("terminal-exit", (*exit != 0).then_some("terminal-exit-failed"))}>{ format!("exit {exit}") }</p>
    </>}
}

/// Shows the line that is typed in, where the screen has grown past it.
pub(super) fn scroll(end: &NodeRef) {
    let Some(end) = end.cast::<Element>() else { return };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    if let Some(output) = end.previous_element_sibling() {
        output.set_scroll_top(output.scroll_height());
    }
    if end.contains(dom::document().and_then(|it| it.active_element()).as_deref()) {
        end.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
