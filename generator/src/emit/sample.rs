//! Sample calls: an operation's call with sample values as Rust, for its documentation and for programs
//! that try every operation.
//!
//! Text rather than tokens, broken into lines here, since it goes into comments.

mod layout;
mod value;

pub use layout::Expr;

use super::ident;
use crate::ir::{
    Answer, Api, Body, BodyCase, Content, Group, Location, Name, Operation, Parameter, Payload,
    Shape, Type,
};
use value::Values;

/// What the words of a sample are found under.
pub struct Paths {
    /// The crate.
    pub root: String,
    /// What stands before the name of a model; nothing where all are imported.
    pub models: String,
}

/// A sample call.
pub struct Sample {
    /// The call, without `.await`.
    pub call: Expr,
    /// Whether it names models.
    pub models: bool,
}

/// The call of an operation with everything that has a sample; `None` where something required has
/// none.
pub fn call(
    api: &Api<Name>,
    group: &Group<Name>,
    operation: &Operation<Name>,
    paths: &Paths,
) -> Option<Sample> {
    let mut values = Values::new(api, paths);
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let arguments = required.map(|parameter| argument(&mut values, parameter));
    let mut arguments: Vec<Expr> = arguments.collect::<Option<_>>()?;
    let body = operation.body.as_ref();
    if let Some(body) = body.filter(|body| body.required) {
        arguments.push(sent(&mut values, body)?);
    }
    let client = format!("client.{}()", ident(&group.name));
    let mut calls = vec![(ident(&operation.name).to_string(), arguments)];
    let optional = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required);
    for parameter in optional.filter(|parameter| parameter.location != Location::Path) {
        let given = argument(&mut values, parameter);
        calls.extend(given.map(|given| (ident(&parameter.name).to_string(), vec![given])));
    }
    if let Some(body) = body.filter(|body| !body.required) {
        let given = sent(&mut values, body);
        calls.extend(given.map(|given| (ident(&body.name).to_string(), vec![given])));
    }
    Some(Sample {
        call: Expr::Chain(client, calls),
        models: values.models,
    })
}

fn argument(values: &mut Values, parameter: &Parameter<Name>) -> Option<Expr> {
    let sample = parameter.sample.as_ref()?;
    match parameter.location {
        Location::QueryList(_) => values.array(&parameter.ty, sample),
        _ => values.fill(&parameter.ty, sample),
    }
}

fn sent(values: &mut Values, body: &Body<Name>) -> Option<Expr> {
    match &body.content {
        Content::OneOf(Type::Named(id)) => {
            let Shape::Bodies(cases) = &values.api.types[id.0].shape else {
                return None;
            };
            cases.iter().find_map(|case| variant(values, *id, case))
        }
        content => match (content.ty(), &body.sample) {
            (Some(ty), Some(sample)) => values.fill(ty, sample),
            (Some(_), None) => None,
            (None, sample) => Some(plain(sample.as_ref())),
        },
    }
}

/// A variant of the enum of an operation's bodies.
fn variant(values: &mut Values, id: crate::ir::TypeId, case: &BodyCase<Name>) -> Option<Expr> {
    let held = match (case.content.ty(), &case.sample) {
        (Some(ty), Some(sample)) => values.exact(ty, sample)?,
        (Some(_), None) => return None,
        (None, sample) => Expr::Then(Box::new(plain(sample.as_ref())), ".into()"),
    };
    let open = format!("{}::{}(", values.named(id), ident(&case.name));
    Some(Expr::Group(open, vec![held], ")"))
}

/// Text, or bytes.
fn plain(sample: Option<&serde_json::Value>) -> Expr {
    let text = sample.and_then(serde_json::Value::as_str);
    Expr::Plain(format!("{:?}", text.unwrap_or("content")))
}

/// How wide an example may be.
const WIDTH: usize = 92;

/// The lines of the example in the documentation of a function, which compile as a test.
pub fn example(
    api: &Api<Name>,
    group: &Group<Name>,
    operation: &Operation<Name>,
    package: &str,
) -> Vec<String> {
    let root = package.replace('-', "_");
    let paths = Paths {
        root: root.clone(),
        models: String::new(),
    };
    let Some(sample) = call(api, group, operation, &paths) else {
        return Vec::new();
    };
    let kept = match &operation.answer {
        Answer::One(Payload::Empty) => "",
        Answer::One(_) | Answer::OneOf(_) => "let answer = ",
        Answer::Stream(_) => "let mut stream = ",
    };
    let models = if sample.models {
        format!("use {root}::models::*; ")
    } else {
        String::new()
    };
    let mut lines = vec![
        "```no_run".to_owned(),
        format!(
            "# {models}async fn example(client: {root}::Client) -> Result<(), {root}::Error> {{"
        ),
    ];
    let statement = format!(
        "{kept}{}.await?;",
        sample.call.text(WIDTH - kept.len() - ".await?;".len())
    );
    lines.extend(statement.lines().map(str::to_owned));
    lines.extend(["# Ok(()) }".to_owned(), "```".to_owned()]);
    lines
}
