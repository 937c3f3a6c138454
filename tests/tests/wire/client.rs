//! The client: where it sends, what it sends along, and what it tells nobody.

use std::process::Command;

use instantly_client::{Client, Credential, Error, HttpClient, servers};
use serde_json::json;

use crate::server::{Server, TOKEN, USER_AGENT, header, target};
use crate::{ID, Outcome};

async fn server() -> Server {
    Server::json(200, json!({ "items": [] })).await
}

#[tokio::test]
async fn the_base_url_keeps_its_path() -> Outcome {
    let server = server().await;
    for path in ["/proxy/instantly", "/proxy/instantly/"] {
        let client = server.builder().base_url(server.uri() + path).build()?;
        client.custom_tag().list().limit(1).await?;
        assert_eq!(client.base_url(), server.uri() + "/proxy/instantly");
    }
    for request in server.requests().await {
        assert_eq!(
            target(&request),
            "/proxy/instantly/api/v2/custom-tags?limit=1"
        );
    }
    Ok(())
}

#[test]
fn the_servers_of_the_document_are_constants() -> Outcome {
    assert_eq!(servers::DEFAULT, "https://api.instantly.ai");
    assert_eq!(Client::new(TOKEN)?.base_url(), servers::DEFAULT);
    let mock = servers::DEVELOPER_INSTANTLY_AI_MOCK_API_V2;
    assert_eq!(mock, "https://developer.instantly.ai/_mock/api/v2/");
    Ok(())
}

#[test]
fn what_a_client_cannot_be_made_of_is_all_told() -> Outcome {
    let builder = Client::builder()
        .base_url("ftp://x.io/?a=b")
        .api_key_auth("a\nb");
    let result = builder.user_agent("").header("no name", "x").build();
    let Err(Error::Invalid { call, faults, .. }) = result else {
        return Err(format!("{result:?}").into());
    };
    assert_eq!(call, None);
    assert_eq!(faults.len(), 5, "{faults:?}");
    assert!(faults.iter().all(|fault| !fault.contains("a\nb")));
    Ok(())
}

#[tokio::test]
async fn the_user_agent_is_its_own_unless_set() -> Outcome {
    let server = server().await;
    let builder = Client::builder().base_url(server.uri()).api_key_auth(TOKEN);
    builder.clone().build()?.custom_tag().list().await?;
    builder
        .user_agent("acme/2.0")
        .build()?
        .custom_tag()
        .list()
        .await?;
    let requests = server.requests().await;
    let own = header(&requests[0], "user-agent");
    assert!(
        own.is_some_and(|own| own.starts_with("instantly-client/")),
        "{own:?}"
    );
    assert_eq!(header(&requests[1], "user-agent"), Some("acme/2.0"));
    Ok(())
}

#[tokio::test]
async fn a_header_goes_with_every_call_and_the_calls_own_wins() -> Outcome {
    let server = server().await;
    let client = server.builder().header("x-as-workspace", ID).build()?;
    client.custom_tag().list().await?;
    client.lead().list().await?;
    client
        .webhook()
        .list()
        .with_header("x-as-workspace", "other")
        .await?;
    let requests = server.requests().await;
    let workspace = |at: usize| header(&requests[at], "x-as-workspace");
    assert_eq!(workspace(0), Some(ID));
    assert_eq!(workspace(1), Some(ID));
    assert_eq!(workspace(2), Some("other"));
    Ok(())
}

#[tokio::test]
async fn the_pages_of_a_list_carry_the_headers_too() -> Outcome {
    let tag = json!({
        "id": ID, "timestamp_created": "", "timestamp_updated": "", "organization_id": ID,
        "label": "a"
    });
    let answer = json!({ "items": [tag], "next_starting_after": "1" });
    let server = Server::json(200, answer).await;
    let client = server.builder().header("x-as-workspace", ID).build()?;
    let tags = client.custom_tag().list().stream().collect_up_to(9).await?;
    assert_eq!(tags.len(), 2);
    for request in server.requests().await {
        assert_eq!(header(&request, "x-as-workspace"), Some(ID));
        assert_eq!(header(&request, "user-agent"), Some(USER_AGENT));
    }
    Ok(())
}

