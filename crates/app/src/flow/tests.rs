//! Stories told from traces of every kind.

use waxseal_api::{
    ApiError, ErrorCode, Failure, LocalError, LocalErrorCode,
    trace::{Bytes, Item, Lane, Role, Step, Trace},
};

use super::{
    model::{Ending, Life, Path},
    *,
};
use crate::components::html_text;

const ARN: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

fn data_key() -> Item {
    Item::withheld(Role::DataKey, 32)
}

fn content_key() -> Item {
    Item::withheld(Role::ContentKey, 32)
}

fn sealed() -> Item {
    Item::here(Role::EncryptedDataKey, &[0x5e; 184])
}

fn header() -> Item {
    Item::here(Role::Authenticated, &[2; 300])
}

fn file(role: Role, length: u64, bytes: Bytes) -> Item {
    Item { role, length, bytes }
}

fn context() -> waxseal_api::types::EncryptionContext {
    [("Project".to_owned(), "Alpha".to_owned())].into()
}

/// What the service does for GenerateDataKey.
fn generate_data_key() -> Vec<Step> {
    let operation = || "GenerateDataKey".to_owned();
    let given = |role, length, member: &str| file(role, length, Bytes::Reply(member.to_owned()));
    vec![
        Step::Request { operation: operation(), length: 142, context: context() },
        Step::KeyFound { named: "alias/docs".to_owned(), key_arn: ARN.to_owned() },
        Step::Permitted {
            principal: "arn:aws:iam::111122223333:root".to_owned(),
            action: "kms:GenerateDataKey".to_owned(),
            resource: ARN.to_owned(),
            because: "you own the vault".to_owned(),
        },
        Step::RandomMade { item: data_key() },
        Step::Encrypted {
            key_arn: ARN.to_owned(),
            key_material_id: "ab".repeat(32),
            input: data_key(),
            output: sealed(),
            context: context(),
        },
        Step::Reply {
            operation: operation(),
            length: 470,
            items: vec![
                given(Role::DataKey, 32, "Plaintext"),
                given(Role::EncryptedDataKey, 184, "CiphertextBlob"),
            ],
        },
    ]
}

/// What happens when a file is encrypted.
fn encryption() -> Trace {
    let mut steps = vec![Step::FileOpened {
        name: "photo.raw".to_owned(),
        packed: 0,
        item: file(Role::Plaintext, 52_428_800, Bytes::Input(0)),
    }];
    steps.extend(generate_data_key());
    steps.extend([
        Step::KeysDerived {
            data_key: data_key(),
            content_key: content_key(),
            commitment: Item::here(Role::Authenticated, &[9; 32]),
        },
        Step::Wiped { item: data_key() },
        Step::HeaderWritten { item: header(), encrypted_data_key: sealed() },
        Step::FramesEncrypted {
            frames: 200,
            frame_length: 262_144,
            input: file(Role::Plaintext, 52_428_800, Bytes::Input(0)),
            output: file(Role::Ciphertext, 52_435_208, Bytes::Output(300)),
        },
        Step::Wiped { item: content_key() },
        Step::Stored {
            name: "photo.raw".to_owned(),
            item: file(Role::Ciphertext, 52_435_508, Bytes::Output(0)),
        },
    ]);
    Trace { steps }
}

/// Steps that an encryption has not.
fn other_steps() -> Vec<Step> {
    vec![
        Step::Decrypted {
            key_arn: ARN.to_owned(),
            key_material_id: "ab".repeat(32),
            input: sealed(),
            output: data_key(),
            context: context(),
        },
        Step::Denied {
            principal: "arn:aws:iam::111122223333:user/ann".to_owned(),
            action: "kms:Decrypt".to_owned(),
            resource: ARN.to_owned(),
            because: "statement 1 of the key policy allows, but is for others".to_owned(),
        },
        Step::Changed { what: "state Disabled".to_owned(), resource: ARN.to_owned() },
        Step::HeaderRead { item: header(), key_arns: vec![ARN.to_owned()] },
        Step::HeaderVerified { item: header() },
        Step::FramesDecrypted {
            frames: 1,
            frame_length: 4096,
            input: file(Role::Ciphertext, 99, Bytes::Input(300)),
            output: file(Role::Plaintext, 50, Bytes::Output(0)),
        },
        Step::Refused {
            operation: "Decrypt".to_owned(),
            length: 60,
            code: "DisabledException".to_owned(),
            message: format!("{ARN} is disabled."),
        },
    ]
}

