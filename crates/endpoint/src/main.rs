//! `waxseal-endpoint`: see the README of this crate.
#![expect(clippy::print_stdout, reason = "its line on standard output says where it listens")]

use std::{env, process::ExitCode};

use waxseal_endpoint::{
    options::{self, Command, Options, USAGE},
    serve,
};

fn main() -> ExitCode {
    match options::parse(env::args_os().skip(1)) {
        Ok(Command::Serve(options)) => run(options),
        Ok(Command::Help) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        Err(error) => fail(2, &format!("{error}\n\n{USAGE}")),
    }
}

fn run(options: Options) -> ExitCode {
    let options = Options { root_secret: env::var("WAXSEAL_ROOT_SECRET").ok(), ..options };
    let runtime = tokio::runtime::Runtime::new();
    let ready = |port| println!("listening on http://127.0.0.1:{port}");
    match runtime.map(|runtime| runtime.block_on(serve(options, ready))) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => fail(1, &error.to_string()),
        Err(error) => fail(1, &error.to_string()),
    }
}

fn fail(status: u8, message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(status)
}
