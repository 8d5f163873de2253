//! The order of names: the Swedish alphabet, which ends in å, ä, ö. English readers find the same names in it.

/// The rows in the order of the name that `name` finds in each.
pub(super) fn in_order<T>(rows: impl Iterator<Item = T>, name: impl Fn(&T) -> &str) -> Vec<T> {
    let mut rows: Vec<T> = rows.collect();
    rows.sort_by_cached_key(|row| key(name(row)));
    rows
}

fn key(name: &str) -> String {
    let place = |c: char| match c {
        'å' => '\u{e000}',
        'ä' | 'æ' => '\u{e001}',
        'ö' | 'ø' => '\u{e002}',
        'é' | 'è' => 'e',
        other => other,
    };
    name.to_lowercase().chars().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn the_alphabet_ends_in_a_ring() {
        let names = ["Östen", "Ärla", "zofia", "Åsa", "Éva", "Edvin"];
        assert_eq!(in_order(names.into_iter(), |name| name), ["Edvin", "Éva", "zofia", "Åsa", "Ärla", "Östen"]);
    }
}
