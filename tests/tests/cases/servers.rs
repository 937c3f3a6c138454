//! Addresses: what can be chosen in them, and operations that have one of their own.

use crate::ClientBuilder;
use crate::calls::{arrived, server};
use crate::cases::servers::operations::pot::PotApi;
use crate::cases::servers::servers as addresses;
use crate::runtime::OPEN;
use wiremock::ResponseTemplate;

#[test]
fn an_address_is_a_constant_or_made_of_what_is_chosen() {
    let eu = "https://eu.kiln.example.com:443/v2/";
    assert_eq!(addresses::DEFAULT, eu);
    assert_eq!(addresses::EU_KILN_EXAMPLE_COM_443_V2, eu);
    assert_eq!(addresses::eu_kiln_example_com_443_v2("eu", "443"), eu);
    assert_eq!(
        addresses::eu_kiln_example_com_443_v2("mars", "8443"),
        "https://mars.kiln.example.com:8443/v2/"
    );
    assert_eq!(
        addresses::kiln_example_com("acme"),
        "https://acme.kiln.example.com"
    );
    assert_eq!(
        addresses::zone_kiln_example_org("z"),
        "https://z.kiln.example.org"
    );
    assert_eq!(addresses::V2, "/v2");
}

#[tokio::test]
async fn an_operation_goes_to_its_own_server() {
    let there = server(ResponseTemplate::new(204)).await;
    let client = ClientBuilder::new("http://127.0.0.1:1/v2", "cases", &OPEN)
        .server(
            addresses::PHOTOS_KILN_EXAMPLE_COM,
            format!("{}/photos-of/", there.uri()),
        )
        .build()
        .expect("the client can be made");
    let api = PotApi { client };
    api.get_photo("a/b").await.expect("it goes there");
    assert_eq!(arrived(&there).await.url.path(), "/photos-of/photos/a%2Fb");
    // The others stay where they were.
    api.list().await.expect_err("nobody is at the base URL");
}

#[tokio::test]
async fn one_that_is_relative_starts_from_the_base_url() {
    let there = server(ResponseTemplate::new(204)).await;
    let client = ClientBuilder::new(format!("{}/proxy/v2", there.uri()), "cases", &OPEN);
    let api = PotApi {
        client: client.build().expect("the client can be made"),
    };
    api.glaze().await.expect("it goes there");
    assert_eq!(arrived(&there).await.url.path(), "/glaze/pots");
}

/// The same server as the document's, and one whose address is not complete, are the client's.
#[tokio::test]
async fn the_documents_server_is_the_clients() {
    for call in ["break", "mend"] {
        let there = server(ResponseTemplate::new(204)).await;
        let client = ClientBuilder::new(format!("{}/v9", there.uri()), "cases", &OPEN);
        let api = PotApi {
            client: client.build().expect("the client can be made"),
        };
        match call {
            "break" => api.r#break().await.expect("it goes there"),
            _ => api.mend().await.expect("it goes there"),
        }
        assert_eq!(arrived(&there).await.url.path(), "/v9/pots");
    }
}
