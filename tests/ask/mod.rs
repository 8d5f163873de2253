//! Questions: the answers agree with the plan, and with evaluators that know nothing of it.

mod can_i;
mod reach;
mod why;
