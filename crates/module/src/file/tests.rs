use std::cell::RefCell;

use futures_util::future::AbortHandle;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use waxseal_api::{
    Client, Service,
    job::{COMMITTING_SUITE, CommitmentPolicy, DecryptOptions, EncryptOptions, RawKey, SIGNED_SUITE},
    operations::Decrypt,
};
use waxseal_envelope::{Header, KmsKeyring, Parse, decrypt_bytes};

use super::*;
use crate::{
    browser,
    store::memory::MemoryStore,
    world::{Surroundings, Vault, World},
};

/// Bytes of plaintext in a frame.
const FRAME: usize = 16;
/// Bytes of a whole frame that is not the last.
const WHOLE: usize = FRAME + 32;
/// What segments are tried to be: a frame, two, three, all of them at once.
const SEGMENTS: [u64; 4] = [1, 2 * WHOLE as u64, 3 * WHOLE as u64, 1 << 20];

struct Fixture {
    world: World<MemoryStore>,
    key_id: String,
    suite: u16,
}

impl Fixture {
    /// One for each suite that is written.
    async fn each() -> [Self; 2] {
        [Self::new(COMMITTING_SUITE).await, Self::new(SIGNED_SUITE).await]
    }

    async fn new(suite: u16) -> Self {
        let surroundings = Surroundings {
            clock: Box::new(browser::now),
            entropy: Box::new(crate::entropy),
            key_pair: Box::new(crate::browser::rsa_key_pair),
            quotas: None,
            changed: Box::new(|| {}),
        };
        let world = World::open(MemoryStore::default(), crate::vault_caller(), surroundings).await.unwrap();
        let made = world.call(Service::Kms, "CreateKey", "{}").await.unwrap().result.unwrap();
        let made: serde_json::Value = serde_json::from_str(&made).unwrap();
        let key_id = made["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned();
        Self { world, key_id, suite }
    }

    async fn run(&self, segment: u64, job: Job, input: &[u8]) -> Result<Vec<u8>, Failure> {
        let file = Transfer { input: &blob(input), target: Target::File };
        self.transfer(segment, job, file).await
    }

    async fn transfer(&self, segment: u64, job: Job, file: Transfer<'_>) -> Result<Vec<u8>, Failure> {
        let mut running = FileJob::new("test".into(), false, None, Box::new(|_, _| {}));
        let output = running.run(&self.world, &Lanes::in_segments_of(segment), job, file).await?;
        let bytes = match output.value.dyn_into::<Uint8Array>() {
            Ok(bytes) => bytes,
            Err(blob) => source::read_all(blob.unchecked_ref()).await.unwrap(),
        };
        assert_eq!(u64::from(bytes.length()), output.length);
        assert_eq!(bytes.buffer().byte_length(), bytes.length(), "nothing is behind it");
        Ok(bytes.to_vec())
    }

    async fn encrypt(&self, segment: u64, plaintext: &[u8]) -> Vec<u8> {
        self.run(segment, self.sealing(), plaintext).await.unwrap()
    }

    fn sealing(&self) -> Job {
        Job::Encrypt(EncryptOptions {
            key_ids: vec![self.key_id.clone()],
            frame_length: Some(FRAME as u32),
            suite: Some(self.suite),
            ..EncryptOptions::default()
        })
    }

    /// What the envelope itself says of a message, all of which is in memory.
    async fn at_once(&self, message: &[u8]) -> Result<Vec<u8>, Failure> {
        let Parse::Done(header, _) = Header::parse(message, &DecryptOptions::default())? else {
            panic!("the header is whole")
        };
        let keyring = KmsKeyring::discovery();
        let request = keyring.candidates(&header).unwrap().remove(0);
        let output = Client(&self.world as &dyn Vault).call::<Decrypt>(&request).await?;
        let data_key = keyring.decrypted(&header, &request, output)?;
        Ok(decrypt_bytes(message, &DecryptOptions::default(), |_| Ok(Some(data_key)))?.plaintext.to_vec())
    }

    /// Decrypting gives the same plaintext, or the same error at the same frame, however the message is cut.
    async fn check(&self, message: &[u8], what: &str) {
        let expected = self.at_once(message).await;
        for segment in SEGMENTS {
            assert_eq!(self.run(segment, opening(), message).await, expected, "{what}, {segment}");
        }
    }
}

fn opening() -> Job {
    Job::Decrypt(DecryptOptions::default())
}

fn blob(bytes: &[u8]) -> Input {
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    Input::Blob(web_sys::Blob::new_with_u8_array_sequence(&parts).unwrap())
}

fn plaintext(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n * 7 + n / 256) as u8).collect()
}

