//! Findings in words and as JSON.
//!
//! May not decide what is told: what is in a finding may be told.

use serde_json::{Value, json};

use super::{Drift, Finding, Kind, Place, Site, Spot, Unmatched};
use crate::read::Document;
use crate::report::Located;

/// So many operations are named where people read.
const MOST_SITES: usize = 5;
/// So many values.
const MOST_VALUES: usize = 20;

impl Finding {
    /// What was found, in a line.
    pub fn message(&self, document: &Document) -> String {
        let member = self.member.as_deref();
        let names = || match self.masked {
            1 => "a member that looks like a key".to_owned(),
            many => format!("{many} members that look like keys"),
        };
        let verb = if self.masked == 1 { "is" } else { "are" };
        match (self.kind, member) {
            (Kind::Status, _) => format!("status {} is not declared", member.unwrap_or_default()),
            (Kind::Media, Some(media)) => format!("the media type `{media}` is not declared"),
            (Kind::Media, None) => "the media type is not declared".to_owned(),
            (Kind::Body, _) => "there is a body where none is declared".to_owned(),
            (Kind::NoBody, _) => "there is no body where one is declared".to_owned(),
            (Kind::NotJson, _) => "the body is declared as JSON and is none".to_owned(),
            (Kind::Type, _) => format!("the value is of another type: {}", self.sample),
            (Kind::Null, _) => "the value is null, which is not allowed".to_owned(),
            (Kind::Value, _) => format!("not among the listed values: {}", self.told()),
            (Kind::Format, _) => {
                let format = document.get(&self.at.key("format")).and_then(Value::as_str);
                let format = format.unwrap_or_default();
                format!(
                    "the value does not meet the format `{format}`: {}",
                    self.sample
                )
            }
            (Kind::Missing, _) => {
                format!(
                    "the required member `{}` is missing",
                    member.unwrap_or_default()
                )
            }
            (Kind::Closed, Some(name)) => {
                format!("the member `{name}` is not allowed here: {}", self.sample)
            }
            (Kind::Closed, None) => format!("{} {verb} not allowed here", names()),
            (Kind::Undeclared, Some(name)) => {
                format!("the member `{name}` is not declared: {}", self.sample)
            }
            (Kind::Undeclared, None) => format!("{} {verb} not declared", names()),
        }
    }

    /// The values that a list lacks. For example: `0 (3 times), "closed" (twice)`.
    fn told(&self) -> String {
        let told = self.values.iter().take(MOST_VALUES);
        let told = told.map(|(value, count)| format!("{value} ({})", times(*count)));
        let mut parts: Vec<String> = told.collect();
        if let Some(more @ 1..) = self.values.len().checked_sub(MOST_VALUES) {
            parts.push(format!("{more} more"));
        }
        if self.masked > 0 {
            let others = if parts.is_empty() { "" } else { "others, " };
            parts.push(format!("{others}{} ({})", self.sample, times(self.masked)));
        }
        parts.join(", ")
    }

    /// How often it was seen.
    fn seen(&self) -> String {
        format!(
            "seen {} in {} of {}",
            times(self.count),
            self.answers,
            counted(self.of, "answer")
        )
    }

    /// The operations, some of them. For example: `listLeads 200 $.items[].status`.
    fn places(&self, document: &Document) -> String {
        let sites = self.sites.iter().take(MOST_SITES);
        let mut parts: Vec<String> = sites.map(|site| site.text(document)).collect();
        if let Some(more @ 1..) = self.sites.len().checked_sub(MOST_SITES) {
            parts.push(format!("{more} more"));
        }
        parts.join("; ")
    }

    /// What is found, where and how often, for the description of an action.
    pub(super) fn sentence(&self, document: &Document) -> String {
        let message = self.message(document);
        let mut letters = message.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let message: String = first.chain(letters).collect();
        format!(
            "{message}. {}: {}.",
            capital_seen(&self.seen()),
            self.places(document)
        )
    }

    /// For people.
    pub fn text(&self, document: &Document, located: &Located) -> String {
        let place = located.place;
        let place = place.map(|place| format!(":{}:{}", place.line, place.column));
        format!(
            "{}: {}\n  --> {}{} {}\n  = {}, first at {}\n  = {}\n",
            self.kind.code(),
            self.message(document),
            located.file,
            place.unwrap_or_default(),
            located.pointer,
            self.seen(),
            self.first,
            self.places(document),
        )
    }

    /// For programs.
    pub fn json(&self, document: &Document, located: &Located) -> Value {
        let values = self.values.iter();
        let values = values.map(|(value, count)| json!({"value": value, "count": count}));
        let sites = self.sites.iter().map(|site| site.json(document));
        json!({
            "kind": "difference",
            "code": self.kind.code(),
            "message": self.message(document),
            "file": located.file,
            "line": located.place.map(|place| place.line),
            "column": located.place.map(|place| place.column),
            "pointer": located.pointer.to_string(),
            "member": self.member,
            "count": self.count,
            "answers": self.answers,
            "of": self.of,
            "sample": self.sample,
            "values": values.collect::<Vec<Value>>(),
            "masked": self.masked,
            "first": self.first.json(),
            "sites": sites.collect::<Vec<Value>>(),
        })
    }
}

impl Site {
    fn text(&self, document: &Document) -> String {
        let path = if self.path == "$" {
            ""
        } else {
            self.path.as_str()
        };
        let name = name(document, self.operation);
        format!("{name} {} {path}", self.status)
            .trim_end()
            .to_owned()
    }

    fn json(&self, document: &Document) -> Value {
        let operation = document.operations.get(self.operation);
        json!({
            "operation": name(document, self.operation),
            "method": operation.map(|operation| &operation.method),
            "path": operation.map(|operation| &operation.path),
            "status": self.status,
            "at": self.path,
            "count": self.count,
            "answers": self.answers,
        })
    }
}

impl Place {
    fn json(&self) -> Value {
        match self.spot {
            Spot::Line(line) => json!({"file": self.file, "line": line}),
            Spot::Entry(entry) => json!({"file": self.file, "entry": entry}),
        }
    }
}

impl Unmatched {
    /// For people.
    pub fn text(&self) -> String {
        format!(
            "unmatched: {} {}: {}, first at {}\n",
            self.method,
            self.path,
            counted(self.count, "answer"),
            self.first
        )
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "kind": "unmatched",
            "method": self.method,
            "path": self.path,
            "count": self.count,
            "first": self.first.json(),
        })
    }
}

impl Drift {
    /// For example: `12 answers, 11 of them of operations; 3 differences`.
    pub fn summary(&self) -> String {
        let mut text = format!(
            "{}, {} of them of operations; {}",
            counted(self.answers, "answer"),
            self.matched,
            counted(self.findings.len(), "difference"),
        );
        if self.streams > 0 {
            text.push_str(&format!(
                "; {}, not compared",
                counted(self.streams, "stream")
            ));
        }
        text
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "kind": "summary",
            "answers": self.answers,
            "matched": self.matched,
            "streams": self.streams,
            "differences": self.findings.len(),
        })
    }
}

/// An operation's id, or its method and path.
fn name(document: &Document, operation: usize) -> String {
    let Some(operation) = document.operations.get(operation) else {
        return String::new();
    };
    let id = operation.item.operation_id.clone();
    id.unwrap_or_else(|| format!("{} {}", operation.method, operation.path))
}

fn capital_seen(seen: &str) -> String {
    seen.replacen("seen", "Seen", 1)
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{many} times"),
    }
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
