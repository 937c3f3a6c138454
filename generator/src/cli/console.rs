//! What a command says: results for standard output, everything else for standard error.
//!
//! May not decide what is said, only how it looks: text, JSON or GitHub annotations, with or
//! without colours.

use super::args::{MessageFormat, Style, When};
use super::failure::Failure;
use restwright::report::Report;
use serde_json::{Value, json};
use std::io::{self, IsTerminal, Write};

/// Bold and a colour, by the severity that a line starts with.
const PAINTS: [(&str, &str); 3] = [
    ("error", "\x1b[1;31m"),
    ("warning", "\x1b[1;33m"),
    ("note", "\x1b[1;36m"),
];
/// The same for the verdict that a change starts with.
const VERDICTS: [(&str, &str); 4] = [
    ("breaking", "\x1b[1;31m"),
    ("addition", "\x1b[1;32m"),
    ("behaviour", "\x1b[1;33m"),
    ("docs", "\x1b[1;36m"),
];
const PLAIN: &str = "\x1b[0m";

/// What a command has said so far, and how it is to look.
pub struct Console {
    /// How messages are written.
    pub format: MessageFormat,
    /// Notes are not wanted.
    pub quiet: bool,
    /// Notes are wanted.
    pub verbose: bool,
    /// A spinner may be shown.
    pub progress: bool,
    colored_out: bool,
    colored_err: bool,
    out: String,
    err: String,
    /// What stands on standard output alone, if something does.
    only: Option<String>,
}

