//! Texts as HTML.

use pulldown_cmark::{Event, Options, Parser, html};
use waxseal_study::{
    Text, pieces,
    words::{Word, Words, in_words},
};

/// The text with HTML in the place of Markdown.
pub(super) fn in_html(mut text: Text) -> Text {
    let lines = |lines: &mut Vec<String>| lines.iter_mut().for_each(|it| *it = inline(it));
    for line in [&mut text.title, &mut text.summary].into_iter().chain(text.objectives.values_mut()) {
        *line = inline(line);
    }
    for step in text.steps.values_mut() {
        step.title = inline(&step.title);
        step.text = block(&step.text);
        step.why = step.why.as_deref().map(block);
        if let Some(predict) = &mut step.predict {
            predict.question = inline(&predict.question);
            lines(&mut predict.options);
        }
    }
    for lab in text.labs.values_mut() {
        lab.title = inline(&lab.title);
        lines(&mut lab.goals);
        let blocks = [&mut lab.task, &mut lab.notice].into_iter();
        for part in blocks.chain(&mut lab.hints).chain(lab.mistakes.values_mut()) {
            *part = block(part);
        }
    }
    for question in text.questions.values_mut() {
        question.text = block(&question.text);
        lines(&mut question.options);
        lines(&mut question.why);
        question.tested = question.tested.as_deref().map(inline);
    }
    text
}

/// Markdown. HTML in it is shown, not obeyed.
pub(super) fn block(text: &str) -> String {
    let written = Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION;
    let events = Parser::new_ext(text, written).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Code(text) => Event::InlineHtml(format!("<code>{}</code>", marked(&text)).into()),
        Event::Text(text) if text.contains('-') => Event::InlineHtml(with_names(&text).into()),
        event => event,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    bound(out)
}

/// No line begins with the comma after a name. A browser may break a line at both ends of what it lays out as one piece.
fn bound(html: String) -> String {
    let joined =
        |html: String, sign| html.replace(&format!("</code>{sign}"), &format!("</code>\u{2060}{sign}"));
    [',', '.', ';', ':', '?', '!', ')'].into_iter().fold(html, joined)
}

/// One line of Markdown, without a paragraph around it.
pub(super) fn inline(text: &str) -> String {
    let out = block(text);
    let out = out.trim();
    let inner = out.strip_prefix("<p>").and_then(|it| it.strip_suffix("</p>"));
    inner.filter(|it| !it.contains("<p>")).unwrap_or(out).to_owned()
}

/// HTML without its tags, in one line, for an attribute.
pub(super) fn plain(html: &str) -> String {
    let texts = html.split('<').enumerate().map(|(at, part)| match at {
        0 => part,
        _ => part.split_once('>').map_or("", |(_, text)| text),
    });
    let text = texts.collect::<String>().replace('"', "&quot;");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub(super) fn folded(title: &str, content: &str) -> String {
    format!("<details><summary>{title}</summary>{content}</details>")
}

/// A script as it is read.
pub(super) fn commands(script: &str, words: &Words<Word>) -> String {
    let lines: String = script.trim().lines().map(|line| command(&in_words(line, words))).collect();
    format!("<pre class=\"commands\" tabindex=\"0\"><code>{lines}</code></pre>")
}

fn command(line: &str) -> String {
    format!("<span class=\"line\">{}\n</span>", marked(line))
}

/// A line with the names of options marked.
fn marked(line: &str) -> String {
    let piece = |(text, option): (&str, bool)| {
        let text = escaped(text);
        if option { format!("<span class=\"option\">{text}</span>") } else { text }
    };
    pieces(line).into_iter().map(piece).collect()
}

/// Text in which names stay on one line: `us-east-1`, `SSE-KMS`, `P-256`.
fn with_names(text: &str) -> String {
    let word = |word: &str| {
        let name = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        let told = name.chars().any(|sign| sign.is_ascii_digit() || sign.is_ascii_uppercase());
        match word.split_once(name).filter(|_| told && is_name(name)) {
            Some((before, after)) => format!("{}{}{}", escaped(before), whole(name), escaped(after)),
            None => escaped(word),
        }
    };
    text.split_inclusive(char::is_whitespace).map(word).collect()
}

/// Whether this is one word with hyphens, and short enough for any line.
fn is_name(text: &str) -> bool {
    let signs = |sign: char| sign.is_ascii_alphanumeric() || "-/:.".contains(sign);
    text.len() <= 28 && text.contains('-') && !text.starts_with('-') && text.chars().all(signs)
}

fn whole(name: &str) -> String {
    format!("<span class=\"option\">{}</span>", escaped(name))
}

/// Begins what the app draws anew.
pub(super) fn alive(kind: &str, id: &str) -> String {
    format!("<div class=\"alive\" data-alive=\"{kind}\" data-id=\"{id}\">")
}
