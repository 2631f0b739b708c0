//! A file becomes an AWS Encryption SDK message.

use js_sys::{Array, Uint8Array};
use rand_core::CryptoRng;
use waxseal_api::{
    Client, Failure,
    job::{COMMITTING_SUITE, DEFAULT_FRAME_LENGTH, EncryptOptions},
    operations::{Encrypt, GenerateDataKey},
    trace::{Bytes, Item, Role, Step},
};
use waxseal_envelope::{Draft, Encryptor, Error, KmsKeyring, Materials, Suite};

use super::{
    FileJob, Transfer,
    cipher::cipher,
    cut::Cut,
    digest::copying,
    lanes::{Body, Lanes},
    sink::{Output, Sink},
    stoppable,
};
use crate::world::Vault;

pub(super) async fn encrypt(
    job: &mut FileJob,
    vault: &dyn Vault,
    lanes: &Lanes,
    file: Transfer<'_>,
    options: EncryptOptions,
) -> Result<Output, Failure> {
    job.opened(Role::Plaintext);
    job.report.context.clone_from(&options.context);
    let frame_length = options.frame_length.unwrap_or(DEFAULT_FRAME_LENGTH);
    let mut encryptor = begin(job, vault, options, frame_length).await?;
    let content_key = Item::withheld(Role::ContentKey, encryptor.content_key().expose().len());
    let output = write(job, lanes, file, &mut encryptor, vault.randomness()).await?;
    drop(encryptor);
    job.step(Step::Wiped { item: content_key });
    job.stored(Role::Ciphertext, output.length);
    Ok(output)
}

/// Gets a data key, derives this message's own keys from it, and forgets it.
async fn begin(
    job: &mut FileJob,
    vault: &dyn Vault,
    options: EncryptOptions,
    frame_length: u32,
) -> Result<Encryptor, Failure> {
    let suite = Suite::to_write(options.suite.unwrap_or(COMMITTING_SUITE))?;
    let draft = Draft::new(suite, options.context, &mut *vault.randomness())?;
    job.report.context.clone_from(draft.context());
    let materials = wrapped(job, vault, draft, options.key_ids).await?;
    let wrapped = materials.encrypted_data_keys.first();
    let wrapped = Item::here(Role::EncryptedDataKey, wrapped.map_or(&[], |key| &key.ciphertext));
    let data_key = Item::withheld(Role::DataKey, materials.data_key.len());
    let encryptor = Encryptor::new(materials, frame_length, &mut *vault.randomness())?;
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
async fn wrapped(
    job: &mut FileJob,
    vault: &dyn Vault,
    draft: Draft,
    key_ids: Vec<String>,
) -> Result<Materials, Failure> {
    let mut keyrings = key_ids.into_iter().map(KmsKeyring::for_key);
    let first = keyrings.next().ok_or(Error::NoKeyNamed)?;
    let request = first.generate(&draft)?;
    let (output, trace) = Client(vault).call_traced::<GenerateDataKey>(&request).await;
    job.report.trace.append(trace);
    let output = output?;
    job.watch(output.plaintext.expose());
    let mut materials = first.generated(draft, output)?;
    for keyring in keyrings {
        let (output, trace) = Client(vault).call_traced::<Encrypt>(&keyring.wrap(&materials)?).await;
        job.report.trace.append(trace);
        keyring.wrapped(&mut materials, output?)?;
    }
    Ok(materials)
}

/// Header, frames and footer.
async fn write(
    job: &mut FileJob,
    lanes: &Lanes,
    Transfer { input, target }: Transfer<'_>,
    encryptor: &mut Encryptor,
    mut entropy: Box<dyn CryptoRng>,
) -> Result<Output, Failure> {
    let (length, meter, gate) = (input.length(), job.meter.clone(), job.gate());
    let frame_length = encryptor.framing().frame_length().unwrap_or_default();
    let frames = Encryptor::frame_count(length, frame_length).ok_or(Error::TooManyFrames)?;
    let header_length = encryptor.header().len() as u64;
    let cut = Cut::plaintext(encryptor.framing().clone(), length, lanes.segment(encryptor.is_signed()));
    let body_length = cut.output();
    let message = stoppable(job.stop.take(), async {
        let cipher = cipher(encryptor.content_key()).await;
        let sink = Sink::open(target, header_length + body_length).await?;
        sink.write(0, &piece(encryptor.header())).await?;
        let signed = encryptor.is_signed();
        let digest = copying(|bytes| encryptor.digest(bytes));
        let body = Body {
            cut: &cut,
            input,
            cipher: cipher.as_ref(),
            digest: signed.then_some(&digest),
            meter: &meter,
            gate: &gate,
            sink: &sink,
            before: header_length,
        };
        lanes.work(body).await?;
        drop(digest);
        let footer = encryptor.footer(&mut *entropy)?;
        let end = header_length + body_length;
        sink.write(end, &piece(&footer)).await?;
        Ok(sink.finish(end + footer.len() as u64).await?)
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

fn piece(bytes: &[u8]) -> Array {
    Array::of1(&Uint8Array::from(bytes))
}
