//! A file becomes an AWS Encryption SDK message.

use js_sys::Uint8Array;
use waxseal_api::{
    Client, Failure, LocalError, LocalErrorCode,
    operations::GenerateDataKey,
    trace::{Bytes, Item, Role, Step},
    types::EncryptionContext,
};
use waxseal_crypto::ContentKey;
use waxseal_envelope::{Encryptor, KmsKeyring};
use web_sys::Blob;

use super::{
    FileJob, SLICE,
    cipher::{FrameCipher, Work, cipher},
    sink::Sink,
    source::Source,
};
use crate::{store::Store, world::World};

pub(super) async fn encrypt<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    file: Blob,
    key_id: String,
    context: EncryptionContext,
    frame_length: u32,
) -> Result<Blob, Failure> {
    job.opened(Role::Plaintext);
    let mut encryptor = begin(job, world, key_id, &context, frame_length).await?;
    let cipher = cipher(encryptor.content_key()).await;
    let blob = write(job, &mut encryptor, cipher.as_ref(), file).await?;
    drop((encryptor, cipher));
    job.step(Step::Wiped { item: Item::withheld(Role::ContentKey, ContentKey::LENGTH) });
    job.stored(Role::Ciphertext, blob.size() as u64);
    Ok(blob)
}

/// Gets a data key, derives this message's own keys from it, and forgets it.
async fn begin<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    key_id: String,
    context: &EncryptionContext,
    frame_length: u32,
) -> Result<Encryptor, Failure> {
    let keyring = KmsKeyring::for_key(key_id);
    let request = keyring.generate(context)?;
    let (output, trace) = Client(world).call_traced::<GenerateDataKey>(&request).await;
    job.report.trace.append(trace);
    let output = output?;
    job.watch(output.plaintext.expose());
    let wrapped = Item::here(Role::EncryptedDataKey, output.ciphertext_blob.as_bytes());
    let data_key = Item::withheld(Role::DataKey, output.plaintext.expose().len());
    let materials = keyring.generated(&request, output)?;
    let encryptor = Encryptor::new(materials, frame_length, &mut *world.entropy())?;
    job.step(Step::KeysDerived {
        data_key: data_key.clone(),
        content_key: Item::withheld(Role::ContentKey, ContentKey::LENGTH),
        commitment: Item::here(Role::Authenticated, &encryptor.commitment()),
    });
    job.step(Step::Wiped { item: data_key });
    let header = Item::here(Role::Authenticated, encryptor.header());
    job.step(Step::HeaderWritten { item: header, encrypted_data_key: wrapped });
    Ok(encryptor)
}

/// Header and frames, one slice being encrypted while the next is read.
async fn write(
    job: &mut FileJob,
    encryptor: &mut Encryptor,
    cipher: &dyn FrameCipher,
    file: Blob,
) -> Result<Blob, Failure> {
    let frame_length = encryptor.frame_length();
    let slice = u64::from(frame_length) * (SLICE / u64::from(frame_length)).max(1);
    let mut source = Source::new(&file, 0, slice);
    let total = source.length();
    let mut sink = Sink::new();
    sink.push(&Uint8Array::from(encryptor.header()))?;
    let header_length = sink.length();

    let mut frames = Vec::new();
    if total == 0 {
        frames = seal(encryptor, cipher, &Uint8Array::new_with_length(0), true)?;
    }
    while let Some(bytes) = source.next().await? {
        let begun = source.position() - u64::from(bytes.length());
        let next = seal(encryptor, cipher, &bytes, source.position() == total)?;
        collect(std::mem::replace(&mut frames, next), &mut sink).await?;
        job.done(begun)?;
    }
    collect(frames, &mut sink).await?;
    job.done(total)?;

    job.step(Step::FramesEncrypted {
        frames: Encryptor::frame_count(total, frame_length).unwrap_or_default(),
        frame_length,
        input: Item { role: Role::Plaintext, length: total, bytes: Bytes::Input(0) },
        output: Item {
            role: Role::Ciphertext,
            length: sink.length() - header_length,
            bytes: Bytes::Output(header_length),
        },
    });
    Ok(sink.finish()?)
}

/// A frame that is being encrypted.
struct Frame<'a> {
    prefix: Uint8Array,
    sealed: Work<'a>,
}

/// Begins to encrypt the frames of a slice.
fn seal<'a>(
    encryptor: &mut Encryptor,
    cipher: &'a dyn FrameCipher,
    slice: &Uint8Array,
    is_end: bool,
) -> Result<Vec<Frame<'a>>, Failure> {
    let (length, frame_length) = (slice.length(), encryptor.frame_length());
    let mut frames = Vec::new();
    let mut start = 0u32;
    loop {
        let end = start.saturating_add(frame_length).min(length);
        let plan = encryptor.frame(end - start, is_end && end == length)?;
        let sealed = cipher.seal(&plan.nonce, &plan.aad, &slice.subarray(start, end));
        frames.push(Frame { prefix: Uint8Array::from(plan.prefix.as_slice()), sealed });
        start = end;
        if start == length {
            return Ok(frames);
        }
    }
}

/// Waits for frames and adds them to the message.
async fn collect(frames: Vec<Frame<'_>>, sink: &mut Sink) -> Result<(), Failure> {
    let refused = |_| {
        LocalError::new(LocalErrorCode::WorkerCrashed, "The browser could not encrypt a part of the file.")
    };
    for frame in frames {
        let sealed = frame.sealed.await.map_err(refused)?;
        sink.push(&frame.prefix)?;
        sink.push(&sealed)?;
    }
    Ok(())
}
