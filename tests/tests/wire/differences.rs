//! Where the running server differs from its document, point by point as they are numbered there:
//! it answers that way, and the caller gets a typed value.

use instantly_client::Error;
use instantly_client::models::{self, LeadEspCode, LeadInterestStatus, LeadStatus};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::server::{Server, ok};
use crate::{ID, OTHER, Outcome, WHEN};

fn lead(changes: Value) -> Value {
    let mut lead = json!({
        "id": ID, "timestamp_created": WHEN, "timestamp_updated": WHEN, "organization": OTHER,
        "status": 1, "email_open_count": 2, "email_reply_count": 0, "email_click_count": 0,
        "company_domain": "y.example", "status_summary": { "lastStep": { "stepID": "s" } }
    });
    if let (Value::Object(lead), Value::Object(changes)) = (&mut lead, changes) {
        lead.extend(changes);
    }
    lead
}

fn email(changes: Value) -> Value {
    let mut email = json!({
        "id": ID, "timestamp_created": WHEN, "timestamp_email": WHEN, "message_id": "<1@x.io>",
        "subject": "Hello", "to_address_email_list": "a+b@x.io", "organization_id": OTHER,
        "body": {}, "eaccount": "a+b@x.io"
    });
    if let (Value::Object(email), Value::Object(changes)) = (&mut email, changes) {
        email.extend(changes);
    }
    email
}

fn account(changes: Value) -> Value {
    let mut account = json!({
        "email": "a+b@x.io", "timestamp_created": WHEN, "timestamp_updated": WHEN,
        "first_name": "Ada", "last_name": "Byron", "organization": ID, "warmup_status": 1,
        "provider_code": 2, "setup_pending": false, "is_managed_account": false
    });
    if let (Value::Object(account), Value::Object(changes)) = (&mut account, changes) {
        account.extend(changes);
    }
    account
}

fn campaign(changes: Value) -> Value {
    let mut campaign = json!({
        "id": ID, "name": "Spring", "status": 0, "campaign_schedule": {},
        "timestamp_created": WHEN, "timestamp_updated": WHEN
    });
    if let (Value::Object(campaign), Value::Object(changes)) = (&mut campaign, changes) {
        campaign.extend(changes);
    }
    campaign
}

#[tokio::test]
async fn point_1_a_resource_id_may_be_an_address() -> Outcome {
    let mapping = json!({
        "id": ID, "tag_id": OTHER, "resource_id": "a+b@x.io", "resource_type": 1,
        "timestamp_created": WHEN, "organization_id": OTHER
    });
    let server = Server::json(200, json!({ "items": [mapping] })).await;
    let page = server.client().custom_tag_mapping().list().await?;
    let account = models::TaggedResourceType::Account;
    assert_eq!(page.items[0].resource_type, account);
    assert_eq!(page.items[0].resource_id, "a+b@x.io");
    Ok(())
}

#[tokio::test]
async fn point_2_a_thread_id_is_any_text() -> Outcome {
    let thread = "31-k2mfq7WxTugZrt5ES8Nvaa";
    let server = Server::json(200, email(json!({ "thread_id": thread }))).await;
    let email = server.client().email().get(ID).await?;
    assert_eq!(email.thread_id.as_deref(), Some(thread));
    let server = Server::json(200, json!({ "success": true })).await;
    let emails = server.client().email();
    let thread = email.thread_id.ok_or("no thread")?;
    let answer = emails.mark_thread_as_read(thread).await?;
    let target = "/api/v2/emails/threads/31-k2mfq7WxTugZrt5ES8Nvaa/mark-as-read";
    server.saw("POST", target).await;
    assert_eq!(answer.success, Some(true));
    Ok(())
}

#[tokio::test]
async fn point_3_undeclared_enum_values_are_read() -> Outcome {
    for code in [4, 5, 7] {
        let answer = lead(json!({ "status": 0, "esp_code": code, "lt_interest_status": 4711 }));
        let server = Server::json(200, answer.clone()).await;
        let lead = server.client().lead().get(ID).await?;
        let written = serde_json::to_value(&lead)?;
        for member in ["status", "esp_code", "lt_interest_status"] {
            assert_eq!(written[member], answer[member], "{member}");
        }
        assert_eq!(lead.status.value(), 0);
        assert_eq!(lead.esp_code.map(|code| code.value()), Some(code));
        assert_eq!(
            lead.lt_interest_status,
            Some(LeadInterestStatus::Unknown(4711))
        );
    }
    Ok(())
}

