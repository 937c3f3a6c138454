//! Answers over real sockets: which of the declared bodies it is, and in which media type.

use crate::calls::{arrived, client, header, server};
use crate::cases::answer_enums::models as pantry;
use crate::cases::answer_enums::operations::shelf::ShelfApi;
use crate::cases::answer_enums::operations::user::UserApi;
use crate::cases::answer_media::headers;
use crate::cases::answer_media::operations::bulletin::BulletinApi;
use crate::{Error, StatusCode};
use serde_json::json;
use wiremock::ResponseTemplate;

/// The failure of `getShelf`.
async fn shelf_error(answer: ResponseTemplate) -> Error {
    let server = server(answer).await;
    let api = ShelfApi {
        client: client(&server),
    };
    api.get("7").await.expect_err("it is no success")
}

/// Case 1: the failures of an operation have different bodies.
#[tokio::test]
async fn failures_are_told_apart_by_status() {
    use pantry::GetShelfError;
    let error = shelf_error(ResponseTemplate::new(404)).await;
    assert_eq!(error.failure(), Some(GetShelfError::NotFound));
    let slow = ResponseTemplate::new(429).set_body_json(json!({"seconds": 7}));
    let slow = shelf_error(slow).await;
    let Some(GetShelfError::TooManyRequests(wait)) = slow.failure() else {
        panic!("{slow:?}")
    };
    assert_eq!(wait.seconds, Some(7));
    let broken = ResponseTemplate::new(500).set_body_json(json!({"message": "no light"}));
    let error = shelf_error(broken).await;
    let Some(GetShelfError::Default(status, fault)) = error.failure() else {
        panic!("{error:?}")
    };
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(fault.message.as_deref(), Some("no light"));

    // A body that is not as declared costs the variant, not the answer.
    let error = shelf_error(ResponseTemplate::new(429).set_body_string("<html>")).await;
    assert_eq!(error.failure::<GetShelfError>(), None);
    let api = error.api().expect("it is the server's");
    assert_eq!(
        (api.status().as_u16(), api.text().as_ref()),
        (429, "<html>")
    );
}

#[tokio::test]
async fn one_success_is_no_enum() {
    let shelf = ResponseTemplate::new(200).set_body_json(json!({"id": "7"}));
    let server = server(shelf).await;
    let api = ShelfApi {
        client: client(&server),
    };
    let shelf: pantry::Shelf = api.get("7").await.expect("it is a success");
    assert_eq!(shelf.id, "7");
    let cleared: Option<pantry::Shelf> = api.clear("7").await.expect("it is a success");
    assert_eq!(cleared.map(|shelf| shelf.id).as_deref(), Some("7"));
}

async fn stock(answer: ResponseTemplate) -> Result<pantry::StockShelfResponse, Error> {
    let server = server(answer).await;
    let api = ShelfApi {
        client: client(&server),
    };
    api.stock("7").await
}

/// Several successes with several bodies: by status, whatever its number.
#[tokio::test]
async fn successes_are_told_apart_by_status() {
    use pantry::StockShelfResponse::{
        Accepted, NoContent, NonAuthoritativeInformation, Ok, Status299,
    };
    let shelf =
        |status| ResponseTemplate::new(status).set_body_json(json!({"id": "7", "ticket": "t"}));
    assert!(matches!(stock(shelf(200)).await, Result::Ok(Ok(shelf)) if shelf.id == "7"));
    assert!(matches!(stock(shelf(202)).await, Result::Ok(Accepted(later)) if later.ticket == "t"));
    assert!(matches!(stock(shelf(299)).await, Result::Ok(Status299(shelf)) if shelf.id == "7"));
    let text = ResponseTemplate::new(203).set_body_string("done");
    assert!(
        matches!(stock(text).await, Result::Ok(NonAuthoritativeInformation(text)) if text == "done")
    );
    let nothing = ResponseTemplate::new(204);
    assert!(matches!(stock(nothing).await, Result::Ok(NoContent)));
    // Not declared: the first that it can be read as.
    let other = ResponseTemplate::new(207).set_body_json(json!({"ticket": "t"}));
    assert!(matches!(stock(other).await, Result::Ok(Accepted(later)) if later.ticket == "t"));
}

