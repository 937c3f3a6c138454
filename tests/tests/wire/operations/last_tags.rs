//! The tags from InboxPlacementAnalytics to WorkspaceMember.

use instantly_client::Uuid;
use instantly_client::models::{self, MemberRole};
use serde_json::json;

use crate::server::Server;
use crate::{ID, OTHER, Outcome, WHEN};

use super::{list, workspace};

#[tokio::test]
async fn inbox_placement_analytics() -> Outcome {
    let item = json!({
        "test_id": ID, "count": 3, "spam_count": 1, "spam_percent": 33.3, "inbox_count": 2,
        "inbox_percent": 66.7, "category_count": 0, "category_percent": 0
    });
    let server = Server::json(200, json!([item])).await;
    let body = models::GetInboxPlacementAnalyticsStatsByTestIdRequest::builder()
        .recipient_geo([models::InboxPlacementGeo::Germany])
        .recipient_esp([
            models::InboxPlacementEsp::Google,
            models::InboxPlacementEsp::WebDe,
        ])
        .test_ids([ID]);
    let analytics = server.client().inbox_placement_analytics();
    let stats = analytics.get_stats_by_test_id(body).await?;
    let sent = json!({ "test_ids": [ID], "recipient_geo": [3], "recipient_esp": [1, 12] });
    let target = "/api/v2/inbox-placement-analytics/stats-by-test-id";
    server.saw_json("POST", target, sent).await;
    assert_eq!(stats[0].test_id, Uuid::from(ID));
    assert_eq!(stats[0].spam_percent, 33.3);
    Ok(())
}

#[tokio::test]
async fn inbox_placement_report() -> Outcome {
    let report = json!({
        "id": ID, "timestamp_created": WHEN, "timestamp_created_date": "2026-03-01",
        "organization_id": OTHER, "test_id": OTHER, "domain": "x.io", "domain_ip": "203.0.113.9",
        "spam_assassin_score": 1.5,
        "blacklist_report": { "is_blacklisted": true, "details": [{ "blacklist": "bl.example" }] }
    });
    let server = Server::json(200, list(report)).await;
    let client = server.client();
    let reports = client.inbox_placement_blacklist_and_spam_assassin_report();
    let page = reports.list(OTHER).skip_spam_assassin_report(true).await?;
    let query = format!("test_id={OTHER}&skip_spam_assassin_report=true");
    let target = format!("/api/v2/inbox-placement-reports?{query}");
    server.saw("GET", &target).await;
    assert_eq!(page.items[0].spam_assassin_score, 1.5);
    let blacklists = page.items[0].blacklist_report.as_ref().ok_or("no report")?;
    assert_eq!(blacklists.is_blacklisted, Some(true));
    let details = blacklists.details.as_deref().unwrap_or_default();
    assert_eq!(details[0].blacklist.as_deref(), Some("bl.example"));
    Ok(())
}

#[tokio::test]
async fn inbox_placement_test() -> Outcome {
    let answer = json!({
        "id": ID, "name": "Weekly", "type": 1, "sending_method": 2, "status": 3,
        "schedule": { "days": { "1": true, "0": false }, "timezone": "Europe/Kirov" },
        "metadata": { "tags": { "t": { "id": OTHER, "label": "North" } } }
    });
    let server = Server::json(200, answer).await;
    let test = server
        .client()
        .inbox_placement_test()
        .get(ID)
        .with_metadata(true)
        .await?;
    let target = format!("/api/v2/inbox-placement-tests/{ID}?with_metadata=true");
    server.saw("GET", &target).await;
    assert_eq!(
        test.status,
        Some(models::InboxPlacementTestStatus::Completed)
    );
    let schedule = test.schedule.ok_or("no schedule")?;
    assert_eq!(schedule.days.unwrap_or_default().get("1"), Some(&true));
    assert_eq!(schedule.timezone, Some(models::Timezone::EuropeKirov));
    let tags = test
        .metadata
        .and_then(|metadata| metadata.tags)
        .unwrap_or_default();
    assert_eq!(tags.get("t").map(|tag| tag.label.as_str()), Some("North"));
    Ok(())
}

