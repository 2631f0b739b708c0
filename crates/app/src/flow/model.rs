//! A trace as a story: where each step stands, what crosses, and which keys are alive after it. Pure.

use waxseal_api::{
    Failure,
    job::PackedFile,
    trace::{Bytes, Item, Lane, Role, Step, Trace},
    types::EncryptionContext,
};

use super::text;
use crate::shapes;

/// The most that the service encrypts directly, in bytes.
const DIRECT_LIMIT: u64 = 4096;

/// A whole trace, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Story {
    /// One scene a step, and one for a failure that is not a step itself.
    pub(crate) scenes: Vec<Scene>,
    /// The file that the story is about; none for a single call.
    pub(crate) file: Option<WholeFile>,
}

/// The file that a job is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WholeFile {
    /// Its length.
    pub(crate) length: u64,
    /// Whether it is an encrypted one.
    pub(crate) sealed: bool,
}

/// One step, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scene {
    /// Where it happens, or from where to where something moves.
    pub(crate) path: Path,
    /// What happens, in the present tense.
    pub(crate) sentence: String,
    /// The operation that is called or answered.
    pub(crate) operation: Option<String>,
    /// The things it uses and makes.
    pub(crate) pieces: Vec<Piece>,
    /// Names and rules: label and value.
    pub(crate) facts: Vec<(&'static str, String)>,
    /// The encryption context it involves.
    pub(crate) context: EncryptionContext,
    /// Who could see what it is about.
    pub(crate) seen: String,
    /// Bytes that cross the boundary of the service in it.
    pub(crate) crossed: u64,
    /// Bytes that have crossed the boundary by its end.
    pub(crate) crossed_so_far: u64,
    /// The data key in your app, after it.
    pub(crate) data_key: Life,
    /// The key derived for this message, after it.
    pub(crate) content_key: Life,
    /// Whether the KMS key is used in it.
    pub(crate) uses_kms_key: bool,
    /// Frames it works on.
    pub(crate) frames: Option<Frames>,
    /// How it ends.
    pub(crate) ending: Ending,
}

/// Where a step stands in the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Path {
    /// It stays in one lane.
    In(Lane),
    /// Something moves between two lanes.
    Across {
        /// From.
        from: Lane,
        /// To.
        to: Lane,
    },
}

/// A thing in a step, with the words for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    /// What it is called here.
    pub(crate) name: &'static str,
    /// The thing.
    pub(crate) item: Item,
    /// Whether it has just been overwritten.
    pub(crate) wiped: bool,
}

/// A key in the clear, over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Life {
    /// Your app does not have it yet.
    #[default]
    Absent,
    /// Your app holds it in the clear.
    Alive,
    /// It has been overwritten with zeros.
    Wiped,
}

/// The frames of a message, as far as they got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frames {
    /// How many are well.
    pub(crate) good: u32,
    /// The one that failed, counted from 1.
    pub(crate) bad: Option<u32>,
    /// Bytes of plaintext in each but the last; 0 when that was never told.
    pub(crate) length: u32,
}

/// How a step ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The story goes on, or is complete.
    Well,
    /// The service said no.
    Refused,
    /// The app stopped.
    Stopped,
}

impl Path {
    /// The lane in which its words stand: whoever acts.
    pub(crate) fn words(self) -> Lane {
        match self {
            Self::In(lane) => lane,
            Self::Across { from: Lane::Storage, to } => to,
            Self::Across { from, .. } => from,
        }
    }

    /// The lane in which its things stand: where they are afterwards, or came from.
    pub(crate) fn things(self) -> Lane {
        match self {
            Self::In(lane) => lane,
            Self::Across { from, to } if from == self.words() => to,
            Self::Across { from, .. } => from,
        }
    }
}

