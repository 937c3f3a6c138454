//! Credentials: what each operation asks for, and where it goes.

use crate::calls::{arrived, header, server};
use crate::cases::security::operations::door::DoorApi;
use crate::cases::security::security::{SECURITY, vault_token};
use crate::runtime::{Transport, TransportFuture, TransportRequest, TransportResponse};
use crate::{ClientBuilder, Error, StatusCode};
use std::sync::{Arc, Mutex};
use wiremock::{MockServer, ResponseTemplate};

async fn door(set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (MockServer, DoorApi) {
    let there = server(ResponseTemplate::new(204)).await;
    let builder = set(ClientBuilder::new(there.uri(), "cases", &SECURITY));
    let client = builder.build().expect("the client can be made");
    (there, DoorApi { client })
}

#[tokio::test]
async fn the_documents_own_is_asked_of_most() {
    let (there, door_api) = door(|it| it.vault_key("k")).await;
    door_api.list().await.expect("it is sent");
    assert_eq!(header(&arrived(&there).await, "x-vault-key"), Some("k"));
    // The other way is two things at once.
    let (there, door_api) = door(|it| it.vault_id("i d").vault_pin("1234")).await;
    door_api.list().await.expect("it is sent");
    let request = arrived(&there).await;
    assert_eq!(request.url.query(), Some("id=i%20d"));
    assert_eq!(header(&request, "x-vault-pin"), Some("1234"));
    let (there, door_api) = door(|it| it.vault_pin("1234")).await;
    let Err(Error::Credentials { missing, .. }) = door_api.list().await else {
        panic!("it was sent");
    };
    assert_eq!(
        &*missing,
        "the operation needs credentials: give the client's builder `vault_key`, or `vault_id` and \
         `vault_pin`"
    );
    assert_eq!(there.received_requests().await.map(|it| it.len()), Some(0));
}

#[tokio::test]
async fn an_operation_asks_for_its_own() {
    let (there, door_api) = door(|it| it.vault_user("mellon", "friend").vault_key("k")).await;
    door_api.open().await.expect("it is sent");
    let request = arrived(&there).await;
    assert_eq!(
        header(&request, "authorization"),
        Some("Basic bWVsbG9uOmZyaWVuZA==")
    );
    assert_eq!(header(&request, "x-vault-key"), None);
    let (there, door_api) = door(|it| it.vault_token("t")).await;
    door_api.open().await.expect("it is sent");
    assert_eq!(
        header(&arrived(&there).await, "authorization"),
        Some("Bearer t")
    );
    let (there, door_api) = door(|it| it.vault_cookie("a;b")).await;
    door_api.close().await.expect("it is sent");
    assert_eq!(
        header(&arrived(&there).await, "cookie"),
        Some("vault=a%3Bb")
    );
}

/// Gives a token for whatever is asked, and keeps the address.
struct Endpoint(Arc<Mutex<Vec<String>>>);

impl Transport for Endpoint {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        let mut asked = self.0.lock().expect("nobody panics");
        asked.push(request.url.to_string());
        let token = r#"{"access_token": "t1"}"#;
        Box::pin(async move { Ok(TransportResponse::new(StatusCode::OK, token)) })
    }
}

#[tokio::test]
async fn tokens_come_from_where_the_document_says() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let own = vault_token::client_credentials("id", "secret").scopes(vault_token::SCOPES);
    let refreshed = vault_token::refresh_token("https://other.example.com/v1", "id", "", "r1");
    for oauth in [own, refreshed] {
        let endpoint = Endpoint(asked.clone());
        let oauth = oauth.with_client(|client| client.transport(endpoint));
        let (there, door_api) = door(move |it| it.vault_token(oauth)).await;
        door_api.open().await.expect("it is sent");
        let shown = arrived(&there).await;
        assert_eq!(header(&shown, "authorization"), Some("Bearer t1"));
    }
    // The second is seen from the server that is called.
    let addresses = [
        "https://vault.example.com/token",
        "https://other.example.com/again",
    ];
    assert_eq!(*asked.lock().expect("nobody panics"), addresses);
    assert_eq!(vault_token::SCOPES, ["doors", "roof"]);
}

#[tokio::test]
async fn what_asks_for_nothing_or_may_do_without_is_sent() {
    let (there, door_api) = door(|it| it.vault_key("k")).await;
    door_api.knock().await.expect("it is sent");
    assert_eq!(header(&arrived(&there).await, "x-vault-key"), None);
    let (there, door_api) = door(|it| it.vault_key("k")).await;
    door_api.paint().await.expect("it is sent");
    assert_eq!(header(&arrived(&there).await, "x-vault-key"), Some("k"));
    let (_there, door_api) = door(|it| it).await;
    door_api.paint().await.expect("it is sent");
    // What nobody can show is not asked for.
    door_api.fix().await.expect("it is sent");
}
