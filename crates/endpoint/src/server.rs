//! Listening, and stopping.

use std::{io, net::Ipv4Addr, sync::Arc, time::Duration};

use axum::serve::ListenerExt;
use tokio::{net::TcpListener, sync::oneshot, time::sleep};

use crate::{
    engine::{Engine, StartError},
    http::{self, Service},
    identity::Identities,
    journal::Unstored,
    options::Options,
};

/// How long requests under way may take when the endpoint stops.
const GRACE: Duration = Duration::from_secs(5);

/// Why the endpoint does not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The state cannot be had.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The port is taken, or the system says no.
    #[error("cannot listen on port {0}: {1}")]
    Listen(u16, #[source] io::Error),
    /// What was left to be written could not be.
    #[error("the state file could not be written: {0}")]
    Close(#[source] Unstored),
    /// The system cannot tell when to stop.
    #[error("cannot wait for signals: {0}")]
    Signal(#[source] io::Error),
}

/// Serves until the process is told to stop. `ready` is called with the port once connections are accepted.
///
/// # Errors
/// It could not start.
pub async fn serve(options: Options, ready: impl FnOnce(u16)) -> Result<(), Error> {
    let stop = stop_signal().map_err(Error::Signal)?;
    let engine = Engine::open(options.state.as_deref(), options.quotas)?;
    let listen = |error| Error::Listen(options.port, error);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await.map_err(listen)?;
    let port = listener.local_addr().map_err(listen)?.port();
    let service = Service { engine, identities: Identities::new(&options) };
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let service = Arc::new(service);
    let serving = axum::serve(listener, http::router(service.clone()));
    ready(port);
    let (told, heard) = oneshot::channel();
    let serving = serving.with_graceful_shutdown(async move {
        stop.await;
        // Nobody listens any more when serving has already ended.
        let _ = told.send(());
    });
    tokio::select! {
        ended = serving => ended.map_err(listen)?,
        () = async { drop(heard.await); sleep(GRACE).await } => {}
    }
    service.engine.close().await.map_err(Error::Close)
}

/// Completes when the process is told to stop: SIGTERM, or Ctrl-C.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    })
}

/// Completes when the process is told to stop: Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}
