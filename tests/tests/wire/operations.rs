//! At least one operation of every tag: the call as a whole, and typed values of the answer.

use instantly_client::models::{self, ApiScope, EmailUeType, MemberRole, SortOrder};
use instantly_client::{DateTime, Uuid};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::server::Server;
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

#[tokio::test]
async fn an_address_is_one_segment_of_the_path() -> Outcome {
    let server = Server::json(200, account()).await;
    let account = server.client().account().get("a+b@x.io").await?;
    server.saw("GET", "/api/v2/accounts/a%2Bb%40x.io").await;
    assert_eq!(account.email, "a+b@x.io");
    assert_eq!(account.provider_code, models::AccountProvider::Google);
    assert_eq!(account.status, Some(models::AccountStatus::ConnectionError));
    assert_eq!(account.warmup_status, models::AccountWarmupStatus::Active);
    assert_eq!(account.daily_limit, Some(30.0));
    assert_eq!(account.sending_gap, Some(12.5));
    assert_eq!(account.timestamp_created, DateTime::from(WHEN));
    assert_eq!(account.signature, None);
    Ok(())
}

#[tokio::test]
async fn a_segment_holds_any_text() -> Outcome {
    let server = Server::json(200, account()).await;
    let odd = "50% ü/?#&=@x.io";
    server.client().account().pause_account(odd).await?;
    let path = "/api/v2/accounts/50%25%20%C3%BC%2F%3F%23%26%3D%40x.io/pause";
    server.saw("POST", path).await;
    Ok(())
}

#[tokio::test]
async fn enums_in_the_query_are_wire_values() -> Outcome {
    let server = Server::json(200, json!({ "items": [] })).await;
    let accounts = server.client().account();
    let call = accounts
        .list()
        .limit(100)
        .status(models::AccountStatus::SendingError);
    let call = call.provider_code(models::AccountProvider::Microsoft);
    let call = call.filter(models::AccountFilter::AccFilterNoCtd);
    let call = call.sort_by(models::ListAccountSortBy::StatWarmupScore);
    let page = call
        .sort_order(SortOrder::Desc)
        .include_tags(true)
        .search("a b&c")
        .await?;
    assert!(page.items.is_empty());
    let query = "limit=100&status=-3&provider_code=3&filter=ACC_FILTER_NO_CTD\
                 &sort_by=stat_warmup_score&sort_order=desc&include_tags=true&search=a%20b%26c";
    server
        .saw("GET", &format!("/api/v2/accounts?{query}"))
        .await;
    Ok(())
}

#[tokio::test]
async fn unknown_enums_go_into_the_query_as_they_are() -> Outcome {
    let server = Server::json(200, json!({ "items": [] })).await;
    let call = server.client().account().list();
    let call = call.status(models::AccountStatus::from(9));
    let call = call.filter(models::AccountFilter::from("ACC FILTER/NEW"));
    call.await?;
    let target = "/api/v2/accounts?status=9&filter=ACC%20FILTER%2FNEW";
    server.saw("GET", target).await;
    Ok(())
}

#[tokio::test]
async fn lists_in_the_query_repeat_their_name() -> Outcome {
    let day = json!({
        "date": "2026-03-01", "email_account": "a+b@x.io", "sent": 5, "bounced": 1,
        "contacted": 4, "new_leads_contacted": 3, "opened": 2, "unique_opened": 2, "replies": 1,
        "unique_replies": 1, "replies_automatic": 0, "unique_replies_automatic": 0, "clicks": 0,
        "unique_clicks": 0
    });
    let server = Server::json(200, json!([day])).await;
    let call = server.client().account().get_daily_analytics();
    let days = call
        .emails(["a+b@x.io", "c,d@x.io"])
        .start_date("2026-03-01")
        .await?;
    let query = "emails=a%2Bb%40x.io&emails=c%2Cd%40x.io&start_date=2026-03-01";
    let target = format!("/api/v2/accounts/analytics/daily?{query}");
    server.saw("GET", &target).await;
    assert_eq!(days.len(), 1);
    assert_eq!((days[0].sent, days[0].bounced), (5, 1));
    assert_eq!(days[0].email_account, "a+b@x.io");
    Ok(())
}