#[tokio::test]
async fn point_3_values_that_nobody_knows_yet_are_kept() -> Outcome {
    let answer = lead(json!({ "status": -44, "esp_code": 77, "upload_method": "fax" }));
    let server = Server::json(200, answer.clone()).await;
    let lead = server.client().lead().get(ID).await?;
    assert_eq!(lead.status, LeadStatus::Unknown(-44));
    assert_eq!(lead.esp_code, Some(LeadEspCode::Unknown(77)));
    let fax = models::LeadUploadMethod::Unknown("fax".to_owned());
    assert_eq!(lead.upload_method, Some(fax));
    let written = serde_json::to_value(&lead)?;
    for member in ["status", "esp_code", "upload_method"] {
        assert_eq!(written[member], answer[member], "{member}");
    }

    let server = Server::json(200, account(json!({ "provider_code": 12 }))).await;
    let account = server.client().account().get("a+b@x.io").await?;
    assert_eq!(account.provider_code, models::AccountProvider::Unknown(12));
    let server = Server::json(200, email(json!({ "ue_type": 5 }))).await;
    let email = server.client().email().get(ID).await?;
    assert_eq!(email.ue_type, Some(models::EmailUeType::Unknown(5)));
    Ok(())
}

#[tokio::test]
async fn point_3_values_go_back_as_they_came() -> Outcome {
    let answer = lead(json!({ "lt_interest_status": 4711 }));
    let server = Server::in_turn([ok(answer.clone()), ok(answer)]).await;
    let leads = server.client().lead();
    let lead = leads.get(ID).await?;
    let status = lead.lt_interest_status.ok_or("no status")?;
    let body = models::PatchLeadRequest::builder().lt_interest_status(status);
    leads.patch(ID).body(body).await?;
    let requests = server.requests().await;
    let sent = crate::server::json(&requests[1]);
    assert_eq!(sent, json!({ "lt_interest_status": 4711 }));
    Ok(())
}

#[tokio::test]
async fn point_4_a_draft_has_an_empty_schedule() -> Outcome {
    let server = Server::json(200, campaign(json!({}))).await;
    let draft = server.client().campaign().get(ID).await?;
    assert_eq!(draft.status, models::CampaignStatus::Draft);
    assert_eq!(draft.campaign_schedule.schedules, None);
    assert_eq!(draft.campaign_schedule, models::CampaignSchedule::default());
    Ok(())
}

