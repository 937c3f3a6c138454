//! The command line of restwright. All of it is in [`cli`]; may not do anything else.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
