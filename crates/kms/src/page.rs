//! Lists by the page.

use std::str::FromStr;

use base64ct::{Base64UrlUnpadded, Encoding};

use crate::error::Error;

/// A page of a list.
#[derive(Debug, PartialEq)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Where the next page begins, when there is one.
    pub(crate) next_marker: Option<String>,
}

/// Which page is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The operation; the marker of one is not one of another.
    pub(crate) list: &'a str,
    /// The most items.
    pub(crate) limit: i64,
    /// Where the page before ended.
    pub(crate) marker: Option<&'a str>,
}

impl Wanted<'_> {
    /// The name of the last item that was shown, for lists that can begin after it.
    ///
    /// # Errors
    /// The marker is not one of this list.
    pub(crate) fn after<N: FromStr>(&self) -> Result<Option<N>, Error> {
        let name = self.marker.map(|marker| read(self.list, marker)).transpose()?;
        name.map(|name| name.parse().map_err(|_| Error::Marker)).transpose()
    }
}

/// Cuts a page out of a list that is in order of `name`. A marker holds the name of the last item that was shown, so it
/// stays good when items come and go.
///
/// # Errors
/// The marker is not one of this list.
pub(crate) fn cut<T>(
    items: impl Iterator<Item = T>,
    name: impl Fn(&T) -> String,
    wanted: Wanted<'_>,
) -> Result<Page<T>, Error> {
    let after = wanted.marker.map(|marker| read(wanted.list, marker)).transpose()?;
    let mut rest = items.skip_while(|item| after.as_ref().is_some_and(|after| name(item) <= *after));
    let limit = usize::try_from(wanted.limit).unwrap_or_default();
    let items: Vec<T> = rest.by_ref().take(limit).collect();
    let more = rest.next().is_some();
    let next_marker = items.last().filter(|_| more).map(|last| write(wanted.list, &name(last)));
    Ok(Page { items, next_marker })
}

fn write(list: &str, name: &str) -> String {
    Base64UrlUnpadded::encode_string(format!("{list} {name}").as_bytes())
}

fn read(list: &str, marker: &str) -> Result<String, Error> {
    let text = Base64UrlUnpadded::decode_vec(marker).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let name = text.as_deref().and_then(|text| text.strip_prefix(list)?.strip_prefix(' '));
    name.map(str::to_owned).ok_or(Error::Marker)
}
