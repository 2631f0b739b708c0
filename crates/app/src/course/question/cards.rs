//! Cards to be put in order, with two buttons each, so that it needs neither a pointer nor a steady hand.

use waxseal_study::words::Word;
use yew::prelude::*;

use crate::{
    components::dom,
    course::words::{put_in, rich, say, tell},
};

#[derive(Properties, PartialEq)]
pub(super) struct CardsProps {
    /// Names the buttons in the document.
    pub(super) id: AttrValue,
    /// The cards' indexes, as they lie.
    pub(super) order: Vec<usize>,
    pub(super) texts: Vec<String>,
    /// Told how they lie then.
    pub(super) choose: Callback<Vec<usize>>,
}

/// Where the last card went: its place from 0, and whether up.
type Moved = Option<(usize, bool)>;

#[component]
pub(super) fn Cards(props: &CardsProps) -> Html {
    let moved = use_state_eq(|| None::<(usize, bool)>);
    use_effect_with((*moved, props.order.clone(), props.id.clone()), |(moved, _, id)| {
        // The focus goes along with the card.
        if let Some((place, up)) = moved {
            dom::focus_first(&format!("#{}", button_id(id, *place, *up)));
        }
    });
    html! {<>
        <ol class="cards">{ for (0..props.order.len()).map(|place| card(props, place, &moved)) }</ol>
        <p class="heard" role="status">{ announcement(props, *moved) }</p>
    </>}
}

fn card(props: &CardsProps, place: usize, moved: &UseStateHandle<Moved>) -> Html {
    html! {
        <li>
            <span id={format!("{}-{place}", props.id)}>{ rich(text(props, place)) }</span>
            { button(props, place, true, moved) }
            { button(props, place, false, moved) }
        </li>
    }
}

fn button(props: &CardsProps, place: usize, up: bool, moved: &UseStateHandle<Moved>) -> Html {
    let id = button_id(&props.id, place, up);
    let to = if up { place.checked_sub(1) } else { Some(place + 1).filter(|to| *to < props.order.len()) };
    let onclick = {
        let (order, choose, moved) = (props.order.clone(), props.choose.clone(), moved.setter());
        move |_: MouseEvent| {
            if let Some(to) = to {
                let mut order = order.clone();
                order.swap(place, to);
                moved.set(Some((to, up)));
                choose.emit(order);
            }
        }
    };
    html! {
        <button type="button" class="button" {onclick} aria-disabled={to.is_none().then_some("true")}
            aria-labelledby={format!("{id} {}-{place}", props.id)} {id}>{ say(if up { Word::QuestionUp } else { Word::QuestionDown }) }</button>
    }
}

fn button_id(id: &str, place: usize, up: bool) -> String {
    format!("{id}-{}-{place}", if up { "up" } else { "down" })
}

fn text(props: &CardsProps, place: usize) -> &str {
    props.order.get(place).and_then(|at| props.texts.get(*at)).map_or("", String::as_str)
}

/// Where the card that was moved lies now.
fn announcement(props: &CardsProps, moved: Moved) -> Html {
    let Some((place, _)) = moved else { return Html::default() };
    let said = tell(Word::QuestionMoved, &[("n", &(place + 1)), ("of", &props.order.len())]);
    put_in(&said, rich(text(props, place)))
}
