//! A word that has to be typed before something is done that cannot be undone.

use yew::prelude::*;

use super::{TextField, dom};

#[derive(Properties, PartialEq)]
pub(crate) struct ConfirmProps {
    /// Names the field in the document; unique on its page.
    pub(crate) id: &'static str,
    /// What has to be typed.
    pub(crate) word: AttrValue,
    /// What the button says.
    pub(crate) action: &'static str,
    /// Whether it is being done.
    pub(crate) busy: bool,
    pub(crate) confirmed: Callback<()>,
    /// What will be lost.
    pub(crate) children: Html,
}

/// What will be lost, a field for the word, and the button.
#[component]
pub(crate) fn Confirm(props: &ConfirmProps) -> Html {
    let ConfirmProps { id, word, action, busy, confirmed, children } = props;
    let (typed, tried) = (use_state_eq(String::new), use_state_eq(|| false));
    let wrong = typed.trim() != word.as_str();
    let label = AttrValue::from(format!("Type “{word}” to confirm"));
    let onsubmit = {
        let (confirmed, tried, id) = (confirmed.clone(), tried.setter(), *id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            if wrong {
                dom::focus_first(&format!("#{id}"));
            } else {
                confirmed.emit(());
            }
        })
    };
    let problem = (*tried && wrong).then(|| AttrValue::from(format!("{label}.")));
    let enter = typed.setter();
    let oninput = Callback::from(move |text| enter.set(text));
    html! {
        <form class="stacked" {onsubmit} novalidate=true>
            { children.clone() }
            { TextField { id, label, exact: true, value: (*typed).clone().into(), oninput, problem, ..TextField::default() }.draw() }
            <p class="actions"><button class="button wax" aria-disabled={busy.then_some("true")}>{ *action }</button></p>
        </form>
    }
}
