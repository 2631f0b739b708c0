//! Names of the service, which are long words.

use yew::prelude::*;

/// A name that may break between its words, where it has less room than it needs: `Generate` `Data` `Key`.
pub(crate) fn breaking(name: &str) -> Html {
    let (mut parts, mut from) = (Vec::new(), 0);
    for (at, _) in name.match_indices(|c: char| c.is_ascii_uppercase()).filter(|(at, _)| *at > 0) {
        parts.extend([Html::from(name[from..at].to_owned()), html! { <wbr /> }]);
        from = at;
    }
    parts.push(name[from..].to_owned().into());
    parts.into_iter().collect()
}
