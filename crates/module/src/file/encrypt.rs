//! A file becomes an AWS Encryption SDK message.

use js_sys::Uint8Array;
use waxseal_api::{
    Client, Failure,
    job::{COMMITTING_SUITE, DEFAULT_FRAME_LENGTH, EncryptOptions},
    operations::{Encrypt, GenerateDataKey},
    trace::{Bytes, Item, Role, Step},
};
use waxseal_envelope::{Draft, Encryptor, Error, KmsKeyring, Materials, Suite};
use web_sys::Blob;

use super::{FileJob, cipher::cipher, cut::Cut, digest::copying, lanes::Lanes, sink::Sink, stoppable};
use crate::{store::Store, world::World};

pub(super) async fn encrypt<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    lanes: &Lanes,
    file: &Blob,
    options: EncryptOptions,
) -> Result<Blob, Failure> {
    job.opened(Role::Plaintext);
    job.report.context.clone_from(&options.context);
    let frame_length = options.frame_length.unwrap_or(DEFAULT_FRAME_LENGTH);
    let mut encryptor = begin(job, world, options, frame_length).await?;
    let content_key = Item::withheld(Role::ContentKey, encryptor.content_key().expose().len());
    let blob = write(job, world, lanes, file, &mut encryptor, frame_length).await?;
    drop(encryptor);
    job.step(Step::Wiped { item: content_key });
    job.stored(Role::Ciphertext, blob.size() as u64);
    Ok(blob)
}

/// Gets a data key, derives this message's own keys from it, and forgets it.
async fn begin<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    options: EncryptOptions,
    frame_length: u32,
) -> Result<Encryptor, Failure> {
    let suite = Suite::to_write(options.suite.unwrap_or(COMMITTING_SUITE))?;
    let draft = Draft::new(suite, options.context, &mut *world.entropy())?;
    job.report.context.clone_from(draft.context());
    let materials = wrapped(job, world, draft, options.key_ids).await?;
    let wrapped = materials.encrypted_data_keys.first();
    let wrapped = Item::here(Role::EncryptedDataKey, wrapped.map_or(&[], |key| &key.ciphertext));
    let data_key = Item::withheld(Role::DataKey, materials.data_key.len());
    let encryptor = Encryptor::new(materials, frame_length, &mut *world.entropy())?;
    job.step(Step::KeysDerived {
        data_key: data_key.clone(),
        content_key: Item::withheld(Role::ContentKey, encryptor.content_key().expose().len()),
        commitment: Item::here(Role::Authenticated, &encryptor.commitment()),
    });
    job.step(Step::Wiped { item: data_key });
    let header = Item::here(Role::Authenticated, encryptor.header());
    job.step(Step::HeaderWritten { item: header, encrypted_data_key: wrapped });
    Ok(encryptor)
}

/// Has a data key made under the first of the keys, and wrapped under each of the others.
async fn wrapped<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    draft: Draft,
    key_ids: Vec<String>,
) -> Result<Materials, Failure> {
    let mut keyrings = key_ids.into_iter().map(KmsKeyring::for_key);
    let first = keyrings.next().ok_or(Error::NoKeyNamed)?;
    let request = first.generate(&draft)?;
    let (output, trace) = Client(world).call_traced::<GenerateDataKey>(&request).await;
    job.report.trace.append(trace);
    let output = output?;
    job.watch(output.plaintext.expose());
    let mut materials = first.generated(draft, output)?;
    for keyring in keyrings {
        let (output, trace) = Client(world).call_traced::<Encrypt>(&keyring.wrap(&materials)?).await;
        job.report.trace.append(trace);
        keyring.wrapped(&mut materials, output?)?;
    }
    Ok(materials)
}

/// Header, frames and footer.
async fn write<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    lanes: &Lanes,
    file: &Blob,
    encryptor: &mut Encryptor,
    frame_length: u32,
) -> Result<Blob, Failure> {
    let (length, meter) = (file.size() as u64, job.meter.clone());
    let frames = Encryptor::frame_count(length, frame_length).ok_or(Error::TooManyFrames)?;
    let header_length = encryptor.header().len() as u64;
    let (message, body_length) = stoppable(job.stop.take(), async {
        let cut = Cut::plaintext(encryptor.framing().clone(), length, lanes.segment(length));
        let cipher = cipher(encryptor.content_key()).await;
        let mut sink = Sink::default();
        sink.push(&Uint8Array::from(encryptor.header()));
        let signed = encryptor.is_signed();
        let digest = copying(|bytes| encryptor.digest(bytes));
        let parts = lanes.work(&cut, file, cipher.as_ref(), &meter, signed.then_some(&digest)).await?;
        drop(digest);
        parts.iter().for_each(|part| sink.append(&part.blob));
        let body_length = sink.length() - header_length;
        let footer = encryptor.footer(&mut *world.entropy())?;
        sink.push(&Uint8Array::from(footer.as_slice()));
        Ok((sink.finish_readable().await?, body_length))
    })
    .await?;

    job.step(Step::FramesEncrypted {
        frames,
        frame_length,
        input: Item { role: Role::Plaintext, length, bytes: Bytes::Input(0) },
        output: Item { role: Role::Ciphertext, length: body_length, bytes: Bytes::Output(header_length) },
    });
    Ok(message)
}
