//! A link to a file in memory or on the private disk.

use web_sys::{Blob, Url};
use yew::prelude::*;

use super::{state::last, text};

#[derive(Properties, PartialEq)]
pub(crate) struct DownloadProps {
    /// The name that it is to have.
    pub(crate) name: AttrValue,
    /// The file.
    pub(crate) blob: Blob,
    /// How the link looks.
    pub(crate) class: &'static str,
}

/// A link that downloads a file, for as long as it is shown.
#[component]
pub(crate) fn Download(props: &DownloadProps) -> Html {
    let url = use_object_url(Some(props.blob.clone()));
    html! { <a class={props.class} href={url} download={last(&props.name).to_owned()}>{ text::download(&props.name) }</a> }
}

/// How many files are listed before someone asks for more.
pub(crate) const LISTED: usize = 100;

#[derive(Properties, PartialEq)]
pub(crate) struct DownloadsProps {
    /// The files, each with its path.
    pub(crate) files: Vec<(String, Blob)>,
}

/// A link for each of several files, the first of them at first.
#[component]
pub(crate) fn Downloads(props: &DownloadsProps) -> Html {
    let shown = use_state_eq(|| LISTED);
    let link = |(path, blob): &(String, Blob)| {
        html! { <li><Download name={path.clone()} blob={blob.clone()} class="" /></li> }
    };
    html! {<>
        <ul class="plain">{ for props.files.iter().take(*shown).map(link) }</ul>
        { more(props.files.len(), &shown) }
    </>}
}

/// A button for those that are not listed yet.
pub(crate) fn more(of: usize, shown: &UseStateHandle<usize>) -> Html {
    let left = of.saturating_sub(**shown);
    if left == 0 {
        return Html::default();
    }
    let shown = shown.clone();
    let onclick = move |_| shown.set(*shown + LISTED);
    html! { <p><button type="button" class="quiet" {onclick}>{ text::show_more(left.min(LISTED), left) }</button></p> }
}

/// What every download is to the browser: bytes. A file of its own type could be opened as a page of this site.
const BYTES: &str = "application/octet-stream";

/// An address for a file, for as long as the component is shown.
#[hook]
pub(crate) fn use_object_url(blob: Option<Blob>) -> Option<AttrValue> {
    let url = use_state_eq(|| None);
    let current = (*url).clone();
    use_effect_with(blob, move |blob| {
        let made = blob.as_ref().and_then(|blob| {
            let bytes = blob.slice_with_f64_and_f64_and_content_type(0.0, blob.size(), BYTES).ok()?;
            Url::create_object_url_with_blob(&bytes).ok()
        });
        url.set(made.clone().map(AttrValue::from));
        move || {
            // An address that is not there any more need not be given back.
            let _ = made.map(|url| Url::revoke_object_url(&url));
        }
    });
    current
}
