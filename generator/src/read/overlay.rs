//! stub
use serde_json::Value;
use crate::report::Report;
use crate::source::Source;
pub(super) fn apply(_root: &mut Value, _overlay: &Value, _source: &Source, _report: &mut Report) {}
