//! Names of the service, which are long words.

use yew::prelude::*;

/// A name that may break between its words, where it has less room than it needs: `Generate` `Data` `Key`.
pub(crate) fn breaking(name: &str) -> Html {
    let starts = name.match_indices(char::is_uppercase).map(|(at, _)| at).filter(|at| *at > 0);
    let mut from = 0;
    let mut words = Vec::new();
    for at in starts {
        words.push(html! { <>{ name[from..at].to_owned() }<wbr /></> });
        from = at;
    }
    html! { <>{ for words }{ name[from..].to_owned() }</> }
}
