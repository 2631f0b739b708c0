//! An address without a page.

use yew::prelude::*;

use crate::{
    components::{Link, Page},
    route::Route,
};

/// Says so, and leads home.
pub(crate) fn not_found() -> Html {
    html! {
        <Page title="There is no page here">
            <p>{ "The address may have been mistyped. Nothing has been lost." }</p>
            <p><Link to={Route::Home}>{ "To the first page" }</Link></p>
        </Page>
    }
}