#[tokio::test]
async fn point_5_the_last_page_may_have_an_empty_cursor_or_one_too_many() -> Outcome {
    let first = json!({ "items": [account(json!({}))], "next_starting_after": "a+b@x.io" });
    let lasts = [
        json!({ "items": [account(json!({}))], "next_starting_after": "" }),
        json!({ "items": [], "next_starting_after": "c@x.io" }),
    ];
    for (last, expected) in lasts.into_iter().zip([2, 1]) {
        let server = Server::in_turn([ok(first.clone()), ok(last)]).await;
        let accounts = server.client().account().list().stream();
        let accounts = accounts.collect_up_to(usize::MAX).await?;
        assert_eq!(accounts.len(), expected);
        assert_eq!(server.requests().await.len(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn point_6_tags_and_new_members_are_no_obstacle() -> Outcome {
    let answer = account(json!({
        "tags": [{ "id": OTHER, "label": "North", "colour": "blue" }],
        "new_member": { "deep": [1, 2] }
    }));
    let server = Server::json(200, json!({ "items": [answer], "total": 1 })).await;
    let page = server.client().account().list().include_tags(true).await?;
    server
        .saw("GET", "/api/v2/accounts?include_tags=true")
        .await;
    let tags = page.items[0].tags.as_deref().unwrap_or_default();
    assert_eq!(tags[0].label.as_deref(), Some("North"));
    assert_eq!(page.items[0].email, "a+b@x.io");
    Ok(())
}

#[tokio::test]
async fn point_6_new_members_in_other_closed_schemas() -> Outcome {
    let server = Server::json(200, campaign(json!({ "new_member": true, "other": null }))).await;
    let draft = server.client().campaign().get(ID).await?;
    assert_eq!(draft.name, "Spring");
    let server = Server::json(200, lead(json!({ "new_member": [] }))).await;
    let lead = server.client().lead().get(ID).await?;
    assert_eq!(lead.email_open_count, 2.0);
    let server = Server::json(200, email(json!({ "new_member": "x" }))).await;
    let email = server.client().email().get(ID).await?;
    assert_eq!(email.subject, "Hello");
    Ok(())
}

#[tokio::test]
async fn point_7_200_where_202_is_declared() -> Outcome {
    for status in [200, 202] {
        let server = Server::json(status, json!({ "message": "queued" })).await;
        let body = models::UpdateLeadInterestStatusRequest::builder();
        let body = body.lead_email("lead@y.example").interest_value(Some(1.0));
        let answer = server.client().lead().update_interest_status(body).await?;
        assert_eq!(answer.message.as_deref(), Some("queued"));

        let server = Server::json(status, json!({ "status": "ok", "message": "queued" })).await;
        let body = models::BulkAssignLeadsRequest::builder().organization_user_ids([ID]);
        let call = server.client().lead().bulk_assign(body);
        let answer = call.send_with_response().await?;
        assert_eq!(answer.status.as_u16(), status);
        assert_eq!(answer.value.status.as_deref(), Some("ok"));
        let sent = json!({ "organization_user_ids": [ID] });
        server
            .saw_json("POST", "/api/v2/leads/bulk-assign", sent)
            .await;
    }
    Ok(())
}

fn test_email() -> models::SendTestEmailRequestBuilder {
    let body = models::SendTestEmailRequest::builder().subject("Test");
    let body = body.body(models::SendTestEmailBody::builder().html("<p>Hi</p>"));
    body.eaccount("a+b@x.io")
        .to_address_email_list("c@x.io,d@x.io")
}

#[tokio::test]
async fn point_8_a_test_email_answers_200_with_an_error() -> Outcome {
    use models::SendTestEmailResponse as Answer;
    let server = Server::json(200, json!({ "status": "success" })).await;
    let answer = server.client().email().send_test(test_email()).await?;
    let sent = json!({
        "eaccount": "a+b@x.io", "to_address_email_list": "c@x.io,d@x.io", "subject": "Test",
        "body": { "html": "<p>Hi</p>" }
    });
    server.saw_json("POST", "/api/v2/emails/test", sent).await;
    assert!(matches!(answer, Answer::Success(done) if done.status == "success"));

    let server = Server::json(200, json!({ "error": "ACC_AUTH_ERROR" })).await;
    let answer = server.client().email().send_test(test_email()).await?;
    let refused = models::SendTestEmailErrorError::AccAuthError;
    assert!(matches!(answer, Answer::WithError(it) if it.error == refused));

    let body = json!({ "statusCode": 400, "error": "Bad Request", "message": "No such account" });
    let server = Server::json(200, body).await;
    let answer = server.client().email().send_test(test_email()).await?;
    let Answer::WithStatusCode(failure) = answer else {
        return Err(format!("{answer:?}").into());
    };
    assert_eq!(failure.status_code, 400.0);
    assert_eq!(failure.message.as_deref(), Some("No such account"));
    Ok(())
}

#[tokio::test]
async fn point_8_shared_campaigns_answer_nothing_or_something() -> Outcome {
    let answers = [
        ResponseTemplate::new(204),
        ok(json!({ "shared": true })),
        ResponseTemplate::new(200).set_body_string("not JSON"),
    ];
    let server = Server::in_turn(answers).await;
    let campaigns = server.client().campaign();
    for _ in 0..3 {
        let () = campaigns.share(ID).await?;
    }
    assert_eq!(server.requests().await.len(), 3);
    Ok(())
}

#[tokio::test]
async fn point_9_warmup_is_short_in_lists_and_whole_elsewhere() -> Outcome {
    let item = account(json!({ "warmup": { "limit": 10 } }));
    let server = Server::json(200, json!({ "items": [item] })).await;
    let page = server.client().account().list().await?;
    let warmup = page.items[0].warmup.as_ref().ok_or("no warmup")?;
    assert_eq!((warmup.limit, warmup.reply_rate), (Some(10.0), None));
    assert_eq!(warmup.advanced, None);

    let whole = account(json!({ "warmup": {
        "limit": 10, "advanced": { "open_rate": 0.95, "weekday_only": true },
        "warmup_custom_ftag": "tree", "increment": "disabled", "reply_rate": 30
    }}));
    let server = Server::json(200, whole).await;
    let account = server.client().account().get("a+b@x.io").await?;
    let warmup = account.warmup.ok_or("no warmup")?;
    assert_eq!(
        warmup.increment,
        Some(models::AccountWarmupIncrement::Disabled)
    );
    let advanced = warmup.advanced.ok_or("no settings")?;
    assert_eq!(
        (advanced.open_rate, advanced.weekday_only),
        (Some(0.95), Some(true))
    );
    Ok(())
}

#[tokio::test]
async fn point_10_a_limit_that_is_too_high_is_the_servers_to_judge() -> Outcome {
    let server = Server::json(200, json!({ "items": [] })).await;
    let call = server.client().campaign().list().limit(1000);
    assert!(call.await?.items.is_empty());
    server.saw("GET", "/api/v2/campaigns?limit=1000").await;
    Ok(())
}

#[tokio::test]
async fn point_11_payloads_name_events_that_cannot_be_subscribed_to() -> Outcome {
    let event = json!({
        "id": ID, "timestamp_created": WHEN, "timestamp_created_date": "2026-03-01",
        "organization_id": OTHER, "payload": { "event_type": "moon_risen", "step": 2 },
        "success": false, "retry_count": 1, "will_retry": true, "webhook_url": "https://x.io",
        "status_code": 500
    });
    let server = Server::json(200, event).await;
    let event = server.client().webhook_event().get(ID).await?;
    assert_eq!((event.retry_count, event.status_code), (1.0, Some(500.0)));
    let payload = event.payload.ok_or("no payload")?;
    let name = payload["event_type"].as_str().ok_or("no text")?;
    let unknown = models::WebhookEventType::Unknown("moon_risen".to_owned());
    assert_eq!(models::WebhookEventType::from(name), unknown);
    Ok(())
}

#[tokio::test]
async fn point_12_status_400_with_404_in_the_body() -> Outcome {
    let body = json!({ "statusCode": 404, "error": "Not Found", "message": "No such campaign" });
    let server = Server::json(400, body).await;
    let campaigns = server.client().campaign();
    for result in [campaigns.activate(ID).await, campaigns.pause(ID).await] {
        let Err(Error::Api(error)) = result else {
            return Err("no API error".into());
        };
        assert_eq!(error.status().as_u16(), 400);
        assert_eq!(error.message(), Some("No such campaign"));
        let shared = error.typed().ok_or("not the shared body")?;
        assert_eq!(shared.status_code, Some(404));
        let own: models::ErrorBody = error.json()?;
        assert_eq!(own.status_code, Some(404));
        assert_eq!(own.error.as_deref(), Some("Not Found"));
    }
    Ok(())
}

#[tokio::test]
async fn point_12_bodies_of_one_member() -> Outcome {
    for (member, other) in [("message", "error"), ("error", "message")] {
        let server = Server::json(404, json!({ member: "Gone" })).await;
        let result = server.client().lead().get(ID).await;
        let error = result.err().ok_or("no error")?;
        assert!(error.is_not_found());
        let error = error.api().ok_or("no API error")?;
        assert_eq!(error.message(), Some("Gone"));
        let body = serde_json::to_value(error.typed().ok_or("not the shared body")?)?;
        assert_eq!(body[member], "Gone");
        assert_eq!(body.get(other), None);
    }
    Ok(())
}
