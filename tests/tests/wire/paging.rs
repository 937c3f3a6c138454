//! Lists that come in pages: when a call is made, where the cursor goes, when it ends.

use std::future::poll_fn;
use std::pin::pin;

use futures_core::Stream;
use instantly_client::Error;
use instantly_client::models::{LeadStatus, ListLeadsRequest};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::server::{Server, ok, target};
use crate::{ID, OTHER, Outcome, WHEN, server};

const TAGS: &str = "/api/v2/custom-tags";

fn tag(label: &str) -> Value {
    json!({
        "id": ID, "timestamp_created": WHEN, "timestamp_updated": WHEN, "organization_id": OTHER,
        "label": label
    })
}

/// A page with these tags and what else is in the object.
fn page(labels: &[&str], rest: Value) -> ResponseTemplate {
    let mut page = json!({ "items": labels.iter().map(|label| tag(label)).collect::<Vec<_>>() });
    if let (Value::Object(page), Value::Object(rest)) = (&mut page, rest) {
        page.extend(rest);
    }
    ok(page)
}

fn cursor(next: &str) -> Value {
    json!({ "next_starting_after": next })
}

/// The labels that a stream over these pages gives, and the calls it makes.
async fn labels(
    pages: impl IntoIterator<Item = ResponseTemplate>,
) -> Result<(Vec<String>, Vec<String>), Error> {
    let server = Server::in_turn(pages).await;
    let tags = server.client().custom_tag().list().stream();
    let tags = tags.collect_up_to(usize::MAX).await?;
    let calls = server.requests().await.iter().map(target).collect();
    Ok((tags.into_iter().map(|tag| tag.label).collect(), calls))
}

#[tokio::test]
async fn all_items_of_three_pages() -> Outcome {
    let pages = [
        page(&["a", "b"], cursor("2026-03-01T08:30:00.000Z")),
        page(&["c"], cursor("a+b@x.io")),
        page(&["d"], json!({})),
    ];
    let (labels, calls) = labels(pages).await?;
    assert_eq!(labels, ["a", "b", "c", "d"]);
    let expected = [
        TAGS.to_owned(),
        format!("{TAGS}?starting_after=2026-03-01T08%3A30%3A00.000Z"),
        format!("{TAGS}?starting_after=a%2Bb%40x.io"),
    ];
    assert_eq!(calls, expected);
    Ok(())
}

#[tokio::test]
async fn the_other_parameters_stay() -> Outcome {
    let pages = [page(&["a"], cursor("2")), page(&["b"], json!({}))];
    let server = Server::in_turn(pages).await;
    let call = server
        .client()
        .custom_tag()
        .list()
        .starting_after("1")
        .limit(1)
        .search("x y");
    let found = call.stream().collect_up_to(10).await?;
    assert_eq!(found.len(), 2);
    let calls: Vec<_> = server.requests().await.iter().map(target).collect();
    let expected = [
        format!("{TAGS}?starting_after=1&limit=1&search=x%20y"),
        format!("{TAGS}?limit=1&search=x%20y&starting_after=2"),
    ];
    assert_eq!(calls, expected);
    let requests = server.requests().await;
    assert!(requests.iter().all(|request| {
        server::header(request, "authorization") == Some("Bearer key-for-tests")
    }));
    Ok(())
}

#[tokio::test]
async fn a_cursor_that_is_absent_null_or_empty_ends_it() -> Outcome {
    for last in [
        json!({}),
        json!({ "next_starting_after": null }),
        cursor(""),
    ] {
        let pages = [page(&["a"], cursor("1")), page(&["b"], last.clone())];
        let (labels, calls) = labels(pages).await?;
        assert_eq!(labels, ["a", "b"], "{last}");
        assert_eq!(calls.len(), 2, "{last}");
    }
    Ok(())
}

#[tokio::test]
async fn a_cursor_that_was_there_before_ends_it() -> Outcome {
    let pages = [
        page(&["a"], cursor("1")),
        page(&["b"], cursor("2")),
        page(&["c"], cursor("1")),
    ];
    let (labels, calls) = labels(pages).await?;
    assert_eq!(labels, ["a", "b", "c"]);
    assert_eq!(calls.len(), 3);
    Ok(())
}

