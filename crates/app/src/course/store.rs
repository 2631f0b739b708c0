//! Where progress is kept: one record in a database of this browser, which all tabs share.
//!
//! What is kept is changed within one transaction that reads the record and writes it again. So two tabs that do something at
//! the same time keep both deeds.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use waxseal_study::progress::Progress;
use web_sys::{
    DomException, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode as Mode,
};

use super::keep_text as text;
use crate::components::dom;

/// The database, its table, and the name of the record in it.
const DATABASE: &str = "waxseal-course";
const TABLE: &str = "progress";
const RECORD: &str = "progress";

/// Why nothing is kept, in words that say what to do.
pub(crate) type Unkept = String;

/// What is kept; if nothing is, the beginning.
pub(super) async fn load() -> Result<Progress, Unkept> {
    Table::open(Mode::Readonly).await?.read().await
}

/// Changes what is kept, which is read first. What cannot be read is left as it is.
pub(super) async fn change(change: impl FnOnce(&mut Progress)) -> Result<Progress, Unkept> {
    let table = Table::open(Mode::Readwrite).await?;
    let mut progress = table.read().await?;
    change(&mut progress);
    table.write(&progress).await?;
    Ok(progress)
}

/// Puts something in the place of what is kept, whether that can be read or not.
pub(super) async fn replace(progress: &Progress) -> Result<(), Unkept> {
    Table::open(Mode::Readwrite).await?.write(progress).await
}

/// The table within a transaction.
struct Table {
    database: IdbDatabase,
    transaction: IdbTransaction,
    table: IdbObjectStore,
}

impl Drop for Table {
    fn drop(&mut self) {
        // The transaction comes to its end before the database is closed.
        self.database.close();
    }
}

impl Table {
    async fn open(mode: Mode) -> Result<Self, Unkept> {
        Self::begin(mode).await.map_err(refused)
    }

    async fn begin(mode: Mode) -> Result<Self, JsValue> {
        let window = dom::window().ok_or(JsValue::NULL)?;
        let request = window.indexed_db()?.ok_or(JsValue::NULL)?.open_with_u32(DATABASE, 1)?;
        let make = Closure::once({
            let request = request.clone();
            move || -> Result<(), JsValue> {
                request.result()?.dyn_into::<IdbDatabase>()?.create_object_store(TABLE).map(drop)
            }
        });
        request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
        let database: IdbDatabase = outcome(&request).await?.dyn_into()?;
        let transaction = database.transaction_with_str_and_mode(TABLE, mode)?;
        let table = transaction.object_store(TABLE)?;
        Ok(Self { database, transaction, table })
    }

    async fn read(&self) -> Result<Progress, Unkept> {
        let asked = self.table.get(&RECORD.into()).map_err(refused)?;
        match outcome(&asked).await.map_err(refused)?.as_string() {
            None => Ok(Progress::default()),
            Some(kept) => Progress::from_text(&kept).map_err(|error| text::unreadable(&error)),
        }
    }

    /// Writes it, and waits until it is durable.
    async fn write(&self, progress: &Progress) -> Result<(), Unkept> {
        let ended = Promise::new(&mut |resolve, reject| {
            self.transaction.set_oncomplete(Some(&resolve));
            self.transaction.set_onabort(Some(&reject));
        });
        self.table.put_with_key(&progress.to_text().into(), &RECORD.into()).map_err(refused)?;
        let aborted = |_| refused(self.transaction.error().map_or(JsValue::NULL, JsValue::from));
        JsFuture::from(ended).await.map(drop).map_err(aborted)
    }
}

/// What comes of a request.
async fn outcome(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(ended).await {
        Ok(_) => request.result(),
        Err(_) => Err(request.error()?.map_or(JsValue::NULL, JsValue::from)),
    }
}

fn refused(error: JsValue) -> Unkept {
    let name = error.dyn_ref::<DomException>().map(DomException::name);
    text::refused(name.as_deref())
}
