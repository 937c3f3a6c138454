//! What has the same words goes by what is different, and is the document's own on the wire.

use crate::calls::{arrived, client, server};
use crate::cases::told_apart::models::{
    BookAccess, BookRent, ListBooksResponse, Medium, Owner, OwnerRequest,
};
use crate::cases::told_apart::operations::lending_books_title_case::LendingBooksTitleCaseApi;
use crate::{read, round_trip};
use serde_json::json;
use wiremock::ResponseTemplate;

#[tokio::test]
async fn parameters_and_media_types() {
    let body = r#"{"pages":2,"first":{"id":"b1"}}"#;
    let answer = ResponseTemplate::new(200).set_body_raw(body, "application/json;version=2");
    let server = server(answer).await;
    let api = LendingBooksTitleCaseApi {
        client: client(&server),
    };
    let call = api.list_books().max_results_camel(5).shelf_id_acronym("a");
    let call = call.max_results_capital("all").shelf_id_mixed_case("b");
    let ListBooksResponse::OkApplicationJsonVersion2(page) = call.await.expect("a success") else {
        panic!("it is the second version");
    };
    assert_eq!(page.pages, Some(2));
    assert_eq!(page.first.and_then(|first| first.id).as_deref(), Some("b1"));
    let request = arrived(&server).await;
    let query = "maxResults=5&shelfID=a&MaxResults=all&shelfId=b";
    assert_eq!(request.url.query(), Some(query));
}

#[test]
fn alternatives() {
    let access: BookAccess = round_trip(json!({"type": "t", "broker": "b"}));
    assert!(matches!(&access, BookAccess::WithoutKey(it) if it.broker == "b"));
    let access: BookAccess = round_trip(json!({"type": "t", "key": "k"}));
    assert!(matches!(&access, BookAccess::WithoutBroker(it) if it.key == "k"));
    let access: BookAccess = round_trip(json!({"type": "t", "broker": "b", "key": "k"}));
    assert!(matches!(&access, BookAccess::WithBrokerAndKey(it) if it.key == "k"));
    let rent: BookRent = round_trip(json!({"from": "a"}));
    assert!(matches!(&rent, BookRent::WithOptionalTo(it) if it.to.is_none()));
    let rent: BookRent = round_trip(json!({"from": "a", "to": "b"}));
    assert!(matches!(&rent, BookRent::RequiringTo(it) if it.to == "b"));
}

#[test]
fn heirs_on_both_sides() {
    let owner: Owner = read(json!({"medium": {"kind": "Film", "length": 90}}));
    let medium = owner.medium.expect("it is there");
    assert!(matches!(medium, Medium::Film(film) if film.length == Some(90)));
    let sent: OwnerRequest = round_trip(json!({"film": {"kind": "Film"}}));
    assert_eq!(sent.film.map(|film| film.kind).as_deref(), Some("Film"));
}
