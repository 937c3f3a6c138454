//! Security schemes, and which of them each operation asks for.

use super::docs;
use super::schema::wire_slot;
use crate::ir::{Alternatives, Group, Proof, Scheme, Slot, TokenUrl, Tokens};
use crate::read::{self, Document};
use crate::report::Report;
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityRequirement, SecurityScheme};
use url::{ParseError, Url};

/// What the document says about proving who is calling.
pub struct Security {
    /// The schemes whose proof a client can show, in document order.
    pub schemes: Vec<Scheme<Slot>>,
    /// What an operation asks for that does not say so itself.
    pub default: Alternatives,
}

/// Reads schemes and default.
pub fn security(document: &Document, report: &mut Report) -> Security {
    let schemes = schemes(document, report);
    let at = Pointer::root().key("security");
    let default = alternatives(&document.security, &at, &schemes, report);
    Security { schemes, default }
}

/// What an operation asks for, where it is not the default.
pub fn own(
    operation: &read::Operation,
    security: &Security,
    report: &mut Report,
) -> Option<Alternatives> {
    let own = operation.item.security.as_ref()?;
    let at = operation.at.key("security");
    let own = alternatives(own, &at, &security.schemes, report);
    (own != security.default).then_some(own)
}

fn schemes(document: &Document, report: &mut Report) -> Vec<Scheme<Slot>> {
    let at = document.security_schemes_at();
    let schemes = document.security_schemes.iter();
    schemes
        .filter_map(|(name, scheme)| {
            let at = at.key(name);
            Some(Scheme {
                name: wire_slot(&at, name),
                wire: name.clone(),
                proof: proof(scheme, &at, report)?,
                tokens: tokens(scheme, &at, report),
                doc: doc(scheme),
            })
        })
        .collect()
}

fn proof(scheme: &SecurityScheme, at: &Pointer, report: &mut Report) -> Option<Proof> {
    let bearer = || Proof::Authorization("Bearer".to_owned());
    Some(match scheme {
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => bearer(),
        SecurityScheme::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "bearer" => bearer(),
            "basic" => Proof::Basic,
            other if is_token(other) => {
                if other == "digest" || other == "negotiate" || other == "hoba" {
                    let message = format!(
                        "`{scheme}` answers a challenge, which a client does not do by itself"
                    );
                    let help = "what it is given is sent behind the word; answer the challenge by \
                                a provider or by the HTTP client";
                    report.warning("challenge-scheme", at, message, help);
                }
                Proof::Authorization(scheme.clone())
            }
            other => {
                let message = format!("`{other}` cannot be a scheme of the header Authorization");
                report.warning("unusable-security-scheme", at, message, UNUSED);
                return None;
            }
        },
        SecurityScheme::APIKey { location, name, .. } => {
            let in_query = matches!(location, APIKeyLocation::Query);
            if name.is_empty() || !(in_query || is_token(name)) {
                let message = format!("`{name}` cannot be the name of a header or a cookie");
                report.warning("unusable-security-scheme", at, message, UNUSED);
                return None;
            }
            match location {
                APIKeyLocation::Header => Proof::Header(name.clone()),
                APIKeyLocation::Query => Proof::Query(name.clone()),
                APIKeyLocation::Cookie => Proof::Cookie(name.clone()),
            }
        }
    })
}

/// Where a client gets its tokens. Of the flows in which a user consents what can be renewed counts:
/// the consent itself is between the user and a browser.
fn tokens(scheme: &SecurityScheme, at: &Pointer, report: &mut Report) -> Option<Tokens> {
    let SecurityScheme::OAuth2 { flows, .. } = scheme else {
        return None;
    };
    let mut scopes = Vec::new();
    let mut address_in = |flow: &str, url: &str, of: &IndexMap<String, String>| {
        let address = token_url(url);
        if address.is_none() {
            report.warning(
                "unusable-token-url",
                &at.key("flows").key(flow),
                format!("`{url}` is no address that tokens can come from"),
                "give the client a token, or an `OAuth` with the whole address",
            );
        }
        for scope in of.keys() {
            if !scopes.contains(scope) {
                scopes.push(scope.clone());
            }
        }
        address
    };
    let own = flows.client_credentials.as_ref();
    let own = own.and_then(|it| address_in("clientCredentials", &it.token_url, &it.scopes));
    let by_code = flows.authorization_code.as_ref().and_then(|it| {
        let url = it.refresh_url.as_ref().unwrap_or(&it.token_url);
        address_in("authorizationCode", url, &it.scopes)
    });
    let by_password = flows.password.as_ref().and_then(|it| {
        let url = it.refresh_url.as_ref().unwrap_or(&it.token_url);
        address_in("password", url, &it.scopes)
    });
    let refreshed = by_code.or(by_password);
    (own.is_some() || refreshed.is_some()).then_some(Tokens {
        own,
        refreshed,
        scopes,
    })
}

