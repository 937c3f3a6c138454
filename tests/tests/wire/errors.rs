//! Calls that give no value: the server's own errors, bodies that do not decode, no answer.

use std::net::TcpListener;
use std::time::Duration;

use instantly_client::{Client, Error, header, models};
use serde_json::json;
use tokio::net::TcpSocket;
use wiremock::ResponseTemplate;

use crate::server::{Server, TOKEN};
use crate::{ID, OTHER, Outcome, WHEN};

#[tokio::test]
async fn errors_of_the_server_have_a_typed_body() -> Outcome {
    let cases = [
        (401, "Unauthorized", "Invalid API key", false),
        (402, "Payment Required", "Plan lacks the feature", false),
        (404, "Not Found", "No such tag", false),
        (429, "Too Many Requests", "Rate limit exceeded", true),
    ];
    for (status, name, message, retryable) in cases {
        let body = json!({ "statusCode": status, "error": name, "message": message });
        let server = Server::json(status, body).await;
        let result = server.client().custom_tag().get(ID).await;
        let error = result.err().ok_or("no error")?;
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.is_retryable(), retryable);
        assert_eq!(error.is_not_found(), status == 404);
        assert!(!error.is_timeout());
        let text = format!("getCustomTag (GET): {status} {name}: {message}");
        assert_eq!(error.to_string(), text);
        let api = error.api().ok_or("no API error")?;
        assert_eq!(api.message(), Some(message));
        assert_eq!(api.call().operation, "getCustomTag");
        let typed = api.typed().ok_or("not the shared body")?;
        assert_eq!(typed.status_code, Some(i64::from(status)));
        assert_eq!(typed.error.as_deref(), Some(name));
        assert_eq!(typed.message.as_deref(), Some(message));
    }
    Ok(())
}

#[tokio::test]
async fn errors_of_the_server_keep_everything() -> Outcome {
    let page = "<html><body>Bad gateway</body></html>";
    let answer = ResponseTemplate::new(502).set_body_raw(page, "text/html");
    let server = Server::answering(answer.insert_header("cf-ray", "r-1")).await;
    let result = server.client().custom_tag().list().await;
    let Err(Error::Api(error)) = result else {
        return Err("no API error".into());
    };
    assert_eq!(error.status().as_u16(), 502);
    assert_eq!(error.typed(), None);
    assert_eq!(error.message(), None);
    assert_eq!(error.text(), page);
    assert_eq!(error.body(), page.as_bytes());
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(error.headers()[header::CONTENT_TYPE], "text/html");
    assert!(Error::Api(error).is_retryable());
    Ok(())
}

#[tokio::test]
async fn bodies_of_an_operation_of_its_own() -> Outcome {
    let body = json!({
        "statusCode": 400, "error": "Bad Request", "message": "No", "code": "RESTRICTED",
        "keyword": "bank"
    });
    let server = Server::json(400, body).await;
    let body = models::GenerateSimilarDomainsRequest::builder().domain("bank.example");
    let orders = server.client().dfy_email_account_order();
    let result = orders.generate_similar_domains(body).await;
    let error = result.err().ok_or("no error")?;
    let error = error.api().ok_or("no API error")?;
    let own: models::GenerateSimilarDomainsBadRequest = error.json()?;
    assert_eq!(own.keyword.as_deref(), Some("bank"));
    assert_eq!(own.code.as_deref(), Some("RESTRICTED"));
    Ok(())
}