#[tokio::test]
async fn lead() -> Outcome {
    let answer = json!({
        "status": "success", "total_sent": 2, "leads_uploaded": 1, "in_blocklist": 0,
        "blocklist_used": null, "duplicated_leads": 0, "skipped_count": 1,
        "invalid_email_count": 0, "incomplete_count": 0, "duplicate_email_count": 0,
        "remaining_in_plan": 98,
        "created_leads": [{ "index": 0, "id": ID, "email": "lead@y.example" }]
    });
    let server = Server::json(200, answer).await;
    let lead = models::BulkAddLeadsLead::builder()
        .email("lead@y.example")
        .company_name(None);
    let lead = lead.lt_interest_status(models::LeadInterestStatus::from(4711));
    let body = models::BulkAddLeadsRequest::builder()
        .leads([lead])
        .campaign_id(OTHER);
    let added = server.client().lead().bulk_add(body).await?;
    let sent = json!({ "campaign_id": OTHER, "leads": [{
        "email": "lead@y.example", "company_name": null, "lt_interest_status": 4711
    }]});
    server.saw_json("POST", "/api/v2/leads/add", sent).await;
    assert_eq!((added.total_sent, added.leads_uploaded), (2, 1));
    assert_eq!(added.blocklist_used, None);
    assert_eq!(added.remaining_in_plan, Some(98));
    assert_eq!(added.created_leads[0].id, Uuid::from(ID));
    Ok(())
}

#[tokio::test]
async fn a_delete_with_a_body() -> Outcome {
    let server = Server::json(200, json!({ "count": 2 })).await;
    let status = models::BulkDeleteLeadsStatus::Skipped;
    let body = models::BulkDeleteLeadsRequest::builder()
        .list_id(ID)
        .status(status);
    let gone = server.client().lead().bulk_delete().body(body).await?;
    let sent = json!({ "list_id": ID, "status": -3 });
    server.saw_json("DELETE", "/api/v2/leads", sent).await;
    assert_eq!(gone.count, Some(2));
    Ok(())
}

#[tokio::test]
async fn lead_label() -> Outcome {
    let label = json!({
        "id": ID, "timestamp_created": WHEN, "created_by": OTHER, "organization_id": OTHER,
        "label": "Later", "interest_status_label": "neutral", "interest_status": 4711
    });
    let server = Server::json(200, list(label)).await;
    let negative = models::ListLeadLabelInterestStatus::Negative;
    let page = server
        .client()
        .lead_label()
        .list()
        .interest_status(negative)
        .await?;
    server
        .saw("GET", "/api/v2/lead-labels?interest_status=negative")
        .await;
    assert_eq!(
        page.items[0].interest_status_label,
        models::InterestCategory::Neutral
    );
    assert_eq!(page.items[0].interest_status, 4711.0);
    assert_eq!(page.items[0].use_with_ai, None);
    Ok(())
}

#[tokio::test]
async fn lead_list() -> Outcome {
    let answer = json!({ "stats": { "verified": 8, "catch_all": 1 }, "total_leads": 9 });
    let server = Server::json(200, answer).await;
    let stats = server
        .client()
        .lead_list()
        .get_verification_stats(ID)
        .await?;
    let target = format!("/api/v2/lead-lists/{ID}/verification-stats");
    server.saw("GET", &target).await;
    assert_eq!(stats.total_leads, 9.0);
    assert_eq!((stats.stats.verified, stats.stats.risky), (Some(8.0), None));
    Ok(())
}

#[tokio::test]
async fn oauth() -> Outcome {
    let answer =
        json!({ "status": "expired", "error": "timeout", "error_description": "Too late" });
    let server = Server::json(200, answer).await;
    let session = server.client().oauth().get_session_status("s 1").await?;
    server
        .saw("GET", "/api/v2/oauth/session/status/s%201")
        .await;
    assert_eq!(
        session.status,
        Some(models::GetOauthSessionStatusStatus::Expired)
    );
    assert_eq!(session.error_description.as_deref(), Some("Too late"));
    Ok(())
}

