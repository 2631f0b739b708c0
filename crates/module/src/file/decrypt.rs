//! An AWS Encryption SDK message becomes the file it was.

use waxseal_api::{
    ApiError, Client, ErrorCode, Failure, LocalError, LocalErrorCode,
    job::{DecryptOptions, RawKey},
    operations::Decrypt,
    trace::{Bytes, Item, Role, Step},
};
use waxseal_crypto::DataKey;
use waxseal_envelope::{Decryptor, Error, Header, KmsKeyring, MAX_FOOTER_LENGTH, MAX_HEADER_LENGTH, Parse};

use super::{
    FileJob, Transfer,
    cipher::cipher,
    cut::Cut,
    digest::copying,
    lanes::{Body, Lanes},
    raw,
    sink::{Output, Sink, Target},
    source::{Input, Source},
    stoppable,
    window::Window,
};
use crate::world::Vault;

/// What is read to find the header; most are shorter than 1 KiB.
const HEADER_SLICE: u64 = 16 * 1024;

/// The plaintext, all of it verified.
pub(super) async fn decrypt(
    job: &mut FileJob,
    vault: &dyn Vault,
    lanes: &Lanes,
    file: Transfer<'_>,
    options: &DecryptOptions,
) -> Result<Output, Failure> {
    let output = open(job, vault, lanes, file, options).await?;
    job.stored(Role::Plaintext, output.length);
    Ok(output)
}

/// Everything that [`decrypt`] does, but that nothing is kept.
pub(super) async fn verify(
    job: &mut FileJob,
    vault: &dyn Vault,
    lanes: &Lanes,
    input: &Input,
    options: &DecryptOptions,
) -> Result<Output, Failure> {
    open(job, vault, lanes, Transfer { input, target: Target::Nothing }, options).await
}

async fn open(
    job: &mut FileJob,
    vault: &dyn Vault,
    lanes: &Lanes,
    file: Transfer<'_>,
    options: &DecryptOptions,
) -> Result<Output, Failure> {
    job.opened(Role::Ciphertext);
    let (header, length) = read_header(job, file.input, options).await?;
    let decryptor = begin(job, vault, header, length, &options.raw_keys).await?;
    let content_key = Item::withheld(Role::ContentKey, decryptor.content_key().expose().len());
    let output = read(job, lanes, file, decryptor, length).await?;
    job.step(Step::Wiped { item: content_key });
    Ok(output)
}

/// A header of this length, at the front of its file.
fn header_item(length: u64) -> Item {
    Item { role: Role::Authenticated, length, bytes: Bytes::Input(0) }
}

async fn read_header(
    job: &mut FileJob,
    input: &Input,
    options: &DecryptOptions,
) -> Result<(Header, u64), Failure> {
    let mut window = Window::new(Source::new(input, HEADER_SLICE));
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
async fn begin(
    job: &mut FileJob,
    vault: &dyn Vault,
    header: Header,
    length: u64,
    raw_keys: &[RawKey],
) -> Result<Decryptor, Failure> {
    let data_key = unwrap(job, vault, &header, raw_keys).await?;
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
async fn unwrap(
    job: &mut FileJob,
    vault: &dyn Vault,
    header: &Header,
    raw_keys: &[RawKey],
) -> Result<DataKey, Failure> {
    match raw::unwrap(raw_keys, header, &mut *vault.randomness()) {
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
        let (output, trace) = Client(vault).call_traced::<Decrypt>(&request).await;
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
            "The encrypted data key of this message does not open: the header was changed after it was written, or the \
             key was made again here from other bytes.",
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
    Transfer { input, target }: Transfer<'_>,
    mut decryptor: Decryptor,
    header_length: u64,
) -> Result<Output, Failure> {
    let (length, meter, gate) = (input.length(), job.meter.clone(), job.gate());
    meter.add(header_length);
    let signed = decryptor.is_signed();
    // What is in memory stays where it is until it has been digested.
    let keep = signed && matches!(input, Input::Blob(_));
    let cut = Cut::message(decryptor.framing().clone(), header_length..length, lanes.segment(signed), keep);
    let mut frames = 0;
    let (plaintext, following) = stoppable(job.stop.take(), async {
        let cipher = cipher(decryptor.content_key()).await;
        let sink = Sink::open(target, cut.output()).await?;
        let digest = copying(|bytes| decryptor.digest(bytes));
        let body = Body {
            cut: &cut,
            input,
            cipher: cipher.as_ref(),
            digest: signed.then_some(&digest),
            meter: &meter,
            gate: &gate,
            sink: &sink,
            before: 0,
        };
        let parts = lanes.work(body).await?;
        drop(digest);
        let (mut following, mut produced) = (length - header_length, 0);
        for done in parts {
            frames = done.last_frame;
            decryptor.opened_elsewhere(frames, done.ended)?;
            following -= done.consumed;
            produced += done.produced;
        }
        let footer = footer(input, length - following).await?;
        let footer = decryptor.footer(&footer)?;
        decryptor.finish(following - footer as u64)?;
        if following > 0 {
            meter.add(following);
        }
        Ok((sink.finish(produced).await?, following))
    })
    .await?;

    let frame_length = decryptor.header().frame_length().unwrap_or_default();
    let (input_length, output_length) = (length - header_length - following, plaintext.length);
    job.step(Step::FramesDecrypted {
        frames,
        frame_length,
        input: Item { role: Role::Ciphertext, length: input_length, bytes: Bytes::Input(header_length) },
        output: Item { role: Role::Plaintext, length: output_length, bytes: Bytes::Output(0) },
    });
    Ok(plaintext)
}

/// The first bytes after the body, as many as a footer may have.
async fn footer(input: &Input, position: u64) -> Result<Vec<u8>, LocalError> {
    let end = input.length().min(position + MAX_FOOTER_LENGTH as u64);
    let mut source = Source::new(&input.slice(position..end)?, end - position);
    Ok(source.next().await?.map(|bytes| bytes.to_vec()).unwrap_or_default())
}
