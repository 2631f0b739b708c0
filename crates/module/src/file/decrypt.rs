//! An AWS Encryption SDK message becomes the file it was.

use waxseal_api::{
    ApiError, Client, ErrorCode, Failure, LocalError, LocalErrorCode,
    job::{DecryptOptions, RawKey},
    operations::Decrypt,
    trace::{Bytes, Item, Role, Step},
};
use waxseal_crypto::DataKey;
use waxseal_envelope::{Decryptor, Error, Header, KmsKeyring, MAX_FOOTER_LENGTH, MAX_HEADER_LENGTH, Parse};
use web_sys::Blob;

use super::{
    FileJob,
    cipher::cipher,
    cut::Cut,
    digest::copying,
    lanes::Lanes,
    raw,
    sink::Sink,
    source::{Source, read_all, slice},
    stoppable,
    window::Window,
};
use crate::{store::Store, world::World};

/// What is read to find the header; most are shorter than 1 KiB.
const HEADER_SLICE: u64 = 16 * 1024;

pub(super) async fn decrypt<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    lanes: &Lanes,
    file: &Blob,
    options: &DecryptOptions,
) -> Result<Blob, Failure> {
    job.opened(Role::Ciphertext);
    let (header, length) = read_header(job, file, options).await?;
    let decryptor = begin(job, world, header, length, &options.raw_keys).await?;
    let content_key = Item::withheld(Role::ContentKey, decryptor.content_key().expose().len());
    let blob = read(job, lanes, file, decryptor, length).await?;
    job.step(Step::Wiped { item: content_key });
    job.stored(Role::Plaintext, blob.size() as u64);
    Ok(blob)
}

/// A header of this length, at the front of its file.
fn header_item(length: u64) -> Item {
    Item { role: Role::Authenticated, length, bytes: Bytes::Input(0) }
}

async fn read_header(
    job: &mut FileJob,
    file: &Blob,
    options: &DecryptOptions,
) -> Result<(Header, u64), Failure> {
    let mut window = Window::new(Source::new(file, HEADER_SLICE));
    let mut wanted = 1;
    loop {
        let there = window.fill(wanted).await?;
        match Header::parse(&window.peek(MAX_HEADER_LENGTH as u32), options)? {
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
    raw_keys: &[RawKey],
) -> Result<Decryptor, Failure> {
    let data_key = unwrap(job, world, &header, raw_keys).await?;
    let wiped = Item::withheld(Role::DataKey, data_key.len());
    let decryptor = Decryptor::new(header, data_key)?;
    job.step(Step::KeysDerived {
        data_key: wiped.clone(),
        content_key: Item::withheld(Role::ContentKey, decryptor.content_key().expose().len()),
        commitment: Item::here(Role::Authenticated, decryptor.commitment().map_or(&[], |it| it)),
    });
    job.step(Step::Wiped { item: wiped });
    job.step(Step::HeaderVerified { item: header_item(length) });
    Ok(decryptor)
}

/// Opens the data key with a wrapping key that is at hand, or has it opened under one KMS key after the other.
async fn unwrap<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    header: &Header,
    raw_keys: &[RawKey],
) -> Result<DataKey, Failure> {
    match raw::unwrap(raw_keys, header, &mut *world.entropy()) {
        Ok(None) => {}
        Ok(Some(data_key)) => {
            job.watch(data_key.expose());
            return Ok(data_key);
        }
        Err(error) if header.key_arns().is_empty() => return Err(error.into()),
        // A KMS key may open it all the same.
        Err(_) => {}
    }
    let keyring = KmsKeyring::discovery();
    let mut refusal = None;
    for request in keyring.candidates(header)? {
        let (output, trace) = Client(world).call_traced::<Decrypt>(&request).await;
        job.report.trace.append(trace);
        match output {
            Ok(output) => {
                job.watch(output.plaintext.expose());
                return Ok(keyring.decrypted(header, &request, output)?);
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

/// The frames.
async fn read(
    job: &mut FileJob,
    lanes: &Lanes,
    file: &Blob,
    mut decryptor: Decryptor,
    header_length: u64,
) -> Result<Blob, Failure> {
    let (length, meter) = (file.size() as u64, job.meter.clone());
    meter.add(header_length);
    let mut frames = 0;
    let (plaintext, following) = stoppable(job.stop.take(), async {
        let cut = Cut::message(decryptor.framing().clone(), header_length..length, lanes.segment(length));
        let cipher = cipher(decryptor.content_key()).await;
        let signed = decryptor.is_signed();
        let digest = copying(|bytes| decryptor.digest(bytes));
        let parts = lanes.work(&cut, file, cipher.as_ref(), &meter, signed.then_some(&digest)).await?;
        drop(digest);
        let mut sink = Sink::default();
        let mut following = length - header_length;
        for part in parts {
            frames = part.done.last_frame;
            decryptor.opened_elsewhere(frames, part.done.ended)?;
            following -= part.done.consumed;
            sink.append(&part.blob);
        }
        let footer = following.min(MAX_FOOTER_LENGTH as u64);
        let footer = slice(file, length - following..length - following + footer)?;
        let footer = decryptor.footer(&read_all(&footer).await?.to_vec())?;
        decryptor.finish(following - footer as u64)?;
        if following > 0 {
            meter.add(following);
        }
        Ok((sink.finish_readable().await?, following))
    })
    .await?;

    let frame_length = decryptor.header().frame_length().unwrap_or_default();
    let (input_length, output_length) = (length - header_length - following, plaintext.size() as u64);
    job.step(Step::FramesDecrypted {
        frames,
        frame_length,
        input: Item { role: Role::Ciphertext, length: input_length, bytes: Bytes::Input(header_length) },
        output: Item { role: Role::Plaintext, length: output_length, bytes: Bytes::Output(0) },
    });
    Ok(plaintext)
}
