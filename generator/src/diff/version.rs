//! Which version number changes earn.

use super::{Changes, Verdict};
use semver::{BuildMetadata, Prerelease, Version};

/// A part of a version number that counts up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Only words changed.
    Patch,
    /// There is something new, or something behaves otherwise.
    Minor,
    /// Callers may have to change something.
    Major,
}

impl Bump {
    /// Its word, for example `minor`.
    pub fn as_str(self) -> &'static str {
        match self {
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}

impl Changes {
    /// What the changes earn from 1.0 on; nothing where there are none.
    ///
    /// Behaviour counts as minor, not as major: it is the server that has changed, so that a caller who stays
    /// with the old crate is no better off. What breaks a call by the upgrade itself is breaking, whether it
    /// compiles or not.
    pub fn verdict(&self) -> Option<Bump> {
        let changes = self.entries.iter().flat_map(|entry| &entry.changes);
        let gravest = changes.map(|change| change.verdict).max()?;
        Some(match gravest {
            Verdict::Docs => Bump::Patch,
            Verdict::Behaviour | Verdict::Addition => Bump::Minor,
            Verdict::Breaking => Bump::Major,
        })
    }

    /// How many changes have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        let changes = self.entries.iter().flat_map(|entry| &entry.changes);
        changes.filter(|change| change.verdict == verdict).count()
    }
}

/// The version after this one, as Cargo reads versions: below 1.0 the number in the middle is the one that
/// says that something breaks, below 0.1 the last one is. A pre-release has promised nothing, so its own
/// number counts up. Build metadata is dropped.
///
/// For example: major after `1.4.2` is `2.0.0`, after `0.4.2` it is `0.5.0`, after `0.0.2` it is `0.0.3`; minor after
/// `0.4.2` is `0.4.3`; anything after `2.0.0-rc.1` is `2.0.0-rc.2`.
pub fn next(version: &Version, bump: Bump) -> Version {
    let mut next = version.clone();
    next.build = BuildMetadata::EMPTY;
    if !version.pre.is_empty() {
        next.pre = counted(&version.pre);
        return next;
    }
    let step = match (version.major, version.minor, bump) {
        (0, 0, _) | (0, _, Bump::Minor) => Bump::Patch,
        (0, _, Bump::Major) => Bump::Minor,
        (_, _, bump) => bump,
    };
    match step {
        Bump::Patch => next.patch = next.patch.saturating_add(1),
        Bump::Minor => (next.minor, next.patch) = (next.minor.saturating_add(1), 0),
        Bump::Major => {
            (next.major, next.minor, next.patch) = (next.major.saturating_add(1), 0, 0);
        }
    }
    next
}

/// `rc.1` → `rc.2`, `beta` → `beta.1`
fn counted(pre: &Prerelease) -> Prerelease {
    let text = pre.as_str();
    let (head, last) = text.rsplit_once('.').map_or(("", text), |both| both);
    let dot = if head.is_empty() { "" } else { "." };
    let text = match last.parse::<u64>() {
        Ok(number) => format!("{head}{dot}{}", number.saturating_add(1)),
        Err(_) => format!("{text}.1"),
    };
    Prerelease::new(&text).unwrap_or_else(|_| pre.clone())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_cargo_does() {
        for (version, patch, minor, major) in [
            ("1.4.2", "1.4.3", "1.5.0", "2.0.0"),
            ("0.4.2", "0.4.3", "0.4.3", "0.5.0"),
            ("0.0.2", "0.0.3", "0.0.3", "0.0.3"),
            ("1.0.0-rc.1", "1.0.0-rc.2", "1.0.0-rc.2", "1.0.0-rc.2"),
            ("1.0.0-beta", "1.0.0-beta.1", "1.0.0-beta.1", "1.0.0-beta.1"),
            ("1.0.0-7", "1.0.0-8", "1.0.0-8", "1.0.0-8"),
            ("1.4.2+build", "1.4.3", "1.5.0", "2.0.0"),
        ] {
            let from = Version::parse(version).unwrap();
            let wanted = [
                (Bump::Patch, patch),
                (Bump::Minor, minor),
                (Bump::Major, major),
            ];
            for (bump, wanted) in wanted {
                assert_eq!(next(&from, bump).to_string(), wanted, "{version} {bump:?}");
            }
        }
    }
}