#[tokio::test]
async fn the_callers_own_http_client() -> Outcome {
    let server = server().await;
    let mut defaults = instantly_client::header::HeaderMap::new();
    defaults.insert("x-mine", "yes".parse()?);
    let http = HttpClient::builder().default_headers(defaults).build()?;
    let client = server.builder().http_client(http).build()?;
    client.custom_tag().list().await?;
    server.saw("GET", "/api/v2/custom-tags").await;
    assert_eq!(header(&server.request().await, "x-mine"), Some("yes"));
    Ok(())
}

#[tokio::test]
async fn a_clone_sends_the_same() -> Outcome {
    let server = server().await;
    let call = server.client().clone().custom_tag().list().limit(3);
    call.clone().await?;
    call.send().await?;
    let requests = server.requests().await;
    assert_eq!(target(&requests[0]), target(&requests[1]));
    assert_eq!(requests[0].headers, requests[1].headers);
    Ok(())
}

#[tokio::test]
async fn the_token_shows_nowhere() -> Outcome {
    let server = Server::json(401, json!({ "message": "No" })).await;
    let builder = server.builder().header("x-other-key", "second-secret");
    let client = builder.clone().build()?;
    let call = client
        .account()
        .get("a+b@x.io")
        .with_header("x-third", "third-secret");
    let error = call.clone().await.err().ok_or("no error")?;
    let tags = client.custom_tag();
    let shown = [
        format!("{builder:?}"),
        format!("{client:?}"),
        format!("{tags:?}"),
        format!("{call:?}"),
        format!("{:?}", tags.list().stream()),
        format!("{:?}", tags.list().pages()),
        format!("{error:?}"),
        format!("{error:#?}"),
        error.to_string(),
    ];
    for text in shown {
        for secret in [TOKEN, "second-secret", "third-secret"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    assert!(format!("{client:?}").contains("Some(Credential(fixed))"));
    Ok(())
}

/// Runs one test of this file again, in a process whose environment is as given.
fn again(test: &str, variables: &[(&str, &str)]) -> Outcome {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--exact", test, "--ignored", "--test-threads=1"]);
    command
        .env("WIRE_TEST_CHILD", "1")
        .env_remove("INSTANTLY_API_KEY")
        .envs(variables.iter().copied());
    let output = command.output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("1 passed"), "{text}");
    Ok(())
}

#[tokio::test]
#[ignore = "run by the tests below, each in its own environment"]
async fn in_another_process() -> Outcome {
    if std::env::var_os("WIRE_TEST_CHILD").is_none() {
        return Ok(());
    }
    match std::env::var("WIRE_TEST_SERVER") {
        Ok(uri) => {
            let builder = Client::builder().base_url(uri).user_agent(USER_AGENT);
            let client = builder
                .api_key_auth(Credential::from_env("WIRE_TEST_KEY"))
                .build()?;
            client.custom_tag().list().await?;
            assert_eq!(Client::from_env()?.base_url(), servers::DEFAULT);
        }
        Err(_) => {
            let result = Client::from_env();
            let Err(Error::Credentials { call, missing, .. }) = result else {
                return Err(format!("{result:?}").into());
            };
            assert_eq!(call, None);
            assert!(missing.contains("INSTANTLY_API_KEY"), "{missing}");
            let given = Client::builder().api_key_auth(Credential::from_env("INSTANTLY_API_KEY"));
            given.api_key_auth(TOKEN).build()?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_token_comes_from_the_environment() -> Outcome {
    let server = server().await;
    let (uri, token) = (server.uri(), format!(" {TOKEN}\n"));
    let variables = [
        ("WIRE_TEST_SERVER", uri.as_str()),
        ("WIRE_TEST_KEY", token.as_str()),
        ("INSTANTLY_API_KEY", "another-key"),
    ];
    again("client::in_another_process", &variables)?;
    server.saw("GET", "/api/v2/custom-tags").await;
    Ok(())
}

#[test]
fn an_environment_without_a_token_is_told() -> Outcome {
    again("client::in_another_process", &[])?;
    again("client::in_another_process", &[("INSTANTLY_API_KEY", " ")])
}