/// Ranges and statuses outside the registry; text and bytes.
#[tokio::test]
async fn failures_of_every_kind() {
    use pantry::StockShelfError;
    let taken = ResponseTemplate::new(409).set_body_string("by Ida");
    let error = stock(taken).await.expect_err("it is no success");
    assert_eq!(
        error.failure(),
        Some(StockShelfError::Conflict("by Ida".to_owned()))
    );
    let error = stock(ResponseTemplate::new(499))
        .await
        .expect_err("nor is this");
    assert_eq!(error.failure(), Some(StockShelfError::Status499));
    let picture = ResponseTemplate::new(507).set_body_bytes([0, 255]);
    let error = stock(picture).await.expect_err("nor is this");
    let expected = StockShelfError::ServerError(
        StatusCode::INSUFFICIENT_STORAGE,
        crate::Bytes::from_static(&[0, 255]),
    );
    assert_eq!(error.failure(), Some(expected));
    let error = stock(ResponseTemplate::new(418))
        .await
        .expect_err("nor is this");
    let Some(StockShelfError::ClientError(status, fault)) = error.failure() else {
        panic!("{error:?}")
    };
    assert_eq!((status.as_u16(), fault.message), (418, None));
}

/// Case 7: one status, two media types.
#[tokio::test]
async fn the_media_type_tells_bodies_of_one_status_apart() {
    use pantry::AddUserError;
    let both = r#"{"message": "m", "scimType": "s"}"#;
    for (media, is_scim) in [("application/json", false), ("application/scim+json", true)] {
        let server = server(ResponseTemplate::new(400).set_body_raw(both, media)).await;
        let api = UserApi {
            client: client(&server),
        };
        let error = api.add().await.expect_err("it is no success");
        match error.failure() {
            Some(AddUserError::BadRequest(bad)) => {
                assert!(!is_scim);
                assert_eq!(bad.message.as_deref(), Some("m"));
            }
            Some(AddUserError::BadRequestScim(bad)) => {
                assert!(is_scim);
                assert_eq!(bad.scim_type.as_deref(), Some("s"));
            }
            None => panic!("{error:?}"),
        }
    }
}

#[tokio::test]
async fn media_types_of_a_success_are_asked_for_and_told_apart() {
    use pantry::GetUserResponse::{Ok, OkPantryShort};
    let short =
        ResponseTemplate::new(200).set_body_raw("\"Ida\"", "application/vnd.pantry.short+json");
    let server = server(short).await;
    let api = UserApi {
        client: client(&server),
    };
    match api.get().await.expect("it is a success") {
        OkPantryShort(name) => assert_eq!(name, "Ida"),
        Ok(user) => panic!("{user:?}"),
    }
    let asked = arrived(&server).await;
    let accept = "application/json, application/vnd.pantry.short+json;q=0.9, \
                  application/vnd.pantry.long+json;q=0.8";
    assert_eq!(header(&asked, "accept"), Some(accept));
}

