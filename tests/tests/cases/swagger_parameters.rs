//! Parameters of Swagger 2.0, as they arrive.

use crate::calls::{arrived, client, header, server};
use crate::cases::swagger_parameters::models::{AddFruitRequest, ListFruitMulti};
use crate::cases::swagger_parameters::operations::fruit::FruitApi;
use wiremock::ResponseTemplate;

#[tokio::test]
async fn collection_formats() {
    let there = server(ResponseTemplate::new(204)).await;
    let api = FruitApi {
        client: client(&there),
    };
    let two = || ["a b", "c,d"];
    api.list(["fig", "plum/red"])
        .plain([1, 2])
        .csv(two())
        .ssv(two())
        .tsv(two())
        .pipes(two())
        .multi([ListFruitMulti::A, ListFruitMulti::B])
        .x_rows([3, 4])
        .id_in_query("q")
        .id_in_header("h")
        .limit(5)
        .await
        .expect("the call is answered");
    let request = arrived(&there).await;
    assert_eq!(request.url.path(), "/fruit/fig,plum%2Fred");
    assert_eq!(
        request.url.query(),
        Some(
            "sort=asc&plain=1,2&csv=a%20b,c%2Cd&ssv=a%20b%20c%2Cd&tsv=a%20b%20c%2Cd\
             &pipes=a%20b%7Cc%2Cd&multi=a&multi=b&id=q&limit=5"
        )
    );
    assert_eq!(header(&request, "x-rows"), Some("3,4"));
    assert_eq!(header(&request, "id"), Some("h"));
}

#[tokio::test]
async fn form_data() {
    let there = server(ResponseTemplate::new(204)).await;
    let api = FruitApi {
        client: client(&there),
    };
    let form = AddFruitRequest::builder()
        .name("a&b")
        .body(7)
        .tags(["x", "y"]);
    api.add(["fig"], form).await.expect("the call is answered");
    let request = arrived(&there).await;
    let kind = header(&request, "content-type");
    assert_eq!(kind, Some("application/x-www-form-urlencoded"));
    assert_eq!(request.body, b"name=a%26b&body=7&tags=x&tags=y");
}
