//! The list of keys.

use yew::prelude::*;

use crate::{
    backup::Reminder,
    components::{Link, Page, remote, state_mark, time},
    keys::{self, KeyEntry, use_keys},
    route::Route,
};

/// Every key of the vault, or the way to the first.
#[component]
pub(crate) fn Keys() -> Html {
    let all = use_keys();
    html! {
        <Page title="Keys" class="keys">
            { remote(&all, "Reading the keys…", |all| list(all)) }
        </Page>
    }
}

fn list(all: &[KeyEntry]) -> Html {
    if all.is_empty() {
        return html! {
            <>
                <p class="lead">{ "No key yet. A key is what a file is sealed with; it is made in a minute and stays in this browser." }</p>
                <p class="actions">
                    <Link class="button primary" to={Route::NewKey}>{ "Make your first key" }</Link>
                    <Link to={Route::Backup}>{ "Restore a backup" }</Link>
                </p>
            </>
        };
    }
    html! {
        <>
            <p class="actions">
                <Link class="button" to={Route::NewKey}>{ "Make a key" }</Link>
                <Link to={Route::Backup}>{ "Back up and restore" }</Link>
                <Link to={Route::Workbench} query="world=vault">{ "Terminal and console" }</Link>
            </p>
            <Reminder />
            <ul class="key-list">{ for all.iter().map(row) }</ul>
        </>
    }
}

fn row(entry: &KeyEntry) -> Html {
    let KeyEntry { metadata, aliases } = entry;
    html! {
        <li key={metadata.key_id.clone()}>
            <div class="key-names">
                <Link to={Route::Key} query={format!("id={}", metadata.key_id)}>
                    { entry.alias().map_or("without a name", keys::short) }
                </Link>
                if aliases.len() > 1 {
                    <p class="small soft">{ also(&aliases[1..]) }</p>
                }
                if !metadata.description.is_empty() {
                    <p class="small soft">{ &metadata.description }</p>
                }
            </div>
            { state_mark(metadata.key_state) }
            <p class="small soft key-made">{ "made " }{ time(metadata.creation_date, true) }</p>
            <p class="small key-id"><span class="heard">{ "Key ID " }</span><code>{ &metadata.key_id }</code></p>
        </li>
    }
}

/// `also archive and post`
fn also(others: &[String]) -> String {
    let names: Vec<&str> = others.iter().map(|alias| keys::short(alias)).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!("also {one}"),
        [first @ .., last] => format!("also {} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::drawn;

    #[test]
    fn the_first_key_is_one_click_away() {
        let html = drawn(list(&[]));
        assert!(html.contains("Make your first key") && html.contains("/keys/new/"), "{html}");
    }

    #[test]
    fn other_names_are_listed_as_one_says_them() {
        let names = |list: &[&str]| list.iter().map(|name| format!("alias/{name}")).collect::<Vec<_>>();
        assert_eq!(also(&names(&["a"])), "also a");
        assert_eq!(also(&names(&["a", "b", "c"])), "also a, b and c");
    }
}
