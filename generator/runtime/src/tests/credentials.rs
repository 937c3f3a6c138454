//! What calls show, where, and what they do without it.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::server::{Server, answer, serve};
use crate::runtime::credential::choose;
use crate::runtime::{
    Client, Credential, CredentialProvider, Empty, Error, Request, Scheme, SecretFuture,
    SecretSpot, SecretString, Security,
};

const fn scheme(name: &'static str, spot: SecretSpot) -> Scheme {
    Scheme {
        name,
        setter: name,
        spot,
    }
}

static SECURITY: Security = Security {
    schemes: &[
        scheme("bearer", SecretSpot::Authorization("Bearer")),
        scheme("basic", SecretSpot::Authorization("Basic")),
        scheme("key", SecretSpot::Header("X-Key")),
        scheme("query", SecretSpot::Query("api key")),
        scheme("cookie", SecretSpot::Cookie("session")),
    ],
    default: &[&[0], &[2, 3]],
};

fn client(server: &Server, credentials: &[(usize, &str)]) -> Client {
    let mut builder = crate::runtime::ClientBuilder::new(&server.url, "x/1", &SECURITY);
    for (scheme, secret) in credentials {
        builder = builder.credential(*scheme, *secret);
    }
    builder.build().unwrap()
}

fn request(client: &Client) -> Request {
    Request::new(client, "listThings", "GET", "/things?a=1")
}

fn missing(error: Error) -> String {
    match error {
        Error::Credentials { missing, .. } => missing.into(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_secret_goes_where_its_scheme_wants_it() {
    let server = serve([answer("200 OK", "{}")]);
    let client = client(&server, &[(0, "b"), (2, "k e y"), (3, "a&b"), (4, "s;t")]);
    let request = request(&client).header::<String>("cookie", "theme=dark");
    let request = request.security(&[&[0, 2, 3, 4]]);
    request.send::<Empty>().await.unwrap();
    let asked = server.only();
    assert_eq!(asked.line, "GET /things?a=1&api%20key=a%26b");
    assert_eq!(asked.header("authorization"), Some("Bearer b"));
    assert_eq!(asked.header("x-key"), Some("k e y"));
    assert_eq!(asked.header("cookie"), Some("theme=dark; session=s%3Bt"));
}

#[tokio::test]
async fn a_name_and_a_password_are_put_together() {
    let server = serve([answer("200 OK", "{}")]);
    let client = crate::runtime::ClientBuilder::new(&server.url, "x/1", &SECURITY)
        .credential(1, Credential::basic("Aladdin", "open sesame"))
        .build()
        .unwrap();
    let request = request(&client).security(&[&[1]]);
    request.send::<Empty>().await.unwrap();
    // The example of RFC 7617.
    let asked = server.only();
    assert_eq!(
        asked.header("authorization"),
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );
}

#[test]
fn the_first_list_that_is_whole_is_shown() {
    let chosen = |alternatives, has: &[usize]| {
        choose(&SECURITY, alternatives, |scheme| has.contains(&scheme))
    };
    assert_eq!(chosen(&[&[0], &[2, 3]], &[2, 3]), Ok(&[2, 3][..]));
    assert_eq!(chosen(&[&[0], &[2, 3]], &[0, 2, 3]), Ok(&[0][..]));
    // What can be shown is shown, though nothing need be.
    assert_eq!(chosen(&[&[], &[2]], &[2]), Ok(&[2][..]));
    assert_eq!(chosen(&[&[2], &[]], &[]), Ok(&[][..]));
    assert_eq!(chosen(&[], &[0]), Ok(&[][..]));
    let text = "the operation needs credentials: give the client's builder `bearer`, or `key` and \
                `query`";
    assert_eq!(chosen(&[&[0], &[2, 3]], &[2]), Err(text.to_owned()));
}

#[tokio::test]
async fn what_is_missing_is_told_before_anything_is_sent() {
    let server = serve(["HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"]);
    let client = client(&server, &[(2, "k")]);
    let error = request(&client).send::<Empty>().await.unwrap_err();
    assert!(missing(error).ends_with("`bearer`, or `key` and `query`"));
    assert!(server.asked().is_empty());
    // What the caller puts there by hand counts.
    let by_hand = request(&client).query::<String>("api key", "q");
    by_hand.send::<Empty>().await.unwrap();
    assert_eq!(server.only().line, "GET /things?a=1&api%20key=q");
}

#[tokio::test]
async fn what_asks_for_nothing_is_shown_nothing() {
    let server = serve([answer("200 OK", "{}")]);
    let client = client(&server, &[(0, "b"), (2, "k")]);
    let open = request(&client).security(&[]);
    open.send::<Empty>().await.unwrap();
    let asked = server.only();
    assert_eq!(
        (asked.header("authorization"), asked.header("x-key")),
        (None, None)
    );
}

/// Gives `t0`, `t1` ... : the next one when one was refused.
struct Counting {
    given: AtomicUsize,
    fails: bool,
}

impl CredentialProvider for Counting {
    fn secret(&self) -> SecretFuture<'_> {
        Box::pin(async move {
            if self.fails {
                return Err("the vault is shut".into());
            }
            let count = self.given.load(Ordering::SeqCst);
            Ok(SecretString::from(format!("t{count}")))
        })
    }

    fn refused(&self, _: &SecretString) {
        self.given.fetch_add(1, Ordering::SeqCst);
    }
}

fn provided(server: &Server, fails: bool) -> Client {
    let given = AtomicUsize::new(0);
    let provider = Counting { given, fails };
    crate::runtime::ClientBuilder::new(&server.url, "x/1", &SECURITY)
        .credential(0, provider)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_provider_is_asked_for_each_call() {
    let server = serve([answer("200 OK", "{}")]);
    let client = provided(&server, false);
    request(&client).send::<Empty>().await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("Bearer t0"));
    let shut = provided(&server, true);
    let error = request(&shut).send::<Empty>().await.unwrap_err();
    assert_eq!(
        std::error::Error::source(&error).map(ToString::to_string),
        Some("the vault is shut".to_owned())
    );
    assert_eq!(
        error.to_string(),
        "listThings (GET): nothing sent: the provider for `bearer` gave no secret: the vault is \
         shut"
    );
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn no_secret_shows() {
    for credential in [
        Credential::from("s3cret"),
        Credential::basic("me", "s3cret"),
    ] {
        assert_eq!(format!("{credential:?}"), "Credential(fixed)");
    }
}
