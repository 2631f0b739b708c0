//! The words of lessons. They are HTML, made of Markdown when the site was built; of that, what Markdown makes is drawn, and
//! no browser is asked to parse it.

pub(crate) use super::said::{around, count, halves, place, put_in, say, script_line, tell};
use yew::{
    prelude::*,
    virtual_dom::{VList, VNode, VTag},
};

/// What is drawn; anything else leaves only its text.
const TAGS: [&str; 20] = [
    "p",
    "em",
    "strong",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "h3",
    "h4",
    "br",
    "span",
];

/// Draws HTML that Markdown has become.
pub(crate) fn rich(html: &str) -> Html {
    let mut drawing = Drawing { open: Vec::new(), drawn: VList::new() };
    for (at, part) in html.split('<').enumerate() {
        let (tag, text) = if at == 0 { ("", part) } else { part.split_once('>').unwrap_or((part, "")) };
        drawing.tag(tag);
        if !text.is_empty() {
            drawing.put(plain(text).into());
        }
    }
    while drawing.close() {}
    drawing.drawn.into()
}

struct Drawing {
    /// Elements that have not ended, the innermost last.
    open: Vec<(&'static str, VTag)>,
    drawn: VList,
}

impl Drawing {
    fn put(&mut self, node: VNode) {
        match self.open.last_mut() {
            Some((_, element)) => element.add_child(node),
            None => self.drawn.add_child(node),
        }
    }

    /// Ends the innermost element, if there is one.
    fn close(&mut self) -> bool {
        let ended = self.open.pop();
        let any = ended.is_some();
        ended.into_iter().for_each(|(_, element)| self.put(element.into()));
        any
    }

    /// What stands between `<` and `>`.
    fn tag(&mut self, tag: &str) {
        let words = tag.trim_matches('/');
        let name = words.split_whitespace().next().unwrap_or_default();
        let Some(name) = TAGS.into_iter().find(|it| *it == name) else { return };
        if tag.starts_with('/') {
            if self.open.last().is_some_and(|(open, _)| *open == name) {
                self.close();
            }
            return;
        }
        let mut element = VTag::new(name);
        if let Some((_, link)) = words.split_once("href=\"") {
            let link = link.split_once('"').map_or(link, |(link, _)| link);
            element.add_attribute("href", plain(link));
        }
        // The only one that Markdown becomes is the name of an option.
        if name == "span" {
            element.add_attribute("class", "option");
        }
        self.open.push((name, element));
        if name == "br" {
            self.close();
        }
    }
}

/// Text without entities.
fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::html_text;

    #[test]
    fn what_markdown_makes_is_drawn() {
        for text in [
            "plain",
            "<p>A <strong>KMS key</strong> &amp; <code>&lt;id&gt;</code><br>more</p>\n<ul>\n<li>one</li>\n</ul>",
            "<p><a href=\"https://example.org/?a=1&amp;b=2\">there</a></p>",
            "<code>aws <span class=\"option\">--query</span> Keys</code>",
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
        ] {
            assert_eq!(html_text(rich(text)).replace("<!---->", ""), text);
        }
    }

    #[test]
    fn nothing_else_becomes_an_element() {
        let drawn = html_text(rich("<script>alert(1)</script><p onclick=\"x\">a</p></p><em>never ended"));
        assert_eq!(drawn, "alert(1)<p>a</p><em>never ended</em>");
    }
}