fn body(message: &[u8]) -> usize {
    let Ok(Parse::Done(_, length)) = Header::parse(message, &DecryptOptions::default()) else {
        panic!("the header is whole")
    };
    length
}

#[wasm_bindgen_test]
async fn what_segments_write_is_one_message() {
    for fixture in Fixture::each().await {
        for length in [0, 1, 15, 16, 17, 32, 47, 48, 49, 96, 97, 160] {
            for segment in SEGMENTS {
                let message = fixture.encrypt(segment, &plaintext(length)).await;
                let opened = fixture.at_once(&message).await;
                assert_eq!(opened, Ok(plaintext(length)), "{length}, {segment}");
                let at_once = fixture.encrypt(1 << 20, &plaintext(length)).await;
                // A signature in DER may be a few bytes shorter than another.
                let varying = if fixture.suite == SIGNED_SUITE { 6 } else { 0 };
                assert!(message.len().abs_diff(at_once.len()) <= varying);
            }
        }
    }
}

#[wasm_bindgen_test]
async fn a_message_is_read_the_same_however_it_is_cut() {
    for fixture in Fixture::each().await {
        for length in [0, 1, 16, 17, 48, 49, 95, 96, 97] {
            let message = fixture.encrypt(1 << 20, &plaintext(length)).await;
            fixture.check(&message, &format!("{length} bytes")).await;
        }
    }
}

#[wasm_bindgen_test]
async fn every_changed_byte_is_found_in_its_frame() {
    for fixture in Fixture::each().await {
        let message = fixture.encrypt(1 << 20, &plaintext(4 * FRAME + 3)).await;
        for at in body(&message)..message.len() {
            let mut changed = message.clone();
            changed[at] ^= 1;
            fixture.check(&changed, &format!("byte {at} of {}", message.len())).await;
        }
    }
}

/// Of two frames that do not verify the first is named, also when the second is found earlier.
#[wasm_bindgen_test]
async fn of_several_faults_the_first_is_told() {
    for fixture in Fixture::each().await {
        let mut changed = fixture.encrypt(1 << 20, &plaintext(6 * FRAME)).await;
        let body = body(&changed);
        changed[body + 4 * WHOLE + 20] ^= 1;
        changed[body + 2 * WHOLE + 20] ^= 1;
        fixture.check(&changed, "two tags").await;
        changed[body + 3 * WHOLE] ^= 1;
        fixture.check(&changed, "and a number").await;
    }
}

#[wasm_bindgen_test]
async fn every_truncation_is_told_where_it_is() {
    for fixture in Fixture::each().await {
        for length in [3 * FRAME, 3 * FRAME + 3] {
            let message = fixture.encrypt(1 << 20, &plaintext(length)).await;
            for end in body(&message)..message.len() {
                fixture.check(&message[..end], &format!("{end} of {}", message.len())).await;
            }
        }
    }
}

#[wasm_bindgen_test]
async fn bytes_after_the_end_are_counted() {
    for fixture in Fixture::each().await {
        for length in [0, 2 * FRAME, 2 * FRAME + 1] {
            let message = fixture.encrypt(1 << 20, &plaintext(length)).await;
            for count in [1, 7, 8, 9, WHOLE, 5 * WHOLE] {
                fixture
                    .check(&[message.as_slice(), &vec![0; count]].concat(), &format!("{count} bytes"))
                    .await;
            }
            fixture.check(&message.repeat(2), "twice").await;
        }
    }
}

#[wasm_bindgen_test]
async fn frames_that_are_not_where_they_belong() {
    for fixture in Fixture::each().await {
        let message = fixture.encrypt(1 << 20, &plaintext(4 * FRAME + 1)).await;
        let (header, body) = message.split_at(body(&message));
        let (frames, last) = body.split_at(4 * WHOLE);
        let frames: Vec<_> = frames.chunks(WHOLE).collect();
        let [one, two, three, four] = frames[..] else { panic!() };
        for order in [
            vec![one, two, three, four, last],
            vec![two, one, three, four, last],
            vec![one, two, four, three, last],
            vec![one, one, two, three, four, last],
            vec![one, two, last],
            vec![one, two, three, four],
            vec![one, two, three, last, four],
            vec![last],
        ] {
            let lengths: Vec<_> = order.iter().map(|frame| frame[3]).collect();
            fixture.check(&[header, order.concat().as_slice()].concat(), &format!("{lengths:?}")).await;
        }
    }
}

