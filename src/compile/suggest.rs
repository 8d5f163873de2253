//! "Did you mean ...?"

/// Longer words than this are no typing errors, and comparing them costs the product of their lengths.
const LONGEST: usize = 100;

/// The candidate that `word` was most likely meant to be: at most a third of its letters differ.
pub(super) fn closest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let allowed = (word.chars().count() / 3).max(1);
    let near = candidates.filter(|candidate| candidate.len().abs_diff(word.len()) <= 4 * allowed);
    let measured = near.map(|candidate| (strsim::osa_distance(word, candidate), candidate));
    measured.filter(|(distance, _)| *distance <= allowed).min().map(|(_, candidate)| candidate)
}

/// Suggestions out of long lists: a search through every name for every typo would be quadratic in the size of a
/// hostile fleet, so that after as many comparisons as a tenth of a second allows no more are made.
pub(super) struct Suggestions {
    left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { left: 100_000 }
    }
}

impl Suggestions {
    /// The nearest of `candidates`, while there is time for it.
    pub(super) fn closest<'a>(
        &mut self,
        word: &str,
        candidates: impl ExactSizeIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        self.left = self.left.checked_sub(candidates.len())?;
        closest(word, candidates)
    }
}
