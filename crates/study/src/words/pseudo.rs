//! A language that nobody speaks, in which every text is seen to come from a catalogue and to be longer than in English.

/// HTML or a text of a catalogue in that language: each text outside of code in brackets, with accents, and longer by four
/// tenths. Tags, entities and the places for values stay as they are.
pub fn pseudo(html: &str) -> String {
    let (mut out, mut code, mut rest) = (String::new(), 0_usize, html);
    let put = |text: &str, code: usize| if code > 0 { text.to_owned() } else { changed(text) };
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let (text, tag) = (&rest[..at], &rest[at..end]);
        out += &put(text, code);
        out += tag;
        code = match tag {
            "</code>" => code.saturating_sub(1),
            _ if tag.starts_with("<code") => code + 1,
            _ => code,
        };
        rest = &rest[end..];
    }
    out + &put(rest, code)
}

/// A text without tags. What has no letters stays.
fn changed(text: &str) -> String {
    let (mut out, mut letters, mut kept) = (String::new(), 0_usize, None);
    for (at, sign) in text.char_indices() {
        match (kept, sign) {
            (Some(end), _) if at == end => kept = None,
            (Some(_), _) => {}
            (None, '{') => kept = text[at..].find('}').map(|length| at + length),
            (None, '&') => kept = entity(&text[at..]).map(|length| at + length),
            (None, _) => letters += usize::from(sign.is_alphabetic()),
        }
        out.push(if kept.is_none() { accented(sign) } else { sign });
    }
    if letters == 0 {
        return out;
    }
    let (start, end) = (out.len() - out.trim_start().len(), out.trim_end().len());
    let longer = " ~~~".repeat(letters.div_ceil(10));
    format!("{}⟦{}{longer}⟧{}", &out[..start], &out[start..end], &out[end..])
}

/// Where an entity ends that the text begins with.
fn entity(text: &str) -> Option<usize> {
    let end = text.find(';')?;
    text[1..end].chars().all(|it| it.is_ascii_alphanumeric() || it == '#').then_some(end)
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "aceinosuyzACEINOSUYZ";
    const ACCENTED: &str = "áçéîñöšúýžÁÇÉÎÑÖŠÚÝŽ";
    PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == letter).map_or(letter, |(_, it)| it)
}
