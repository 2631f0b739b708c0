//! Building the site and serving it on this machine.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::{dist, workshop::Workshop};

/// `cargo xtask serve [--port N] [--dev]`
pub(crate) fn run(workshop: &Workshop, options: &[&str]) -> Result<()> {
    let Options { port, dev } = Options::parse(options)?;
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| {
        format!(
            "port {port} of this machine is not free; choose another one: cargo xtask serve --port {}",
            port ^ 1
        )
    })?;
    let site = if dev {
        dist::build_dev_site(workshop)?
    } else {
        dist::build(workshop)?;
        workshop.site()
    };
    let (sh, port) = (&workshop.sh, port.to_string());
    cmd!(sh, "node tests/browser/server.mjs {site} {port}").quiet().run().context("the server has stopped")
}

struct Options {
    port: u16,
    dev: bool,
}

impl Options {
    fn parse(mut words: &[&str]) -> Result<Self> {
        let mut options = Self { port: 8080, dev: false };
        while let [word, rest @ ..] = words {
            words = match (*word, rest) {
                ("--dev", _) => {
                    options.dev = true;
                    rest
                }
                ("--port", [port, rest @ ..]) => {
                    options.port = port.parse().with_context(|| format!("{port} is not a port"))?;
                    rest
                }
                _ => bail!("serve takes --port N and --dev, not {word}"),
            };
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_in_any_order() {
        let options = Options::parse(&["--dev", "--port", "9000"]).unwrap();
        assert_eq!((options.port, options.dev), (9000, true));
        assert!(!Options::parse(&[]).unwrap().dev);
        assert!(Options::parse(&["--port"]).is_err());
        assert!(Options::parse(&["--port", "many"]).is_err());
    }
}
