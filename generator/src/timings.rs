//! How long each stage takes, and how much memory the program has held by its end.
//!
//! May not know what a stage does, and may not decide anything: nothing that is generated depends on it.

use std::time::{Duration, Instant};

/// What the stages have taken so far, in the order in which they began.
#[derive(Clone, Debug, Default)]
pub struct Timings {
    stages: Vec<Stage>,
}

/// What one stage has taken.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// Its name, for example `lower`.
    pub name: &'static str,
    /// The time from its beginning to its end; of a stage that ran several times, all of them.
    pub time: Duration,
    /// The most memory in bytes that the program has held so far, where the system tells it.
    pub peak: Option<u64>,
}

impl Timings {
    /// Does some work, which is a stage or one more turn of it.
    pub fn measure<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.add(stage, start.elapsed());
        result
    }

    /// Counts time to a stage that has just ended.
    pub fn add(&mut self, name: &'static str, time: Duration) {
        let peak = peak();
        match self.stages.iter_mut().find(|stage| stage.name == name) {
            Some(stage) => {
                stage.time += time;
                stage.peak = peak;
            }
            None => self.stages.push(Stage { name, time, peak }),
        }
    }

    /// The stages so far.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }
}

/// The most memory that this process has held; Linux tells it in a file.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_the_turns_of_a_stage() {
        let mut timings = Timings::default();
        assert_eq!(timings.measure("read", || 7), 7);
        timings.add("lower", Duration::from_secs(1));
        timings.add("name", Duration::from_secs(3));
        timings.add("lower", Duration::from_secs(2));
        let stages = timings.stages().iter();
        let stages: Vec<_> = stages
            .map(|stage| (stage.name, stage.time.as_secs()))
            .collect();
        assert_eq!(stages, [("read", 0), ("lower", 3), ("name", 3)]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn knows_how_much_memory_there_was() {
        assert!(peak().is_some_and(|bytes| bytes > 100_000));
    }
}
