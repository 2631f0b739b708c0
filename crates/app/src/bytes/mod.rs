//! The byte viewer: what a thing really is, as hexadecimal and as text.

mod pager;
mod rows;
mod source;
mod table;
mod typed;
mod watched;

use yew::prelude::*;

#[cfg(feature = "workbench")]
pub(crate) use rows::{PER_ROW, character, hex, offset};
pub(crate) use source::{Source, Sources, read};
pub(crate) use typed::typed;
pub(crate) use watched::WatchedKey;

use pager::pager;
use rows::Window;
use source::{Fetched, use_file_bytes};
use table::{Look, table};

#[derive(Properties, PartialEq)]
pub(crate) struct ByteViewProps {
    /// What the bytes are, for the table's caption.
    pub(crate) name: AttrValue,
    /// How many there are.
    pub(crate) length: u64,
    /// Where they are.
    pub(crate) source: Source,
    /// Why they are not shown, where they are not.
    pub(crate) withheld: AttrValue,
    /// Whether they have just been overwritten with zeros.
    #[prop_or_default]
    pub(crate) wiped: bool,
}

/// The first few bytes of a thing, with a way to see all of them.
#[component]
pub(crate) fn ByteView(props: &ByteViewProps) -> Html {
    let window = use_state_eq(|| Window::preview(props.length));
    let fetched = use_file_bytes(&props.source, *window);
    let draw = |bytes: &[u8], look| table(&props.name, bytes, *window, look);
    let body = match &props.source {
        Source::Withheld => note(&props.withheld),
        Source::Here(blob) => draw(window.of(blob.as_bytes()), Look::Plain),
        Source::DataKey(key) if props.wiped => draw(window.of(key.expose()), Look::Wiped),
        Source::DataKey(key) => draw(window.of(key.expose()), Look::Key),
        Source::File(..) => match &fetched {
            Fetched::Pending => note("Reading the file…"),
            Fetched::Unreadable => {
                note("The browser cannot read this file any more: it was moved or changed.")
            }
            Fetched::Ready(bytes) => draw(bytes, Look::Plain),
        },
    };
    let turn = Callback::from({
        let window = window.clone();
        move |next| window.set(next)
    });
    html! {
        <div class="bytes">
            { body }
            if props.source != Source::Withheld {
                { pager(&props.name, *window, &turn) }
            }
        </div>
    }
}

fn note(words: &str) -> Html {
    html! { <p class="bytes-note">{ words.to_owned() }</p> }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use waxseal_api::Blob;

    use super::*;

    fn render(source: Source, length: u64, wiped: bool) -> String {
        let props =
            ByteViewProps { name: "header".into(), length, source, withheld: "Not here.".into(), wiped };
        pollster::block_on(yew::LocalServerRenderer::<ByteView>::with_props(props).hydratable(false).render())
    }

    #[test]
    fn bytes_stand_in_a_table_with_headers() {
        let html = render(Source::Here(Blob::from(b"\x02\x04x+".as_slice())), 4, false);
        for part in ["<caption", ">header<", "scope=\"row\"", "scope=\"col\"", "0000", ">02<", ">2b<", "··x+"]
        {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("See all"), "{html}");
    }

    #[test]
    fn more_than_a_few_bytes_can_be_seen_on_demand() {
        let html = render(Source::Here(Blob::from(vec![0xab; 33])), 33, false);
        assert_eq!(html.matches(">ab<").count(), 32);
        assert!(html.contains("See all 33 bytes"), "{html}");
    }

    #[test]
    fn withheld_bytes_are_words() {
        let html = render(Source::Withheld, 32, false);
        assert!(html.contains("Not here.") && !html.contains("<table"), "{html}");
    }

    #[test]
    fn a_wiped_key_ends_as_zeros_and_says_nothing_else() {
        let key = || Source::DataKey(Rc::new(WatchedKey::from_bytes(&[0xab; 32])));
        assert_eq!(render(key(), 32, false).matches(">ab<").count(), 32);
        let wiped = render(key(), 32, true);
        assert_eq!(wiped.matches("class=\"bytes-was\">ab</span>").count(), 32, "{wiped}");
        assert_eq!(wiped.matches(">00</span>").count(), 32, "{wiped}");
    }
}