#[tokio::test]
async fn a_cursor_that_the_caller_began_with_ends_it() -> Outcome {
    let server = Server::in_turn([page(&["a"], cursor("1"))]).await;
    let call = server.client().custom_tag().list().starting_after("1");
    assert_eq!(call.stream().collect_up_to(10).await?.len(), 1);
    assert_eq!(server.requests().await.len(), 1);
    Ok(())
}

#[tokio::test]
async fn an_empty_page_ends_it_whatever_its_cursor() -> Outcome {
    let pages = [page(&["a"], cursor("1")), page(&[], cursor("2"))];
    let (labels, calls) = labels(pages).await?;
    assert_eq!(labels, ["a"]);
    assert_eq!(calls.len(), 2);
    Ok(())
}

#[tokio::test]
async fn an_error_in_the_middle_is_yielded_then_the_end() -> Outcome {
    let failure = ResponseTemplate::new(429).set_body_json(json!({ "message": "Slow down" }));
    let pages = [page(&["a"], cursor("1")), failure, page(&["b"], json!({}))];
    let server = Server::in_turn(pages).await;
    let mut tags = server.client().custom_tag().list().stream();
    let first = tags.next().await.ok_or("an item")??;
    assert_eq!(first.label, "a");
    let error = tags
        .next()
        .await
        .ok_or("an error")?
        .err()
        .ok_or("an error")?;
    assert_eq!(error.api().and_then(|api| api.message()), Some("Slow down"));
    assert!(tags.next().await.is_none());
    assert!(tags.next().await.is_none());
    assert_eq!(server.requests().await.len(), 2);
    Ok(())
}

#[tokio::test]
async fn a_page_that_cannot_be_decoded_is_an_error_too() -> Outcome {
    let broken = ok(json!({ "items": [tag("b"), { "id": 7 }] }));
    let server = Server::in_turn([page(&["a"], cursor("1")), broken]).await;
    let mut pages = server.client().custom_tag().list().pages();
    assert!(pages.next().await.is_some_and(|page| page.is_ok()));
    let Some(Err(Error::Decode(error))) = pages.next().await else {
        return Err("no decode error".into());
    };
    assert_eq!(error.path(), "$.items[1].id");
    assert!(pages.next().await.is_none());
    Ok(())
}

#[tokio::test]
async fn nothing_is_sent_before_the_first_poll_nor_ahead_of_need() -> Outcome {
    let pages = [page(&["a", "b"], cursor("1")), page(&["c"], json!({}))];
    let server = Server::in_turn(pages).await;
    let mut tags = server.client().custom_tag().list().stream();
    let unused = server.client().custom_tag().list().pages();
    server.saw_nothing().await;
    for calls in [1, 1, 2] {
        assert!(tags.next().await.is_some_and(|tag| tag.is_ok()));
        assert_eq!(server.requests().await.len(), calls);
    }
    assert!(tags.next().await.is_none());
    drop(unused);
    assert_eq!(server.requests().await.len(), 2);
    Ok(())
}

#[tokio::test]
async fn whole_pages() -> Outcome {
    let pages = [page(&["a", "b"], cursor("1")), page(&["c"], cursor(""))];
    let server = Server::in_turn(pages).await;
    let mut pages = server.client().custom_tag().list().pages();
    let first = pages.next().await.ok_or("a page")??;
    assert_eq!(first.items.len(), 2);
    assert_eq!(first.next_starting_after.as_deref(), Some("1"));
    let second = pages.next().await.ok_or("a page")??;
    assert_eq!(second.items[0].label, "c");
    assert!(pages.next().await.is_none());
    Ok(())
}

#[tokio::test]
async fn they_are_streams() -> Outcome {
    let pages = [page(&["a"], cursor("1")), page(&["b"], json!({}))];
    let server = Server::in_turn(pages).await;
    let mut tags = pin!(server.client().custom_tag().list().stream());
    let mut labels = Vec::new();
    while let Some(tag) = poll_fn(|cx| tags.as_mut().poll_next(cx)).await {
        labels.push(tag?.label);
    }
    assert_eq!(labels, ["a", "b"]);
    Ok(())
}