/// A number for each variant: a new one does not compile until it stands here, and in the samples above.
fn variant(step: &Step) -> usize {
    match step {
        Step::Request { .. } => 0,
        Step::KeyFound { .. } => 1,
        Step::Permitted { .. } => 2,
        Step::RandomMade { .. } => 3,
        Step::Encrypted { .. } => 4,
        Step::Decrypted { .. } => 5,
        Step::Changed { .. } => 6,
        Step::Reply { .. } => 7,
        Step::Refused { .. } => 8,
        Step::FileOpened { .. } => 9,
        Step::HeaderRead { .. } => 10,
        Step::KeysDerived { .. } => 11,
        Step::HeaderWritten { .. } => 12,
        Step::HeaderVerified { .. } => 13,
        Step::FramesEncrypted { .. } => 14,
        Step::FramesDecrypted { .. } => 15,
        Step::Wiped { .. } => 16,
        Step::Stored { .. } => 17,
        Step::KeyUsed { .. } => 18,
        Step::Denied { .. } => 19,
    }
}

fn render(story: &Story, at: usize, sources: &Sources) -> String {
    let go = Callback::noop();
    html_text(html! {<>
        { stage(story, at, sources) }
        { drawing(story, at, &go, NodeRef::default()) }
    </>})
}

#[test]
fn every_kind_of_step_has_its_sentence_and_its_drawing() {
    let signed = Step::KeyUsed {
        key_arn: ARN.to_owned(),
        action: "signs the message".to_owned(),
        algorithm: "ECDSA_SHA_256".to_owned(),
        input: Item::withheld(Role::Plaintext, 5),
        output: Some(Item::here(Role::Authenticated, &[7; 70])),
    };
    let steps: Vec<Step> = encryption().steps.into_iter().chain(other_steps()).chain([signed]).collect();
    for kind in 0..=19 {
        assert!(steps.iter().any(|step| variant(step) == kind), "no sample of kind {kind}");
    }
    for step in steps {
        let story = Story::new(&Trace { steps: vec![step] }, None, &[]);
        let scene = story.scenes[0].clone();
        assert!(scene.sentence.ends_with('.') && scene.seen.ends_with('.'), "{scene:?}");
        let html = render(&story, 0, &Sources::default());
        assert_eq!(html.matches(scene.sentence.as_str()).count(), 2, "{html}");
        assert!(html.contains("aria-current=\"step\""), "{html}");
        for piece in scene.pieces {
            assert!(html.contains(piece.name), "{} is not in {html}", piece.name);
        }
    }
}

#[test]
fn a_suite_without_commitment_shows_none() {
    let told = |commitment: &[u8]| {
        let commitment = Item::here(Role::Authenticated, commitment);
        let step = Step::KeysDerived { data_key: data_key(), content_key: content_key(), commitment };
        render(&Story::new(&Trace { steps: vec![step] }, None, &[]), 0, &Sources::default())
    };
    assert!(told(&[9; 32]).contains("key commitment"));
    let without = told(&[]);
    assert!(
        !without.contains("key commitment") && without.contains("without a commitment to it"),
        "{without}"
    );
}

#[test]
fn counts_what_crosses_the_boundary() {
    let trace = encryption();
    let story = Story::new(&trace, None, &[]);
    let sums: Vec<u64> = story.scenes.iter().map(|scene| scene.crossed_so_far).collect();
    assert_eq!(sums[..8], [0, 142, 142, 142, 142, 142, 612, 612]);
    assert_eq!(sums.last(), Some(&trace.crossed()));
    assert_eq!(story.file.map(|file| (file.length, file.sealed)), Some((52_428_800, false)));
    assert_eq!(story.start(), 0);
}

#[test]
fn the_data_key_lives_from_the_reply_until_it_is_wiped() {
    let story = Story::new(&encryption(), None, &[]);
    assert_eq!(story.data_key_span(), Some((7, Some(9))));
    let lives: Vec<Life> = story.scenes.iter().map(|scene| scene.data_key).collect();
    assert_eq!(lives[5..9], [Life::Absent, Life::Alive, Life::Alive, Life::Wiped]);
    let lives: Vec<Life> = story.scenes.iter().map(|scene| scene.content_key).collect();
    assert_eq!(
        lives[6..],
        [Life::Absent, Life::Alive, Life::Alive, Life::Alive, Life::Alive, Life::Wiped, Life::Wiped]
    );
}

#[test]
fn a_key_that_only_the_service_has_is_not_alive_in_the_app() {
    let story = Story::new(&Trace { steps: generate_data_key()[..5].to_vec() }, None, &[]);
    assert!(story.scenes.iter().all(|scene| scene.data_key == Life::Absent));
    assert_eq!(story.data_key_span(), None);
}

