//! Webhooks and callbacks: a body that has been received, read into its type.

use crate::cases::webhooks::models::{MatchPayload, OvenStateState};
use crate::cases::webhooks::webhooks as read;

#[test]
fn a_webhook_is_read_into_its_type() {
    let loaf = read::loaf_baked(br#"{"id": "a", "grams": 500.0, "crust": "dark"}"#);
    let loaf = loaf.expect("it is a loaf");
    assert_eq!((loaf.id.as_str(), loaf.grams), ("a", Some(500)));
    let state = read::oven_state_put(br#"{"state": "melting", "at": "2026-01-31T00:00:00Z"}"#);
    let state = state.expect("states that are not listed are kept");
    assert_eq!(state.state, OvenStateState::Unknown("melting".to_owned()));
    assert_eq!(read::oven_state_post(b"[1, 2]"), Ok(vec![1, 2]));
    let matched = read::r#match(br#""spark""#);
    assert_eq!(matched, Ok(MatchPayload::String("spark".to_owned())));
}

#[test]
fn a_callback_is_read_into_its_type() {
    let ready = read::create_order_ready(br#"{"order": 7, "loaf": {"id": "a"}}"#);
    let ready = ready.expect("it is an order");
    assert_eq!(ready.order, 7);
    assert_eq!(ready.loaf.map(|loaf| loaf.id).as_deref(), Some("a"));
    assert_eq!(read::create_order_shared(b"null"), Ok(None));
    let note = read::create_order_shared(br#"{"note": "n"}"#);
    let note = note.expect("it is a note").and_then(|payload| payload.note);
    assert_eq!(note.as_deref(), Some("n"));
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let body = br#"{"order": 7, "loaf": {"id": 5}}"#;
    let fault = read::create_order_ready(body).expect_err("an id is text");
    assert_eq!(fault.path, "$.loaf.id");
    let fault = read::loaf_baked(b"{\"id\": ").expect_err("it is cut off");
    assert_eq!(fault.line, 1);
}