/// The same comes of bytes in memory as of a blob, also when not all that an array holds is meant.
#[wasm_bindgen_test]
async fn from_memory_to_memory() {
    for fixture in Fixture::each().await {
        for length in [0, 1, 16, 17, 48, 97, 200_000] {
            for segment in SEGMENTS {
                if length > 1000 && segment < 1 << 20 {
                    continue;
                }
                let plaintext = plaintext(length);
                let all = [&[9; 5], plaintext.as_slice(), &[9; 7]].concat();
                let part = Uint8Array::from(all.as_slice()).subarray(5, 5 + length as u32);
                let input = &Input::Bytes(part);
                let file = Transfer { input, target: Target::Memory(None) };
                let message = fixture.transfer(segment, fixture.sealing(), file).await.unwrap();
                assert_eq!(fixture.at_once(&message).await, Ok(plaintext.clone()), "{length}, {segment}");
                let input = &Input::Bytes(Uint8Array::from(message.as_slice()));
                let file = Transfer { input, target: Target::Memory(None) };
                let opened = fixture.transfer(segment, Job::Decrypt(DecryptOptions::default()), file).await;
                assert_eq!(opened, Ok(plaintext), "{length}, {segment}");
            }
        }
    }
}

/// A result goes into the array that was lent for it, and nothing of one that does not verify is left there.
#[wasm_bindgen_test]
async fn into_an_array_that_is_lent() {
    for fixture in Fixture::each().await {
        let plaintext = plaintext(10 * FRAME);
        let message = fixture.encrypt(1 << 20, &plaintext).await;
        let open = async |message: &[u8], lent: &Uint8Array| {
            let input = &Input::Bytes(Uint8Array::from(message));
            let file = Transfer { input, target: Target::Memory(Some(lent.clone())) };
            let mut running = FileJob::new("test".into(), false, None, Box::new(|_, _| {}));
            let lanes = Lanes::in_segments_of(WHOLE as u64);
            let output = running.run(&fixture.world, &lanes, opening(), file).await;
            output.map(|output| output.value.unchecked_into::<Uint8Array>())
        };
        for (length, fits) in [(10, false), (159, false), (160, true), (500, true)] {
            let lent = Uint8Array::new_with_length(length);
            let opened = open(&message, &lent).await.unwrap();
            assert_eq!(opened.to_vec(), plaintext);
            assert_eq!(opened.buffer() == lent.buffer(), fits, "{length}");
            let mut changed = message.clone();
            let last = changed.len() - 1;
            changed[last] ^= 1;
            let lent = Uint8Array::new_with_length(length);
            assert!(open(&changed, &lent).await.is_err());
            assert!(lent.to_vec().iter().all(|byte| *byte == 0), "{length}");
        }
    }
}

#[wasm_bindgen_test]
async fn progress_is_every_byte_of_the_file() {
    for fixture in Fixture::each().await {
        let told = Rc::new(RefCell::new(Vec::new()));
        let plaintext = plaintext(20 * FRAME + 1);
        let message = fixture.encrypt(1 << 20, &plaintext).await;
        for (job, input) in [(fixture.sealing(), plaintext), (opening(), message)] {
            let hear = told.clone();
            let progress = Box::new(move |done, total| hear.borrow_mut().push((done, total)));
            let mut running = FileJob::new("test".into(), false, None, progress);
            let lanes = Lanes::in_segments_of(2 * WHOLE as u64);
            let file = Transfer { input: &blob(&input), target: Target::File };
            running.run(&fixture.world, &lanes, job, file).await.unwrap();
            let told = told.take();
            assert!(told.is_sorted() && told.len() > 3, "{told:?}");
            assert_eq!(told.last(), Some(&(input.len() as u64, input.len() as u64)));
        }
    }
}

