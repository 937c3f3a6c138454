//! Files that are written by a command, and what it says of them.

use super::console::Console;
use super::failure::Failure;
use super::target::Change;
use restwright::store::{self, Write};
use serde_json::json;

/// Writes all of them, or none.
pub fn write(changes: &[Change]) -> Result<(), Failure> {
    let writes = changes.iter().map(|change| Write {
        path: change.path.clone(),
        wanted: change.wanted.as_deref(),
    });
    Ok(store::write_all(&writes.collect::<Vec<Write>>())?)
}

/// Says a line for each.
pub fn show(cx: &mut Console, changes: &[Change], dry_run: bool) {
    for change in changes {
        let verb = match (change.kind(), dry_run) {
            (Kind::Created, false) => "created",
            (Kind::Updated, false) => "updated",
            (Kind::Removed, false) => "removed",
            (Kind::Created, true) => "would create",
            (Kind::Updated, true) => "would update",
            (Kind::Removed, true) => "would remove",
        };
        let path = change.path.display().to_string();
        cx.result(
            &format!("{verb} {path}"),
            &json!({"kind": "file", "change": verb, "path": path}),
        );
    }
}

/// What happens to a file.
enum Kind {
    Created,
    Updated,
    Removed,
}

impl Change<'_> {
    fn kind(&self) -> Kind {
        match (&self.found, &self.wanted) {
            (_, None) => Kind::Removed,
            (None, Some(_)) => Kind::Created,
            (Some(_), Some(_)) => Kind::Updated,
        }
    }
}
