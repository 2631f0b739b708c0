//! Sandboxes as files, and under other names.

use std::{cell::OnceCell, rc::Rc};

use futures_util::future::join;
use wasm_bindgen::{JsCast, JsValue};
use waxseal_api::{
    LocalError, LocalErrorCode,
    sandbox::{Found, PREFIX, Saved, is_name},
};
use waxseal_kms::Table;
use web_sys::Blob;
use zeroize::Zeroizing;

use super::{
    OwnSandbox, Worker,
    vault::{blob, read},
};
use crate::{
    browser::{self, Unpacked},
    share::{self, ShareError, Shared},
    store::{Everything, SandboxTurn, Store, Turn, indexed_db::IndexedDbStore},
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

    /// Reads and tries all of a file of another sandbox, and holds what is in it.
    pub(super) async fn examine(&self, file: &JsValue) -> Result<Found, LocalError> {
        // Of two that come one soon after the other, the later one is held, whichever is read first.
        let place = Rc::new(OnceCell::new());
        self.examined.replace(place.clone());
        let Shared { made, everything, .. } = read_all(file.unchecked_ref()).await?;
        let keys = everything.records.iter().filter(|record| record.table == Table::Keys).count() as u64;
        let found = Found { made, keys, entries: everything.log.len() as u64 };
        place.get_or_init(|| everything);
        Ok(found)
    }

    /// Makes another sandbox of what is held.
    pub(super) async fn take_in(&self, name: &str) -> Result<(), LocalError> {
        let place = self.examined.borrow().clone();
        let none = || LocalError::new(LocalErrorCode::BadRequest, "No file of a sandbox was read.");
        make(name, place.get().ok_or_else(none)?).await
    }

    /// Moves the sandbox into a database of another name, in one turn of its own.
    pub(super) async fn rename(&self, name: &str) -> Result<(), LocalError> {
        let store = self.store()?;
        let turn = store.turn().await?;
        make(name, &turn.everything().await?).await?;
        // From here on there are two, until the old one is gone.
        self.sandbox.replace(None);
        Ok(store.delete().await?)
    }
}

async fn read_all(file: &Blob) -> Result<Shared, LocalError> {
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
    let shared = shared?;
    share::check(&shared.everything)?;
    Ok(shared)
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
async fn make(name: &str, everything: &Everything) -> Result<(), LocalError> {
    if !is_name(name) {
        let text = "The name of a sandbox has small letters, digits and hyphens, and at most 32 of them.";
        return Err(LocalError::new(LocalErrorCode::BadRequest, text));
    }
    let store = IndexedDbStore::open(&format!("{PREFIX}{name}"), |_| {}).await?;
    let mut turn = store.turn().await?;
    let empty = turn.generation() == 0;
    let filled = fill(&mut turn, everything).await;
    match (&filled, empty) {
        // What was made for nothing is taken away again.
        (Err(_), true) => store.delete().await?,
        _ => store.close(),
    }
    filled
}