/// The job ends at once, nothing comes out, and the keys are told to be wiped.
#[wasm_bindgen_test]
async fn a_job_is_cancelled_in_any_segment() {
    for fixture in Fixture::each().await {
        let plaintext = plaintext(20 * FRAME);
        let message = fixture.encrypt(1 << 20, &plaintext).await;
        for (job, input) in [(fixture.sealing(), plaintext), (opening(), message)] {
            for enough in [0, 1, input.len() as u64 / 2] {
                let (handle, stop) = AbortHandle::new_pair();
                let heard = Rc::new(Cell::new(0));
                let hear = heard.clone();
                let progress = Box::new(move |done, _| {
                    hear.set(done);
                    if done >= enough {
                        handle.abort();
                    }
                });
                let mut running = FileJob::new("test".into(), false, Some(stop), progress);
                let lanes = Lanes::in_segments_of(WHOLE as u64);
                let file = Transfer { input: &blob(&input), target: Target::File };
                let result = running.run(&fixture.world, &lanes, job.clone(), file).await;
                assert!(
                    matches!(result, Err(Failure::Local(error)) if error.code == LocalErrorCode::Cancelled)
                );
                assert!(heard.get() < input.len() as u64, "{} of {}", heard.get(), input.len());
                let (report, _) = running.finish();
                assert!(matches!(report.trace.steps.last(), Some(Step::Wiped { .. })));
                assert_eq!(report.output_length, 0);
            }
        }
    }
}

/// Verifying finds what decrypting finds, byte for byte of damage, counts what would have come out, and keeps none of it.
#[wasm_bindgen_test]
async fn verifying_is_decrypting_without_a_result() {
    let verifying = || Job::Verify(DecryptOptions::default());
    for fixture in Fixture::each().await {
        let message = fixture.encrypt(1 << 20, &plaintext(5 * FRAME + 1)).await;
        for segment in SEGMENTS {
            let mut running = FileJob::new("test".into(), false, None, Box::new(|_, _| {}));
            let file = Transfer { input: &blob(&message), target: Target::File };
            let lanes = Lanes::in_segments_of(segment);
            let output = running.run(&fixture.world, &lanes, verifying(), file).await.unwrap();
            assert!(output.value.is_undefined() && output.kept.is_none());
            let (report, _) = running.finish();
            assert_eq!((output.length, report.output_length), (81, 81));
            let steps = &report.trace.steps;
            assert!(steps.iter().any(|step| matches!(step, Step::FramesDecrypted { frames: 6, .. })));
            assert!(!steps.iter().any(|step| matches!(step, Step::Stored { .. })));
            assert!(matches!(steps.last(), Some(Step::Wiped { item }) if item.role == Role::ContentKey));
        }
        for at in (0..message.len()).step_by(7).chain([message.len() - 1]) {
            let mut changed = message.clone();
            changed[at] ^= 1;
            let verified = fixture.run(2 * WHOLE as u64, verifying(), &changed).await;
            let opened = fixture.run(2 * WHOLE as u64, opening(), &changed).await;
            assert_eq!(verified.unwrap_err(), opened.unwrap_err(), "{at}");
        }
    }
}

#[wasm_bindgen_test]
async fn an_inspection_is_that_of_the_envelope() {
    for fixture in Fixture::each().await {
        let message = fixture.encrypt(1 << 20, &plaintext(5 * FRAME + 1)).await;
        let mut inspector = waxseal_envelope::Inspector::default();
        inspector.feed(&message);
        let text = fixture.run(1 << 20, Job::Inspect, &message).await.unwrap();
        let found: waxseal_api::inspection::Inspection = serde_json::from_slice(&text).unwrap();
        assert_eq!(found, inspector.finish());
        assert_eq!((found.problem, found.frames.unwrap().count), (None, 6));
    }
}

