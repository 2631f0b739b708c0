//! A file becomes an AWS Encryption SDK message.

use js_sys::Uint8Array;
use waxseal_api::{
    Client, Failure,
    operations::GenerateDataKey,
    trace::{Bytes, Item, Role, Step},
    types::EncryptionContext,
};
use waxseal_crypto::ContentKey;
use waxseal_envelope::{Encryptor, Error, KmsKeyring};
use web_sys::Blob;

use super::{FileJob, cipher::cipher, cut::Cut, lanes::Lanes, sink::Sink, stoppable};
use crate::{store::Store, world::World};

pub(super) async fn encrypt<S: Store>(
    job: &mut FileJob,
    world: &World<S>,
    lanes: &Lanes,
    file: &Blob,
    key_id: String,
    context: EncryptionContext,
    frame_length: u32,
) -> Result<Blob, Failure> {
    job.opened(Role::Plaintext);
    let encryptor = begin(job, world, key_id, &context, frame_length).await?;
    let blob = write(job, lanes, file, &encryptor, frame_length).await?;
    drop(encryptor);
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

/// Header and frames.
async fn write(
    job: &mut FileJob,
    lanes: &Lanes,
    file: &Blob,
    encryptor: &Encryptor,
    frame_length: u32,
) -> Result<Blob, Failure> {
    let (length, meter) = (file.size() as u64, job.meter.clone());
    let frames = Encryptor::frame_count(length, frame_length).ok_or(Error::TooManyFrames)?;
    let message = stoppable(job.stop.take(), async {
        let cut = Cut::plaintext(encryptor.framing().clone(), length, lanes.segment(length));
        let cipher = cipher(encryptor.content_key()).await;
        let parts = lanes.work(&cut, file, cipher.as_ref(), &meter).await?;
        let mut sink = Sink::default();
        sink.push(&Uint8Array::from(encryptor.header()));
        parts.iter().for_each(|part| sink.append(&part.blob));
        Ok(sink.finish_readable().await?)
    })
    .await?;

    let header_length = encryptor.header().len() as u64;
    let body_length = message.size() as u64 - header_length;
    job.step(Step::FramesEncrypted {
        frames,
        frame_length,
        input: Item { role: Role::Plaintext, length, bytes: Bytes::Input(0) },
        output: Item { role: Role::Ciphertext, length: body_length, bytes: Bytes::Output(header_length) },
    });
    Ok(message)
}