#[tokio::test]
async fn super_search_enrichment_keeps_the_slash_at_the_end() -> Outcome {
    let answer = json!({
        "id": "e-1", "organization_id": OTHER, "resource_id": ID, "limit": 25,
        "enrichment_payload": { "news": true, "joblisting": false }
    });
    let server = Server::json(200, answer).await;
    let body = models::CreateSuperSearchEnrichmentRequest::builder().limit(25);
    let body = body
        .r#type(models::EnrichmentType::WorkEmailEnrichment)
        .resource_id(ID);
    let made = server
        .client()
        .super_search_enrichment()
        .create(body)
        .await?;
    let sent = json!({ "resource_id": ID, "type": "work_email_enrichment", "limit": 25 });
    server
        .saw_json("POST", "/api/v2/supersearch-enrichment/", sent)
        .await;
    let payload = made.enrichment_payload.ok_or("no payload")?;
    assert_eq!(payload.joblisting, Some(false));
    assert_eq!(payload.extra.get("news"), Some(&json!(true)));
    Ok(())
}

#[tokio::test]
async fn super_search_filters() -> Outcome {
    let server = Server::json(200, json!({ "number_of_leads": 1234 })).await;
    let filters = models::SuperSearchFilters::builder()
        .look_alike("x.io")
        .look_alike_camel("y.example")
        .level([models::SuperSearchFiltersLevel::ChiefXOfficerCxO])
        .employee_count([
            models::SuperSearchHeadcount::Listed(models::SuperSearchHeadcountListed::N025),
            models::SuperSearchHeadcount::Gte(
                models::SuperSearchHeadcountGte::builder().min(51).build()?,
            ),
            models::SuperSearchHeadcount::Between(
                models::SuperSearchHeadcountBetween::builder()
                    .min(10)
                    .max(50)
                    .build()?,
            ),
        ]);
    let body = models::CountLeadsFromSupersearchRequest::builder().search_filters(filters);
    let searches = server.client().super_search_enrichment();
    let count = searches.count_leads_from_supersearch(body).await?;
    let sent = json!({ "search_filters": {
        "level": ["Chief X Officer (CxO)"],
        "employeeCount": [
            "0 - 25", { "op": "gte", "min": 51 }, { "op": "between", "min": 10, "max": 50 }
        ],
        "look_alike": "x.io", "lookAlike": "y.example"
    }});
    let target = "/api/v2/supersearch-enrichment/count-leads-from-supersearch";
    server.saw_json("POST", target, sent).await;
    assert_eq!(count.number_of_leads, Some(1234.0));
    Ok(())
}

#[tokio::test]
async fn webhook() -> Outcome {
    let webhook = json!({
        "id": ID, "organization": OTHER, "target_hook_url": "https://hooks.example/in",
        "event_type": "lead_no_show", "headers": { "X-Key": "made-up" },
        "timestamp_created": WHEN, "campaign": null
    });
    let server = Server::json(200, webhook).await;
    let headers = [("X-Key".to_owned(), "made-up".to_owned())];
    let body = models::CreateWebhookRequest::builder()
        .headers(instantly_client::Map::from(headers))
        .event_type(models::WebhookEventType::LeadNoShow)
        .target_hook_url("https://hooks.example/in");
    let webhook = server.client().webhook().create(body).await?;
    let sent = json!({
        "target_hook_url": "https://hooks.example/in", "event_type": "lead_no_show",
        "headers": { "X-Key": "made-up" }
    });
    server.saw_json("POST", "/api/v2/webhooks", sent).await;
    assert_eq!(
        webhook.event_type,
        Some(models::WebhookEventType::LeadNoShow)
    );
    assert_eq!(webhook.campaign, None);
    let headers = webhook.headers.unwrap_or_default();
    assert_eq!(headers.get("X-Key").map(String::as_str), Some("made-up"));
    Ok(())
}

