//! Every example of a component in `spec/instantly.openapi.yaml` is a value of the component's type,
//! and goes back to the same JSON.

use instantly_client::models;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;

/// Calls the check of each component, and gives the components it knows.
macro_rules! components {
    ($($component:literal => $type:ident,)*) => {
        fn check_all(examples: &[(String, Value)], wrong: &mut Vec<String>) {
            for (component, example) in examples {
                match component.as_str() {
                    $($component => check::<models::$type>(component, example, wrong),)*
                    _ => wrong.push(format!("{component} has an example; put it into the list of this test")),
                }
            }
        }

        const LISTED: &[&str] = &[$($component),*];
    };
}

components! {
    "Account" => Account,
    "Campaign" => Campaign,
    "Email" => Email,
    "EmailVerification" => EmailVerification,
    "LeadList" => LeadList,
    "InboxPlacementTest" => InboxPlacementTest,
    "InboxPlacementAnalytics" => InboxPlacementAnalytics,
    "InboxPlacementBlacklistAndSpamAssassinReport" => InboxPlacementBlacklistAndSpamAssassinReport,
    "APIKey" => ApiKey,
    "AccountCampaignMapping" => AccountCampaignMapping,
    "Lead" => Lead,
    "BackgroundJob" => BackgroundJob,
    "CustomTag" => CustomTag,
    "CustomTagMapping" => CustomTagMapping,
    "BlockListEntry" => BlockListEntry,
    "LeadLabel" => LeadLabel,
    "Workspace" => Workspace,
    "SuperSearchEnrichment" => SuperSearchEnrichment,
    "WorkspaceGroupMember" => WorkspaceGroupMember,
    "WorkspaceMember" => WorkspaceMember,
    "CampaignSubsequence" => CampaignSubsequence,
    "AuditLog" => AuditLog,
    "Webhook" => Webhook,
    "WebhookEvent" => WebhookEvent,
    "DFYEmailAccountOrder" => DfyEmailAccountOrder,
    "CustomPromptTemplate" => CustomPromptTemplate,
    "SalesFlow" => SalesFlow,
    "EmailTemplate" => EmailTemplate,
    "WorkspaceBilling" => WorkspaceBilling,
    "CRMActions" => CrmActions,
}

/// Nulls that do not go back: only answers have these members, and there null and absent are read
/// alike (`Presence::Optional`).
const LEFT_OUT: &[(&str, &str)] = &[
    ("Campaign", "/campaign_schedule/end_date"),
    ("InboxPlacementTest", "/campaign_id"),
];

#[test]
fn every_example_is_a_value_of_its_type() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../spec/instantly.openapi.yaml"
    );
    let text = std::fs::read_to_string(path).expect("the document is there");
    let document: Value = serde_yaml::from_str(&text).expect("the document is YAML");
    let schemas = document["components"]["schemas"]
        .as_object()
        .expect("the document has components");
    let mut examples = Vec::new();
    for (component, schema) in schemas {
        let several = schema["examples"].as_array().into_iter().flatten();
        let all = schema.get("example").into_iter().chain(several);
        examples.extend(all.map(|example| (component.clone(), example.clone())));
    }
    let mut wrong = Vec::new();
    check_all(&examples, &mut wrong);
    let with: BTreeSet<&str> = examples
        .iter()
        .map(|(component, _)| component.as_str())
        .collect();
    for listed in LISTED.iter().filter(|listed| !with.contains(*listed)) {
        wrong.push(format!("{listed} has no example any more"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check<T: DeserializeOwned + Serialize>(
    component: &str,
    example: &Value,
    wrong: &mut Vec<String>,
) {
    let value: T = match serde_json::from_value(example.clone()) {
        Ok(value) => value,
        Err(error) => return wrong.push(format!("{component}: {error}")),
    };
    match serde_json::to_value(value) {
        Ok(back) if same(&back, &without_left_out(component, example, wrong)) => {}
        Ok(back) => wrong.push(format!("{component}:\n  {example}\nbecomes\n  {back}")),
        Err(error) => wrong.push(format!("{component}: {error}")),
    }
}

fn without_left_out(component: &str, example: &Value, wrong: &mut Vec<String>) -> Value {
    let mut example = example.clone();
    for (_, pointer) in LEFT_OUT.iter().filter(|(listed, _)| *listed == component) {
        let (parent, member) = pointer.rsplit_once('/').unwrap_or_default();
        let parent = example.pointer_mut(parent).and_then(Value::as_object_mut);
        if parent.and_then(|parent| parent.shift_remove(member)) != Some(Value::Null) {
            wrong.push(format!(
                "{component}: there is no null at {pointer}; take it off the list"
            ));
        }
    }
    example
}

/// Whether two values are the same JSON: 1 and 1.0 are one number.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let member = |(name, one): (&String, &Value)| {
                other.get(name).is_some_and(|other| same(one, other))
            };
            one.len() == other.len() && one.iter().all(member)
        }
        _ => one == other,
    }
}