#[test]
fn what_a_reply_carries_has_the_bytes_it_was_made_with() {
    let story = Story::new(&encryption(), None, &[]);
    assert_eq!(story.scenes[6].pieces[1].item, sealed());
    assert!(matches!(story.scenes[6].pieces[0].item.bytes, Bytes::Reply(_)));
}

#[test]
fn only_requests_replies_and_files_move() {
    let story = Story::new(&encryption(), None, &[]);
    let moving: Vec<usize> =
        (0..story.scenes.len()).filter(|n| matches!(story.scenes[*n].path, Path::Across { .. })).collect();
    assert_eq!(moving, [0, 1, 6, 12]);
    assert_eq!(story.scenes[1].path.words(), Lane::App);
    assert_eq!(story.scenes[6].path.words(), Lane::Service);
    assert_eq!(story.scenes[6].path.things(), Lane::App);
    assert_eq!(story.scenes[12].path.things(), Lane::Storage);
}

#[test]
fn what_is_packed_comes_from_no_storage() {
    let mut trace = encryption();
    if let Some(Step::FileOpened { packed, .. }) = trace.steps.first_mut() {
        *packed = 2;
    }
    assert_eq!(Story::new(&trace, None, &[]).scenes[0].path, Path::In(Lane::App));
}

#[test]
fn your_app_is_said_to_hold_a_data_key_only_where_it_does() {
    let held = |trace: &Trace| {
        let story = Story::new(trace, None, &[]);
        render(&story, 0, &Sources::default()).contains("holds a data key for a moment")
    };
    assert!(held(&encryption()));
    assert!(!held(&Trace { steps: generate_data_key()[..5].to_vec() }));
}

#[test]
fn a_broken_frame_is_the_last_step_and_named() {
    let mut error = LocalError::new(LocalErrorCode::Tampered, "frame 17 was changed");
    error.frame = Some(17);
    let steps = other_steps()[2..4].to_vec();
    let story = Story::new(&Trace { steps }, Some(&Failure::Local(error)), &[]);
    let scene = story.scenes.last().unwrap();
    assert_eq!(scene.ending, Ending::Stopped);
    assert_eq!(story.start(), story.last());
    assert_eq!(scene.sentence, "Your app stops: frame 17 does not verify.");
    let html = render(&story, story.last(), &Sources::default());
    assert_eq!(html.matches("frame-bad").count(), 1, "{html}");
    assert!(html.contains("The 16 frames before it did"), "{html}");
}

#[test]
fn what_is_wiped_after_a_failure_is_told_after_it() {
    let steps = [&generate_data_key()[..], &[Step::Wiped { item: data_key() }]].concat();
    let failure = Failure::Local(LocalError::new(LocalErrorCode::FileUnreadable, "gone"));
    let story = Story::new(&Trace { steps }, Some(&failure), &[]);
    let endings: Vec<Ending> = story.scenes[5..].iter().map(|scene| scene.ending).collect();
    assert_eq!(endings, [Ending::Well, Ending::Stopped, Ending::Well]);
    assert_eq!((story.start(), story.scenes[7].data_key), (6, Life::Wiped));
}

#[test]
fn a_refusal_is_told_once() {
    let refused = other_steps().pop().unwrap();
    let failure = Failure::Service(ApiError::new(ErrorCode::DisabledException, "is disabled."));
    let story = Story::new(&Trace { steps: vec![refused] }, Some(&failure), &[]);
    assert_eq!(story.scenes.len(), 1);
    assert_eq!(story.scenes[0].ending, Ending::Refused);
}

#[test]
fn a_failure_before_the_first_step_is_a_story_of_its_own() {
    let failure = Failure::Local(LocalError::new(LocalErrorCode::NotAMessage, "not a message"));
    let story = Story::new(&Trace::default(), Some(&failure), &[]);
    assert_eq!((story.scenes.len(), story.last()), (1, 0));
    assert!(Story::new(&Trace::default(), None, &[]).scenes.is_empty());
}

#[test]
fn a_watched_key_is_shown_wherever_it_is_a_data_key_and_nowhere_else() {
    let sources = Sources {
        data_key: Some(Rc::new(crate::bytes::WatchedKey::from_bytes(&[0xc7; 32]))),
        ..Sources::default()
    };
    let story = Story::new(&encryption(), None, &[]);
    for at in 0..story.scenes.len() {
        let html = html_text(stage(&story, at, &sources));
        let key = story.scenes[at].pieces.iter().find(|piece| piece.item.role == Role::DataKey);
        assert_eq!(html.contains(">c7<"), key.is_some(), "step {}", at + 1);
        let alive = key.is_some_and(|key| !key.wiped);
        assert_eq!(html.contains("from step 7 until it erases it in step 9"), alive, "step {}", at + 1);
    }
}
