//! The tags from AccountCampaignMapping to EmailVerification.

use instantly_client::Uuid;
use instantly_client::models::{self, ApiScope, EmailUeType};
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::server::Server;
use crate::{ID, OTHER, Outcome, WHEN};

use super::{job, list};

#[tokio::test]
async fn account_campaign_mapping() -> Outcome {
    let mapping = json!({
        "campaign_id": ID, "campaign_name": "Spring", "timestamp_created": WHEN, "status": -99
    });
    let server = Server::json(200, list(mapping)).await;
    let mappings = server.client().account_campaign_mapping();
    let page = mappings.get("a+b@x.io").limit(5).await?;
    let target = "/api/v2/account-campaign-mappings/a%2Bb%40x.io?limit=5";
    server.saw("GET", target).await;
    assert_eq!(page.items[0].campaign_id, Uuid::from(ID));
    let suspended = models::CampaignStatus::AccountSuspended;
    assert_eq!(page.items[0].status, Some(suspended));
    assert_eq!(page.next_starting_after, None);
    Ok(())
}

#[tokio::test]
async fn api_key() -> Outcome {
    let key = json!({
        "id": ID, "name": "ci", "scopes": ["leads:read", "moons:all"], "key": "made-up",
        "organization_id": OTHER, "timestamp_created": WHEN, "timestamp_updated": WHEN
    });
    let server = Server::json(200, key).await;
    let scopes = [ApiScope::LeadsRead, ApiScope::from("moons:all")];
    let body = models::CreateApiKeyRequest::builder()
        .scopes(scopes)
        .name("ci");
    let key = server.client().api_key().create(body).await?;
    let sent = json!({ "name": "ci", "scopes": ["leads:read", "moons:all"] });
    server.saw_json("POST", "/api/v2/api-keys", sent).await;
    let unknown = ApiScope::Unknown("moons:all".to_owned());
    assert_eq!(key.scopes, [ApiScope::LeadsRead, unknown]);
    assert_eq!(key.key, "made-up");
    Ok(())
}

#[tokio::test]
async fn audit_log() -> Outcome {
    let entry = json!({
        "id": ID, "timestamp": WHEN, "organization_id": OTHER, "activity_type": 37,
        "ip_address": "203.0.113.9", "from_api": true, "affected_count": 2
    });
    let server = Server::json(200, list(entry)).await;
    let call = server.client().audit_log().list().activity_type(37);
    let page = call.start_date("2026-03-01").await?;
    let target = "/api/v2/audit-logs?activity_type=37&start_date=2026-03-01";
    server.saw("GET", target).await;
    let activity = &page.items[0].activity_type;
    assert_eq!(*activity, models::AuditLogActivityType::ApiKeyCreated);
    assert!(page.items[0].from_api);
    assert_eq!(page.items[0].affected_count, Some(2.0));
    Ok(())
}