#[tokio::test]
async fn webhook_event() -> Outcome {
    let answer = json!({
        "total_events": 10, "successful_events": 9, "failed_events": 1, "success_rate": 90,
        "failure_rate": 10
    });
    let server = Server::json(200, answer).await;
    let call = server.client().webhook_event().get_summary();
    let summary = call.from("2026-03-01").to("2026-03-31").await?;
    let target = "/api/v2/webhook-events/summary?from=2026-03-01&to=2026-03-31";
    server.saw("GET", target).await;
    assert_eq!((summary.total_events, summary.failure_rate), (10.0, 10.0));
    Ok(())
}

#[tokio::test]
async fn workspace_change_of_owner() -> Outcome {
    let server = Server::json(200, workspace()).await;
    let body = models::ChangeWorkspaceOwnerRequest::builder()
        .sec("made-up")
        .email("a+b@x.io");
    let workspace = server.client().workspace().change_owner(body).await?;
    let sent = json!({ "email": "a+b@x.io", "sec": "made-up" });
    let target = "/api/v2/workspaces/current/change-owner";
    server.saw_json("POST", target, sent).await;
    assert_eq!(workspace.owner, Uuid::from(OTHER));
    let verification = workspace.plan_id_verification.ok_or("no plan")?;
    assert_eq!(verification.quantity, Some(5.0));
    assert_eq!(workspace.org_logo_url, None);
    Ok(())
}

#[tokio::test]
async fn workspace_billing() -> Outcome {
    let answer = json!({ "all_subs_cancelled": false, "subscriptions": [{
        "workspace_id": ID, "interval": "year", "product_id": "pid_bundle_scale_v2",
        "plan_type": "plt_primary", "price_in_dollars": 97.5
    }]});
    let server = Server::json(200, answer).await;
    let billing = server.client().workspace_billing();
    let details = billing.get_workspace_subscription_details().await?;
    server
        .saw("GET", "/api/v2/workspace-billing/subscription-details")
        .await;
    assert_eq!(details.all_subs_cancelled, Some(false));
    let subscriptions = details.subscriptions.unwrap_or_default();
    let product = models::WorkspaceBillingProductId::PidBundleScaleV2;
    assert_eq!(subscriptions[0].product_id, Some(product));
    assert_eq!(subscriptions[0].price_in_dollars, Some(97.5));
    Ok(())
}

#[tokio::test]
async fn workspace_group_member() -> Outcome {
    let answer = json!({ "workspace_name": "North", "has_admin_workspace": true });
    let server = Server::json(200, answer).await;
    let admin = server.client().workspace_group_member().get_admin().await?;
    server
        .saw("GET", "/api/v2/workspace-group-members/admin")
        .await;
    assert_eq!(admin.workspace_name, "North");
    assert!(admin.has_admin_workspace);
    Ok(())
}

#[tokio::test]
async fn workspace_member() -> Outcome {
    let member = json!({
        "id": ID, "email": "a+b@x.io", "user_id": OTHER, "role": "editor",
        "timestamp_created": WHEN, "workspace_id": OTHER, "accepted": false,
        "name": { "first": "Ada" }, "permissions": ["unibox.all", "moons.view"]
    });
    let server = Server::json(200, member).await;
    let permissions = [models::MemberPermission::UniboxAll];
    let body = models::CreateWorkspaceMemberRequest::builder().role(MemberRole::Editor);
    let body = body.permissions(permissions).email("a+b@x.io");
    let member = server.client().workspace_member().create(body).await?;
    let sent = json!({ "email": "a+b@x.io", "role": "editor", "permissions": ["unibox.all"] });
    server
        .saw_json("POST", "/api/v2/workspace-members", sent)
        .await;
    assert_eq!(member.role, MemberRole::Editor);
    assert_eq!(
        member.name.and_then(|name| name.first).as_deref(),
        Some("Ada")
    );
    let unknown = models::MemberPermission::from("moons.view");
    assert_eq!(member.permissions.unwrap_or_default()[1], unknown);
    Ok(())
}