fn lead(id: &str, status: i64) -> Value {
    json!({
        "id": id, "timestamp_created": WHEN, "timestamp_updated": WHEN, "organization": OTHER,
        "status": status, "email_open_count": 0, "email_reply_count": 0, "email_click_count": 0,
        "company_domain": "y.example", "status_summary": {}
    })
}

#[tokio::test]
async fn a_cursor_in_the_body() -> Outcome {
    let pages = [
        ok(json!({ "items": [lead(ID, 1)], "next_starting_after": "c/1" })),
        ok(json!({ "items": [lead(OTHER, 3)], "next_starting_after": "c/2" })),
        ok(json!({ "items": [lead(ID, -1)], "next_starting_after": "" })),
    ];
    let server = Server::in_turn(pages).await;
    let body = ListLeadsRequest::builder()
        .limit(1)
        .ids([ID])
        .in_campaign(true);
    let leads = server.client().lead().list().body(body).stream();
    let leads = leads.collect_up_to(usize::MAX).await?;
    let status: Vec<_> = leads.into_iter().map(|lead| lead.status).collect();
    let expected = [
        LeadStatus::Active,
        LeadStatus::Completed,
        LeadStatus::Bounced,
    ];
    assert_eq!(status, expected);
    let requests = server.requests().await;
    let sent: Vec<_> = requests.iter().map(server::json).collect();
    let first = json!({ "ids": [ID], "in_campaign": true, "limit": 1 });
    let mut second = first.clone();
    second["starting_after"] = json!("c/1");
    let mut third = first.clone();
    third["starting_after"] = json!("c/2");
    assert_eq!(sent, [first, second, third]);
    assert!(
        requests
            .iter()
            .all(|request| target(request) == "/api/v2/leads/list")
    );
    assert!(
        requests
            .iter()
            .all(|request| request.method.as_str() == "POST")
    );
    Ok(())
}

#[tokio::test]
async fn a_cursor_in_a_body_that_was_left_out() -> Outcome {
    let pages = [
        ok(json!({ "items": [lead(ID, 1)], "next_starting_after": "1" })),
        ok(json!({ "items": [lead(ID, 1)], "next_starting_after": "1" })),
    ];
    let server = Server::in_turn(pages).await;
    let mut pages = server.client().lead().list().pages();
    assert!(pages.next().await.is_some_and(|page| page.is_ok()));
    assert!(pages.next().await.is_some_and(|page| page.is_ok()));
    assert!(pages.next().await.is_none());
    let requests = server.requests().await;
    assert_eq!(server::text(&requests[0]), "");
    assert_eq!(server::json(&requests[1]), json!({ "starting_after": "1" }));
    let content_type = server::header(&requests[1], "content-type");
    assert_eq!(content_type, Some("application/json"));
    Ok(())
}

#[tokio::test]
async fn a_list_of_calls_with_a_required_argument() -> Outcome {
    let pages = [
        ok(json!({ "items": [], "next_starting_after": "1" })),
        ok(json!({ "items": [] })),
    ];
    let server = Server::in_turn(pages).await;
    let results = server
        .client()
        .inbox_placement_analytics()
        .list(ID)
        .stream();
    assert_eq!(results.collect_up_to(5).await?, []);
    let target = format!("/api/v2/inbox-placement-analytics?test_id={ID}");
    server.saw("GET", &target).await;
    Ok(())
}

#[test]
fn every_list_of_the_document_that_has_pages_can_be_streamed() -> Outcome {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../generated-client/src/operations"
    );
    let cursor = r#"cursor("starting_after", "/next_starting_after")"#;
    let (mut in_query, mut in_body, mut by_offset) = (0, 0, 0);
    for entry in std::fs::read_dir(folder)? {
        let text = std::fs::read_to_string(entry?.path())?;
        let count = |what: &str| text.matches(what).count();
        assert_eq!(
            count("#[pages("),
            count(cursor) + count("offset(\"offset\")")
        );
        let body = count(".in_body()");
        let setters = count(r#"#[query("starting_after")]"#);
        assert_eq!(setters, count(cursor) - body);
        in_query += setters;
        in_body += body;
        by_offset += count("offset(\"offset\")");
    }
    assert_eq!((in_query, in_body, by_offset), (22, 1, 1));
    Ok(())
}
