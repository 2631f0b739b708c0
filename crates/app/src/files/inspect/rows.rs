//! A message as rows to be read: each field with its place, its value and what it is for. Pure.

use waxseal_api::inspection::{Field, FieldValue, FrameTable, Inspection};

use super::text;
use crate::words::{bytes, grouped};

/// A part of the message: header, encrypted data keys, frames, footer.
#[derive(Debug, PartialEq)]
pub(crate) struct Section {
    /// Its heading.
    pub(crate) title: &'static str,
    /// What it is made of.
    pub(crate) groups: Vec<Group>,
}

/// Fields that belong together: one encrypted data key, one frame.
#[derive(Debug, PartialEq)]
pub(crate) struct Group {
    /// Its heading; none where it is all of its section.
    pub(crate) title: String,
    /// Its fields, in their order.
    pub(crate) rows: Vec<Row>,
}

/// One field.
#[derive(Debug, PartialEq)]
pub(crate) struct Row {
    /// Its name in the document, for links: `edk-2-keyProviderId`.
    pub(crate) id: String,
    /// The field.
    pub(crate) field: Field,
    /// What it is for.
    pub(crate) about: &'static str,
}

/// All of a message; with a frame besides the first and the last if one was asked for.
pub(crate) fn sections(found: &Inspection, asked: Option<&(u32, Vec<Field>)>) -> [Section; 4] {
    let (header, keys) = header(&found.header);
    let footer = Group::new(String::new(), "footer", &found.footer);
    let frames = found.frames.as_ref().map(|table| frames(table, asked)).unwrap_or_default();
    [
        Section { title: text::HEADER, groups: vec![header] },
        Section { title: text::KEYS, groups: keys },
        Section { title: if is_block(found) { text::BLOCK } else { text::FRAMES }, groups: frames },
        Section { title: text::FOOTER, groups: vec![footer] },
    ]
}

fn is_block(found: &Inspection) -> bool {
    found.frames.as_ref().is_some_and(|table| table.frame_length.is_none())
}

impl Group {
    fn new(title: String, id: &str, fields: &[Field]) -> Self {
        let rows = fields.iter().map(|field| Row::new(id, field, id.starts_with("frame"))).collect();
        Self { title, rows }
    }
}

impl Row {
    fn new(group: &str, field: &Field, in_frame: bool) -> Self {
        let about = text::about(&field.name, in_frame).unwrap_or_default();
        Self { id: format!("{group}-{}", field.name), field: field.clone(), about }
    }

    /// `Bytes 3–34`
    pub(crate) fn place(&self) -> String {
        let Field { offset, length, .. } = self.field;
        match length {
            0 => format!("at byte {}", grouped(offset)),
            1 => format!("byte {}", grouped(offset)),
            _ => format!("bytes {}–{} ({})", grouped(offset), grouped(offset + length - 1), bytes(length)),
        }
    }

    /// What it says, in words; nothing where its bytes are shown instead.
    pub(crate) fn value(&self) -> Option<String> {
        match self.field.value.as_ref()? {
            FieldValue::Number(suite) if self.field.name == "algorithmSuiteId" => {
                Some(format!("0x{suite:04x}"))
            }
            FieldValue::Number(number) => Some(grouped(*number)),
            FieldValue::Text(text) => Some(text.clone()),
            FieldValue::Bytes(_) => None,
        }
    }

    /// Whether every one of these words, in small letters, is in its name, its value or what it is for.
    pub(crate) fn has(&self, words: &[String]) -> bool {
        let hidden = match &self.field.value {
            Some(FieldValue::Bytes(hex)) => hex,
            _ => "",
        };
        let own =
            [&*self.id, &self.value().unwrap_or_default(), hidden, self.about].join("\n").to_lowercase();
        words.iter().all(|word| own.contains(word))
    }
}

