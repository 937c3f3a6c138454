//! A spinner while something takes its time. May not know what takes it.

use super::console::Console;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Shorter work shows nothing.
const PATIENCE: Duration = Duration::from_millis(300);
const TICK: Duration = Duration::from_millis(100);

/// Does some work, and shows its name and the time it takes on standard error, where a console
/// lets that be seen.
pub fn watch<T>(cx: &Console, stage: &'static str, work: impl FnOnce() -> T) -> T {
    if !cx.progress {
        return work();
    }
    thread::scope(|scope| {
        let (working, end) = mpsc::channel();
        // Without a thread there is no spinner, and no harm.
        let _ = thread::Builder::new().spawn_scoped(scope, move || spin(stage, &end));
        let result = work();
        drop(working);
        result
    })
}

/// Spins until the other end of the channel is gone.
fn spin(stage: &'static str, end: &Receiver<()>) {
    if end.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}");
    let bar = ProgressBar::new_spinner()
        .with_message(stage)
        .with_elapsed(PATIENCE);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(TICK);
    let _ = end.recv();
    bar.finish_and_clear();
}
