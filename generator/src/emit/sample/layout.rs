//! Expressions as text, in one line or broken.

/// An expression.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A literal or a path.
    Plain(String),
    /// Expressions between an opening and a closing text, with commas.
    Group(String, Vec<Expr>, &'static str),
    /// Calls of methods, one on the other, each with its arguments.
    Chain(String, Vec<(String, Vec<Expr>)>),
    /// An expression and what stands behind it, such as `?`.
    Then(Box<Expr>, &'static str),
}

/// What is no longer than that is not broken, however far to the right it stands.
const NARROWEST: usize = 40;

/// One step to the right.
const INDENT: &str = "    ";

impl Expr {
    /// The text, in one line if it is not wider than `width`.
    pub fn text(&self, width: usize) -> String {
        let line = self.line();
        if line.len() <= width.max(NARROWEST) {
            return line;
        }
        match self {
            Expr::Plain(text) => text.clone(),
            Expr::Group(open, items, close) => broken(open, items, close, width),
            Expr::Chain(head, calls) => chain(head, calls, width),
            Expr::Then(of, end) => format!("{}{end}", of.text(width.saturating_sub(end.len()))),
        }
    }

    /// Whether it is several calls when it is broken.
    fn is_tall(&self) -> bool {
        match self {
            Expr::Plain(_) | Expr::Group(..) => false,
            Expr::Chain(_, calls) => calls.len() > 1,
            Expr::Then(of, _) => of.is_tall(),
        }
    }

    fn line(&self) -> String {
        match self {
            Expr::Plain(text) => text.clone(),
            Expr::Group(open, items, close) => format!("{open}{}{close}", list(items)),
            Expr::Chain(head, calls) => {
                let calls = calls.iter();
                let calls = calls.map(|(name, arguments)| format!(".{name}({})", list(arguments)));
                format!("{head}{}", calls.collect::<String>())
            }
            Expr::Then(of, end) => format!("{}{end}", of.line()),
        }
    }
}

fn list(items: &[Expr]) -> String {
    items.iter().map(Expr::line).collect::<Vec<_>>().join(", ")
}

/// Items in lines of their own; one alone stands on the line where it begins, unless it is several calls.
fn broken(open: &str, items: &[Expr], close: &str, width: usize) -> String {
    if let [only] = items
        && !only.is_tall()
    {
        return format!(
            "{open}{}{close}",
            only.text(width.saturating_sub(open.len()))
        );
    }
    // The comma of a tuple is there with the item.
    let close = close.trim_start_matches(',');
    let items = items.iter().map(|item| {
        let text = item.text(width.saturating_sub(INDENT.len() + 1));
        format!("{INDENT}{},\n", text.replace('\n', &format!("\n{INDENT}")))
    });
    format!("{open}\n{}{close}", items.collect::<String>())
}

/// A single call stays on the line of its head, and its arguments are broken; several calls have lines
/// of their own.
fn chain(head: &str, calls: &[(String, Vec<Expr>)], width: usize) -> String {
    if let [(name, arguments)] = calls {
        return broken(&format!("{head}.{name}("), arguments, ")", width);
    }
    let width = width.saturating_sub(INDENT.len());
    let calls = calls.iter().map(|(name, arguments)| {
        let call = Expr::Group(format!(".{name}("), arguments.clone(), ")");
        format!(
            "\n{INDENT}{}",
            call.text(width).replace('\n', &format!("\n{INDENT}"))
        )
    });
    format!("{head}{}", calls.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::Expr;

    fn plain(text: &str) -> Expr {
        Expr::Plain(text.to_owned())
    }

    #[test]
    fn breaks_what_is_too_wide() {
        let builder = Expr::Chain(
            "Tag::builder()".to_owned(),
            vec![
                ("label".to_owned(), vec![plain("\"warm leads\"")]),
                (
                    "ids".to_owned(),
                    vec![Expr::Group(
                        "[".to_owned(),
                        vec![plain("1"), plain("2")],
                        "]",
                    )],
                ),
            ],
        );
        let call = Expr::Chain(
            "client.tag()".to_owned(),
            vec![("create".to_owned(), vec![builder])],
        );
        assert_eq!(
            call.text(80),
            "client.tag().create(Tag::builder().label(\"warm leads\").ids([1, 2]))"
        );
        assert_eq!(
            call.text(40),
            "client.tag().create(\n    Tag::builder()\n        .label(\"warm leads\")\n        .ids([1, 2]),\n)"
        );
    }
}
