//! From arguments to an exit code: which command runs, on which stack, and what it leaves behind.
//!
//! May not know what a schema is. A command writes its words into [`console::Console`]; they are
//! printed here, when it is done, so that a broken pipe never stops it half way.

mod api;
mod args;
mod check;
mod console;
mod diff;
mod drift;
mod effective;
mod failure;
mod file;
mod findings;
mod generate;
mod git;
mod init;
mod lint;
mod manifest;
mod path;
mod plan;
mod progress;
mod rerun;
mod selection;
mod taken;
mod target;
mod unified;
mod update;
mod written;

use args::{Arguments, Command};
use clap::{CommandFactory, Parser};
use console::Console;
use failure::Failure;
use restwright::threads::{STACK, within};
use std::process::ExitCode;
use std::thread;

/// All is well.
const DONE: u8 = 0;
/// Something was found: errors in the document, files that are out of date, changes that were asked for.
const FOUND: u8 = 1;
/// A fault of restwright's own.
const FAULT: u8 = 101;

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Nobody is left to be told when this fails.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(FAULT));
        }
    };
    let worker = thread::Builder::new()
        .name("restwright".to_owned())
        .stack_size(STACK);
    let code = thread::scope(|scope| {
        match worker.spawn_scoped(scope, || leave(within(|| run(&arguments)))) {
            // A panic has told its story already.
            Ok(worker) => worker.join().unwrap_or(FAULT),
            // Without a thread of its own it runs here, as deep as this stack goes.
            Err(_) => run(&arguments),
        }
    });
    ExitCode::from(code)
}

/// Ends the program: what the thread has of memory is taken back by the system, at once.
fn leave(code: u8) -> u8 {
    std::process::exit(i32::from(code))
}

/// Runs a command and prints what it has to say.
fn run(arguments: &Arguments) -> u8 {
    let mut console = Console::new(&arguments.style);
    let code = match command(&mut console, &arguments.command) {
        Ok(code) => code,
        Err(failure) => {
            console.failure(&failure);
            failure.code()
        }
    };
    match console.print() {
        Ok(()) => code,
        Err(failure) => failure.code(),
    }
}

fn command(cx: &mut Console, command: &Command) -> Result<u8, Failure> {
    match command {
        Command::Generate(arguments) => generate::run(cx, arguments),
        Command::Check(arguments) => check::run(cx, arguments),
        Command::Lint(arguments) => lint::run(cx, arguments),
        Command::Diff(arguments) => diff::run(cx, arguments),
        Command::Update(arguments) => update::run(cx, arguments),
        Command::Drift(arguments) => drift::run(cx, arguments),
        Command::Api(arguments) => api::run(cx, arguments),
        Command::Init(arguments) => init::run(cx, arguments),
        Command::Completions(arguments) => {
            let mut script = Vec::new();
            clap_complete::generate(
                arguments.shell,
                &mut Arguments::command(),
                "restwright",
                &mut script,
            );
            cx.raw(&String::from_utf8_lossy(&script));
            Ok(DONE)
        }
    }
}
