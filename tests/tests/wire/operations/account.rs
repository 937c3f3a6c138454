//! Accounts: paths, query parameters, and what calls have in common.

use instantly_client::DateTime;
use instantly_client::models::{self, SortOrder};
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::server::Server;
use crate::{ID, OTHER, Outcome, WHEN};

use super::{account, job, workspace};

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
