//! The worker, started under Trusted Types, as a [`Port`].

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Array, ArrayBuffer, Function, JSON, Object, Reflect};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use waxseal_api::{
    LocalError, LocalErrorCode,
    frame::{FromWorker, ToWorker},
};
use web_sys::{Blob, BlobPropertyBag, MessageEvent, Url, Worker};
use yew::Callback;

use super::{Attached, Errand, Freight, Incoming, Port};

/// How long the worker's script may take to load, in milliseconds.
const PATIENCE: u32 = 30_000;

/// Where the worker's script is, for the page's whole life: as an absolute URL, and as what `new Worker` takes.
#[derive(Clone)]
pub(crate) struct WorkerAddress(JsValue);

impl WorkerAddress {
    /// Makes the address acceptable for a page that requires Trusted Types. The policy `waxseal` can make this one
    /// script URL and no other. A page may make a policy once, so an address is made once.
    pub(crate) fn trust(url: &str) -> Result<Self, JsValue> {
        let url = script_of_this_page(url)?;
        let factory = Reflect::get(&js_sys::global(), &"trustedTypes".into())?;
        if factory.is_undefined() {
            return Ok(Self(url.into()));
        }
        let only = JsValue::from_str(&url);
        let rule = Closure::<dyn Fn() -> JsValue>::new(move || only.clone()).into_js_value();
        let rules = Object::new();
        Reflect::set(&rules, &"createScriptURL".into(), &rule)?;
        let policy = method(&factory, "createPolicy")?.call2(&factory, &"waxseal".into(), &rules)?;
        method(&policy, "createScriptURL")?.call1(&policy, &url.into()).map(Self)
    }

    fn start(&self) -> Result<Worker, JsValue> {
        let constructor: Function = Reflect::get(&js_sys::global(), &"Worker".into())?.dyn_into()?;
        let options = Object::new();
        Reflect::set(&options, &"type".into(), &"module".into())?;
        Reflect::construct(&constructor, &Array::of2(&self.0, &options))?.dyn_into()
    }
}

/// A script that does nothing but import the worker's. A worker is held to the policy that its own script was served
/// with, which is none on a host that cannot send headers; a script made by the page is held to the page's.
fn script_of_this_page(url: &str) -> Result<String, JsValue> {
    let script = format!("import {};", String::from(JSON::stringify(&url.into())?));
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let script = Blob::new_with_str_sequence_and_options(&Array::of1(&script.into()), &options)?;
    Url::create_object_url_with_blob(&script)
}

/// Starts a worker. It has to say that it has loaded before the patience is over.
pub(crate) fn start_worker(
    address: &WorkerAddress,
    incoming: Callback<Incoming>,
) -> Result<Box<dyn Port>, LocalError> {
    let worker = address.start().map_err(|error| broken(&describe(&error)))?;
    let overdue = incoming.clone();
    let patience = Rc::new(RefCell::new(Some(Timeout::new(PATIENCE, move || {
        overdue.emit(Incoming::Broken(broken("its script did not load in 30 seconds")));
    }))));
    let listeners = [
        EventListener::new(&worker, "message", {
            let (incoming, patience) = (incoming.clone(), patience.clone());
            move |event| {
                patience.take();
                incoming.emit(read(event));
            }
        }),
        EventListener::new(&worker, "messageerror", {
            let incoming = incoming.clone();
            move |_| incoming.emit(Incoming::Broken(broken("a message from it could not be read")))
        }),
        EventListener::new(&worker, "error", move |event| {
            let reason = Reflect::get(event, &"message".into()).ok().and_then(|text| text.as_string());
            incoming.emit(Incoming::Broken(broken(
                reason.as_deref().unwrap_or("its script could not be loaded"),
            )));
        }),
    ];
    Ok(Box::new(WorkerPort { worker, _listeners: listeners, _patience: patience }))
}

struct WorkerPort {
    worker: Worker,
    _listeners: [EventListener; 3],
    _patience: Rc<RefCell<Option<Timeout>>>,
}

impl Port for WorkerPort {
    fn post(&self, frame: &ToWorker, freight: Option<&Freight>) -> Result<(), LocalError> {
        let text = serde_json::to_string(frame).map_err(|error| broken(&error.to_string()))?;
        let send = || {
            let message = Object::new();
            Reflect::set(&message, &"frame".into(), &text.into())?;
            if let Some(Freight { files, target }) = freight {
                let first = files.first().map(JsValue::from).unwrap_or_default();
                Reflect::set(&message, &"file".into(), &first)?;
                Reflect::set(&message, &"files".into(), &files.iter().collect::<Array>())?;
                Reflect::set(&message, &"target".into(), target)?;
            }
            self.worker.post_message(&message)
        };
        send().map_err(|error| broken(&describe(&error)))
    }

    fn say(&self, frame: &str, file: Option<&Blob>) -> Result<(), LocalError> {
        let message = Object::new();
        let file = file.map(JsValue::from).unwrap_or_default();
        Reflect::set(&message, &"frame".into(), &frame.into())
            .and_then(|_| Reflect::set(&message, &"file".into(), &file))
            .and_then(|_| self.worker.post_message(&message))
            .map_err(|error| broken(&describe(&error)))
    }

    fn run(&self, frame: &ToWorker, errand: &Errand) -> Result<(), LocalError> {
        let text = serde_json::to_string(frame).map_err(|error| broken(&error.to_string()))?;
        let send = || {
            let (message, moved) = (Object::new(), Array::new());
            Reflect::set(&message, &"frame".into(), &text.into())?;
            Reflect::set(&message, &"file".into(), &errand.file)?;
            if let Some(secret) = &errand.secret {
                Reflect::set(&message, &"secret".into(), secret)?;
                moved.push(secret);
            }
            self.worker.post_message_with_transfer(&message, &moved)
        };
        send().map_err(|error| broken(&describe(&error)))
    }
}

impl Drop for WorkerPort {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn read(event: &web_sys::Event) -> Incoming {
    let data = event.unchecked_ref::<MessageEvent>().data();
    let part = |name: &str| Reflect::get(&data, &name.into()).unwrap_or_default();
    let text = part("frame").as_string().unwrap_or_default();
    match serde_json::from_str::<FromWorker>(&text) {
        Ok(frame) => Incoming::Frame {
            frame,
            attached: Attached {
                file: part("file").dyn_into::<Blob>().ok(),
                files: blobs(&part("files")),
                packed: part("packed").dyn_into::<Blob>().ok(),
                secret: part("secret").dyn_into::<ArrayBuffer>().ok(),
            },
        },
        Err(error) => Incoming::Broken(LocalError::new(LocalErrorCode::BadFrame, error.to_string())),
    }
}

fn blobs(files: &JsValue) -> Vec<Blob> {
    let files = files.dyn_ref::<Array>().map(Array::to_vec).unwrap_or_default();
    files.into_iter().filter_map(|file| file.dyn_into().ok()).collect()
}

fn method(object: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(object, &name.into())?.dyn_into()
}

fn describe(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|text| text.as_string());
    message.or_else(|| JSON::stringify(error).ok().map(String::from)).unwrap_or_default()
}

fn broken(reason: &str) -> LocalError {
    let text = format!("Why it stopped: {reason}.");
    LocalError::new(LocalErrorCode::WorkerCrashed, text)
}
