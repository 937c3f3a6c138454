//! Answers of a token endpoint: a token or an error, and no secret in what is shown of either.

use super::{StandIn, answer_of, wait};
use crate::draw::Draw;
use crate::runtime::{CredentialProvider, OAuth, StatusCode};
use secrecy::ExposeSecret;
use serde_json::Value;

const SECRET: &str = "s3cr3t of client";
const REFRESH: &str = "r3fr3sh token";

/// Reads an answer that should have a token.
///
/// # Panics
/// A token is not taken as it is, or a secret is shown.
pub fn token(data: &[u8]) {
    let mut draw = Draw::new(data);
    let status = *draw.pick(&[200, 201, 400, 401, 500]);
    let by_refresh = draw.once_in(2);
    let body = draw.rest();
    let mut answer = answer_of(body.to_vec(), &[("content-type", b"application/json")]);
    answer.status = StatusCode::from_u16(status).unwrap_or_default();
    let server = StandIn::new([answer]);
    let url = "https://login.example.com/token";
    let oauth = match by_refresh {
        true => OAuth::refresh_token(url, "id", SECRET, REFRESH),
        false => OAuth::client_credentials(url, "id", SECRET),
    };
    let oauth = oauth.with_client(|client| client.transport(server.clone()));
    let got = wait(oauth.secret());
    let members: Value = serde_json::from_slice(body).unwrap_or_default();
    let given = members["access_token"]
        .as_str()
        .filter(|token| !token.is_empty());
    let kind = members["token_type"].as_str().unwrap_or("bearer");
    let given = given.filter(|_| status < 300 && kind.eq_ignore_ascii_case("bearer"));
    match got {
        Ok(token) => assert_eq!(Some(token.expose_secret()), given),
        Err(error) => {
            assert_eq!(given, None, "{error}");
            let mut shown = format!("{error} {error:?}");
            let mut source = std::error::Error::source(error.as_ref());
            while let Some(error) = source {
                shown = format!("{shown} {error} {error:?}");
                source = error.source();
            }
            assert!(
                !(shown.contains(SECRET) || by_refresh && shown.contains(REFRESH)),
                "{shown}"
            );
        }
    }
    assert!(!format!("{oauth:?}").contains(SECRET));
}