impl Story {
    /// Tells what a trace holds and how it failed, if it did. `contents` are the files that are packed in the one that a job is
    /// about.
    pub(crate) fn new(trace: &Trace, failure: Option<&Failure>, contents: &[PackedFile]) -> Self {
        let called = text::file(contents);
        let (told, cleaning) = trace.steps.split_at(failure.map_or(trace.steps.len(), |_| end(&trace.steps)));
        let mut scenes: Vec<Scene> = Vec::with_capacity(trace.steps.len() + 1);
        tell(&mut scenes, told, called);
        if let Some(failure) = failure.filter(|_| !ends_in_refusal(&scenes)) {
            let scene = Scene::stopped(scenes.last(), failure);
            scenes.push(scene);
        }
        tell(&mut scenes, cleaning, called);
        let file = trace.steps.iter().find_map(|step| match step {
            Step::FileOpened { item, .. } => {
                Some(WholeFile { length: item.length, sealed: item.role == Role::Ciphertext })
            }
            _ => None,
        });
        Self { scenes, file }
    }

    /// What sending the whole file would have meant.
    pub(crate) fn whole_file(&self) -> Option<(u64, &'static str)> {
        self.file.map(|file| (file.length, text::whole_file(file.length > DIRECT_LIMIT, file.sealed)))
    }

    /// The last step's place in the list.
    pub(crate) fn last(&self) -> usize {
        self.scenes.len().saturating_sub(1)
    }

    /// Where to begin: with the first step, but when it went wrong, with what went wrong.
    pub(crate) fn start(&self) -> usize {
        self.scenes.iter().position(|scene| scene.ending != Ending::Well).unwrap_or(0)
    }

    /// The steps, counted from 1, in which your app received the data key in the clear and in which it was wiped.
    pub(crate) fn data_key_span(&self) -> Option<(usize, Option<usize>)> {
        let first = |life| self.scenes.iter().position(|scene| scene.data_key == life).map(|at| at + 1);
        first(Life::Alive).map(|born| (born, first(Life::Wiped)))
    }
}

/// Where a story that failed has its end: what follows only wipes keys.
fn end(steps: &[Step]) -> usize {
    steps.iter().rposition(|step| !matches!(step, Step::Wiped { .. })).map_or(0, |last| last + 1)
}

fn tell(scenes: &mut Vec<Scene>, steps: &[Step], file: &'static str) {
    for step in steps {
        let mut scene = Scene::after(scenes.last(), step, file);
        for piece in &mut scene.pieces {
            recall(scenes, &mut piece.item);
        }
        scenes.push(scene);
    }
}

/// What a reply carries was made in a step before, where its bytes may stand.
fn recall(before: &[Scene], item: &mut Item) {
    let same = |old: &&Item| {
        old.role == item.role && old.length == item.length && matches!(old.bytes, Bytes::Here(_))
    };
    if matches!(item.bytes, Bytes::Reply(_)) {
        let made = before.iter().rev().flat_map(|scene| &scene.pieces).map(|piece| &piece.item).find(same);
        if let Some(made) = made {
            item.bytes = made.bytes.clone();
        }
    }
}

fn ends_in_refusal(scenes: &[Scene]) -> bool {
    scenes.last().is_some_and(|scene| scene.ending == Ending::Refused)
}

impl Scene {
    fn after(before: Option<&Self>, step: &Step, file: &'static str) -> Self {
        let crossed = step.crossed();
        let (data_key, content_key) = before.map_or_else(Default::default, |s| (s.data_key, s.content_key));
        Self {
            path: path(step),
            sentence: text::sentence(step),
            operation: operation(step),
            pieces: pieces(step, file),
            facts: text::facts(step),
            context: context(step),
            seen: text::seen(step),
            crossed,
            crossed_so_far: crossed + before.map_or(0, |scene| scene.crossed_so_far),
            data_key: life(data_key, Role::DataKey, step),
            content_key: life(content_key, Role::ContentKey, step),
            uses_kms_key: matches!(
                step,
                Step::Encrypted { .. } | Step::Decrypted { .. } | Step::KeyUsed { .. }
            ),
            frames: frames(step),
            ending: if matches!(step, Step::Refused { .. }) { Ending::Refused } else { Ending::Well },
        }
    }

    /// The end of a job that failed outside the service.
    fn stopped(before: Option<&Self>, failure: &Failure) -> Self {
        let frame = match failure {
            Failure::Local(error) => error.frame,
            Failure::Service(_) => None,
        };
        Self {
            path: Path::In(Lane::App),
            sentence: text::stopped(failure),
            operation: None,
            pieces: Vec::new(),
            facts: text::stopped_facts(failure),
            context: EncryptionContext::new(),
            seen: text::stopped_seen(frame).to_owned(),
            crossed: 0,
            crossed_so_far: before.map_or(0, |scene| scene.crossed_so_far),
            data_key: before.map_or(Life::Absent, |scene| scene.data_key),
            content_key: before.map_or(Life::Absent, |scene| scene.content_key),
            uses_kms_key: false,
            frames: frame.map(|n| Frames { good: n.saturating_sub(1), bad: Some(n), length: 0 }),
            ending: Ending::Stopped,
        }
    }
}

