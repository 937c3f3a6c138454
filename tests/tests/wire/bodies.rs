//! Request bodies: left out or given, absent or null or a value, built by name in any order.

use instantly_client::models::{self, CreateAccountRequest, PatchAccountRequest, PatchLeadRequest};
use instantly_client::{Error, Field};
use serde_json::{Value, json};

use crate::server::Server;
use crate::{ID, OTHER, Outcome, WHEN};

fn account() -> Value {
    json!({
        "email": "a+b@x.io", "timestamp_created": WHEN, "timestamp_updated": WHEN,
        "first_name": "Ada", "last_name": "Byron", "organization": ID, "warmup_status": 0,
        "provider_code": 1, "setup_pending": true, "is_managed_account": false
    })
}

fn campaign() -> Value {
    json!({
        "id": OTHER, "name": "Copy", "status": 0, "campaign_schedule": {},
        "timestamp_created": WHEN, "timestamp_updated": WHEN
    })
}

#[tokio::test]
async fn an_optional_body_left_out() -> Outcome {
    let server = Server::json(200, campaign()).await;
    server.client().campaign().duplicate(ID).await?;
    let target = format!("/api/v2/campaigns/{ID}/duplicate");
    server.saw("POST", &target).await;
    Ok(())
}

#[tokio::test]
async fn an_optional_body_given() -> Outcome {
    let server = Server::json(200, campaign()).await;
    let body = models::DuplicateRequest::builder().name("Copy");
    let copy = server.client().campaign().duplicate(ID).body(body).await?;
    let target = format!("/api/v2/campaigns/{ID}/duplicate");
    server
        .saw_json("POST", &target, json!({ "name": "Copy" }))
        .await;
    assert_eq!(copy.name, "Copy");
    Ok(())
}

#[tokio::test]
async fn an_optional_body_given_empty() -> Outcome {
    let server = Server::json(200, campaign()).await;
    let body = models::DuplicateRequest::builder();
    server.client().campaign().duplicate(ID).body(body).await?;
    let target = format!("/api/v2/campaigns/{ID}/duplicate");
    server.saw_json("POST", &target, json!({})).await;
    Ok(())
}

#[tokio::test]
async fn a_patch_tells_absent_from_null_from_a_value() -> Outcome {
    let server = Server::json(200, account()).await;
    let body = PatchAccountRequest::builder()
        .signature(None)
        .daily_limit(30)
        .tracking_domain_name(Some("t.x.io".to_owned()))
        .enable_slow_ramp(Field::Absent)
        .first_name("Ada");
    server
        .client()
        .account()
        .patch("a+b@x.io")
        .body(body)
        .await?;
    let sent = json!({
        "first_name": "Ada", "daily_limit": 30, "tracking_domain_name": "t.x.io",
        "signature": null
    });
    server
        .saw_json("PATCH", "/api/v2/accounts/a%2Bb%40x.io", sent)
        .await;
    Ok(())
}

#[tokio::test]
async fn a_patch_by_struct_leaves_the_rest_alone() -> Outcome {
    let server = Server::json(200, account()).await;
    let body = PatchAccountRequest {
        reply_to: Field::Null,
        sending_gap: Some(1.5),
        inbox_placement_test_limit: Field::Value(0.0),
        ..PatchAccountRequest::default()
    };
    server
        .client()
        .account()
        .patch("a+b@x.io")
        .body(body)
        .await?;
    let sent = json!({ "inbox_placement_test_limit": 0, "sending_gap": 1.5, "reply_to": null });
    server
        .saw_json("PATCH", "/api/v2/accounts/a%2Bb%40x.io", sent)
        .await;
    Ok(())
}

#[tokio::test]
async fn a_patch_of_nothing_is_an_empty_object() -> Outcome {
    let server = Server::json(200, account()).await;
    let body = PatchAccountRequest::default();
    server
        .client()
        .account()
        .patch("a+b@x.io")
        .body(body)
        .await?;
    server
        .saw_json("PATCH", "/api/v2/accounts/a%2Bb%40x.io", json!({}))
        .await;
    Ok(())
}

