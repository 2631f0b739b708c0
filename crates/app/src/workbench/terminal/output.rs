//! What came of the lines before.

use std::rc::Rc;

use waxseal_api::sandbox::Printed;
use web_sys::Element;
use yew::prelude::*;

use crate::{
    components::Copy,
    failure::FailureNote,
    workbench::{screen::Block, text},
};

/// So many commands are compared one by one; the others as a whole, which stays as it is.
const TOGETHER: u32 = 16;

/// Commands, one after the other.
#[derive(Properties)]
pub(super) struct OutputProps {
    pub(super) blocks: Vec<Rc<Block>>,
    /// What to begin with, as long as there is none: what is said, and a line.
    #[prop_or_default]
    pub(super) start: [&'static str; 2],
}

impl PartialEq for OutputProps {
    fn eq(&self, other: &Self) -> bool {
        self.blocks.len() == other.blocks.len()
            && self.blocks.iter().zip(&other.blocks).all(|(one, other)| Rc::ptr_eq(one, other))
    }
}

/// Draws the screen as a log, which screen readers read out as it grows. The commands have a list to themselves: beside what has
/// no key, each would be made anew whenever there is another one.
#[component]
pub(super) fn Output(props: &OutputProps) -> Html {
    let group = |blocks: &[Rc<Block>]| {
        let number = blocks.first().map(|block| block.number / TOGETHER);
        number.map(|number| html! { <Group key={number} blocks={blocks.to_vec()} /> })
    };
    let shown = match props.blocks.is_empty() {
        true => {
            let [said, line] = props.start;
            html! { <p class="soft">{ text::GREETING }<br />{ said }<code>{ line }</code></p> }
        }
        false => {
            let groups = props.blocks.chunk_by(|one, next| one.number / TOGETHER == next.number / TOGETHER);
            html! { <>{ for groups.filter_map(group) }</> }
        }
    };
    html! { <div class="terminal-output" role="log" aria-label={text::OUTPUT} tabindex="0">{ shown }</div> }
}

#[component]
fn Group(props: &OutputProps) -> Html {
    html! { <>{ for props.blocks.iter().map(|block| html! { <Shown key={block.number} block={block.clone()} /> }) }</> }
}

#[derive(Properties)]
struct ShownProps {
    block: Rc<Block>,
}

/// A block changes by another one coming in its place, so that those that stay are not drawn again.
impl PartialEq for ShownProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.block, &other.block)
    }
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    let block = &props.block;
    html! {
        <div class="terminal-block">
            <p class="terminal-entered">
                <code class="soft">{ &block.prompt }</code>
                <Copy what="command" text={block.line.clone()} />
            </p>
            { for block.printed.iter().map(|it| match it {
                Ok(it) => printed(it),
                Err(failure) => html! { <FailureNote failure={failure.clone()} /> },
            }) }
        </div>
    }
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
    if end.contains(crate::components::dom::document().and_then(|it| it.active_element()).as_deref()) {
        end.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