impl Console {
    /// An empty console.
    pub fn new(style: &Style) -> Self {
        let colored = |terminal: bool| match style.color {
            When::Always => true,
            When::Never => false,
            When::Auto => {
                terminal
                    && !set("NO_COLOR")
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        let terminal = io::stderr().is_terminal();
        Console {
            format: style.message_format,
            quiet: style.quiet,
            verbose: style.verbose,
            progress: terminal && !style.quiet && style.message_format == MessageFormat::Text,
            colored_out: colored(io::stdout().is_terminal()),
            colored_err: colored(terminal),
            out: String::new(),
            err: String::new(),
            only: None,
        }
    }

    /// A result: a line of text, or an object where JSON is wanted.
    pub fn result(&mut self, text: &str, object: &Value) {
        match self.format {
            MessageFormat::Json => self.out.push_str(&object.to_string()),
            MessageFormat::Text | MessageFormat::Github => self.out.push_str(&harmless(text)),
        }
        self.out.push('\n');
    }

    /// A result as it is.
    pub fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A text that is all there is on standard output; results go beside it.
    pub fn only(&mut self, text: &str) {
        self.only = Some(text.to_owned());
    }

    /// A difference between two texts, as a result.
    pub fn diff(&mut self, text: &str) {
        for line in text.lines() {
            let color = match line.as_bytes().first() {
                Some(b'-') => "\x1b[31m",
                Some(b'+') => "\x1b[32m",
                Some(b'@') => "\x1b[36m",
                _ => "",
            };
            let line = harmless(line);
            if self.colored_out && !color.is_empty() {
                self.out.push_str(&format!("{color}{line}{PLAIN}\n"));
            } else {
                self.out.push_str(&format!("{line}\n"));
            }
        }
    }

    /// Whether results are objects.
    pub fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// Changes, as a result; each is a line that starts with two blanks and its verdict.
    pub fn changes(&mut self, text: &str) {
        for line in text.lines() {
            let line = harmless(line);
            let change = line.strip_prefix("  ");
            let painted = change.and_then(|line| paint(line, &VERDICTS, &[':', ' ']));
            match painted.filter(|_| self.colored_out) {
                Some(line) => self.out.push_str(&format!("  {line}\n")),
                None => self.out.push_str(&format!("{line}\n")),
            }
        }
    }

    /// Diagnostics, beside the results.
    pub fn diagnostics(&mut self, report: &Report) {
        let text = render(report, self.format, self.colored_err);
        self.err.push_str(&text);
        if !text.is_empty() && self.format == MessageFormat::Text {
            self.err.push('\n');
        }
    }

    /// Diagnostics, as the result.
    pub fn diagnostics_as_result(&mut self, report: &Report) {
        let text = render(report, self.format, self.colored_out);
        self.out.push_str(&text);
    }

    /// A remark for people, beside the results; programs and quiet people do not see it.
    pub fn remark(&mut self, text: &str) {
        if !self.quiet && self.format == MessageFormat::Text {
            self.err
                .push_str(&painted(&format!("{}\n", harmless(text)), self.colored_err));
        }
    }

    /// What programs and people may both want to know beside the results: a text, or objects where JSON is
    /// wanted, a line each.
    pub fn beside(&mut self, text: &str, objects: &[Value]) {
        match self.format {
            MessageFormat::Json => {
                for object in objects {
                    self.err.push_str(&format!("{object}\n"));
                }
            }
            MessageFormat::Text | MessageFormat::Github => self.err.push_str(&harmless(text)),
        }
    }

    /// Why the command stopped.
    pub fn failure(&mut self, failure: &Failure) {
        self.error(&failure.to_string());
    }

    /// An error that is at no place of the document.
    pub fn error(&mut self, message: &str) {
        let message = harmless(message.trim_end());
        let text = match self.format {
            MessageFormat::Text => painted(&format!("error: {message}\n"), self.colored_err),
            MessageFormat::Json => format!(
                "{}\n",
                json!({
                    "severity": "error", "code": null, "file": null, "line": null, "column": null,
                    "pointer": null, "message": message, "help": null,
                })
            ),
            MessageFormat::Github => format!("::error::{}\n", annotation(&message)),
        };
        self.err.push_str(&text);
    }

    /// Prints all of it. A reader that has gone away is no failure.
    pub fn print(self) -> Result<(), Failure> {
        let (out, err) = match self.only {
            Some(text) => (text, format!("{}{}", self.err, self.out)),
            None => (self.out, self.err),
        };
        // Where standard error is closed there is nobody to tell.
        let _ = io::stderr().write_all(err.as_bytes());
        let mut stdout = io::stdout().lock();
        match stdout
            .write_all(out.as_bytes())
            .and_then(|()| stdout.flush())
        {
            Err(reason) if reason.kind() != io::ErrorKind::BrokenPipe => {
                let failure = Failure::Stream {
                    stream: "standard output",
                    reason,
                };
                let _ = writeln!(io::stderr(), "error: {failure}");
                Err(failure)
            }
            _ => Ok(()),
        }
    }
}

/// Text of a GitHub workflow command.
pub fn annotation(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a GitHub workflow command.
pub fn property(text: &str) -> String {
    annotation(text).replace(':', "%3A").replace(',', "%2C")
}

fn render(report: &Report, format: MessageFormat, colored: bool) -> String {
    match format {
        MessageFormat::Text => painted(&report.render_text(), colored),
        MessageFormat::Json => report.render_json(),
        MessageFormat::Github => report.render_github(),
    }
}

/// Colours the severity that a line starts with; other lines of a diagnostic are indented.
fn painted(text: &str, colored: bool) -> String {
    if !colored {
        return text.to_owned();
    }
    let line = |line: &str| paint(line, &PAINTS, &['[', ':']).unwrap_or_else(|| line.to_owned());
    text.split_inclusive('\n').map(line).collect()
}

/// A line whose head is in colour up to the first colon, where that begins with one of these words.
fn paint(line: &str, paints: &[(&str, &str)], ends: &[char]) -> Option<String> {
    paints.iter().find_map(|(word, paint)| {
        let rest = line
            .strip_prefix(word)
            .filter(|rest| rest.starts_with(ends))?;
        let end = rest.find(':').unwrap_or(rest.len());
        let (code, rest) = rest.split_at(end);
        Some(format!("{paint}{word}{code}{PLAIN}{rest}"))
    })
}

/// Nothing that a terminal would obey: files and documents may hold anything.
fn harmless(text: &str) -> String {
    let keep = |part: &char| !part.is_control() || matches!(part, '\n' | '\t');
    text.chars()
        .map(|part| if keep(&part) { part } else { ' ' })
        .collect()
}

fn set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paints_the_severity_only() {
        let text = "error[bad-ref]: error: x\n  --> a:1\nnote: y\nnotes\n";
        let wanted = "\x1b[1;31merror[bad-ref]\x1b[0m: error: x\n  --> a:1\n\x1b[1;36mnote\x1b[0m: y\nnotes\n";
        assert_eq!(painted(text, true), wanted);
        assert_eq!(painted(text, false), text);
    }

    #[test]
    fn takes_the_teeth_out_of_text() {
        assert_eq!(harmless("a\x1b[2Jb\tc\n"), "a [2Jb\tc\n");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