#[tokio::test]
async fn a_patch_reads_back_as_it_was_sent() -> Outcome {
    let body = PatchLeadRequest::builder()
        .phone(None)
        .website("x.io")
        .build()?;
    let text = serde_json::to_string(&body)?;
    assert_eq!(text, r#"{"website":"x.io","phone":null}"#);
    let read: PatchLeadRequest = serde_json::from_str(&text)?;
    assert_eq!(read, body);
    assert!(read.phone.is_null());
    assert!(read.first_name.is_absent());
    assert_eq!(read.website.value().map(String::as_str), Some("x.io"));
    Ok(())
}

fn create_account() -> models::CreateAccountRequestBuilder {
    CreateAccountRequest::builder()
        .smtp_port(465)
        .smtp_host("smtp.x.io")
        .smtp_password("out")
        .smtp_username("ada-out")
        .imap_port(993)
        .imap_host("imap.x.io")
        .imap_password("in")
        .imap_username("ada-in")
        .provider_code(models::AccountProvider::CustomImapSmtp)
        .last_name("Byron")
        .first_name("Ada")
        .email("a+b@x.io")
}

#[tokio::test]
async fn a_builder_takes_a_dozen_required_fields_in_any_order() -> Outcome {
    let server = Server::json(200, account()).await;
    let warmup = models::AccountWarmup::builder().limit(10);
    let warmup = warmup.increment(models::AccountWarmupIncrement::N2);
    let body = create_account()
        .warmup(warmup)
        .skip_cname_check(true)
        .signature("A.");
    let made = server.client().account().create(body).await?;
    let sent = json!({
        "email": "a+b@x.io", "first_name": "Ada", "last_name": "Byron",
        "warmup": { "limit": 10, "increment": "2" }, "provider_code": 1, "signature": "A.",
        "imap_username": "ada-in", "imap_password": "in", "imap_host": "imap.x.io",
        "imap_port": 993, "smtp_username": "ada-out", "smtp_password": "out",
        "smtp_host": "smtp.x.io", "smtp_port": 465, "skip_cname_check": true
    });
    server.saw_json("POST", "/api/v2/accounts", sent).await;
    assert!(made.setup_pending);
    assert_eq!(made.provider_code, models::AccountProvider::CustomImapSmtp);
    Ok(())
}

#[tokio::test]
async fn a_body_that_is_built_beforehand() -> Outcome {
    let server = Server::json(200, account()).await;
    let body = create_account().build()?;
    assert_eq!(body.smtp_port, 465.0);
    server.client().account().create(body).await?;
    assert_eq!(server.requests().await.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_builder_that_lacks_fields_names_them_all_and_sends_nothing() -> Outcome {
    let server = Server::json(200, account()).await;
    let body = CreateAccountRequest::builder()
        .email("a+b@x.io")
        .imap_port(993);
    let result = server.client().account().create(body).await;
    let Err(Error::Invalid { call, faults, .. }) = result else {
        return Err(format!("{result:?}").into());
    };
    assert_eq!(call.map(|call| call.operation), Some("createAccount"));
    let lacking = "first_name, last_name, provider_code, imap_username, imap_password, \
                   imap_host, smtp_username, smtp_password, smtp_host, smtp_port";
    assert_eq!(
        faults,
        [format!("the body: required but not given: {lacking}")]
    );
    server.saw_nothing().await;
    Ok(())
}

#[tokio::test]
async fn fields_that_builders_within_lack_are_named_with_their_place() -> Outcome {
    let entry = models::ScheduleEntry::builder()
        .name("Week")
        .timing(models::ScheduleEntryTiming::builder().from("09:00"))
        .days(models::ScheduleEntryDays::builder().n1(true));
    let schedule = models::CampaignScheduleInput::builder().schedules([entry]);
    let step = models::Step::builder().delay(1);
    let step = step.variants([models::SequenceVariant::builder().subject("Hello")]);
    let sequence = models::CampaignSequence::builder().steps([step]);
    let body = models::CreateCampaignRequest::builder()
        .campaign_schedule(schedule)
        .sequences([sequence]);
    let missing = body.build().err().ok_or("it lacks fields")?;
    let mut fields = missing.fields().to_vec();
    fields.sort();
    let expected = [
        "campaign_schedule.schedules[0].timezone",
        "campaign_schedule.schedules[0].timing.to",
        "name",
        "sequences[0].steps[0].variants[0].body",
    ];
    assert_eq!(fields, expected);
    Ok(())
}

#[tokio::test]
async fn what_has_one_value_fills_itself_in() -> Outcome {
    let server = Server::json(200, campaign()).await;
    let entry = models::ScheduleEntry::builder()
        .timezone(models::Timezone::EtcGmtMinus12)
        .days(models::ScheduleEntryDays::builder().n0(false).n6(true))
        .timing(
            models::ScheduleEntryTiming::builder()
                .to("17:00")
                .from("09:00"),
        )
        .name("Weekend");
    let schedule = models::CampaignScheduleInput::builder()
        .schedules([entry])
        .end_date(None);
    let variant = models::SequenceVariant::builder()
        .body("<p>Hi</p>")
        .subject("");
    let step = models::Step::builder().delay(0).variants([variant]);
    let sequence = models::CampaignSequence::builder().steps([step]);
    let body = models::CreateCampaignRequest::builder().sequences([sequence]);
    let body = body.campaign_schedule(schedule).name("Spring");
    server.client().campaign().create(body).await?;
    let sent = json!({
        "name": "Spring",
        "campaign_schedule": { "end_date": null, "schedules": [{
            "name": "Weekend", "timing": { "from": "09:00", "to": "17:00" },
            "days": { "0": false, "6": true }, "timezone": "Etc/GMT-12"
        }]},
        "sequences": [{ "steps": [{
            "type": "email", "delay": 0, "variants": [{ "subject": "", "body": "<p>Hi</p>" }]
        }]}]
    });
    server.saw_json("POST", "/api/v2/campaigns", sent).await;
    Ok(())
}

#[tokio::test]
async fn a_required_field_that_may_be_null_is_sent_as_null() -> Outcome {
    let server = Server::json(202, json!({ "message": "queued" })).await;
    let body = models::UpdateLeadInterestStatusRequest::builder()
        .interest_value(None::<f64>)
        .lead_email("lead@y.example");
    server.client().lead().update_interest_status(body).await?;
    let sent = json!({ "lead_email": "lead@y.example", "interest_value": null });
    let target = "/api/v2/leads/update-interest-status";
    server.saw_json("POST", target, sent).await;
    Ok(())
}

#[tokio::test]
async fn a_map_of_scalars_of_several_kinds() -> Outcome {
    let server = Server::json(401, json!({})).await;
    let variables = [
        (
            "age".to_owned(),
            Some(models::LeadCustomVariable::Number(41.0)),
        ),
        (
            "city".to_owned(),
            Some(models::LeadCustomVariable::String("Bonn".to_owned())),
        ),
        ("gone".to_owned(), None),
        (
            "vip".to_owned(),
            Some(models::LeadCustomVariable::Boolean(true)),
        ),
    ];
    let body = models::CreateLeadRequest::builder().email("lead@y.example");
    let body = body.custom_variables(instantly_client::Map::from(variables));
    let refused = server.client().lead().create().body(body).await;
    assert_eq!(
        refused
            .err()
            .and_then(|error| error.status())
            .map(|s| s.as_u16()),
        Some(401)
    );
    let sent = json!({
        "email": "lead@y.example",
        "custom_variables": { "age": 41, "city": "Bonn", "gone": null, "vip": true }
    });
    server.saw_json("POST", "/api/v2/leads", sent).await;
    Ok(())
}
