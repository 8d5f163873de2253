//! How much fits into a comment, and what is left out if not everything does.

/// The most that is written, in units of [`weight`].
///
/// GitHub refuses a comment of more than 65,536 characters, whatever it takes for a character; bytes are never fewer. A
/// line break counts twice, for where it is sent as two characters. The rest is left to pipelines that add a line of
/// their own. GitLab allows fifteen times as much; a person who judges in a minute does not read it.
pub(super) const LIMIT: usize = 60_000;

/// What a text takes of the limit.
pub(super) fn weight(text: &str) -> usize {
    text.len() + text.bytes().filter(|byte| *byte == b'\n').count()
}

/// As many of the first `pieces` as fit into `most`, and how many were left out. A piece is whole or not there.
pub(super) fn fitted(pieces: impl IntoIterator<Item = String>, most: usize) -> (String, usize) {
    let mut text = String::new();
    let mut taken = 0;
    let mut left_out = 0;
    for piece in pieces {
        let more = weight(&piece);
        if left_out > 0 || taken + more > most {
            left_out += 1;
            continue;
        }
        taken += more;
        text.push_str(&piece);
    }
    (text, left_out)
}

#[cfg(test)]
mod tests {
    use super::{fitted, weight};

    #[test]
    fn what_does_not_fit_is_left_out_whole_and_so_is_what_follows() {
        let pieces = || ["aaaa\n", "bb\n", "c\n"].map(str::to_owned);
        assert_eq!(fitted(pieces(), 13), ("aaaa\nbb\nc\n".to_owned(), 0));
        assert_eq!(fitted(pieces(), 12), ("aaaa\nbb\n".to_owned(), 1));
        assert_eq!(fitted(pieces(), 5), (String::new(), 3));
    }

    #[test]
    fn a_letter_weighs_its_bytes_and_a_line_break_twice() {
        assert_eq!(weight("å\n"), 4);
    }
}
