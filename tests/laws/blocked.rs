//! The rules stand before every apply: what they let through is what the other laws may take for granted.

use super::journey::{plan, wanted};
use crate::support::invariants::may_be_wanted;
use crate::support::world::{any_live, desired, tried};
use proptest::prelude::*;

proptest! {
    #![proptest_config(tried(512))]

    /// A plan that is not blocked breaks neither I1 nor I2 anew, and adds nobody whom a system would refuse.
    #[test]
    fn what_the_rules_let_through_may_be_wanted(live in any_live(), desired in desired(), prune in any::<bool>()) {
        let wanted = wanted(&desired, &live, prune);
        let plan = plan(&desired, &live, prune);
        if plan.blocked.is_empty() {
            prop_assert!(may_be_wanted(&live.state, &wanted, &live.directory));
        } else {
            prop_assert_eq!(plan.work, None, "a blocked clinic is not written");
        }
    }
}
