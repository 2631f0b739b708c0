//! The terminal: a line to type in, and what came of the lines before. It runs in the worker.

mod line;
mod output;

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{self, Candidates, Lines, Printed, Task},
};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

pub(crate) use self::output::{command, printed};
use self::{
    line::{Line, Press},
    output::output,
};
use super::{
    screen::{Change, Screen},
    text,
};
use crate::{
    bridge::{Bridge, use_service},
    components::dom,
};

#[derive(Properties, PartialEq)]
pub(crate) struct TerminalProps {
    /// How it stands.
    pub(crate) terminal: Rc<sandbox::Terminal>,
    /// What its heading is.
    #[prop_or("h2")]
    pub(crate) heading: &'static str,
    /// What to begin with: what is said, and a line.
    #[prop_or(text::START)]
    pub(crate) start: [&'static str; 2],
}

/// Whoever waits so long, in milliseconds, sees that something runs.
const LONG: u32 = 40;

/// What was entered, each text cut where the cursor was, and whether one of them runs.
#[derive(Default)]
struct Queue {
    entered: VecDeque<(String, String)>,
    running: bool,
}

/// The terminal.
#[component]
pub(crate) fn Terminal(props: &TerminalProps) -> Html {
    let bridge = use_service().bridge;
    let (screen, busy, told) =
        (use_reducer(Screen::default), use_state_eq(|| false), use_state_eq(String::new));
    let (area, end, line) = (use_node_ref(), use_node_ref(), use_mut_ref(Line::default));
    let (queue, recent) = (use_mut_ref(Queue::default), use_mut_ref(Vec::<String>::new));
    use_effect_with(props.terminal.clone(), {
        let recent = recent.clone();
        move |terminal| {
            let mut recent = recent.borrow_mut();
            if let Some(at) = recent.iter().rposition(|line| Some(line) == terminal.history.last()) {
                recent.drain(..=at);
            }
        }
    });
    use_effect_with(screen.clone(), {
        let end = end.clone();
        move |_| output::scroll(&end)
    });
    // A window that is turned or made smaller leaves the end where it was not.
    use_effect_with((), {
        let end = end.clone();
        move |()| {
            let turned = dom::window()
                .map(|window| EventListener::new(&window, "resize", move |_| output::scroll(&end)));
            move || drop(turned)
        }
    });
    let onkeydown = {
        let terminal = props.terminal.clone();
        let (screen, busy, told, area) = (screen.dispatcher(), busy.setter(), told.setter(), area.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
            let history = || [&terminal.history[..], &recent.borrow()].concat();
            match line.borrow_mut().press(&event, &area, &history) {
                Press::Nothing => told.set(String::new()),
                Press::Told(text) => told.set(text),
                Press::Clear => screen.dispatch(Change::Clear),
                Press::GiveUp if queue.borrow().running => give_up(&bridge, &queue),
                Press::GiveUp => line::set(&area, ""),
                Press::Complete => complete(&bridge, area, told.clone()),
                Press::Run => {
                    told.set(String::new());
                    queue.borrow_mut().entered.push_back(line::take(&area));
                    let (bridge, queue, recent) = (bridge.clone(), queue.clone(), recent.clone());
                    let (screen, busy) = (screen.clone(), busy.clone());
                    Runner { bridge, queue, recent, screen, busy, area }.start(terminal.profile.clone());
                }
            }
        })
    };
    let oninput = Callback::from(|event: InputEvent| {
        event.target_dyn_into::<HtmlTextAreaElement>().iter().for_each(line::fit);
    });
    html! {
        <section class="terminal" aria-labelledby="terminal">
            <@{props.heading} id="terminal">{ text::TERMINAL }</@>
            <div class="terminal-screen">
                { output(&screen, props.start) }
                <div class="terminal-line" ref={end}>
                    <span class="terminal-prompt" aria-hidden="true">{ prompt(&props.terminal.profile) }</span>
                    <textarea id="command" aria-label={text::COMMAND} ref={area} rows="1" {onkeydown} {oninput} spellcheck="false" autocapitalize="none"
                        autocomplete="off" aria-describedby="terminal-keys" />
                </div>
                <p class="terminal-told" role="status">{ if *busy { text::RUNNING } else { told.as_str() } }</p>
            </div>
            <p class="soft small" id="terminal-keys">{ text::KEYS }</p>
        </section>
    }
}

/// The terminal, by itself where it is the `whole` page, or beside something else, folded away until it is wanted. It stays the
/// same one.
pub(crate) fn terminal_drawer(terminal: &Rc<sandbox::Terminal>, whole: bool) -> Html {
    html! {
        <div class="bench-half">
            <details class="disclosure drawer" open={whole}>
                <summary hidden={whole}>{ text::BESIDE }</summary>
                <Terminal terminal={terminal.clone()} />
            </details>
        </div>
    }
}

