//! Work in several threads: how many there may be, on what stacks, two things side by side, the parts of a
//! list.
//!
//! May not make a difference: what comes out is the same whatever the number of threads. May not be given
//! tokens, which a procedural macro makes in its own thread only.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As much stack as deep schemas and types may need: documents nest deeply, and every stage follows
/// them down.
pub const STACK: usize = 64 * 1024 * 1024;

/// More threads than that have nothing to do: a client has a few large files.
const MOST: usize = 8;

/// As many threads as are of use on this machine. Files of the system tell it, so it is asked for once.
pub fn most() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    (*CORES.get_or_init(cores)).min(MOST)
}

/// Does one thing while, if there are several threads, another one does the other.
pub fn beside<A, B: Send>(here: impl FnOnce() -> A, there: &(impl Fn() -> B + Sync)) -> (A, B) {
    thread::scope(|scope| {
        let other = (most() > 1).then(|| worker().spawn_scoped(scope, there).ok());
        let here = here();
        let there = match other.flatten() {
            Some(other) => other.join().unwrap_or_else(|panic| resume_unwind(panic)),
            None => there(),
        };
        (here, there)
    })
}

/// What is made of each part of a list, one part for each thread, in their order; so many of the list are
/// worth a thread.
pub fn parts<T: Sync, R: Send>(
    list: &[T],
    worth: usize,
    made: &(impl Fn(&[T]) -> R + Sync),
) -> Vec<R> {
    let parts = list.len() / worth;
    if parts < 2 {
        return vec![made(list)];
    }
    let most = most().min(parts);
    let mut parts = list.chunks(list.len().div_ceil(most).max(1));
    let first = parts.next().unwrap_or_default();
    thread::scope(|scope| {
        let others: Vec<_> = parts
            .map(|part| (part, worker().spawn_scoped(scope, move || made(part)).ok()))
            .collect();
        let mut all = vec![made(first)];
        all.extend(others.into_iter().map(|(part, other)| match other {
            Some(other) => other.join().unwrap_or_else(|panic| resume_unwind(panic)),
            None => made(part),
        }));
        all
    })
}

/// What is made of each of a list, in their order; threads take one after the other.
pub fn each<T: Sync, R: Send>(list: &[T], made: &(impl Fn(&T) -> R + Sync)) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = list.get(index) else {
                return done;
            };
            done.push((index, made(item)));
        }
    };
    let mut done = thread::scope(|scope| {
        let others = 1..most().min(list.len());
        let others: Vec<_> = others
            // One less is no harm: this thread takes whatever is left.
            .filter_map(|_| worker().spawn_scoped(scope, work).ok())
            .collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, made)| made).collect()
}

/// Frees what is large and no longer needed, if there are several threads, beside what comes next.
pub fn free<T: Send + 'static>(value: T) {
    if most() > 1 {
        // Where there is no thread to be had, it is freed here.
        let _ = worker().spawn(move || drop(value));
    }
}

fn worker() -> thread::Builder {
    thread::Builder::new().stack_size(STACK)
}

#[cfg(test)]
mod tests {
    use super::{each, parts};

    #[test]
    fn parts_are_in_order_and_whole() {
        for length in [0, 1, 31, 64, 100, 1_000] {
            let list: Vec<usize> = (0..length).collect();
            let made = parts(&list, 32, &|part: &[usize]| part.to_vec());
            assert_eq!(made.concat(), list, "{length}");
        }
    }

    #[test]
    fn each_has_its_own_in_order() {
        let list: Vec<usize> = (0..100).collect();
        let squares = each(&list, &|item: &usize| item * item);
        assert_eq!(
            squares,
            list.iter().map(|item| item * item).collect::<Vec<_>>()
        );
        assert!(each(&[], &|item: &usize| *item).is_empty());
    }
}
