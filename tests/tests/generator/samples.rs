//! Sample values are values of their schemas.

use super::expected::{cases, inputs};
use super::regenerate::instantly_inputs;
use restwright::lower::Extent;
use restwright::name::lock::Lock;
use restwright::{Inputs, interface, read};
use restwright_tests::prism::driver;
use restwright_tests::samples;

/// The samples of a document, and what is wrong with them.
fn judge(inputs: &Inputs, extent: Extent) -> (usize, Vec<String>) {
    let mut report = inputs.report();
    let document = read::read(&inputs.source, &inputs.files, &inputs.overlays, &mut report);
    let document = document.expect("the document can be read");
    let api = interface(inputs, extent, &mut report).expect("the document has an interface");
    let (sent, mut wrong) = samples::judge(&document.root, &api).expect("the schemas can be used");
    let (answered, wrong_answers) =
        samples::judge_answers(&document.root, &api).expect("the schemas can be used");
    wrong.extend(wrong_answers);
    (sent + answered, wrong)
}

#[test]
fn samples_of_instantly_are_valid() {
    for (extent, least) in [(Extent::Least, 300), (Extent::Full, 460)] {
        let (count, wrong) = judge(&instantly_inputs(), extent);
        assert!(count >= least, "{count} samples");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// The programs that call every operation are Rust, and leave no operation out.
#[test]
fn every_operation_has_a_sample_call() {
    let mut unsampled = Vec::new();
    for folder in cases() {
        let inputs = inputs(&folder, Lock::default());
        let mut report = inputs.report();
        let api = interface(&inputs, Extent::Full, &mut report).expect("the case has an interface");
        let (program, left_out) = driver::program(&api);
        assert!(syn::parse_file(&program).is_ok(), "{}", folder.display());
        unsampled.extend(
            left_out
                .into_iter()
                .map(|id| format!("{}: {id}", folder.display())),
        );
    }
    assert!(unsampled.is_empty(), "{}", unsampled.join("\n"));
}

#[test]
fn samples_of_cases_are_valid() {
    let mut all = Vec::new();
    for folder in cases() {
        for extent in [Extent::Least, Extent::Full] {
            let (_, wrong) = judge(&inputs(&folder, Lock::default()), extent);
            // Formats tell nothing apart here.
            let wrong = wrong
                .iter()
                .filter(|wrong| !wrong.contains("more than one of the schemas"));
            all.extend(wrong.map(|wrong| format!("{}: {wrong}", folder.display())));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}
