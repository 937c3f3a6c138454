//! `restwright api`: the interface in short, every public item on one line. May not write.

use super::args::Interface;
use super::console::Console;
use super::failure::Failure;
use super::{DONE, FOUND, findings, plan, progress};
use restwright::emit::listing;
use restwright::lower::Extent;
use restwright::report::{Rejected, Severity};
use serde_json::json;

/// Runs it.
pub fn run(cx: &mut Console, arguments: &Interface) -> Result<u8, Failure> {
    let inputs = plan::part(&arguments.reading, &arguments.selecting)?;
    let mut report = inputs.report();
    let result = progress::watch(cx, "reading", || {
        restwright::interface(&inputs, Extent::Least, &mut report)
    });
    report = findings::as_asked(&arguments.reading, report);
    let errors = report.count(Severity::Error);
    findings::tell(cx, &report);
    let Some(api) = result.ok().filter(|_| errors == 0) else {
        cx.error(&Rejected { errors }.to_string());
        return Ok(FOUND);
    };
    let package = restwright::package(&api, &inputs.config);
    for section in listing::sections(&api, &package) {
        cx.result(
            &format!("# {}", section.name),
            &json!({"kind": "section", "name": section.name}),
        );
        for line in &section.lines {
            cx.result(
                line,
                &json!({"kind": "item", "section": section.name, "item": line}),
            );
        }
    }
    Ok(DONE)
}
