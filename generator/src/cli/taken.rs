//! What `--timings` tells: a line per stage, and their sum. May not measure.

use super::console::Console;
use restwright::timings::Timings;
use serde_json::json;
use std::time::Duration;

/// Tells it beside the results, where it is wanted.
pub fn tell(cx: &mut Console, wanted: bool, timings: &Timings) {
    if !wanted {
        return;
    }
    let mut text = "stage       time    memory so far\n".to_owned();
    let mut objects = Vec::new();
    let mut line = |name: &str, time: Duration, peak: Option<u64>| {
        let mebibytes = peak.map(|bytes| format!("{:>9.1} MiB", bytes as f64 / 1_048_576.0));
        let seconds = time.as_secs_f64();
        let row = format!("{name:<8}{seconds:>6.3} s{}", mebibytes.unwrap_or_default());
        text.push_str(&format!("{row}\n"));
        objects.push(json!({"kind": "timing", "stage": name, "seconds": seconds, "peak": peak}));
    };
    for stage in timings.stages() {
        line(stage.name, stage.time, stage.peak);
    }
    let all: Duration = timings.stages().iter().map(|stage| stage.time).sum();
    let peak = timings.stages().iter().filter_map(|stage| stage.peak).max();
    line("all", all, peak);
    cx.beside(&text, &objects);
}
