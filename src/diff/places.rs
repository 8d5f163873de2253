//! Places of buttons: the order of the menu if the files list only some of its buttons.
//!
//! ```text
//! live      a  X  b  Y          lower case is listed, upper case is not
//! listed    c, b, a             c is new
//! wanted    c  X  b  Y  a       three places for three listed buttons; X and Y have not moved
//! ```

use crate::domain::{Button, ButtonId};
use std::collections::BTreeSet;

/// What happens to buttons that the files do not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    /// They stay in their places.
    Stay,
    /// They go, and their places with them.
    Go,
}

/// Puts the `listed` buttons, in this order, into the places that those of them that are live occupy together; each
/// new one adds a place at the end.
pub(super) fn fill(live: &[Button], listed: Vec<Button>, foreign: Foreign) -> Vec<Button> {
    let ids: BTreeSet<ButtonId> = listed.iter().map(|button| button.id.clone()).collect();
    let mut queue = listed.into_iter();
    let mut placed = Vec::with_capacity(live.len() + queue.len());
    for button in live {
        if ids.contains(&button.id) {
            placed.extend(queue.next());
        } else if foreign == Foreign::Stay {
            placed.push(button.clone());
        }
    }
    placed.extend(queue);
    placed
}

#[cfg(test)]
mod tests {
    use super::{Foreign, fill};
    use crate::domain::{Button, ButtonId, LeadsTo, ShownIn};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn buttons(ids: &str) -> Vec<Button> {
        let button = |id: char| Button {
            id: ButtonId::parse(&id.to_string()).expect("a letter is a slug"),
            leads_to: LeadsTo::DropIn,
            title: BTreeMap::new(),
            active: false,
            shown_in: ShownIn::Both,
        };
        ids.chars().map(button).collect()
    }

    fn ids(buttons: &[Button]) -> String {
        buttons.iter().map(|button| button.id.as_str()).collect()
    }

    fn filled(live: &str, listed: &str, foreign: Foreign) -> String {
        ids(&fill(&buttons(live), buttons(listed), foreign))
    }

    #[test]
    fn listed_buttons_fill_their_places_in_the_listed_order() {
        let table = [
            ("", "", ""),
            ("xy", "", "xy"),
            ("", "ab", "ab"),
            ("ab", "ab", "ab"),
            ("ab", "ba", "ba"),
            ("xab", "ba", "xba"),
            ("axby", "ba", "bxay"),
            ("axby", "cba", "cxbya"),
            ("xay", "ab", "xayb"),
            ("xay", "ba", "xbya"),
        ];
        for (live, listed, wanted) in table {
            assert_eq!(filled(live, listed, Foreign::Stay), wanted, "{live} with {listed} listed");
        }
    }

    #[test]
    fn foreign_buttons_that_go_take_their_places_with_them() {
        for (live, listed, wanted) in [("xy", "", ""), ("axby", "ba", "ba"), ("xay", "cab", "cab")] {
            assert_eq!(filled(live, listed, Foreign::Go), wanted, "{live} with {listed} listed");
        }
    }

    /// A menu of some of the letters `a` to `h` in any order, and a list of others.
    fn menus() -> impl Strategy<Value = (String, String)> {
        let some = || proptest::sample::subsequence(('a'..='h').collect::<Vec<_>>(), 0..=8).prop_shuffle();
        (some(), some()).prop_map(|(live, listed)| (live.into_iter().collect(), listed.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn unlisted_buttons_do_not_move((live, listed) in menus()) {
            let wanted = filled(&live, &listed, Foreign::Stay);
            for (place, id) in live.chars().enumerate().filter(|(_, id)| !listed.contains(*id)) {
                prop_assert_eq!(wanted.chars().nth(place), Some(id));
            }
        }

        #[test]
        fn listed_buttons_stand_in_the_listed_order_and_nothing_is_lost((live, listed) in menus()) {
            let wanted = filled(&live, &listed, Foreign::Stay);
            let stands: String = wanted.chars().filter(|id| listed.contains(*id)).collect();
            prop_assert_eq!(&stands, &listed);
            let new = listed.chars().filter(|id| !live.contains(*id)).count();
            prop_assert_eq!(wanted.chars().count(), live.chars().count() + new);
        }

        #[test]
        fn filling_twice_is_filling_once((live, listed) in menus()) {
            let once = filled(&live, &listed, Foreign::Stay);
            prop_assert_eq!(filled(&once, &listed, Foreign::Stay), once);
        }

        #[test]
        fn without_foreign_buttons_the_list_is_the_menu((live, listed) in menus()) {
            prop_assert_eq!(filled(&live, &listed, Foreign::Go), listed);
        }
    }
}
