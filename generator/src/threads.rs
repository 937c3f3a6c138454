//! Work in several threads: how many there may be, on what stacks, and two things side by side.
//!
//! May not make a difference: what comes out is the same whatever the number of threads.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// As much stack as deep schemas and types may need: documents nest deeply, and every stage follows
/// them down.
pub const STACK: usize = 64 * 1024 * 1024;

/// More threads than that have nothing to do: a client has a few large files.
const MOST: usize = 8;

/// As many threads as are of use on this machine.
pub fn most() -> usize {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    cores.min(MOST)
}

/// Does one thing while, if there may be several threads, another one does the other.
pub fn beside<A, B: Send>(
    threads: usize,
    here: impl FnOnce() -> A,
    there: &(impl Fn() -> B + Sync),
) -> (A, B) {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK);
        let other = (threads > 1).then(|| worker.spawn_scoped(scope, there).ok());
        let here = here();
        let there = match other.flatten() {
            Some(other) => other.join().unwrap_or_else(|panic| resume_unwind(panic)),
            None => there(),
        };
        (here, there)
    })
}

/// Frees what is large and no longer needed, if there may be several threads, beside what comes next.
pub fn free<T: Send + 'static>(threads: usize, value: T) {
    if threads > 1 {
        // Where there is no thread to be had, it is freed here.
        let _ = thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || drop(value));
    }
}