/// An address of the web, or one that is seen from a server.
fn token_url(url: &str) -> Option<TokenUrl> {
    let url = url.trim().to_owned();
    match Url::parse(&url) {
        Ok(whole) if matches!(whole.scheme(), "http" | "https") => Some(TokenUrl::Whole(url)),
        Err(ParseError::RelativeUrlWithoutBase) if !url.is_empty() => Some(TokenUrl::Relative(url)),
        _ => None,
    }
}

const UNUSED: &str = "operations are called without it";

/// Whether a text is a token of HTTP.
fn is_token(text: &str) -> bool {
    let symbol = |byte: u8| b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || symbol(byte))
}

fn doc(scheme: &SecurityScheme) -> Vec<String> {
    let (description, facts) = match scheme {
        SecurityScheme::APIKey { description, .. } => (description, Vec::new()),
        SecurityScheme::HTTP {
            description,
            bearer_format,
            ..
        } => {
            let format = bearer_format.iter();
            let format = format.map(|format| format!("Its form is {}.", docs::code(format)));
            (description, format.collect())
        }
        SecurityScheme::OAuth2 {
            description, flows, ..
        } => (description, flows_doc(flows)),
        SecurityScheme::OpenIDConnect {
            description,
            open_id_connect_url,
            ..
        } => {
            let address = docs::code(open_id_connect_url);
            (
                description,
                vec![format!("Tokens are described at {address}.")],
            )
        }
    };
    let mut doc = docs::lines(description.as_deref().unwrap_or_default());
    for fact in facts {
        if !doc.is_empty() {
            doc.push(String::new());
        }
        doc.push(fact);
    }
    doc
}

/// Where the tokens of each flow come from.
fn flows_doc(flows: &OAuth2Flows) -> Vec<String> {
    let tokens = |flow: &str, url: &str| {
        format!("The flow `{flow}` has its tokens from {}.", docs::code(url))
    };
    let mut doc = Vec::new();
    if let Some(flow) = &flows.client_credentials {
        doc.push(tokens("clientCredentials", &flow.token_url));
    }
    if let Some(flow) = &flows.authorization_code {
        let page = docs::code(&flow.authorization_url);
        let text = tokens("authorizationCode", &flow.token_url);
        doc.push(format!("{text} Its page is {page}."));
    }
    if let Some(flow) = &flows.password {
        doc.push(tokens("password", &flow.token_url));
    }
    if let Some(flow) = &flows.implicit {
        let page = docs::code(&flow.authorization_url);
        doc.push(format!("The page of the flow `implicit` is {page}."));
    }
    doc
}

/// The positions of the schemes that are asked for; a list with a scheme that cannot be used counts
/// as one that asks for the rest.
fn alternatives(
    requirements: &[SecurityRequirement],
    at: &Pointer,
    schemes: &[Scheme<Slot>],
    report: &mut Report,
) -> Alternatives {
    let mut all = Alternatives::new();
    for (index, requirement) in requirements.iter().enumerate() {
        let mut list = Vec::new();
        for name in requirement.keys() {
            match schemes.iter().position(|scheme| scheme.wire == *name) {
                Some(position) => list.push(position),
                None => report.note(
                    "unknown-security-scheme",
                    &at.index(index).key(name),
                    format!("`{name}` is no security scheme that a client can show"),
                    UNUSED,
                ),
            }
        }
        list.sort_unstable();
        if !all.contains(&list) {
            all.push(list);
        }
    }
    all
}

/// The scheme that alone is enough for the most operations.
pub fn main(security: &Security, groups: &[Group<Slot>]) -> Option<usize> {
    let mut counts = vec![0; security.schemes.len()];
    for operation in groups.iter().flat_map(|group| &group.operations) {
        for list in operation.security.as_ref().unwrap_or(&security.default) {
            if let [only] = list.as_slice() {
                counts[*only] += 1;
            }
        }
    }
    let positions = 0..counts.len();
    let most = positions.max_by_key(|position| (counts[*position], std::cmp::Reverse(*position)));
    most.filter(|position| counts[*position] > 0)
}
