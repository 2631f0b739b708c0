//! What a terminal shows: the lines that were entered and what came of them.

use std::rc::Rc;

use waxseal_api::{Failure, sandbox::Printed};
use yew::{AttrValue, Reducible};

/// So many commands stay on the screen.
const MOST: usize = 200;

/// A command on the screen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    /// Counts from 0; never used again.
    pub(crate) number: u32,
    /// As whom it was entered.
    pub(crate) prompt: AttrValue,
    /// The line.
    pub(crate) line: AttrValue,
    /// None while it runs; or why it could not be run.
    pub(crate) printed: Option<Result<Printed, Failure>>,
}

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Screen {
    pub(crate) blocks: Vec<Rc<Block>>,
    next: u32,
}

/// What happens on it.
pub(crate) enum Change {
    /// A line was entered: prompt and line.
    Enter(AttrValue, AttrValue),
    /// The last line has come to its end.
    End(Result<Printed, Failure>),
    /// It is emptied.
    Clear,
}

impl Reducible for Screen {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut screen = (*self).clone();
        match change {
            Change::Enter(prompt, line) => {
                let block = Block { number: screen.next, prompt, line, printed: None };
                screen.next += 1;
                screen.blocks.push(Rc::new(block));
                let old = screen.blocks.len().saturating_sub(MOST);
                screen.blocks.drain(..old);
            }
            Change::End(printed) => {
                if let Some(last) = screen.blocks.last_mut() {
                    *last = Rc::new(Block { printed: Some(printed), ..(**last).clone() });
                }
            }
            Change::Clear => screen.blocks.clear(),
        }
        Rc::new(screen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_forgets_its_first_lines() {
        let mut screen = Rc::new(Screen::default());
        for n in 0..250 {
            screen = screen.reduce(Change::Enter("$".into(), format!("echo {n}").into()));
            screen = screen.reduce(Change::End(Ok(Printed { exit: 1, ..Printed::default() })));
        }
        assert_eq!((screen.blocks.len(), screen.blocks[0].line.as_str()), (200, "echo 50"));
        assert!(
            screen.blocks.iter().all(|block| block.printed.as_ref().unwrap().as_ref().unwrap().exit == 1)
        );
        let screen = screen.reduce(Change::Clear);
        assert_eq!(screen.blocks, []);
    }
}
