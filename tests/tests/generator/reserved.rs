//! What every call can do has names that no setter of a parameter gets, whatever the document says.

use super::regenerate::document;
use restwright::emit::RUNTIME;
use restwright::name::lock::Lock;
use restwright::source::Source;
use std::collections::BTreeSet;

/// The methods of a call, read from the macro that makes them, so that none is forgotten here.
fn methods() -> BTreeSet<&'static str> {
    let file = RUNTIME
        .iter()
        .find(|(name, _)| name.ends_with("operation.rs"));
    let (_, text) = file.expect("the runtime has the macro");
    let mut names: BTreeSet<&str> = text
        .split("fn ")
        .skip(1)
        .map(|rest| until(rest, &['(', '<']))
        .collect();
    // `$field` is a setter itself; the streams hand their names to one method.
    assert!(names.remove("$field"), "the setters' names are the table's");
    assert!(names.remove("$name"), "the streams share a method");
    assert!(names.remove("$blocking"), "and its twin that waits");
    assert!(names.remove("$unchecked"), "the generator names it");
    names.insert("unchecked");
    assert!(names.remove("from"), "a trait's, which takes no call");
    let streams = text.split("@stream \"").skip(1);
    let streams = streams.filter_map(|rest| Some(rest.split_once("\",")?.1));
    names.extend(streams.flat_map(|rest| rest.split(',').take(2).map(str::trim)));
    let unknown: Vec<_> = names.iter().filter(|name| name.starts_with('$')).collect();
    assert!(unknown.is_empty(), "whose names are {unknown:?}?");
    names
}

fn until<'t>(text: &'t str, ends: &[char]) -> &'t str {
    text.split(ends).next().unwrap_or_default().trim()
}

#[test]
fn no_setter_has_the_name_of_a_method() {
    let methods = methods();
    for known in ["send", "send_as", "into_future", "lines", "lines_blocking"] {
        assert!(methods.contains(known), "{known} of {methods:?}");
    }
    let parameters: String = methods
        .iter()
        .map(|name| format!("{{name: {name}, in: query, schema: {{type: string}}}}, "))
        .collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Names, version: '1'}}\npaths:\n  /a:\n    get:\n      \
         parameters: [{parameters}]\n      responses: {{'204': {{description: none}}}}\n"
    );
    let (result, report) = document(Source::new("openapi.yaml", text), Lock::default());
    let generated = result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()));
    let operation = &generated.api.groups[0].operations[0];
    assert_eq!(operation.parameters.len(), methods.len());
    let taken: Vec<&str> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.name.ident.as_str())
        .filter(|name| methods.contains(name))
        .collect();
    assert!(
        taken.is_empty(),
        "{taken:?} have to be in `CALL` of name/operations.rs"
    );
}