fn path(step: &Step) -> Path {
    match step {
        Step::Request { .. } => Path::Across { from: Lane::App, to: Lane::Service },
        Step::Reply { .. } | Step::Refused { .. } => Path::Across { from: Lane::Service, to: Lane::App },
        // Files that are packed come to be one only in the app.
        Step::FileOpened { packed: 0, .. } => Path::Across { from: Lane::Storage, to: Lane::App },
        Step::Stored { .. } => Path::Across { from: Lane::App, to: Lane::Storage },
        other => Path::In(other.lane()),
    }
}

/// A key is born in your app when a reply or a derivation brings it there in the clear, and dies when it is wiped.
fn life(before: Life, role: Role, step: &Step) -> Life {
    match step {
        Step::Reply { items, .. } if items.iter().any(|item| item.role == role) => Life::Alive,
        Step::KeysDerived { content_key, .. } if content_key.role == role => Life::Alive,
        Step::Wiped { item } if item.role == role => Life::Wiped,
        _ => before,
    }
}

fn operation(step: &Step) -> Option<String> {
    match step {
        Step::Request { operation, .. } | Step::Reply { operation, .. } | Step::Refused { operation, .. } => {
            Some(operation.clone())
        }
        _ => None,
    }
}

fn context(step: &Step) -> EncryptionContext {
    match step {
        Step::Request { context, .. } | Step::Encrypted { context, .. } | Step::Decrypted { context, .. } => {
            context.clone()
        }
        _ => EncryptionContext::new(),
    }
}

fn frames(step: &Step) -> Option<Frames> {
    match step {
        Step::FramesEncrypted { frames, frame_length, .. }
        | Step::FramesDecrypted { frames, frame_length, .. } => {
            Some(Frames { good: *frames, bad: None, length: *frame_length })
        }
        _ => None,
    }
}

/// What a step shows; `file` is what the file of the job is called.
fn pieces(step: &Step, file: &'static str) -> Vec<Piece> {
    let piece = |name, item: &Item| Piece { name, item: item.clone(), wiped: false };
    let named = |item: &Item| piece(shapes::name(item.role), item);
    match step {
        Step::Request { .. }
        | Step::KeyFound { .. }
        | Step::Permitted { .. }
        | Step::Denied { .. }
        | Step::Changed { .. }
        | Step::Refused { .. } => Vec::new(),
        Step::RandomMade { item } => vec![piece(text::random(item.role), item)],
        Step::Encrypted { input, output, .. } | Step::Decrypted { input, output, .. } => {
            vec![named(input), named(output)]
        }
        Step::KeyUsed { input, output, .. } => [input].into_iter().chain(output).map(named).collect(),
        Step::Reply { items, .. } => items.iter().map(named).collect(),
        Step::FileOpened { item, .. } | Step::Stored { item, .. } => {
            let whole = match item.role {
                Role::Ciphertext => "encrypted file",
                Role::Plaintext => file,
                other => shapes::name(other),
            };
            vec![piece(whole, item)]
        }
        Step::HeaderRead { item, .. } | Step::HeaderVerified { item } => vec![piece("header", item)],
        Step::KeysDerived { data_key, content_key, commitment } => {
            // A suite may have none.
            let commitment = (commitment.length > 0).then(|| piece("key commitment", commitment));
            [named(data_key), named(content_key)].into_iter().chain(commitment).collect()
        }
        Step::HeaderWritten { item, encrypted_data_key } => {
            vec![piece("header", item), named(encrypted_data_key)]
        }
        Step::FramesEncrypted { input, output, .. } => vec![piece(file, input), piece("frames", output)],
        Step::FramesDecrypted { input, output, .. } => vec![piece("frames", input), piece(file, output)],
        Step::Wiped { item } => vec![Piece { wiped: true, ..named(item) }],
    }
}