#[tokio::test]
async fn background_job() -> Outcome {
    let server = Server::json(200, job()).await;
    let call = server.client().background_job().get("job/1");
    let job = call.data_fields("success_count,failed_count").await?;
    let query = "data_fields=success_count%2Cfailed_count";
    let target = format!("/api/v2/background-jobs/job%2F1?{query}");
    server.saw("GET", &target).await;
    assert_eq!(job.status, models::BackgroundJobStatus::InProgress);
    assert_eq!(job.r#type, models::BackgroundJobType::UpdateWarmupAccounts);
    assert_eq!(job.progress, 40.0);
    Ok(())
}

#[tokio::test]
async fn block_list_entry_as_csv() -> Outcome {
    let csv = "value,domain\r\nspam.example,true\r\n\"a, b@x.io\",false\r\n";
    let answer = ResponseTemplate::new(200).set_body_raw(csv, "text/csv");
    let server = Server::answering(answer).await;
    let call = server.client().block_list_entry().download();
    let text: String = call.domains_only(false).search("x.io").await?;
    let accept = "text/csv, */*;q=0.1";
    let target = "/api/v2/block-lists-entries/download?domains_only=false&search=x.io";
    server.saw_accepting(accept, "GET", target).await;
    assert_eq!(text, csv);
    Ok(())
}

#[tokio::test]
async fn block_list_entries_in_one_go() -> Outcome {
    let entry = json!({
        "id": ID, "timestamp_created": WHEN, "organization_id": OTHER,
        "bl_value": "spam.example", "is_domain": true
    });
    let answer = json!({ "items": [entry], "valid_count": 1, "invalid_count": 1 });
    let server = Server::json(200, answer).await;
    let body = models::CreateblukBlockListEntryRequest::builder();
    let body = body.bl_values(["spam.example", "nonsense"]);
    let made = server.client().block_list_entry().createbluk(body).await?;
    let sent = json!({ "bl_values": ["spam.example", "nonsense"] });
    let target = "/api/v2/block-lists-entries/bulk-create";
    server.saw_json("POST", target, sent).await;
    assert_eq!(made.items[0].bl_value, "spam.example");
    assert!(made.items[0].is_domain);
    assert_eq!((made.valid_count, made.invalid_count), (1.0, 1.0));
    Ok(())
}

#[tokio::test]
async fn campaign() -> Outcome {
    let campaign = json!({
        "id": ID, "name": "Spring", "status": 4, "timestamp_created": WHEN,
        "timestamp_updated": WHEN, "daily_limit": 50, "email_list": ["a+b@x.io"],
        "campaign_schedule": { "schedules": [{
            "name": "Week", "timing": { "from": "09:00", "to": "17:00" },
            "days": { "1": true, "6": false }, "timezone": "Etc/GMT+12"
        }]},
        "sequences": [{ "steps": [{
            "type": "email", "delay": 2, "delay_unit": "days",
            "variants": [{ "subject": "Hello", "body": "<p>Hi</p>" }]
        }]}]
    });
    let server = Server::json(200, list(campaign)).await;
    let call = server
        .client()
        .campaign()
        .list()
        .status(models::CampaignStatus::RunningSubsequences);
    let page = call
        .exclude_status(models::ListCampaignExcludeStatus::Draft)
        .await?;
    server
        .saw("GET", "/api/v2/campaigns?status=4&exclude_status=0")
        .await;
    let campaign = &page.items[0];
    assert_eq!(campaign.status, models::CampaignStatus::RunningSubsequences);
    let schedules = campaign
        .campaign_schedule
        .schedules
        .as_deref()
        .unwrap_or_default();
    assert_eq!(schedules[0].timezone, models::Timezone::EtcGmtPlus12);
    assert_eq!(
        (schedules[0].days.n1, schedules[0].days.n0),
        (Some(true), None)
    );
    let sequences = campaign.sequences.as_deref().unwrap_or_default();
    assert_eq!(
        sequences[0].steps[0].delay_unit,
        Some(models::DelayUnit::Days)
    );
    assert_eq!(sequences[0].steps[0].variants[0].subject, "Hello");
    Ok(())
}

#[tokio::test]
async fn campaign_subsequence() -> Outcome {
    let subsequence = json!({
        "id": OTHER, "timestamp_created": WHEN, "parent_campaign": ID, "workspace": OTHER,
        "status": 1, "timestamp_leads_updated": WHEN, "name": "After a click",
        "conditions": { "lead_activity": [4, 91] }, "daily_limit_mode": "inherit"
    });
    let server = Server::json(200, subsequence).await;
    let clicked = models::SubsequenceConditionsLeadActivity::LinkClicked;
    let conditions = models::SubsequenceConditions::builder().lead_activity([clicked]);
    let body = models::CreateCampaignSubsequenceRequest::builder().conditions(conditions);
    let body = body.parent_campaign(ID).name("After a click");
    let made = server.client().campaign_subsequence().create(body).await?;
    let sent = json!({
        "parent_campaign": ID, "name": "After a click", "conditions": { "lead_activity": [4] }
    });
    server.saw_json("POST", "/api/v2/subsequences", sent).await;
    let silent = models::SubsequenceConditionsLeadActivity::CampaignCompletedWithoutReply;
    assert_eq!(made.conditions.lead_activity, Some(vec![clicked, silent]));
    let inherit = models::SubsequenceDailyLimitMode::Inherit;
    assert_eq!(made.daily_limit_mode, Some(inherit));
    Ok(())
}

#[tokio::test]
async fn subsequence_analytics_need_their_campaign() -> Outcome {
    let item = json!({
        "subsequence_id": OTHER, "emails_sent": 7, "unique_opens": 3, "unique_replies": 1
    });
    let server = Server::json(200, json!([item])).await;
    let subsequences = server.client().campaign_subsequence();
    let items = subsequences.get_subsequence_analytics(ID).await?;
    let target = format!("/api/v2/subsequences/analytics?campaign_id={ID}");
    server.saw("GET", &target).await;
    assert_eq!(items[0].emails_sent, 7.0);
    Ok(())
}

#[tokio::test]
async fn crm_actions() -> Outcome {
    let number = json!({
        "id": "pn-1", "phone_number": "+15550100", "country": "US", "price": 1.15,
        "renewal_date": "2026-04-01", "locality": null
    });
    let server = Server::json(200, json!([number])).await;
    let numbers = server.client().crm_actions().list_phone_numbers().await?;
    server.saw("GET", "/api/v2/crm-actions/phone-numbers").await;
    assert_eq!(numbers[0].phone_number.as_deref(), Some("+15550100"));
    assert_eq!(numbers[0].price, Some(1.15));
    assert_eq!(numbers[0].renewal_date, Some("2026-04-01".into()));
    assert_eq!(numbers[0].locality, None);
    Ok(())
}

#[tokio::test]
async fn custom_tag() -> Outcome {
    let server = Server::json(200, json!({ "success": true })).await;
    let body = models::ToggleTagResourceRequest::builder()
        .assign(true)
        .resource_type(models::TaggedResourceType::Account)
        .resource_ids(["a+b@x.io"])
        .tag_ids([ID, OTHER]);
    let answer = server
        .client()
        .custom_tag()
        .toggle_tag_resource(body)
        .await?;
    let sent = json!({
        "tag_ids": [ID, OTHER], "resource_type": 1, "resource_ids": ["a+b@x.io"], "assign": true
    });
    let target = "/api/v2/custom-tags/toggle-resource";
    server.saw_json("POST", target, sent).await;
    assert_eq!(answer.success, Some(true));
    Ok(())
}

#[tokio::test]
async fn custom_tag_mapping() -> Outcome {
    let mapping = json!({
        "id": ID, "tag_id": OTHER, "resource_id": OTHER, "resource_type": 2,
        "timestamp_created": WHEN, "organization_id": ID
    });
    let answer = json!({ "items": [mapping], "next_starting_after": "a+b@x.io" });
    let server = Server::json(200, answer).await;
    let call = server.client().custom_tag_mapping().list().limit(10);
    let page = call.resource_ids("a+b@x.io,c@x.io").await?;
    let query = "limit=10&resource_ids=a%2Bb%40x.io%2Cc%40x.io";
    let target = format!("/api/v2/custom-tag-mappings?{query}");
    server.saw("GET", &target).await;
    let campaign = models::TaggedResourceType::Campaign;
    assert_eq!(page.items[0].resource_type, campaign);
    assert_eq!(page.next_starting_after.as_deref(), Some("a+b@x.io"));
    Ok(())
}

#[tokio::test]
async fn dfy_email_account_order() -> Outcome {
    let answer = json!({
        "domains": ["warm.example"],
        "domains_with_type": [{ "domain": "warm.example", "account_type": 3 }]
    });
    let server = Server::json(200, answer).await;
    let extensions = [models::PreWarmedUpDomainsListExtension::Co];
    let body = models::PreWarmedUpDomainsListRequest::builder().extensions(extensions);
    let orders = server.client().dfy_email_account_order();
    let answer = orders.pre_warmed_up_domains_list().body(body).await?;
    let target = "/api/v2/dfy-email-account-orders/domains/pre-warmed-up-list";
    let sent = json!({ "extensions": ["co"] });
    server.saw_json("POST", target, sent).await;
    let typed = answer.domains_with_type.unwrap_or_default();
    assert_eq!(
        typed[0].account_type,
        models::PreWarmedUpDomainsListAccountType::MicrosoftOutlook
    );
    Ok(())
}

#[tokio::test]
async fn dfy_email_account_order_accounts() -> Outcome {
    let item = json!({
        "id": "m-1", "domain": "x.io", "email": "m@x.io", "email_provider": 2,
        "first_name": "Mo", "last_name": "Li", "is_pre_warmed_up": false,
        "timestamp_cancelled": "", "timestamp_created": WHEN, "password": "made-up"
    });
    let server = Server::json(200, list(item)).await;
    let orders = server.client().dfy_email_account_order();
    let page = orders.list_accounts().with_passwords(true).await?;
    let target = "/api/v2/dfy-email-account-orders/accounts?with_passwords=true";
    server.saw("GET", target).await;
    assert_eq!(
        page.items[0].email_provider,
        models::DfyEmailProvider::AirMail
    );
    assert_eq!(page.items[0].password.as_deref(), Some("made-up"));
    Ok(())
}

#[tokio::test]
async fn email() -> Outcome {
    let email = json!({
        "id": ID, "timestamp_created": WHEN, "timestamp_email": WHEN, "message_id": "<1@x.io>",
        "subject": "Re: Hello", "to_address_email_list": "a+b@x.io", "organization_id": OTHER,
        "body": { "html": "<p>Yes</p>" }, "eaccount": "a+b@x.io", "ue_type": 2, "is_unread": 1,
        "attachment_json": { "files": [{ "filename": "a.pdf", "size": 10 }] }
    });
    let server = Server::json(200, email).await;
    let content = models::EmailContent::builder().text("Thanks");
    let body = models::ReplyToEmailRequest::builder()
        .subject("Re: Hello")
        .body(content);
    let body = body.reply_to_uuid(ID).eaccount("a+b@x.io");
    let email = server.client().email().reply_to_email(body).await?;
    let sent = json!({
        "eaccount": "a+b@x.io", "reply_to_uuid": ID, "subject": "Re: Hello",
        "body": { "text": "Thanks" }
    });
    server.saw_json("POST", "/api/v2/emails/reply", sent).await;
    assert_eq!(email.ue_type, Some(EmailUeType::Received));
    assert_eq!(email.is_unread, Some(1.0));
    assert_eq!(email.body.html.as_deref(), Some("<p>Yes</p>"));
    let attachments = email.attachment_json.ok_or("no attachments")?;
    assert_eq!(attachments.files[0].filename, "a.pdf");
    Ok(())
}

/// The alternatives in the body's schema only say what has to be there.
#[tokio::test]
async fn email_forward() -> Outcome {
    let email = json!({
        "id": OTHER, "timestamp_created": WHEN, "timestamp_email": WHEN, "message_id": "<2@x.io>",
        "subject": "Fwd", "to_address_email_list": "c@x.io", "organization_id": OTHER,
        "body": { "text": "FYI" }, "eaccount": "a+b@x.io", "ue_type": 3
    });
    let server = Server::json(200, email).await;
    let content = models::EmailContent::builder()
        .text("FYI")
        .html("<p>FYI</p>");
    let body = models::ForwardEmailRequest::builder()
        .body(content)
        .subject("Fwd");
    let body = body.reply_to_uuid(ID).eaccount("a+b@x.io");
    let body = body
        .to_address_email_list("c@x.io")
        .include_original_body(true);
    let email = server.client().email().forward(body).await?;
    let sent = json!({
        "eaccount": "a+b@x.io", "reply_to_uuid": ID, "to_address_email_list": "c@x.io",
        "subject": "Fwd", "body": { "html": "<p>FYI</p>", "text": "FYI" },
        "include_original_body": true
    });
    server
        .saw_json("POST", "/api/v2/emails/forward", sent)
        .await;
    assert_eq!(email.body.text.as_deref(), Some("FYI"));
    Ok(())
}

#[tokio::test]
async fn email_list_with_every_kind_of_parameter() -> Outcome {
    let server = Server::json(200, json!({ "items": [] })).await;
    let call = server.client().email().list().campaign_id(ID).i_status(-1);
    let call = call.mode(models::ListEmailMode::EmodeAll).is_unread(true);
    let call = call
        .email_type(models::ListEmailType::Received)
        .lead("a+b@x.io");
    call.min_timestamp_created(WHEN).await?;
    let query = format!(
        "campaign_id={ID}&i_status=-1&mode=emode_all&is_unread=true&email_type=received\
         &lead=a%2Bb%40x.io&min_timestamp_created=2026-03-01T08%3A30%3A00.000Z"
    );
    server.saw("GET", &format!("/api/v2/emails?{query}")).await;
    Ok(())
}

#[tokio::test]
async fn email_verification() -> Outcome {
    let answer = json!({
        "status": "success", "email": "a+b@x.io", "verification_status": "pending",
        "catch_all": "pending", "credits": 99, "credits_used": 0.25
    });
    let server = Server::json(200, answer).await;
    let verifications = server.client().email_verification();
    let answer = verifications.check_verification_status("a+b@x.io").await?;
    let target = "/api/v2/email-verification/a%2Bb%40x.io";
    server.saw("GET", target).await;
    assert_eq!(
        answer.catch_all,
        Some(models::EmailVerificationCatchAll::Pending)
    );
    assert_eq!(answer.credits_used, Some(0.25));
    let pending = models::EmailVerificationResponseVerificationStatus::Pending;
    assert_eq!(answer.verification_status, pending);
    Ok(())
}
