//! The first walk: one line after the other is run in a sandbox that is begun anew each time.

mod run;
mod station;
#[cfg(test)]
mod tests;
mod walk;

use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use waxseal_study::{Guide, words::Word};
use yew::prelude::*;

use self::walk::Walk;
use super::{data, said::unloaded, words::say};
use crate::{
    bridge::{KmsProvider, use_service},
    components::dom,
    workbench::worlds,
};

/// The walk's own sandbox, by its name and as a world.
const NAME: &str = "start";
const WORLD: &str = "sandbox-start";

#[derive(Properties, PartialEq)]
pub(crate) struct GuideProps {
    /// Its name in addresses.
    pub(crate) id: AttrValue,
}

/// Loads the walk, and has it take the place of the one that is read.
#[component]
pub(crate) fn GuidePart(props: &GuideProps) -> Html {
    let guide = use_state_eq(|| None::<Result<Rc<Guide>, JsValue>>);
    use_effect_with(props.id.clone(), {
        let guide = guide.setter();
        move |id| {
            let id = id.clone();
            spawn_local(async move { guide.set(Some(data::guide(&id).await.map(Rc::new))) });
        }
    });
    use_effect_with((*guide).clone(), |guide| {
        let read = dom::document().and_then(|document| document.get_element_by_id("read"));
        if let (Some(Ok(_)), Some(read)) = (guide, read) {
            // Only a name that is not an attribute's name fails.
            let _ = read.set_attribute("hidden", "");
        }
    });
    match &*guide {
        None => Html::default(),
        Some(Err(_)) => {
            html! { <p role="alert">{ unloaded() }</p> }
        }
        Some(Ok(guide)) => html! { <Rounds guide={guide.clone()} /> },
    }
}

#[derive(Properties, PartialEq)]
struct RoundsProps {
    guide: Rc<Guide>,
}

/// Gives each round a sandbox in which nothing is.
#[component]
fn Rounds(props: &RoundsProps) -> Html {
    // A page may name its worker once only.
    let starter = use_service().bridge.starter();
    let (round, cleared) = (use_state_eq(|| 0_u32), use_state_eq(|| None::<u32>));
    use_effect_with(*round, {
        let cleared = cleared.setter();
        move |round| {
            let round = *round;
            spawn_local(async move {
                // What cannot be thrown away goes on as it was.
                let _ = worlds::throw_away(NAME).await;
                cleared.set(Some(round));
            });
        }
    });
    if *cleared != Some(*round) {
        return html! { <p class="pending" role="status">{ say(Word::GuideMaking) }</p> };
    }
    let again = {
        let (next, round) = (*round + 1, round.setter());
        Callback::from(move |()| round.set(next))
    };
    html! {
        <KmsProvider key={*round} {starter} world={WORLD}>
            <Walk guide={props.guide.clone()} repeated={*round > 0} {again} />
        </KmsProvider>
    }
}