/// The fields of the header, those of the encrypted data keys apart.
fn header(fields: &[Field]) -> (Group, Vec<Group>) {
    let (mut own, mut keys, mut pairs) = (Group::new(String::new(), "", &[]), Vec::<Group>::new(), 0);
    for field in fields {
        let name = &*field.name;
        if name == "keyProviderIdLength" {
            keys.push(Group { title: text::key_title(keys.len() + 1), rows: Vec::new() });
        }
        pairs += usize::from(name == "aadKeyLength");
        let in_key = name.starts_with("keyProvider")
            || name.starts_with("encryptedDataKey") && name != "encryptedDataKeyCount";
        let number = keys.len();
        match keys.last_mut().filter(|_| in_key) {
            Some(key) => key.rows.push(Row::new(&format!("edk-{number}"), field, false)),
            None if name.starts_with("aadKey") || name.starts_with("aadValue") => {
                own.rows.push(Row::new(&format!("aad-{pairs}"), field, false));
            }
            None => own.rows.push(Row::new("header", field, false)),
        }
    }
    (own, keys)
}

fn frames(table: &FrameTable, asked: Option<&(u32, Vec<Field>)>) -> Vec<Group> {
    if table.frame_length.is_none() {
        return vec![Group::new(String::new(), "frame-block", &table.first)];
    }
    let last = table.last.first().map(|_| table.count.max(1));
    let mut groups = Vec::new();
    if last != Some(1) {
        groups.push(Group::new(text::frame_title(1, last), "frame-first", &table.first));
    }
    if let Some((number, fields)) = asked {
        groups.push(Group::new(text::frame_title(*number, last), &format!("frame-{number}"), fields));
    }
    if let Some(number) = last {
        groups.push(Group::new(text::frame_title(number, last), "frame-last", &table.last));
    }
    groups
}

/// The last of the frames that are shown only when they are asked for, the first of which is the second.
pub(crate) fn last_between(table: &FrameTable) -> Option<u32> {
    let shown_anyway = u32::from(!table.last.is_empty());
    let last = table.count.saturating_sub(shown_anyway);
    (table.frame_length.is_some() && last > 1).then_some(last)
}

/// Bytes before the content of a frame that is not the last: its number and its IV.
pub(crate) const PREFIX: u64 = 16;

/// Where such a frame begins.
pub(crate) fn frame_offset(table: &FrameTable, number: u32) -> u64 {
    table.offset + u64::from(number.saturating_sub(1)) * table.stride
}

/// The fields of a frame that is not the last, from its first bytes.
pub(crate) fn frame(table: &FrameTable, number: u32, prefix: &[u8]) -> Vec<Field> {
    let content = u64::from(table.frame_length.unwrap_or_default());
    let (sequence, iv) = prefix.split_at_checked(4).unwrap_or_default();
    let said = sequence.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let iv = iv.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut at = frame_offset(table, number);
    [
        ("sequenceNumber", 4, Some(FieldValue::Number(said))),
        ("iv", 12, Some(FieldValue::Bytes(iv))),
        ("encryptedContent", content, None),
        ("authenticationTag", 16, None),
    ]
    .map(|(name, length, value)| {
        let offset = at;
        at += length;
        Field { name: name.into(), offset, length, value }
    })
    .into()
}

#[cfg(test)]
mod tests {
    use waxseal_api::inspection::FIELDS;

    use super::*;

    fn field(name: &'static str, offset: u64, value: FieldValue) -> Field {
        Field { name: name.into(), offset, length: 2, value: Some(value) }
    }

    fn number(name: &'static str) -> Field {
        field(name, 0, FieldValue::Number(7))
    }

    fn table(count: u32, whole: bool) -> FrameTable {
        let last = if whole { vec![number("sequenceNumberEnd")] } else { Vec::new() };
        FrameTable {
            frame_length: Some(16),
            offset: 100,
            stride: 48,
            count,
            plaintext_length: 0,
            first: vec![number("sequenceNumber")],
            last,
        }
    }

    fn ids(groups: &[Group]) -> Vec<&str> {
        groups.iter().flat_map(|group| &group.rows).map(|row| &*row.id).collect()
    }

