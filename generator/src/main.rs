//! The command line of restwright. All of it is in [`cli`]; may not do anything else.

mod cli;

use mimalloc::MiMalloc;
use std::process::ExitCode;

// Documents become millions of small texts; see generator/docs/performance.md.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
