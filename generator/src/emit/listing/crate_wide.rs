//! What belongs to no tag: how a client is made, features, credentials, servers, headers, webhooks.

use super::{quoted, short};
use crate::emit::{Package, WEBHOOKS, feature, ident};
use crate::ir::{Api, Name, Proof, Scheme, TokenUrl, Type};

/// The lines, in the order of the crate's files.
pub fn lines(api: &Api<Name>, package: &Package) -> Vec<String> {
    let mut lines: Vec<String> = [
        "rustls (default)",
        "native-tls",
        "tracing",
        "blocking",
        "mock",
    ]
    .map(|feature| format!("feature {feature}"))
    .into();
    // A tag of this name has it, too.
    let is_of_a_tag = api.groups.iter().any(|group| feature(group) == WEBHOOKS);
    if !api.hooks.is_empty() && !is_of_a_tag {
        lines.push(format!("feature {WEBHOOKS} (default)"));
    }
    lines.extend(makers(api, package));
    lines.extend(api.failure.map(|id| {
        format!(
            "fn ApiError::typed() -> Option<{}>",
            short(api, &Type::Named(id))
        )
    }));
    lines.extend(api.schemes.iter().flat_map(scheme));
    let default = api.default_server.as_ref();
    lines.extend(default.map(|url| format!("const servers::DEFAULT: &str = {}", quoted(url))));
    for server in &api.servers {
        let (name, address) = (ident(&server.name), server.address.as_ref());
        lines.extend(address.map(|url| format!("const servers::{name}: &str = {}", quoted(url))));
        lines.extend(server.choice.as_ref().map(|choice| {
            let names = choice.variables.iter();
            let names: Vec<String> = names
                .map(|it| format!("{}: &str", ident(&it.name)))
                .collect();
            let name = ident(&choice.name);
            format!("fn servers::{name}({}) -> String", names.join(", "))
        }));
    }
    lines.extend(api.headers.iter().map(|header| {
        let (name, of) = (ident(&header.name), short(api, &header.ty));
        format!(
            "const headers::{name}: Header<{of}> = {}",
            quoted(&header.wire)
        )
    }));
    lines.extend(api.hooks.iter().map(|hook| {
        let (name, of) = (ident(&hook.name), short(api, &hook.body));
        format!(
            "fn webhooks::{name}(body: &[u8]) -> {of}: {}",
            quoted(&hook.what)
        )
    }));
    lines
}

fn makers(api: &Api<Name>, package: &Package) -> Vec<String> {
    let address = if api.default_server.is_some() {
        ""
    } else {
        "base_url: String"
    };
    let with = |more: &str| match (address, more) {
        ("", more) => more.to_owned(),
        (address, "") => address.to_owned(),
        (address, more) => format!("{address}, {more}"),
    };
    let mut lines = Vec::new();
    let main = api.main_scheme.map(|position| &api.schemes[position]);
    lines.extend(main.map(|scheme| format!("fn Client::new({}) -> Client", with(secret(scheme)))));
    let single = main.filter(|scheme| scheme.proof != Proof::Basic);
    let variable = package.token_env.as_ref().filter(|_| single.is_some());
    lines.extend(variable.map(|variable| {
        format!(
            "fn Client::from_env({}) -> Client: {}",
            with(""),
            quoted(variable)
        )
    }));
    lines.push(format!("fn Client::builder({}) -> ClientBuilder", with("")));
    lines
}

fn secret(scheme: &Scheme<Name>) -> &'static str {
    match scheme.proof {
        Proof::Basic => "username: &str, password: SecretString",
        Proof::Authorization(_) | Proof::Header(_) | Proof::Query(_) | Proof::Cookie(_) => {
            "credential: Credential"
        }
    }
}

/// The function that takes its secret, and the module that gets its tokens.
fn scheme(scheme: &Scheme<Name>) -> Vec<String> {
    let name = ident(&scheme.name);
    let place = match &scheme.proof {
        Proof::Basic => "authorization \"Basic\"".to_owned(),
        Proof::Authorization(word) => format!("authorization {}", quoted(word)),
        Proof::Header(name) => format!("header {}", quoted(name)),
        Proof::Query(name) => format!("query {}", quoted(name)),
        Proof::Cookie(name) => format!("cookie {}", quoted(name)),
    };
    let mut lines = vec![format!(
        "fn ClientBuilder::{name}({}): {place}",
        secret(scheme)
    )];
    let Some(tokens) = &scheme.tokens else {
        return lines;
    };
    if !tokens.scopes.is_empty() {
        lines.push(format!(
            "const security::{name}::SCOPES: &[&str] = {:?}",
            tokens.scopes
        ));
    }
    let function = |function: &str, rest: &str, url: &TokenUrl| {
        let (server, url) = match url {
            TokenUrl::Whole(url) => ("", url),
            TokenUrl::Relative(url) => ("server: &str, ", url),
        };
        let arguments = format!("{server}client_id: String, client_secret: SecretString{rest}");
        format!(
            "fn security::{name}::{function}({arguments}) -> OAuth: {}",
            quoted(url)
        )
    };
    let own = tokens.own.as_ref();
    lines.extend(own.map(|url| function("client_credentials", "", url)));
    let rest = ", refresh_token: SecretString";
    let refreshed = tokens.refreshed.as_ref();
    lines.extend(refreshed.map(|url| function("refresh_token", rest, url)));
    lines
}