/// Messages of AWS's client for Python in every suite, under AES keys: with and without frames, signed and not, with keys
/// that WebCrypto has and keys that it does not have.
#[wasm_bindgen_test]
async fn messages_of_every_suite_open_with_a_raw_key() {
    let fixture = Fixture::new(COMMITTING_SUITE).await;
    let vectors = include_str!("../../../../tests/vectors/esdk_python_4.0.7_raw_aes.json");
    let vectors: serde_json::Value = serde_json::from_str(vectors).unwrap();
    let mut suites = std::collections::BTreeSet::new();
    for vector in vectors["tests"].as_array().unwrap() {
        let text = |name: &str| vector[name].as_str().unwrap().to_owned();
        let message: waxseal_api::Blob = serde_json::from_value(vector["message_b64"].clone()).unwrap();
        let name = vector["keys"][0].as_str().unwrap();
        let length = (name.rsplit('-').next().unwrap().parse::<u16>().unwrap() / 8) as u8;
        let key = RawKey {
            namespace: text("provider_id"),
            name: name.into(),
            key: (0..length).collect::<Vec<u8>>().as_slice().into(),
            padding: None,
        };
        let commitment_policy = CommitmentPolicy::RequireEncryptAllowDecrypt;
        let options = DecryptOptions { commitment_policy, raw_keys: vec![key], ..DecryptOptions::default() };
        let opened = fixture.run(1 << 20, Job::Decrypt(options), message.as_bytes()).await.unwrap();
        let digest: String =
            waxseal_crypto::sha256(&[&opened]).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, text("plaintext_sha256"), "{}", text("name"));
        suites.insert(text("suite"));
    }
    assert_eq!(suites.len(), 11);
}

/// A file as a browser hands it over.
fn file(name: &str, content: &[u8], media_type: &str, modified: i64) -> JsValue {
    let options = web_sys::FilePropertyBag::new();
    options.set_type(media_type);
    options.set_last_modified(modified as f64);
    let parts = js_sys::Array::of1(&Uint8Array::from(content));
    web_sys::File::new_with_u8_array_sequence_and_options(&parts, name, &options).unwrap().into()
}

async fn opened(fixture: &Fixture, message: &Input) -> (JobReport, Vec<web_sys::File>) {
    let mut running = FileJob::new("test".into(), false, None, Box::new(|_, _| {}));
    let transfer = Transfer { input: message, target: Target::File };
    let output = running.run(&fixture.world, &Lanes::in_place(), opening(), transfer).await.unwrap();
    let files = running.unpack(&output).await.unwrap();
    (running.finish().0, files.iter().map(JsCast::unchecked_into).collect())
}

#[wasm_bindgen_test]
async fn packed_files_come_back_with_their_names_types_and_times() {
    for fixture in Fixture::each().await {
        let mut running = FileJob::new("test".into(), false, None, Box::new(|_, _| {}));
        let contents = [plaintext(5 * FRAME + 3), Vec::new(), plaintext(70_000)];
        let paths = ["letters/may.txt", "../späth.svg", "large"].map(str::to_owned);
        let files = js_sys::Array::of3(
            &file("may.txt", &contents[0], "text/plain", 1_795_000_123_456),
            &file("späth.svg", &contents[1], "image/svg+xml", 1),
            &file("large", &contents[2], "", 0),
        );
        assert!(running.pack(&files, &paths[..2]).is_err(), "each needs a path");
        let input = Input::Blob(running.pack(&files, &paths).unwrap());
        let transfer = Transfer { input: &input, target: Target::File };
        let message =
            running.run(&fixture.world, &Lanes::in_place(), fixture.sealing(), transfer).await.unwrap();
        let told = running.finish().0.contents;

        let (report, files) = opened(&fixture, &Input::Blob(message.value.unchecked_into())).await;
        assert_eq!(report.contents, told);
        let paths: Vec<_> = told.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["letters/may.txt", "späth.svg", "large"]);
        let names: Vec<_> = files.iter().map(web_sys::File::name).collect();
        assert_eq!(names, ["may.txt", "späth.svg", "large"]);
        assert_eq!((files[0].type_(), files[0].last_modified()), ("text/plain".into(), 1_795_000_123_456.0));
        for (file, content) in files.iter().zip(contents) {
            assert_eq!(source::read_all(file).await.unwrap().to_vec(), content, "{}", file.name());
        }
    }
}

#[wasm_bindgen_test]
async fn what_only_begins_like_packed_files_is_given_out_as_it_is() {
    let fixture = Fixture::new(COMMITTING_SUITE).await;
    for (plaintext, damaged) in [
        (crate::pack::start().unwrap(), true),
        ([crate::pack::start().unwrap(), crate::pack::end().to_vec()].concat(), false),
        (plaintext(3000), false),
    ] {
        let message = fixture.encrypt(1 << 20, &plaintext).await;
        let (report, files) = opened(&fixture, &blob(&message)).await;
        assert_eq!((report.contents_damaged, report.contents.len(), files.len()), (damaged, 0, 0));
        assert_eq!(report.output_length, plaintext.len() as u64);
    }
}
