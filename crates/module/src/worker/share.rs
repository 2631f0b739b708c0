//! Sandboxes as files, and under other names.

use futures_util::future::join;
use wasm_bindgen::{JsCast, JsValue};
use waxseal_api::{
    LocalError, LocalErrorCode,
    sandbox::{PREFIX, Saved, is_name},
};
use web_sys::Blob;
use zeroize::Zeroizing;

use super::{
    OwnSandbox, Worker,
    vault::{blob, read},
};
use crate::{
    browser::{self, Unpacked},
    share::{self, ShareError, Shared},
    store::{Everything, SandboxTurn, Store, Trial, Turn, indexed_db::IndexedDbStore},
    world::fill,
};

/// No file of a sandbox is longer, in bytes.
const LONGEST: f64 = 64.0 * 1024.0 * 1024.0;

impl Worker {
    /// Makes the file of the sandbox.
    pub(super) async fn save(
        &self,
        sandbox: &OwnSandbox,
        attached: &mut Option<JsValue>,
    ) -> Result<Saved, LocalError> {
        let shared = sandbox.save(self.store()?.world().trim_start_matches(PREFIX)).await?;
        let mut text = shared.write();
        let digest = browser::sha256(&text).await.map_err(cannot)?;
        text.extend_from_slice(share::end(&digest).as_bytes());
        let packed = browser::gzip(&text).await.map_err(cannot)?;
        *attached = Some(blob(&share::file(&packed))?);
        Ok(Saved { made: shared.made })
    }

    /// Makes another sandbox of a file. All of the file is tried before anything of it is kept.
    pub(super) async fn take_in(&self, name: &str, file: &JsValue) -> Result<(), LocalError> {
        let file: &Blob = file.unchecked_ref();
        if file.size() > LONGEST {
            let text = "This file is far longer than any sandbox.".to_owned();
            return Err(ShareError::NotASandbox(text).into());
        }
        let bytes = read(file).await?;
        let unpacked = browser::gunzip(share::packed(&bytes)?, share::MOST).await;
        let text = Zeroizing::new(unpacked.map_err(|why| ShareError::Damaged(words(why).to_owned()))?);
        let lines = share::lines(&text)?;
        // While the browser digests it, it is read.
        let (digest, shared) = join(browser::sha256(lines), async { Shared::read(&text) }).await;
        share::ensure_digest(&text, &digest.map_err(cannot)?)?;
        make(name, shared?.everything, &|everything| Ok(share::check(everything)?)).await
    }

    /// Moves the sandbox into a database of another name, in one turn of its own.
    pub(super) async fn rename(&self, name: &str) -> Result<(), LocalError> {
        let store = self.store()?;
        let turn = store.turn().await?;
        make(name, turn.everything().await?, &|_| Ok(())).await?;
        // From here on there are two, until the old one is gone.
        self.sandbox.replace(None);
        Ok(store.delete().await?)
    }
}

fn cannot(error: JsValue) -> LocalError {
    LocalError::new(LocalErrorCode::BadRequest, browser::describe(&error))
}

fn words(why: Unpacked) -> &'static str {
    match why {
        Unpacked::Broken => "it was cut short or changed on its way",
        Unpacked::TooLong => "it is longer than any sandbox",
    }
}

/// Makes a sandbox of this name, which must not be there.
async fn make(name: &str, everything: Everything, tried: Trial<'_>) -> Result<(), LocalError> {
    if !is_name(name) {
        let text = "The name of a sandbox has small letters, digits and hyphens, and at most 32 of them.";
        return Err(LocalError::new(LocalErrorCode::BadRequest, text));
    }
    let store = IndexedDbStore::open(&format!("{PREFIX}{name}"), |_| {}).await?;
    let mut turn = store.turn().await?;
    let empty = turn.generation() == 0;
    let filled = fill(&mut turn, everything, tried).await;
    match (&filled, empty) {
        // What was made for nothing is taken away again.
        (Err(_), true) => store.delete().await?,
        _ => store.close(),
    }
    filled
}
