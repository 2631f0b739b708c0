//! A menu whose choice can change without the reader's doing.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct MenuProps {
    /// The value of what is chosen.
    pub(crate) value: AttrValue,
    /// Told what somebody has chosen.
    pub(crate) choose: Callback<String>,
    #[prop_or_default]
    pub(crate) id: Option<AttrValue>,
    #[prop_or_default]
    pub(crate) label: Option<AttrValue>,
    /// The element that says more of it.
    #[prop_or_default]
    pub(crate) described: Option<AttrValue>,
    /// The options. The one that is chosen is `selected`, for the time before the page is alive.
    pub(crate) children: Html,
}

/// A menu. Once somebody has chosen, a browser no longer listens to `selected`, so what is chosen is said to it anew.
#[component]
pub(crate) fn Menu(props: &MenuProps) -> Html {
    let menu = use_node_ref();
    use_effect_with(props.value.clone(), {
        let menu = menu.clone();
        move |value| {
            if let Some(menu) = menu.cast::<HtmlSelectElement>() {
                menu.set_value(value);
            }
        }
    });
    let onchange = {
        let choose = props.choose.clone();
        move |event: Event| {
            if let Some(menu) = event.target_dyn_into::<HtmlSelectElement>() {
                choose.emit(menu.value());
            }
        }
    };
    html! {
        <select ref={menu} id={props.id.clone()} aria-label={props.label.clone()} aria-describedby={props.described.clone()} {onchange}>
            { props.children.clone() }
        </select>
    }
}
