//! Things of two lists that are the same: by their names, and what was renamed.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// What of two lists belongs together.
pub struct Paired<'t, T> {
    /// In both, in the order of the later list.
    pub both: Vec<(&'t T, &'t T)>,
    /// Only in the earlier one.
    pub removed: Vec<&'t T>,
    /// Only in the later one.
    pub added: Vec<&'t T>,
    /// The earlier list.
    old: &'t [T],
}

impl<T> Paired<'_, T> {
    /// The position of something in the earlier list.
    pub fn order(&self, one: &T) -> usize {
        let mut all = self.old.iter();
        all.position(|other| std::ptr::eq(one, other))
            .unwrap_or(self.old.len())
    }
}

/// Whether two things may be one that was renamed.
type Likeness<'f, T> = &'f dyn Fn(&T, &T) -> bool;

/// Pairs what has the same key, then what has been renamed: by each rule of `alike` in turn, where it fits one of
/// each side only.
pub fn pair<'t, T, K: Hash + Eq>(
    old: &'t [T],
    new: &'t [T],
    key: impl Fn(&T) -> K,
    alike: &[Likeness<T>],
) -> Paired<'t, T> {
    let mut then: Vec<Option<&T>> = new.iter().map(|_| None).collect();
    let mut gone: Vec<&T> = Vec::new();
    let mut free: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (at, one) in new.iter().enumerate() {
        free.entry(key(one)).or_default().push_back(at);
    }
    for one in old {
        let found = free.get_mut(&key(one)).and_then(VecDeque::pop_front);
        match found.and_then(|at| then.get_mut(at)) {
            Some(then) => *then = Some(one),
            None => gone.push(one),
        }
    }
    for alike in alike {
        rename(&mut gone, new, &mut then, alike);
    }
    let mut paired = Paired {
        both: Vec::new(),
        removed: gone,
        added: Vec::new(),
        old,
    };
    for (new, then) in new.iter().zip(then) {
        match then {
            Some(old) => paired.both.push((old, new)),
            None => paired.added.push(new),
        }
    }
    paired
}

fn rename<'t, T>(
    gone: &mut Vec<&'t T>,
    new: &'t [T],
    then: &mut [Option<&'t T>],
    alike: &dyn Fn(&T, &T) -> bool,
) {
    let all = gone.clone();
    gone.retain(|old| {
        let fits = new.iter().enumerate();
        let mut fits =
            fits.filter(|(at, new)| then.get(*at).is_some_and(Option::is_none) && alike(old, new));
        let (Some((at, new)), None) = (fits.next(), fits.next()) else {
            return true;
        };
        let rivals = all.iter().filter(|other| alike(other, new)).count();
        match then.get_mut(at) {
            Some(then) if rivals == 1 => {
                *then = Some(old);
                false
            }
            _ => true,
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_by_key_and_then_by_likeness() {
        let (old, new) = ([1, 2, 30, 50], [2, 31, 1, 58, 59]);
        let tens = |one: &i32, other: &i32| one / 10 == other / 10;
        let paired = pair(&old, &new, |number| *number, &[&tens]);
        assert_eq!(paired.both, [(&2, &2), (&30, &31), (&1, &1)]);
        assert_eq!(paired.removed, [&50], "two are like it");
        assert_eq!(paired.added, [&58, &59]);
    }
}