#[tokio::test]
async fn a_body_that_does_not_decode_is_kept_whole() -> Outcome {
    let webhook = |status: &str| {
        format!(r#"{{"id":"{ID}","organization":"{OTHER}","target_hook_url":"x","#)
            + &format!(r#""timestamp_created":"{WHEN}","status":{status}}}"#)
    };
    let body = format!(
        r#"{{"items":[{},{}]}}"#,
        webhook("1"),
        webhook("\"broken\"")
    );
    let answer = ResponseTemplate::new(200).set_body_raw(body.clone(), "application/json");
    let server = Server::answering(answer.insert_header("x-request-id", "r-1")).await;
    let result = server.client().webhook().list().await;
    let Err(Error::Decode(error)) = result else {
        return Err(format!("{result:?}").into());
    };
    assert_eq!(error.path(), "$.items[1].status");
    assert_eq!(error.status().as_u16(), 200);
    assert_eq!(error.headers()["x-request-id"], "r-1");
    assert_eq!(error.body(), body.as_bytes());
    assert_eq!(error.call().operation, "listWebhook");
    assert!(error.message().contains("broken"), "{}", error.message());
    assert!(!Error::Decode(error).is_retryable());
    Ok(())
}

#[tokio::test]
async fn a_member_that_is_missing_is_named() -> Outcome {
    let server = Server::json(200, json!({ "items": [{ "id": ID }] })).await;
    let result = server.client().custom_tag_mapping().list().await;
    let Err(Error::Decode(error)) = result else {
        return Err(format!("{result:?}").into());
    };
    assert_eq!(error.path(), "$.items[0]");
    assert_eq!(error.message(), "missing field `tag_id`");
    let text = error.to_string();
    let head = "listCustomTagMapping (GET): 200 OK, but the body does not decode at $.items[0]: ";
    assert_eq!(text, format!("{head}missing field `tag_id`"));
    Ok(())
}

#[tokio::test]
async fn a_body_that_is_cut_short_or_no_json() -> Outcome {
    for body in ["", "{\"items\":[", "<html>", "[]"] {
        let answer = ResponseTemplate::new(200).set_body_raw(body, "application/json");
        let server = Server::answering(answer).await;
        let error = server
            .client()
            .custom_tag()
            .list()
            .await
            .err()
            .ok_or("no error")?;
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            Some(200),
            "{body}"
        );
        match (body, &error) {
            ("", Error::EmptyBody { .. }) => {}
            (_, Error::Decode(error)) if !body.is_empty() => {
                assert_eq!(error.body(), body.as_bytes());
            }
            _ => return Err(format!("{body}: {error:?}").into()),
        }
    }
    Ok(())
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() -> Outcome {
    let server = Server::json(200, json!({ "items": [] })).await;
    let client = Client::builder().base_url(server.uri()).build()?;
    let result = client.custom_tag().list().await;
    let Err(Error::Credentials { call, missing, .. }) = result else {
        return Err(format!("{result:?}").into());
    };
    assert_eq!(call.map(|call| call.operation), Some("listCustomTag"));
    assert!(missing.contains("api_key_auth"), "{missing}");
    server.saw_nothing().await;
    Ok(())
}

#[tokio::test]
async fn an_empty_path_parameter_is_not_sent() -> Outcome {
    let server = Server::json(200, json!({})).await;
    for email in ["", ".", ".."] {
        let result = server.client().account().get(email).await;
        assert!(matches!(result, Err(Error::Invalid { .. })), "{email:?}");
    }
    server.saw_nothing().await;
    Ok(())
}

/// A server that takes connections and never answers.
fn silent() -> std::io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    Ok((listener, address))
}

#[tokio::test]
async fn no_answer_in_time() -> Outcome {
    let (listener, address) = silent()?;
    let builder = Client::builder().base_url(address).api_key_auth(TOKEN);
    let client = builder.timeout(Duration::from_millis(50)).build()?;
    let error = client.custom_tag().list().await.err().ok_or("no error")?;
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
    assert!(error.is_timeout());
    assert!(error.is_retryable());
    assert_eq!(error.status(), None);
    drop(listener);
    Ok(())
}

#[tokio::test]
async fn a_call_has_a_time_limit_of_its_own() -> Outcome {
    let (listener, address) = silent()?;
    let builder = Client::builder().base_url(address).api_key_auth(TOKEN);
    let client = builder.timeout(Duration::from_secs(3600)).build()?;
    let call = client
        .custom_tag()
        .list()
        .with_timeout(Duration::from_millis(50));
    let error = call.await.err().ok_or("no error")?;
    assert!(error.is_timeout(), "{error:?}");
    drop(listener);
    Ok(())
}

#[tokio::test]
async fn nobody_listens() -> Outcome {
    // Bound and not listening, so that no server of another test gets the port in the meantime.
    let socket = TcpSocket::new_v4()?;
    socket.bind(([127, 0, 0, 1], 0).into())?;
    let client = Client::builder()
        .base_url(format!("http://{}", socket.local_addr()?))
        .api_key_auth(TOKEN)
        .build()?;
    let error = client.custom_tag().list().await.err().ok_or("no error")?;
    assert!(matches!(error, Error::Connection { .. }), "{error:?}");
    assert!(error.is_retryable());
    assert!(!error.to_string().contains(TOKEN));
    Ok(())
}

#[tokio::test]
async fn a_token_that_the_server_repeats_is_blotted_out() -> Outcome {
    let message = format!("The key {TOKEN} is not valid");
    let server = Server::json(401, json!({ "message": message })).await;
    let error = server
        .client()
        .custom_tag()
        .list()
        .await
        .err()
        .ok_or("no error")?;
    assert!(!error.to_string().contains(TOKEN), "{error}");
    assert!(!format!("{error:?}").contains(TOKEN), "{error:?}");
    assert!(error.to_string().contains("The key [secret] is not valid"));
    Ok(())
}
