//! An AWS Encryption SDK message becomes the file it was.

use js_sys::Uint8Array;
use waxseal_api::{
    ApiError, Client, ErrorCode, Failure, LocalError, LocalErrorCode,
    operations::Decrypt,
    trace::{Bytes, Item, Role, Step},
};
use waxseal_crypto::{ContentKey, DataKey};
use waxseal_envelope::{
    Decryptor, Error, FRAME_OVERHEAD, FrameHead, Header, KmsKeyring, MAX_HEADER_LENGTH, Next, Parse,
};
use web_sys::Blob;

use super::{
    FileJob, SLICE,
    cipher::{FrameCipher, Work, cipher},
    sink::Sink,
    source::Source,
    window::Window,
};
use crate::{store::Store, world::World};

/// Frame prefixes are shorter than this.
const PEEK: u32 = 64;
/// What is read to find the header; most are shorter than 1 KiB.
const HEADER_SLICE: u64 = 16 * 1024;

pub(super) async fn decrypt<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    file: Blob,
) -> Result<Blob, Failure> {
    job.opened(Role::Ciphertext);
    let (header, length) = read_header(job, &file).await?;
    let mut decryptor = begin(job, world, header, length).await?;
    let cipher = cipher(decryptor.content_key()).await;
    let blob = read(job, &mut decryptor, cipher.as_ref(), file, length).await?;
    drop((decryptor, cipher));
    job.step(Step::Wiped { item: Item::withheld(Role::ContentKey, ContentKey::LENGTH) });
    job.stored(Role::Plaintext, blob.size() as u64);
    Ok(blob)
}

/// A header of this length, at the front of its file.
fn header_item(length: u64) -> Item {
    Item { role: Role::Authenticated, length, bytes: Bytes::Input(0) }
}

async fn read_header(job: &mut FileJob, file: &Blob) -> Result<(Header, u64), Failure> {
    let mut window = Window::new(Source::new(file, 0, HEADER_SLICE));
    let mut wanted = 1;
    loop {
        let there = window.fill(wanted).await?;
        match Header::parse(&window.peek(MAX_HEADER_LENGTH as u32))? {
            Parse::Done(header, length) => {
                let length = length as u64;
                job.report.context.clone_from(header.context());
                job.step(Step::HeaderRead { item: header_item(length), key_arns: header.key_arns() });
                return Ok((*header, length));
            }
            Parse::More(needed) if there < needed as u64 && window.is_all() => {
                return Err(Error::Truncated { frame: None }.into());
            }
            Parse::More(needed) => wanted = needed as u64,
        }
    }
}

/// Has the data key opened, derives the message's own keys from it, and forgets it.
async fn begin<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    header: Header,
    length: u64,
) -> Result<Decryptor, Failure> {
    let data_key = unwrap(job, world, &header).await?;
    let wiped = Item::withheld(Role::DataKey, data_key.len());
    let decryptor = Decryptor::new(header, data_key)?;
    job.step(Step::KeysDerived {
        data_key: wiped.clone(),
        content_key: Item::withheld(Role::ContentKey, ContentKey::LENGTH),
        commitment: Item::here(Role::Authenticated, &decryptor.commitment()),
    });
    job.step(Step::Wiped { item: wiped });
    job.step(Step::HeaderVerified { item: header_item(length) });
    Ok(decryptor)
}

/// Asks for the data key under one KMS key after the other.
async fn unwrap<S: Store>(job: &mut FileJob, world: &World<S>, header: &Header) -> Result<DataKey, Failure> {
    let keyring = KmsKeyring::discovery();
    let mut refusal = None;
    for request in keyring.candidates(header)? {
        let (output, trace) = Client(world).call_traced::<Decrypt>(&request).await;
        job.report.trace.append(trace);
        match output {
            Ok(output) => {
                job.watch(output.plaintext.expose());
                return Ok(keyring.decrypted(&request, output)?);
            }
            Err(Failure::Service(error)) => refusal = worse(refusal, error),
            Err(error @ Failure::Local(_)) => return Err(error),
        }
    }
    Err(refusal.map_or_else(|| Error::KeyNotHere { key_arns: header.key_arns() }.into(), |error| match error.code {
        ErrorCode::InvalidCiphertextException => LocalError::new(
            LocalErrorCode::Tampered,
            "The header of this message was changed after it was written: its encrypted data key does not open with \
             its encryption context.",
        )
        .into(),
        _ => Failure::Service(error),
    }))
}

