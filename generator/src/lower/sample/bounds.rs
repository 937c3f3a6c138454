//! Numbers within bounds.

use crate::lower::view::Node;
use serde_json::{Number, Value};

/// A number that schemas allow which hold together: a hint, else a small one.
pub fn number(nodes: &[Node], hints: &[&Value], whole: bool) -> Option<Value> {
    let range = Range::of(nodes);
    let hint = hints.iter().find(|hint| {
        hint.as_f64()
            .is_some_and(|number| range.has(number) && (!whole || number.fract() == 0.0))
    });
    if let Some(hint) = hint {
        return Some((*hint).clone());
    }
    let step = range.step.unwrap_or(if whole { 1.0 } else { 0.0 });
    let (low, high) = (
        range.low.map(|(low, _)| low),
        range.high.map(|(high, _)| high),
    );
    let from_low = low.map(|low| {
        if step > 0.0 {
            (low / step).ceil() * step
        } else {
            low
        }
    });
    let from_high = high.map(|high| {
        if step > 0.0 {
            (high / step).floor() * step
        } else {
            high
        }
    });
    let middle = low.zip(high).map(|(low, high)| low.midpoint(high));
    let own = [
        from_low,
        from_low.map(|low| low + step),
        from_high,
        from_high.map(|high| high - step),
        middle,
    ];
    let plain = [1.0, 10.0, 100.0, 0.0, step];
    let mut candidates = plain.into_iter().chain(own.into_iter().flatten());
    let number =
        candidates.find(|number| range.has(*number) && (!whole || number.fract() == 0.0))?;
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return Some(Value::from(number as i64));
    }
    Number::from_f64(number).map(Value::Number)
}

/// Bounds, each with whether it is one of the numbers itself.
struct Range {
    low: Option<(f64, bool)>,
    high: Option<(f64, bool)>,
    step: Option<f64>,
}

impl Range {
    fn of(nodes: &[Node]) -> Self {
        let bound = |keyword: &str, exclusive: &'static str| {
            let number = |node: &Node, keyword: &str| node.get(keyword).and_then(Value::as_f64);
            let plain = nodes
                .iter()
                .filter_map(move |node| Some((number(node, keyword)?, !node.flag(exclusive))));
            let open = nodes
                .iter()
                .filter_map(move |node| Some((number(node, exclusive)?, false)));
            plain.chain(open).collect::<Vec<_>>()
        };
        let lows = bound("minimum", "exclusiveMinimum").into_iter();
        let highs = bound("maximum", "exclusiveMaximum").into_iter();
        let steps = nodes
            .iter()
            .filter_map(|node| node.get("multipleOf").and_then(Value::as_f64));
        Self {
            low: lows.reduce(|one, other| if other.0 > one.0 { other } else { one }),
            high: highs.reduce(|one, other| if other.0 < one.0 { other } else { one }),
            step: steps.filter(|step| *step > 0.0).reduce(f64::max),
        }
    }

    fn has(&self, number: f64) -> bool {
        let above = self
            .low
            .is_none_or(|(low, own)| number > low || (own && number == low));
        let below = self
            .high
            .is_none_or(|(high, own)| number < high || (own && number == high));
        let steps = self.step.is_none_or(|step| {
            let times = number / step;
            (times - times.round()).abs() < 1e-9
        });
        above && below && steps
    }
}

/// A count under a keyword, such as `minLength`; of several the one that `stricter` gives.
pub fn count(nodes: &[Node], keyword: &str, stricter: fn(usize, usize) -> usize) -> Option<usize> {
    let counts = nodes.iter().filter_map(|node| {
        let number = node.get(keyword)?;
        let whole = number
            .as_u64()
            .or_else(|| number.as_f64().map(|float| float as u64));
        whole.and_then(|whole| usize::try_from(whole).ok())
    });
    counts.reduce(stricter)
}
