//! Some bytes on the table: as they came, as they are now, and the byte that is looked at. Pure.

use std::{cell::Cell, rc::Rc};

use waxseal_api::{
    dissection::Dissection,
    inspection::Field,
    trace::{Bytes, Item, Role, Step, Trace},
    types::EncryptionContext,
};
use yew::Reducible;

/// The most bytes that are looked at.
pub(crate) const MOST: usize = 64 * 1024;
/// Bytes in a row of the grid.
pub(super) const PER_ROW: usize = crate::bytes::PER_ROW;

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(1) };
}

/// Bytes that are to be looked at.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    /// Tells it from others, even of the same bytes.
    number: u32,
    pub(super) name: String,
    pub(super) bytes: Rc<[u8]>,
    /// What they are bound to, where that is known.
    pub(super) context: EncryptionContext,
}

impl PartialEq for Opening {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Opening {
    /// Bytes under a name, which a file can have.
    pub(crate) fn new(name: &str, bytes: impl Into<Rc<[u8]>>) -> Self {
        let (name, bytes) = (name.replace(char::is_whitespace, "-"), bytes.into());
        Self {
            number: NEXT.replace(NEXT.get().wrapping_add(1)),
            name,
            bytes,
            context: EncryptionContext::new(),
        }
    }

    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Tells it from others.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// What the service encrypted or decrypted in a call, each blob once.
    pub(crate) fn of(trace: &Trace) -> Vec<Self> {
        let mut found = Vec::<Self>::new();
        for step in &trace.steps {
            let (item, context) = match step {
                Step::Encrypted { output, context, .. } => (output, context),
                Step::Decrypted { input, context, .. } => (input, context),
                _ => continue,
            };
            let Item { role: Role::Ciphertext | Role::EncryptedDataKey, bytes: Bytes::Here(blob), .. } = item
            else {
                continue;
            };
            if blob.as_bytes().len() <= MOST && found.iter().all(|it| *it.bytes != *blob.as_bytes()) {
                let name = if item.role == Role::Ciphertext { "ciphertext" } else { "data-key" };
                found.push(Self { context: context.clone(), ..Self::new(name, blob.as_bytes()) });
            }
        }
        found
    }
}

/// Bytes that are looked at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub(super) opening: Opening,
    /// As they are now: as many as there were.
    pub(super) bytes: Rc<[u8]>,
    /// The byte that is looked at.
    pub(super) at: usize,
    /// Counts how often another byte was gone to.
    pub(super) moves: u32,
}

/// What happens to them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Edit {
    /// Others are looked at.
    Open(Opening),
    /// Another byte is looked at: one of these, or the nearest.
    Go(isize),
    /// Bits of the byte that is looked at turn round.
    Flip(u8),
    /// The byte that is looked at is as it was, or its last bit turns round.
    Toggle,
    /// All bytes are as they were.
    Restore,
}

/// None before some were opened.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table(pub(super) Option<Sheet>);

impl Reducible for Table {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let edited = match (&self.0, edit) {
            (_, Edit::Open(opening)) => {
                Some(Sheet { bytes: opening.bytes.clone(), opening, at: 0, moves: 0 })
            }
            (Some(sheet), edit) => Some(sheet.edit(&edit)),
            (None, _) => None,
        };
        Rc::new(Self(edited))
    }
}

impl Sheet {
    fn edit(&self, edit: &Edit) -> Self {
        let mut sheet = self.clone();
        match edit {
            Edit::Go(at) => {
                sheet.at = usize::try_from(*at).unwrap_or(0).min(self.bytes.len().saturating_sub(1));
                sheet.moves += 1;
            }
            Edit::Flip(bits) => sheet.flip(*bits),
            Edit::Toggle => sheet.flip(if self.is_changed(self.at) {
                self.byte() ^ self.opening.bytes[self.at]
            } else {
                1
            }),
            Edit::Restore | Edit::Open(_) => sheet.bytes = self.opening.bytes.clone(),
        }
        sheet
    }

    fn flip(&mut self, bits: u8) {
        let mut bytes = self.bytes.to_vec();
        if let Some(byte) = bytes.get_mut(self.at) {
            *byte ^= bits;
        }
        // So that bytes that are as they were are the same, too.
        self.bytes = if *bytes == *self.opening.bytes { self.opening.bytes.clone() } else { bytes.into() };
    }

    /// The byte that is looked at.
    pub(super) fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or_default()
    }

    /// Whether a byte is not as it was.
    pub(super) fn is_changed(&self, at: usize) -> bool {
        self.bytes.get(at) != self.opening.bytes.get(at)
    }

    /// Where bytes are not as they were.
    pub(super) fn changed(&self) -> Vec<usize> {
        (0..self.bytes.len()).filter(|at| self.is_changed(*at)).collect()
    }
}

