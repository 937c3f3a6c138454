//! Work in several threads: how many there may be, on what stacks, two things side by side, the parts of a
//! list.
//!
//! May not make a difference: what comes out is the same whatever the number of threads. May not start any within
//! [`alone`], as a procedural macro may make tokens in its own thread only.
//!
//! The threads are there as long as the program, since what a new one needs of memory it keeps.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::cell::Cell;
use std::num::NonZero;
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

thread_local! {
    /// Whether this thread does all by itself.
    static ALONE: Cell<bool> = const { Cell::new(false) };
}

/// Does something in this thread, whatever of it could be divided.
pub fn alone<R>(work: impl FnOnce() -> R) -> R {
    /// What was before, also after a panic.
    struct Before(bool);
    impl Drop for Before {
        fn drop(&mut self) {
            ALONE.set(self.0);
        }
    }
    let _before = Before(ALONE.replace(true));
    work()
}

/// The threads, if there can be several.
fn pool() -> Option<&'static ThreadPool> {
    if ALONE.get() {
        return None;
    }
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let started = || {
        let pool = ThreadPoolBuilder::new().num_threads(most());
        let pool = pool
            .stack_size(STACK)
            .thread_name(|_| "restwright".to_owned());
        (most() > 1).then(|| pool.build().ok())?
    };
    POOL.get_or_init(started).as_ref()
}

/// Does something in one of the threads, so that all of them have part in what it divides.
pub fn within<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    match pool() {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Does one thing while, if there are several threads, another one does the other.
pub fn beside<A, B: Send>(here: impl FnOnce() -> A, there: &(impl Fn() -> B + Sync)) -> (A, B) {
    let Some(pool) = pool() else {
        return (here(), there());
    };
    let mut other = None;
    let here = pool.in_place_scope(|scope| {
        scope.spawn(|_| other = Some(there()));
        here()
    });
    (here, other.unwrap_or_else(there))
}

/// The same work in so many threads at most, for those that share what is to be done; what each has done.
pub fn together<R: Send>(threads: usize, work: &(impl Fn() -> R + Sync)) -> Vec<R> {
    let Some(pool) = pool() else {
        return vec![work()];
    };
    let others = threads.min(most()).saturating_sub(1);
    let mut done: Vec<Option<R>> = (0..others).map(|_| None).collect();
    let here = pool.in_place_scope(|scope| {
        for done in &mut done {
            scope.spawn(|_| *done = Some(work()));
        }
        work()
    });
    std::iter::once(here)
        .chain(done.into_iter().flatten())
        .collect()
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
    let mut done: Vec<(usize, R)> = together(list.len(), &work).into_iter().flatten().collect();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, made)| made).collect()
}

/// What is made of each part of a list, one part for each thread, in their order; so many of the list are
/// worth a thread.
pub fn parts<T: Sync, R: Send>(
    list: &[T],
    worth: usize,
    made: &(impl Fn(&[T]) -> R + Sync),
) -> Vec<R> {
    let parts = (list.len() / worth).min(most());
    if parts < 2 {
        return vec![made(list)];
    }
    let parts: Vec<&[T]> = list.chunks(list.len().div_ceil(parts)).collect();
    each(&parts, &|part| made(part))
}

/// Frees what is large and no longer needed, if there are several threads, beside what comes next.
pub fn free<T: Send + 'static>(value: T) {
    if let Some(pool) = pool() {
        pool.spawn(move || drop(value));
    }
}

#[cfg(test)]
mod tests {
    use super::{ALONE, alone, beside, each, parts};
    use std::thread;

    #[test]
    fn parts_are_in_order_and_whole() {
        for length in [0, 1, 31, 64, 100, 1_000] {
            let list: Vec<usize> = (0..length).collect();
            let made = parts(&list, 32, &|part: &[usize]| part.to_vec());
            assert_eq!(made.concat(), list, "{length}");
        }
    }

    #[test]
    fn alone_there_is_one_thread() {
        let here = thread::current().id();
        let threads = || each(&[0; 100], &|_: &i32| thread::current().id());
        assert!(alone(threads).iter().all(|thread| *thread == here));
        let (one, other) = alone(|| beside(|| 1, &|| thread::current().id()));
        assert_eq!((one, other), (1, here));
        assert!(std::panic::catch_unwind(|| alone(|| panic!("on purpose"))).is_err());
        assert!(!ALONE.get());
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