/// Case 9: a success that is sent empty.
#[tokio::test]
async fn an_empty_success() {
    use crate::cases::empty_answers::models::EditPageResponse;
    use crate::cases::empty_answers::operations::page::PageApi;
    let server = server(ResponseTemplate::new(200).insert_header("x-request-id", "r1")).await;
    let api = PageApi {
        client: client(&server),
    };
    let saved = api.edit("1").await.expect("nothing is required of it");
    assert_eq!(saved, EditPageResponse::default());
    match api.get("1").await {
        Err(Error::EmptyBody {
            status, headers, ..
        }) => {
            assert_eq!(status, StatusCode::OK);
            assert_eq!(headers["x-request-id"], "r1");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(api.delete("1").await.expect("nothing is an answer"), None);
}

/// JSON is asked for where it is declared; the others are there by name.
#[tokio::test]
async fn other_media_types_are_there_as_bytes() {
    let json = ResponseTemplate::new(200)
        .insert_header("x-edition", "3")
        .set_body_json(json!({"text": "rain"}));
    let server = server(json).await;
    let api = BulletinApi {
        client: client(&server),
    };
    let bulletin = api
        .get("1")
        .send_with_response()
        .await
        .expect("JSON is read");
    assert_eq!(bulletin.value.text.as_deref(), Some("rain"));
    assert_eq!(bulletin.header(headers::X_EDITION), Ok(Some(3)));
    assert_eq!(bulletin.header(headers::LINK), Ok(None));
    let raw = api.get("1").send_as("text/csv").await.expect("all is read");
    assert_eq!(raw.value.as_ref(), br#"{"text":"rain"}"#);
    assert_eq!(raw.status, StatusCode::OK);
    let asked = server.received_requests().await.expect("requests are kept");
    let accepted: Vec<Option<&str>> = asked.iter().map(|asked| header(asked, "accept")).collect();
    assert_eq!(accepted, [Some("application/json"), Some("text/csv")]);
}

/// What is asked for is what is declared.
#[tokio::test]
async fn accept_is_what_is_declared() {
    let text = ResponseTemplate::new(200)
        .set_body_raw([b'c', b'a', b'f', 0xe9], "text/html; charset=ISO-8859-1");
    let server = server(text).await;
    let api = BulletinApi {
        client: client(&server),
    };
    let page: String = api.trace("1").await.expect("Latin-1 is text");
    assert_eq!(page, "café");
    let picture = api.paint("1").await.expect("bytes are bytes");
    assert_eq!(picture.as_ref(), [b'c', b'a', b'f', 0xe9]);
    api.sign("1").await.expect_err("it is no JSON");
    api.print("1")
        .await
        .expect("the answer to HEAD has no body");
    let asked = server.received_requests().await.expect("requests are kept");
    let accepted: Vec<Option<&str>> = asked.iter().map(|asked| header(asked, "accept")).collect();
    let expected = [
        "application/xml, */*;q=0.1",
        "image/png, image/webp;q=0.9, */*;q=0.1",
        "application/vnd.bulletin.v2+json",
        "text/html, */*;q=0.1",
    ];
    assert_eq!(accepted, expected.map(Some));
}

/// A shared body is one type, and a body of an operation's own is named after its status.
#[tokio::test]
async fn a_failure_has_its_declared_body() {
    use crate::cases::failures::models::{GetStoneError, ListStonesError, Refusal};
    use crate::cases::failures::operations::stone::StoneApi;
    let gone = ResponseTemplate::new(404).set_body_json(json!({"last_seen": "2026-01-31"}));
    let gone_server = server(gone).await;
    let api = StoneApi {
        client: client(&gone_server),
    };
    let error = api.get("6f0e9d1c").await.expect_err("404 is no success");
    let Some(GetStoneError::NotFound(gone)) = error.failure() else {
        panic!("{error:?}")
    };
    assert_eq!(gone.last_seen, "2026-01-31");

    let refusal =
        ResponseTemplate::new(401).set_body_json(json!({"reason": "no token", "code": 7}));
    let server = server(refusal).await;
    let api = StoneApi {
        client: client(&server),
    };
    let error = api.list().await.expect_err("401 is no success");
    let Some(ListStonesError::Unauthorized(refusal)) = error.failure() else {
        panic!("{error:?}")
    };
    assert_eq!(
        (refusal.reason.as_str(), refusal.code),
        ("no token", Some(7))
    );
    let untyped: Refusal = error
        .api()
        .and_then(|error| error.json().ok())
        .expect("the body is there without the enum, too");
    assert_eq!(untyped, refusal);
}
