//! What a mock expects, what has come of it, and what it says about that.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::super::transport::StatusCode;
use super::super::transport::header::HeaderMap;
use super::compare::differences;
use super::expectation::Wanted;
use super::received::Received;

/// Everything that a mock knows.
#[derive(Default)]
pub(super) struct State {
    pub(super) expected: Vec<Expected>,
    pub(super) received: Vec<Received>,
    /// The generator's examples of answers, a text for each tag.
    pub(super) examples: &'static [&'static str],
    /// What was said about the calls that nothing expected.
    surprises: Vec<String>,
}

/// An expectation and what came of it.
pub(super) struct Expected {
    pub(super) wanted: Wanted,
    pub(super) replies: Vec<Reply>,
    /// How often it has to come at least and at most, if that was said.
    pub(super) times: Option<(u32, u32)>,
    came: u32,
}

/// What one call gets.
#[derive(Clone)]
pub(super) struct Reply {
    pub(super) delay: Duration,
    pub(super) outcome: Outcome,
}

#[derive(Clone)]
pub(super) enum Outcome {
    Answer {
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    },
    Broken,
    TimedOut,
    /// Why what the expectation was told to answer is no answer.
    Impossible(String),
}

impl Reply {
    pub(super) fn new(outcome: Outcome) -> Self {
        let delay = Duration::ZERO;
        Reply { delay, outcome }
    }
}

impl Expected {
    pub(super) fn new(wanted: Wanted) -> Self {
        Expected {
            wanted,
            replies: Vec::new(),
            times: None,
            came: 0,
        }
    }

    fn bounds(&self) -> (u32, u32) {
        let answers = u32::try_from(self.replies.len()).unwrap_or(u32::MAX).max(1);
        self.times.unwrap_or((answers, answers))
    }

    /// Whether it has had all its calls.
    fn is_over(&self) -> bool {
        self.came >= self.bounds().1
    }

    /// The answer whose turn it is.
    fn next(&mut self) -> Result<Reply, String> {
        let turn = usize::try_from(self.came).unwrap_or(usize::MAX);
        let reply = self.replies.get(turn).or(self.replies.last());
        let reply = reply.cloned();
        self.came = self.came.saturating_add(1);
        reply.ok_or_else(|| format!("{} is expected, but was given no answer", self.wanted))
    }

    /// Says how often it has come, if that is not how often it should.
    fn unmet(&self) -> Option<String> {
        let (least, most) = self.bounds();
        if !self.wanted.faults.is_empty() {
            let faults = self.wanted.faults.join("; ");
            return Some(format!("{}: cannot come: {faults}", self.wanted));
        }
        (self.came < least || self.came > most).then(|| {
            let (wanted, came) = (times(least), times(self.came));
            format!("{}: expected {wanted}, came {came}", self.wanted)
        })
    }
}

fn times(count: u32) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        _ => format!("{count} times"),
    }
}

impl State {
    /// The answer to what came, or what is to be said about it.
    pub(super) fn take(&mut self, came: Received) -> Result<Reply, String> {
        let fits = |expected: &&mut Expected| {
            !expected.is_over() && differences(&expected.wanted, &came).is_empty()
        };
        let found = match self.expected.iter_mut().find(fits) {
            Some(expected) => expected.next(),
            None => {
                let said = self.surprise(&came);
                self.surprises.push(said.clone());
                Err(format!("the mock does not expect {said}"))
            }
        };
        self.received.push(came);
        found
    }

    /// A call that nothing expects, with what it differs in from the nearest expectation.
    fn surprise(&self, came: &Received) -> String {
        let call = format!("{} ({} {})", came.operation, came.method, came.path);
        let same = |expected: &&Expected| expected.wanted.call.operation == came.operation;
        let near = self.expected.iter().filter(same);
        let near = near.map(|expected| (expected, differences(&expected.wanted, came)));
        let nearest = near.min_by_key(|(it, differences)| (differences.len(), it.is_over()));
        match nearest {
            Some((expected, differences)) if differences.is_empty() => {
                let often = times(expected.came);
                format!("{call}: {} has come {often} already", expected.wanted)
            }
            Some((expected, differences)) => {
                let differences = differences.join("; ");
                format!("{call}: the nearest is {}: {differences}", expected.wanted)
            }
            None => format!("{call}: no call of that operation is expected"),
        }
    }

    pub(super) fn verify(&self) -> Result<(), Unmet> {
        let unmet = self.expected.iter().filter_map(Expected::unmet);
        let surprises = self.surprises.iter();
        let surprises = surprises.map(|said| format!("not expected: {said}"));
        let lines: Vec<String> = unmet.chain(surprises).collect();
        if lines.is_empty() {
            Ok(())
        } else {
            Err(Unmet(lines))
        }
    }
}

/// What a mock expected and what came instead, a line each. Of headers it has the names, not the values.
#[derive(Clone, PartialEq, Eq)]
pub struct Unmet(Vec<String>);

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the calls are not those that were expected")?;
        for line in &self.0 {
            write!(f, "\n- {line}")?;
        }
        Ok(())
    }
}

/// The same as its text: tests show an error by `Debug`.
impl fmt::Debug for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for Unmet {}