/// The parts of what is looked at: those of the bytes as they are now, or as they came where those have become something else.
pub(super) fn parts<'a>(first: &'a Dissection, now: &'a Dissection) -> &'a [Field] {
    if first.kind == now.kind && first.fields.len() == now.fields.len() { &now.fields } else { &first.fields }
}

/// Which part a byte belongs to.
pub(super) fn part_of(parts: &[Field], at: usize) -> Option<usize> {
    let at = at as u64;
    let next = parts.partition_point(|part| part.offset <= at);
    // Parts without bytes may begin there, too.
    let found = (0..next).rev().find(|part| parts[*part].length > 0)?;
    (at < parts[found].offset + parts[found].length).then_some(found)
}

#[cfg(test)]
mod tests {
    use waxseal_api::dissection::BlobKind;

    use super::*;

    fn after(edits: &[Edit]) -> Sheet {
        let open = Edit::Open(Opening::new("a b", *b"\x01\x02\x03"));
        let table = [&[open], edits].concat().into_iter().fold(Rc::new(Table::default()), Table::reduce);
        table.0.clone().unwrap()
    }

    #[test]
    fn a_bit_turns_round_and_back() {
        let flipped = after(&[Edit::Go(1), Edit::Flip(0x80)]);
        assert_eq!((&*flipped.bytes, flipped.changed()), (&[1, 0x82, 3][..], vec![1]));
        assert_eq!(after(&[Edit::Go(1), Edit::Flip(0x80), Edit::Flip(0x80)]).changed(), [] as [usize; 0]);
        assert_eq!(after(&[Edit::Toggle]).byte(), 0);
        assert_eq!(after(&[Edit::Flip(0x30), Edit::Toggle]).changed(), [] as [usize; 0]);
        assert_eq!(
            after(&[Edit::Toggle, Edit::Go(2), Edit::Toggle, Edit::Restore]).changed(),
            [] as [usize; 0]
        );
    }

    #[test]
    fn the_byte_that_is_looked_at_is_one_of_them() {
        for (to, expect) in [(-1, 0), (0, 0), (2, 2), (3, 2), (99, 2)] {
            assert_eq!(after(&[Edit::Go(to)]).at, expect);
        }
        let empty = Rc::new(Table::default()).reduce(Edit::Open(Opening::new("", [])));
        let empty = empty.reduce(Edit::Go(4)).reduce(Edit::Toggle);
        assert_eq!(
            empty.0.as_ref().map(|sheet| (sheet.at, sheet.byte(), sheet.changed().len())),
            Some((0, 0, 0))
        );
        assert_eq!(after(&[]).opening.name, "a-b");
    }

    #[test]
    fn a_byte_has_its_part() {
        let field = |(offset, length): (u64, u64)| Field { name: "a".into(), offset, length, value: None };
        let parts = [(0, 2), (2, 0), (2, 3), (9, 1)].map(field);
        let found: Vec<_> = [0, 1, 2, 4, 5, 9, 10].map(|at| part_of(&parts, at)).into();
        assert_eq!(found, [Some(0), Some(0), Some(2), Some(2), None, Some(3), None]);
        assert_eq!(part_of(&[], 0), None);
    }

    #[test]
    fn parts_stay_while_changed_bytes_are_something_else() {
        let of = |kind, name: &'static str| {
            let field = Field { name: name.into(), offset: 0, length: 1, value: None };
            Dissection { kind, fields: vec![field], problem: None }
        };
        let first = of(BlobKind::Ciphertext, "first");
        assert_eq!(parts(&first, &of(BlobKind::Ciphertext, "now"))[0].name, "now");
        assert_eq!(parts(&first, &of(BlobKind::Unknown, "now"))[0].name, "first");
    }

    #[test]
    fn a_call_has_its_blobs_once() {
        let item = |role, bytes: &[u8]| Item::here(role, bytes);
        let context = EncryptionContext::from([("a".to_owned(), "b".to_owned())]);
        let step = |output: Item| Step::Encrypted {
            key_arn: String::new(),
            key_material_id: String::new(),
            input: Item::withheld(Role::Plaintext, 4),
            output,
            context: context.clone(),
        };
        let steps =
            [(Role::Ciphertext, b"one"), (Role::Ciphertext, b"one"), (Role::EncryptedDataKey, b"two")];
        let trace = Trace { steps: steps.map(|(role, bytes)| step(item(role, bytes))).into() };
        let found = Opening::of(&trace);
        let names: Vec<_> = found.iter().map(|it| (it.name.as_str(), &*it.bytes)).collect();
        assert_eq!(names, [("ciphertext", &b"one"[..]), ("data-key", b"two")]);
        assert_eq!(found[0].context, context);
    }
}
