//! `--effective`: the document after its overlays says the same as the document with them.

use super::regenerate::{instantly_inputs, run, shared};
use restwright::Inputs;
use restwright::print::File;
use restwright::read;
use restwright::report::Report;
use restwright::source::{Format, Source};

#[test]
fn the_effective_document_gives_the_same_crate() {
    let inputs = instantly_inputs();
    let mut report = inputs.report();
    let text = read::effective(&inputs.source, &inputs.overlays, &mut report).expect("it applies");
    let effective = Source::new(inputs.source.name.clone(), text);
    assert_eq!(effective.format, Format::Yaml);
    let (with_overlay, _) = run(inputs);
    let (alone, _) = run(Inputs {
        source: effective,
        overlays: Vec::new(),
        ..instantly_inputs()
    });
    let files = |generated: Option<Vec<File>>| generated.expect("the document is one");
    let with_overlay = files(with_overlay.ok().map(|generated| generated.files));
    let alone = files(alone.ok().map(|generated| generated.files));
    assert!(!with_overlay.is_empty());
    for (one, other) in with_overlay.iter().zip(&alone) {
        assert!(one == other, "{} differs", one.path);
    }
    assert_eq!(with_overlay.len(), alone.len());
}

/// Whatever a text holds, what is written reads as the same.
#[test]
fn real_documents_are_written_as_they_are_read() {
    let Some(folder) = shared("corpus") else {
        return;
    };
    let mut written = [0, 0];
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        let Ok(source) = Source::read(&path) else {
            continue;
        };
        let Ok(value) = source.parse() else { continue };
        let Ok(text) = read::effective(&source, &[], &mut Report::default()) else {
            continue;
        };
        let again = Source::new("again", text);
        assert_eq!(again.format, source.format, "{}", path.display());
        let read = again.parse().expect("what is written can be read");
        // In order, too. Not `assert_eq`: a difference would be thousands of lines.
        let (read, value) = (read.to_string(), value.to_string());
        assert!(read == value, "{}", path.display());
        written[usize::from(source.format == Format::Yaml)] += 1;
    }
    assert!(written.iter().all(|count| *count >= 10), "{written:?}");
}