/// As whom a line is entered.
fn prompt(profile: &str) -> String {
    format!("{profile} $")
}

/// Gives up the line that runs and those that wait for it.
fn give_up(bridge: &Bridge, queue: &RefCell<Queue>) {
    queue.borrow_mut().entered.clear();
    let bridge = bridge.clone();
    spawn_local(async move {
        // A worker that cannot be asked runs nothing any more.
        let _: Result<(), Failure> = bridge.perform(Task::Stop).await;
    });
}

/// Completes the word before the cursor.
fn complete(bridge: &Bridge, area: HtmlTextAreaElement, told: UseStateSetter<String>) {
    let (bridge, line, cursor) = (bridge.clone(), area.value(), line::cursor(&area));
    spawn_local(async move {
        let task = Task::Complete { line: line.clone(), cursor };
        let found: Result<Candidates, Failure> = bridge.perform(task).await;
        if let Some(text) = found.ok().and_then(|found| line::completed(&area, (&line, cursor), &found)) {
            told.set(text);
        }
    });
}

/// Runs what was entered.
struct Runner {
    bridge: Bridge,
    queue: Rc<RefCell<Queue>>,
    /// The lines that have run since the terminal was last asked for its history.
    recent: Rc<RefCell<Vec<String>>>,
    screen: UseReducerDispatcher<Screen>,
    /// Whether it is said that a line runs.
    busy: UseStateSetter<bool>,
    area: HtmlTextAreaElement,
}

impl Runner {
    /// Runs what waits, unless that is done already.
    fn start(self, profile: String) {
        if !std::mem::replace(&mut self.queue.borrow_mut().running, true) {
            spawn_local(async move {
                self.run_all(profile).await;
                self.busy.set(false);
            });
        }
    }

    /// Runs it text by text, until there is none.
    async fn run_all(&self, mut profile: String) {
        while let Some(entered) = self.next() {
            let text = format!("{}{}", entered.0, entered.1);
            match self.bridge.perform(Task::Read { text: text.clone() }).await {
                Ok(Lines { open: true, .. }) => self.go_on(entered),
                Ok(Lines { lines, .. }) => self.run_lines(lines, &mut profile).await,
                Err(failure) => {
                    self.screen.dispatch(Change::Enter(prompt(&profile).into(), text.into()));
                    self.screen.dispatch(Change::End(Err(failure)));
                }
            }
        }
    }

    /// The text that was entered first; with the last one, nothing runs any more.
    fn next(&self) -> Option<(String, String)> {
        let mut queue = self.queue.borrow_mut();
        let next = queue.entered.pop_front();
        queue.running = next.is_some();
        next
    }

    /// A text that is open goes on in the next one, or in the line that is typed in.
    fn go_on(&self, entered: (String, String)) {
        match &mut self.queue.borrow_mut().entered.front_mut() {
            Some(next) => **next = (format!("{}\n{}", entered.0, next.0), format!("{}{}", next.1, entered.1)),
            None => line::put_back(&self.area, &entered),
        }
    }

    /// Runs line by line; a failure does not keep the next line from running, a stop does.
    async fn run_lines(&self, lines: Vec<String>, profile: &mut String) {
        if lines.len() > 1 {
            self.busy.set(true);
        }
        for line in lines {
            let entered = Change::Enter(prompt(profile).into(), line.clone().into());
            self.recent.borrow_mut().push(line.clone());
            let printed = self.run_line(entered, line).await;
            let stopped = printed.as_ref().map_or(true, |printed| printed.exit == 130);
            let cleared = printed.as_ref().is_ok_and(|printed| printed.cleared);
            if let Ok(printed) = &printed {
                profile.clone_from(&printed.profile);
            }
            self.screen.dispatch(if cleared { Change::Clear } else { Change::End(printed) });
            if stopped {
                break;
            }
        }
    }

    /// Runs a line, and shows that it was entered: with what it prints, so that the page is drawn once, or before if that
    /// takes long.
    async fn run_line(&self, entered: Change, line: String) -> Result<Printed, Failure> {
        let entered = Rc::new(Cell::new(Some(entered)));
        let show = {
            let (screen, entered) = (self.screen.clone(), entered.clone());
            move || entered.take().into_iter().for_each(|entered| screen.dispatch(entered))
        };
        let long = Timeout::new(LONG, {
            let (show, busy) = (show.clone(), self.busy.clone());
            move || {
                show();
                busy.set(true);
            }
        });
        let printed = self.bridge.perform(Task::Enter { line }).await;
        drop(long);
        show();
        printed
    }
}
