//! How a client proves who it is.

/// A way to do so.
pub struct Scheme<N> {
    /// The function of the client's builder that takes its secret.
    pub name: N,
    /// Its name in the document.
    pub wire: String,
    /// What is shown, and where.
    pub proof: Proof,
    /// Where its tokens come from, where the client can get them by itself.
    pub tokens: Option<Tokens>,
    /// What the document says about it.
    pub doc: Vec<String>,
}

/// An address that gives tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenUrl {
    /// A whole one.
    Whole(String),
    /// One that is seen from the server that the client calls.
    Relative(String),
}

/// Where the tokens of OAuth 2 come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// The address that gives them to the client itself.
    pub own: Option<TokenUrl>,
    /// The address that gives them for a refresh token.
    pub refreshed: Option<TokenUrl>,
    /// The scopes that there are.
    pub scopes: Vec<String>,
}

/// What is shown, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A name and a password, in the header `Authorization`.
    Basic,
    /// A secret behind this word, in the header `Authorization`.
    Authorization(String),
    /// A secret in this header.
    Header(String),
    /// A secret in this query parameter.
    Query(String),
    /// A secret in this cookie.
    Cookie(String),
}

/// Positions in [`Api::schemes`](super::Api::schemes): each list is enough, if all of it is shown.
///
/// An empty list asks for nothing, and so do no lists at all.
pub type Alternatives = Vec<Vec<usize>>;