    #[test]
    fn every_field_has_its_sentence() {
        for name in FIELDS {
            for in_frame in [false, true] {
                let about = text::about(name, in_frame).unwrap_or_else(|| panic!("nothing about {name}"));
                assert!(about.ends_with('.') && about.len() > 20, "{name}: {about}");
            }
        }
        assert_eq!(text::about("somethingElse", false), None);
    }

    #[test]
    fn fields_that_come_several_times_have_names_of_their_own() {
        let names = [
            "version",
            "aadLength",
            "aadKeyLength",
            "aadKey",
            "aadValue",
            "aadKeyLength",
            "aadKey",
            "encryptedDataKeyCount",
            "keyProviderIdLength",
            "keyProviderId",
            "encryptedDataKey",
            "keyProviderIdLength",
            "keyProviderId",
            "contentType",
            "authenticationTag",
        ];
        let (own, keys) = header(&names.map(number));
        assert_eq!(
            ids(&[own]),
            [
                "header-version",
                "header-aadLength",
                "aad-1-aadKeyLength",
                "aad-1-aadKey",
                "aad-1-aadValue",
                "aad-2-aadKeyLength",
                "aad-2-aadKey",
                "header-encryptedDataKeyCount",
                "header-contentType",
                "header-authenticationTag",
            ]
        );
        assert_eq!(
            ids(&keys),
            [
                "edk-1-keyProviderIdLength",
                "edk-1-keyProviderId",
                "edk-1-encryptedDataKey",
                "edk-2-keyProviderIdLength",
                "edk-2-keyProviderId",
            ]
        );
    }

    #[test]
    fn frames_are_the_first_the_last_and_one_between() {
        let asked = (3, vec![number("iv")]);
        assert_eq!(
            ids(&frames(&table(5, true), Some(&asked))),
            ["frame-first-sequenceNumber", "frame-3-iv", "frame-last-sequenceNumberEnd"]
        );
        assert_eq!(ids(&frames(&table(1, true), None)), ["frame-last-sequenceNumberEnd"]);
        assert_eq!(ids(&frames(&table(5, false), None)), ["frame-first-sequenceNumber"]);
        assert_eq!(last_between(&table(5, true)), Some(4));
        assert_eq!(last_between(&table(5, false)), Some(5));
        assert_eq!(last_between(&table(3, true)), Some(2));
        assert_eq!(last_between(&table(2, true)), None);
        assert_eq!(last_between(&FrameTable::default()), None);
    }

    #[test]
    fn a_frame_between_has_its_fields_one_after_the_other() {
        let prefix = [&[0, 0, 0, 3][..], &[0; 11], &[3]].concat();
        let fields = frame(&table(5, true), 3, &prefix);
        let places: Vec<_> = fields.iter().map(|field| (field.offset, field.length)).collect();
        assert_eq!(places, [(196, 4), (200, 12), (212, 16), (228, 16)]);
        assert_eq!(fields[0].value, Some(FieldValue::Number(3)));
        assert_eq!(fields[1].value, Some(FieldValue::Bytes("000000000000000000000003".into())));
    }

    #[test]
    fn rows_are_found_by_name_value_and_meaning() {
        let row = |field| Row::new("header", &field, false);
        let has = |row: &Row, words: &[&str]| {
            row.has(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
        };
        let suite = row(field("algorithmSuiteId", 1, FieldValue::Number(0x0478)));
        assert_eq!((suite.value().as_deref(), &*suite.place()), (Some("0x0478"), "bytes 1–2 (2 bytes)"));
        assert!(has(&suite, &["suiteid"]) && has(&suite, &["0x0478", "derived"]) && !has(&suite, &["frame"]));
        let id = row(field("messageId", 3, FieldValue::Bytes("00ff".into())));
        assert!(id.value().is_none() && has(&id, &["00ff"]) && has(&id, &[]));
        let key = row(field("aadValue", 3, FieldValue::Text("Alpha".into())));
        assert!(has(&key, &["alpha"]) && !has(&key, &["alpha", "beta"]));
    }
}