/// The refusal to report: that a key is not here says less than why a key that is here does not help.
fn worse(before: Option<ApiError>, error: ApiError) -> Option<ApiError> {
    let not_here = matches!(error.code, ErrorCode::NotFoundException | ErrorCode::AccessDeniedException);
    before.or((!not_here).then_some(error))
}

/// The frames, those of one slice being opened while the next is read.
async fn read(
    job: &mut FileJob,
    decryptor: &mut Decryptor,
    cipher: &dyn FrameCipher,
    file: Blob,
    header_length: u64,
) -> Result<Blob, Failure> {
    let input_length = file.size() as u64 - header_length;
    let mut window = Window::new(Source::new(&file, header_length, slice_length(decryptor)));
    let mut sink = Sink::new();
    let mut count = 0;
    let mut before = Vec::new();
    let mut end = None;
    while end.is_none() {
        let batch = open(decryptor, cipher, &mut window, &mut count).await;
        end = batch.end;
        collect(std::mem::replace(&mut before, batch.frames), decryptor, &mut sink).await?;
        job.done(sink.length())?;
    }
    collect(before, decryptor, &mut sink).await?;
    end.unwrap_or(Ok(()))?;
    decryptor.finish(window.remaining())?;
    job.done(job.report.input_length)?;

    job.step(Step::FramesDecrypted {
        frames: count,
        frame_length: decryptor.header().frame_length().unwrap_or_default(),
        input: Item { role: Role::Ciphertext, length: input_length, bytes: Bytes::Input(header_length) },
        output: Item { role: Role::Plaintext, length: sink.length(), bytes: Bytes::Output(0) },
    });
    Ok(sink.finish()?)
}

/// As many whole frames as fit, so that no frame is cut at the end of a slice.
fn slice_length(decryptor: &Decryptor) -> u64 {
    match decryptor.header().frame_length() {
        Some(frame_length) => {
            let frame = u64::from(frame_length) + FRAME_OVERHEAD;
            frame * (SLICE / frame).max(1)
        }
        None => SLICE,
    }
}

/// A frame that is being opened.
struct Frame<'a> {
    sequence: u32,
    opened: Work<'a>,
}

/// The frames of a slice, and how the body ends, if it does here. What is wrong further on waits until the frames before
/// it have been looked at, so that the first frame that fails is the one that is named.
struct Batch<'a> {
    frames: Vec<Frame<'a>>,
    end: Option<Result<(), Failure>>,
}

/// Begins to open the frames that are in memory. `count` counts them all.
async fn open<'a>(
    decryptor: &mut Decryptor,
    cipher: &'a dyn FrameCipher,
    window: &mut Window,
    count: &mut u32,
) -> Batch<'a> {
    let mut frames = Vec::new();
    loop {
        let head = match next_frame(decryptor, window, *count + 1).await {
            Ok(Some(head)) => head,
            Ok(None) => return Batch { frames, end: Some(Ok(())) },
            Err(error) => return Batch { frames, end: Some(Err(error)) },
        };
        *count = head.sequence;
        let sealed = window.take(head.prefix_length as u32, head.length() as u32);
        let opened = cipher.open(&head.nonce, &head.aad, &sealed);
        frames.push(Frame { sequence: head.sequence, opened });
        if window.is_empty() {
            return Batch { frames, end: None };
        }
    }
}

/// The next frame, all of it in memory; none after the last.
async fn next_frame(
    decryptor: &mut Decryptor,
    window: &mut Window,
    sequence: u32,
) -> Result<Option<FrameHead>, Failure> {
    let cut_short = || Error::Truncated { frame: Some(sequence) };
    let mut wanted = 1;
    loop {
        let there = window.fill(wanted).await?;
        match decryptor.next_frame(&window.peek(PEEK))? {
            Next::End => return Ok(None),
            Next::Frame(head) => {
                let whole = window.fill(head.length() as u64).await? >= head.length() as u64;
                return if whole { Ok(Some(head)) } else { Err(cut_short().into()) };
            }
            Next::More(needed) if there < wanted.max(needed as u64) && window.is_all() => {
                return Err(cut_short().into());
            }
            Next::More(needed) => wanted = needed as u64,
        }
    }
}

/// Waits for frames, in their order, and adds them to the plaintext.
async fn collect(frames: Vec<Frame<'_>>, decryptor: &mut Decryptor, sink: &mut Sink) -> Result<(), Failure> {
    for frame in frames {
        let opened: Uint8Array = frame.opened.await.map_err(|_| Error::FrameTag { frame: frame.sequence })?;
        decryptor.opened(frame.sequence)?;
        sink.push(&opened)?;
    }
    Ok(())
}
