//! Paths and methods of every kind, as they arrive.

use crate::calls::{arrived, client, server};
use crate::cases::paths::operations::api::Api;
use std::future::IntoFuture;
use wiremock::ResponseTemplate;

/// The line of the request that a call sends.
async fn line<C: IntoFuture<Output = Result<(), crate::Error>>>(
    call: impl FnOnce(&Api) -> C,
) -> String {
    let there = server(ResponseTemplate::new(204)).await;
    let api = Api {
        client: client(&there),
    };
    call(&api).await.expect("the call is answered");
    let request = arrived(&there).await;
    let query = request.url.query().map(|query| format!("?{query}"));
    let (path, query) = (request.url.path(), query.unwrap_or_default());
    format!("{} {path}{query}", request.method)
}

#[tokio::test]
async fn paths() {
    assert_eq!(line(Api::root).await, "GET /");
    assert_eq!(line(Api::slash).await, "GET /a/");
    assert_eq!(line(Api::no_slash).await, "GET /no/slash");
    assert_eq!(
        line(|api| api.twice("x/y")).await,
        "GET /twice/x%2Fy/again/x%2Fy"
    );
    assert_eq!(line(|api| api.suffix("1")).await, "GET /files/1.json");
    assert_eq!(line(|api| api.span("a-b", 7)).await, "GET /span/a-b-7");
    assert_eq!(line(|api| api.act("1")).await, "POST /things/1:close");
    assert_eq!(
        line(|api| api.search_walls().q("a&b")).await,
        "GET /search?kind=wall&q=a%26b"
    );
    assert_eq!(line(Api::dig).await, "POST /");
    assert_eq!(line(|api| api.fill("here")).await, "POST /?at=here");
    assert_eq!(line(Api::open_brace).await, "GET /open/%7Bbrace");
    assert_eq!(
        line(|api| api.double_brace("1")).await,
        "GET /double/%7B1%7D"
    );
}

#[tokio::test]
async fn names_made_of_methods_and_paths() {
    assert_eq!(line(|api| api.get_walls_by_wall("w")).await, "GET /walls/w");
    assert_eq!(line(|api| api.get_walls_by_name("n")).await, "GET /walls/n");
    assert_eq!(
        line(|api| api.get_accounts_by_account_id_transactions("7")).await,
        "GET /accounts/7/transactions"
    );
}

#[tokio::test]
async fn parameters_called_as_keywords() {
    assert_eq!(
        line(|api| api.get_src("main", "feature/x").r#type("t").crate_("c")).await,
        "GET /src/main/feature%2Fx?type=t&crate=c"
    );
}

#[tokio::test]
async fn methods() {
    assert_eq!(line(Api::any_head).await, "HEAD /any");
    assert_eq!(line(Api::any_options).await, "OPTIONS /any");
    assert_eq!(line(Api::any_trace).await, "TRACE /any");
    assert_eq!(line(|api| api.any_query("x")).await, "QUERY /any");
    assert_eq!(line(Api::any_copy).await, "COPY /any");
    assert_eq!(line(Api::any_lower).await, "lower /any");
}

#[tokio::test]
async fn dots_are_no_values() {
    let there = server(ResponseTemplate::new(204)).await;
    let api = Api {
        client: client(&there),
    };
    for (call, dots) in [(api.get_src("..", "x"), ".."), (api.get_src("x", "."), ".")] {
        let error = call.await.expect_err(dots);
        assert!(error.to_string().contains("`.` or `..`"), "{error}");
    }
}
