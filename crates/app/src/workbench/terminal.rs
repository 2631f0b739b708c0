//! The terminal: a line to type in, and what came of the lines before.

mod line;
mod output;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use self::{
    line::{Line, Press},
    output::output,
};
use super::{
    known::profile,
    run::statements,
    screen::{Change, Screen},
    session::Session,
    text,
};
#[derive(Properties, PartialEq)]
pub(crate) struct TerminalProps {
    pub(crate) session: Session,
    /// What keys can be called, for completion.
    pub(crate) names: Vec<String>,
    /// Told after each command.
    pub(crate) changed: Callback<()>,
}

/// The terminal.
#[component]
pub(crate) fn Terminal(props: &TerminalProps) -> Html {
    let (screen, busy, told) =
        (use_reducer_eq(Screen::default), use_state_eq(|| false), use_state_eq(String::new));
    let (area, end, line) = (use_node_ref(), use_node_ref(), use_mut_ref(Line::default));
    use_effect_with(screen.clone(), {
        let end = end.clone();
        move |_| output::scroll(&end)
    });
    let session = &props.session;
    let onkeydown = {
        let (session, names, changed) = (session.clone(), props.names.clone(), props.changed.clone());
        let (screen, busy, told, area) = (screen.dispatcher(), busy.clone(), told.setter(), area.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
            match line.borrow_mut().press(&event, &area, &session.shell(), &names) {
                Press::Nothing => told.set(String::new()),
                Press::Told(text) => told.set(text),
                Press::Clear => screen.dispatch(Change::Clear),
                Press::GiveUp if *busy => session.stop(),
                Press::GiveUp | Press::Run if *busy => {}
                Press::GiveUp => line::set(&area, ""),
                Press::Run => {
                    let entered = area.value();
                    line::set(&area, "");
                    told.set(String::new());
                    busy.set(true);
                    let (session, changed, screen, busy) =
                        (session.clone(), changed.clone(), screen.clone(), busy.setter());
                    spawn_local(async move {
                        run_all(&session, &screen, &entered, &changed).await;
                        busy.set(false);
                    });
                }
            }
        })
    };
    let oninput = Callback::from(|event: InputEvent| {
        event.target_dyn_into::<HtmlTextAreaElement>().iter().for_each(line::fit);
    });
    let prompt = prompt(session);
    html! {
        <section class="terminal" aria-labelledby="terminal">
            <h2 id="terminal">{ text::TERMINAL }</h2>
            <div class="terminal-screen">
                { output(&screen) }
                <div class="terminal-line" ref={end}>
                    <span class="terminal-prompt" aria-hidden="true">{ &prompt }</span>
                    <textarea id="command" aria-label={text::COMMAND} ref={area} rows="1" {onkeydown} {oninput} spellcheck="false" autocapitalize="none"
                        autocomplete="off" aria-describedby="terminal-keys" />
                </div>
                <p class="terminal-told" role="status">{ if *busy { text::RUNNING } else { told.as_str() } }</p>
            </div>
            <p class="soft small" id="terminal-keys">{ text::KEYS }</p>
        </section>
    }
}

/// As whom a line is entered.
fn prompt(session: &Session) -> String {
    format!("{} $", profile(&session.shell()))
}

/// Runs what was entered, line by line; a failure does not keep the next line from running, a stop does.
async fn run_all(
    session: &Session,
    screen: &UseReducerDispatcher<Screen>,
    entered: &str,
    changed: &Callback<()>,
) {
    for line in statements(entered) {
        screen.dispatch(Change::Enter(prompt(session).into(), line.clone().into()));
        let printed = session.enter(&line).await;
        let stopped = printed.exit == 130;
        if session.shell().cleared {
            screen.dispatch(Change::Clear);
        } else {
            screen.dispatch(Change::End(printed));
        }
        changed.emit(());
        if stopped {
            break;
        }
    }
}
