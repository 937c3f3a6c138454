//! Where an interface is served.

/// A server of the document.
pub struct Server<N> {
    /// Its constant.
    pub name: N,
    /// Its address as the document writes it: with `{variables}`.
    pub template: String,
    /// Its address with the default of every variable; `None` where one has none.
    pub address: Option<String>,
    /// What can be chosen in it, in the order of the address.
    pub choice: Option<Choice<N>>,
    /// What the document says about it.
    pub doc: Vec<String>,
}

/// What can be chosen in a server's address.
pub struct Choice<N> {
    /// The function that makes an address.
    pub name: N,
    /// Its arguments.
    pub variables: Vec<Variable<N>>,
}

/// A variable of a server's address.
pub struct Variable<N> {
    /// The argument.
    pub name: N,
    /// Its name in the address.
    pub wire: String,
    /// What the document says about it.
    pub doc: Vec<String>,
}
