//! Operations of every tag: the call as a whole, and typed values of the answer.

mod account;
mod first_tags;
mod last_tags;

use serde_json::{Value, json};

use crate::{ID, OTHER, Outcome, WHEN};

fn account() -> Value {
    json!({
        "email": "a+b@x.io", "timestamp_created": WHEN, "timestamp_updated": WHEN,
        "first_name": "Ada", "last_name": "Byron", "organization": ID, "warmup_status": 1,
        "provider_code": 2, "setup_pending": false, "is_managed_account": true, "status": -1,
        "daily_limit": 30, "sending_gap": 12.5
    })
}

fn job() -> Value {
    json!({
        "id": "job-1", "workspace_id": ID, "type": "update-warmup-accounts", "progress": 40,
        "status": "in-progress", "created_at": WHEN, "updated_at": WHEN
    })
}

fn list(item: Value) -> Value {
    json!({ "items": [item] })
}

fn workspace() -> Value {
    json!({
        "id": ID, "timestamp_created": WHEN, "timestamp_updated": WHEN, "owner": OTHER,
        "name": "North", "plan_id_verification": { "quantity": 5 }, "org_logo_url": null
    })
}

#[test]
fn every_tag_has_a_test_here() -> Outcome {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../generated-client/src/operations"
    );
    let tests = [
        include_str!("operations/account.rs"),
        include_str!("operations/first_tags.rs"),
        include_str!("operations/last_tags.rs"),
    ]
    .concat();
    let mut tags = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let tag = path.file_stem().and_then(|stem| stem.to_str());
        let handle = format!(".{}()", tag.ok_or("a file without a name")?);
        assert!(tests.contains(&handle), "{handle}");
        tags += 1;
    }
    assert_eq!(tags, 28);
    Ok(())
}