#[tokio::test]
async fn a_setter_used_again_replaces_what_it_set() -> Outcome {
    let server = Server::json(200, json!([])).await;
    let call = server.client().campaign().get_analytics().ids([ID]).id(ID);
    call.ids([OTHER]).id(OTHER).await?;
    let target = format!("/api/v2/campaigns/analytics?ids={OTHER}&id={OTHER}");
    server.saw("GET", &target).await;
    Ok(())
}

#[tokio::test]
async fn an_empty_list_is_not_sent() -> Outcome {
    let server = Server::json(200, json!([])).await;
    let nobody: [&str; 0] = [];
    server
        .client()
        .account()
        .get_daily_analytics()
        .emails(nobody)
        .await?;
    server.saw("GET", "/api/v2/accounts/analytics/daily").await;
    Ok(())
}

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
    let accept = "text/csv, text/plain, */*;q=0.8";
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
    let page = call.exclude_status(models::CampaignStatus::Draft).await?;
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
        models::DfyEmailProvider::MicrosoftOutlook
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

fn workspace() -> Value {
    json!({
        "id": ID, "timestamp_created": WHEN, "timestamp_updated": WHEN, "owner": OTHER,
        "name": "North", "plan_id_verification": { "quantity": 5 }, "org_logo_url": null
    })
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

#[tokio::test]
async fn a_delete_whose_document_has_a_null_body_sends_none() -> Outcome {
    let server = Server::json(200, account()).await;
    server.client().account().delete("a+b@x.io").await?;
    server.saw("DELETE", "/api/v2/accounts/a%2Bb%40x.io").await;

    let server = Server::json(200, workspace()).await;
    let workspace = server.client().workspace().delete_domain().await?;
    let target = "/api/v2/workspaces/current/whitelabel-domain";
    server.saw("DELETE", target).await;
    assert_eq!(workspace.name, "North");
    Ok(())
}

#[tokio::test]
async fn an_answer_without_content() -> Outcome {
    let server = Server::answering(ResponseTemplate::new(204)).await;
    let () = server.client().campaign().share(ID).await?;
    let accept = "application/json, */*;q=0.8";
    let target = format!("/api/v2/campaigns/{ID}/share");
    server.saw_accepting(accept, "POST", &target).await;
    Ok(())
}

#[tokio::test]
async fn status_and_headers_on_request() -> Outcome {
    let answer = ResponseTemplate::new(200).set_body_json(job());
    let server = Server::answering(answer.insert_header("x-request-id", "r-1")).await;
    let emails = ["a+b@x.io"];
    let body = models::EnableWarmupForAccountsRequest::builder().emails(emails);
    let call = server
        .client()
        .account()
        .enable_warmup_for_accounts()
        .body(body);
    let response = call.send_with_response().await?;
    let sent = json!({ "emails": ["a+b@x.io"] });
    server
        .saw_json("POST", "/api/v2/accounts/warmup/enable", sent)
        .await;
    assert_eq!(response.status, 200);
    assert_eq!(response.headers["x-request-id"], "r-1");
    assert_eq!(response.value.id, "job-1");
    Ok(())
}

#[test]
fn every_tag_has_a_test_here() -> Outcome {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../generated-client/src/operations"
    );
    let mut tags = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let tag = path.file_stem().and_then(|stem| stem.to_str());
        let handle = format!(".{}()", tag.ok_or("a file without a name")?);
        assert!(include_str!("operations.rs").contains(&handle), "{handle}");
        tags += 1;
    }
    assert_eq!(tags, 28);
    Ok(())
}
